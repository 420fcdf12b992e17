"""Serve the page of results."""

from dataclasses import replace

from flask import render_template

from search.answers.broaden import BroaderSearches, broaden
from search.answers.results import Results
from search.request.parameters import turn_off, write_parameters
from search.request.search_request import SWITCHES
from web.exports.formats import FORMATS
from web.pages.active_filters import list_active_filters, make_counter
from web.pages.author_hint import find_author
from web.pages.blueprint import get_searcher, pages, parse_request
from web.pages.facet_groups import FacetGroup, group_facets, list_closed_facets
from web.pages.histogram import Histogram, lay_out_histogram, remove_boxes
from web.pages.hits import list_hits
from web.pages.menus import Menu, list_choices, list_sorts
from web.pages.saved_search import MOST
from web.pages.view import encode_search, find_other_view, list_page_links
from web.pages.watching import list_watch_links
from web.wording import LONGEST_HEADING, shorten_text

LONGEST_LINKED = 1_000
"""Characters of a query that each link of a page repeats; chosen."""


@pages.get("/search")
def search() -> str:
    """Show a page of results."""
    searcher = get_searcher()
    results = searcher.search(parse_request())
    typed, read = results.request.query, results.interpreted
    if len(typed) > LONGEST_LINKED and len(read) < len(typed):
        # The links of the page find the same with the words that are searched.
        results = replace(results, request=replace(results.request, query=read))
    years, choices, groups = (
        lay_out_histogram(results),
        list_choices(results),
        group_facets(results),
    )
    return render_template(
        "results.html",
        results=results,
        hits=list_hits(results),
        query=typed,
        read=read,
        author=find_author(searcher.engine, results.request),
        heading=shorten_text(typed, LONGEST_HEADING),
        active=list_active_filters(results, make_counter(searcher, results)),
        groups=groups,
        closed=list_closed_facets(results),
        histogram=years,
        kept=_list_kept(results, years, groups, choices),
        repeated=write_parameters(replace(results.request, page=1)),
        encoded=encode_search(results.request),
        links=list_page_links(results),
        other_view=find_other_view(results),
        sorts=list_sorts(results),
        watch=list_watch_links(results.request, results.generation),
        choices=choices,
        formats=FORMATS.values(),
        savable=results.total <= MOST,
        broader=BroaderSearches() if results.total else broaden(searcher, results),
        manifest=searcher.manifest,
    )


def _list_kept(
    results: Results, years: Histogram | None, groups: list[FacetGroup], choices: list[Menu]
) -> list[tuple[str, str]]:
    """List the parameters that no control of the page shows, for hidden fields of its form."""
    request, ticked = results.request, {group.name for group in groups}
    selections = {name: chosen for name, chosen in request.selections.items() if name not in ticked}
    if years and "year" in selections:
        selections["year"] = remove_boxes(selections["year"])
    rest = replace(request, query="", selections=selections)
    return write_parameters(turn_off(rest, *SWITCHES, *(menu.name for menu in choices)))
