"""Test that BibTeX is copied, with a clipboard and without one."""

from playwright.sync_api import Page, expect

from tests.support.browser import Windows, needs_browser

pytestmark = needs_browser

PAPER = "/paper/kingma-2015-adam"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


def _copy(page: Page) -> str:
    """Press the control that copies, and return what can then be pasted."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    control = page.locator("[data-copy]").first
    control.click()
    expect(control).to_have_text("Copied")
    page.locator("#q").fill("")
    page.locator("#q").press("ControlOrMeta+v")
    return page.locator("#q").input_value()


def test_bibtex_is_copied(windows: Windows) -> None:
    """The button copies the entry and says so."""
    page = windows.open(PAPER)
    assert _copy(page).startswith("@")
    assert page.url.endswith(PAPER)


def test_bibtex_is_copied_without_a_clipboard(windows: Windows) -> None:
    """Browsers have no clipboard on plain http; the older way copies there."""
    page = windows.open(PAPER)
    page.evaluate(NO_CLIPBOARD)
    assert _copy(page).startswith("@")
