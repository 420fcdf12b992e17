"""Answers: which pages are there, and what does each show?

Every page has a JSON twin at the same address with ``.json``.
"""

import re
from dataclasses import replace

import msgspec
from flask import Blueprint, Response, current_app, render_template, request

from index.errors import ParameterInvalid
from index.records import Paper
from search.answers.broaden import broaden
from search.answers.paper_lookup import find_paper
from search.answers.related import find_related
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.answers.why_not import explain_absence
from search.request.search_request import (
    SORTS,
    SWITCHES,
    SearchRequest,
    View,
    parse_parameters,
    parse_view,
    turn_off,
    write_parameters,
)
from search.suggest.completions import MAX_LIMIT
from web.api.completions import describe_completions
from web.api.contents import describe_contents
from web.api.papers import describe_paper
from web.api.results import describe_results
from web.api.similar import describe_similar
from web.api.why_not import describe_why_not
from web.pages.histogram import Histogram, lay_out_histogram, remove_boxes
from web.pages.view import active_filters, facet_groups, other_view, page_links
from web.wording import group_supplied_fields

RELATED = 5
"""Related papers on the page of one."""

pages = Blueprint("pages", __name__)


def respond_json(document: msgspec.Struct) -> Response:
    """Return a JSON answer as a response."""
    return Response(msgspec.json.encode(document), mimetype="application/json")


def _searcher() -> Searcher:
    searcher: Searcher = current_app.extensions["searcher"]
    return searcher


def _asked() -> SearchRequest:
    return parse_parameters(request.args.items(multi=True))


def _results() -> Results:
    return _searcher().search(_asked())


@pages.get("/")
def home() -> str:
    """Show the search box and what the index holds."""
    searcher = _searcher()
    results = searcher.search(parse_parameters([("per_page", "1"), ("facets", "venue,year")]))
    return render_template(
        "home.html",
        manifest=searcher.manifest,
        results=results,
        venues=results.facets["venue"][:24],
    )


@pages.get("/index.json")
def index_document() -> Response:
    """Say what the index holds."""
    return respond_json(describe_contents(_searcher().manifest))


@pages.get("/search")
def search() -> str:
    """Show a page of results."""
    results = _results()
    years = lay_out_histogram(results)
    return render_template(
        "results.html",
        results=results,
        query=results.request.query,
        filters=active_filters(results),
        groups=facet_groups(results),
        histogram=years,
        kept=_kept(results, years),
        links=page_links(results),
        other_view=other_view(results),
        sorts=list(SORTS),
        broader=() if results.total else broaden(_searcher(), results),
    )


def _kept(results: Results, years: Histogram | None) -> list[tuple[str, str]]:
    """Give what was asked for and no control of the page stands for, so that its form keeps it."""
    request = results.request
    ticked = {name for name, values in results.facets.items() if values and name != "year"}
    selections = {name: chosen for name, chosen in request.selections.items() if name not in ticked}
    if years and "year" in selections:
        selections["year"] = remove_boxes(selections["year"])
    rest = replace(request, query="", selections=selections, sort="relevance")
    return write_parameters(turn_off(rest, *SWITCHES))


@pages.get("/search.json")
def search_document() -> Response:
    """Give a page of results as JSON."""
    explained = request.args.get("explain") == "1"
    answer = _searcher().explain if explained else _searcher().search
    return respond_json(describe_results(answer(_asked())))


@pages.get("/why-not.json")
def why_not_found() -> Response:
    """Say which clause or filter of a search keeps a paper out."""
    judged = explain_absence(_searcher(), _asked(), request.args.get("id", ""))
    return respond_json(describe_why_not(judged))


@pages.get("/similar.json")
def similar_papers() -> Response:
    """Give the papers that are about the same as one."""
    searcher, asked = _searcher(), _asked()
    paper = find_paper(searcher, request.args.get("id", ""), asked.view)
    found = find_related(searcher, paper, limit=asked.per_page, hidden=asked.hidden)
    return respond_json(describe_similar(found))


@pages.get("/suggest.json")
def suggest() -> Response:
    """Complete what somebody is still typing."""
    text, limit = request.args.get("q", ""), request.args.get("limit", "10")
    if not re.fullmatch("[0-9]{1,3}", limit) or not 1 <= int(limit) <= MAX_LIMIT:
        raise ParameterInvalid("limit", limit, f"1 to {MAX_LIMIT}")
    return respond_json(describe_completions(text, _searcher().suggest(text, int(limit))))


@pages.get("/paper")
@pages.get("/paper/<path:paper_id>")
def paper(paper_id: str = "") -> str:
    """Show one paper; an id that cannot stand in a path comes as the parameter ``id``."""
    searcher, shown, view = _searcher(), _paper(paper_id), _view()
    return render_template(
        "paper.html",
        paper=shown,
        view=view,
        work=searcher.read_paper(shown.id) if view is View.RECORDS else shown,
        records=() if view is View.RECORDS else searcher.read_records(shown),
        gives=group_supplied_fields(shown),
        related=find_related(searcher, shown, limit=RELATED).hits,
    )


@pages.get("/paper.json")
@pages.get("/paper/<path:paper_id>.json")
def paper_json(paper_id: str = "") -> Response:
    """Give one paper as JSON."""
    return respond_json(describe_paper(_paper(paper_id), _view()))


def _paper(paper_id: str) -> Paper:
    return _searcher().read_paper(paper_id or request.args.get("id", ""), _view())


def _view() -> View:
    """Return whether the page shows works or records."""
    return parse_view(request.args)


@pages.get("/robots.txt")
def robots() -> Response:
    """Keep robots out of the endless combinations of filters; papers are welcome."""
    return Response("User-agent: *\nDisallow: /search\n", mimetype="text/plain")
