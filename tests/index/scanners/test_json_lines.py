"""Check that of a damaged JSON file only the damaged records are rejected."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from index.dumps.streams import open_dump
from index.formats.jsonl import FORMAT
from index.formats.registry import recognise_format
from index.records import RawRecord, Reject
from index.scanners import json_lines
from index.scanners.excerpts import EXCERPT

Found = list[RawRecord | Reject]
Read = Callable[[bytes], Found]


def record(name: str, title: str = "T") -> bytes:
    """Return a valid record."""
    return f'{{"id": "{name}", "title": "{title}"}}'.encode()


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that reads bytes as a dump."""

    def read_dump(content: bytes) -> Found:
        path = tmp_path / "d.json"
        path.write_bytes(content)
        found: Found = []
        for stream in open_dump(str(path)):
            form = recognise_format(stream)
            assert form is not None
            found += form.read(stream)
        return found

    return read_dump


def list_outcomes(found: Found) -> list[str]:
    """Return the id of each record, and ``!`` for each reject."""
    return ["!" if isinstance(one, Reject) else one.id for one in found]


A, B, C = record("a"), record("b"), record("c")
BOM = b"\xef\xbb\xbf"

FILES: list[tuple[str, bytes, list[str]]] = [
    ("lines", A + b"\n" + B + b"\n", ["a", "b"]),
    ("no newline at the end", A + b"\n" + B, ["a", "b"]),
    ("windows", A + b"\r\n" + B + b"\r\n", ["a", "b"]),
    ("blank lines", b"\n \n" + A + b"\n\n" + B + b"\n\n", ["a", "b"]),
    ("bom", BOM + A + b"\n" + B, ["a", "b"]),
    ("damaged line", A + b'\n{"id": "x", "title": \n' + B, ["a", "!", "b"]),
    ("no object", A + b"\nnull\n12\n" + B, ["a", "!", "!", "b"]),
    ("line cut short", A + b"\n" + B[:-4], ["a", "!"]),
    ("deep line", A + b"\n" + b'{"id":' + b"[" * 100_000 + b"\n" + B, ["a", "!", "b"]),
    ("deep closed", A + b"\n" + b"[" * 9_999 + b"]" * 9_999 + b"\n" + B, ["a", "!", "b"]),
    ("array", b"[" + A + b"," + B + b"]", ["a", "b"]),
    ("array, indented", b"\n[\n  " + A + b",\n  " + B + b"\n]\n", ["a", "b"]),
    ("array, bom", BOM + b"[" + A + b"," + B + b"]", ["a", "b"]),
    ("array of the same", b"[" + A + b"," + A + b"]", ["a", "a"]),
    ("array, no object", b"[" + A + b", null, 5, " + B + b"]", ["a", "!", "!", "b"]),
    ("array, wrong type", b"[" + A + b', {"id": [], "title": "T"}, ' + B + b"]", ["a", "!", "b"]),
    ("array, damaged", b"[" + A + b', {"id": "x", "title": }, ' + B + b"]", ["a", "!", "b"]),
    ("array, cut", b"[" + A + b"," + B + b"," + C[:-3], ["a", "b", "!"]),
    ("array, no end", b"[" + A + b"," + B, ["a", "b"]),
    ("array, no comma", b"[" + A + B + b"]", ["a", "b"]),
    ("array, deep", b"[" + A + b', {"id":' + b"[" * 100_000 + b"}," + B + b"]", ["a", "!", "b"]),
    ("array, rubbish after", b"[" + A + b"]" + B, ["a", "b"]),
]


@pytest.mark.parametrize(("content", "expected"), [pytest.param(c, e, id=n) for n, c, e in FILES])
def test_only_damaged_records_are_rejected(read: Read, content: bytes, expected: list[str]) -> None:
    """Every undamaged record is read; every other one is a reject, numbered in sequence."""
    found = read(content)
    assert list_outcomes(found) == expected
    assert [one.source.record for one in found] == list(range(1, len(found) + 1))


WHOLE = [content for name, content, _ in FILES if "deep" not in name]


@pytest.mark.parametrize("content", [*WHOLE, b"[" + A + b', {"title": "\xff"x}, ' + B + b"]"])
def test_an_offset_points_at_the_record(read: Read, content: bytes) -> None:
    """The bytes at the offset of a record are those of the record."""
    found = read(content)
    assert len(found) > 1
    for one in found:
        rest = content[one.source.offset :]
        start = one.excerpt[:8] if isinstance(one, Reject) else f'{{"id": "{one.id}"'
        assert rest.removeprefix(BOM).startswith(start.encode())


