"""Prepare results for the templates: filters, facets, page links and names."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from flask import Flask
from markupsafe import Markup, escape

from index.records import Author
from search.answers.highlight import Highlighter
from search.answers.index_views import list_merged_ids, switch_view
from search.answers.results import Results
from search.request.facets import FACETS, FacetValue, Selection, write_value
from search.request.parameters import turn_off, write_parameters
from search.request.search_request import ByMeaning, SearchRequest, View
from web.wording import CHOICE_LABELS

FIRST_VALUES = 8
"""Values of a facet shown at once; the others appear with one click."""

MOST_VALUES = 200
"""Values of a facet on a page at most; the JSON twin has more."""

NAMES = 12
"""Authors named in a list of hits; the rest are counted."""

AROUND = 2
"""Pages linked on either side of the current one."""


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One active filter, and the address of the search without it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet as a group of check boxes.

    Attributes:
        name: Name of the facet.
        title: Its title for people.
        first: The values shown at once.
        rest: The values that appear with one click.
        unlisted: Number of values that are not on the page, as far as they were counted.
        cut: Whether there are still more values.
        open: Whether the rest is shown from the start, because it has a selected value.
    """

    name: str
    title: str
    first: tuple[FacetValue, ...]
    rest: tuple[FacetValue, ...]
    unlisted: int
    cut: bool
    open: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of results; the current page and gaps have no address."""

    label: str
    address: str = ""
    current: bool = False
    rel: str = ""


def search_path(request: SearchRequest) -> str:
    """Return the address of a search."""
    parameters = write_parameters(request)
    return "/search" + (f"?{urlencode(parameters)}" if parameters else "")


SWITCH_LABELS = {
    "hidden": "Including withdrawn and rejected papers",
    "expand": "Including related terms",
}
"""How an active filter names each of `search.request.search_request.SWITCHES`."""


def list_active_filters(results: Results) -> list[ActiveFilter]:
    """List the active filters, each with the address of the search without it."""
    request, found = results.request, []
    for name, selection in request.selections.items():
        for label, rest in _list_narrower(selection):
            selections = dict(request.selections) | {name: rest}
            wider = replace(request, selections=selections, page=1)
            found.append(ActiveFilter(f"{FACETS[name].title}: {label}", search_path(wider)))
    for name, label in SWITCH_LABELS.items():
        if getattr(request, name):
            found.append(ActiveFilter(label, search_path(turn_off(request, name))))
    for name, labels in CHOICE_LABELS.items():
        if (value := getattr(request, name)) in labels:
            found.append(ActiveFilter(labels[value], search_path(turn_off(request, name))))
    if request.view is View.RECORDS:
        works = switch_view(request, results.parsed, View.WORKS)
        found.append(ActiveFilter("Duplicates shown separately", search_path(works)))
    return found


def find_other_view(results: Results) -> SearchRequest | None:
    """Return the same search over records, or over works if the results are records.

    Returns:
        The search, or None if no hit is merged from several records, so that both are equal.
    """
    if results.view is View.RECORDS:
        return switch_view(results.request, results.parsed, View.WORKS)
    if any(list_merged_ids(hit.paper) for hit in results.hits):
        return switch_view(results.request, results.parsed, View.RECORDS)
    return None


def _list_narrower(selection: Selection) -> Iterator[tuple[str, Selection]]:
    """Yield the label of each selected value or range, and the selection without it."""
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


def group_facets(results: Results) -> list[FacetGroup]:
    """Group the facets for the page, selected values first; the year has its histogram."""
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
                cut=name in results.cut_facets,
                open=any(value.selected or value.excluded for value in shown[FIRST_VALUES:]),
            )
        )
    return groups


def list_page_links(results: Results) -> list[PageLink]:
    """List links to the pages around the current one, to the first and to the last."""
    request, last = results.request, results.pages
    if last == 1:
        return []
    current = request.page
    near = range(max(1, current - AROUND), min(last, current + AROUND) + 1)
    links = []
    if current > 1:
        links.append(PageLink("Previous", _page_path(request, current - 1), rel="prev"))
    previous = 0
    for number in sorted({1, *near, last}):
        if number > previous + 1:
            links.append(PageLink("…"))
        is_current = number == current
        address = "" if is_current else _page_path(request, number)
        links.append(PageLink(f"{number:,}", address, current=is_current))
        previous = number
    if current < last:
        links.append(PageLink("Next", _page_path(request, current + 1), rel="next"))
    return links


def _page_path(request: SearchRequest, number: int) -> str:
    return search_path(replace(request, page=number))


def register_filters(app: Flask) -> None:
    """Register the filters that the templates use."""
    app.jinja_env.globals["View"] = View
    app.add_template_filter(search_path, "search_path")
    app.add_template_filter(_path_with_hidden, "with_hidden")
    app.add_template_filter(_path_by_words, "by_words")
    app.add_template_filter(_path_of_respelling, "respelt")
    app.add_template_filter(lambda number: f"{number:,}", "thousands")
    app.add_template_filter(_format_day, "day")
    app.add_template_filter(write_value, "written")
    app.add_template_filter(_list_names, "names")


def _path_with_hidden(request: SearchRequest) -> str:
    return search_path(replace(request, hidden=True, page=1))


def _path_by_words(request: SearchRequest) -> str:
    return search_path(replace(request, meaning=ByMeaning.NONE, page=1))


def _path_of_respelling(request: SearchRequest, query: str) -> str:
    return search_path(replace(request, query=query, page=1))


def _list_names(authors: tuple[Author, ...], highlighter: Highlighter | None = None) -> Markup:
    """List the names of authors. A matching name is always listed, with a mark."""
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


def _format_day(timestamp: str) -> str:
    """Format a timestamp as a day for people: ``28 Nov 2026``."""
    day = date.fromisoformat(timestamp[:10])
    return f"{day.day} {day:%b %Y}"
