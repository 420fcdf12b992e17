"""Check how records with the tags of RIS become papers: kinds, venues, topics, abstracts."""

import pytest

from tests.support.ris_records import make_record, read_paper

FIELDS = [
    (make_record("A1  - Lee, Ann", "A1  - Li, Bo"), ["Ann Lee", "Bo Li"], None, "journal article"),
    (make_record("A2  - Editor, Ed", kind="BOOK"), ["Ed Editor"], None, "book"),
    (make_record("Y1  - 2006//"), [], 2006, "journal article"),
    (make_record("DA  - 1999/01/01"), [], 1999, "journal article"),
    (make_record("PY  - 0"), [], None, "journal article"),
    (make_record("PY  - 99999"), [], None, "journal article"),
    (make_record(kind="CONF"), [], None, "conference paper"),
    (make_record(kind="CPAPER"), [], None, "conference paper"),
    (make_record(kind="CHAP"), [], None, "book chapter"),
    (make_record(kind="THES"), [], None, "thesis"),
    (make_record(kind="RPRT"), [], None, "report"),
    (make_record(kind="GEN"), [], None, ""),
]


@pytest.mark.parametrize(("written", "names", "year", "kind"), FIELDS)
def test_types_authors_years(written: str, names: list[str], year: int | None, kind: str) -> None:
    """Authors or else editors, the year of any date tag and the type of TY are read."""
    found = read_paper(written)
    assert [author.name for author in found.authors] == names
    assert found.shown.year == year
    assert found.shown.type == kind


KINDS = [
    ("Journal Article", "journal article"),
    ("journal article", "journal article"),
    ("Conference Paper", "conference paper"),
    ("Thesis/Dissertation", "thesis"),
    ("Tide Table", "tide table"),
    ("XYZ", ""),
    ("", ""),
]


@pytest.mark.parametrize(("written", "kind"), KINDS)
def test_kinds_in_words(written: str, kind: str) -> None:
    """TY may hold words instead of a code; words that are not known are kept."""
    assert read_paper(make_record(kind=written)).shown.type == kind


def test_a_book_is_not_its_own_venue() -> None:
    """BT is the title of a book, and the book of a chapter."""
    book = read_paper("TY  - BOOK\nBT  - Of Tides\nER  - \n")
    assert (book.title, book.shown.venue) == ("Of Tides", "")
    chapter = read_paper(make_record("BT  - Of Tides", kind="CHAP"))
    assert (chapter.title, chapter.shown.venue) == ("A Title", "Of Tides")


def test_topics_and_abstracts() -> None:
    """Keywords lose the marks of main topics; each abstract of a record is kept once."""
    found = read_paper(make_record(
        "KW  - *tides", "KW  - seas/*growth & decay", "KW  - in/out", "AB  - Water.",
        "AB  - Eau.", "AB  - Water.",
    ))  # fmt: skip
    assert found.topics == ("tides", "seas", "in/out")
    assert found.abstract == "Water.\n\nEau."
    assert read_paper(make_record("KW  - tides, seas, harbours")).topics == (
        "tides",
        "seas",
        "harbours",
    )


VENUES = [
    ("JF  - Full Name", "JO  - F. N."),
    ("JO  - Full Name",),
    ("T2  - Full Name",),
    ("BT  - Full Name",),
    ("JA  - F. N.", "T2  - Full Name"),
]


@pytest.mark.parametrize("fields", VENUES)
def test_venues(fields: tuple[str, ...]) -> None:
    """The venue is its full name, whichever tag has it."""
    assert read_paper(make_record(*fields)).shown.venue == "Full Name"


def test_preprints() -> None:
    """A record with an arXiv id and no journal is a preprint there."""
    link = "UR  - https://arxiv.org/abs/2006.04779"
    show = read_paper(make_record(link)).shown
    assert (show.venue, show.type) == ("arXiv", "preprint")
    show = read_paper(make_record(link, "JO  - Annals of Tides")).shown
    assert (show.venue, show.type) == ("Annals of Tides", "journal article")


def test_braces_of_bibtex_in_ris() -> None:
    """Signs in braces, which reference managers leave of BibTeX, are read as signs."""
    found = read_paper("TY  - JOUR\nTI  - Tides {&} Seas\nT2  - Water {&} Wind\nER  - \n")
    assert (found.title, found.shown.venue) == ("Tides & Seas", "Water & Wind")


def test_the_isbn_of_a_book() -> None:
    """A book has its ISBN as an identifier; the chapters of one share it, so they have none."""
    assert read_paper(make_record("SN  - 978-0-262-03384-8", kind="BOOK")).ids == {
        "isbn": "9780262033848"
    }
    assert read_paper(make_record("SN  - 978-0-262-03384-8", kind="CHAP")).ids == {}
