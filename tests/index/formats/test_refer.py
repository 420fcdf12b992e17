"""Check the reader of the formats whose tags begin with a per cent sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats import refer
from index.formats.registry import list_formats
from index.normalise.paper import normalise
from index.records import Paper, RawRecord, Reject
from index.scanners.head import parse_head
from tests.support.dump_records import make_stream, normalise_all

ENDNOTE = """%0 Journal Article
%T Tides of the Inner Sea
%A Lee, Ann
%A Board, North, Tides,
%J Annals of Tides
%D 2019
%8 May 03, 2019
%V 12
%N 3
%P 101-110
%I Tide Press
%K tides
%K seas
%X Water comes.

Water goes.
%U https://example.org/tides
%> https://example.org/tides.pdf
%R 10.1000/Tides.1
%2 PMC123456
%G eng
%@ 1234-5678
%Z Cited By 7
"""

ADS = """%R 2019Tides..12..101L
%T Tides of the Inner Sea
%A Lee, Ann; Li,
Bo
%F AA(School of Seas), AB(Harbour
Board)
%J Annals of Tides
%V 12
%D 01/2019
%P 101
%L 110
%K tides, seas,
harbours
%I PUB_HTML: Publisher Article;
%U https://ui.adsabs.harvard.edu/abs/2019Tides..12..101L
%B Water comes. <P />
%Y DOI: 10.1000/tides.1
%Y eprintid: arXiv:1901.00001
"""


def read(text: str | bytes) -> list[RawRecord | Reject]:
    """Read the records of a file."""
    return list(refer.FORMAT.read(make_stream(text)))


def read_papers(text: str) -> list[Paper]:
    """Read the papers of a file without rejects."""
    return normalise_all(read(text))


def test_endnote() -> None:
    """Every tag of EndNote is read into its field."""
    (found,) = read_papers(ENDNOTE)
    assert (found.title, found.abstract) == ("Tides of the Inner Sea", "Water comes. Water goes.")
    assert [one.name for one in found.authors] == ["Ann Lee", "Board North Tides"]
    assert found.topics == ("tides", "seas")
    assert found.ids == {"doi": "10.1000/tides.1", "pmc": "PMC123456"}
    assert found.urls == {
        "page": "https://example.org/tides",
        "pdf": "https://example.org/tides.pdf",
    }
    assert (found.citations, found.language, found.sources) == (7, "en", ("refer",))
    show = found.shown
    assert (show.venue, show.type, show.date) == (
        "Annals of Tides", "journal article", "2019-05-03",
    )  # fmt: skip
    assert (show.volume, show.issue, show.pages, show.publisher) == (
        "12", "3", "101-110", "Tide Press",
    )  # fmt: skip


def test_nasa_ads() -> None:
    """NASA ADS names all authors in one field, which may be wrapped, and uses other letters."""
    first, second = read_papers(f"{ADS}\n\n{ADS}")
    assert first.id == second.id == "ads:2019Tides..12..101L"
    assert [one.name for one in first.authors] == ["Ann Lee", "Bo Li"]
    assert (first.abstract, first.topics) == ("Water comes.", ("tides", "seas", "harbours"))
    assert first.ids == {
        "doi": "10.1000/tides.1", "arxiv": "1901.00001", "bibcode": "2019Tides..12..101L",
    }  # fmt: skip
    show = first.shown
    assert (show.venue, show.type, show.date, show.pages) == (
        "Annals of Tides", "journal article", "2019-01", "101-110",
    )  # fmt: skip


def test_refer() -> None:
    """Records are separated by blank lines where a file does not begin with a kind or number."""
    text = "%A Ann Lee\n%T Of Tides\n%J Annals\n%V 3\n%D 2019\n\n%T Seas\n%A Bo Li\n%0 Book\n%I P\n"
    first, second = read_papers(f"# references\n\n{text}")
    assert (first.title, first.shown.type, first.shown.year) == (
        "Of Tides", "journal article", 2019,
    )  # fmt: skip
    assert (second.title, second.shown.type, second.shown.publisher) == ("Seas", "book", "P")


def test_a_thesis_and_a_book_have_no_venue() -> None:
    """A word for a thesis in place of a journal says its kind; a book is not its own venue."""
    thesis, book = read_papers(
        "%R 2017PhDT........14C\n%T Tides\n%J Ph.D. Thesis\n\n"
        "%R 2017tide.book.....C\n%T Seas\n%J Seas\n"
    )
    assert (thesis.shown.type, thesis.shown.venue) == ("thesis", "")
    assert book.shown.venue == ""


def test_a_record_without_its_first_line() -> None:
    """A damaged record costs no other."""
    before, found, after = read(f"{ENDNOTE}\n0 Book\n%T Lost\n%D 2001\n\n{ENDNOTE}")
    assert isinstance(before, RawRecord)
    assert isinstance(after, RawRecord)
    assert isinstance(found, Reject)
    assert found.reason == "does not begin with %0 or %R"
    assert normalise(before).title == normalise(after).title == "Tides of the Inner Sea"


def test_names_in_reverse() -> None:
    """Families without a comma are turned by the rule of RIS."""
    (found,) = read_papers("%0 Journal Article\n%T T\n%A Tann E.M.\n%A van der Roe J.\n")
    assert [one.name for one in found.authors] == ["E. M. Tann", "J. van der Roe"]


KNOWN = [
    (ENDNOTE.encode(), True),
    (ADS.encode(), True),
    (b"\xef\xbb\xbf%A Ann Lee\r\n%T Tides\r\n", True),
    (b"Query Results\n\nRetrieved 1 abstracts\n\n" + ADS.encode(), True),
    (b"% Encoding: UTF-8\n\n@article{a, title={T}}", False),
    (b"%A Ann Lee\n%D 2019\n", False),
    (b"%This is TeX\n%T\n", False),
    (b"Title,Share\nA,%T x\n", False),
    (b'{"%T": 1}', False),
]


@pytest.mark.parametrize(("content", "known"), KNOWN)
def test_recognised(content: bytes, *, known: bool) -> None:
    """A file is recognised by two tags in a row and a title, by this format only."""
    takers = [form.short_name for form in list_formats() if form.recognises(parse_head(content))]
    assert (takers == ["refer"]) is known
    assert ("refer" in takers) is known


@given(st.text("%0TARDJ ;é\n\t\0", max_size=80))
def test_no_text_stops_a_build(text: str) -> None:
    """Any text in a record is read, and the record after it is too."""
    found = read(f"%0 Book\n%T T\n{text}\n\n%0 Book\n%T A title\n")
    last = found[-1]
    assert isinstance(last, RawRecord)
    assert last.title == "A title"
