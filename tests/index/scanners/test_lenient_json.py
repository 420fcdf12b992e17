"""Check that an odd value in a JSON record costs at most itself."""

import json
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta, Struct

from index.records import Integer
from index.scanners.json_texts import MAX_DEPTH
from index.scanners.lenient_json import (
    JOIN,
    decode_leniently,
    parse_leniently,
)


class Maker(Struct):
    """Somebody who made a thing."""

    name: str
    given: str | None = None


class Thing(Struct, rename={"also_by": "also-by"}):
    """A record with a field of each type that formats use."""

    id: str | Integer
    text: str | None = None
    joined: Annotated[str | None, Meta(extra={JOIN: "; "})] = None
    count: Integer | None = None
    score: float | None = None
    open: bool | None = None
    words: tuple[str, ...] | None = None
    makers: tuple[Maker, ...] | None = None
    mixed: tuple[Maker | str, ...] | str | None = None
    maker: Maker | None = None
    ids: dict[str, str | Integer | None] | None = None
    also_by: str = ""
    kept: dict[str, msgspec.Raw] | None = None
    inner: "Thing | None" = None


def decode(record: object) -> tuple[Thing, tuple[str, ...]]:
    """Decode a record that Python wrote, with its NaN and its infinite numbers."""
    return decode_leniently(json.dumps(record).encode(), Thing)


ANN, BO = Maker("Ann"), Maker("Bo")
DROPPED: Any = None

VALUES: list[tuple[str, Any, Any]] = [
    ("text", ["a"], "a"),
    ("text", ["a", "b"], "a"),
    ("text", [["a"]], "a"),
    ("text", 5, "5"),
    ("text", 5.0, "5"),
    ("text", 5.25, "5.25"),
    ("text", 10**30, str(10**30)),
    ("text", {"value": "a", "type": "b"}, "a"),
    ("text", {"de": "b", "en": "a"}, "a"),
    ("text", {"fr": "a"}, "a"),
    ("text", {"x": "a", "y": "b"}, DROPPED),
    ("text", True, DROPPED),
    ("text", float("nan"), DROPPED),
    ("joined", ["a", "b", 3], "a; b; 3"),
    ("count", "12", 12),
    ("count", " +12.0 ", 12),
    ("count", 12.0, 12),
    ("count", ["12"], 12),
    ("count", "twelve", DROPPED),
    ("count", 1.5, DROPPED),
    ("count", True, DROPPED),
    ("count", 10**30, DROPPED),
    ("count", -(10**400), DROPPED),
    ("count", 1e300, DROPPED),
    ("count", float("inf"), DROPPED),
    ("count", {"n": 1}, DROPPED),
    ("count", {"$numberLong": "12"}, 12),
    ("text", {"$oid": "a"}, "a"),
    ("score", "0.5", 0.5),
    ("score", "x", DROPPED),
    ("score", float("nan"), DROPPED),
    ("score", 10**30, DROPPED),
    ("open", "true", True),
    ("open", 0, False),
    ("open", "maybe", DROPPED),
    ("open", ["true"], True),
    ("words", "a", ("a",)),
    ("words", 5, ("5",)),
    ("words", ["a", ["b", ["c"]]], ("a", "b", "c")),
    ("words", [True, "a", {}], ("a",)),
    ("words", {"0": "a", "1": "b"}, ("a", "b")),
    ("words", True, DROPPED),
    ("makers", {"name": "Ann"}, (ANN,)),
    ("makers", "Ann", (ANN,)),
    ("makers", [{"name": "Ann"}, {"given": "x"}, 7, "Bo"], (ANN, BO)),
    ("makers", [[{"name": "Ann"}, {"name": "Bo"}]], (ANN, BO)),
    ("makers", [{"name": ["Ann"], "given": {}}], (ANN,)),
    ("makers", {"0": {"name": "Ann"}, "1": {"name": "Bo"}}, (ANN, BO)),
    ("mixed", ["Ann", {"name": "Bo", "given": False}], ("Ann", BO)),
    ("mixed", 7, ("7",)),
    ("maker", [{"name": "Ann"}], ANN),
    ("maker", "Ann", ANN),
    ("maker", {"given": "x"}, DROPPED),
    ("ids", {"a": ["x"], "b": True, "c": None}, {"a": "x", "c": None}),
    ("ids", [{"a": "x"}], {"a": "x"}),
    ("ids", "x", DROPPED),
    ("inner", {"id": 1, "text": ["a"]}, Thing(1, "a")),
    ("inner", {"text": "a"}, DROPPED),
]


