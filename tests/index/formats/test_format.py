"""Check which files have one record on each line, so that a build may read parts separately."""

from collections.abc import Iterator
from io import BytesIO

import pytest

from index.dumps.streams import Stream
from index.formats.format import Format, is_line_based
from index.records import RawRecord, Reject


def read_nothing(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Yield no record."""
    assert stream
    yield from ()


def make_format(line_key: str) -> Format:
    """Return a format with a line key."""
    return Format("x", "X", bool, read_nothing, line_key)


CASES = [
    (b'{"id": 1}\n{"id": 2}\n', True),
    (b'\xef\xbb\xbf{"id": 1}\n', True),
    (b'\n\n {"id": 1}\r\n{"id": 2}', True),
    (b'{"title": "T", "id": {"any": "value"}}\nnonsense', True),
    (b'{"id": 1}', False),  # the first line does not end
    (b'{"title": "T"}\n{"id": 2}\n', False),
    (b'{"items": [{"id": 1}]}\n', False),
    (b'[{"id": 1},\n{"id": 2}]\n', False),
    (b'{\n"id": 1}\n', False),
    (b'{"id": 1\n', False),
    (b'{"id": "\xff"}\n', True),
    (b'{"\xff": 1, "id": 2}\n', False),
    (b'{"id": ' + b"[" * 20_000 + b"]" * 20_000 + b"}\n", False),
    (b"\n\n", False),
    (b"", False),
]


@pytest.mark.parametrize(("content", "expected"), CASES)
def test_the_first_line_decides(content: bytes, *, expected: bool) -> None:
    """A file is line-based if its first line is a whole JSON object with the format's key."""
    stream = Stream("d", "d", BytesIO(content))
    assert is_line_based(make_format("id"), stream) is expected
    assert stream.file.tell() == 0


def test_a_format_without_a_line_key() -> None:
    """Files of a format without a line key are never line-based."""
    assert not is_line_based(make_format(""), Stream("d", "d", BytesIO(b'{"": 1}\n{"": 2}\n')))
