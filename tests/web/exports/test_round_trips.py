"""Test that other programs, and our own readers, read exports back to the same papers."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.records import Appearance, Author, Paper
from search.request.search_request import SearchRequest
from tests.support.dump_records import read_papers
from tests.support.paths import SAMPLE
from tests.web.exports.test_bibtex import CONFERENCE
from web.exports.formats import FORMATS
from web.exports.keys import KeyPattern

if TYPE_CHECKING:
    from pathlib import Path

    from search.answers.searcher import Searcher

SIGNS = "aA1é{}\\$%&_^~#\"'=<>@,;:()[]-+*/ \n\t\x00\u200b\u2028王"
TEXTS = st.one_of(st.text(max_size=40), st.text(alphabet=SIGNS, max_size=40))
HOSTILE = st.builds(
    lambda title, names, venue, url, topic: Paper(
        id="x:1",
        title=f"Title {title}",
        authors=tuple(map(Author, names)),
        appearances=(Appearance(venue, year=2020, type="journal article", pages="1-9"),),
        topics=(topic,),
        urls={"page": url},
        ids={"doi": f"10.1000/{url}"},
    ),
    TEXTS,
    st.lists(TEXTS, max_size=3),
    TEXTS,
    TEXTS,
    TEXTS,
)

LOST = {
    "bibtex": {"day", "kind", "homonym", "book"},
    "ris": {"kind", "homonym"},
    "csl": {"kind", "homonym", "arXiv as publisher"},
    "csv": {"kind", "homonym"},
    "jsonl": set(),
}
"""What a format has no place for."""


def _write(papers: list[Paper], name: str) -> str:
    return "".join(FORMATS[name].write(papers, KeyPattern()))


def _summarise(paper: Paper, lost: set[str]) -> dict[str, Any]:
    """Return what a reference states of a paper, but for what a format has no place for."""
    shown = paper.shown
    keys = [author.key for author in paper.authors]
    if "homonym" in lost:
        keys = [key.removesuffix(key[-5:]) if key[-4:].isdecimal() else key for key in keys]
    has_publisher = not (
        ("book" in lost and shown.type in {"thesis", "book", "report", "journal article"})
        or ("arXiv as publisher" in lost and shown.type == "preprint")
    )
    return {
        "title": paper.title,
        "authors": keys,
        "venue": shown.venue if has_publisher else "",
        "year": shown.year,
        "date": shown.date[:7] if "day" in lost else shown.date,
        "type": shown.type,
        "place": (shown.volume, shown.issue, shown.pages),
        "publisher": shown.publisher if has_publisher else "",
        "ids": {scheme: paper.ids.get(scheme, "") for scheme in ("doi", "arxiv")},
        "page": paper.urls.get("page", ""),
    } | ({} if "kind" in lost else {"kind": shown.venue_kind})


PLANTED = (
    {"id": "p:1", "title": "R&D at 50% of {a, b}: a #1 of $x_1$ and BERT's C_2", "year": 2019,
     "authors": ["Martin Luther King Jr.", "Santiago Ramón y Cajal", "王伟", "Plato"],
     "venue": "Journal of Tides", "venue_kind": "journal", "type": "journal article",
     "volume": "7", "issue": "2-3", "pages": "e12", "doi": "10.1002/(sici)1<1::aid>3.0.co;2-z",
     "urls": {"page": "https://a.org/x_y?b=%20&c#d"}, "publisher": "Smith & Sons, Inc."},
    {"id": "p:2", "title": "@home: =1+1, +2, -3", "authors": ["ATLAS Collaboration"],
     "venue": "ICML", "venue_kind": "conference", "year": 2020, "date": "2020-07",
     "type": "conference paper", "arxiv": "2007.00001", "pages": "1-10"},
)  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> list[Paper]:
    """Return the papers of the sample, and some that are hard to write."""
    file = tmp_path_factory.mktemp("planted") / "papers.jsonl"
    file.write_bytes(b"\n".join(map(msgspec.json.encode, PLANTED)))
    return [*read_papers(SAMPLE, "jsonl"), *read_papers(file, "jsonl")]


@pytest.mark.parametrize("name", FORMATS)
def test_our_own_readers_read_exports(sample: list[Paper], tmp_path: Path, name: str) -> None:
    """Every paper comes back with all that its format can state."""
    file = tmp_path / f"papers{FORMATS[name].suffix}"
    file.write_bytes(_write(sample, name).encode())
    found = read_papers(file, name)
    assert len(found) == len(sample) > 400
    for paper, back in zip(sample, found, strict=True):
        assert _summarise(back, LOST[name]) == _summarise(paper, LOST[name])


def test_a_build_of_json_lines_gives_the_same_papers(sample: list[Paper], tmp_path: Path) -> None:
    """Only where the records were read is new."""
    file = tmp_path / "papers.jsonl"
    file.write_text(_write(sample, "jsonl"), "utf-8")
    for paper, found in zip(sample, read_papers(file, "jsonl"), strict=True):
        assert msgspec.structs.replace(found, sources=paper.sources) == paper
    assert len(sample) > 400


def test_bibtexparser_reads_every_entry(sample: list[Paper]) -> None:
    """Each entry has its key and title, and nothing is left over."""
    library = parse_string(_write(sample, "bibtex"))
    assert library.failed_blocks == []
    assert len(library.entries_dict) == len(sample)
    assert all(entry["title"] and entry["year"] for entry in library.entries)
    assert len(library.blocks) == len(sample)


@settings(max_examples=150)
@given(HOSTILE)
def test_bibtexparser_reads_hostile_texts(paper: Paper) -> None:
    """Whatever a paper holds, its entry ends where it should."""
    written = _write([paper, CONFERENCE], "bibtex")
    library = parse_string(written)
    assert library.failed_blocks == []
    assert [entry.entry_type for entry in library.entries] == ["article", "inproceedings"]
    assert library.entries[0]["year"] == "2020"
    assert library.entries[0]["doi"].startswith("10.1000/")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE, st.sampled_from(sorted(FORMATS)))
def test_our_own_readers_read_hostile_texts(tmp_path: Path, paper: Paper, name: str) -> None:
    """A hostile paper never takes its neighbours with it."""
    file = tmp_path / f"papers{FORMATS[name].suffix}"
    file.write_bytes(_write([CONFERENCE, paper, CONFERENCE], name).encode())
    titles = [found.title for found in read_papers(file, name)]
    assert len(titles) == 3
    assert titles[0] == titles[2] == CONFERENCE.title


def test_rispy_reads_every_record(sample: list[Paper]) -> None:
    """Titles, names and years are those of the papers."""
    records = rispy.loads(_write(sample, "ris"))
    assert [record["title"] for record in records] == [paper.title for paper in sample]
    assert [len(record.get("authors", ())) for record in records] == [
        len(paper.authors) for paper in sample
    ]
    assert {record["type_of_reference"] for record in records} <= set(
        rispy.TYPE_OF_REFERENCE_MAPPING
    )


@settings(max_examples=100)
@given(HOSTILE)
def test_rispy_reads_hostile_texts(paper: Paper) -> None:
    """No text begins a line that is read as a tag."""
    records = rispy.loads(_write([paper, CONFERENCE], "ris"))
    assert [record["type_of_reference"] for record in records] == ["JOUR", "CONF"]
    assert records[0]["title"].startswith("Title")


@pytest.mark.slow
def test_biber_reads_every_entry_without_a_warning(
    sample: list[Paper], sample_searcher: Searcher, tmp_path: Path
) -> None:
    """The program that reads BibTeX for LaTeX validates types, fields and names."""
    biber = shutil.which("biber")
    if biber is None:
        pytest.skip("biber is not installed")
    assert sample_searcher.count_hits(SearchRequest(hidden=True)) >= 400
    file = tmp_path / "papers.bib"
    file.write_text(_write(sample, "bibtex"), "utf-8")
    command = [
        biber,
        "--tool",
        "--validate-datamodel",
        "--output-file",
        str(tmp_path / "out.bib"),
        str(file),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith(("WARN", "ERROR"))] == []
    assert (tmp_path / "out.bib").read_text("utf-8").count("\n@") + 1 >= len(sample)
    assert done.returncode == 0
