"""Test how a request is collected from the pieces in which it arrives."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waitress.adjustments import Adjustments

from web.server.limits import ServerLimits
from web.server.request_parser import RequestParser

LIMITS = ServerLimits(head_bytes=2_000, body_bytes=100, upload_bytes=1_000)
GET = b"GET /search?q=a HTTP/1.1\r\nHost: here\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nContent-Length: 7\r\n\r\na\nb\r\n\r\n"


def _start() -> RequestParser:
    settings = Adjustments(
        max_request_header_size=LIMITS.head_bytes, max_request_body_size=LIMITS.upload_bytes
    )
    return RequestParser(settings, LIMITS)


def _send(*pieces: bytes) -> tuple[RequestParser, int]:
    """Return the parser and how many bytes it took."""
    parser, taken = _start(), 0
    for piece in pieces:
        rest = piece
        while rest and not parser.completed:
            used = parser.receive(rest)
            taken, rest = taken + used, rest[used:]
    return parser, taken


@pytest.mark.parametrize("request_bytes", [GET, POST, b"\r\n\r\n" + GET])
@given(data=st.data())
def test_pieces_make_no_difference(request_bytes: bytes, data: st.DataObject) -> None:
    """A request is the same in whatever pieces it arrives, and the next one is not touched."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(request_bytes)), max_size=5)))
    edges = [0, *cuts, len(request_bytes)]
    pieces = [request_bytes[a:b] for a, b in pairwise(edges)]
    pieces[-1] += GET
    parser, taken = _send(*pieces)
    assert (parser.completed, parser.error) == (True, None)
    assert taken == len(request_bytes)
    whole, _ = _send(request_bytes)
    assert (parser.command, parser.path, parser.headers) == (
        whole.command,
        whole.path,
        whole.headers,
    )
    assert parser.get_body_stream().read() == whole.get_body_stream().read()


def test_one_address_takes_a_larger_body() -> None:
    """Below any prefix, the address to which files are sent takes more than others do."""
    head = b"POST /papers/bib HTTP/1.1\r\nContent-Length: 900\r\n\r\n"
    parser, taken = _send(head, b"a" * 900)
    assert (parser.completed, parser.error, taken) == (True, None, len(head) + 900)


@pytest.mark.parametrize(
    ("request_bytes", "code"),
    [
        (b"GET http://[::1/ HTTP/1.1\r\n\r\n", 400),
        (b"GET /\xc3\xa9 HTTP/1.1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 1_000 + b"\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n", 413),
        (b"GET /bib HTTP/1.1\r\nContent-Length: 101\r\n\r\n", 413),
        (b"POST /bib HTTP/1.1\r\nContent-Length: 1001\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 0x10\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\r\n0\r\n\r\n", 411),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\n\n", 411),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1" * 200, 411),
        (b"GET /" + b"a" * 2_000, 414),
        (b"GET /" + b"a" * 2_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 2_000, 431),
        (b"\x16\x03\x01", 400),
        (b"GET / HTTP/1.1\nHost: here\n\n", 400),
    ],
)
def test_refused_requests(request_bytes: bytes, code: int) -> None:
    """Whatever is wrong completes the request with an error, whole or byte by byte."""
    for pieces in ([request_bytes], [request_bytes[n : n + 1] for n in range(len(request_bytes))]):
        parser, _ = _send(*pieces)
        assert parser.completed
        assert parser.error is not None
        assert parser.error.code == code


def test_numbers_beyond_what_python_reads() -> None:
    """A length of thousands of digits is refused like any other that is invalid."""
    settings = Adjustments(max_request_header_size=100_000)
    parser = RequestParser(settings, ServerLimits())
    parser.receive(b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n")
    assert parser.error is not None
    assert parser.error.code == 400


@given(st.lists(st.binary(max_size=30), max_size=8))
def test_any_bytes(pieces: list[bytes]) -> None:
    """No bytes make the parser fail, take more than it was given or hold more than that."""
    parser, taken = _send(*pieces)
    assert 0 <= taken <= sum(map(len, pieces))
    assert parser.held_bytes <= sum(map(len, pieces))
