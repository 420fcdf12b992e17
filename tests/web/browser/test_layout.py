"""Test that pages fit their windows, and that hostile or very long papers do no harm."""

import struct
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.support.browser import Windows, needs_browser

pytestmark = needs_browser

Index = Callable[..., Path]
Served = Callable[[Path], AbstractContextManager[str]]

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
ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>\"' onmouseover=alert(3)"
EVIL = {
    "id": f"e{ATTACK}", "title": f"common {ATTACK}", "authors": [f"Eve {ATTACK}"],
    "venue": ATTACK, "abstract": ATTACK,
}  # fmt: skip

FITTING = [
    "/", "/search", "/search?q=attention", "/search?q=zzzqqq", "/search?q=adam&venue=ICLR&page=9",
    "/search?q=learning&page=3&venue=NeurIPS&year=2010..2020", "/paper/vaswani-2017-attention",
    "/search?q=%22deep+learning%22+title:(+author:bengio&hidden=show&facets=author,topic,venue,year",
]  # fmt: skip
WIDTHS = (320, 390, 820, 1280, 1920)
TOO_WIDE = """
width => {
  const scrolls = e => e && (/auto|scroll/.test(getComputedStyle(e).overflowX)
    || scrolls(e.parentElement));
  return [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > width + 1)
    .filter(e => e.checkVisibility() && !e.closest('.unseen, .skip') && !scrolls(e.parentElement))
    .map(e => e.outerHTML.slice(0, 120));
}
"""
"""What is wider than the window, except in a row that scrolls by itself."""

SQUEEZED = """
() => [...document.querySelectorAll('main h1, main h2, main p')]
  .filter(e => e.checkVisibility() && !e.closest('.unseen') && e.textContent.trim().length > 12)
  .filter(e => e.getBoundingClientRect().width < 60).map(e => e.outerHTML.slice(0, 120))
"""
"""Texts in a column so narrow that it holds a few letters."""

HARMFUL = (
    "img, [onerror], [onmouseover], script:not([src^='/static/']):not([type='application/ld+json'])"
)


@pytest.fixture(scope="module")
def long_words(index_of: Index, served: Served) -> Iterator[str]:
    """Yield the address of a server over papers with very long words and attacks."""
    with served(index_of(LONG, EVIL)) as address:
        yield address


@pytest.fixture
def long_windows(browser: Browser, long_words: str) -> Iterator[Windows]:
    """Yield what opens pages over those papers."""
    opened = Windows(browser, long_words)
    yield opened
    opened.close()
    assert opened.faults == []


def _list_misfits(page: Page, widths: tuple[int, ...]) -> list[str]:
    """Return what makes a page wider than its window, at each width in pixels."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        found += [f"{width}: {one}" for one in page.evaluate(TOO_WIDE, width)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: the page scrolls sideways")
        found += [f"{width}: {one} is squeezed" for one in page.evaluate(SQUEEZED)]
    return found


@pytest.mark.parametrize("path", FITTING)
def test_pages_fit(windows: Windows, path: str) -> None:
    """No page is wider than its window, on a small phone or a large screen."""
    assert _list_misfits(windows.open(path, width=320), WIDTHS) == []


@pytest.mark.parametrize(
    "path", ["/search?q=common&facets=venue,author,topic", "/paper/" + LONG_ID]
)
def test_long_words_fit(long_windows: Windows, path: str) -> None:
    """Titles, names, venues and addresses longer than the window are wrapped."""
    assert _list_misfits(long_windows.open(path, width=390), (390, 1280)) == []


def test_long_values_leave_room_for_counts(
    browser: Browser, index_of: Index, served: Served
) -> None:
    """A count beside a value of several lines stays on one line."""
    topic = "machine learning: deep learning and more of it"
    papers = [
        {"id": f"p{n}", "title": f"A {n}", "topics": [topic] if n % 2 else ["z"]}
        for n in range(240)
    ]
    with served(index_of(*papers)) as address:
        page = Windows(browser, address).open("/search?facets=topic")
        count = page.locator(".choice", has_text=topic).locator(".count").first
        assert count.text_content() == "120"
        box = count.bounding_box()
        assert box is not None
        assert box["height"] < 30


def test_asides_are_aligned(windows: Windows) -> None:
    """What stands beside a paper and beside a venue begins at the same place."""
    page, lefts = windows.open("/paper/vaswani-2017-attention"), []
    for path in ("/paper/vaswani-2017-attention", "/venue/NeurIPS", "/topic/attention"):
        page.goto(path)
        box = page.locator(".page > aside").bounding_box()
        assert box is not None
        lefts.append(box["x"])
    assert len(set(lefts)) == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_screenshots(windows: Windows, width: int) -> None:
    """A screenshot of the results has the size of the window and is not blank."""
    page = windows.open("/search?q=attention&venue=NeurIPS&venue=ICLR", width=width)
    picture = page.screenshot()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (width, 844)
    assert len(picture) > 30_000  # an empty page packs into 5 kB


def test_attacks_do_not_run(browser: Browser, long_words: str) -> None:
    """Hostile papers run no script even if the browser ignores the content policy."""
    context = browser.new_context(base_url=long_words, bypass_csp=True)
    page = context.new_page()
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.goto("/search?q=common+%3Cscript%3Ealert(1)%3C/script%3E")
    page.locator(".hit h2 a", has_text="onerror").click()
    page.wait_for_url("**/paper**")
    assert page.locator(HARMFUL).count() == 0
    assert "onerror" in page.locator("h1").inner_text()
    page.go_back()
    page.locator("#q").fill("onerr")
    page.wait_for_timeout(400)  # completions have shown the venue
    assert dialogs == []
    context.close()


def test_dark_mode(windows: Windows) -> None:
    """The scheme of the system is that of the page."""
    grounds = {
        dark: windows.open("/search?q=learning", dark=dark).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for dark in (False, True)
    }
    assert grounds[False] == "rgb(255, 255, 255)"
    assert grounds[True] != grounds[False]
