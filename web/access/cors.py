"""Let scripts of other sites read answers, where the operator allows it."""

from flask import Flask, Response, request

from web.access.settings import ANY_ORIGIN

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_EXPOSED = "ETag, Last-Modified, Retry-After"


def register_cors(app: Flask, origins: tuple[str, ...]) -> None:
    """Allow some origins to read what is meant for programs; pages stay closed to them.

    Args:
        app: The application.
        origins: Origins such as ``https://example.org``, or ``*``.
    """

    def allow(response: Response) -> Response:
        if request.method not in _READING or response.mimetype == "text/html":
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
        return response

    if origins:
        app.after_request(allow)
