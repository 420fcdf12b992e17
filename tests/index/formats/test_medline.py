"""Check the reader of MEDLINE's tagged format."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats import medline
from index.formats.registry import list_formats
from index.normalise.paper import normalise
from index.records import Paper, RawRecord, Reject
from index.scanners.head import parse_head
from tests.support.dump_records import make_stream

WHOLE = """
PMID- 101
OWN - NLM
STAT- MEDLINE
DCOM- 20190601
LR  - 20190702
IS  - 1234-5678 (Electronic)
VI  - 12
IP  - 3
DP  - 2019 May-Jun
TI  - Tides of the inner sea: a first
      look.
PG  - 101-10
LID - 10.1000/tides.1 [doi]
LID - S0140-6736(18)12345-6 [pii]
AB  - BACKGROUND: Water comes.
      CONCLUSIONS: Water goes.
CI  - Copyright of somebody.
FAU - Lee, Ann B
AU  - Lee AB
AUID- ORCID: https://orcid.org/0000-0002-1694-233X
AD  - School of Seas, Tidetown. Electronic address: ann.lee@planted.org.
AD  - Harbour Board.
FAU - Li, Bo
AU  - Li B
CN  - Tide Survey, Northern Part
LA  - eng
PT  - Journal Article
PT  - Multicenter Study
DEP - 20190405
PL  - England
TA  - Ann Tides
JT  - Annals of tides : official journal of nobody
MH  - Harbours
MH  - *Seas
MH  - Water/*physiology/analysis
OT  - ebb
PMC - PMC123456
EDAT- 2019/04/05 06:00
SO  - Ann Tides. 2019 May-Jun;12(3):101-10.
"""


def read(text: str | bytes) -> list[RawRecord | Reject]:
    """Read the records of a file."""
    return list(medline.FORMAT.read(make_stream(text)))


def read_raw(*fields: str) -> RawRecord:
    """Return the only record, which has a number and a title, with more fields."""
    (found,) = read("\n".join(("PMID- 101", "TI  - A title.", *fields, "")))
    assert isinstance(found, RawRecord), found
    return found


def read_paper(*fields: str) -> Paper:
    """Return the only paper, which has a number and a title, with more fields."""
    return normalise(read_raw(*fields))


def test_a_record() -> None:
    """Every tag is read into its field."""
    (raw,) = read(WHOLE)
    assert isinstance(raw, RawRecord)
    found, show = normalise(raw), normalise(raw).shown
    assert (found.id, found.title) == ("pubmed:101", "Tides of the inner sea: a first look")
    assert found.abstract == "BACKGROUND: Water comes. CONCLUSIONS: Water goes."
    assert [one.name for one in found.authors] == [
        "Ann B Lee", "Bo Li", "Tide Survey Northern Part",
    ]  # fmt: skip
    assert found.authors[0].ids == {"orcid": "0000-0002-1694-233X"}
    assert found.authors[0].affiliations == ("School of Seas, Tidetown", "Harbour Board.")
    assert found.topics == ("ebb", "seas", "water", "harbours", "multicenter study")
    assert found.ids == {"pmid": "101", "doi": "10.1000/tides.1", "pmc": "PMC123456"}
    assert set(found.urls) == {"page", "full text"}
    assert (found.language, found.status, raw.updated) == ("en", "", "2019-07-02")
    assert (show.venue, show.venue_kind, show.type) == (
        "Annals of tides", "journal", "journal article",
    )  # fmt: skip
    assert (show.year, show.date, show.volume, show.issue) == (2019, "2019-04-05", "12", "3")
    assert show.pages in {"101-10", "101-110"}


def test_records_are_cut() -> None:
    """Each number begins a record, in files of any line ends and without blank lines."""
    for text in (WHOLE * 2, WHOLE.replace("\n", "\r\n") * 2, WHOLE.strip() + "\n" + WHOLE.strip()):
        assert [isinstance(one, RawRecord) for one in read(text)] == [True, True]
    before = "PMC - PMC1\n" + WHOLE.strip()  # as PubMed Central writes it
    assert [isinstance(one, RawRecord) for one in read(f"\n{before}\n\n{before}\n")] == [True, True]


def test_a_record_without_its_first_line() -> None:
    """A damaged record costs no other, and is rejected without an address in its excerpt."""
    damaged = "\nPMXD- 1\nTI  - Lost\nAD  - ann.lee@planted.org\n"
    before, found, after = read(WHOLE + damaged + WHOLE)
    assert isinstance(before, RawRecord)
    assert isinstance(after, RawRecord)
    assert isinstance(found, Reject)
    assert found.reason == "does not begin with PMID"
    assert "planted" not in found.excerpt


AUTHORS = [
    (("AU  - Lee A", "AU  - Roe JP Jr"), ["A Lee", "JP Roe Jr."]),
    (("FAU - Lee, Ann", "AU  - Lee A", "AU  - Roe J"), ["Ann Lee", "J Roe"]),
    (("CN  - Tide Group", "FAU - Lee, Ann"), ["Tide Group", "Ann Lee"]),
    (("FED - Roe, Jane", "ED  - Roe J"), ["Jane Roe"]),
    (("FED - Roe, Jane", "FAU - Lee, Ann"), ["Ann Lee"]),
    (("FIR - Roe, Jane", "IR  - Roe J"), []),
    (("FAU - ", "AU  - "), []),
]


@pytest.mark.parametrize(("fields", "names"), AUTHORS)
def test_authors(fields: tuple[str, ...], names: list[str]) -> None:
    """A full name and its short form are one author; groups and editors have tags of their own."""
    assert [one.name for one in read_paper(*fields).authors] == names


def test_an_affiliation_before_the_names() -> None:
    """Old records have only the affiliation of the first author, before all names."""
    found = read_paper("AD  - Harbour Board", "FAU - Lee, Ann", "FAU - Li, Bo")
    assert [one.affiliations for one in found.authors] == [("Harbour Board",), ()]


STATES = [
    (("PT  - Retracted Publication",), "retracted", ""),
    (("RIN - Ann Tides. 2020;1:2",), "retracted", ""),
    (("ROF - Ann Tides. 2020;1:2", "PT  - Retraction of Publication"), "", "retraction"),
    (("PT  - Published Erratum",), "", "erratum"),
    (("PT  - Preprint",), "", "preprint"),
]


@pytest.mark.parametrize(("fields", "status", "kind"), STATES)
def test_retractions(fields: tuple[str, ...], status: str, kind: str) -> None:
    """A retracted paper and the notice of it are told apart, as in PubMed's XML."""
    found = read_paper(*fields)
    assert (found.status, found.shown.type) == (status, kind)


DATES = [
    (("DP  - 2019 Jan 5",), 2019, "2019-01-05"),
    (("DP  - 2019 Spring",), 2019, ""),
    (("DP  - 2019 Jan", "DEP - 20180203"), 2019, "2019-01"),
    (("DEP - 20180203",), 2018, "2018-02-03"),
    (("EDAT- 2017/04/05 06:00",), 2017, ""),
    (("DP  - 2018 Jan 01", "4099- https://ui.adsabs.harvard.edu/abs/x"), 2018, ""),
    ((), None, ""),
]


@pytest.mark.parametrize(("fields", "year", "date"), DATES)
def test_dates(fields: tuple[str, ...], year: int | None, date: str) -> None:
    """The issue decides the year, and the earlier date in that year counts."""
    show = read_paper(*fields).shown
    assert (show.year, show.date) == (year, date)


def test_a_title_in_another_language() -> None:
    """A translated title loses its brackets, and the original one is kept in the abstract."""
    (found,) = read("PMID- 1\nTI  - [Of tides].\nTT  - Von Gezeiten.\nAB  - Water.\n")
    assert isinstance(found, RawRecord)
    assert (found.title, found.abstract) == ("Of tides", "Water.\n\nOriginal title: Von Gezeiten")


def test_books_and_chapters() -> None:
    """A record with the title of a book is that book, or a chapter with a title of its own."""
    (found,) = read("PMID- 1\nBTI - Of Tides\nISBN- 9780262033848\nPB  - Tide Press\nDP  - 2019\n")
    assert isinstance(found, RawRecord)
    book = normalise(found)
    assert (book.title, book.shown.type, book.shown.publisher) == ("Of Tides", "book", "Tide Press")
    assert book.ids == {"pmid": "1", "isbn": "9780262033848"}
    chapter = read_paper("BTI - Of Tides")
    assert (chapter.title, chapter.shown.type) == ("A title", "book chapter")
    assert chapter.shown.venue == "Of Tides"


def test_the_number_of_an_article_counts_as_pages() -> None:
    """A short number of the publisher is one, a long one is not."""
    assert read_paper("LID - e123 [pii]").shown.pages == "e123"
    assert read_paper("AID - S0140-6736(18)12345-6 [pii]").shown.pages == ""


def test_an_abstract_that_the_publisher_has_is_none() -> None:
    """What PubMed writes instead of an abstract is dropped."""
    assert read_raw("OAB - Publisher: Abstract available from the publisher.").abstract == ""


KNOWN = [
    (WHOLE.encode(), True),
    (b"PT  - Journal Article\nTI  - A title\n", True),
    (b"\xef\xbb\xbfPMC - PMC1\r\nPMID- 1\r\n", True),
    (b"TY  - JOUR\nTI  - A title\n", False),
    (b"PT J\nAU Lee, A\n", False),
    (b"PMID,Title\n1,T\n", False),
    (b'{"PMID": 1}', False),
]


@pytest.mark.parametrize(("content", "known"), KNOWN)
def test_recognised(content: bytes, *, known: bool) -> None:
    """A file is recognised by its first lines, by this format only."""
    takers = [form.short_name for form in list_formats() if form.recognises(parse_head(content))]
    assert (takers == ["medline"]) is known


@given(st.text("PMIDTAUFCN- 1é\n\t\0", max_size=80))
def test_no_text_stops_a_build(text: str) -> None:
    """Any text in a record is read, and the record after it is too."""
    found = read(f"PMID- 1\nTI  - T\n{text}\n\nPMID- 2\nTI  - A title\n")
    last = found[-1]
    assert isinstance(last, RawRecord)
    assert (last.id, last.title) == ("pubmed:2", "A title")


ERIC = """
OWN - ERIC
TI  - Tides in Schools
AU  - Lee, Ann
JT  - %s
AID - http://dx.doi.org/10.1000/ab
OID - EJ101
DP  - Article 7 2019
LID - http://eric.ed.gov/?id=EJ101
LA  - English
%s
"""


def test_eric() -> None:
    """ERIC has numbers and kinds of its own, and puts publishers in place of journals."""
    first, second = read(
        ERIC % ("Tide Teaching", "PT  - Reports - Research\nPT  - Journal Articles")
        + ERIC % ("Tide Press", "PT  - Dissertations/Theses - Doctoral Dissertations")
    )
    assert isinstance(first, RawRecord)
    assert isinstance(second, RawRecord)
    found, show = normalise(first), normalise(first).shown
    assert (found.id, found.ids) == ("eric:EJ101", {"doi": "10.1000/ab", "eric": "EJ101"})
    assert found.urls == {"page": "http://eric.ed.gov/?id=EJ101"}
    assert (show.venue, show.type, show.year) == ("Tide Teaching", "journal article", 2019)
    thesis = normalise(second).shown
    assert (thesis.venue, thesis.type, thesis.publisher) == ("", "thesis", "Tide Press")


def test_tags_without_the_space_after_them() -> None:
    """A padded tag needs no space after its dash; one that is not padded does."""
    (found,) = read("PMID-101\nTI  -Of Tides\nAB - Water\n      TI-de, of the sea\n")
    assert isinstance(found, RawRecord)
    assert (found.id, found.title, found.abstract) == (
        "pubmed:101", "Of Tides", "Water TI-de, of the sea",
    )  # fmt: skip
