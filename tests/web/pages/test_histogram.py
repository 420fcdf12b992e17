"""Test that the histogram counts every paper with a year and links to it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from search.answers.searcher import Searcher
from search.request.facets import Selection
from search.request.parameters import parse_parameters
from search.request.search_request import SearchRequest
from web.pages.histogram import (
    HEIGHT,
    LEAST_HEIGHT,
    MOST_BARS,
    WIDTH,
    Bar,
    Histogram,
    lay_out_histogram,
    remove_boxes,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _lay_out(searcher: Searcher, parameters: str) -> Histogram:
    """Return the histogram of a search, which must have bars."""
    drawn = lay_out_histogram(searcher.search(parse_parameters(parse_qsl(parameters))))
    assert drawn is not None
    assert drawn.bars
    return drawn


@pytest.fixture(scope="module")
def centuries(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over papers from 1665 to 2024, more in later years."""
    years = [1665, 1666, 1799, *(year for year in range(1900, 2025) for _ in range(year - 1895))]
    records = ({"id": f"p{n}", "title": f"Paper {n}", "year": y} for n, y in enumerate(years))
    return Searcher(index_of(*records, {"id": "none", "title": "Paper without a year"}))


def _follow(bar: Bar) -> SearchRequest:
    """Return the request that a bar leads to."""
    return parse_parameters(parse_qsl(urlsplit(bar.address).query))


@pytest.mark.parametrize("parameters", ["", "q=learning", "q=adam&venue=ICLR"])
def test_two_clicks_on_a_bar_lead_to_its_papers(sample_searcher: Searcher, parameters: str) -> None:
    """The first click selects the papers from a year on, the second those of this year."""
    bars = _lay_out(sample_searcher, parameters).bars
    for place, bar in enumerate(bars):
        request = _follow(bar)
        assert request.selections["year"] == Selection(low=int(bar.label))
        results = sample_searcher.search(request)
        again = lay_out_histogram(results)
        assert again is not None
        assert [one.count for one in again.bars] == [one.count for one in bars]
        assert again.hint == f"From {bar.label}. Choose the last year"
        second = _follow(again.bars[place])
        assert second.selections["year"] == Selection(values=(bar.label,))
        # The link hides withdrawn papers, as the count does.
        assert sample_searcher.search(second).total == bar.count


def test_two_clicks_select_a_range(sample_searcher: Searcher) -> None:
    """The second click selects the years between both, in whatever order they are clicked."""
    for start, end in (("2014", "2017"), ("2017", "2014")):
        bars = _lay_out(sample_searcher, f"q=learning&year={start}..").bars
        bar = next(bar for bar in bars if bar.label == end)
        selected = _follow(bar).selections["year"]
        assert selected == Selection(low=2014, high=2017)
    drawn = _lay_out(sample_searcher, "q=learning&year=2014..2017&page=2")
    assert drawn.hint == "Choose the first year"
    assert parse_parameters(parse_qsl(urlsplit(drawn.every).query)) == SearchRequest("learning")
    assert _lay_out(sample_searcher, "q=learning").every == ""


def test_each_bar_of_many_years_leads_to_its_papers(centuries: Searcher) -> None:
    """Over a long span, a bar covers several years; its label names them, two clicks find them."""
    drawn = _lay_out(centuries, "")
    assert (drawn.first, drawn.last, drawn.step) == (1665, 2024, 5)
    assert len(drawn.bars) <= MOST_BARS
    assert drawn.bars[0].label == "1665 to 1669"
    assert sum(bar.count for bar in drawn.bars) == centuries.manifest.papers - 1
    for place in range(0, len(drawn.bars), 10):
        bar = drawn.bars[place]
        again = lay_out_histogram(centuries.search(_follow(bar)))
        assert again is not None
        assert centuries.search(_follow(again.bars[place])).total == bar.count


def test_a_search_too_long_for_links_has_bars_without(sample_searcher: Searcher) -> None:
    """The bars of a search whose address is long are drawn, but lead nowhere."""
    drawn = _lay_out(sample_searcher, "q=learning+OR+" + "a" * 900)
    assert {bar.address for bar in drawn.bars} == {""}


