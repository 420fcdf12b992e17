"""Write one line of JSON for each request, without what was searched for and who asked exactly."""

import logging
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from logging.handlers import WatchedFileHandler
from typing import Any, TextIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import msgspec

from web.terminal.printing import print_error

STANDARD_OUTPUT = "-"
"""The name that stands for standard output."""

MOST_CHARACTERS = 300
"""Characters of a path or a query in a line; chosen."""

_PRIVATE = re.compile(r"/(?:sign-in|account|claim|messages|following)(?![\w-])")
"""Paths whose parameters are never logged: they hold codes of a sign-in, or a reader's own list."""

_KEPT_BITS = {4: 24, 6: 48}
"""Bits of an address that a line holds, by version, so that it names no single client."""


def open_log(name: str) -> logging.Handler:
    """Open a log; a file that was moved away is opened anew, so that any tool can rotate it.

    Raises:
        OSError: The file cannot be written.
    """
    if name == STANDARD_OUTPUT:
        return _LogOutput(sys.stdout)
    return _LogFile(name, encoding="utf-8")


class _ReportOnce(logging.Handler):
    """Says that lines are lost when the first is, and not again until one is written."""

    _failed = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging names it
        """Report once why a line could not be written."""
        error = sys.exc_info()[1]
        if not self._failed:
            print_error(f"Cannot write the access log: {error}. Its lines are lost until it can.")
        self._failed = True


class _LogOutput(_ReportOnce, logging.StreamHandler[TextIO]):
    """Standard output, which its reader may have closed."""


class _LogFile(_ReportOnce, WatchedFileHandler):
    """A file that may be moved, full or out of reach for a time, without a request failing."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, or close the file so that the next line opens it anew."""
        try:
            self.reopenIfNeeded()
            self.stream = self.stream or self._open()
            self.stream.write(self.format(record) + self.terminator)
            self.flush()
        except (OSError, ValueError):  # a closed stream raises the latter
            self.handleError(record)
            self._drop_stream()
        else:
            self._failed = False

    def _drop_stream(self) -> None:
        """Close the file together with the rest of a line that could not be written."""
        stream, self.stream = self.stream, None
        if stream is not None:
            with suppress(OSError):
                stream.close()


def log_requests(
    answer: WSGIApplication, handler: logging.Handler, *, queries: bool = False
) -> WSGIApplication:
    """Return an application that writes a line for each request once its answer is sent.

    Args:
        answer: The application.
        handler: What writes a line.
        queries: Whether lines hold the parameters of the address.
    """

    def answer_and_log(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        entry = _describe_request(environ, queries=queries)
        began = time.perf_counter()

        def start_and_note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:  # noqa: ANN401 - WSGI's signature
            entry["status"] = int(status[:3])
            return start(status, headers, *rest)

        return _send(answer(environ, start_and_note), entry, began, handler)

    return answer_and_log


def shorten_client(text: str) -> str:
    """Return the network of a client instead of its address; empty for none."""
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    network = ip_network((address, _KEPT_BITS[address.version]), strict=False)
    return str(network.network_address)


def _describe_request(environ: WSGIEnvironment, *, queries: bool) -> dict[str, Any]:
    # WSGI passes bytes as characters of Latin-1.
    path = (environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")).encode("latin-1")
    entry = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": shorten_client(str(environ.get("REMOTE_ADDR", ""))),
        "method": environ.get("REQUEST_METHOD", ""),
        "path": path.decode("utf-8", "replace")[:MOST_CHARACTERS],
        "status": 0,
    }
    if queries and not _PRIVATE.search(environ.get("PATH_INFO", "")):
        entry["query"] = environ.get("QUERY_STRING", "")[:MOST_CHARACTERS]
    return entry


def _send(
    pieces: Iterable[bytes], entry: dict[str, Any], began: float, handler: logging.Handler
) -> Iterator[bytes]:
    with _write_line(entry, began, handler):
        try:
            for piece in pieces:
                entry["bytes"] = entry.get("bytes", 0) + len(piece)
                yield piece
        finally:
            if (close := getattr(pieces, "close", None)) is not None:
                close()


@contextmanager
def _write_line(entry: dict[str, Any], began: float, handler: logging.Handler) -> Iterator[None]:
    try:
        yield
    finally:
        entry["bytes"] = entry.get("bytes", 0)
        entry["ms"] = round((time.perf_counter() - began) * 1000, 1)
        line = msgspec.json.encode(entry).decode()
        handler.handle(logging.LogRecord("access", logging.INFO, "", 0, line, None, None))
