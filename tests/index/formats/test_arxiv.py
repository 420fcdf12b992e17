"""Check the reader of the arXiv snapshot against its documentation and real lines."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build.operations import build
from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats import arxiv
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import Author, Paper, Source
from index.settings import BuildSettings
from index.store.generations import ENGINE, find_current_folder
from search.engines.checked_engine import open_engine
from tests.bench.data import DATA
from tests.support.dump_records import read_papers

REAL = DATA / "dumps" / "arxiv-oai-snapshot-200.jsonl"

LINE: dict[str, Any] = {
    "id": "0704.0001",
    "submitter": "Ann Lee",
    "authors": "C. Bal\\'azs, Ann Lee Jr. (MIT) and the ATLAS Collaboration",
    "title": "Calculation of prompt diphoton\n  production",
    "comments": "37 pages",
    "journal-ref": "Phys.Rev.D76:013009,2007",
    "doi": "10.1103/PhysRevD.76.013009",
    "report-no": "ANL-1",
    "categories": "hep-ph cs.LG",
    "license": None,
    "abstract": "  A fully differential\ncalculation.\n",
    "versions": [
        {"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"},
        {"version": "v2", "created": "Tue, 24 Jul 2012 20:10:27 GMT"},
    ],
    "update_date": "2013-11-26",
    "authors_parsed": [["Balázs", "C.", ""], ["Lee", "Ann", "Jr.", "MIT", "CERN"],
                       ["ATLAS Collaboration", "", ""]],
}  # fmt: skip


def read(path: Path, **changes: Any) -> Paper:  # noqa: ANN401 - any value of a line
    """Write the line with some keys changed, and read its paper."""
    path.write_text(json.dumps(LINE | changes) + "\n", "utf-8")
    (paper,) = read_papers(path, "arxiv")
    return paper


def test_a_first_line_of_many_authors(tmp_path: Path) -> None:
    """A file is recognised if the beginning that is looked at ends within the first authors."""
    names = [f"A. Gauge{n}" for n in range(20_000)]
    line = LINE | {"authors": ", ".join(names), "authors_parsed": [[n, "", ""] for n in names]}
    dump = tmp_path / "arxiv.json"
    dump.write_text(json.dumps(line) + "\n", "utf-8")
    with dump.open("rb") as file:
        known = recognise_format(Stream("d", dump.name, file))
    assert known is not None
    assert known.short_name == "arxiv"
    assert len(read(dump, **line).authors) == 20_000


def test_a_line(tmp_path: Path) -> None:
    """Every key is read into its field, without line breaks, and its source is the line."""
    paper = read(tmp_path / "arxiv.json")
    assert paper.id == "arxiv:0704.0001"
    assert paper.title == "Calculation of prompt diphoton production"
    assert paper.abstract == "A fully differential calculation."
    assert paper.topics == ("hep-ph", "cs.LG")
    assert paper.ids == {"arxiv": "0704.0001", "doi": "10.1103/physrevd.76.013009"}
    assert paper.urls == {
        "page": "https://arxiv.org/abs/0704.0001",
        "pdf": "https://arxiv.org/pdf/0704.0001",
    }
    assert paper.status == ""
    assert paper.sources == ("arxiv",)
    show = paper.shown
    assert (show.venue, show.venue_kind, show.type) == ("arXiv", "repository", "preprint")
    assert show.venue_name == "Phys.Rev.D76:013009,2007"
    assert show.source is not None
    assert (show.source.dump, show.source.record, show.source.offset) == ("arxiv.json", 1, 0)
    assert show.source.licence == "CC0-1.0"


def test_authors_come_from_the_parsed_form(tmp_path: Path) -> None:
    """``authors_parsed`` has accented letters, suffixes and affiliations, which are all read."""
    found = read(tmp_path / "d").authors
    assert [author.name for author in found] == ["C. Balázs", "Ann Lee Jr.", "ATLAS Collaboration"]
    assert [author.affiliations for author in found] == [(), ("MIT", "CERN"), ()]


def test_authors_without_the_parsed_form(tmp_path: Path) -> None:
    """Without ``authors_parsed`` the text of ``authors`` is split into names."""
    written = "C. Bal\\'azs, Ann Lee and Wei Wang"
    found = read(tmp_path / "d", authors_parsed=[], authors=written).authors
    assert [author.name for author in found] == ["C. Balázs", "Ann Lee", "Wei Wang"]


VERSION = [
    ("Mon, 2 Apr 2007 19:18:42 GMT", 2007),
    ("Fri, 31 Dec 1999 23:59:59 GMT", 1999),
    ("yesterday", None),
    ("", None),
]


@pytest.mark.parametrize(("created", "year"), VERSION)
def test_the_year_is_that_of_the_first_version(
    tmp_path: Path, created: str, year: int | None
) -> None:
    """Later versions and the day of the last change have no influence on the year."""
    versions = [{"version": "v1", "created": created}, *LINE["versions"][1:]]
    assert read(tmp_path / "d", versions=versions).shown.year == year


def test_no_version_is_no_year(tmp_path: Path) -> None:
    """Without versions the year is unknown, not that of the last change."""
    assert read(tmp_path / "d", versions=[]).shown.year is None


CHANGES: list[tuple[dict[str, Any], str, Any]] = [
    ({"id": "hep-th/9901001"}, "id", "arxiv:hep-th/9901001"),
    ({"id": "hep-th/9901001"}, "ids.arxiv", "hep-th/9901001"),
    ({"id": "math/0309136"}, "ids.arxiv", "math/0309136"),
    ({"doi": "10.1364/A.2578 10.1364/B.2407"}, "ids.doi", "10.1364/a.2578"),
    ({"doi": None}, "ids.doi", None),
    ({"doi": " "}, "ids.doi", None),
    ({"title": "On $\\Lambda_{\\alpha}$"}, "title", "On $\\Lambda_{\\alpha}$"),
    ({"abstract": None}, "abstract", ""),
    ({"journal-ref": None}, "venue_name", ""),
    ({"categories": "math.GT"}, "topics", ("math.GT",)),
    ({"comments": "This paper has been withdrawn by the authors"}, "status", "withdrawn"),
    ({"comments": "Withdrawn due to an error"}, "status", "withdrawn"),
    ({"abstract": "  This paper has been withdrawn.\n"}, "status", "withdrawn"),
    ({"abstract": "  We study withdrawn drugs and reflex.\n"}, "status", ""),
    ({"comments": None}, "status", ""),
    ({"versions": None, "authors_parsed": None, "authors": None}, "authors", ()),
    (
        {"authors_parsed": [["Lee", None, None], []], "authors": None},
        "authors",
        (Author("Lee", "lee"),),
    ),
]


@pytest.mark.parametrize(("change", "field", "expected"), CHANGES)
def test_quirks(
    tmp_path: Path, change: dict[str, Any], field: str, expected: str | tuple[str, ...] | None
) -> None:
    """Old numbers, several DOIs, missing values and withdrawals are read correctly."""
    paper = read(tmp_path / "d", **change)
    inner = {
        "ids.arxiv": paper.ids.get("arxiv"),
        "ids.doi": paper.ids.get("doi"),
        "venue_name": paper.shown.venue_name,
    }
    assert (inner[field] if field in inner else getattr(paper, field)) == expected


def test_real_lines(tmp_path: Path) -> None:
    """All 200 real lines become papers; those with "withdrawn" in their comments are withdrawn."""
    if not REAL.exists():
        pytest.skip("the real arXiv lines are not here; PAPERS_DATA names their folder")
    lines = [json.loads(line) for line in REAL.read_text("utf-8").splitlines()]
    index = tmp_path / "index"
    manifest, report = build(index, (str(REAL),), BuildSettings(processes=0))
    assert (report.read, report.indexed, report.rejected) == (200, 200, 0)
    assert manifest.papers == 200
    word = re.compile(r"\bwithdrawn\b", re.IGNORECASE)
    expected = {f"arxiv:{line['id']}": bool(word.search(line["comments"] or "")) for line in lines}
    assert 0 < sum(expected.values()) < 10
    found = find_papers(index, expected)
    assert {name: paper.status == "withdrawn" for name, paper in found.items()} == expected
    for line in lines:
        first = re.search(r"\d{4}", line["versions"][0]["created"])
        assert first is not None
        assert found[f"arxiv:{line['id']}"].shown.year == int(first[0])


def find_papers(index: Path, names: dict[str, bool]) -> dict[str, Paper]:
    """Return the papers of an index by id."""
    engine = open_engine("tantivy", find_current_folder(index) / ENGINE)
    records = {name: engine.read_paper(name) for name in names}
    decoder = msgspec.msgpack.Decoder(Paper)
    return {name: decoder.decode(record) for name, record in records.items() if record is not None}


WILD = st.text(alphabet="aZ;,+ .@~/0²9-\0\ud800é", max_size=12) | st.text(max_size=12)


@given(st.lists(WILD, max_size=4), WILD, WILD, WILD, WILD)
def test_no_text_stops_a_build(
    author: list[str], doi: str, created: str, categories: str, authors: str
) -> None:
    """Whatever text a line holds, it becomes a paper or is rejected for its id."""
    version = arxiv.Version("v1", created)
    line = arxiv.ArxivRecord(
        id=doi, title="T", authors=authors, authors_parsed=(tuple(author),), doi=doi,
        categories=categories, journal_ref=authors, comments=doi, versions=(version,),
    )  # fmt: skip
    try:
        assert normalise(arxiv.convert(line, Source("d", "", 1, 0))).title == "T"
    except RecordError as error:
        assert "id" in str(error)  # noqa: PT017 - both outcomes are valid
