"""Serve the page that says what the index holds, where it is from, and what is hidden."""

from flask import render_template

from search.request.search_request import SearchRequest
from web.pages.blueprint import get_searcher, pages


@pages.get("/about")
def about() -> str:
    """Show the dumps with their dates and licences, the generation and the sources."""
    searcher = get_searcher()
    results = searcher.search(SearchRequest(per_page=1, facets=("source", "year")))
    years = [int(one.value) for one in results.facets["year"] if one.count]
    return render_template(
        "about.html",
        manifest=searcher.manifest,
        shown=results.total,
        concealed=results.concealed,
        sources=results.facets["source"],
        years=(min(years), max(years)) if years else None,
        has_vectors=searcher.has_vectors,
    )
