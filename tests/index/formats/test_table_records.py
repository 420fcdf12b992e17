"""Test that the tables which databases, tools and people export are read with all their fields."""

import csv
import io
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import RecordError
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import Paper, RawRecord
from tests.support.dump_records import make_stream
from tests.support.table_exports import EXPORTS


def read_raw(text: str) -> list[RawRecord]:
    """Read the records of a table, none of which is rejected."""
    stream = make_stream(text, "d.csv")
    form = recognise_format(stream)
    assert form is not None
    assert form.short_name == "csv"
    records = [found for found in form.read(stream) if isinstance(found, RawRecord)]
    assert records
    return records


def write_table(row: dict[str, str], delimiter: str = ",") -> str:
    """Return a table of one row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, row, delimiter=delimiter)
    writer.writeheader()
    writer.writerow(row)
    return out.getvalue()


def list_facts(paper: Paper) -> dict[str, Any]:
    """Return what is compared of a paper."""
    show = paper.shown
    facts = {
        "id": paper.id,
        "authors": [author.name.replace(".", "") for author in paper.authors],
        "venue": show.venue,
        "year": show.year,
        "date": show.date,
        "type": show.type,
        "volume": show.volume,
        "issue": show.issue,
        "pages": show.pages,
        "publisher": show.publisher,
        "topics": list(paper.topics),
        "citations": paper.citations,
        "abstract": paper.abstract,
        "status": paper.status,
        **{f"ids.{scheme}": value for scheme, value in paper.ids.items()},
        **paper.urls,
    }
    return {name: value for name, value in facts.items() if value}


@pytest.mark.parametrize("delimiter", ",;\t|")
@pytest.mark.parametrize("export", EXPORTS)
def test_exports(export: str, delimiter: str) -> None:
    """Each field of an export is read, whatever separates its columns."""
    row, expected = EXPORTS[export]
    (raw,) = read_raw(write_table(row, delimiter))
    facts = list_facts(normalise(raw))
    if not facts["id"].startswith(("csv:d/", expected.get("id", " "))):
        facts.pop("id")  # a digest
    assert facts.pop("id", "") == expected.get("id", "")
    assert facts == {name: value for name, value in expected.items() if value and name != "id"}
    assert raw.title == "T"


@given(st.dictionaries(
    st.sampled_from(["Authors", "Year", "Source", "Type", "Keywords", "DOI", "id", "UT", "Citation",
                     "externalIds", "versions", "page", "is_retracted", "Month", "PDF", "issue"]),
    st.text("[]{}()'\":, aZ10.;/é", max_size=40),
))  # fmt: skip
def test_any_cell(row: dict[str, str]) -> None:
    """A row with a title is a record, whatever its other cells contain."""
    table = write_table({"Title": "T", "Abstract": "A", **row})
    (raw,) = read_raw(table)
    assert normalise(raw).title == "T"


ODD = (
    "", " ", "0", "-1", "1e999", "9" * 400, "99999", "nan", "[", "[[[[", "['a", "{'a': }",
    "[" * 5_000 + "]" * 5_000, "['" + "a" * 50_000 + "']", "; ; ;", "|||", "(" * 3_000,
    "a," * 3_000, "https://", "10.1000/", "{'name': ['x', {'name': None}]}",
    "[None, 1, {'author': []}]", "\U0001f600" * 500, "\ud7ff\u202e", "<b>x</b>", "2020-13-45",
    "Jan Feb", "1-2-3-4", "'\"'", "a\nb\r\nc", "\x00\x1b[2J",
)  # fmt: skip
"""Cells of the wrong kind, size or nesting."""

MUTATED = 70
"""Rows of each export with odd cells; 2,000 of all."""


@pytest.mark.parametrize("export", EXPORTS)
def test_mutated_rows(export: str) -> None:
    """An odd cell costs at most itself or the title's record, and nothing of the rows around it."""
    random = Random(export)
    good = EXPORTS[export][0]
    rows = []
    for _ in range(MUTATED):
        odd = random.sample([*good], random.randint(1, min(3, len(good))))
        rows += [good | {header: random.choice(ODD) for header in odd}, good]
    out = io.StringIO()
    writer = csv.DictWriter(out, good)
    writer.writeheader()
    writer.writerows(rows)
    records = read_raw(out.getvalue())
    assert len(records) == 2 * MUTATED
    assert {record.title for record in records[1::2]} == {"T"}
    for record in records:
        with suppress(RecordError):  # an odd title or id
            assert normalise(record).sources == ("csv",)


def test_tags_of_ris_as_headers() -> None:
    """The tags of RIS are headers where one of them is TY; ID is a key, not a keyword."""
    row = {
        "TY": "JOUR", "AU": "Quill, Ada and Fern, Ben", "year": "2031", "TI": "Sorting wet sand",
        "JO": "Sand Letters", "SP": "4", "EP": "9", "VL": "8", "IS": "2", "DO": "10.5555/sand.4",
        "ID": "Quill2031",
    }  # fmt: skip
    paper = normalise(read_raw(write_table(row))[0])
    show = paper.shown
    assert [author.name for author in paper.authors] == ["Ada Quill", "Ben Fern"]
    assert (show.venue, show.year, show.volume, show.issue) == ("Sand Letters", 2031, "8", "2")
    assert (show.pages, show.type, paper.topics) == ("4-9", "journal article", ())
    assert paper.ids == {"doi": "10.5555/sand.4"}


def test_notices_of_retraction() -> None:
    """A table of retracted papers names the DOI, PubMed number and date of the original."""
    row = {
        "Record ID": "7", "Title": "Sand that sings", "Journal": "Sand Letters",
        "Author": "Ada Quill;Ben Fern", "ArticleType": "Research Article;",
        "RetractionDate": "3/9/2033 0:00", "RetractionDOI": "10.5555/notice.1",
        "OriginalPaperDate": "5/28/2031 0:00", "OriginalPaperDOI": "10.5555/sand.1",
        "OriginalPaperPubMedID": "0", "RetractionNature": "Retraction",
    }  # fmt: skip
    paper = normalise(read_raw(write_table(row))[0])
    assert paper.ids == {"doi": "10.5555/sand.1"}
    assert (paper.shown.year, paper.shown.type, paper.status) == (
        2031,
        "journal article",
        "retracted",
    )
    concern = row | {"RetractionNature": "Expression of concern"}
    assert normalise(read_raw(write_table(concern))[0]).status == ""


@pytest.mark.parametrize("headers", [
    ("Título", "Autor/es", "Resumen", "Año"), ("DocumentTitle", "AuthorNames", "Abstract", "Year"),
    ("Titre", "Auteurs", "Résumé", "Année"), ("Titel", "Autoren", "Zusammenfassung", "Jahr"),
])  # fmt: skip
def test_headers_in_other_languages(headers: tuple[str, ...]) -> None:
    """Headers are known in several languages and without spaces between their words."""
    cells = ("Sorting wet sand", "Ada Quill", "We sort it.", "2031")
    (raw,) = read_raw(write_table(dict(zip(headers, cells, strict=True))))
    assert (raw.title, raw.abstract, str(raw.year)) == (cells[0], cells[2], cells[3])
    assert [author.name for author in raw.authors] == ["Ada Quill"]
