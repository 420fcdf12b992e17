"""Test following authors and venues in a browser, with and without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.accessibility import find_faults
from tests.support.browser import Windows, needs_browser

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = needs_browser

SINCE = "&since=2026-01-01"
BENGIO, NEURIPS = "/authors/Yoshua%20Bengio", "/venue/NeurIPS"
LIST = f"/following?author=Yoshua+Bengio&venue=NeurIPS{SINCE}"


def _list_names(page: Page) -> list[str]:
    return page.locator("section[data-list] .values a").all_inner_texts()[:-2]  # without the twins


def test_follow_adds_with_one_click(windows: Windows) -> None:
    """The browser keeps the list; what is followed says so on its page, and leads to the list."""
    page = windows.open(BENGIO)
    link = page.locator("[data-follow]").first
    link.click()
    expect(link).to_have_text("Following")
    assert page.url.endswith("Bengio")
    page.goto(NEURIPS)
    page.locator("[data-follow]").click()
    page.goto(BENGIO)
    link = page.locator("[data-follow]").first
    expect(link).to_have_attribute("aria-label", "Following Yoshua Bengio")
    link.click()
    page.wait_for_url("**/following?**")
    assert _list_names(page) == ["Yoshua Bengio", "NeurIPS"]
    page.wait_for_url("**since=*")
    assert page.locator("[data-list-count]").is_hidden()


def test_new_papers_are_counted_on_every_page(windows: Windows) -> None:
    """The number leads to the list; marking all as seen takes it away."""
    page = windows.open(LIST)
    page.locator("[data-list-keep]").click()
    page.goto("/help")
    count = page.locator("[data-list-count]")
    count.wait_for()
    assert count.inner_text().endswith(" new")
    count.click()
    page.wait_for_url("**/following?**")
    page.locator("[data-list-seen]").click()
    page.wait_for_url(lambda url: "2026-01-01" not in url)
    page.goto("/help")
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-list-count]").is_hidden()


def test_changes_of_the_own_list_are_kept(windows: Windows) -> None:
    """Removing and adding changes what the browser keeps; a list of somebody else does not."""
    page = windows.open(LIST)
    page.locator("[data-list-keep]").click()
    page.get_by_role("button", name="Remove NeurIPS").click()
    page.wait_for_url(lambda url: "NeurIPS" not in url)
    page.locator("#add").fill("deep learning")
    page.locator("#kind").select_option("topic")
    page.get_by_role("button", name="Follow").click()
    page.wait_for_url("**topic=deep+learning**")
    page.goto("/following?venue=ICML")
    expect(page.locator("[data-list-keep]")).to_have_text("Keep the list in this browser")
    page.get_by_role("button", name="Remove ICML").click()
    page.wait_for_url(lambda url: "ICML" not in url)
    page.locator("footer a[data-list-link]").click()
    page.wait_for_url("**topic=deep+learning**")
    assert _list_names(page) == ["Yoshua Bengio", "deep learning"]
    page.locator("[data-list-keep]").click()
    expect(page.locator("footer a[data-list-link]")).to_have_attribute("href", "/following")


def test_following_without_script(windows: Windows) -> None:
    """Follow leads to a list; its forms add, remove and join another list."""
    page = windows.open(BENGIO, script=False)
    page.locator("[data-follow]").first.click()
    page.wait_for_url("**/following?author=Yoshua+Bengio**")
    assert _list_names(page) == ["Yoshua Bengio"]
    page.locator("#list").fill("https://elsewhere.example/following?venue=NeurIPS&topic=attention")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**venue=NeurIPS**")
    page.get_by_role("button", name="Remove attention").click()
    page.wait_for_url(lambda url: "attention" not in url)
    assert _list_names(page) == ["Yoshua Bengio", "NeurIPS"]
    assert page.locator("[data-list-keep]").is_hidden()
    assert page.url.startswith(windows.address)


@pytest.mark.parametrize("path", ["/following", LIST, "/following?author=No+Body&venue=ICML"])
def test_lists_are_accessible(windows: Windows, path: str) -> None:
    """An empty list, one with new papers and one without: no rule is broken, nothing overflows."""
    assert find_faults(windows.open(path)) == []
