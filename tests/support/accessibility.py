"""Hold pages against the rules of accessibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_faults(page: Page) -> list[str]:
    """Return what breaks a rule of accessibility or overflows, wide or narrow, light or dark."""
    page.evaluate(Axe().axe_script)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = []
    for dark, width in ((False, 1280), (False, 390), (True, 1280), (True, 390)):
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.set_viewport_size({"width": width, "height": 2_000})
        violations = page.evaluate("options => axe.run(options)", options)["violations"]
        found += [f"{page.url} {width} {dark} {one['id']}" for one in violations]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{page.url} {width} overflows")
    return found
