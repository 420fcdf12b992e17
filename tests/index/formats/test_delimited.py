"""Answers: are tables of papers read, whoever exported them and however they are damaged?"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from index.dumps.streams import Stream
from index.errors import ColumnMissing
from index.formats.delimited import make_table_format
from index.formats.registry import list_formats, recognise_format
from index.normalise.paper import normalise
from index.records import Author, Paper, RawRecord, Reject
from index.scanners.head import parse_head

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


def stream_of(text: str | bytes, name: str = "d.csv") -> Stream:
    """Give a text as a file of a dump."""
    content = text.encode() if isinstance(text, str) else text
    return Stream(name, name, io.BufferedReader(io.BytesIO(content)))


def read(text: str | bytes, **columns: str) -> list[RawRecord | Reject]:
    """Recognise and read a table."""
    stream = stream_of(text)
    form = recognise_format(stream, columns)
    assert form is not None
    assert form.short_name == "csv"
    return list(form.read(stream))


def papers(text: str | bytes, **columns: str) -> list[Paper]:
    """Read a table without rejects."""
    found = read(text, **columns)
    assert not [one for one in found if isinstance(one, Reject)], found
    return [normalise(one) for one in found if isinstance(one, RawRecord)]


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
    "plain with a named sign": ("sep=;\r\n" + PLAIN.replace("\n", "\r\n"), "doi:10.1000/tides", 7),
    "plain in old code": (PLAIN.replace("Ann", "Ann\u00e9").encode("cp1252"), "doi:10.1000/tides",
                          7),
}  # fmt: skip


@pytest.mark.parametrize("export", EXPORTS)
def test_exports(export: str) -> None:
    """The tables of every database give the same paper."""
    text, known, citations = EXPORTS[export]
    (found,) = papers(text)
    assert (found.id, found.title) == (known, "Tides, a Look")
    assert " ".join(found.abstract.split()) == "Water comes. Water goes."
    assert [author.key[-3:] for author in found.authors] == ["lee", " li"]
    assert found.topics == ("tides", "inner seas", "harbours")
    assert found.ids["doi"] == "10.1000/tides"
    assert found.citations == citations
    show = found.shown
    assert (show.venue, show.year, show.type) == ("JMLR", 2011, "conference paper")


def test_scopus_has_full_names_and_numbers() -> None:
    """Full names count before short ones, and a number in brackets is the author's."""
    (found,) = papers(SCOPUS)
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
    """Authors are cut at semicolons, bars, ``and`` or commas; initials may come last."""
    (found,) = papers(f"title\tauthors\nT\t{written}\n")
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
    """A cell is read in the forms that databases and spreadsheets write."""
    (found,) = papers(f'Title,{header}\nT,"{cell}"\n')
    holder = found.shown if field in {"year", "type", "venue"} else found
    assert getattr(holder, field) == expected


def test_named_columns() -> None:
    """A header that nobody knows is what the user says, and counts before a known one."""
    table = "Paper;Wer;Titel;Abstract;Summary\nA;Ann Lee;B;C;D\n"
    assert not [form for form in list_formats() if form.recognises(parse_head(b"Paper;Wer\nA;B\n"))]
    (found,) = papers(table, Titel="title", WER="authors", Summary="abstract")
    assert (found.title, found.authors[0].name, found.abstract) == ("B", "Ann Lee", "D")


def test_a_named_column_that_is_not_there() -> None:
    """A column named by mistake is told, with those there are; nothing is left out silently."""
    form = make_table_format({"Titel": "title", "Lab": "venue"})
    with pytest.raises(ColumnMissing, match=r"'d\.csv' has no column 'Lab'\. .*: Titel, Year"):
        list(form.read(stream_of("Titel,Year\nA,2001\n")))


def test_map_option(papers: Callable[..., Result], tmp_path: Path) -> None:
    """--map reaches the reader; what is no COLUMN=FIELD is a fault of use."""
    path = tmp_path / "d.csv"
    path.write_text("Paper = name;Jahr\nA title;2001\n", "utf-8")
    index = tmp_path / "ix"
    assert papers("build", str(path), index=index).exit_code == 1
    for wrong in ("Jahr", "Jahr=jahr", "=year"):
        told = papers("build", "--map", wrong, str(path), index=index)
        assert told.exit_code == 2
        assert "COLUMN=FIELD" in told.stderr
    mapped = ("--map", "paper = name=title", "--map", "Jahr=year")
    assert papers("build", *mapped, str(path), index=index).exit_code == 0
    assert "A title" in papers("search", "year:2001", index=index).stdout
    told = papers("build", *mapped, "--map", "Lab=venue", str(path), index=index)
    assert (told.exit_code, told.stderr.count("\n")) == (1, 1)


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
    """A table is told by a header with a title and something else, and no other reader takes it."""
    takers = [form.short_name for form in list_formats() if form.recognises(parse_head(content))]
    assert (takers == ["csv"]) is known
    assert ("csv" in takers) is known
