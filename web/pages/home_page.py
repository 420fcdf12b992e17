"""Serve the home page, and what the index holds as JSON."""

from flask import Response, current_app, render_template

from search.budget.errors import SearchTooLong, ServerOverloaded
from web.api.contents import describe_contents
from web.pages.blueprint import get_searcher, pages, respond_json
from web.pages.generation_cache import GenerationCache
from web.pages.home_contents import HomeContents, gather_contents


@pages.get("/")
def home() -> str:
    """Show the search box, and what the index holds by year, venue and rank."""
    return render_template(
        "home.html", manifest=get_searcher().manifest, contents=_read_home_contents()
    )


def _read_home_contents() -> HomeContents:
    """Return the contents of the generation in use, or nothing if they take too long."""
    kept = current_app.extensions.setdefault("home", GenerationCache[HomeContents](1))
    searcher = get_searcher()
    try:
        contents: HomeContents = kept.get(
            searcher.manifest.name, searcher.people.version, lambda: gather_contents(searcher)
        )
    except (SearchTooLong, ServerOverloaded):
        return HomeContents()
    return contents


@pages.get("/index.json")
def index_document() -> Response:
    """Return what the index holds as JSON."""
    return respond_json(describe_contents(get_searcher().manifest))
