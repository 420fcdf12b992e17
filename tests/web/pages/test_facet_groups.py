"""Test which facets and values a page of results shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.request.facets import FacetValue
from search.request.search_request import SearchRequest
from tests.support.made_results import make_results
from web.pages.facet_groups import CLOSED, FIRST_VALUES, group_facets, list_closed_facets
from web.pages.page_size import LONGEST_LABEL


def test_facet_groups() -> None:
    """The first values are shown and the others counted."""
    results = make_results(9, venue=300, type=3, year=9, status=0)
    groups = {group.name: group for group in group_facets(results)}
    assert list(groups) == ["venue", "type"]
    assert len(groups["venue"].values) == FIRST_VALUES
    assert (groups["venue"].total, groups["type"].total) == (300, 3)
    assert len(groups["type"].values) == 3
    assert [group.title for group in groups.values()] == ["Venue", "Type"]
    assert not any(group.cut for group in groups.values())
    cut = group_facets(replace(make_results(9, venue=300), cut_facets=("venue",)))
    assert [group.cut for group in cut] == [True]


def test_selected_values_come_first() -> None:
    """A selected or excluded value is shown at once, however few papers it has."""
    results = make_results(9, venue=300)
    values = [
        replace(v, selected=v.value == "v290", excluded=v.value == "v299")
        for v in results.facets["venue"]
    ]
    group = group_facets(replace(results, facets={"venue": tuple(values)}))[0]
    shown = [(value.label, value.parameter, value.chosen) for value in group.values[:3]]
    assert shown == [("v290", "v290", True), ("v299", "-v299", False), ("v0", "v0", False)]
    assert [value.exclusion for value in group.values[:3]] == ["-v290", "", "-v0"]


@pytest.mark.parametrize(
    ("name", "counts", "shown"),
    [
        ("venue", [7], False),
        ("venue", [900, 1], True),
        ("status", [900, 1], True),
        ("type", [900, 1], False),
        ("type", [900, 18], True),
        ("source", [5, 5], True),
    ],
)
def test_facets_that_tell_nothing_are_left_out(
    name: str, counts: list[int], *, shown: bool
) -> None:
    """A facet of one value is left out, and a type that nearly every paper has."""
    values = tuple(FacetValue(f"v{place}", count) for place, count in enumerate(counts))
    results = replace(make_results(9), facets={name: values})
    assert bool(group_facets(results)) is shown
    chosen = (replace(values[0], selected=True), *values[1:])
    assert group_facets(replace(results, facets={name: chosen}))


def test_long_values_are_shortened() -> None:
    """A value of absurd length is shown by its beginning, and selected as a whole."""
    values = (FacetValue("x" * 999, 2), FacetValue("y", 1))
    group = group_facets(replace(make_results(9), facets={"venue": values}))[0]
    assert len(group.values[0].label) == LONGEST_LABEL + 1
    assert group.values[0].parameter == "x" * 999


def test_other_facets_are_closed() -> None:
    """Facets that were not counted are offered by name, unless the request counts them."""
    names = [group.name for group in list_closed_facets(make_results(9, venue=3))]
    assert names == list(CLOSED)
    counted = list_closed_facets(make_results(9, SearchRequest(facets=("author",))))
    assert [group.name for group in counted] == [name for name in CLOSED if name != "author"]
    assert list_closed_facets(make_results(0)) == []
