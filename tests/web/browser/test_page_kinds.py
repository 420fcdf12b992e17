"""Test that every kind of page is accessible, quiet, and loads nothing from another host."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.support.browser import Windows, needs_browser
from tests.support.page_kinds import list_addresses

pytestmark = needs_browser

FURTHER = [
    "/search?q=learning", "/search?q=learning&venue=NeurIPS&year=2010..2020&page=2",
    "/search?q=zzzqqq", "/search?q=%22deep+learnig&venue=-ICML", "/nowhere", "/search?sort=zzz",
    "/paper/vaswani-2017-attention", "/search?q=learning&venue=-ICML#filters",
    "/venues", "/venues?letter=n", "/venue/NeurIPS", "/venue/NeurIPS/2017", "/topics",
    "/topic/attention", "/help", "/about", "/changes", "/following",
    "/authors/Yoshua%20Bengio?identity=possible",
    "/authors/Yoshua%20Bengio?identity=paper:bahdanau-2015-translate",
    "/graph?author=Yoshua+Bengio&open=topic:attention",
]  # fmt: skip
"""Pages of other states: filtered, empty, with notes, and refused."""

DOCUMENTS = ("/export", "/healthz")
"""Addresses of documents whose paths do not name a format."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TALL = 6_000
"""Pixels of a window in which nothing that sticks to its edge covers anything."""

DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
MOST_STOPS = 6
"""Tab stops up to the first hit."""


def _find_violations(page: Page) -> Iterator[str]:
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    for violation in page.evaluate("options => axe.run(options)", options)["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {node['target']} {node['failureSummary']}"


def _list_pages() -> list[str]:
    """Return the addresses of pages for people; those of documents name a format."""
    addresses = [
        one
        for one in list_addresses()
        if "." not in one.partition("?")[0] and not one.startswith(DOCUMENTS)
    ]
    return list(dict.fromkeys([*addresses, *FURTHER]))


@pytest.mark.parametrize("path", _list_pages())
def test_pages_are_accessible(windows: Windows, path: str) -> None:
    """No page breaks a rule of accessibility, wide or narrow, light or dark."""
    page = windows.open(path)
    assert "Papersearch" in page.title()
    page.evaluate(Axe().axe_script)
    found = []
    for dark in (False, True):
        page.emulate_media(color_scheme="dark" if dark else "light")
        assert page.evaluate(DARK) == dark
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": TALL})
            found += [f"{width} {dark} {one}" for one in _find_violations(page)]
    assert found == []


def test_the_list_of_pages_is_complete() -> None:
    """The list has the pages that everybody opens, and none of the documents for programs."""
    assert {"/", "/search?q=...", "/paper/kingma-2015-adam"} <= set(_list_pages())
    assert [one for one in _list_pages() if ".json" in one] == []


@pytest.mark.parametrize("script", [True, False])
def test_the_first_hit_is_near(windows: Windows, script: bool) -> None:  # noqa: FBT001
    """Few Tab stops lead to the first hit, even without the first one, which skips to it."""
    page = windows.open("/search?q=learning", script=script)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to results")
    stops = 1
    while page.locator(".hit h2 a:focus").count() == 0 and stops <= MOST_STOPS:
        page.keyboard.press("Tab")
        stops += 1
    assert stops <= MOST_STOPS
