"""Check the reader of Semantic Scholar's papers, abstracts and diffs."""

from pathlib import Path
from typing import Any

import pytest

from index.build.operations import build
from index.dumps.streams import open_dump
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import Author, Paper, RawRecord, Reject
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.bench.data import DATA
from tests.support.json_samples import (
    S2_ABSTRACT,
    SEMANTIC_SCHOLAR,
    read,
    read_paper,
    read_raw_records,
)

NAME = "semantic_scholar"
REAL = DATA / "dumps" / "s2-papers-sample.jsonl"


def test_a_line(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_paper(tmp_path / "d", NAME, SEMANTIC_SCHOLAR)
    assert (found.id, found.title) == ("s2:9100001", "歩行について: On Walking")
    assert found.authors == (Author("Ann Lee", "ann lee", {"s2": "41"}), Author("李明", "李明"))
    show = found.shown
    assert (show.venue, show.venue_kind, show.year) == ("NeurIPS", "conference", 2020)
    assert (show.type, show.venue_name) == ("conference paper", "ArXiv")
    assert found.topics == ("computer science",)
    assert found.ids == {
        "s2": "9100001",
        "doi": "10.1000/s2.1",
        "arxiv": "2006.00001",
        "dblp": "conf/nips/LeeL20",
        "mag": "3100000002",
        "pmc": "PMC8100002",
    }
    assert found.urls == {"page": "https://www.semanticscholar.org/paper/0a1b"}
    assert found.citations == 5
    assert show.source is not None
    assert show.source.licence == "ODC-BY-1.0"


JOURNAL = {"name": "ArXiv", "volume": "abs/1"}
SHOWN: list[tuple[dict[str, Any], tuple[str, str, int | None, str]]] = [
    ({"venue": "", "journal": None, "publicationtypes": None, "year": None,
      "publicationdate": None}, ("", "", None, "")),
    ({"venue": "", "journal": None}, ("", "", 2020, "conference paper")),
    ({"venue": "", "journal": JOURNAL, "publicationtypes": ["JournalArticle"]},
     ("arXiv", "repository", 2020, "preprint")),
    ({"venue": "arXiv.org", "publicationtypes": ["JournalArticle"]},
     ("arXiv", "repository", 2020, "preprint")),
    ({"venue": "Walk Letters", "publicationtypes": ["JournalArticle"]},
     ("Walk Letters", "journal", 2020, "journal article")),
    ({"venue": "International Conference on Machine Learning",
      "publicationtypes": ["JournalArticle"]}, ("ICML", "conference", 2020, "conference paper")),
    ({"venue": "Walk Letters", "publicationtypes": ["Review"]},
     ("Walk Letters", "journal", 2020, "review")),
    ({"venue": "", "journal": None, "publicationtypes": ["Book"]}, ("", "", 2020, "book")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), SHOWN)
def test_the_type_follows_from_the_venue(
    tmp_path: Path, change: dict[str, Any], expected: tuple[str, str, int | None, str]
) -> None:
    """The venue decides the type, since Semantic Scholar counts arXiv as a journal."""
    show = read_paper(tmp_path / "d", NAME, SEMANTIC_SCHOLAR, **change).shown
    assert (show.venue, show.venue_kind, show.year, show.type) == expected


OPTIONAL = [key for key in SEMANTIC_SCHOLAR if key not in {"corpusid", "title", "externalids"}]


@pytest.mark.parametrize("key", OPTIONAL)
def test_null_means_absent(tmp_path: Path, key: str) -> None:
    """The dataset writes unknown values as null."""
    absent = read_paper(tmp_path / "d", NAME, SEMANTIC_SCHOLAR, **{key: ...})
    assert read_paper(tmp_path / "d", NAME, SEMANTIC_SCHOLAR, **{key: None}) == absent


def test_an_abstract_in_a_papers_line(tmp_path: Path) -> None:
    """A line of the papers dataset may have an abstract, where the datasets were joined."""
    assert (
        read_paper(tmp_path / "d", NAME, SEMANTIC_SCHOLAR, abstract="We walk.").abstract
        == "We walk."
    )


def test_no_title_is_no_paper(tmp_path: Path) -> None:
    """A line without a title is rejected; a line with only a number is a deleted paper."""
    lines = [SEMANTIC_SCHOLAR | {"title": None}, {"corpusid": 7}]
    untitled = {key: value for key, value in SEMANTIC_SCHOLAR.items() if key != "title"}
    found = read(tmp_path / "d", NAME, SEMANTIC_SCHOLAR, *lines, untitled)
    assert isinstance(found[0], Paper)
    assert [one.reason for one in (found[1], found[3]) if isinstance(one, Reject)] == [
        "has no title"
    ] * 2
    assert isinstance(found[2], RawRecord)
    assert (found[2].id, found[2].deleted) == ("s2:7", True)


def test_a_diff_replaces_papers(tmp_path: Path) -> None:
    """A line of an update file replaces the paper; a line of a delete file removes it."""
    folder = tmp_path / "d"
    folder.mkdir()
    read(folder / "1-papers", NAME, SEMANTIC_SCHOLAR, SEMANTIC_SCHOLAR | {"corpusid": 2})
    read(folder / "2-update", NAME, SEMANTIC_SCHOLAR | {"title": "New title"})
    read(folder / "3-delete", NAME, {"corpusid": 2})
    report = build(tmp_path / "index", (str(folder),), BuildSettings(processes=0))[1]
    assert (report.read, report.indexed, report.merged, report.skipped) == (4, 1, 1, 2)


def read_abstract(path: Path, **changes: Any) -> RawRecord:  # noqa: ANN401 - any value
    """Read a line of the abstracts dataset with some keys changed."""
    (found,) = read_raw_records(path, S2_ABSTRACT | changes)
    return found


def test_an_abstract_is_a_part_of_its_paper(tmp_path: Path) -> None:
    """A line of the abstracts dataset has no title and is a part of the paper of its number."""
    found = read_abstract(tmp_path / "d")
    assert (found.id, found.part, found.deleted) == ("s2:9100001", "abstract", False)
    assert (found.title, found.abstract) == ("", "We walk.")
    assert found.ids == {"s2": "9100001", "doi": "10.1000/s2.1", "mag": "1"}
    assert found.updated == "2022-02-11"
    assert found.source.licence == "ODC-BY-1.0"
    added = normalise(found)
    assert (added.id, added.title, added.abstract) == ("s2:9100001", "", "We walk.")


@pytest.mark.parametrize("names", [("abstracts", "papers"), ("papers", "x-abstracts")])
def test_abstracts_join_their_papers(tmp_path: Path, names: tuple[str, str]) -> None:
    """A paper gets its abstract whichever of the two datasets is read first."""
    (tmp_path / "d").mkdir()
    for name in names:
        read_raw_records(
            tmp_path / "d" / name, S2_ABSTRACT if "abstracts" in name else SEMANTIC_SCHOLAR
        )
    report = build(tmp_path / "index", (str(tmp_path / "d"),), BuildSettings(processes=0))[1]
    assert (report.read, report.indexed, report.merged) == (2, 1, 1)
    (hit,) = Searcher(tmp_path / "index").search(SearchRequest("abstract:walk")).hits
    assert (hit.paper.title, hit.paper.abstract) == (SEMANTIC_SCHOLAR["title"], "We walk.")


ACCESS: list[tuple[dict[str, Any] | None, str, dict[str, str]]] = [
    ({"license": "CCBY", "url": "https://a.org/x.pdf"}, "CCBY", {"pdf": "https://a.org/x.pdf"}),
    ({"license": None, "url": "https://a.org/x"}, "ODC-BY-1.0", {}),
    ({"license": "", "url": ""}, "ODC-BY-1.0", {}),
    ({}, "ODC-BY-1.0", {}),
    (None, "ODC-BY-1.0", {}),
]


@pytest.mark.parametrize(("access", "licence", "urls"), ACCESS)
def test_the_licence_of_an_abstract(
    tmp_path: Path, access: dict[str, Any] | None, licence: str, urls: dict[str, str]
) -> None:
    """An abstract has the licence that its line names, and the address of an open PDF."""
    found = read_abstract(tmp_path / "d", openaccessinfo=access)
    assert (found.source.licence, found.urls, found.part) == (licence, urls, "abstract")


def test_a_withheld_abstract(tmp_path: Path) -> None:
    """A line without text is an empty part, which replaces an abstract read before."""
    found = read_abstract(tmp_path / "d", abstract=None, openaccessinfo=None)
    assert (found.part, found.abstract, found.deleted) == ("abstract", "", False)


@pytest.mark.parametrize(("name", "part"), [("abstracts-delete-0", "abstract"), ("delete-0", "")])
def test_a_diff_of_abstracts_deletes_no_paper(tmp_path: Path, name: str, part: str) -> None:
    """A line with only a number deletes an abstract or a paper, depending on the file's name."""
    (found,) = read_raw_records(tmp_path / name, {"corpusid": 7})
    assert (found.id, found.part, found.deleted) == ("s2:7", part, not part)


def test_summaries_are_not_recognised(tmp_path: Path) -> None:
    """The dataset of generated summaries is in no known format."""
    path = tmp_path / "tldrs"
    path.write_text('{"corpusid": 1, "model": "tldr@v2", "text": "We walk."}\n', "utf-8")
    (form,) = [recognise_format(stream) for stream in open_dump(str(path))]
    assert form is None


def test_real_lines(tmp_path: Path) -> None:
    """Every real line becomes a paper."""
    if not REAL.exists():
        pytest.skip("the real Semantic Scholar lines are not here; PAPERS_DATA names their folder")
    report = build(tmp_path / "index", (str(REAL),), BuildSettings(processes=0))[1]
    assert report.read == report.indexed == len(REAL.read_bytes().split(b"\n{"))
    assert {*report.sources} == {NAME}
