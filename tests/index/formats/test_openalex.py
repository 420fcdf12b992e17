"""Check the reader of OpenAlex works and lists of merged ids against its documentation."""

from pathlib import Path
from typing import Any

import pytest

from index.build.operations import build
from index.records import Appearance, Author, RawRecord, Reject
from index.settings import BuildSettings
from tests.support.json_samples import OPENALEX, read, read_paper, read_raw


def test_a_work(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_paper(tmp_path / "d", "openalex", OPENALEX)
    assert (found.id, found.title) == ("openalex:W4100000001", "Random Walks on Sparse Graphs")
    assert found.abstract == "We walk on graphs. We stop."
    assert found.authors == (
        Author(
            "Ann B. Lee",
            "ann b lee",
            {"orcid": "0000-0001-2345-007X", "openalex": "A5000000001"},
            ("ETH Zurich",),
        ),
        Author("Bo Li", "bo li", {}, ("Inst. of Walks, Bern",)),
    )
    assert found.ids == {
        "openalex": "W4100000001",
        "doi": "10.1000/walks.7",
        "arxiv": "2101.00007",
        "pmid": "34100001",
        "pmc": "PMC8100001",
        "mag": "3100000001",
    }
    assert found.urls == {
        "page": "https://doi.org/10.1000/Walks.7",
        "pdf": "https://arxiv.org/pdf/2101.00007",
    }
    assert found.topics == ("random walk", "graph theory", "mathematics")
    assert (found.citations, found.status, found.language) == (12, "", "en")
    assert found.sources == ("openalex",)
    assert found.shown.source is not None
    assert found.shown.source.licence == "CC0-1.0"


def test_appearances(tmp_path: Path) -> None:
    """The primary location comes first, then the preprint; copies are not appearances."""
    found = read_paper(tmp_path / "d", "openalex", OPENALEX).appearances
    assert [(a.venue, a.venue_kind, a.year, a.type) for a in found] == [
        ("Journal of Graphs", "journal", 2021, "journal article"),
        ("arXiv", "repository", None, "preprint"),
    ]


ALEX = "https://openalex.org/W4100000001"
ARXIV = {
    "source": {"display_name": "arXiv (Cornell University)", "type": "repository"},
    "version": "submittedVersion",
    "landing_page_url": "https://arxiv.org/abs/math/0309136",
}
OLD = {"display_name": "Journal of Graphs", "type": "journal", "url": "https://a.org/x"}
FIELDS: list[tuple[dict[str, Any], str, Any]] = [
    ({"title": None}, "title", "Random Walks on Sparse Graphs"),
    ({"abstract_inverted_index": None}, "abstract", ""),
    ({"abstract_inverted_index": {}}, "abstract", ""),
    ({"abstract_inverted_index": ...}, "abstract", ""),
    ({"abstract_inverted_index": {"b": [9], "a": [10**15, 2]}}, "abstract", "a b a"),
    ({"abstract_inverted_index": '{"b": [1], "a": [0]}'}, "abstract", "a b"),
    ({"abstract_inverted_index": "no JSON"}, "abstract", ""),
    ({"abstract_inverted_index": {"b": [1], "a": [0], "c": [0]}}, "abstract", "c b"),
    ({"is_retracted": True}, "status", "retracted"),
    ({"is_retracted": None}, "status", ""),
    ({"authorships": None}, "authors", ()),
    ({"keywords": [{"keyword": "Old form", "score": 1.0}], "topics": [], "primary_topic": None,
      "concepts": [{"display_name": "Sure", "score": 0.5}, {"display_name": "Not", "score": 0.1}]},
     "topics", ("old form", "sure")),
    ({"keywords": None, "topics": None, "concepts": None, "primary_topic": None}, "topics", ()),
    ({"cited_by_count": None}, "citations", None),
    ({"biblio": {"volume": "7", "issue": None, "first_page": "11", "last_page": "29"}}, "pages",
     "11-29"),
    ({"biblio": {"volume": 7, "first_page": "e5", "last_page": "e5"}}, "pages", "e5"),
    ({"biblio": {"volume": "7", "issue": "2"}}, "volume", "7"),
    ({"biblio": {"volume": "7", "issue": "2"}}, "issue", "2"),
    ({"biblio": {"volume": "7"}, "primary_location": ARXIV}, "volume", ""),
    ({"primary_location": OPENALEX["primary_location"] | {"source": {
        "display_name": "J", "type": "journal", "host_organization_name": "Press"}}}, "publisher",
     "Press"),
    ({"primary_location": ARXIV | {"source": {
        "display_name": "A", "type": "repository", "host_organization_name": "University"}}},
     "publisher", ""),
    ({"primary_location": None, "host_venue": OLD | {"publisher": "Press"}}, "publisher", "Press"),
    ({"language": None}, "language", ""),
    ({"doi": None, "ids": None, "locations": None, "primary_location": None}, "ids",
     {"openalex": "W4100000001"}),
    ({"doi": None, "ids": None, "locations": None, "primary_location": None,
      "best_oa_location": None}, "urls", {"page": ALEX}),
    ({"primary_location": ARXIV, "locations": []}, "ids.arxiv", "math/0309136"),
    ({"doi": "https://doi.org/10.48550/arXiv.2205.01833", "locations": None}, "ids.arxiv",
     "2205.01833"),
    ({"primary_location": None, "locations": None, "host_venue": OLD}, "venue",
     "Journal of Graphs"),
    ({"primary_location": None, "locations": None}, "venue", ""),
    ({"primary_location": ARXIV, "locations": None, "type_crossref": None}, "type", "preprint"),
    ({"primary_location": ARXIV | {"version": "publishedVersion"}, "locations": None,
      "type_crossref": None}, "type", "journal article"),
    ({"type_crossref": "proceedings-article"}, "type", "conference paper"),
    ({"primary_location": {"source": {"display_name": "Walk Conference", "type": "conference"}},
      "type_crossref": None}, "type", "conference paper"),
    ({"publication_year": None, "publication_date": None}, "year", None),
    ({"publication_year": None}, "year", 2021),
    ({"publication_year": 2029}, "year", 2029),
    ({"type": "book-chapter"}, "type", "book chapter"),
    ({"type": "dissertation"}, "type", "thesis"),
    ({"type": "preprint"}, "type", "preprint"),
    ({"type": None, "type_crossref": None}, "type", "journal article"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "field", "expected"), FIELDS)
def test_quirks(tmp_path: Path, change: dict[str, Any], field: str, expected: object) -> None:
    """Null and missing values are unknown; older variants of a key are read too."""
    found = read_paper(tmp_path / "d", "openalex", OPENALEX, **change)
    holder = found.shown if field in Appearance.__struct_fields__ else found
    value = found.ids["arxiv"] if field == "ids.arxiv" else getattr(holder, field)
    assert value == expected


GONE = [{"is_paratext": True}, {"type": "paratext"}, {"type": "dataset"}, {"type": "peer-review"}]


@pytest.mark.parametrize("change", GONE)
def test_other_works_are_skipped(tmp_path: Path, change: dict[str, Any]) -> None:
    """Covers, datasets and reviews are skipped, not rejected."""
    (found,) = read(tmp_path / "d", "openalex", OPENALEX | change)
    assert isinstance(found, RawRecord)
    assert found.deleted


BAD: list[tuple[dict[str, Any], str]] = [
    ({"title": None, "display_name": None}, "has no title"),
    ({"id": None}, "is not a valid record: Object missing required field `id`"),
]


@pytest.mark.parametrize(("change", "reason"), BAD)
def test_reasons(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    """A work that cannot be a paper is rejected with the reason."""
    first, found = read(tmp_path / "d", "openalex", OPENALEX, OPENALEX | change)
    assert not isinstance(first, Reject)
    assert isinstance(found, Reject)
    assert reason in found.reason


MERGED = """merge_date,id,merge_into_id
2024-02-01,W7,W4100000001
"2024-02-01","https://openalex.org/W8","W4100000001"

no comma
2024-02-01,W9,W1"""
SELF = "merge_date,id,merge_into_id\n2024-02-01,W1,W1\n"


def test_a_merged_work_has_moved(tmp_path: Path) -> None:
    """A line of a list of merged ids is a deleted work with the id that it moved to."""
    (tmp_path / "d.csv").write_text(MERGED, "utf-8")
    found = [one for one in read_raw(tmp_path / "d.csv") if isinstance(one, RawRecord)]
    assert all(one.deleted for one in found)
    assert [(one.id, one.moved, one.updated) for one in found] == [
        ("openalex:W7", "openalex:W4100000001", "2024-02-01"),
        ("openalex:W8", "openalex:W4100000001", "2024-02-01"),
        ("openalex:W9", "openalex:W1", "2024-02-01"),
    ]


def test_a_work_merged_into_itself_stays(tmp_path: Path) -> None:
    """A line that would delete the work that it keeps is a reject."""
    (tmp_path / "d.csv").write_text(SELF, "utf-8")
    (found,) = read_raw(tmp_path / "d.csv")
    assert isinstance(found, Reject)


def test_a_snapshot_with_its_merged_ids(tmp_path: Path) -> None:
    """Merged works are skipped, and a manifest is reported as a file that was not read."""
    works = tmp_path / "d" / "works" / "updated_date=2024-01-01"
    merged = tmp_path / "d" / "merged_ids" / "works"
    works.mkdir(parents=True)
    merged.mkdir(parents=True)
    read(works / "part_000", "openalex", OPENALEX)
    (works.parent / "manifest").write_text('{"entries": [{"url": "s3://x"}]}', "utf-8")
    (merged / "2024-02-01.csv").write_text(MERGED, "utf-8")
    report = build(tmp_path / "index", (str(tmp_path / "d"),), BuildSettings(processes=0))[1]
    assert (report.read, report.indexed, report.skipped, report.rejected) == (5, 1, 3, 1)
    assert report.first_rejects[0].reason == "is not a line of a list of merged ids"
    assert report.first_rejects[0].source.record == 3
    assert report.unread_files == ("works/manifest",)
