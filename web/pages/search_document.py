"""Serve the JSON twin of the page of results, by page or by cursor."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from flask import Response, request

from search.answers.results import Results
from search.errors import CursorExpired
from search.request.search_request import SearchRequest
from web.api.cursors import find_next_cursor, follow_cursor
from web.api.results import HitDocument, describe_results, link_pages
from web.api.selection import parse_fields, select_hits
from web.pages.blueprint import get_searcher, pages, parse_request, respond_json


@pages.get("/search.json")
def search_document() -> Response:
    """Return a page of results as JSON."""
    fields = parse_fields(request.args.get("fields", ""), HitDocument)
    explained = request.args.get("explain") == "1"
    answer = get_searcher().explain if explained else get_searcher().search
    asked, cursor = parse_request(), request.args.get("cursor", "").strip()
    following = None
    if cursor:
        results, following = _follow_cursor(answer, asked, cursor)
        links = _link_next(following)
    else:
        results = answer(asked)
        links = link_pages(results, request.script_root)
    document = select_hits(describe_results(results), fields)
    return respond_json(document, links, generation=results.generation, following=following)


def _follow_cursor(
    answer: Callable[[SearchRequest], Results], asked: SearchRequest, cursor: str
) -> tuple[Results, str | None]:
    """Return the page that a cursor leads to, and the cursor of the next; count no facets unasked.

    Raises:
        CursorInvalid: The cursor belongs to another search.
        CursorExpired: It belongs to another generation, or the generation was switched just now.
    """
    generation = get_searcher().manifest.name
    if not request.args.get("facets", "").strip():
        asked = replace(asked, facets=())
    asked = follow_cursor(asked, generation, cursor)
    results = answer(asked)
    if results.generation != generation and asked.page > 1:
        raise CursorExpired
    return results, find_next_cursor(asked, results)


def _link_next(following: str | None) -> dict[str, str]:
    """Return the link to the next page of a list that is read by cursor."""
    if following is None:
        return {}
    asked = [pair for pair in request.args.items(multi=True) if pair[0] not in {"cursor", "page"}]
    path = request.script_root + request.path
    return {"next": f"{path}?{urlencode([*asked, ('cursor', following)])}"}
