"""Check what is parsed from the first bytes of a file."""

import io

import pytest

from index.dumps.streams import Stream
from index.scanners.head import Head, is_blank, list_objects, parse_head

HEADS = [
    (
        b' {"id": 1, "title": "T"}\n',
        Head(b"{", frozenset({"id", "title"}), b'{"id": 1, "title": "T"}\n'),
    ),
    (b'[{"id" : 1}', Head(b"[", frozenset({"id"}), b'[{"id" : 1}')),
    (b"\xef\xbb\xbf\n<dblp>", Head(b"<", frozenset(), b"<dblp>")),
    ('\ufeff<a "b": >'.encode("utf-16-le"), Head(b"<", frozenset(), b'<a "b": >')),
    ('\ufeff{"id": 1}'.encode("utf-16-le"), Head(b"{", frozenset(), b'{"id": 1}')),
    (b"", Head(b"", frozenset(), b"")),
]


@pytest.mark.parametrize(("beginning", "head"), HEADS)
def test_heads(beginning: bytes, head: Head) -> None:
    """The first character and the keys of JSON are found after mark and white space."""
    assert parse_head(beginning) == head


BLANK = [
    (b" \n", True),
    (b"[]", True),
    (b"\xef\xbb\xbf[ \n ]", True),
    (b"[{}]", False),
    (b" " * (1 << 18), True),
    (b"\xef\xbb\xbf" + b"\n" * (1 << 18) + b'{"id": 1}', False),
    (b"x", False),
]


@pytest.mark.parametrize(("content", "blank"), BLANK)
def test_blank_files(content: bytes, *, blank: bool) -> None:
    """White space and an empty array hold no records."""
    assert is_blank(Stream("d", "d", io.BytesIO(content))) is blank


OBJECTS = [
    (b'{"a": {"b": 1}, "c": [{"d": 2}, {}]}', [{b"b"}, {b"d"}, set(), {b"a", b"c"}]),
    (b'{"a": "{", "b\\"": "x: {y}", "c": {"d', [set(), {b"a", b'b\\"', b"c"}]),
    (b'{"a": "unclosed {"b": {\n{"c": 1}\n{"d": 2}', [set(), {b"a"}, {b"c"}, {b"d"}]),
    (b"}}", []),
]


@pytest.mark.parametrize(("beginning", "objects"), OBJECTS)
def test_objects(beginning: bytes, objects: list[set[bytes]]) -> None:
    """Each object has its own keys; a damaged line ends at the next one."""
    assert [*list_objects(parse_head(beginning))] == objects
