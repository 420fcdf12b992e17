"""Test the single keys, the list of them, and that they can be switched off."""

from playwright.sync_api import expect

from tests.support.browser import Windows, needs_browser

pytestmark = needs_browser


def test_keys_move_and_open(windows: Windows) -> None:
    """The keys j and k move the focus between hits, o opens one, and / goes to the box."""
    page = windows.open("/search?q=learning")
    titles = page.locator(".hit h2 a")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(titles.nth(place)).to_be_focused()
    title = titles.nth(1).inner_text()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("jko/c?")
    expect(page.locator("#q")).to_have_value("jko/c?")
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/paper/**")
    expect(page.locator("h1")).to_have_text(title)


def test_a_key_cites(windows: Windows) -> None:
    """The key c opens the citation of the hit that has the focus."""
    page = windows.open("/search?q=attention+vaswani")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_url("**/cite")
    assert "vaswani" in page.url
    assert "@" in page.locator("#bibtex").inner_text()


def test_modifiers_are_left_to_the_browser(windows: Windows) -> None:
    """No key acts together with Ctrl, Alt or Meta."""
    page = windows.open("/search?q=learning")
    for key in ("Control+j", "Alt+j", "Meta+k"):
        page.keyboard.press(key)
        assert page.locator(".hit h2 a:focus").count() == 0


def test_the_list_of_keys(windows: Windows) -> None:
    """The key ? shows the keys in a dialog, in which they can be switched off for good."""
    page = windows.open("/")
    page.locator("#q").blur()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    assert dialog.locator("kbd").all_inner_texts() == ["/", "j", "k", "o", "c", "?"]
    dialog.get_by_label("Use single-key shortcuts").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.reload()
    page.locator("#q").blur()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
