"""Let scripts of other sites read answers, where the operator allows it."""

from flask import Flask, Response, request

from web.access.prefix import NOT_MODIFIED
from web.access.settings import ANY_ORIGIN

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_EXPOSED = "ETag, Last-Modified, Retry-After"
_ASKED = "If-Modified-Since, If-None-Match"
"""Header fields that a script may send: they make a browser ask first by ``OPTIONS``."""

_MINUTES_KEPT = 60
"""How long a browser keeps the answer to that question; chosen."""


def register_cors(app: Flask, origins: tuple[str, ...]) -> None:
    """Allow some origins to read what is meant for programs; pages stay closed to them.

    Args:
        app: The application.
        origins: Origins such as ``https://example.org``, or ``*``.
    """

    def allow(response: Response) -> Response:
        if request.method not in _READING or _is_page(response):
            return response
        asking = request.headers.get("Origin", "")
        if ANY_ORIGIN not in origins:
            response.vary.add("Origin")
            if asking not in origins:
                return response
        allowed = ANY_ORIGIN if ANY_ORIGIN in origins else asking
        response.headers["Access-Control-Allow-Origin"] = allowed
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Headers"] = _ASKED
            response.headers["Access-Control-Max-Age"] = str(_MINUTES_KEPT * 60)
        return response

    if origins:
        app.after_request(allow)


def _is_page(response: Response) -> bool:
    """Return whether an answer is a page; one without a body has the type of pages all the same."""
    is_empty = request.method == "OPTIONS" or response.status_code == NOT_MODIFIED
    return response.mimetype == "text/html" and not is_empty
