"""Check that records in arrays and envelopes are found, whatever the size of a read."""

import io
import json
import tracemalloc
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dumps.streams import Stream, open_dump
from index.scanners import json_arrays, record_size
from index.scanners.json_arrays import Layout, make_finder

LAYOUT = Layout("items", frozenset({"id", "title"}))
FIND = make_finder(LAYOUT)


def list_ids(content: bytes) -> list[str]:
    """Return the id of each record, ``?`` for other values and ``!`` for damaged ones."""
    return [_read_id(raw) for _, raw in _read(content)]


def _read(content: bytes) -> list[tuple[int, bytes]]:
    stream = Stream(
        "d.json", "d.json", io.BufferedReader(cast("io.RawIOBase", io.BytesIO(content)))
    )
    return [(offset, raw) for offset, raw, _ in FIND(stream)]


def _read_id(raw: bytes) -> str:
    try:
        record = json.loads(raw)
    except ValueError:
        return "!"
    return str(record["id"]) if isinstance(record, dict) and "id" in record else "?"


A = b'{"id": "a", "title": "T", "authors": [{"family": "]"}, {"family": "}{\\""}]}'
B, C = A.replace(b'"a"', b'"b"'), A.replace(b'"a"', b'"c"')

FILES: list[tuple[str, bytes, list[str]]] = [
    ("plain", b'{"items": [' + A + b"," + B + b"]}", ["a", "b"]),
    ("empty", b'{"count": 0, "items": []}', []),
    ("bom", b'\xef\xbb\xbf {"items": [' + A + b"]}", ["a"]),
    ("spaces", b'{\n "items" : [\n  ' + A + b" ,\n  " + B + b"\n ]\n}\n", ["a", "b"]),
    ("keys around", b'{"x": {"y": "[{"}, "items": [' + A + b'], "more": {"id": "no"}}', ["a"]),
    ("one deeper", b'{"message": {"total": 1, "items": [' + A + b"]}}", ["a"]),
    ("pages", b'{"items": [' + A + b']}\n{"items": []}\n{"items": [' + B + b"]}", ["a", "b"]),
    ("listed pages", b'[{"items": [' + A + b'], "next": 2}, {"items": [' + B + b"]}]", ["a", "b"]),
    ("too deep", b'{"x": {"y": {"items": [' + A + b"]}}}", ["?"]),
    ("array", b"[" + A + b"," + B + b"]", ["a", "b"]),
    ("arrays joined", b"[" + A + b"]\n[" + B + b"]", ["a", "b"]),
    ("lines", A + b"\n" + B + b"\n", ["a", "b"]),
    ("over lines", b'{\n"id": "a"\n}\n{\n"id": "b"}\n', ["a", "b"]),
    ("no objects", b"[" + A + b', null, 12, "x", ' + B + b"]", ["a", "?", "?", "?", "b"]),
    ("value missing", b"[" + A + b', {"id": , "title": "T"}, ' + B + b"]", ["a", "!", "b"]),
    ("cut inside", b'{"items": [' + A[:-9] + b"," + B + b"," + C + b"]}", ["!", "b", "c"]),
    ("cut at the end", b'{"items": [' + A + b"," + B[:-2], ["a", "!"]),
    ("no end", b'{"items": [' + A + b"," + B, ["a", "b"]),
    ("no comma", b"[" + A + B + b"]", ["a", "b"]),
    ("quote missing", b"[" + A.replace(b'"T"', b'"T') + b"," + B + b"]", ["!", "b"]),
    ("all damaged", b"[" + b",".join([A[:-9], B[:-9], C[:-9]]) + b"]", ["!", "!", "!"]),
    ("damaged after another", b"[" + b",".join([A[:-9], B[:-9], C]) + b"]", ["!", "!", "c"]),
    ("open braces", b"[" + A + b"," + b"{" * 99_999 + b"," + B + b"]", ["a", "!", "b"]),
    ("deep objects", b"[" + A + b"," + b'{"x":' * 99_999 + b"," + B + b"]", ["a", "!", "b"]),
    ("brace too much", b"[" + A + b"}," + B + b"]", ["a", "!", "b"]),
    ("deep", b'[{"id":' + b"[" * 99_999 + b"," + B + b"]", ["!", "b"]),
    ("raw newline", b"[" + A.replace(b"T", b"\n") + b"]", ["!"]),
    # The bracket that ends the authors is missing, so the rest of the file seems part of them.
    ("bracket missing", b'{"items": [' + A[:-2] + b"," + B + b"," + C + b"]}", ["a", "b", "c"]),
]


@pytest.mark.parametrize("chunk", [1, 7, 1 << 20])
@pytest.mark.parametrize(("content", "expected"), [pytest.param(c, e, id=n) for n, c, e in FILES])
def test_records(
    monkeypatch: pytest.MonkeyPatch, chunk: int, content: bytes, expected: list[str]
) -> None:
    """Every undamaged record is found, whatever the size of a read."""
    monkeypatch.setattr(json_arrays, "_CHUNK", chunk)
    assert list_ids(content) == expected


TEXT = st.text(alphabet='ab"\\[]{},: é深\n', max_size=8)
RECORDS = st.lists(st.fixed_dictionaries({"id": TEXT, "a": st.lists(TEXT | st.integers())}))


