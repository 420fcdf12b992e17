"""Check where RIS keeps authors, identifiers, dates and pages, exporter by exporter."""

import pytest

from index.normalise.paper import normalise
from index.records import RawRecord
from tests.support.ris_records import make_record, read, read_paper

NAMES = [
    (("A1  - Lee, Ann", "AU  - Li, Bo", "AU  - Tann, Cy"), ["Ann Lee", "Bo Li", "Cy Tann"]),
    (("AU  - Li, Bo", "A1  - Lee, Ann", "AU  - Tann, Cy"), ["Bo Li", "Ann Lee", "Cy Tann"]),
    (("A1  - Lee, Ann", "A1  - Li, Bo", "AU  - Lee, Ann", "AU  - Li, Bo"), ["Ann Lee", "Bo Li"]),
    (("A2  - Editor, Ed", "AU  - Lee, Ann"), ["Ann Lee"]),
    (("A3  - Series, Sam", "A2  - Editor, Ed"), ["Ed Editor"]),
    (("A4  - Under, Una",), ["Una Under"]),
    (("AU  - Tann E.M.", "AU  - van der Roe J."), ["E. M. Tann", "J. van der Roe"]),
    (
        ("A1  - Lee A.", "A1  - Tide Board Association", "A1  - Li B."),
        ["A. Lee", "Tide Board Association", "B. Li"],
    ),
    (("AU  - Malcolm X",), ["Malcolm X"]),
    (("AU  - Lee, Ann; Li, Bo",), ["Ann Lee", "Bo Li"]),
    (("AU  - Lee A., Li B., Tann C.",), ["A. Lee", "B. Li", "C. Tann"]),
    (("AU  - Board, North, Tides,", "AU  - Lee, Ann"), ["Board North Tides", "Ann Lee"]),
    (("AU  - Lee,Ann B.,Jr.", "AU  - et al."), ["Ann B. Lee Jr."]),
    (("AU  - Lee, Ann and", "AU  - Ferdinand, Bo"), ["Ann Lee", "Bo Ferdinand"]),
    (("AU  - Anonymous",), []),
]


@pytest.mark.parametrize(("fields", "names"), NAMES)
def test_names(fields: tuple[str, ...], names: list[str]) -> None:
    """Authors keep their order, families that come first are turned, and editors come last."""
    assert [one.name for one in read_paper(make_record(*fields)).authors] == names


def test_the_beginning_of_a_file_says_how_names_are_written() -> None:
    """A single name of two words is turned where all names of the file have that form."""
    many = make_record("AU  - Lee A.", "AU  - Li B.", "AU  - Tann C.")
    found = read(many + make_record("AU  - Roe D."))
    assert isinstance(found[1], RawRecord)
    assert [one.name for one in normalise(found[1]).authors] == ["D. Roe"]
    alone = read_paper(make_record("AU  - Roe D."))
    assert [one.name for one in alone.authors] == ["Roe D."]


DATES = [
    (("C6  - JUL 2022",), 2022, "2022-07"),
    (("C6  - NIHMS2022",), None, ""),
    (("EA  - 2021/03/04",), 2021, "2021-03-04"),
    (("ET  - 2020/05/06",), 2020, "2020-05-06"),
    (("ET  - 2nd edition of 2020",), None, ""),
    (("Y2  - 2023/01/02",), None, ""),
    (("PY  - in press", "DA  - 2019/02/03"), 2019, "2019-02-03"),
    (("Y1  - 2019/01/1", "UR  - https://ui.adsabs.harvard.edu/abs/x"), 2019, ""),
    (("Y1  - 2019/06/01", "UR  - https://ui.adsabs.harvard.edu/abs/x"), 2019, "2019-06"),
]


@pytest.mark.parametrize(("fields", "year", "date"), DATES)
def test_dates(fields: tuple[str, ...], year: int | None, date: str) -> None:
    """A date of early access counts where there is no other; the day of access never does."""
    show = read_paper(make_record(*fields)).shown
    assert (show.year, show.date) == (year, date)


IDS = [
    (("DO  - https://doi.org/10.1000/Ab",), {"doi": "10.1000/ab"}),
    (("M3  - doi: 10.1000/ab",), {"doi": "10.1000/ab"}),
    (("L3  - 10.1000/ab",), {"doi": "10.1000/ab"}),
    (("N1  - doi: 10.1000/ab",), {"doi": "10.1000/ab"}),
    (("N1  - Print. https://doi.org/10.1000/ab. Epub 2019.",), {"doi": "10.1000/ab"}),
    (("N1  - as in 10.1000/ab",), {}),
    (("AN  - WOS:000236202800037",), {"wos": "000236202800037"}),
    (("AN  - ISI:000236202800037",), {"wos": "000236202800037"}),
    (("AN  - 2019-00001-001",), {}),
    (("AN  - 101", "DB  - PubMed"), {"pmid": "101"}),
    (("AN  - 101", "DP  - NLM"), {"pmid": "101"}),
    (("AN  - 101", "DB  - Tidebase"), {}),
    (("AN  - PUBMED 101",), {"pmid": "101"}),
    (("UR  - https://pubmed.ncbi.nlm.nih.gov/101/",), {"pmid": "101"}),
    (("C2  - PMC123456",), {"pmc": "PMC123456"}),
    (("SP  - arXiv:2006.04779", "JO  - arXiv e-prints"), {"arxiv": "2006.04779"}),
    (("UR  - https://www.scopus.com/x.uri?eid=2-s2.0-85", "C2  - 101"),
     {"pmid": "101", "scopus": "2-s2.0-85"}),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "ids"), IDS)
def test_ids(fields: tuple[str, ...], ids: dict[str, str]) -> None:
    """Identifiers are found wherever an exporter puts them, if it says what they are."""
    assert read_paper(make_record(*fields)).ids == ids


PLACES = [
    (("VL  - 9", "IS  - 3", "SP  - 101", "EP  - 110", "PB  - Tide Press"),
     ("9", "3", "101-110", "Tide Press")),
    (("SP  - 101-110", "CP  - 4"), ("", "4", "101-110", "")),
    (("SP  - 101", "EP  - 101-110"), ("", "", "101-110", "")),
    (("VL  - v. 9", "CP  - 3rd Conference on Tides"), ("9", "", "", "")),
    (("VL  - 9", "IS  - ei2, 0100621", "M1  - 4"), ("9", "4", "", "")),
    (("IS  - 4, SI",), ("", "4, SI", "", "")),
    (("SP  - e1234", "M1  - 2"), ("", "2", "e1234", "")),
    (("C7  - 104501", "M1  - Print"), ("", "", "104501", "")),
    (("C7  - in the third part",), ("", "", "", "")),
    (("PB  - Tide Press (E-mail: x@planted.org)",), ("", "", "", "Tide Press")),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), PLACES)
def test_places(fields: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """Volume, issue, pages or the number of the article, and publisher are read."""
    show = read_paper(make_record(*fields)).shown
    assert (show.volume, show.issue, show.pages, show.publisher) == expected


def test_the_number_of_a_report_and_the_degree_of_a_thesis() -> None:
    """A report's number is its issue; the volume of a thesis is a degree, which is none."""
    report = read_paper(make_record("SN  - TR-12", kind="RPRT")).shown
    assert (report.issue, report.type) == ("TR-12", "report")
    assert read_paper(make_record("VL  - Ph.D.", kind="THES")).shown.volume == ""
