"""Prepare results for the templates: filters, facets, page links and names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from flask import Flask

from search.answers.index_views import list_merged_ids, switch_view
from search.answers.results import Results
from search.request.facets import FACETS, FacetValue, Selection, write_value
from search.request.parameters import turn_off, write_parameters
from search.request.search_request import ByMeaning, SearchRequest, View
from web.pages.page_size import (
    LONGEST_ADDRESS,
    LONGEST_ADDRESSES,
    MOST_AUTHORS,
    MOST_SOURCES,
    MOST_VERSIONS,
    cut_list,
    cut_paragraphs,
    shorten_echo,
    shorten_label,
    take_fitting,
)
from web.wording import CHOICE_LABELS

FIRST_VALUES = 8
"""Values of a facet shown at once; the others appear with one click."""

MOST_VALUES = 200
"""Values of a facet on a page at most; the JSON twin has more."""

LONGEST_VALUES = 15_000
"""Characters of the values of a facet on a page, if none is selected. Chosen: 200 institutions
have 9,000."""

AROUND = 2
"""Pages linked on either side of the current one."""


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One active filter, and the address of the search without it, unless that is too long."""

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
    """A link to a page of results.

    Attributes:
        label: The text.
        address: Empty for the current page, for gaps, and where the request is too long for links.
        number: The page; 0 for gaps.
        current: Whether it is the current page.
        rel: How the page relates to the current one.
    """

    label: str
    address: str = ""
    number: int = 0
    current: bool = False
    rel: str = ""


def search_path(request: SearchRequest) -> str:
    """Return the address of a search."""
    parameters = write_parameters(request)
    return "/search" + (f"?{urlencode(parameters)}" if parameters else "")


def link_path(request: SearchRequest) -> str:
    """Return the address of a search for a link; empty if it is too long to be repeated."""
    address = search_path(request)
    return address if len(address) <= LONGEST_ADDRESS else ""


def link_paths(requests: Sequence[SearchRequest]) -> list[str]:
    """Return the addresses of a list of links; all are empty if they are too long together."""
    addresses, left = [], LONGEST_ADDRESSES
    for request in requests:
        addresses.append(search_path(request))
        left -= len(addresses[-1])
        if left < 0:
            return [""] * len(requests)
    return addresses


SWITCH_LABELS = {
    "hidden": "Including withdrawn and rejected papers",
    "expand": "Including related terms",
}
"""How an active filter names each of `search.request.search_request.SWITCHES`."""


def list_active_filters(results: Results) -> list[ActiveFilter]:
    """List the active filters, each with the address of the search without it."""
    found = list(_list_wider(results))
    addresses = link_paths([wider for _, wider in found])
    return [ActiveFilter(label, at) for (label, _), at in zip(found, addresses, strict=True)]


def _list_wider(results: Results) -> Iterator[tuple[str, SearchRequest]]:
    """Yield the label of each active filter and the search without it."""
    request = results.request
    for name, selection in request.selections.items():
        for label, rest in _list_narrower(selection):
            selections = dict(request.selections) | {name: rest}
            title = f"{FACETS[name].title}: {shorten_label(label)}"
            yield title, replace(request, selections=selections, page=1)
    for name, label in SWITCH_LABELS.items():
        if getattr(request, name):
            yield label, turn_off(request, name)
    for name, labels in CHOICE_LABELS.items():
        if (value := getattr(request, name)) in labels:
            yield labels[value], turn_off(request, name)
    if request.view is View.RECORDS:
        yield "Duplicates shown separately", switch_view(request, results.parsed, View.WORKS)


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
        shown = _choose_values(ordered)
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


def _choose_values(ordered: list[FacetValue]) -> tuple[FacetValue, ...]:
    """Choose the values that are shown: all selected ones, and others as far as they fit."""
    chosen = [value for value in ordered if value.selected or value.excluded]
    others = ordered[len(chosen) : max(MOST_VALUES, len(chosen))]
    left = LONGEST_VALUES - sum(len(value.value) for value in chosen)
    return (*chosen, *take_fitting(others, lambda value: len(value.value), left))


def list_page_links(results: Results) -> list[PageLink]:
    """List links to the pages around the current one, to the first and to the last."""
    request, last = results.request, results.pages
    if last == 1:
        return []
    current = request.page
    near = range(max(1, current - AROUND), min(last, current + AROUND) + 1)
    links = []
    if current > 1:
        links.append(PageLink("Previous", *_page_path(request, current - 1), rel="prev"))
    previous = 0
    for number in sorted({1, *near, last}):
        if number > previous + 1:
            links.append(PageLink("…"))
        is_current = number == current
        address = "" if is_current else link_path(replace(request, page=number))
        links.append(PageLink(f"{number:,}", address, number, is_current))
        previous = number
    if current < last:
        links.append(PageLink("Next", *_page_path(request, current + 1), rel="next"))
    return links


def _page_path(request: SearchRequest, number: int) -> tuple[str, int]:
    return link_path(replace(request, page=number)), number


def register_filters(app: Flask) -> None:
    """Register the filters that the templates use."""
    app.jinja_env.globals["View"] = View
    app.add_template_filter(link_path, "link_path")
    app.add_template_filter(_path_with_hidden, "with_hidden")
    app.add_template_filter(_path_by_words, "by_words")
    app.add_template_filter(_path_of_respelling, "respelt")
    app.add_template_filter(lambda number: f"{number:,}", "thousands")
    app.add_template_filter(_format_day, "day")
    app.add_template_filter(write_value, "written")
    app.add_template_filter(shorten_label, "short")
    app.add_template_filter(shorten_echo, "echo")
    app.add_template_filter(cut_paragraphs, "paragraphs")
    app.add_template_filter(cut_list, "cut")
    app.jinja_env.globals.update(
        MOST_AUTHORS=MOST_AUTHORS, MOST_VERSIONS=MOST_VERSIONS, MOST_SOURCES=MOST_SOURCES
    )


def _path_with_hidden(request: SearchRequest) -> str:
    return link_path(replace(request, hidden=True, page=1))


def _path_by_words(request: SearchRequest) -> str:
    return link_path(replace(request, meaning=ByMeaning.NONE, page=1))


def _path_of_respelling(request: SearchRequest, query: str) -> str:
    return link_path(replace(request, query=query, page=1))


def _format_day(timestamp: str) -> str:
    """Format a timestamp as a day for people: ``28 Nov 2026``."""
    day = date.fromisoformat(timestamp[:10])
    return f"{day.day} {day:%b %Y}"
