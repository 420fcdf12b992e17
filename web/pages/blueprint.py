"""Hold the blueprint of all pages, and what every page reads from a request."""

import msgspec
from flask import Blueprint, Response, current_app, request

from search.answers.searcher import Searcher
from search.request.parameters import parse_parameters, parse_view
from search.request.search_request import SearchRequest, View

pages = Blueprint("pages", __name__)
"""Every module of a page adds its addresses to it; `web.pages.routes` imports them all."""


def respond_json(document: msgspec.Struct) -> Response:
    """Return a JSON answer as a response."""
    return Response(msgspec.json.encode(document), mimetype="application/json")


def get_searcher() -> Searcher:
    """Return the searcher of the application that answers."""
    searcher: Searcher = current_app.extensions["searcher"]
    return searcher


def parse_request() -> SearchRequest:
    """Parse the parameters of the address as a search.

    Raises:
        QueryError: A parameter is not valid.
    """
    return parse_parameters(request.args.items(multi=True))


def read_view() -> View:
    """Return whether the address asks for works or for records."""
    return parse_view(request.args)
