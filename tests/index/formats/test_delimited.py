"""Check the reader of CSV and TSV tables against exports of databases and plain tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from index.errors import ColumnMissing
from index.formats.delimited import make_table_format
from index.formats.registry import list_formats, recognise_format
from index.records import Author, Paper, RawRecord, Reject
from index.scanners.head import parse_head
from tests.support.dump_records import make_stream, normalise_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


def read(text: str | bytes, **columns: str) -> list[RawRecord | Reject]:
    """Read the records of a table; `columns` assigns headers to fields."""
    stream = make_stream(text, "d.csv")
    form = recognise_format(stream, columns)
    assert form is not None
    assert form.short_name == "csv"
    return list(form.read(stream))


def read_papers(text: str | bytes, **columns: str) -> list[Paper]:
    """Read the papers of a table without rejects."""
    return normalise_all(read(text, **columns))


SCOPUS = (
    '"Authors","Author full names","Author(s) ID","Title","Year","Source title","Volume",'
    '"Cited by","DOI","Link","Abstract","Author Keywords","Index Keywords","Document Type",'
    '"Language of Original Document","Source","EID"\n'
    '"Lee A.; Li B.","Lee, Ann (57216694711); Li, Bo (57216694712)","5; 6","Tides, a Look",'
    '"2011","Journal of Machine Learning Research","4","7","10.1000/Tides","https://x.org/t",'
    '"Water comes.\nWater goes.","tides; inner seas","harbours","Conference paper","English",'
    '"Scopus","2-s2.0-85"\n'
)
XPLORE = (
    '"Document Title",Authors,"Author Affiliations","Publication Title",Date Added To Xplore,'
    '"Publication Year","Abstract","DOI","PDF Link","Author Keywords","IEEE Terms",'
    '"Article Citation Count","Document Identifier"\n'
    '"Tides, a Look","A. Lee; B. Li","U X; U Y","Journal of Machine Learning Research","1 Jan",'
    '"2011","Water comes. Water goes.","10.1000/tides","https://x.org/t.pdf",'
    '"tides;inner seas","harbours","7","IEEE Conferences"\n'
)
WOS_SHEET = (
    "Publication Type\tAuthors\tAuthor Full Names\tArticle Title\tSource Title\tLanguage\t"
    "Document Type\tAuthor Keywords\tKeywords Plus\tAbstract\tTimes Cited, WoS Core\t"
    "Publication Year\tDOI\tUT (Unique WOS ID)\n"
    "J\tLee, A; Li, B\tLee, Ann; Li, Bo\tTides, a Look\tJournal of Machine Learning Research\t"
    "English\tProceedings Paper\ttides; inner seas\tharbours\tWater comes. Water goes.\t7\t2011\t"
    "10.1000/tides\tWOS:000123\n"
)
WOS_TAB = (
    "\ufeffPT\tAU\tAF\tTI\tSO\tLA\tDT\tDE\tID\tAB\tTC\tPY\tDI\tUT\t\n"
    "J\tLee, A; Li, B\tLee, Ann; Li, Bo\tTides, a Look\tJournal of Machine Learning Research\t"
    "English\tProceedings Paper\ttides; inner seas\tharbours\tWater comes. Water goes.\t7\t2011\t"
    "10.1000/tides\tWOS:000123\t\n"
)
ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","DOI","Url",'
    '"Abstract Note","Date","Manual Tags","Automatic Tags","Language"\n'
    '"AB12","conferencePaper","2011","Lee, Ann; Li, Bo","Tides, a Look",'
    '"Journal of Machine Learning Research","","10.1000/tides","https://x.org/t",'
    '"Water comes. Water goes.","2011-05-03","tides; inner seas; harbours","","en"\n'
)
PLAIN = (
    "title;authors;year;venue;doi;abstract;keywords;citations;type\n"
    "Tides, a Look;Ann Lee and Bo Li;2011;JMLR;10.1000/tides;Water comes. Water goes.;"
    "tides|inner seas|harbours;7;conference paper\n"
)
EXPORTS: dict[str, tuple[str | bytes, str, int | None]] = {
    "scopus": (SCOPUS, "scopus:2-s2.0-85", 7),
    "xplore": (XPLORE, "doi:10.1000/tides", 7),
    "wos sheet": (WOS_SHEET, "wos:000123", 7),
    "wos tab": (WOS_TAB, "wos:000123", 7),
    "wos tab of a spreadsheet": (WOS_TAB.removeprefix("\ufeff").encode("utf-16"), "wos:000123", 7),
    "zotero": (ZOTERO, "zotero:AB12", None),
    "plain": (PLAIN, "doi:10.1000/tides", 7),
    "plain with sep": ("sep=;\r\n" + PLAIN.replace("\n", "\r\n"), "doi:10.1000/tides", 7),
    "plain in Windows-1252": (
        PLAIN.replace("Ann", "Ann\u00e9").encode("cp1252"),
        "doi:10.1000/tides",
        7,
    ),
}


@pytest.mark.parametrize("export", EXPORTS)
def test_exports(export: str) -> None:
    """The same paper is read from the table of every database."""
    text, known, citations = EXPORTS[export]
    (found,) = read_papers(text)
    assert (found.id, found.title) == (known, "Tides, a Look")
    assert " ".join(found.abstract.split()) == "Water comes. Water goes."
    assert [author.key[-3:] for author in found.authors] == ["lee", " li"]
    assert found.topics == ("tides", "inner seas", "harbours")
    assert found.ids["doi"] == "10.1000/tides"
    assert found.citations == citations
    show = found.shown
    assert (show.venue, show.year, show.type) == ("JMLR", 2011, "conference paper")


def test_scopus_has_full_names_and_numbers() -> None:
    """Full names take precedence over short ones, and the number in brackets is an author's id."""
    (found,) = read_papers(SCOPUS)
    assert found.authors[0] == Author("Ann Lee", "ann lee", {"scopus": "57216694711"})
    assert (found.language, found.urls) == ("en", {"page": "https://x.org/t"})


