"""Test which heads of requests are refused before they are parsed."""

from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.server.limits import ServerLimits
from web.server.request_head import RequestRefused, check_beginning, check_head

LIMITS = ServerLimits()


def _refuse(head: bytes) -> int:
    """Return the status with which a head is refused."""
    with pytest.raises(RequestRefused) as refused:
        check_head(head, LIMITS)
    return refused.value.status.value


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET /", 400),  # HTTP/0.9
        (b"GET / HTTP/2.0", 505),
        (b"PRI * HTTP/2.0", 505),
        (b"GET / HTTP/1.2", 505),
        (b"GET / HTTP/11.1", 400),
        (b"GET / http/1.1", 400),
        (b"GET / FTP/1.1", 400),
        (b"GET /a b HTTP/1.1", 400),
        (b"GET  / HTTP/1.1", 400),
        (b"GET\t/ HTTP/1.1", 400),
        (b"GET /a\tb HTTP/1.1", 400),
        (b"GET /\x00 HTTP/1.1", 400),
        (b"GET /\x7f HTTP/1.1", 400),
        (b"GET /\n HTTP/1.1", 400),
        (b"GET /\r HTTP/1.1", 400),
        (b"get / HTTP/1.1", 400),
        (b"G\xc3\x89T / HTTP/1.1", 400),
        (b"A" * 33 + b" / HTTP/1.1", 400),
        (b"", 400),
    ],
)
def test_first_lines(line: bytes, status: int) -> None:
    """A first line has three parts, a short method in capitals and a version that is known."""
    assert _refuse(line + b"\r\nHost: a\r\n\r\n") == status


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        (b"Content-Length: 3\r\nTransfer-Encoding: chunked", 400),
        (b"Content-Length: 3\r\nContent-Length: 3", 400),
        (b"content-length: 3\r\nCONTENT-LENGTH: 4", 400),
        (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", 400),
        (b"Transfer-Encoding: gzip", 501),
        (b"Transfer-Encoding: Chunked", 411),
        (b"Transfer_Encoding: chunked", 400),
        (b"Content_length: 3", 400),
        (b"Transfer-Encoding: chunked, chunked", 501),
        (b"Transfer-Encoding: \x0bchunked", 400),
        (b"Transfer-Encoding : chunked", 400),
        (b"Content-Length : 3", 400),
        (b"Host: a\r\nHost: b", 400),
        (b"Host: a b", 400),
        (b"Host: a/b", 400),
        (b"Host: <script>", 400),
        (b"Host: a..b", 400),
        (b"Host: .a", 400),
        (b"Host: " + b"a" * 64, 400),
        (b"Host: " + b"a." * 200 + b"b", 400),
        (b"Host: a:b", 400),
        (b"Host: [a", 400),
        (b"Host: a,b", 400),
        (b"Host: \xc3\xa9", 400),
        (b"X: a\r\n folded", 400),
        (b" X: a", 400),
        (b"X: a\nY: b", 400),
        (b"X: a\rY: b", 400),
        (b"X: \x00", 400),
        (b"X: \x1b[31m", 400),
        (b"no colon", 400),
        (b": nothing", 400),
        (b"\xc3\xa9: a", 400),
        (b"\r\n".join(b"X%d: a" % n for n in range(101)), 431),
        (b"X: " + b"a" * 65_536, 431),
    ],
)
def test_fields(fields: bytes, status: int) -> None:
    """Fields that two programs could read in two ways, and too many of them, are refused."""
    assert _refuse(b"POST / HTTP/1.1\r\n" + fields + b"\r\n\r\n") == status


def test_old_requests_have_no_encoding() -> None:
    """HTTP/1.0 does not know Transfer-Encoding, so nobody can say where such a request ends."""
    assert _refuse(b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == 400


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET /search?q=a%20b&%zz#c HTTP/1.1\r\nHost: a.example:8000\r\nX:\r\n\r\n",
        b"GET http://a.example/search HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: my_host.xn--bcher-kva.example.:8000\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost:\r\nCookie: a=\xc3\xa9\tb\r\n\r\n",
    ],
)
def test_valid_heads(head: bytes) -> None:
    """Valid heads are passed on; the spaces around values are not part of them."""
    assert check_head(head, LIMITS) == head.replace(b":\r\n", b": \r\n")


def test_spaces_around_values_are_removed() -> None:
    """However many spaces stand before a value, what is parsed has one."""
    head = b"GET / HTTP/1.1\r\nX:" + b" \t" * 30_000 + b"a b" + b" " * 5_000 + b"\r\n\r\n"
    assert check_head(head, LIMITS) == b"GET / HTTP/1.1\r\nX: a b\r\n\r\n"


@pytest.mark.parametrize(
    "beginning", [b"\x16\x03\x01\x02", b" GET", b"GET / HTTP/1.1\n", b"\x00", b"{", b"\xff"]
)
def test_beginnings(beginning: bytes) -> None:
    """What cannot become a request is refused before it ends: TLS, bare line feeds, spaces."""
    with pytest.raises(RequestRefused) as refused:
        check_beginning(bytearray(beginning), 0)
    assert refused.value.status is HTTPStatus.BAD_REQUEST


@given(st.binary(max_size=200))
def test_any_bytes(noise: bytes) -> None:
    """Whatever arrives is refused with a status or passed on with no control characters."""
    head = b"GET / HTTP/1.1\r\n" + noise.replace(b"\r\n\r\n", b"") + b"\r\n\r\n"
    try:
        checked = check_head(head, LIMITS)
    except RequestRefused as refused:
        checked = refused.status.phrase.encode()
    assert not set(checked.replace(b"\r\n", b"").replace(b"\t", b"")) & {*range(32), 127}
