"""Check that a window finds patterns across reads and drops what was searched."""

import io
import re

import pytest

from index.scanners.byte_window import CHUNK, OVERLAP, ByteWindow

NEEDLE = re.compile(rb"needle")
PLACES = [0, 1, CHUNK - 3, CHUNK, CHUNK + OVERLAP, 3 * CHUNK - 1]


@pytest.mark.parametrize("at", PLACES)
def test_a_match_may_span_two_reads(at: int) -> None:
    """A pattern is found at its position in the file, also across the end of a read."""
    window = ByteWindow(io.BytesIO(b"." * at + b"needle" + b"." * CHUNK))
    found = window.search(NEEDLE, 0, 1 << 30)
    assert found
    assert window.span(found) == (at, at + 6)
    assert window.part(at, at + 6) == b"needle"


def test_a_search_stops_at_its_limit() -> None:
    """A search reads no more than the chunk in which its limit lies."""
    window = ByteWindow(io.BytesIO(b"." * 10 * CHUNK))
    assert window.search(NEEDLE, 0, CHUNK + 1) is None
    assert window.end == 2 * CHUNK
    assert not window.ended


def test_a_match_at_the_edge_is_completed() -> None:
    """A match at the end of the window waits for the next read, which may extend it."""
    window = ByteWindow(io.BytesIO(b"." * (CHUNK - 1) + b"aa"))
    found = window.search(re.compile(rb"a+"), 0, 1 << 30)
    assert found
    assert found[0] == b"aa"


def test_positions_stay_valid_after_forgetting() -> None:
    """Positions count from the beginning of the file, whatever was dropped."""
    window = ByteWindow(io.BytesIO(b"." * 3 * CHUNK + b"needle" + b"." * 10))
    found = window.search(NEEDLE, 0, 1 << 30)
    assert found
    start, stop = window.span(found)
    window.forget(start)
    assert window.part(start, stop) == b"needle"
    assert window.end == 3 * CHUNK + 16
