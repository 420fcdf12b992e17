"""Test the page of a name and its people in a browser, with and without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.support.author_index import open_authors
from tests.support.browser import Windows, needs_browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = needs_browser

PEOPLE = 9
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WANG = "/authors/Wei%20Wang"
ONE = f"{WANG}?identity=openreview:~Wei_Wang1"
MOST_STOPS = 20
"""Tab stops up to the first paper of a name, people included."""


def _list_papers() -> Iterator[dict[str, object]]:
    """Yield papers of several people of one name, and some of nobody in particular."""
    for number in range(PEOPLE):
        author = {
            "name": "Wei Wang",
            "ids": {"openreview": f"~Wei_Wang{number}"},
            "affiliations": [f"University {number}"],
        }
        for at in range(3):
            yield {
                "title": f"Tides of bay {number} in year {at}",
                "abstract": f"We measure $x^{number}$ at low tide.",
                "authors": [author, f"Friend Number{number}"],
                "year": 2015 + at,
                "venue": "ICLR" if at else "ICML",
                "citations": number + at,
            }
    yield {"title": "Gone with the tide", "authors": ["Wei Wang"], "status": "withdrawn"}
    yield {"title": "Bees alone", "authors": ["Wei Wang"], "year": 2012}
    for name in ("James Smith", "Jane Smith", "J. Smith"):
        yield {"title": f"Work of {name}", "authors": [name], "year": 2001}


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory,
    served: Callable[[Path], AbstractContextManager[str]],
) -> Iterator[str]:
    """Yield the address of a server over papers of one name."""
    folder = tmp_path_factory.mktemp("names")
    open_authors(folder, list(_list_papers()))
    with served(folder / "index") as address:
        yield address


@pytest.fixture
def names(browser: Browser, address: str) -> Iterator[Windows]:
    """Yield what opens pages; a page must not break any rule of all pages."""
    opened = Windows(browser, address)
    yield opened
    opened.close()
    assert opened.faults == []


@pytest.mark.parametrize(
    "path",
    [
        WANG, ONE, f"{WANG}?identity=possible", f"{WANG}?sort=cited&venue=ICLR&year=2015..2016",
        f"{WANG}?hidden=show", "/authors/J.%20Smith", "/authors/James%20Smith", "/authors",
        "/authors?letter=w", "/authors/Nobody%20Here", "/search?q=wei+wang",
    ],
)  # fmt: skip
def test_pages_of_people_are_accessible(names: Windows, path: str) -> None:
    """No page breaks a rule, wide or narrow, light or dark, with everything opened."""
    page = names.open(path)
    page.evaluate(Axe().axe_script)
    page.evaluate("document.querySelectorAll('main details').forEach((one) => one.open = true)")
    found = []
    for dark in (False, True):
        page.emulate_media(color_scheme="dark" if dark else "light")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 6_000})
            options = {"runOnly": {"type": "tag", "values": RULES}}
            result = page.evaluate("options => axe.run(options)", options)
            found += [
                f"{width} {dark} {one['id']} {one['nodes'][0]['target']}"
                for one in result["violations"]
            ]
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{width}: {wide} px too wide"
    assert found == []


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_goes_from_a_name_to_a_person(
    names: Windows,
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """People are folded, each has a page of its own, and its papers say why they are there."""
    page = names.open(WANG, script=script)
    cards = page.locator(".people .cards > li")
    expect(cards).to_have_count(PEOPLE)
    expect(cards.nth(PEOPLE - 1)).to_be_hidden()
    page.locator(".people .rest > summary").click()
    expect(cards.nth(PEOPLE - 1)).to_be_visible()
    cards.nth(1).locator("a").first.click()
    expect(page.locator(".author .papers > li")).to_have_count(3)
    why = page.locator(".papers li").first.locator("details").last
    why.locator("summary").click()
    expect(why.locator("li").first).to_be_visible()
    page.get_by_text("All papers of the name Wei Wang").click()
    expect(page.locator(".people")).to_be_visible()
    assert page.title().startswith("Wei Wang")


@pytest.mark.parametrize("script", [True, False])
def test_papers_are_filtered_sorted_and_opened(
    names: Windows,
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """A menu narrows the list, a chip opens it again, and abstracts show formulas."""
    page = names.open(WANG, script=script)
    page.get_by_text("Venue", exact=True).first.click()
    page.locator(".menu[open] a", has_text="ICML").click()
    expect(page.locator(".author .papers > li")).to_have_count(PEOPLE)
    page.get_by_role("link", name="Most cited").click()
    expect(page.locator(".author .papers > li > a").first).to_have_text("Tides of bay 8 in year 0")
    page.get_by_role("link", name="Remove the filter ICML").click()
    expect(page.locator(".author .papers > li")).to_have_count(3 * PEOPLE + 1)
    abstract = page.locator(".papers li details").first
    abstract.locator("summary").click()
    expect(abstract.locator("math")).to_be_visible()
    page.get_by_role("link", name="Show it").click()
    expect(page.get_by_role("link", name="Gone with the tide")).to_be_visible()
    page.wait_for_url("**hidden=show*")


def test_the_first_paper_is_near(names: Windows) -> None:
    """The keyboard reaches the first paper of a person in few steps."""
    page = names.open(ONE)
    stops = 0
    while page.locator(".papers a:focus").count() == 0 and stops <= MOST_STOPS:
        page.keyboard.press("Tab")
        stops += 1
    assert stops <= MOST_STOPS


def test_a_name_is_printed_whole(names: Windows) -> None:
    """Print has the papers and the counts, and no controls."""
    page = names.open(ONE)
    page.emulate_media(media="print")
    expect(page.locator(".papers li").first).to_be_visible()
    expect(page.locator(".author .facts")).to_be_visible()
    for control in (".sorts", ".menu", ".within", ".act"):
        expect(page.locator(control).first).to_be_hidden()
    expect(page.locator(".papers > li")).to_have_count(3)
