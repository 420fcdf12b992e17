"""Test the active filters: their labels, what they hide, and the searches without them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
from hypothesis import given

from search.request.parameters import parse_parameters, turn_off
from search.request.search_request import CHOICES, SWITCHES, SearchRequest, View
from tests.support.made_results import REQUESTS, make_results, parse_address
from web.pages.active_filters import MOST_COUNTED, list_active_filters, make_counter

if TYPE_CHECKING:
    from search.answers.searcher import Searcher


@given(REQUESTS)
def test_each_chip_drops_one_filter(request: SearchRequest) -> None:
    """Following the chips one after the other removes one filter each, until none is left."""
    current = request
    for expected in range(len(list_active_filters(make_results(request=request)).filters), 0, -1):
        chips = list_active_filters(make_results(request=current)).filters
        assert len(chips) == expected
        current = parse_address(chips[0].address)
        assert current.page == 1
    assert not any(current.selections.values())
    assert current == replace(turn_off(current, *SWITCHES, *CHOICES), page=current.page)
    assert current.view is View.WORKS
    assert (current.query, current.sort) == (request.query, request.sort)


@given(REQUESTS)
def test_all_filters_can_be_cleared(request: SearchRequest) -> None:
    """One link drops every filter, and keeps the query and the sort."""
    active = list_active_filters(make_results(request=request))
    assert bool(active.filters) == bool(active.address)
    if active.filters:
        cleared = parse_address(active.address)
        assert list_active_filters(make_results(request=cleared)).filters == ()
        assert (cleared.query, cleared.sort) == (request.query, request.sort)


@pytest.mark.parametrize(
    ("parameters", "labels"),
    [
        ("", []),
        ("venue=ICML&venue=-ICLR", ["Venue: ICML", "Venue: not ICLR"]),
        ("year=2014..2016", ["Year: 2014 to 2016"]),
        ("year=2014..2014", ["Year: 2014"]),
        ("year=2014", ["Year: 2014"]),
        ("year=2014..", ["Year: from 2014"]),
        ("year=..2014", ["Year: to 2014"]),
        ("year=..0", ["Year: to 0"]),
        ("year=-2014", ["Year: not 2014"]),
        ("since=2026-11-28", ["New since 2026-11-28"]),
        ("hidden=show", ["Including withdrawn and rejected papers"]),
        ("prior=none", ["Ignoring citations"]),
        ("prior=auto", []),
        ("records=1&prior=citations", ["Favouring cited papers", "Duplicates shown separately"]),
    ],
)
def test_labels_of_chips(parameters: str, labels: list[str]) -> None:
    """A chip names the active filter."""
    chips = list_active_filters(
        make_results(request=parse_parameters(parse_qsl(parameters)))
    ).filters
    assert [chip.label for chip in chips] == labels


def test_filters_say_how_much_they_hide(sample_searcher: Searcher) -> None:
    """A filter hides the papers that the search without it finds besides its own hits."""
    text = "q=learning&venue=NeurIPS&year=2010..2018&hidden=show"
    results = sample_searcher.search(parse_parameters(parse_qsl(text)))
    active = list_active_filters(results, make_counter(sample_searcher, results))
    venue, year, hidden = active.filters
    for one in (venue, year):
        wider = sample_searcher.search(parse_address(one.address))
        assert one.hides == wider.total - results.total > 0
    assert hidden.hides is None
    unfiltered = sample_searcher.search(SearchRequest("learning", hidden=True))
    assert active.total == unfiltered.total


def test_one_of_several_values_hides_nothing(sample_searcher: Searcher) -> None:
    """Without one of two venues fewer papers are found, which is no number that it hides."""
    results = sample_searcher.search(parse_parameters(parse_qsl("venue=NeurIPS&venue=ICML")))
    active = list_active_filters(results, make_counter(sample_searcher, results))
    assert [one.hides for one in active.filters] == [None, None]
    assert active.total is not None
    assert active.total > results.total > 0


def test_few_filters_are_counted(sample_searcher: Searcher) -> None:
    """Of many filters only the first are counted."""
    found = sample_searcher.search(parse_parameters([("facets", "venue")])).facets["venue"]
    venues = [("venue", f"-{one.value}") for one in found[: MOST_COUNTED + 3]]
    results = sample_searcher.search(parse_parameters(venues))
    active = list_active_filters(results, make_counter(sample_searcher, results))
    counted = [one for one in active.filters if one.hides is not None]
    assert len(counted) == MOST_COUNTED


def test_exclusions_are_told_apart() -> None:
    """A filter that leaves a value out says so."""
    request = parse_parameters(parse_qsl("venue=ICML&venue=-ICLR"))
    active = list_active_filters(make_results(request=request))
    assert [one.excludes for one in active.filters] == [False, True]
