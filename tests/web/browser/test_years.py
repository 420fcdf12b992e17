"""Test the selection of years by dragging over the histogram."""

from playwright.sync_api import Page, expect

from tests.support.browser import Windows, needs_browser

pytestmark = needs_browser


def _drag(page: Page, start: int, end: int) -> tuple[str, str]:
    """Drag from one bar to another; return the first year of the one and the last of the other."""
    bars = page.locator("[data-years] [data-first]")
    first, last = bars.nth(start), bars.nth(end)
    first.scroll_into_view_if_needed()
    places = [bar.bounding_box() for bar in (first, last)]
    years = [str(first.get_attribute("data-first")), str(last.get_attribute("data-last"))]
    for place, move in zip(places, ("down", "up"), strict=True):
        assert place is not None
        page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] - 2, steps=4)
        getattr(page.mouse, move)()
    low, high = sorted(years)
    return low, high


def test_the_bars_are_one_stop(windows: Windows) -> None:
    """The arrows move among the bars, and Enter selects the years of one."""
    page = windows.open("/search?q=learning")
    bars = page.locator("[data-years] a")
    bars.first.focus()
    for key, place in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        expect(bars.nth(place)).to_be_focused()
    chosen = bars.nth(1).get_attribute("data-first")
    page.keyboard.press("Enter")
    page.wait_for_url("**year=**")
    assert f"year={chosen}" in page.url


def test_a_range_is_dragged(windows: Windows) -> None:
    """Dragging selects the years in place, whichever end it begins at."""
    page = windows.open("/search?q=learning")
    page.evaluate("window.kept = true")
    low, high = _drag(page, 4, 9)
    expect(page.locator("[name=year_from]")).to_have_value(low)
    expect(page.locator("[name=year_to]")).to_have_value(high)
    page.wait_for_url(f"**year_from={low}&year_to={high}**")
    assert page.evaluate("window.kept")
    _drag(page, 3, 1)
    page.wait_for_url(lambda url: f"year_from={low}" not in url)
    assert page.evaluate("window.kept")