@pytest.mark.parametrize("parameters", ["", "q=learning", "year=2014..2016", "q=adam"])
def test_bars_fit_the_drawing(sample_searcher: Searcher, parameters: str) -> None:
    """Bars do not overlap, the highest fills the drawing, and every bar is visible."""
    bars = _lay_out(sample_searcher, parameters).bars
    assert max(bar.height for bar in bars) == HEIGHT
    assert min(bar.height for bar in bars) >= LEAST_HEIGHT
    for bar in bars:
        assert bar.y + bar.height == pytest.approx(HEIGHT, abs=0.02)
        assert 0 <= bar.x < bar.x + bar.width <= WIDTH
    for left, right in pairwise(bars):
        assert left.x + left.width < right.x


def test_heights_are_proportional_to_counts(sample_searcher: Searcher) -> None:
    """A bar's height is proportional to its papers, but never below the least visible height."""
    bars = _lay_out(sample_searcher, "").bars
    most = max(bars, key=lambda bar: bar.count)
    for bar in bars:
        expected = max(LEAST_HEIGHT, HEIGHT * bar.count / most.count)
        assert bar.height == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("parameters", "selected"),
    [
        ("", set()),
        ("year=2014", {"2014"}),
        ("year=2014&year=2016", {"2014", "2016"}),
        ("year=2014..2016", {"2014", "2015", "2016"}),
        ("year=2022..", {"2022", "2023", "2024"}),
        ("year=..1943", {"1936", "1943"}),
        ("year=-2014", set()),
    ],
)
def test_selected_bars(sample_searcher: Searcher, parameters: str, selected: set[str]) -> None:
    """Selected years are marked, and the other years can still be chosen."""
    bars = _lay_out(sample_searcher, parameters).bars
    assert {bar.label for bar in bars if bar.selected} == selected
    assert len(bars) == len(_lay_out(sample_searcher, "").bars)


def test_a_bar_replaces_the_years_and_keeps_the_rest(sample_searcher: Searcher) -> None:
    """A bar's link keeps query, other facets and sort, and drops the page and other years."""
    drawn = _lay_out(sample_searcher, "q=learning&type=preprint&year=2014..2020&sort=title&page=2")
    bar = next(bar for bar in drawn.bars if bar.label == "2017")
    assert sorted(parse_qsl(urlsplit(bar.address).query)) == [
        ("q", "learning"),
        ("sort", "title"),
        ("type", "preprint"),
        ("year", "2017.."),
    ]


@pytest.mark.parametrize("parameters", ["q=zzzqqq", "facets=author", "q=id:nosuch"])
def test_nothing_to_draw(sample_searcher: Searcher, parameters: str) -> None:
    """Without years there is no histogram."""
    assert (
        lay_out_histogram(sample_searcher.search(parse_parameters(parse_qsl(parameters)))) is None
    )


BOXES = [
    (Selection(), (None, None), Selection()),
    (Selection(values=("2014",)), (2014, 2014), Selection()),
    (Selection(low=2014), (2014, None), Selection()),
    (Selection(low=2014, high=2016), (2014, 2016), Selection()),
    (Selection(values=("2014", "2016")), (None, None), Selection(values=("2014", "2016"))),
    (Selection(values=("2014",), high=2016), (None, 2016), Selection(values=("2014",))),
    (Selection(values=("2014",), excluded=("2015",)), (2014, 2014), Selection(excluded=("2015",))),
    (Selection(excluded=("2014",)), (None, None), Selection(excluded=("2014",))),
]


@pytest.mark.parametrize(("selection", "boxes", "beside"), BOXES)
def test_values_of_the_year_boxes(
    sample_searcher: Searcher,
    selection: Selection,
    boxes: tuple[int | None, int | None],
    beside: Selection,
) -> None:
    """The boxes show a range or one year; any other selection is kept beside them."""
    drawn = lay_out_histogram(sample_searcher.search(SearchRequest(selections={"year": selection})))
    assert drawn is not None
    assert (drawn.low, drawn.high) == boxes
    assert remove_boxes(selection) == beside
