"""Test that pages fit, look and work in a real browser, on a phone and without script."""

from __future__ import annotations

import base64
import struct
from typing import TYPE_CHECKING

import pytest

from tests.support.chromium import CHROMIUM, PROGRAMS, Browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason=f"none of {', '.join(PROGRAMS)} is installed"
)

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
LONG_ID = "long/" + "x" * 190
LONG = {
    "id": LONG_ID,
    "title": f"{WORD} $\\mathcal{{O}}({'n' * 200})$ common",
    "abstract": f"common {WORD} " + "https://example.org/" + "a" * 300,
    "authors": [WORD, *(f"Ann Lee {n}" for n in range(60))],
    "venue": f"Proceedings of the {WORD}",
    "year": 2020,
    "topics": [WORD, "b" * 120],
    "ids": {"doi": "10.1000/" + "d" * 150},
    "urls": {"page": "https://example.org/" + "u" * 300},
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Yield one browser for all tests."""
    started = Browser(tmp_path_factory.mktemp("profile"))
    yield started
    started.close()


@pytest.fixture(scope="module")
def long_words(
    index_of: Callable[..., Path], served: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[str]:
    """Yield the address of a server over papers with very long words and attacks."""
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>\"' onmouseover=alert(3)"
    evil = {"id": f"e{attack}", "title": f"common {attack}", "authors": [f"Eve {attack}"]}
    with served(index_of(LONG, evil | {"venue": attack, "abstract": attack})) as address:
        yield address


FITTING = [
    "/", "/search", "/search?q=attention", "/search?q=zzzqqq", "/search?q=adam&venue=ICLR&page=9",
    "/search?q=learning&page=3&venue=NeurIPS&year=2010..2020", "/paper/vaswani-2017-attention",
    "/search?q=%22deep+learning%22+title:(+author:bengio&hidden=show&facets=author,topic,venue,year",
]  # fmt: skip
TOO_WIDE = """
[...document.body.querySelectorAll('*')].filter(e => !e.closest('.unseen, .skip'))
  .filter(e => e.getBoundingClientRect().right > WIDTH + 1)
  .map(e => e.outerHTML.slice(0, 120))
"""


def _fits_window(browser: Browser, address: str, width: int) -> bool:
    """Return whether a page needs no horizontal scrolling; no element may overflow either."""
    browser.open(address, width)
    assert browser.evaluate(TOO_WIDE.replace("WIDTH", str(width))) == []
    return bool(browser.evaluate("document.documentElement.scrollWidth") <= width)


@needs_browser
@pytest.mark.parametrize("width", [320, 390, 800, 1280])
@pytest.mark.parametrize("path", FITTING)
def test_pages_fit(browser: Browser, serving: str, path: str, width: int) -> None:
    """No page is wider than its window, on a small phone or a large screen."""
    assert _fits_window(browser, serving + path, width)


@needs_browser
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path", ["/search?q=common&facets=venue,author,topic", "/paper/" + LONG_ID]
)
def test_long_words_fit(browser: Browser, long_words: str, path: str, width: int) -> None:
    """Titles, names, venues and addresses longer than the window are wrapped."""
    assert _fits_window(browser, long_words + path, width)


@needs_browser
def test_long_values_leave_room_for_counts(
    browser: Browser,
    index_of: Callable[..., Path],
    served: Callable[[Path], AbstractContextManager[str]],
) -> None:
    """A count beside a value of several lines stays on one line."""
    topic = "machine learning: deep learning and more of it"
    papers = [{"id": f"p{n}", "title": f"A {n}", "topics": [topic]} for n in range(120)]
    with served(index_of(*papers)) as address:
        browser.open(f"{address}/search?facets=topic")
    count = "document.querySelector('.choice .count')"
    assert browser.evaluate(f"{count}.textContent") == "120"
    assert browser.evaluate(f"{count}.getBoundingClientRect().height") < 30


@needs_browser
@pytest.mark.parametrize("width", [390, 1280])
def test_screenshots(browser: Browser, serving: str, width: int) -> None:
    """A screenshot of the results has the size of the window and is not blank."""
    browser.open(serving + "/search?q=attention&venue=NeurIPS&venue=ICLR", width)
    picture = base64.b64decode(browser.call("Page.captureScreenshot", format="png")["data"])
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (width, 844)
    assert len(picture) > 30_000  # an empty page packs into 5 kB


@needs_browser
@pytest.mark.parametrize("path", FITTING)
def test_nothing_is_blocked_or_missing(browser: Browser, serving: str, path: str) -> None:
    """The browser reports no violated policy and no missing file on any page."""
    browser.open(serving + path)
    # The browser also logs the status of an error page, which is no fault of the page.
    address = (serving + path, "network")
    entries = [entry["entry"] for entry in browser.list_events("Log.entryAdded")]
    assert [one for one in entries if (one.get("url"), one["source"]) != address] == []
    loaded = [one["response"]["url"] for one in browser.list_events("Network.responseReceived")]
    assert {url.startswith(serving) for url in loaded} == {True}


@needs_browser
def test_attacks_do_not_run(browser: Browser, long_words: str) -> None:
    """Hostile papers run no script even if the browser ignores the content policy."""
    browser.call("Page.setBypassCSP", enabled=True)
    try:
        browser.open(long_words + "/search?q=common+%3Cscript%3Ealert(1)%3C/script%3E")
        _follow(browser, lambda: browser.click(".hit:last-child h2 a"))
        assert browser.evaluate("document.querySelectorAll('script, img, [onerror]').length") == 0
        assert browser.list_events("Page.javascriptDialogOpening") == []
    finally:
        browser.call("Page.setBypassCSP", enabled=False)


@needs_browser
def test_a_search_without_script(browser: Browser, serving: str) -> None:
    """Typing, filtering, paging and opening a paper work with script switched off."""
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(serving + "/search?per_page=3")
        browser.click("#q")
        browser.call("Input.insertText", text="learning")
        _follow(browser, lambda: browser.press("Enter", "\r"))
        assert browser.evaluate("location.search").startswith("?q=learning&per_page=3")
        total = _count_hits(browser)
        browser.click("input[name=venue][value=NeurIPS]")
        _follow(browser, lambda: browser.click(".filters .apply"))
        narrowed = _count_hits(browser)
        assert 3 < narrowed < total
        _follow(browser, lambda: browser.click("nav.pages a[rel=next]"))
        assert browser.evaluate("document.querySelector('ol.hits').start") == 4
        assert _count_hits(browser) == narrowed
        title = browser.evaluate("document.querySelector('.hit h2').innerText")
        _follow(browser, lambda: browser.click(".hit h2 a"))
        assert browser.evaluate("document.querySelector('h1').innerText") == title
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)


def _follow(browser: Browser, act: Callable[[], None]) -> None:
    """Do something that opens another page, and wait until it has loaded."""
    browser.events.clear()
    act()
    browser.wait_for_page()


def _count_hits(browser: Browser) -> int:
    text: str = browser.evaluate("document.querySelector('.total strong').innerText")
    return int(text.replace(",", ""))


@needs_browser
def test_keyboard(browser: Browser, serving: str) -> None:
    """The first Tab stop is visible and skips to the results."""
    browser.open(serving + "/search?q=attention")
    browser.press("Tab")
    assert browser.evaluate("document.activeElement.className") == "skip"
    assert browser.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    browser.press("Enter", "\r")
    browser.press("Tab")
    assert browser.evaluate("document.activeElement.closest('main') !== null")


@needs_browser
def test_filters_on_a_phone(browser: Browser, serving: str) -> None:
    """On a phone, filters are hidden until touched, and targets are large enough."""
    browser.open(serving + "/search?q=learning", 390)
    shown = "getComputedStyle(document.querySelector('.filters')).display"
    assert browser.evaluate(shown) == "none"
    browser.click(".open-filters")
    assert browser.evaluate(shown) != "none"
    small = browser.evaluate(
        "[...document.querySelectorAll('main button, main a, select, .choice, summary')].filter("
        "e => e.offsetParent && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"
    )
    assert small == []
