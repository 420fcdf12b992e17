"""Check that commands search in the bibliographies of their user, and that pages do not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from index.build.operations import build
from index.engines.engine import ENGINES
from index.settings import BuildSettings
from tests.support.tide_papers import PAPERS
from web.app import create_app

FILE = """@misc{a, author = {Lee, A.},
  title = {Learning to Predict the Tides from Satellite Images}}
@misc{b, doi = {10.9999/tides.2}, title = {Harbours and Glaciers: A Survey of Cold Ports}}
@misc{c, title = {Nobody Wrote This at All}, author = {Nobody}}
"""


@pytest.fixture(scope="module", params=sorted(ENGINES))
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of seven papers with each engine."""
    folder = tmp_path_factory.mktemp("tides")
    dump = folder / "papers.jsonl"
    dump.write_text("".join(f"{json.dumps(paper)}\n" for paper in PAPERS))
    build(folder / "index", (str(dump),), BuildSettings(engine=request.param))
    return folder / "index"


@pytest.fixture
def mylib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a bibliography into the folder in which commands run."""
    (tmp_path / "mylib.bib").write_text(FILE)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("mylib")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("in:mylib.bib", {"p1", "p2"}),
        ("tides in:mylib.bib", {"p1", "p2"}),
        ("-in:mylib.bib", {"p4", "p5", "p6", "p7"}),
        ("tides -in:mylib.bib", set()),
        ("in:mylib.bib -survey", {"p1"}),
        ("(in:mylib.bib OR estuaries) year:2012..2015", {"p2", "p4", "p5"}),
        ("in:icml", {"p4", "p5", "p6", "p7"}),
    ],
)
def test_sets(papers: Callable[..., Result], index: Path, query: str, expected: set[str]) -> None:
    """A bibliography is a set of papers, alone, beside words, in brackets or excluded."""
    found = json.loads(papers("search", "--json", "--", query, index=index).stdout)
    assert {hit["id"] for hit in found["hits"]} == expected


@pytest.mark.usefixtures("mylib")
def test_other_commands_know_the_set(papers: Callable[..., Result], index: Path) -> None:
    """Hits are exported, and a search is saved and run again."""
    exported = papers("export", "in:mylib.bib", "--format", "jsonl", index=index)
    assert exported.stdout.count('"id":"p') == 2
    papers("search", "--save", "mine.json", "in:mylib.bib", index=index)
    assert papers("replay", "mine.json", index=index).exit_code == 1


@pytest.mark.usefixtures("mylib")
def test_why_not_names_the_set(papers: Callable[..., Result], index: Path) -> None:
    """The clause that keeps a paper out is the bibliography."""
    shown = papers("why-not", "estuaries in:mylib.bib", "p4", index=index)
    assert shown.exit_code == 1
    assert 'in:"mylib.bib"' in shown.stdout


@pytest.mark.usefixtures("mylib")
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("in:nope.bib", "'nope.bib' cannot be read: No such file or directory. Check the path"),
        ("in:empty.bib", "'empty.bib' has no BibTeX entries."),
    ],
)
def test_odd_files(papers: Callable[..., Result], index: Path, query: str, message: str) -> None:
    """A missing file and one without entries are said in a sentence."""
    Path("empty.bib").write_text("nothing")
    shown = papers("search", query, index=index)
    assert (shown.exit_code, message in shown.stderr) == (2, True)


@pytest.mark.usefixtures("mylib")
def test_pages_read_no_files(index: Path) -> None:
    """A server refuses a query that names a file, whether or not there is one."""
    client = create_app(index).test_client()
    for address in ("/search?q=in:mylib.bib", "/search.json?q=-in:nope.bib"):
        answer = client.get(address)
        assert (answer.status_code, "names a file" in answer.text) == (400, True)
