"""Check the reader of Crossref works against the documentation of its API."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.records import Appearance, Author, RawRecord, Reject
from tests.support.dump_records import read_records
from tests.support.json_samples import CROSSREF, read, read_paper


def test_a_work(tmp_path: Path) -> None:
    """Every key is read into its field; markup and e-mail addresses are removed."""
    found = read_paper(tmp_path / "d", "crossref", CROSSREF)
    assert (found.id, found.title) == ("doi:10.1000/cross.9", "Walks & Runs in H₂O: A Study")
    assert found.abstract == "We walk."
    assert found.authors == (
        Author("Ann B. Lee Jr.", "ann b lee jr", {"orcid": "0000-0002-1825-0097"}, ("ETH Zurich",)),
        Author("Walk Collaboration", "walk collaboration"),
        Author("Plato", "plato"),
    )
    show = found.shown
    assert (show.venue, show.venue_kind) == ("Journal of Walking", "journal")
    assert (show.year, show.type) == (2019, "journal article")
    assert found.topics == ("biomechanics",)
    assert found.ids == {"doi": "10.1000/cross.9"}
    assert found.urls == {
        "page": "http://dx.doi.org/10.1000/cross.9",
        "pdf": "https://a.org/full.pdf",
    }
    assert (found.citations, found.status, found.language) == (4, "", "en")


FIELDS: list[tuple[dict[str, Any], str, Any]] = [
    ({"title": ["A", "B"], "subtitle": None}, "title", "A"),
    ({"title": ["A: A Study"]}, "title", "A: A Study"),
    ({"title": "A plain text", "subtitle": ...}, "title", "A plain text"),
    ({"title": [], "subtitle": ["Only this"]}, "title", "Only this"),
    ({"title": ["A <mml:math><mml:mi>x</mml:mi></mml:math> walk"], "subtitle": None}, "title",
     "A x walk"),
    ({"abstract": ...}, "abstract", ""),
    ({"author": ...}, "authors", ()),
    ({"author": None}, "authors", ()),
    ({"subject": ...}, "topics", ()),
    ({"is-referenced-by-count": ...}, "citations", None),
    ({"link": ..., "URL": ...}, "urls", {"page": "https://doi.org/10.1000/Cross.9"}),
    ({"updated-by": [{"DOI": "10.1000/n", "type": "retraction"}]}, "status", "retracted"),
    ({"updated-by": [{"type": "correction"}, {"type": "withdrawal"}]}, "status", "withdrawn"),
    ({"updated-by": [{"type": "correction"}]}, "status", ""),
    ({"update-to": [{"DOI": "10.1000/n", "type": "retraction"}]}, "status", ""),
    ({"relation": {"is-retracted-by": [{"id": "10.1000/n"}]}}, "status", "retracted"),
    ({"relation": {"is-preprint-of": [{"id": "10.1000/n"}]}}, "status", ""),
    ({"title": ["RETRACTED: Walks"]}, "status", "retracted"),
    ({"title": ["[Retracted] Walks"]}, "status", "retracted"),
    ({"title": ["RETRACTED ARTICLE: Walks"]}, "status", "retracted"),
    ({"title": ["WITHDRAWN: Walks"]}, "status", "withdrawn"),
    ({"title": ["Retraction: Walks"]}, "status", ""),
    ({"title": ["Retracted papers and why"]}, "status", ""),
    ({"issued": {"date-parts": [[None]]}}, "year", 2020),
    ({"issued": {"date-parts": [None]}, "published-print": None}, "year", None),
    ({"issued": {"date-parts": [[]]}, "published-print": ...}, "year", None),
    ({"issued": {"date-parts": [["1999"]]}}, "year", 1999),
    ({"issued": {}, "published-online": {"date-parts": [[2018, 2]]}}, "year", 2018),
    ({"issued": {"date-parts": [[20190]]}, "published-print": ...}, "year", None),
    ({"container-title": []}, "venue", ""),
    ({"container-title": ...}, "venue_kind", ""),
    ({"container-title": None, "event": {"name": "Walk Conference", "acronym": "WALK"}},
     "venue", "WALK"),
    ({"container-title": "Walk Letters"}, "venue", "Walk Letters"),
    ({"type": "proceedings-article", "container-title":
      ["Proceedings of the 37th International Conference on Machine Learning"]}, "venue", "ICML"),
    ({"type": "proceedings-article"}, "type", "conference paper"),
    ({"type": "book-chapter", "container-title": ["Lecture Notes in Walks", "Walks of Bern"]},
     "venue", "Walks of Bern"),
    ({"type": "book-chapter"}, "type", "book chapter"),
    ({"type": "book-chapter", "event": {"name": "ECCV"}}, "type", "conference paper"),
    ({"type": "dissertation"}, "type", "thesis"),
    ({"type": "posted-content", "container-title": [], "institution": [{"name": "bioRxiv"}]},
     "venue", "bioRxiv"),
    ({"type": "posted-content", "container-title": [], "institution": {"name": "bioRxiv"}},
     "type", "preprint"),
    ({"type": "posted-content", "container-title": [], "institution": {"acronym": ["BRX"]}},
     "venue", "BRX"),
    ({"type": "posted-content", "container-title": [], "group-title": "Walks"},
     "venue", "Made-up Press"),
    ({"type": "posted-content", "container-title": [], "DOI": "10.2139/ssrn.1"}, "venue", "SSRN"),
    ({"type": "posted-content", "group-title": ["Walks"], "subject": None}, "topics", ("walks",)),
    ({"volume": "7", "issue": "2-3"}, "issue", "2-3"),
    ({"journal-issue": {"issue": "4"}, "issue": None}, "issue", "4"),
    ({"volume": 7}, "volume", "7"),
    ({"page": "11-29", "article-number": "e5"}, "pages", "11-29"),
    ({"article-number": "e5"}, "pages", "e5"),
    ({}, "publisher", "Made-up Press"),
    ({"type": "monograph", "ISBN": ["978-3-16-148410-0"]}, "ids",
     {"doi": "10.1000/cross.9", "isbn": "9783161484100"}),
    ({"type": "book-chapter", "ISBN": ["978-3-16-148410-0"]}, "ids", {"doi": "10.1000/cross.9"}),
    ({"issued": "2018-05", "published-print": ...}, "date", "2018-05"),
    ({"issued": {"date-parts": [["2018-05"]]}}, "date", "2018-05"),
    ({"issued": {"date-parts": [2018, 5]}}, "year", 2018),
    ({"type": "report"}, "type", "report"),
    ({"type": "other", "container-title": []}, "type", ""),
    ({"type": None}, "type", "journal article"),
    ({"DOI": "10.48550/arXiv.2205.01833"}, "ids",
     {"doi": "10.48550/arxiv.2205.01833", "arxiv": "2205.01833"}),
]  # fmt: skip


SHOWN = {*Appearance.__struct_fields__}


@pytest.mark.parametrize(("change", "field", "expected"), FIELDS)
def test_quirks(tmp_path: Path, change: dict[str, Any], field: str, expected: object) -> None:
    """Empty lists, null years, types of works and retractions are read correctly."""
    found = read_paper(tmp_path / "d", "crossref", CROSSREF, **change)
    holder = found.shown if field in SHOWN else found
    assert getattr(holder, field) == expected


@pytest.mark.parametrize("kind", ["journal", "component", "peer-review", "grant", "dataset"])
def test_other_works_are_skipped(tmp_path: Path, kind: str) -> None:
    """Containers, parts, reviews and datasets are skipped, not rejected."""
    (found,) = read(tmp_path / "d", "crossref", CROSSREF | {"type": kind})
    assert isinstance(found, RawRecord)
    assert found.deleted


def test_deleted_dois_are_skipped(tmp_path: Path) -> None:
    """A record of Crossref's list of deleted DOIs deletes the paper that had the DOI."""
    container = ["CrossRef Listing of Deleted DOIs"]
    (found,) = read(tmp_path / "d", "crossref", CROSSREF | {"container-title": container})
    assert isinstance(found, RawRecord)
    assert (found.id, found.deleted) == ("doi:10.1000/cross.9", True)


