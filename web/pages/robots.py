"""Serve what crawlers may read."""

from flask import Response

from web.pages.blueprint import pages


@pages.get("/robots.txt")
def robots() -> Response:
    """Keep crawlers out of the endless combinations of filters; they may read papers."""
    return Response("User-agent: *\nDisallow: /search\n", mimetype="text/plain")
