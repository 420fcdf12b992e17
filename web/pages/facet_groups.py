"""Lay out the facets of a page of results as groups of values to choose or to exclude."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.answers.results import Results
from search.request.facets import FACETS, FacetValue
from web.pages.page_size import shorten_label
from web.pages.view import AddressWriter

FIRST_VALUES = 8
"""Values of a facet on a page of results, besides the selected ones; its own page has all."""

NEVER_CLOSED = ("venue", "year", "status")
"""Facets that are shown whenever they have two values."""

LEAST_SHARE = 50
"""Any other facet is shown if one paper in so many has not its most frequent value. Chosen: of
95,099 papers of conferences, 217 are of another type, which tells a reader nothing."""

CLOSED = ("author", "topic", "institution")
"""Facets whose values are counted only once they are opened: counting them takes 20 to
100 ms at 95,000 papers, and up to .5 s at 2 million."""


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One value of a facet as a page shows it.

    Attributes:
        label: The value for people, shortened if it is absurdly long.
        parameter: The parameter that keeps it as it is: chosen, excluded or neither.
        exclusion: The parameter that excludes it; empty if it is excluded.
        count: Its number of papers, with thousands separated.
        chosen: Whether it is chosen.
    """

    label: str
    parameter: str
    exclusion: str
    count: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet as a group of check boxes.

    Attributes:
        name: Name of the facet.
        title: Its title for people.
        values: The values that are shown.
        total: The number of its values, as far as they were counted.
        cut: Whether there are still more values.
        address: The search that counts them too, for a closed facet; empty if it is too long.
    """

    name: str
    title: str
    values: tuple[ShownValue, ...] = ()
    total: int = 0
    cut: bool = False
    address: str = ""


def group_facets(results: Results) -> list[FacetGroup]:
    """Group the facets for the page, selected values first; the year has its histogram.

    A facet that would tell nothing is left out, unless one of its values is selected.
    """
    return [
        FacetGroup(
            name, FACETS[name].title, show_values(_choose_values(values)), len(values),
            name in results.cut_facets,
        )
        for name, values in results.facets.items()
        if name != "year" and values and _is_telling(name, values)
    ]  # fmt: skip


def list_closed_facets(results: Results) -> list[FacetGroup]:
    """List the facets of a search with hits that were not counted, with what opens each."""
    if not results.total:
        return []
    counted, write = results.request.facets, AddressWriter(results.request).write
    return [
        FacetGroup(name, FACETS[name].title, address=write(facets=",".join((*counted, name))))
        for name in CLOSED
        if name not in counted
    ]


def show_values(values: Iterable[FacetValue]) -> tuple[ShownValue, ...]:
    """Return the values of a facet as a page shows them."""
    return tuple(
        ShownValue(
            label=shorten_label(value.value),
            parameter=value.parameter,
            exclusion="" if value.excluded else f"-{value.value}",
            count=f"{value.count:,}",
            chosen=value.selected,
        )
        for value in values
    )


def _is_telling(name: str, values: tuple[FacetValue, ...]) -> bool:
    if any(value.selected or value.excluded for value in values):
        return True
    if len(values) == 1:
        return False
    most, *others = sorted((value.count for value in values), reverse=True)
    return name in NEVER_CLOSED or sum(others) * LEAST_SHARE >= most


def _choose_values(values: tuple[FacetValue, ...]) -> list[FacetValue]:
    """Choose the values that are shown: all selected ones first, then the most frequent."""
    chosen = [value for value in values if value.selected or value.excluded]
    others = [value for value in values if not (value.selected or value.excluded)]
    return chosen + others[: max(0, FIRST_VALUES - len(chosen))]
