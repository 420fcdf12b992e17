"""Test that filters, sorts and pages replace the results without loading the page anew."""

from playwright.sync_api import Page, Route, expect

from tests.support.browser import Windows, needs_browser

pytestmark = needs_browser

ANNOUNCED = "body > [role=status]"


def _open(windows: Windows, path: str = "/search?q=learning&per_page=5") -> Page:
    """Open a page of results, marked so that loading it anew would show."""
    page = windows.open(path)
    page.evaluate("window.kept = true")
    return page


def _is_kept(page: Page) -> bool:
    return bool(page.evaluate("window.kept === true"))


def _total(page: Page) -> str:
    return page.locator("[data-announce]").inner_text()


def test_a_filter_keeps_focus_and_history(windows: Windows) -> None:
    """A ticked filter narrows the results in place; the back button widens them again."""
    page = _open(windows)
    before = _total(page)
    page.locator("input[type=checkbox][name=venue][value=NeurIPS]").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**venue=NeurIPS**")
    box = page.locator("input[type=checkbox][name=venue][value=NeurIPS]")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    narrowed = _total(page)
    assert narrowed != before
    expect(page.locator(ANNOUNCED)).to_have_text(narrowed)
    page.go_back()
    expect(page.locator("[data-announce]")).to_have_text(before)
    assert not page.locator("input[type=checkbox][name=venue][value=NeurIPS]").is_checked()
    page.go_forward()
    expect(page.locator("[data-announce]")).to_have_text(narrowed)
    assert _is_kept(page)
    assert page.url.endswith("/search?q=learning&per_page=5&venue=NeurIPS")


def test_pages_land_at_the_results(windows: Windows) -> None:
    """The next page shows from its first hit; the title and the order of links are the server's."""
    page = _open(windows)
    page.locator("nav.pages a[rel=next]").click()
    page.wait_for_url("**page=2**")
    expect(page.locator("#results")).to_be_focused()
    expect(page.locator("ol.hits")).to_have_attribute("start", "6")
    assert "learning" in page.title()
    assert page.evaluate("document.querySelector('.hit').getBoundingClientRect().top") > 0
    assert _is_kept(page)


def test_the_sheet_stays_open(windows: Windows) -> None:
    """On a phone, the sheet of filters stays open while they are ticked, and says what is found."""
    page = windows.open("/search?q=learning", width=390)
    page.locator(".open-filters").tap()
    close = page.locator(".apply-line .close")
    before = close.inner_text()
    page.locator("#filters input[type=checkbox][name=venue][value=NeurIPS]").tap()
    page.wait_for_url("**venue=NeurIPS**")
    expect(close).to_be_visible()
    found = close.inner_text().removeprefix("Show ")
    assert found not in before
    close.tap()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("[data-announce]")).to_have_text(found)


def test_a_removed_filter(windows: Windows) -> None:
    """The link that removes a filter works in place, and the focus is not lost with it."""
    page = _open(windows, "/search?q=learning&venue=NeurIPS")
    page.locator(".chips a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=learning")
    assert page.evaluate("document.activeElement !== document.body")
    assert _is_kept(page)


def test_a_new_query_is_a_new_page(windows: Windows) -> None:
    """Another query is loaded as a page; what leads elsewhere is left to the browser."""
    page = _open(windows)
    page.locator("#q").fill("attention")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=attention**")
    assert not _is_kept(page)


def test_a_failure_says_why(windows: Windows) -> None:
    """A refused change shows the server's sentence and keeps what is shown."""
    page = _open(windows)
    before = _total(page)
    page.route("**/search?*venue=*", lambda route: _answer(route, "/search?sort=zzz"))
    page.locator("input[type=checkbox][name=venue][value=NeurIPS]").check()
    note = page.locator(".failure-note")
    expect(note).to_contain_text("zzz")
    expect(note).to_have_attribute("role", "alert")
    assert _total(page) == before
    assert "venue" not in page.url
    assert _is_kept(page)


def _answer(route: Route, path: str) -> None:
    """Answer a request with what the server says of another address."""
    route.fulfill(response=route.fetch(url=route.request.url.partition("/search")[0] + path))


def test_no_answer(windows: Windows) -> None:
    """A server that cannot be reached is said so; the same change works afterwards."""
    page = _open(windows)
    page.route("**/search?*venue=*", lambda route: route.abort())
    page.locator("input[type=checkbox][name=venue][value=NeurIPS]").check()
    expect(page.locator(".failure-note")).to_contain_text("does not answer")
    page.unroute_all()
    page.locator("input[type=checkbox][name=venue][value=ICML]").check()
    page.wait_for_url("**venue=**")
    expect(page.locator(".failure-note")).to_have_count(0)
    assert _is_kept(page)
    windows.faults[:] = [one for one in windows.faults if "net::ERR_FAILED" not in one]


def test_a_slow_answer_is_marked_and_cancelled(windows: Windows) -> None:
    """A slow answer is marked as such, and a second change cancels the first."""
    page = _open(windows)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search?*venue=NeurIPS", hold)
    page.locator("input[type=checkbox][name=venue][value=NeurIPS]").check()
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    page.locator("input[type=checkbox][name=venue][value=NeurIPS]").uncheck()
    page.locator("input[type=checkbox][name=venue][value=ICML]").check()
    page.wait_for_url("**venue=ICML")
    expect(page.locator("#results[aria-busy]")).to_have_count(0)
    assert len(held) == 1
    assert "NeurIPS" not in page.url


def test_ticks_outlast_a_page(windows: Windows) -> None:
    """Papers that are ticked for export stay ticked while pages are turned."""
    page = _open(windows)
    tick = page.locator(".hit input[type=checkbox]").first
    chosen = tick.get_attribute("value")
    tick.check()
    ticked = "[...new FormData(document.getElementById('export')).getAll('id')]"
    for rel, start in (("next", 6), ("next", 11), ("prev", 6), ("prev", 1)):
        page.locator(f"nav.pages a[rel={rel}]").click()
        expect(page.locator("ol.hits")).to_have_attribute("start", str(start))
    assert page.evaluate(ticked) == [chosen]
    assert page.locator(".hit input[type=checkbox]").first.is_checked()


def test_a_facet_is_searched_while_typing(windows: Windows) -> None:
    """The values of a facet narrow while words are typed, and the focus stays in the field."""
    page = _open(windows, "/facet/author?q=learning")
    field, values = page.locator("[data-find]"), page.locator(".values li")
    before = values.count()
    field.press_sequentially("hinton")
    page.wait_for_url("**find=hinton**")
    expect(field).to_be_focused()
    assert 0 < values.count() < before
    assert "hinton" in values.first.inner_text()
    expect(field).to_have_value("hinton")
    assert _is_kept(page)
