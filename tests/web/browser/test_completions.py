"""Test the completions of the search box, used by keyboard alone."""

from playwright.sync_api import Page, expect

from tests.support.browser import Windows, needs_browser

pytestmark = needs_browser

CHOSEN = "[role=option][aria-selected=true]"


def _type(page: Page, text: str) -> None:
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially(text)
    expect(page.locator("#completions")).to_be_visible()


def test_completions_by_keyboard(windows: Windows) -> None:
    """Arrows, Home and End move among the completions, and Enter searches for the chosen one."""
    page = windows.open("/search?q=")
    _type(page, "neur")
    box, options = page.locator("#q"), page.locator("[role=option]")
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("body > [role=status]")).to_have_text(f"{options.count()} completions")
    page.keyboard.press("ArrowDown")
    first = box.get_attribute("aria-activedescendant")
    assert page.locator(CHOSEN).get_attribute("id") == first == options.first.get_attribute("id")
    page.keyboard.press("End")
    assert page.locator(CHOSEN).get_attribute("id") == options.last.get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    assert page.locator(CHOSEN).get_attribute("id") == first
    assert page.url.endswith("/search?q=")
    venue = page.locator("[role=option][data-kind=venue]").first
    assert "NeurIPS" in venue.inner_text()
    while venue.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=venue%3ANeurIPS**")
    expect(page.locator("#q")).to_have_value("venue:NeurIPS")


def test_escape_closes_only_the_completions(windows: Windows) -> None:
    """Escape closes the list and leaves what was typed; Enter then searches for that."""
    page = windows.open("/")
    _type(page, "neur")
    page.keyboard.press("Escape")
    expect(page.locator("#completions")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("neur")
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=neur")
    assert page.locator("#completions").is_hidden()


def test_a_title_opens_its_paper(windows: Windows) -> None:
    """A completion that is a title leads to the page of the paper, from any page."""
    page = windows.open("/paper/kingma-2015-adam")
    _type(page, "attention is all you")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/paper/vaswani-2017-attention")
    assert "Attention" in page.locator("h1").inner_text()


def test_an_author_opens_their_page(windows: Windows) -> None:
    """A name alone leads to the page of the name; after other words it narrows the search."""
    page = windows.open("/")
    _type(page, "ashish vasw")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/authors/Ashish%20Vaswani")
    expect(page.locator("h1")).to_have_text("Ashish Vaswani")
    _type(page, "attention ashish vasw")
    page.locator("[role=option][data-kind=author]").first.click()
    page.wait_for_url("**/search?q=attention+author%3A%22Ashish+Vaswani%22")


def test_what_is_not_completed(windows: Windows) -> None:
    """One letter, unfinished input of another script, and the middle of a text ask for nothing."""
    page = windows.open("/")
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url) if "suggest" in request.url else None
    )
    page.wait_for_load_state("networkidle")
    asked.clear()
    box = page.locator("#q")
    box.press("n")
    box.dispatch_event("compositionstart")
    box.press_sequentially("eur")
    page.wait_for_timeout(300)
    assert asked == []
    box.dispatch_event("compositionend")
    expect(page.locator("#completions")).to_be_visible()
    assert len(asked) == 1
    box.press("Home")
    box.press("x")
    page.wait_for_timeout(300)
    assert len(asked) == 1
    expect(page.locator("#completions")).to_be_hidden()


def test_leaving_the_box_closes_the_completions(windows: Windows) -> None:
    """Tab leaves the box without choosing, and closes the list."""
    page = windows.open("/search?q=adam")
    _type(page, "neur")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator("#completions")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("neur")
