"""Collect the bytes of a request until it is complete or refused."""

from http import HTTPStatus
from typing import Any

from waitress.parser import HTTPRequestParser

from web.server.limits import UPLOAD_PATH, ServerLimits
from web.server.refusals import Refusal
from web.server.request_head import RequestRefused, check_beginning, check_head

_END = b"\r\n\r\n"


class RequestParser(HTTPRequestParser):  # type: ignore[misc] # waitress is untyped
    """A parser that checks heads strictly and takes time in proportion to their length.

    waitress's own copies all that has arrived for each piece that follows, which for a head sent
    byte by byte takes time that grows with its square.
    """

    command = path = ""
    error: Refusal | None = None

    def __init__(self, adj: Any, limits: ServerLimits) -> None:  # noqa: ANN401 - waitress's settings
        """Begin a request.

        Args:
            adj: The settings of waitress.
            limits: How large a request may be.
        """
        super().__init__(adj)
        self._limits = limits
        self._head = bytearray()

    @property
    def held_bytes(self) -> int:
        """The memory that the request takes."""
        return len(self._head) + int(self.body_bytes_received)

    def receive(self, data: bytes) -> int:
        """Take bytes until the request is complete; return how many were taken."""
        if self.completed:
            return 0
        try:
            if self.headers_finished:
                return int(super().received(data))
            return self._receive_head(data)
        except RequestRefused as refused:
            self.refuse(refused.status)
        except ValueError:  # an address or a number that the standard library cannot read
            self.refuse(HTTPStatus.BAD_REQUEST)
        return len(data)

    def refuse(self, status: HTTPStatus) -> None:
        """Complete the request with an error."""
        if self._head.startswith(b"HEAD "):  # its answer has no body
            self.command = "HEAD"
        self.error = Refusal(status)
        self.completed = True

    def parse_header(self, header_plus: bytes) -> None:
        """Parse a checked head; one that lists ``close`` among other options closes, too.

        waitress compares the whole list with ``close`` and would keep the connection. Source:
        RFC 9112, section 9.3.
        """
        super().parse_header(header_plus)
        upload = self.command == "POST" and self.path.endswith(UPLOAD_PATH)
        if self.content_length >= self._limits.body_bytes and not upload:
            raise RequestRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        options = self.headers.get("CONNECTION", "").lower().split(",")
        if "close" in (option.strip(" \t") for option in options):
            self.headers["CONNECTION"] = "close"
            self.connection_close = True

    def _receive_head(self, data: bytes) -> int:
        head, start = self._head, max(len(self._head) - len(_END), 0)
        head += data
        if not start and head.startswith((b"\r", b"\n")):  # empty lines may precede a request
            del head[: len(head) - len(head.lstrip(b"\r\n"))]
        end = head.find(_END, start)
        if max(end, len(head) if end < 0 else 0) >= self._limits.head_bytes:
            raise RequestRefused(self._find_excess())
        if end < 0:
            check_beginning(head, start)
            return len(data)
        rest = len(head) - end - len(_END)
        super().received(check_head(bytes(head[: end + len(_END)]), self._limits))
        head.clear()
        return len(data) - rest

    def _find_excess(self) -> HTTPStatus:
        """Return whether the address or the header fields are too long."""
        if self._head.find(b"\r\n", 0, self._limits.head_bytes) >= 0:
            return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        return HTTPStatus.REQUEST_URI_TOO_LONG
