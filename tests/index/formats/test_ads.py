"""Check the reader of NASA ADS's documents."""

from pathlib import Path
from typing import Any

import pytest

from index.formats.registry import recognise_format
from index.records import Author, RawRecord
from tests.support.answer_records import ADS
from tests.support.dump_records import make_stream
from tests.support.json_samples import read, read_paper

NAME = "ads"


def test_a_document(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_paper(tmp_path / "d", NAME, ADS)
    assert (found.id, found.title) == ("ads:2021WalkL...7...11L", "Walking among Stars")
    orcid = {"orcid": "0000-0002-1825-0097"}
    assert found.authors == (
        Author("Ann B. Lee", "ann b lee", orcid, ("ETH, Zurich", "University of Bern")),
        Author("Walk Collaboration", "walk collaboration"),
    )
    show = found.shown
    assert (show.venue, show.venue_kind, show.type) == (
        "Walk Letters",
        "journal",
        "journal article",
    )
    assert (show.year, show.date) == (2021, "2021-03")
    assert (show.volume, show.issue, show.pages) == ("7", "2", "11-19")
    assert found.topics == ("astro-ph.GA", "walks")
    code = "2021WalkL...7...11L"
    assert found.ids == {"bibcode": code, "doi": "10.1000/ads.1", "arxiv": "2101.00033"}
    assert found.urls == {"page": f"https://ui.adsabs.harvard.edu/abs/{code}"}
    assert (found.abstract, found.citations) == ("We walk.", 9)


CHANGES: list[tuple[dict[str, Any], tuple[str, str, str]]] = [
    ({"doctype": "eprint", "pub": "arXiv e-prints", "page": ["arXiv:2101.00033"],
      "page_range": None}, ("arXiv", "preprint", "")),
    ({"doctype": "phdthesis", "pub": "Ph.D. Thesis"}, ("", "thesis", "11-19")),
    ({"doctype": "abstract"}, ("Walk Letters", "conference paper", "11-19")),
    ({"doctype": "inbook", "pub": "All Walks"}, ("All Walks", "book chapter", "11-19")),
    ({"doctype": "catalog", "pub": None}, ("", "dataset", "11-19")),
    ({"doctype": "misc", "page_range": None, "pub": "Notes"}, ("Notes", "", "11")),
    ({"page": None, "page_range": None, "eid": "A7"}, ("Walk Letters", "journal article", "A7")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_types_and_pages(
    tmp_path: Path, change: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    """ADS's own words are read; the number of an article counts as its page."""
    show = read_paper(tmp_path / "d", NAME, ADS, **change).shown
    assert (show.venue, show.type, show.pages) == expected


def test_texts_in_place_of_lists(tmp_path: Path) -> None:
    """Tables made of ADS's records join the authors with semicolons."""
    change = {"title": "T", "author": "Lee, Ann B.; Li, Bo", "doi": "10.1000/a", "aff": None,
              "page": "5", "page_range": None}  # fmt: skip
    found = read_paper(tmp_path / "d", NAME, ADS, **change)
    assert [author.name for author in found.authors] == ["Ann B. Lee", "Bo Li"]
    assert (found.title, found.ids["doi"], found.shown.pages) == ("T", "10.1000/a", "5")


def test_affiliations_of_other_people_are_dropped(tmp_path: Path) -> None:
    """A list of another length than that of the authors cannot be assigned."""
    found = read_paper(tmp_path / "d", NAME, ADS, aff=["ETH"], orcid_user=[])
    assert [(author.ids, author.affiliations) for author in found.authors] == [({}, ()), ({}, ())]


@pytest.mark.parametrize("kind", ["proceedings", "proposal"])
def test_volumes_and_proposals_are_skipped(tmp_path: Path, kind: str) -> None:
    """They are no papers."""
    (found,) = read(tmp_path / "d", NAME, ADS | {"doctype": kind})
    assert isinstance(found, RawRecord)
    assert (found.deleted, found.id) == (True, "ads:2021WalkL...7...11L")


@pytest.mark.parametrize("content", [b'{"bibcode": "2021X", "x": 1, "community_id": 3}', b"{}"])
def test_other_files_are_not_recognised(content: bytes) -> None:
    """A bibcode alone makes no document."""
    assert recognise_format(make_stream(content)) is None
