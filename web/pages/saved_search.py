"""Serve a search with all its hits, as `papers replay` reads it."""

from flask import Response

from index.store.manifest import utc_now
from search.errors import QueryTooCostly
from search.replay.saved_search import save_search
from web.pages.blueprint import encode_json, get_searcher, pages, parse_request

MOST = 10_000
"""Hits of a search that the server saves; chosen. `papers search --save` has no such limit."""


@pages.get("/search.manifest.json")
def search_manifest() -> Response:
    """Return a search with all its hits, without an envelope, since it is a file to keep."""
    searcher, asked = get_searcher(), parse_request()
    if (total := searcher.count_hits(asked)) > MOST:
        raise QueryTooCostly("hits", total, MOST)
    response = encode_json(save_search(searcher, asked, f"{utc_now():%Y-%m-%dT%H:%M:%SZ}"))
    response.headers["Content-Disposition"] = 'attachment; filename="search.manifest.json"'
    return response
