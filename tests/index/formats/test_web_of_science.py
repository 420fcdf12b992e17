"""Check the reader of Web of Science's records."""

import pytest

from index.formats import ris
from index.normalise.paper import normalise
from index.records import Paper, RawRecord
from tests.support.dump_records import make_stream


def read_paper(*fields: str) -> Paper:
    """Return the paper of these lines."""
    text = "\n".join(("FN Someone", "VR 1.0", "PT J", *fields, "ER", "", "EF", ""))
    (found,) = ris.FORMAT.read(make_stream(text))
    assert isinstance(found, RawRecord), found
    return normalise(found)


def test_unknown_tags_cost_nothing() -> None:
    """A tag that no table lists is passed over with the lines that continue it."""
    found = read_paper(
        "AU Tann, B", "TI Of Tides", "WE Some Index", "   Another", "Q9 x", "PY 2020"
    )
    assert (found.title, found.shown.year) == ("Of Tides", 2020)
    assert [one.name for one in found.authors] == ["B Tann"]


@pytest.mark.parametrize("prefix", ["WOS:", "ISI:", "ISIP:"])
def test_ids(prefix: str) -> None:
    """The number of today and those of older exports are the same."""
    found = read_paper("TI Of Tides", f"UT {prefix}000123456789012")
    assert (found.id, found.ids) == ("wos:000123456789012", {"wos": "000123456789012"})


def test_numbers_of_other_databases() -> None:
    """MEDLINE's number is a PubMed number; the others are unique on the platform."""
    assert read_paper("TI Of Tides", "UT MEDLINE:101").ids == {"pmid": "101"}
    found = read_paper("TI Of Tides", "UT ZOOREC:ZOOR123")
    assert (found.id, found.ids) == ("wos:ZOOREC:ZOOR123", {"wos": "ZOOREC:ZOOR123"})


YEARS = [
    (("PY 2020", "EA JAN 2019"), 2020, ""),
    (("PY 2020", "PD JUN 5"), 2020, "2020-06-05"),
    (("EA JAN 2019",), 2019, "2019-01"),
    (("EY 2019",), 2019, ""),
    (("CY JUN 02-04, 2018",), 2018, ""),
    ((), None, ""),
]


@pytest.mark.parametrize(("fields", "year", "date"), YEARS)
def test_years(fields: tuple[str, ...], year: int | None, date: str) -> None:
    """The year of publication counts, else that of early access, else that of the meeting."""
    show = read_paper("TI Of Tides", *fields).shown
    assert (show.year, show.date) == (year, date)


AUTHORS = [
    (("AU Tann, B", "   Lee, A", "AF Tann, Bea", "   Lee, Ann"), ["Bea Tann", "Ann Lee"]),
    (("AU Tann, B", "GP IEEE"), ["B Tann"]),
    (("AU Tann, B", "CA Tide Survey, North"), ["B Tann", "Tide Survey North"]),
    (("AU [Anonymous]", "GP Tide Board"), ["Tide Board"]),
    (("AU [Anonymous]",), []),
    (("AU Tann, Bea; Lee,", "   Ann; Li, Bo"), ["Bea Tann", "Ann Lee", "Bo Li"]),
    (("BE Tann, B",), ["B Tann"]),
    (("AU Tann, Bea (bea@planted.org)",), ["Bea Tann"]),
]


@pytest.mark.parametrize(("fields", "names"), AUTHORS)
def test_authors(fields: tuple[str, ...], names: list[str]) -> None:
    """Full names come first; sponsors and editors count only where there is no author."""
    found = read_paper("TI Of Tides", *fields)
    assert [one.name for one in found.authors] == names


PLACES = [
    (("VL 3", "IS 4", "BP 10", "EP 19", "PU TIDE PRESS"), ("3", "4", "10-19", "TIDE PRESS")),
    (("VL 3", "SU S", "AR e12", "PU TIDE PRESS"), ("3", "S", "e12", "TIDE PRESS")),
    (("BP 10", "EP 10"), ("", "", "10", "")),
]


@pytest.mark.parametrize(("fields", "expected"), PLACES)
def test_places(fields: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """Volume, issue, pages or the number of the article, and publisher are read."""
    show = read_paper("TI Of Tides", *fields).shown
    assert (show.volume, show.issue, show.pages, show.publisher) == expected


def test_books_and_patents() -> None:
    """A book is not its own venue; a patent is known by its kind of publication."""
    text = "PT B\nTI Of Tides\nSO Of Tides\nER\nPT P\nTI Tide mill\nPS 170\nER\n"
    book, patent = (
        normalise(one).shown
        for one in ris.FORMAT.read(make_stream(text))
        if isinstance(one, RawRecord)
    )
    assert (book.type, book.venue) == ("book", "")
    assert (patent.type, patent.pages) == ("patent", "170")


def test_topics_lose_their_aspects() -> None:
    """The Zoological Record lists aspects of an animal in brackets after its name."""
    found = read_paper("TI Of Tides", "DE Mytilus [habitat / shore / ] [food / ]; Shores", "ID SEA")
    assert found.topics == ("mytilus", "shores", "sea")
