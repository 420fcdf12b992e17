"""Answers: which pages are there, and what does each show?

Every page has a JSON twin at the same address with ``.json``.
"""

from dataclasses import replace

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from index.records import Paper
from search.relief import reliefs
from search.request import SORTS, from_parameters, to_parameters
from search.results import Results
from search.searcher import Searcher
from web.documents import paper_document, results_document
from web.histogram import Histogram, histogram, not_in_boxes
from web.view import active_filters, facet_groups, page_links

pages = Blueprint("pages", __name__)


def _searcher() -> Searcher:
    searcher: Searcher = current_app.extensions["searcher"]
    return searcher


def _results() -> Results:
    return _searcher().search(from_parameters(request.args.items(multi=True)))


@pages.get("/")
def home() -> str:
    """Show the search box and what the index holds."""
    searcher = _searcher()
    results = searcher.search(from_parameters([("per_page", "1"), ("facets", "venue,year")]))
    return render_template(
        "home.html",
        manifest=searcher.manifest,
        results=results,
        venues=results.facets["venue"][:24],
    )


@pages.get("/index.json")
def index_document() -> Response:
    """Say what the index holds."""
    manifest = _searcher().manifest
    dumps = [
        {name: getattr(dump, name) for name in dump.__struct_fields__} for dump in manifest.dumps
    ]
    return jsonify(
        {
            "generation": manifest.name,
            "created": manifest.created,
            "papers": manifest.papers,
            "engine": manifest.engine_version,
            "dumps": dumps,
        }
    )


@pages.get("/search")
def search() -> str:
    """Show a page of results."""
    results = _results()
    years = histogram(results)
    return render_template(
        "results.html",
        results=results,
        query=results.request.query,
        filters=active_filters(results.request),
        groups=facet_groups(results),
        histogram=years,
        kept=_kept(results, years),
        links=page_links(results),
        sorts=list(SORTS),
        reliefs=() if results.total else reliefs(_searcher(), results.request),
    )


def _kept(results: Results, years: Histogram | None) -> list[tuple[str, str]]:
    """Give what was asked for and no control of the page stands for, so that its form keeps it."""
    request = results.request
    ticked = {name for name, values in results.facets.items() if values and name != "year"}
    selections = {name: chosen for name, chosen in request.selections.items() if name not in ticked}
    if years and "year" in selections:
        selections["year"] = not_in_boxes(selections["year"])
    rest = replace(request, query="", selections=selections, page=1, hidden=False)
    return to_parameters(replace(rest, sort="relevance"))


@pages.get("/search.json")
def search_document() -> Response:
    """Give a page of results as JSON."""
    return jsonify(results_document(_results()))


@pages.get("/paper")
@pages.get("/paper/<path:paper_id>")
def paper(paper_id: str = "") -> str:
    """Show one paper; an id that cannot stand in a path comes as the parameter ``id``."""
    return render_template("paper.html", paper=_paper(paper_id))


@pages.get("/paper.json")
@pages.get("/paper/<path:paper_id>.json")
def paper_json(paper_id: str = "") -> Response:
    """Give one paper as JSON."""
    return jsonify(paper_document(_paper(paper_id)))


def _paper(paper_id: str) -> Paper:
    return _searcher().paper(paper_id or request.args.get("id", ""))


@pages.get("/robots.txt")
def robots() -> Response:
    """Keep robots out of the endless combinations of filters; papers are welcome."""
    return Response("User-agent: *\nDisallow: /search\n", mimetype="text/plain")
