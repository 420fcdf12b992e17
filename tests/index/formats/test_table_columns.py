"""Check which columns are read from all those that databases export."""

from itertools import chain

import pytest

from index.formats import table_columns
from index.formats.registry import recognise_format
from index.formats.table_columns import find_columns, find_missing, list_fields, simplify_header
from index.normalise.paper import normalise
from index.normalise.tables import read_table
from index.records import RawRecord
from tests.support.dump_records import make_stream
from tests.support.paths import ROOT

ROOM = ROOT / "index" / "formats"

FULL = {
    "scopus": (
        ("Authors,Author full names,Author(s) ID,Title,Year,Source title,Volume,Issue,Art. No.,"
        "Page start,Page end,Page count,Cited by,DOI,Link,Affiliations,Authors with affiliations,"
        "Abstract,Author Keywords,Index Keywords,Molecular Sequence Numbers,Funding Details,"
        "References,Correspondence Address,Editors,Publisher,ISSN,ISBN,CODEN,PubMed ID,"
        "Language of Original Document,Abbreviated Source Title,Document Type,Publication Stage,"
        "Open Access,Source,EID"),
        {"Title": "T", "Authors": "Lee A.", "Year": "2011", "Source title": "Nature",
         "Document Type": "Review", "Abbreviated Source Title": "Nat.", "Source": "Scopus",
         "Correspondence Address": "A. Lee; MIT; email: ann@planted.org"},
        ("Nature", 2011, "review", ""),
    ),
    "web of science": (
        ("Publication Type,Authors,Book Authors,Book Editors,Book Group Authors,Author Full Names,"
        "Book Author Full Names,Group Authors,Article Title,Source Title,Book Series Title,"
        "Language,Document Type,Conference Title,Conference Date,Author Keywords,Keywords Plus,"
        "Abstract,Addresses,Affiliations,Reprint Addresses,Email Addresses,Researcher Ids,ORCIDs,"
        "Cited References,Cited Reference Count,Publication Date,Publication Year,Volume,DOI,"
        "DOI Link,Book DOI,Early Access Date,Pubmed Id,UT (Unique WOS ID)"),
        {"Publication Type": "J", "Article Title": "T", "Author Full Names": "Lee, Ann",
         "Source Title": "NATURE", "Document Type": "Editorial Material",
         "Conference Date": "1999", "Publication Date": "MAY 3", "Publication Year": "2011",
         "Email Addresses": "ann@planted.org", "Early Access Date": "DEC 2010"},
        ("Nature", 2011, "editorial", ""),
    ),
    "xplore": (
        ("Document Title,Authors,Author Affiliations,Publication Title,Date Added To Xplore,"
        "Publication Year,Volume,Issue,Start Page,End Page,Abstract,ISSN,ISBNs,DOI,"
        "Funding Information,PDF Link,Author Keywords,IEEE Terms,Mesh_Terms,"
        "Article Citation Count,Patent Citation Count,Reference Count,License,Online Date,"
        "Issue Date,Meeting Date,Publisher,Document Identifier"),
        {"Document Title": "T", "Authors": "A. Lee", "Publication Title": "Nature",
         "Date Added To Xplore": "3 May 2013", "Publication Year": "2011",
         "Online Date": "1 Jan 2012", "Document Identifier": "IEEE Journals"},
        ("Nature", 2011, "journal article", ""),
    ),
    "zotero": (
        ("Key,Item Type,Publication Year,Author,Title,Publication Title,ISBN,ISSN,DOI,Url,"
        "Abstract Note,Date,Date Added,Date Modified,Access Date,Pages,Num Pages,Issue,Volume,"
        "Number Of Volumes,Journal Abbreviation,Short Title,Series,Series Number,Series Text,"
        "Series Title,Publisher,Place,Language,Rights,Type,Archive,Archive Location,"
        "Library Catalog,Call Number,Extra,Notes,File Attachments,Link Attachments,Manual Tags,"
        "Automatic Tags,Editor,Series Editor,Conference Name,Meeting Name"),
        {"Key": "AB12", "Item Type": "conferencePaper", "Publication Year": "2011",
         "Author": "Lee, Ann", "Title": "T", "Date Added": "2012-01-01 10:00:00",
         "Date Modified": "2013-02-03 10:00:00", "Short Title": "Short",
         "Conference Name": "Neural Information Processing Systems", "Library Catalog": "DOI.org",
         "Access Date": "2014-01-01"},
        ("NeurIPS", 2011, "conference paper", "2013-02-03"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("export", FULL)
def test_all_columns_of_an_export(export: str) -> None:
    """Each field is read from its own column, and no other column is mistaken for it."""
    header, cells, expected = FULL[export]
    assert cells.keys() <= set(header.split(","))
    row = ",".join(f'"{cells.get(name, "")}"' for name in header.split(","))
    stream = make_stream(f"{header}\n{row}\n", "d.csv")
    form = recognise_format(stream)
    assert form is not None
    (raw,) = form.read(stream)
    assert isinstance(raw, RawRecord)
    found = normalise(raw)
    assert found.title == "T"
    assert [author.key.rpartition(" ")[2] for author in found.authors] == ["lee"]
    assert (found.shown.venue, found.shown.year, found.shown.type, raw.updated) == expected
    assert "planted" not in repr(raw)


PLAIN_HEADERS = [
    ("Author(s)", "author s"),
    ("  UT (Unique WOS ID) ", "ut unique wos id"),
    ("paper_id", "paper id"),
    ("DOI", "doi"),
    ("Straße", "strasse"),
    ("...", ""),
]


@pytest.mark.parametrize(("header", "plain"), PLAIN_HEADERS)
def test_headers_are_simplified(header: str, plain: str) -> None:
    """Case and punctuation make no difference between headers."""
    assert simplify_header(header) == plain


TABLES: list[tuple[list[str], dict[str, str], dict[str, tuple[int, ...]] | None]] = [
    (["Year", "Title"], {}, {"year": (0,), "title": (1,)}),
    (["Authors", "Author full names", "Title"], {}, {"authors": (1, 0), "title": (2,)}),
    (["Title", "Paper", "Year"], {"paper": "title"}, {"title": (1, 0), "year": (2,)}),
    (["Title", "Paper"], {"paper": "title"}, None),
    (["Title", "Year"], {"Year": "venue"}, {"title": (0,), "venue": (1,)}),
    (["TI", "AU", "AF", "PY", "SO"], {}, {"title": (0,), "authors": (2, 1), "year": (3,),
                                          "venue": (4,)}),
    (["TI", "AU", "AF", "PY", "Title"], {}, {"title": (4,), "year": (3,)}),
    (["TI", "AU", "AF", "PY", "SO"], {"SO": "status"}, {"title": (0,), "authors": (2, 1),
                                                        "year": (3,), "status": (4,)}),
    (["Title"], {}, None),
    (["Year", "Authors"], {}, None),
    ([], {}, None),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "assigned", "places"), TABLES)
def test_columns(
    headers: list[str], assigned: dict[str, str], places: dict[str, tuple[int, ...]] | None
) -> None:
    """Assigned headers come first, then known ones; Web of Science's tags need each other."""
    found = find_columns(headers, assigned)
    assert (found and found.places) == places


def test_missing_columns() -> None:
    """An assigned header that the table lacks is reported as the user wrote it."""
    columns = find_columns(["Title", "Year"], {})
    assert columns is not None
    assert find_missing(columns, {"TITLE ": "title", "My-Lab": "venue"}) == ["My-Lab"]


def test_the_table_of_headers() -> None:
    """Every header in the data file is simplified and belongs to one field."""
    tables = read_table("table_columns", table_columns.__file__)
    headers = [*chain.from_iterable(tables["headers"].values())]
    tags = [*chain.from_iterable(tables["web_of_science"].values())]
    assert len(headers) > 100
    assert [simplify_header(header) for header in headers] == headers
    assert len(set(headers)) == len(headers)
    ris = [*chain.from_iterable(tables["ris"].values())]
    assert len(set(tags)) == len(tags)
    assert len(set(ris)) == len(ris)
    assert set(tables["web_of_science"]) | set(tables["ris"]) <= set(list_fields())


def test_the_readme_lists_the_fields() -> None:
    """The README lists the fields that ``--map`` accepts, in their order."""
    text = " ".join((ROOM / "README.md").read_text("utf-8").split())
    assert f"The fields are `{', '.join(list_fields())}`" in text