@pytest.mark.parametrize(("name", "value", "expected"), VALUES)
def test_values(name: str, value: object, expected: object) -> None:
    """What can be used is used, what cannot is dropped, and either is reported."""
    found, odd = decode({"id": 1, name: value, "also-by": "kept"})
    assert getattr(found, name) == expected
    assert (found.id, found.also_by) == (1, "kept")
    assert odd
    assert all(path.split(".")[0] == name for path in odd)


@pytest.mark.parametrize("value", [None, "", [], {}])
@pytest.mark.parametrize("name", ["text", "count", "words", "maker", "ids", "also-by"])
def test_an_empty_value_is_not_odd(name: str, value: object) -> None:
    """An empty value of any type says that there is none."""
    found, odd = decode({"id": 1, name: value})
    assert not getattr(found, name.replace("-", "_"))
    assert odd == ()


def test_paths() -> None:
    """A path has the dump's own keys, without positions in lists, and is named once."""
    makers = [{"name": "Ann", "given": 5}, {"name": "Bo", "given": [6]}]
    _, odd = decode({"id": 1, "makers": makers, "also-by": 5, "inner": {"id": 2, "open": "x"}})
    assert odd == ("makers.given", "also-by", "inner.open")


@pytest.mark.parametrize("record", [{}, {"id": None}, {"id": True}, [], None, 5, "x"])
def test_what_is_no_record(record: object) -> None:
    """A record without a value that has no default is no record."""
    with pytest.raises(msgspec.ValidationError, match=r"Object missing|Expected `object`"):
        decode(record)


TEXTS = [
    (b'{"id": 1, "text": "a\nb"}', "a\nb"),
    (b'{"id": 1, "text": "a\\ud800b"}', "a\ufffdb"),
    (b'{"id": 1, "text": "a\\ud83d\\ude00\\udc00b"}', "a\U0001f600\ufffdb"),
    (b'{"id": 1, "text": "a\\\\ud800b"}', r"a\ud800b"),
    (b'{"id": 1, "text": "a\xffb", "kept": {"x": [NaN, 1e999]}}', "a\ufffdb"),
    (b'{"id": 1, "text": "a", "count": %s}' % (b"9" * 5_000), "a"),
    (b'{"id": 1, "text": "a", "junk": NaN}', "a"),
]


@pytest.mark.parametrize(("raw", "text"), TEXTS)
def test_what_json_forbids(raw: bytes, text: str) -> None:
    """Control characters, halves of surrogate pairs, bad bytes and NaN cost no record."""
    found, _ = decode_leniently(raw, Thing)
    assert found.text == text
    assert found.count is None
    assert msgspec.json.encode(found)


@pytest.mark.parametrize("text", ['{"id": 1', "{'id': 1}", '{"id": 1}}', ""])
def test_damaged_json(text: str) -> None:
    """What is not JSON at all stays an error."""
    with pytest.raises(json.JSONDecodeError):
        parse_leniently(text)


def test_depth() -> None:
    """Odd values are looked for down to the limit; the values above it are kept."""
    record: dict[str, Any] = {"id": []}
    for number in range(1, 2 * MAX_DEPTH):
        record = {"id": number, "inner": record}
    found, odd = decode(record)
    depth = 0
    while found.inner:
        depth, found = depth + 1, found.inner
    assert depth == MAX_DEPTH - 1
    assert len(odd) == 1
