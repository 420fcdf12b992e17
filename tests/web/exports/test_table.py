"""Test CSV: columns, lists in a cell, and cells that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats.delimited import show_formulas
from index.formats.table_columns import list_known_columns
from index.records import Author, Paper
from tests.support.paths import ROOT
from web.exports.table import COLUMNS, write_rows


def _write(*papers: Paper) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(write_rows(papers)), newline="")))


def test_a_table_begins_with_its_columns() -> None:
    """Our own reader knows each, and the README describes each."""
    assert _write() == [list(COLUMNS)]
    assert set(list_known_columns(list(COLUMNS), {})) == set(COLUMNS)
    readme = (ROOT / "web/exports/README.md").read_text("utf-8")
    assert [name for name in COLUMNS if f"| `{name}` |" not in readme] == []


def test_lists_are_joined() -> None:
    """A semicolon inside a value would part it, so it becomes a comma."""
    paper = Paper("x:1", "T", authors=(Author("A B"), Author("C D")), topics=("a;b", "c"))
    row = dict(zip(COLUMNS, _write(paper)[1], strict=True))
    assert (row["Authors"], row["Topics"]) == ("A B; C D", "a,b; c")


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+x", "'+x"),
        ("-x", "'-x"),
        ("@x", "'@x"),
        ("'=x", "''=x"),
        ("a=b", "a=b"),
        ("'tis", "'tis"),
        ("a\nb", "a b"),
    ],
)
def test_no_cell_is_a_formula(title: str, cell: str) -> None:
    """An apostrophe makes it text, and our own reader drops it again."""
    assert _write(Paper("x:1", title))[1][1] == cell
    assert show_formulas([cell]) == [title.replace("\n", " ")]


@given(st.text(max_size=30))
def test_whatever_a_text_begins_with(text: str) -> None:
    """No cell begins with a sign that spreadsheets run."""
    rows = _write(Paper(text or "x", text, authors=(Author(text),), topics=(text,)))
    assert not {cell[:1] for row in rows for cell in row} & set("=+-@\t\r")
