"""Test that searching, filtering and paging work in a browser with script switched off."""

from playwright.sync_api import Page, expect

from tests.support.browser import Windows, needs_browser

pytestmark = needs_browser


def _count_papers(page: Page) -> int:
    text = page.locator("[data-announce]").inner_text()
    return int(text.split()[0].replace(",", ""))


def test_a_search_without_script(windows: Windows) -> None:
    """Typing, filtering, paging and opening a paper work with script switched off."""
    page = windows.open("/search?per_page=3", script=False)
    page.locator("#q").fill("learning")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=learning**")
    page.wait_for_url("**per_page=3*")
    total = _count_papers(page)
    page.locator("input[name=venue][value=NeurIPS]").check()
    page.locator(".filters .apply").click()
    page.wait_for_url("**venue=NeurIPS**")
    narrowed = _count_papers(page)
    assert 3 < narrowed < total
    page.locator("nav.pages a[rel=next]").click()
    page.wait_for_url("**page=2**")
    expect(page.locator("ol.hits")).to_have_attribute("start", "4")
    assert _count_papers(page) == narrowed
    title = page.locator(".hit h2").first.inner_text()
    page.locator(".hit h2 a").first.click()
    page.wait_for_url("**/paper/**")
    expect(page.locator("h1")).to_have_text(title)


def test_only_scripts_hide_buttons(windows: Windows) -> None:
    """The button that applies filters is there without script, and not needed with it."""
    path, button = "/search?q=learning", ".filters .apply"
    expect(windows.open(path, script=False).locator(button)).to_be_visible()
    assert windows.open(path).locator(button).is_hidden()


def test_filters_on_a_phone(windows: Windows) -> None:
    """On a phone, filters are hidden until touched, and targets are large enough."""
    page = windows.open("/search?q=learning", width=390, script=False)
    filters = page.locator("#filters")
    expect(filters).not_to_be_visible()
    page.locator(".open-filters").tap()
    expect(filters).to_be_visible()
    small = page.evaluate(
        "[...document.querySelectorAll('main button, select, .choice, summary, .actions a')]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 24)"
        ".map(e => e.outerHTML)"
    )
    assert small == []
    page.locator(".apply-line .close").tap()
    expect(filters).not_to_be_visible()
