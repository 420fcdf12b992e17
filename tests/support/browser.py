"""Open pages in Chromium, and note whatever a page does that none may do."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
PATIENCE_MS = 15_000
"""How long a page may take to do what a test waits for, on a busy machine."""

PHONE = 800
"""Windows narrower than this many pixels are those of a phone that is touched."""

needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason=f"none of {', '.join(PROGRAMS)} is installed"
)


@dataclass
class Windows:
    """Opens pages of one server, each in a context of its own.

    Attributes:
        browser: The running browser.
        address: The server, without a final slash.
        faults: Errors on the console, failures of scripts, and requests to other hosts.
    """

    browser: Browser
    address: str
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self, path: str, *, width: int = 1280, dark: bool = False, script: bool = True
    ) -> Page:
        """Open an address of the server in a new window."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 844},
            is_mobile=width < PHONE,
            has_touch=width < PHONE,
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self._note_request(request.url))
        page.goto(path)
        return page

    def _note_message(self, message: ConsoleMessage) -> None:
        # The browser reports the status of an error page, which is no fault of the page.
        if message.type == "error" and "the server responded with a status" not in message.text:
            self.faults.append(message.text)

    def _note_request(self, url: str) -> None:
        host, own = urlsplit(url), urlsplit(self.address)
        if (host.scheme, host.netloc) != (own.scheme, own.netloc) and host.scheme != "data":
            self.faults.append(f"a request to {url}")

    def close(self) -> None:
        """Close every window."""
        for context in self.contexts:
            context.close()