AUTHORS = [
    ("Lee, Ann; Li, Bo", ["Ann Lee", "Bo Li"]),
    ("Lee A.; Li B.-C.", ["A. Lee", "B.-C. Li"]),
    ("Lee A, Li BC", ["A. Lee", "B. C. Li"]),
    ("Ann Lee, Bo Li", ["Ann Lee", "Bo Li"]),
    ("Ann Lee | Bo Li", ["Ann Lee", "Bo Li"]),
    ("Ann Lee and Bo Li", ["Ann Lee", "Bo Li"]),
    ("Malcolm X", ["Malcolm X"]),
    ("[No author name available]", []),
    ("", []),
]


@pytest.mark.parametrize(("written", "names"), AUTHORS)
def test_authors(written: str, names: list[str]) -> None:
    """Authors are split at semicolons, bars, ``and`` or commas; initials may come last."""
    (found,) = read_papers(f"title\tauthors\nT\t{written}\n")
    shown = [author.name for author in found.authors]
    assert [name.replace(".", "").replace(" ", "") for name in shown] == [
        name.replace(".", "").replace(" ", "") for name in names
    ]


CELLS: list[tuple[str, str, str, Any]] = [
    ("year", "2011.0", "year", 2011),
    ("date", "3 May 2011", "year", 2011),
    ("year", "0", "year", None),
    ("year", "99999", "year", None),
    ("cited by", "1,234", "citations", 1234),
    ("cited by", "7.0", "citations", 7),
    ("cited by", "many", "citations", None),
    ("arxiv id", "2006.04779v1", "ids", {"arxiv": "2006.04779"}),
    ("url", "https://arxiv.org/abs/2006.04779", "ids", {"arxiv": "2006.04779"}),
    ("doi link", "http://doi.org/10.1/x", "ids", {}),
    ("doi", "https://doi.org/10.1000/x", "ids", {"doi": "10.1000/x"}),
    ("pubmed id", "123", "ids", {"pmid": "123"}),
    ("url", "javascript:alert(1)", "urls", {}),
    ("id", "17", "id", "csv:d/17"),
    ("status", "Reject", "status", "rejected"),
    ("document type", "Retracted", "status", "retracted"),
    ("item type", "blogPost", "type", "blog post"),
    ("abstract", "[No abstract available]", "abstract", ""),
    ("source", "Scopus", "venue", ""),
    ("source", "Nature", "venue", "Nature"),
]


@pytest.mark.parametrize(("header", "cell", "field", "expected"), CELLS)
def test_cells(header: str, cell: str, field: str, expected: object) -> None:
    """A cell is read in the variants that databases and spreadsheets write."""
    (found,) = read_papers(f'Title,{header}\nT,"{cell}"\n')
    holder = found.shown if field in {"year", "type", "venue"} else found
    assert getattr(holder, field) == expected


def test_assigned_columns() -> None:
    """An assigned header names its field, and takes precedence over known headers."""
    table = "Paper;Wer;Titel;Abstract;Summary\nA;Ann Lee;B;C;D\n"
    assert not [form for form in list_formats() if form.recognises(parse_head(b"Paper;Wer\nA;B\n"))]
    (found,) = read_papers(table, Titel="title", WER="authors", Summary="abstract")
    assert (found.title, found.authors[0].name, found.abstract) == ("B", "Ann Lee", "D")


def test_a_missing_assigned_column() -> None:
    """An assigned column that the table lacks is an error that lists the columns it has."""
    form = make_table_format({"Titel": "title", "Lab": "venue"})
    with pytest.raises(ColumnMissing, match=r"'d\.csv' has no column 'Lab'\. .*: Titel, Year"):
        list(form.read(make_stream("Titel,Year\nA,2001\n", "d.csv")))