def test_offsets_count_bytes(read: Read) -> None:
    """Offsets count bytes, not characters, in lines, arrays and damaged arrays."""
    wide = record("ä", "深度")
    for content in (wide + b"\n" + B, b"[" + wide + b"," + B + b"]", b"[" + wide + b"," + B):
        assert read(content)[1].source.offset == content.index(B)


@pytest.mark.parametrize("form", ["{}\n", "[{}]"])
def test_invalid_utf8_is_replaced(read: Read, form: str) -> None:
    """A byte of Latin-1 damages a letter and not the record."""
    damaged = A.replace(b'"T"', b'"caf\xe9"')
    before, after = form.encode().split(b"{}")
    (found,) = read(before + damaged + after)
    assert isinstance(found, RawRecord)
    assert found.title == "caf\ufffd"


def test_a_huge_line_is_skipped(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line over the bound is one reject; the lines after it have the right number and offset."""
    monkeypatch.setattr(json_lines, "MAX_RECORD", 100)
    for length in (99, 100, 101, 250, 1000):
        huge = b'{"id": "h", "title": "' + b"x" * length + b'"}'
        content = A + b"\n" + huge + b"\n" + B + b"\n"
        found = read(content)
        assert list_outcomes(found) == ["a", "!", "b"]
        assert found[2].source.record == 3
        assert found[2].source.offset == content.index(B)
        reject = found[1]
        assert isinstance(reject, Reject)
        assert len(reject.excerpt) <= EXCERPT


def test_a_line_as_long_as_the_bound_is_read(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound includes the line end; a line of exactly that length is read."""
    monkeypatch.setattr(json_lines, "MAX_RECORD", len(A) + 1)
    assert list_outcomes(read(A + b"\n" + B + b"\n")) == ["a", "b"]


DAMAGES: list[Callable[[bytes], bytes]] = [
    lambda one: one[:-9],
    lambda one: one.replace(b'": "', b'": ', 1),
    lambda one: one.replace(b'"title"', b"title"),
    lambda one: one[1:],
]


@pytest.mark.parametrize("damage", range(len(DAMAGES)))
def test_many_damaged_records_are_rejected_alone(read: Read, damage: int) -> None:
    """Thousands of records are read although every second of the array is damaged."""
    records = [record(f"p{number}", f"Paper {number}") for number in range(6_000)]
    damaged = [DAMAGES[damage](one) if at % 2 else one for at, one in enumerate(records)]
    found = read(b"[" + b",\n".join(damaged) + b"]")
    papers = [one.id for one in found if isinstance(one, RawRecord)]
    assert papers == [f"p{number}" for number in range(0, 6_000, 2)]
    assert len(found) - len(papers) == 3_000


def test_an_array_is_read_in_little_memory(tmp_path: Path) -> None:
    """A long array is read with a few megabytes in memory."""
    path = tmp_path / "d.json"
    with path.open("wb") as file:
        file.write(b"[" + record("first"))
        file.writelines(b",\n" + record(f"p{n}", "T" * 4_000) for n in range(9_999))
        file.write(b"]")
    tracemalloc.start()
    try:
        count = sum(1 for stream in open_dump(str(path)) for _ in FORMAT.read(stream))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 10_000
    assert peak < 16 << 20


def test_the_output_of_a_search_is_a_dump(read: Read) -> None:
    """The output of `papers search --json` can be read as a dump of its hits."""
    answer = b'{"query": "a", "total": 2, "hits": [%s, %s], "facets": {}}'
    found = read(answer % (A, B) + b"\n" + answer % (C, A) + b"\n")
    assert list_outcomes(found) == ["a", "b", "c", "a"]


PERSONAL = [
    '{"id": {}, "email": "ann@example.org", "title": "T"}',
    '{"id": {}, "gender": "Female;Male", "title": "T"}',
    '{"id": {}, "title": "T", "note": "write to ann.lee+x@example.org today"}',
    '{"title": "T", "authorids": "~Ann_Lee1;ann@example.org", "id": {}}',
    '{"id": {}, "title": "T", "linkedin": "https://linkedin.com/in/ann", broken',
]


@pytest.mark.parametrize("line", PERSONAL)
def test_an_excerpt_holds_nothing_personal(read: Read, line: str) -> None:
    """The excerpt of a reject ends before an address, a gender or a profile."""
    first, reject = read(A + b"\n" + line.encode())
    assert isinstance(first, RawRecord)
    assert isinstance(reject, Reject)
    assert reject.excerpt.startswith("{")
    for word in ("ann", "Ann", "Female", "example.org"):
        assert word not in reject.excerpt
