"""Check the list of formats and how one is found in it."""

import pytest

from index.formats.format import Format
from index.formats.registry import find_format, list_formats, recognise_format
from tests.support.dump_records import make_stream
from tests.support.paths import ROOT

ROOM = ROOT / "index" / "formats"
FORMATS = list_formats()


def test_every_reader_is_listed_once() -> None:
    """Each module that makes a format is in the list, and no two formats share a name."""
    readers = [path for path in ROOM.glob("*.py") if "Format(" in path.read_text("utf-8")]
    assert len(FORMATS) == len(readers) > 20
    assert len({form.short_name for form in FORMATS}) == len(FORMATS)
    assert len({form.title for form in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.short_name)
def test_a_format_is_found_by_its_short_name(form: Format) -> None:
    """The short name of a listed format finds that format."""
    assert find_format(form.short_name).title == form.title


@pytest.mark.parametrize("name", ["", "ACL Anthology XML", "unknown"])
def test_an_unknown_name_is_an_error(name: str) -> None:
    """A name that no format has raises LookupError, a title too."""
    with pytest.raises(LookupError):
        find_format(name)


@pytest.mark.parametrize("content", [b"", b" \n", b"Dear reader,\n", b"{}", b"<html>", b"\x89PNG"])
def test_other_files_are_in_no_format(content: bytes) -> None:
    """A file that no format recognises has none."""
    assert recognise_format(make_stream(content)) is None


def test_recognising_reads_nothing() -> None:
    """The stream still starts at its first byte afterwards."""
    stream = make_stream(b"@article{a, title = {T}}\n")
    assert recognise_format(stream) is find_format("bibtex")
    assert stream.file.tell() == 0


def test_the_first_format_that_recognises_a_file_wins() -> None:
    """A Crossref work is also CSL-JSON; the more specific format comes first in the list."""
    names = [form.short_name for form in FORMATS]
    assert names.index("crossref") < names.index("csl") < names.index("jsonl")
    content = (
        b'{"DOI": "10.1/x", "type": "book", "issued": {"date-parts": [[1999]]}, "member": "1"}'
    )
    form = recognise_format(make_stream(content))
    assert form is not None
    assert form.short_name == "crossref"


SELECTED = [
    '{"message-type": "work-list", "message": {"items": [{"title": ["A"], "type": "report"}]}}',
    '{"status": "ok", "message-type": "work-list", "message": {"items": [{"DOI": "10.1000/a"}]}}',
    '{"DOI": "10.1000/a", "title": ["A"], "type": "report", "issued": {"date-parts": [[1999]]}}',
    '[{"title": ["A"],\n "DOI": "10.1000/a"}]',
]


@pytest.mark.parametrize("content", SELECTED)
def test_works_with_some_keys_are_those_of_crossref(content: str) -> None:
    """An answer with ``select=`` is recognised by its envelope or by a title that is a list."""
    assert recognise_format(make_stream(content.encode())) is find_format("crossref")


def test_a_title_that_is_a_text_is_csl() -> None:
    """DOI registries return CSL-JSON with the same keys, but the title is a text."""
    content = b'{"DOI": "10.1000/a", "title": "A", "type": "book", "issued": {"date-parts": [[1]]}}'
    assert recognise_format(make_stream(content)) is find_format("csl")


def test_assigned_columns_make_a_table_recognisable() -> None:
    """A table with unknown headers is recognised once the user assigns them to fields."""
    content = b"Paper name,Who\nA title,Ann Lee\n"
    assert recognise_format(make_stream(content)) is None
    form = recognise_format(make_stream(content), {"Paper name": "title", "Who": "authors"})
    assert form is not None
    assert form.short_name == "csv"


def test_the_readme_describes_every_format() -> None:
    """The README's table of formats has one row for each format, under its title."""
    text = (ROOM / "README.md").read_text("utf-8")
    table = text.split("## Formats")[1].split("|---|---|---|\n")[1].split("\n\n")[0]
    rows = [row.split(" | ")[0].removeprefix("| ") for row in table.splitlines()]
    assert sorted(rows) == sorted(form.title for form in FORMATS)
