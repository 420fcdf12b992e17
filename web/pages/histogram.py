"""Lay out the histogram of the years of the results.

It is an inline SVG whose bars are links, so no script is needed: the first click on a bar selects
the papers from its years on, the second the years between both. A script can let a reader drag
over the bars instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from markupsafe import Markup, escape

from search.answers.results import Results
from search.request.facets import Selection
from search.request.search_request import SearchRequest
from web.pages.page_size import LONGEST_ADDRESSES
from web.pages.view import AddressWriter

WIDTH = 224
HEIGHT = 56
MOST_BARS = 100
"""Bars at most; a longer span of years is drawn in bars of 5, 10, 15 ... years."""

LEAST_HEIGHT = 1.5
"""Height of the smallest bar, so that it stays visible."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: place and size in the drawing's units, years, label, count and link, if it fits.

    The drawing is the link with the bar and the empty field behind it, which is easier to hit than
    a low bar.
    """

    x: float
    y: float
    width: float
    height: float
    drawing: Markup
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
        step: Years of a bar.
        low: What the form's first year box shows, or None.
        high: What its second year box shows, or None.
        hint: What a click on a bar does.
        every: The address of the search of all years, if some are selected and it is not too long.
        width: Of the drawing.
        height: Of the drawing.
    """

    bars: tuple[Bar, ...]
    first: int
    last: int
    step: int
    low: int | None = None
    high: int | None = None
    hint: str = ""
    every: str = ""
    width: int = WIDTH
    height: int = HEIGHT


class YearLinks(Protocol):
    """Where the bars lead."""

    @property
    def selection(self) -> Selection:
        """The selected years."""

    def write(self, first: int, last: int) -> str:
        """Return the address that a bar of some years leads to; empty for none."""


def lay_out_histogram(results: Results) -> Histogram | None:
    """Lay out the years of the results; return None if no paper has a year."""
    counts = {int(value.value): value.count for value in results.facets.get("year", ())}
    selection = results.request.selections.get("year", Selection())
    links = _SearchLinks(results.request, selection)
    drawn = lay_out_years(counts, links)
    if drawn is None:
        return None
    low, high = _fill_boxes(selection)
    every = links.base if selection else ""
    return replace(drawn, low=low, high=high, hint=links.hint, every=every)


def lay_out_years(counts: Mapping[int, int], links: YearLinks) -> Histogram | None:
    """Lay out papers by year; return None if no year has any.

    Args:
        counts: The number of papers of each year.
        links: Where the bars lead.
    """
    present = [year for year, count in counts.items() if count]
    if not present:
        return None
    first, last = min(present), max(present)
    step = -(-(last - first + 1) // MOST_BARS)
    step = step if step == 1 else -(-step // 5) * 5
    starts = range(first - first % step, last + 1, step)
    sums = [sum(counts.get(year, 0) for year in range(at, at + step)) for at in starts]
    bars = tuple(
        _lay_out_bar(place, (at, at + step - 1), (sums[place], max(sums), len(sums)), links)
        for place, at in enumerate(starts)
        if sums[place]
    )
    return Histogram(bars, first, last, step)


class _SearchLinks:
    """Writes the addresses of the bars; the search is encoded once for all of them.

    Attributes:
        base: The address of the search of all years; empty if it is too long to be repeated.
        hint: What a click on a bar does.
        selection: The selected years.
    """

    def __init__(self, request: SearchRequest, selection: Selection) -> None:
        base = AddressWriter(request).write(year="")
        self.base = base if len(base) * MOST_BARS <= LONGEST_ADDRESSES else ""
        self.selection = selection
        self._joiner = "&" if "?" in base else "?"
        plain = Selection(low=selection.low)
        self._start = selection.low if selection == plain else None
        self.hint = "Choose the first year"
        if self._start is not None:
            self.hint = f"From {self._start}. Choose the last year"

    def write(self, first: int, last: int) -> str:
        """Return the address that a bar of some years leads to; empty if it is too long."""
        if not self.base:
            return ""
        years = f"{first}.."
        if self._start is not None:
            low, high = min(first, self._start), max(last, self._start)
            years = str(low) if low == high else f"{low}..{high}"
        return f"{self.base}{self._joiner}year={years}"


def _lay_out_bar(
    place: int, years: tuple[int, int], scale: tuple[int, int, int], links: YearLinks
) -> Bar:
    count, most, bars = scale
    first, last = years
    height = max(LEAST_HEIGHT, HEIGHT * count / most)
    width = WIDTH / bars
    x, y = round(place * width, 2), round(HEIGHT - height, 2)
    width, height = round(max(width * 0.85, 0.8), 2), round(height, 2)
    selected = _overlaps(first, last, links.selection)
    label = str(first) if first == last else f"{first} to {last}"
    address = links.write(first, last)
    drawing = _draw_bar((x, y, width, height), selected=selected)
    return Bar(
        x=x,
        y=y,
        width=width,
        height=height,
        drawing=_link_bar(years, f"{label}: {count:,}", drawing, address, begins=not place),
        first=first,
        last=last,
        label=label,
        count=count,
        address=address,
        selected=selected,
    )


def _link_bar(
    years: tuple[int, int], title: str, drawing: str, address: str, *, begins: bool
) -> Markup:
    """Write the element of a bar at once: a page has 40, and templates take longer for each value.

    Args:
        years: Its first and its last year.
        title: Its years and their count.
        drawing: What it contains.
        address: Where it leads, or nothing.
        begins: Whether it is the first one, to which the Tab key leads.
    """
    tab = "" if begins else ' tabindex="-1"'
    link = f' href="{escape(address)}" rel="nofollow"{tab}' if address else ""
    tag = "a" if address else "g"
    return Markup(  # noqa: S704 - numbers, and an escaped address
        f'<{tag} data-first="{years[0]}" data-last="{years[1]}"{link}>'
        f"<title>{title}</title>{drawing}</{tag}>"
    )


def _draw_bar(box: tuple[float, float, float, float], *, selected: bool) -> str:
    """Draw a bar and the field behind it.

    Args:
        box: The place across and down, the width and the height.
        selected: Whether its years are selected.
    """
    x, y, width, height = box
    shape = "bar on" if selected else "bar"
    return (
        f'<rect class="gap" x="{x}" width="{width}" height="{HEIGHT}"/>'
        f'<rect class="{shape}" x="{x}" y="{y}" width="{width}" height="{height}"/>'
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
