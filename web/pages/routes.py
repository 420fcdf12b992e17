"""Serve the pages, and their JSON twins at the same addresses with ``.json``."""

import re
from dataclasses import replace

import msgspec
from flask import Blueprint, Response, current_app, render_template, request

from index.records import Paper
from search.answers.broaden import BroaderSearches, broaden
from search.answers.index_views import list_merged_ids
from search.answers.paper_lookup import find_paper
from search.answers.related import find_related
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.answers.why_not import explain_absence
from search.budget.optional_steps import OptionalSteps
from search.errors import ParameterInvalid
from search.request.parameters import parse_parameters, parse_view, turn_off, write_parameters
from search.request.search_request import DEFAULT_SORT, SWITCHES, SearchRequest, View
from search.suggest.completions import MAX_LIMIT
from web.api.completions import describe_completions
from web.api.contents import describe_contents
from web.api.papers import describe_paper
from web.api.results import describe_results
from web.api.similar import describe_similar
from web.api.why_not import describe_why_not
from web.pages.histogram import Histogram, lay_out_histogram, remove_boxes
from web.pages.hits import list_hits
from web.pages.menus import Menu, list_choices, make_sort_menu
from web.pages.view import (
    find_other_view,
    group_facets,
    list_active_filters,
    list_page_links,
)
from web.wording import LONGEST_HEADING, MOST_RECORDS, group_supplied_fields, shorten_text

RELATED = 5
"""Related papers on the page of a paper."""

LONGEST_LINKED = 1_000
"""Characters of a query that each link of a page repeats; chosen."""

MOST_VENUES = 24
"""Venues on the home page, those with the most papers."""

pages = Blueprint("pages", __name__)


def respond_json(document: msgspec.Struct) -> Response:
    """Return a JSON answer as a response."""
    return Response(msgspec.json.encode(document), mimetype="application/json")


def _get_searcher() -> Searcher:
    searcher: Searcher = current_app.extensions["searcher"]
    return searcher


def _parse_request() -> SearchRequest:
    return parse_parameters(request.args.items(multi=True))


@pages.get("/")
def home() -> str:
    """Show the search box and the venues with the most papers."""
    searcher = _get_searcher()
    results = searcher.search(SearchRequest(per_page=1, facets=("venue",)))
    venues = results.facets["venue"][:MOST_VENUES]
    return render_template("home.html", manifest=searcher.manifest, venues=venues)


@pages.get("/index.json")
def index_document() -> Response:
    """Return what the index holds as JSON."""
    return respond_json(describe_contents(_get_searcher().manifest))


@pages.get("/search")
def search() -> str:
    """Show a page of results."""
    searcher = _get_searcher()
    results = searcher.search(_parse_request())
    typed, read = results.request.query, results.interpreted
    if len(typed) > LONGEST_LINKED and len(read) < len(typed):
        # The links of the page find the same with the words that are searched.
        results = replace(results, request=replace(results.request, query=read))
    years, choices = lay_out_histogram(results), list_choices(results)
    return render_template(
        "results.html",
        results=results,
        hits=list_hits(results),
        query=typed,
        heading=shorten_text(typed, LONGEST_HEADING),
        filters=list_active_filters(results),
        groups=group_facets(results),
        histogram=years,
        kept=_list_kept(results, years, choices),
        links=list_page_links(results),
        other_view=find_other_view(results),
        sort_menu=make_sort_menu(results),
        choices=choices,
        broader=BroaderSearches() if results.total else broaden(searcher, results),
        manifest=searcher.manifest,
    )


def _list_kept(
    results: Results, years: Histogram | None, choices: list[Menu]
) -> list[tuple[str, str]]:
    """List the parameters that no control of the page shows, for hidden fields of its form."""
    request = results.request
    ticked = {name for name, values in results.facets.items() if values and name != "year"}
    selections = {name: chosen for name, chosen in request.selections.items() if name not in ticked}
    if years and "year" in selections:
        selections["year"] = remove_boxes(selections["year"])
    rest = replace(request, query="", selections=selections, sort=DEFAULT_SORT)
    return write_parameters(turn_off(rest, *SWITCHES, *(menu.name for menu in choices)))


@pages.get("/search.json")
def search_document() -> Response:
    """Return a page of results as JSON."""
    explained = request.args.get("explain") == "1"
    answer = _get_searcher().explain if explained else _get_searcher().search
    return respond_json(describe_results(answer(_parse_request())))


@pages.get("/why-not.json")
def why_not() -> Response:
    """Return as JSON which clause or filter keeps a paper out of a search."""
    judged = explain_absence(_get_searcher(), _parse_request(), request.args.get("id", ""))
    return respond_json(describe_why_not(judged))


@pages.get("/similar.json")
def similar() -> Response:
    """Return the papers related to a paper as JSON."""
    searcher, asked = _get_searcher(), _parse_request()
    paper = find_paper(searcher, request.args.get("id", ""), asked.view)
    found = find_related(searcher, paper, limit=asked.per_page, hidden=asked.hidden)
    return respond_json(describe_similar(found))


@pages.get("/suggest.json")
def suggest() -> Response:
    """Return the completions of a partial query as JSON."""
    text, limit = request.args.get("q", ""), request.args.get("limit", "10")
    if not re.fullmatch("[0-9]{1,3}", limit) or not 1 <= int(limit) <= MAX_LIMIT:
        raise ParameterInvalid("limit", limit, f"1 to {MAX_LIMIT}")
    return respond_json(describe_completions(text, _get_searcher().suggest(text, int(limit))))


@pages.get("/paper")
@pages.get("/paper/<path:paper_id>")
def paper(paper_id: str = "") -> str:
    """Show one paper; an id that is unsafe in a path comes as the parameter ``id``."""
    searcher, shown, view = _get_searcher(), _read_paper(paper_id), _parse_view()
    records = () if view is View.RECORDS else searcher.read_records(shown, MOST_RECORDS)
    return render_template(
        "paper.html",
        paper=shown,
        view=view,
        work=searcher.read_paper(shown.id) if view is View.RECORDS else shown,
        records=records,
        records_left_out=max(0, len(list_merged_ids(shown)) - MOST_RECORDS) if records else 0,
        supplied=group_supplied_fields(shown),
        related=OptionalSteps().attempt(
            lambda: find_related(searcher, shown, limit=RELATED).hits, ()
        ),
    )


@pages.get("/paper.json")
@pages.get("/paper/<path:paper_id>.json")
def paper_json(paper_id: str = "") -> Response:
    """Return one paper as JSON."""
    return respond_json(describe_paper(_read_paper(paper_id), _parse_view()))


def _read_paper(paper_id: str) -> Paper:
    return _get_searcher().read_paper(paper_id or request.args.get("id", ""), _parse_view())


def _parse_view() -> View:
    """Return whether the page shows works or records."""
    return parse_view(request.args)


@pages.get("/robots.txt")
def robots() -> Response:
    """Keep crawlers out of the endless combinations of filters; they may read papers."""
    return Response("User-agent: *\nDisallow: /search\n", mimetype="text/plain")