def test_map_option(papers: Callable[..., Result], tmp_path: Path) -> None:
    """``--map`` assigns columns; a value that is not COLUMN=FIELD is a usage error."""
    path = tmp_path / "d.csv"
    path.write_text("Paper = name;Jahr\nA title;2001\n", "utf-8")
    index = tmp_path / "ix"
    assert papers("build", str(path), index=index).exit_code == 1
    for wrong in ("Jahr", "Jahr=jahr", "=year"):
        result = papers("build", "--map", wrong, str(path), index=index)
        assert result.exit_code == 2
        assert "COLUMN=FIELD" in result.stderr
    mapped = ("--map", "paper = name=title", "--map", "Jahr=year")
    assert papers("build", *mapped, str(path), index=index).exit_code == 0
    assert "A title" in papers("search", "year:2001", index=index).stdout
    result = papers("build", *mapped, "--map", "Lab=venue", str(path), index=index)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


KNOWN = [
    (b"title,year\nT,2001\n", True),
    (b'\xef\xbb\xbf"Title"\t"Year"\n', True),
    ("Title;Year\n".encode("utf-16"), True),
    (b"a search of today\n\ntitle|authors\n", True),
    (b"title\nT\n", False),
    (b"name,size\nx,2\n", False),
    (b"TI,x\n1,2\n", False),
    (b'{"title": 1, "year": 2}', False),
    (b"<title,year>", False),
    (b"@article{title,year={2001}}", False),
    (b"The title, year by year\n", False),
    (b"", False),
]


@pytest.mark.parametrize(("content", "known"), KNOWN)
def test_recognised(content: bytes, *, known: bool) -> None:
    """A table is recognised by a header with a title and another field, by this format only."""
    takers = [form.short_name for form in list_formats() if form.recognises(parse_head(content))]
    assert (takers == ["csv"]) is known
    assert ("csv" in takers) is known


@pytest.mark.parametrize("prefix", ["WOS:", "ISI:", "ISIP:"])
def test_prefixes_of_accession_numbers(prefix: str) -> None:
    """Older exports of Web of Science write other prefixes; the number is the same."""
    (found,) = read_papers(
        f"Title,Authors,UT (Unique WOS ID)\nTides,Ann Lee,{prefix}000123456789012\n"
    )
    assert (found.id, found.ids["wos"]) == ("wos:000123456789012", "000123456789012")


BEFORE: list[tuple[str, str]] = [
    ("a quoted line", '"About: ""tides"", of 3 May 2026"\n'),
    ("lines that are no rows", "a search\n\n2 hits; by, year\n"),
    ("a quoted text of lines", '"one, title,\ntwo"\n'),
    ("an open quote", 'the 5" pipe\n'),
    ("sep", "sep=,\n"),
    ("sep and CR", "sep=,\r\n"),
]


@pytest.mark.parametrize("before", [pytest.param(text, id=name) for name, text in BEFORE])
def test_lines_before_the_header(before: str) -> None:
    """The header may follow other lines, quoted or not."""
    found = read_papers(f"{before}Title,Year\nA,2001\nB,2002\n")
    assert [(paper.title, paper.shown.year) for paper in found] == [("A", 2001), ("B", 2002)]


def test_a_stated_delimiter() -> None:
    """The first line may state any character as the delimiter."""
    (found,) = read_papers("sep=^\nTitle^Year\nA^2001\n")
    assert (found.title, found.shown.year) == ("A", 2001)


def test_a_header_of_several_lines() -> None:
    """A cell of the header may contain line ends."""
    (found,) = read_papers('"Note\r\nof it",TITLE ,"Year"\r\n"x\r\ny",A,2001\r\n')
    assert (found.title, found.shown.year) == ("A", 2001)


def test_row_names() -> None:
    """R writes a number before each row, for which the header has no cell."""
    rows = [f"{at}\tTitle {at}\t200{at}" for at in range(1, 5)]
    found = read_papers("\n".join(["title\tyear", *rows]))
    assert [paper.shown.year for paper in found] == [2001, 2002, 2003, 2004]
    rejects = read("title,year\nA,2001\n2,B,2002\n3,C,2003\n")[1:]
    assert all(isinstance(reject, Reject) for reject in rejects)


def test_more_funding_texts_than_columns() -> None:
    """Some exports of Scopus lack the header of a second ``Funding Text``."""
    table = "Title,Year,Funding Text 1,Publisher,EID\nA,2001,f,P,2-s2.0-1\nB,2002,f,g,Q,2-s2.0-2\n"
    found = read_papers(table)
    assert [paper.shown.publisher for paper in found] == ["P", "Q"]
    assert [paper.id for paper in found] == ["scopus:2-s2.0-1", "scopus:2-s2.0-2"]


def test_the_day_of_another_year_is_not_that_of_publication() -> None:
    """A day is joined to the year of publication only if it names none."""
    table = "Title,Publication Year,Online Date\nA,2020,4 Dec 2018\nB,2020,4 Dec\n"
    assert [paper.shown.date for paper in read_papers(table)] == ["", "2020-12-04"]