BAD: list[tuple[dict[str, Any], str]] = [
    ({"title": [], "subtitle": []}, "has no title"),
    ({"title": [None], "subtitle": None}, "has no title"),
    ({"title": {"en": []}, "subtitle": True}, "has no title"),
]


@pytest.mark.parametrize(("change", "reason"), BAD)
def test_reasons(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    """A work that cannot be a paper is rejected with the reason."""
    first, found = read(tmp_path / "d", "crossref", CROSSREF, CROSSREF | change)
    assert not isinstance(first, Reject)
    assert isinstance(found, Reject)
    assert reason in found.reason


@pytest.mark.parametrize("indent", [None, 2])
def test_one_work_of_the_api(tmp_path: Path, indent: int | None) -> None:
    """The API's response for one DOI is one work, on one line or several."""
    path = tmp_path / "work.json"
    response = {"status": "ok", "message-type": "work", "message": CROSSREF}
    path.write_text(json.dumps(response, indent=indent), "utf-8")
    (found,) = read_records(path, "crossref")
    assert isinstance(found, RawRecord)
    assert found.id == "doi:10.1000/cross.9"


@pytest.mark.parametrize("keys", ["DOI title", "title author", "DOI title type issued", "title"])
def test_a_page_with_some_keys(tmp_path: Path, keys: str) -> None:
    """A page of the API whose works have only the selected keys is read whole."""
    works = [CROSSREF | {"DOI": f"10.1000/c.{number}"} for number in range(3)]
    chosen = [{key: work[key] for key in keys.split()} for work in works]
    path = tmp_path / "page.json"
    page = {"message-type": "work-list", "message": {"items": chosen, "items-per-page": 20}}
    path.write_text(json.dumps(page), "utf-8")
    found = list(read_records(path, "crossref"))
    assert [one.title for one in found if isinstance(one, RawRecord)] == [
        "Walks &amp;amp; Runs in H<sub>2</sub>O"
    ] * 3


PEOPLE: list[tuple[dict[str, Any], list[str]]] = [
    ({"author": [{"name": "Bern Walking Council, Section 4", "sequence": "first"}]},
     ["Bern Walking Council Section 4"]),
    ({"author": [], "editor": [{"given": "Eda", "family": "Berg"}]}, ["Eda Berg"]),
    ({"author": None, "editor": [{"name": "Walkers, Inc."}]}, ["Walkers Inc."]),
    ({"editor": [{"family": "Berg"}], "author": [{"given": "Ann", "family": "Lee"}]}, ["Ann Lee"]),
    ({"author": [{"given": ["Ann"], "family": "Lee"}, {"given": 5}, "Bo Li"]},
     ["Ann Lee", "5", "Bo Li"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "names"), PEOPLE)
def test_people(tmp_path: Path, change: dict[str, Any], names: list[str]) -> None:
    """The comma of a group turns no name, and editors stand for absent authors."""
    found = read_paper(tmp_path / "d", "crossref", CROSSREF, **change)
    assert [author.name for author in found.authors] == names


def test_affiliations_without_a_name(tmp_path: Path) -> None:
    """The department stands for an institution that only has an identifier and a place."""
    places = [{"id": [{"id": "https://ror.org/1", "id-type": "ROR"}], "place": ["Bern"]},
              {"department": ["Dept. of Walks"]}, {"name": "ETH Zurich"}]  # fmt: skip
    people = [{"family": "Lee", "given": "Ann", "affiliation": places}]
    found = read_paper(tmp_path / "d", "crossref", CROSSREF, author=people)
    assert found.authors[0].affiliations == ("Dept. of Walks", "ETH Zurich")


def test_journals_and_members_are_skipped(tmp_path: Path) -> None:
    """Answers of other searches in the API have journals, which have titles too."""
    journal = {"title": "Journal of Walking", "ISSN": ["1234-5678"], "counts": {"total-dois": 9},
               "last-status-check-time": 1600000000000, "subjects": []}  # fmt: skip
    answer = {"status": "ok", "message-type": "journal-list", "message": {"items": [journal]}}
    (found,) = read(tmp_path / "d", "crossref", answer)
    assert isinstance(found, RawRecord)
    assert found.deleted


def test_a_doi_in_the_address(tmp_path: Path) -> None:
    """It counts if a work was copied without its DOI."""
    found = read_paper(tmp_path / "d", "crossref", CROSSREF, DOI=...)
    assert (found.id, found.ids) == ("doi:10.1000/cross.9", {"doi": "10.1000/cross.9"})
