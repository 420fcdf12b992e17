"""Hold the blueprint of all pages, and what every page reads from a request."""

import time
from collections.abc import Mapping
from urllib.parse import quote

import msgspec
from flask import Blueprint, Response, current_app, g, request

from index.records import Paper
from search.answers.searcher import Searcher
from search.request.parameters import parse_parameters, parse_view
from search.request.search_request import SearchRequest, View
from web.api.addresses import SAFE_IN_PATH
from web.api.envelope import Answer, AnswerMeta

_SAFE_IN_QUERY = SAFE_IN_PATH + "?%[]{}|^`"
"""What a query may have as it was asked; an escape is not escaped again."""

pages = Blueprint("pages", __name__)
"""Every module of a page adds its addresses to it; `web.pages.routes` imports them all."""


@pages.before_app_request
def _start_clock() -> None:
    g.started = time.perf_counter()


def measure_ms() -> float:
    """Return the milliseconds since the request began."""
    started: float = g.started
    return round((time.perf_counter() - started) * 1000, 2)


def respond_json(
    document: object,
    links: Mapping[str, str] | None = None,
    *,
    generation: str | None = None,
    following: str | None = None,
) -> Response:
    """Return a JSON answer of the server: a document in the envelope of all answers.

    Args:
        document: What the answer says.
        links: Addresses by name besides ``self``, the address of the answer.
        generation: The generation that answered; None for the one in use.
        following: The cursor of the next page.
    """
    meta = AnswerMeta(generation or get_searcher().manifest.name, measure_ms(), following)
    addresses = {"self": read_address(), **(links or {})}
    return encode_json(Answer(document, meta, addresses))


def encode_json(document: object, status: int = 200) -> Response:
    """Return a document as a response, without an envelope."""
    return Response(msgspec.json.encode(document), status, mimetype="application/json")


def read_address() -> str:
    """Return the address of the request, from the root of the host, escaped as an address."""
    path = quote(request.script_root + request.path, safe=SAFE_IN_PATH)
    asked = quote(request.query_string, safe=_SAFE_IN_QUERY)
    return f"{path}?{asked}" if asked else path


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


def read_requested_paper(paper_id: str) -> Paper:
    """Return the paper of an id in the path, or of the parameter ``id`` if the path has none.

    Raises:
        PaperMissing: The index has no such paper.
    """
    return get_searcher().read_paper(paper_id or request.args.get("id", ""), read_view())
