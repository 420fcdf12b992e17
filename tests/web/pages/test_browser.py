"""Test that pages fit, look and work in a real browser, on a phone and without script.

Chromium is spoken to through its debugging pipe, so nothing needs to be installed besides it.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import struct
import subprocess
import sys
from select import select
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
PATIENCE_S = 30
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-component-update"
    " --disable-background-networking --disable-sync --hide-scrollbars --remote-debugging-pipe"
).split()
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason=f"none of {', '.join(NAMES)} is here")

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


_ON_3_AND_4 = """
import fcntl, os, sys
reading, writing = (fcntl.fcntl(int(pipe), fcntl.F_DUPFD, 10) for pipe in sys.argv[1:3])
os.dup2(reading, 3)
os.dup2(writing, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Starts a program with its pipes at the descriptors that Chromium expects."""


class Browser:
    """One page of a running Chromium."""

    def __init__(self, profile: Path) -> None:
        """Start it with an empty profile."""
        reading, self._out = os.pipe()
        self._in, writing = os.pipe()
        command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", _ON_3_AND_4, str(reading), str(writing), *command],
            pass_fds=(reading, writing), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(reading)
        os.close(writing)
        self._buffer = b""
        self._calls = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network"):
            self.call(f"{domain}.enable")

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            assert select([self._in], [], [], PATIENCE_S)[0], "the browser does not answer"
            part = os.read(self._in, 1 << 20)
            assert part, "the browser is gone"
            self._buffer += part
        message, self._buffer = self._buffer.split(b"\0", 1)
        return dict(json.loads(message))

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Call a method of the browser and keep the events that arrive meanwhile."""
        self._calls += 1
        message = {"id": self._calls, "method": method, "params": params}
        message |= {"sessionId": self._session} if self._session else {}
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._calls:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self.events.append(answer)

    def wait_for_page(self) -> None:
        """Wait until the requested page has loaded."""
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def open(self, address: str, width: int = 1280) -> None:
        """Open an address at a width in pixels, as a phone where it is narrow."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=844, deviceScaleFactor=1, mobile=width < 800,
        )  # fmt: skip
        self.events.clear()
        self.call("Page.navigate", url=address)
        self.wait_for_page()

    def ask(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page holds
        """Return the value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def click(self, selector: str) -> None:
        """Click on the middle of an element with the mouse."""
        self.ask(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
        middle = "(r => [r.x + r.width / 2, r.y + r.height / 2])"
        x, y = self.ask(f"{middle}(document.querySelector({selector!r}).getClientRects()[0])")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key: str, text: str = "") -> None:
        """Press a key."""
        keys = {"key": key, "windowsVirtualKeyCode": {"Tab": 9, "Enter": 13}[key], "text": text}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, **keys)

    def close(self) -> None:
        """Stop the browser."""
        self.process.kill()
        self.process.wait()
        os.close(self._in)
        os.close(self._out)


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


def _fits(browser: Browser, address: str, width: int) -> bool:
    browser.open(address, width)
    assert browser.ask(TOO_WIDE.replace("WIDTH", str(width))) == []
    return bool(browser.ask("document.documentElement.scrollWidth") <= width)


@needs_browser
@pytest.mark.parametrize("width", [320, 390, 800, 1280])
@pytest.mark.parametrize("path", FITTING)
def test_pages_fit(browser: Browser, serving: str, path: str, width: int) -> None:
    """No page is wider than its window, on a small phone or a large screen."""
    assert _fits(browser, serving + path, width)


@needs_browser
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path", ["/search?q=common&facets=venue,author,topic", "/paper/" + LONG_ID]
)
def test_long_words_fit(browser: Browser, long_words: str, path: str, width: int) -> None:
    """Titles, names, venues and addresses longer than the window are wrapped."""
    assert _fits(browser, long_words + path, width)


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
    said = [event["params"] for event in browser.events if event["method"] == "Log.entryAdded"]
    # That a page for an error came with an error's status is no complaint about the page.
    assert [told for told in said if told["entry"].get("url") != serving + path
            or told["entry"]["source"] != "network"] == []  # fmt: skip
    loaded = [e["params"] for e in browser.events if e["method"] == "Network.responseReceived"]
    assert {told["response"]["url"].startswith(serving) for told in loaded} == {True}


@needs_browser
def test_attacks_do_not_run(browser: Browser, long_words: str) -> None:
    """Hostile papers run no script even if the browser ignores the content policy."""
    browser.call("Page.setBypassCSP", enabled=True)
    try:
        browser.open(long_words + "/search?q=common+%3Cscript%3Ealert(1)%3C/script%3E")
        _go(browser, lambda: browser.click(".hit:last-child h2 a"))
        assert browser.ask("document.querySelectorAll('script, img, [onerror]').length") == 0
        assert not [e for e in browser.events if e["method"] == "Page.javascriptDialogOpening"]
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
        _go(browser, lambda: browser.press("Enter", "\r"))
        assert browser.ask("location.search").startswith("?q=learning&per_page=3")
        total = _count(browser)
        browser.click("input[name=venue][value=NeurIPS]")
        _go(browser, lambda: browser.click(".apply"))
        narrowed = _count(browser)
        assert 3 < narrowed < total
        _go(browser, lambda: browser.click("nav.pages a[rel=next]"))
        assert browser.ask("document.querySelector('ol').start") == 4
        assert _count(browser) == narrowed
        title = browser.ask("document.querySelector('.hit h2').innerText")
        _go(browser, lambda: browser.click(".hit h2 a"))
        assert browser.ask("document.querySelector('h1').innerText") == title
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)


def _go(browser: Browser, leave: Callable[[], None]) -> None:
    browser.events.clear()
    leave()
    browser.wait_for_page()


def _count(browser: Browser) -> int:
    text: str = browser.ask("document.querySelector('.total strong').innerText")
    return int(text.replace(",", ""))


@needs_browser
def test_keyboard(browser: Browser, serving: str) -> None:
    """The first Tab stop is visible and skips to the results."""
    browser.open(serving + "/search?q=attention")
    browser.press("Tab")
    assert browser.ask("document.activeElement.className") == "skip"
    assert browser.ask("document.activeElement.getBoundingClientRect().left") >= 0
    browser.press("Enter", "\r")
    browser.press("Tab")
    assert browser.ask("document.activeElement.closest('main') !== null")


@needs_browser
def test_filters_on_a_phone(browser: Browser, serving: str) -> None:
    """On a phone, filters are hidden until touched, and targets are large enough."""
    browser.open(serving + "/search?q=learning", 390)
    shown = "getComputedStyle(document.querySelector('.filters')).display"
    assert browser.ask(shown) == "none"
    browser.click(".toggle-label")
    assert browser.ask(shown) != "none"
    small = browser.ask(
        "[...document.querySelectorAll('main button, select, .pages a, .choice, .chips a')].filter("
        "e => e.offsetParent && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"
    )
    assert small == []