@given(RECORDS, st.integers(1, 40), st.sampled_from([None, 1]))
def test_any_records_are_found(
    records: list[dict[str, object]], chunk: int, indent: int | None
) -> None:
    """Records with any characters are found again at their offsets."""
    content = json.dumps({"n": 1, "items": records}, ensure_ascii=False, indent=indent).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_arrays, "_CHUNK", chunk)
        read = _read(content)
    assert [json.loads(raw) for _, raw in read] == records
    assert all(content[offset : offset + len(raw)] == raw for offset, raw in read)


@given(st.data())
def test_damage_never_affects_other_records(data: st.DataObject) -> None:
    """If some bytes of one record are lost, all others are found."""
    records = [json.dumps({"id": n, "title": "T", "authors": [{"f": "x"}, {"f": "y"}]}).encode()
               for n in range(9)]  # fmt: skip
    at = data.draw(st.integers(0, 8))
    whole = records[at]
    start = data.draw(st.integers(1, len(whole) - 1))
    end = data.draw(st.integers(start, len(whole)))
    records[at] = whole[:start] + whole[end:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_arrays, "_CHUNK", data.draw(st.sampled_from([20, 200, 1 << 20])))
        left = set(list_ids(b'{"items": [' + b",".join(records) + b"]}"))
    assert {str(n) for n in range(9) if n != at} <= left


NESTED = [
    {"id": "1", "authors": [{"id": "x"}, {"id": "y"}]},
    {"id": "2", "authors": [{"id": "z"}, {"id": '}, {"id": '}, {"id": "}"}] * 9},
    {"id": "3"},
    {"other": "key first", "id": "4"},
    {"id": "5", "authors": [{"id": "x"}] * 99},
    {"id": "caf\u00e9 \u6df1 \u0085"},
]


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": "), (",\n", ":\n")])
@pytest.mark.parametrize("chunk", [30, 300, 1 << 20])
def test_objects_in_a_record_are_no_records(
    monkeypatch: pytest.MonkeyPatch, chunk: int, separators: tuple[str, str]
) -> None:
    """Objects inside a record are not taken for records, even if they begin like one."""
    monkeypatch.setattr(json_arrays, "_CHUNK", chunk)
    content = json.dumps(NESTED * 9, separators=separators, ensure_ascii=False).encode()
    read = _read(content)
    assert [json.loads(raw) for _, raw in read] == NESTED * 9
    assert all(content[offset : offset + len(raw)] == raw for offset, raw in read)


def test_a_record_over_the_bound_is_one_reject(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record over the bound is rejected without being read into memory."""
    for module in (json_arrays, record_size):
        monkeypatch.setattr(module, "MAX_RECORD", 1000)
    monkeypatch.setattr(record_size, "SMALL", 500)
    monkeypatch.setattr(json_arrays, "_CHUNK", 100)
    huge = b'{"id": "h", "text": "' + b"x" * 5000 + b'"}'
    assert list_ids(b'{"items": [' + A + b"," + huge + b"," + B + b"]}") == ["a", "!", "b"]


def test_objects_that_are_never_closed_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a hundred thousand objects inside one another, few are tried."""
    monkeypatch.setattr(json_arrays, "MAX_RECORD", 1 << 16)
    monkeypatch.setattr(json_arrays, "_MOST_WASTED", 1)
    monkeypatch.setattr(json_arrays, "_CHUNK", 1 << 16)
    nested = b'{"id": "n", "authors": [' * 100_000
    found = list_ids(b"[" + A + b"," + nested + b"], " * 99 + B + b"]")
    assert found[0] == "a"
    assert found.count("!") < 1_000


def test_memory_is_constant(tmp_path: Path) -> None:
    """A file of 40 MB in one envelope is read with a few megabytes in memory."""
    record = json.dumps({"id": "a", "title": "T" * 4000}).encode()
    path = tmp_path / "d.json"
    with path.open("wb") as file:
        file.write(b'{"items": [' + record)
        file.writelines(b",\n" + record for _ in range(9_999))
        file.write(b"]}")
    tracemalloc.start()
    count = sum(1 for stream in open_dump(str(path)) for _ in FIND(stream))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 10_000
    assert peak < 12 << 20


DEEP = Layout("hit|hits", frozenset({"title"}), depth=3, wrappers=frozenset({"info"}))
WRAPPED = [b'{"n": %d, "info": {"title": "T"}}' % number for number in range(3)]
CUT = b'{"n": 1, "info": {"title": "T", "notes": [{"title": "no record"}], "more": {"n": 1'


@pytest.mark.parametrize("key", [b"hit", b"hits"])
@pytest.mark.parametrize("bad", [WRAPPED[1], CUT])
def test_wrapped_records_deep_in_an_envelope(key: bytes, bad: bytes) -> None:
    """What is inside a wrapped record is no record, even if the wrapped one is damaged."""
    records = b",".join([WRAPPED[0], bad, WRAPPED[2]])
    content = b'{"a": {"b": {"' + key + b'": [' + records + b"]}}}"
    stream = Stream("d.json", "d.json", io.BytesIO(content))
    found = [raw for _, raw, _ in make_finder(DEEP)(stream)]
    assert len(found) == 3
    assert (found[0], found[2]) == (WRAPPED[0], WRAPPED[2])
