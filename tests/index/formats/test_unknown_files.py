"""Test what is said of files that no format recognises."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build.operations import build
from index.errors import DumpUnknown
from index.formats.registry import recognise_format
from index.formats.unknown_files import Description, describe_file, describe_files
from index.settings import BuildSettings
from tests.support.dump_records import make_stream

FILES: list[tuple[str, bytes, str, str]] = [
    ("table", b"Item,Who,When\nA,Bo,2001\n", "a table with the columns Item, Who, When",
     "--map 'Item=title' --map 'Who=FIELD'"),
    ("semicolons", b"Paper;Year\nA;2001\n", "a table with the columns Paper, Year",
     "with --map 'Paper=title'."),
    ("a title alone", b"Title\nA\n", "a table with the column Title alone", "such as authors"),
    ("a title and more", b"Shelf,Title\n1,A\n", "a table with the columns Shelf, Title",
     "with --map 'Shelf=FIELD'."),
    ("a likely title", b"No,Paper name\n1,A\n", "columns No, Paper name", "'Paper name=title'"),
    ("UTF-16", "Item\tWho\nA\tB\n".encode("utf-16"), "the columns Item, Who", "'Item=title'"),
    ("quoted", b'"Item, old","Who"\n"A\nB","C"\n', "the columns Item, old, Who", "=title"),
    ("a header alone", b"Item,Who\n", "the columns Item, Who", "=title"),
    ("JSON lines", b'{"foo": {"in": 1}, "bar": [{"x": "y"}]}\n{"baz": 2}\n',
     "JSON objects with the keys foo, bar, baz", "papers schema"),
    ("JSON array", b'[{"foo": "a:b", "bar": null}]', "the keys foo, bar", "papers schema"),
    ("JSON numbers", b"[1, 2]", "JSON without objects", "papers schema"),
    ("empty answer", b'{"total": 0, "offset": 0, "data": [ ]}', "an answer without records",
     "Change the search"),
    ("empty hits", b'{"hits": {"hits": [], "total": 0}, "links": {}}', "an answer without records",
     "download it again"),
    ("a list of its own", b'{"total": 7, "data": []}', "the keys total, data", "papers schema"),
    ("cut JSON", b'{"a"', "text that begins with '{", "Export"),
    ("XML", b'<?xml version="1.0"?><!-- a --><rss><item/></rss>',
     "the root element <rss>", "Export"),
    ("no XML", b"<<<", "XML without an element", "Export"),
    ("HTML", b"<!DOCTYPE html><html></html>", "a web page (HTML)", "Download"),
    ("PDF", b"%PDF-1.4 \x00", "a PDF document", "Export"),
    ("SQLite", b"SQLite format 3\x00", "an SQLite database", "as CSV"),
    ("old Excel", b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel or Word file", "as CSV"),
    ("Parquet", b"PAR1\x15\x04", "a Parquet file", "Convert it to CSV"),
    ("binary", bytes(range(256)), "binary data", "Export"),
    ("LaTeX", b"% notes\n\\documentclass{article}\n", "LaTeX", ".bib file"),
    ("Git LFS", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "of Git LFS",
     "git lfs pull"),
    ("prose", b"Dear reader, hello,\nthis is prose.\n",
     "text that begins with 'Dear reader, hello, this is pr...'", "Export"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "kind", "way_out"),
                         [pytest.param(*f[1:], id=f[0]) for f in FILES])  # fmt: skip
def test_files(content: bytes, kind: str, way_out: str) -> None:
    """What is in a file is named, with what to do about it."""
    stream = make_stream(content, "d")
    assert recognise_format(stream) is None
    found = describe_file(stream, {})
    assert kind in found.kind
    assert way_out in found.way_out


def test_assigned_columns_are_not_asked_for_again() -> None:
    """A column that the user assigned is known."""
    stream = make_stream("Item,Who,When\nA,Bo,2001\n", "d")
    assert "--map 'Item=title'." in describe_file(stream, {"who": "authors"}).way_out


def test_long_headers() -> None:
    """A message lists some of the columns, and a name to be assigned as it is written."""
    header = ",".join(f"the long and winding name of column {n}" for n in range(40))
    found = describe_file(make_stream(f"{header}\n{header}\n", "d"), {})
    assert len(found.kind) < 250
    assert found.kind.endswith("the long and winding name of c... and 36 more")
    assert "--map 'the long and winding name of column 0=title'" in found.way_out


SIGNS = st.text("{}[]<>,;\t\n\\'\":a1\x1b\x9b", max_size=80)


@given(st.binary(max_size=200) | SIGNS.map(str.encode))
def test_any_file(content: bytes) -> None:
    """Whatever a file holds, the message is short and cannot control a terminal."""
    found = describe_file(make_stream(content, "d"), {})
    assert all((found.kind, found.way_out))
    assert f"{found.kind}{found.way_out}".isprintable()
    assert len(found.kind) < 300


PDF, WORDS = Description("a PDF document", "Export."), Description("binary data", "Export.")


def test_several_files() -> None:
    """Of several files the first two are named."""
    files = [("x/a.pdf", PDF), ("x/b", WORDS), ("x/c", WORDS)]
    assert describe_files(files[:1]) == PDF
    assert describe_files(files[:2]).kind == "a.pdf is a PDF document, b is binary data"
    assert describe_files(files).kind == "a.pdf is a PDF document, b is binary data and 1 more"


def test_office_files_among_others() -> None:
    """A workbook counts as one file, though it is an archive, and does not stand for the others."""
    inside = [(f"c.xlsx/{name}", WORDS) for name in ("[Content_Types].xml", "xl/a.xml", "xl/b.xml")]
    found = describe_files([("a.pdf", PDF), *inside])
    assert found.kind == "c.xlsx is an Excel workbook, a.pdf is a PDF document"
    assert describe_files(inside).way_out == "Save its sheet as CSV."


def test_a_folder_of_other_files(tmp_path: Path) -> None:
    """The message on a folder says what its files are."""
    (tmp_path / "dump").mkdir()
    (tmp_path / "dump" / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "dump" / "b.csv").write_text("Item,Who\nA,B\n")
    with pytest.raises(DumpUnknown, match=r"a\.pdf is a PDF document, b\.csv is a table with the"):
        build(tmp_path / "index", (str(tmp_path / "dump"),), BuildSettings(processes=0))


def test_an_excel_workbook(tmp_path: Path) -> None:
    """A workbook is a zip archive of XML; the message says to save it as CSV."""
    path = tmp_path / "d.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(DumpUnknown, match=r"an Excel workbook\. Save its sheet as CSV\."):
        build(tmp_path / "index", (str(path),), BuildSettings(processes=0))
