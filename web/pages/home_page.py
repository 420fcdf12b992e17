"""Serve the home page, and what the index holds as JSON."""

from flask import Response, render_template

from search.request.search_request import SearchRequest
from web.api.contents import describe_contents
from web.pages.blueprint import get_searcher, pages, respond_json

MOST_VENUES = 24
"""Venues on the home page, those with the most papers."""


@pages.get("/")
def home() -> str:
    """Show the search box and the venues with the most papers."""
    searcher = get_searcher()
    results = searcher.search(SearchRequest(per_page=1, facets=("venue",)))
    venues = results.facets["venue"][:MOST_VENUES]
    return render_template("home.html", manifest=searcher.manifest, venues=venues)


@pages.get("/index.json")
def index_document() -> Response:
    """Return what the index holds as JSON."""
    return respond_json(describe_contents(get_searcher().manifest))
