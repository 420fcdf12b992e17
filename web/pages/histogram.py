"""Lay out the histogram of the years of the results.

It is an inline SVG. Each bar links to the results of its years, so no script is needed.
"""

from dataclasses import dataclass, replace

from search.answers.results import Results
from search.request.facets import Selection
from search.request.search_request import SearchRequest
from web.pages.view import link_paths

WIDTH = 280
HEIGHT = 64
MOST_BARS = 100
"""Bars at most; a longer span of years is drawn in bars of 5, 10, 15 ... years."""

LEAST_HEIGHT = 1.5
"""Height of the smallest bar, so that it stays visible."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: place and size in the drawing's units, years, label, count and link, if it fits."""

    x: float
    y: float
    width: float
    height: float
    first: int
    last: int
    label: str
    count: int
    address: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """The bars of the years that have papers.

    Attributes:
        bars: From left to right.
        first: First year of the results.
        last: Last year of the results.
        low: What the form's first year box shows, or None.
        high: What its second year box shows, or None.
        width: Of the drawing.
        height: Of the drawing.
    """

    bars: tuple[Bar, ...]
    first: int
    last: int
    low: int | None
    high: int | None
    width: int = WIDTH
    height: int = HEIGHT


def lay_out_histogram(results: Results) -> Histogram | None:
    """Lay out the years of the results; return None if no paper has a year."""
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
    drawn = [(place, at, at + step - 1) for place, at in enumerate(starts) if sums[place]]
    paths = link_paths([_select_years(results.request, at, end) for _, at, end in drawn])
    bars = tuple(
        _lay_out_bar(place, (at, end), (sums[place], max(sums), len(sums)), selection, path)
        for (place, at, end), path in zip(drawn, paths, strict=True)
    )
    return Histogram(bars, first, last, *_fill_boxes(selection))


def _select_years(request: SearchRequest, first: int, last: int) -> SearchRequest:
    chosen = Selection(values=(str(first),)) if first == last else Selection(low=first, high=last)
    return replace(request, selections={**request.selections, "year": chosen}, page=1)


def _lay_out_bar(
    place: int, years: tuple[int, int], scale: tuple[int, int, int], selection: Selection, path: str
) -> Bar:
    count, most, bars = scale
    first, last = years
    height = max(LEAST_HEIGHT, HEIGHT * count / most)
    width = WIDTH / bars
    return Bar(
        x=round(place * width, 2),
        y=round(HEIGHT - height, 2),
        width=round(max(width * 0.85, 0.8), 2),
        height=round(height, 2),
        first=first,
        last=last,
        label=str(first) if first == last else f"{first} to {last}",
        count=count,
        address=path,
        selected=_overlaps(first, last, selection),
    )


def _overlaps(first: int, last: int, selection: Selection) -> bool:
    """Return whether a bar's years overlap the selected ones."""
    if any(first <= int(value) <= last for value in selection.values):
        return True
    low, high = selection.low, selection.high
    if low is None and high is None:
        return False
    return (low is None or last >= low) and (high is None or first <= high)


def _fill_boxes(selection: Selection) -> tuple[int | None, int | None]:
    """Return what the form's two year boxes show: a range, or one year twice."""
    if _is_one_year(selection):
        return int(selection.values[0]), int(selection.values[0])
    return selection.low, selection.high


def remove_boxes(selection: Selection) -> Selection:
    """Remove from a selection of years what the form's two year boxes show."""
    if _is_one_year(selection):
        return replace(selection, values=())
    return replace(selection, low=None, high=None)


def _is_one_year(selection: Selection) -> bool:
    return len(selection.values) == 1 and selection.low is None and selection.high is None
