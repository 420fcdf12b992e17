"""Check the head of a request before it is parsed.

Whatever two programs could read in two ways is refused, so that no proxy in front of the server
and the server ever disagree where a request ends. Source: RFC 9112, sections 2.2, 5 and 6.
"""

import re
from http import HTTPStatus

from web.server.limits import ServerLimits

_BARE_LINE_FEED = re.compile(rb"(?<!\r)\n")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_METHOD = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Z]{1,32}")
_VERSION = re.compile(rb"HTTP/[0-9]\.[0-9]")
_HOST = re.compile(
    rb"(?:(?:[0-9A-Z_a-z-]{1,63}\.)*[0-9A-Z_a-z-]{1,63}\.?|\[[0-9A-Fa-f:.]{2,45}\])?(?::[0-9]{0,5})?"
)
"""A name, an address or nothing, with or without a port. Flask fails if a label of a name is empty
or longer than 63 characters, as no name in the domain name system is."""

_ALIASES = {b"content_length", b"transfer_encoding"}
"""Names that some programs take for the ones with a hyphen."""

_MOST_OF_HOST = 261
"""Characters of the longest name, 255, and of a port."""

_VERSIONS = (b"HTTP/1.0", b"HTTP/1.1")


class RequestRefused(ValueError):
    """A request that is not parsed."""

    def __init__(self, status: HTTPStatus) -> None:
        """Keep the status of the answer."""
        super().__init__(status.phrase)
        self.status = status


def check_beginning(head: bytearray, start: int) -> None:
    """Check what has arrived of a head that is not complete.

    Args:
        head: All that has arrived.
        start: Where the part begins that was not checked before.

    Raises:
        RequestRefused: It cannot become a request: it begins like TLS, or has bare line feeds.
    """
    if (head and not _TOKEN.match(head[:1])) or _BARE_LINE_FEED.search(head, start):
        raise RequestRefused(HTTPStatus.BAD_REQUEST)


def check_head(head: bytes, limits: ServerLimits) -> bytes:
    """Check a complete head and return it with the spaces around its values removed.

    waitress's pattern for a field takes time that grows with the square of the spaces before a
    value: .65 s of processor time for 8,000, and 262,144 fit into a head.

    Args:
        head: From the method to the empty line, without leading line ends.
        limits: How large it may be.

    Raises:
        RequestRefused: It is not valid, ambiguous or too large.
    """
    first, *lines = head[:-4].split(b"\r\n")
    _check_first_line(first)
    if len(lines) > limits.fields or len(head) - len(first) > limits.field_bytes:
        raise RequestRefused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
    if any(_CONTROL.search(line) for line in (first, *lines)):
        raise RequestRefused(HTTPStatus.BAD_REQUEST)
    fields = [_split_field(line) for line in lines]
    _check_fields(fields, first.endswith(b"1.0"))
    return b"\r\n".join([first, *(name + b": " + value for name, value in fields), b"", b""])


def _check_first_line(line: bytes) -> None:
    parts = line.split(b" ")
    if len(parts) != 3 or not _METHOD.fullmatch(parts[0]) or not parts[1]:  # noqa: PLR2004 - method, address, version
        raise RequestRefused(HTTPStatus.BAD_REQUEST)
    if b"\t" in parts[1] or not _VERSION.fullmatch(parts[2]):
        raise RequestRefused(HTTPStatus.BAD_REQUEST)
    if parts[2] not in _VERSIONS:
        raise RequestRefused(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)


def _split_field(line: bytes) -> tuple[bytes, bytes]:
    """Split a header field; a name followed by a space, and a folded line, have no valid name."""
    name, colon, value = line.partition(b":")
    if not colon or not _TOKEN.fullmatch(name):
        raise RequestRefused(HTTPStatus.BAD_REQUEST)
    return name, value.strip(b" \t")


def _check_fields(fields: list[tuple[bytes, bytes]], is_old: bool) -> None:  # noqa: FBT001 - HTTP/1.0
    """Check the fields that say where a request ends and whom it is for.

    Chunks are refused, since no page reads a body and programs differ in which ends of lines and
    empty lines they accept between chunks. Source: RFC 9112, section 6.3.
    """
    found: dict[bytes, list[bytes]] = {}
    for name, value in fields:
        found.setdefault(name.lower(), []).append(value)
    hosts, lengths = found.get(b"host", []), found.get(b"content-length", [])
    codings = found.get(b"transfer-encoding", [])
    if len(hosts) > 1 or not all(_is_host(host) for host in hosts):
        raise RequestRefused(HTTPStatus.BAD_REQUEST)
    if len(lengths) > 1 or len(codings) > 1 or (codings and (lengths or is_old)):
        raise RequestRefused(HTTPStatus.BAD_REQUEST)
    if not _ALIASES.isdisjoint(found):
        raise RequestRefused(HTTPStatus.BAD_REQUEST)
    if codings:
        is_known = codings[0].lower() == b"chunked"
        status = HTTPStatus.LENGTH_REQUIRED if is_known else HTTPStatus.NOT_IMPLEMENTED
        raise RequestRefused(status)


def _is_host(value: bytes) -> bool:
    return len(value) <= _MOST_OF_HOST and _HOST.fullmatch(value) is not None
