"""Answers: what do the templates need that results do not say as they are?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Flask
from markupsafe import Markup, escape

from index.records import Author
from search.answers.highlight import Highlighter
from search.answers.index_views import list_merged_ids, switch_view
from search.answers.results import Results
from search.request.facets import FACETS, FacetValue, Selection, write_value
from search.request.search_request import SearchRequest, View, turn_off, write_parameters

FIRST_VALUES = 8
"""Values of a facet that are seen at once; the others are one click away."""

MOST_VALUES = 200
"""Values of a facet on a page at all; whoever needs more asks the JSON."""

NAMES = 12
"""Authors of a hit that are named; the rest are counted."""

AROUND = 2
"""Pages linked on either side of the present one."""


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One filter in force, and the address without it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet as a group of check boxes: the first values, and the rest."""

    name: str
    title: str
    first: tuple[FacetValue, ...]
    rest: tuple[FacetValue, ...]
    unlisted: int
    open: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of results; no address for the present page and for gaps."""

    label: str
    address: str = ""
    current: bool = False
    rel: str = ""


def search_path(request: SearchRequest) -> str:
    """Give the address of a search."""
    parameters = write_parameters(request)
    return "/search" + (f"?{urlencode(parameters)}" if parameters else "")


_SWITCHED_ON = {
    "hidden": "hidden papers shown",
    "expand": "words of the first hits count",
    "prior": "citations count",
}


def active_filters(results: Results) -> list[ActiveFilter]:
    """List the filters in force, each with the address that drops it."""
    request, found = results.request, []
    for name, selection in request.selections.items():
        for label, rest in _less(selection):
            selections = dict(request.selections) | {name: rest}
            wider = replace(request, selections=selections, page=1)
            found.append(ActiveFilter(f"{FACETS[name].title}: {label}", search_path(wider)))
    for name, label in _SWITCHED_ON.items():
        if getattr(request, name):
            found.append(ActiveFilter(label, search_path(turn_off(request, name))))
    if request.view is View.RECORDS:
        works = switch_view(request, results.parsed, View.WORKS)
        found.append(ActiveFilter("duplicates shown separately", search_path(works)))
    return found


def other_view(results: Results) -> SearchRequest | None:
    """Give the same search over the records, or over the works if these are records.

    Returns:
        The search; None if no hit is a work of several records, so that both show the same.
    """
    if results.view is View.RECORDS:
        return switch_view(results.request, results.parsed, View.WORKS)
    if any(list_merged_ids(hit.paper) for hit in results.hits):
        return switch_view(results.request, results.parsed, View.RECORDS)
    return None


def _less(selection: Selection) -> Iterator[tuple[str, Selection]]:
    for value in selection.values:
        kept = tuple(other for other in selection.values if other != value)
        yield value, replace(selection, values=kept)
    for value in selection.excluded:
        kept = tuple(other for other in selection.excluded if other != value)
        yield f"not {value}", replace(selection, excluded=kept)
    if selection.low is not None or selection.high is not None:
        low, high = ("" if end is None else str(end) for end in (selection.low, selection.high))
        both = low if low == high else f"{low} to {high}"
        label = both if low and high else f"from {low}" if low else f"to {high}"
        yield label, replace(selection, low=None, high=None)


def facet_groups(results: Results) -> list[FacetGroup]:
    """Give the facets of a page but the year, which is drawn, selected values first."""
    groups = []
    for name, values in results.facets.items():
        if name == "year" or not values:
            continue
        ordered = sorted(values, key=lambda value: not (value.selected or value.excluded))
        shown = tuple(ordered[:MOST_VALUES])
        groups.append(
            FacetGroup(
                name=name,
                title=FACETS[name].title,
                first=shown[:FIRST_VALUES],
                rest=shown[FIRST_VALUES:],
                unlisted=len(ordered) - len(shown),
                open=any(value.selected or value.excluded for value in shown[FIRST_VALUES:]),
            )
        )
    return groups


def page_links(results: Results) -> list[PageLink]:
    """Give links to the pages around the present one, to the first and to the last."""
    request, last = results.request, results.pages
    if last == 1:
        return []
    present = request.page
    near = range(max(1, present - AROUND), min(last, present + AROUND) + 1)
    links = []
    if present > 1:
        links.append(PageLink("Previous", _page(request, present - 1), rel="prev"))
    previous = 0
    for number in sorted({1, *near, last}):
        if number > previous + 1:
            links.append(PageLink("…"))
        is_present = number == present
        address = "" if is_present else _page(request, number)
        links.append(PageLink(f"{number:,}", address, current=is_present))
        previous = number
    if present < last:
        links.append(PageLink("Next", _page(request, present + 1), rel="next"))
    return links


def _page(request: SearchRequest, number: int) -> str:
    return search_path(replace(request, page=number))


def register_filters(app: Flask) -> None:
    """Give the templates their filters."""
    app.jinja_env.globals["View"] = View
    app.add_template_filter(search_path, "search_path")
    app.add_template_filter(_with_hidden, "with_hidden")
    app.add_template_filter(_respelt, "respelt")
    app.add_template_filter(lambda number: f"{number:,}", "thousands")
    app.add_template_filter(write_value, "written")
    app.add_template_filter(_names, "names")


def _with_hidden(request: SearchRequest) -> str:
    return search_path(replace(request, hidden=True, page=1))


def _respelt(request: SearchRequest, query: str) -> str:
    return search_path(replace(request, query=query, page=1))


def _names(authors: tuple[Author, ...], highlighter: Highlighter | None = None) -> Markup:
    """Name authors; a matched one is marked, and never among those that are only counted."""
    named, left_out = [], 0
    for place, author in enumerate(authors):
        matched = highlighter is not None and highlighter.matches_name(author.name)
        if matched:
            named.append(Markup("<mark>{}</mark>").format(author.name))
        elif highlighter is None or place < NAMES:
            named.append(escape(author.name))
        else:
            left_out += 1
    if left_out:
        named.append(escape(f"{left_out} more"))
    return Markup(", ").join(named)
