"""Answers: how are the years of the results drawn?

As the bars of an inline SVG, each a link to its years; no script is needed.
"""

from dataclasses import dataclass, replace

from search.answers.results import Results
from search.request.facets import Selection
from search.request.search_request import SearchRequest
from web.pages.view import search_path

WIDTH = 280
HEIGHT = 64
MOST_BARS = 100
"""Years drawn one by one; longer spans are drawn in bars of five or more years."""

LEAST_HEIGHT = 1.5
"""A bar is seen however few its papers are."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: place and size in the drawing's units, what it counts, where it leads."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int
    address: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """All bars, and the first and the last year of the results."""

    bars: tuple[Bar, ...]
    first: int
    last: int
    low: int | None
    high: int | None
    width: int = WIDTH
    height: int = HEIGHT


def histogram(results: Results) -> Histogram | None:
    """Lay out the years of the results, or None if no paper has one."""
    counts = {int(value.value): value.count for value in results.facets.get("year", ())}
    present = [year for year, count in counts.items() if count]
    if not present:
        return None
    first, last = min(present), max(present)
    step = -(-(last - first + 1) // MOST_BARS)
    step = step if step == 1 else -(-step // 5) * 5
    starts = range(first - first % step, last + 1, step)
    sums = [sum(counts.get(year, 0) for year in range(at, at + step)) for at in starts]
    selection = results.request.selections.get("year", Selection())
    bars = tuple(
        _bar(place, (at, at + step - 1), (sums[place], max(sums), len(sums)), results.request)
        for place, at in enumerate(starts)
        if sums[place]
    )
    return Histogram(bars, first, last, *_bounds(selection))


def _bar(
    place: int, years: tuple[int, int], scale: tuple[int, int, int], request: SearchRequest
) -> Bar:
    count, most, bars = scale
    first, last = years
    height = max(LEAST_HEIGHT, HEIGHT * count / most)
    width = WIDTH / bars
    chosen = Selection(values=(str(first),)) if first == last else Selection(low=first, high=last)
    narrowed = replace(request, selections={**request.selections, "year": chosen}, page=1)
    return Bar(
        x=round(place * width, 2),
        y=round(HEIGHT - height, 2),
        width=round(max(width * 0.85, 0.8), 2),
        height=round(height, 2),
        label=str(first) if first == last else f"{first} to {last}",
        count=count,
        address=search_path(narrowed),
        selected=_selected(first, last, request.selections.get("year", Selection())),
    )


def _selected(first: int, last: int, selection: Selection) -> bool:
    if any(first <= int(value) <= last for value in selection.values):
        return True
    low, high = selection.low, selection.high
    if low is None and high is None:
        return False
    return (low is None or last >= low) and (high is None or first <= high)


def _bounds(selection: Selection) -> tuple[int | None, int | None]:
    """Give what the two boxes for years say: the range, or the one year."""
    if _is_one_year(selection):
        return int(selection.values[0]), int(selection.values[0])
    return selection.low, selection.high


def not_in_boxes(selection: Selection) -> Selection:
    """Give what is selected of the years and the two boxes cannot say."""
    if _is_one_year(selection):
        return replace(selection, values=())
    return replace(selection, low=None, high=None)


def _is_one_year(selection: Selection) -> bool:
    return len(selection.values) == 1 and selection.low is None and selection.high is None
