"""Check the reader of HAL's documents."""

from pathlib import Path
from typing import Any

import pytest

from index.formats.registry import recognise_format
from index.records import RawRecord
from tests.support.answer_records import HAL
from tests.support.dump_records import make_stream
from tests.support.json_samples import read, read_paper

NAME = "hal"


def test_a_document(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_paper(tmp_path / "d", NAME, HAL)
    assert (found.id, found.title) == ("hal:hal-04100041", "Walking in France: A study")
    assert [author.name for author in found.authors] == ["Ann Lee", "Jean-Paul Dubois"]
    show = found.shown
    assert (show.venue, show.venue_kind, show.type) == (
        "Walk Letters",
        "journal",
        "journal article",
    )
    assert (show.year, show.date, show.publisher) == (2021, "2021-03-04", "Made-up Press")
    assert (show.volume, show.issue, show.pages) == ("7", "2", "11-19")
    assert found.topics == ("walks",)
    assert found.ids == {"hal": "hal-04100041", "doi": "10.1000/hal.1", "arxiv": "2101.00041"}
    page = "https://hal.science/hal-04100041"
    assert found.urls == {"page": page, "pdf": f"{page}/document"}
    assert (found.abstract, found.language) == ("We walk.", "en")


CHANGES: list[tuple[dict[str, Any], tuple[str, int | None, str]]] = [
    ({"docType_s": "THESE", "journalTitle_s": ...}, ("", 2021, "thesis")),
    ({"docType_s": "COMM", "journalTitle_s": ..., "conferenceTitle_s": "Walks on Paper"},
     ("Walks on Paper", 2021, "conference paper")),
    ({"docType_s": "COUV", "journalTitle_s": ..., "bookTitle_s": "All Walks"},
     ("All Walks", 2021, "book chapter")),
    ({"docType_s": "UNDEFINED", "journalTitle_s": ...}, ("", 2021, "preprint")),
    ({"producedDate_s": ..., "publicationDateY_i": 2020},
     ("Walk Letters", 2020, "journal article")),
    ({"producedDate_s": ..., "producedDateY_i": ...}, ("Walk Letters", None, "journal article")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_types_and_years(
    tmp_path: Path, change: dict[str, Any], expected: tuple[str, int | None, str]
) -> None:
    """The venue depends on the type, and the year may be a number alone."""
    show = read_paper(tmp_path / "d", NAME, HAL, **change).shown
    assert (show.venue, show.year, show.type) == expected


def test_texts_in_place_of_lists(tmp_path: Path) -> None:
    """Programs that convert answers write a single title as a text."""
    found = read_paper(tmp_path / "d", NAME, HAL, title_s="T", subTitle_s=..., halId_s=...)
    assert (found.id, found.title) == ("hal:41", "T")


@pytest.mark.parametrize("kind", ["IMG", "VIDEO", "ISSUE"])
def test_other_things_are_skipped(tmp_path: Path, kind: str) -> None:
    """Images, films and whole issues are no papers."""
    (found,) = read(tmp_path / "d", NAME, HAL | {"docType_s": kind})
    assert isinstance(found, RawRecord)
    assert (found.deleted, found.updated) == (True, "2022-01-02")


def test_citations_alone_are_not_recognised() -> None:
    """Without ``fl=`` an answer has no titles, but citations as text."""
    content = (
        b'{"response": {"docs": [{"docid": "1", "label_s": "A. Lee. T. 2021", "uri_s": "x"}]}}'
    )
    assert recognise_format(make_stream(content)) is None
