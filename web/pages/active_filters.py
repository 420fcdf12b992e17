"""List the active filters of a search, how many papers each hides, and the search without them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from search.answers.index_views import switch_view
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.budget.optional_steps import OptionalSteps
from search.request.facets import FACETS, Selection
from search.request.parameters import turn_off
from search.request.search_request import CHOICES, SWITCHES, SearchRequest, View
from search.request.since import format_since
from web.pages.page_size import shorten_label
from web.pages.view import link_path, link_paths
from web.wording import CHOICE_LABELS

MOST_COUNTED = 6
"""Filters of which it is counted how many papers they hide; chosen: a count takes about 1 ms."""

SWITCH_LABELS = {
    "hidden": "Including withdrawn and rejected papers",
    "expand": "Including related terms",
}
"""How an active filter names each of `search.request.search_request.SWITCHES`."""

Count = Callable[[SearchRequest], int | None]
"""Counts the hits of another search; None if that takes too long."""


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One active filter.

    Attributes:
        label: The filter for people.
        address: The search without it; empty if that is too long.
        hides: How many more papers are found without it; None if that was not counted, or if none
            are, as without one of several values that a paper may have.
        excludes: Whether the filter leaves a value out.
    """

    label: str
    address: str
    hides: int | None = None
    excludes: bool = False


@dataclass(frozen=True, slots=True)
class ActiveFilters:
    """The active filters of a search.

    Attributes:
        filters: Each filter.
        address: The search without any of them; empty if that is too long.
        total: How many papers are found without the selected values; None if that is not known.
    """

    filters: tuple[ActiveFilter, ...]
    address: str = ""
    total: int | None = None


def make_counter(searcher: Searcher, results: Results) -> Count:
    """Return what counts the hits of the same query with other filters, as the budget allows."""
    steps = OptionalSteps()
    return lambda request: steps.attempt(lambda: searcher.count_hits(request, results.parsed), None)


def list_active_filters(results: Results, count: Count | None = None) -> ActiveFilters:
    """List the active filters, each with the address of the search without it.

    Args:
        results: The results.
        count: Counts the hits of a search with fewer filters; None to count nothing.
    """
    request, found = results.request, list(_list_wider(results))
    if not found:
        return ActiveFilters(())
    addresses = link_paths([wider for _, wider in found])
    filters = []
    for place, ((label, wider), address) in enumerate(zip(found, addresses, strict=True)):
        narrows = (wider.selections, wider.since) != (request.selections, request.since)
        hides = None
        if count and narrows and place < MOST_COUNTED and (more := count(wider)) is not None:
            hides = max(0, more - results.total) or None
        filters.append(ActiveFilter(label, address, hides, ": not " in label))
    unfiltered = replace(request, selections={}, since="", page=1)
    total = count(unfiltered) if count and (request.selections or request.since) else None
    return ActiveFilters(tuple(filters), link_path(_clear(results)), total)


def _clear(results: Results) -> SearchRequest:
    """Return the same search without any filter and with every switch as by default."""
    plain = turn_off(replace(results.request, selections={}, since=""), *SWITCHES, *CHOICES)
    if plain.view is View.RECORDS:
        return switch_view(plain, results.parsed, View.WORKS)
    return plain


def _list_wider(results: Results) -> Iterator[tuple[str, SearchRequest]]:
    """Yield the label of each active filter and the search without it."""
    request = results.request
    for name, selection in request.selections.items():
        for label, rest in _list_narrower(selection):
            selections = dict(request.selections) | {name: rest}
            if not rest:
                del selections[name]
            title = f"{FACETS[name].title}: {shorten_label(label)}"
            yield title, replace(request, selections=selections, page=1)
    if request.since:
        yield f"New since {format_since(request.since)}", replace(request, since="", page=1)
    for name, label in SWITCH_LABELS.items():
        if getattr(request, name):
            yield label, turn_off(request, name)
    for name, labels in CHOICE_LABELS.items():
        if (value := getattr(request, name)) in labels:
            yield labels[value], turn_off(request, name)
    if request.view is View.RECORDS:
        yield "Duplicates shown separately", switch_view(request, results.parsed, View.WORKS)


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
