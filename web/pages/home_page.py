"""Serve the home page, and what the index holds as JSON."""

from flask import Response, current_app, render_template

from web.api.contents import describe_contents
from web.pages.blueprint import get_searcher, pages, respond_json
from web.pages.home_contents import HomeContents, gather_contents

KEPT = "home_contents"
"""The name under which the application keeps the contents of the generation in use."""


@pages.get("/")
def home() -> str:
    """Show the search box, and what the index holds by year, venue and rank."""
    return render_template(
        "home.html", manifest=get_searcher().manifest, contents=_read_home_contents()
    )


def _read_home_contents() -> HomeContents:
    """Return the contents of the generation in use, gathered once if the budget allows it."""
    kept: HomeContents | None = current_app.extensions.get(KEPT)
    if kept is None or kept.generation != get_searcher().manifest.name:
        kept = gather_contents(get_searcher())
        if kept.complete:
            current_app.extensions[KEPT] = kept
    return kept


@pages.get("/index.json")
def index_document() -> Response:
    """Return what the index holds as JSON."""
    return respond_json(describe_contents(get_searcher().manifest))
