"""Test that papers are taken away as files, ticked ones and all of a search."""

import pytest
from playwright.sync_api import Page

from tests.support.browser import Windows, needs_browser

pytestmark = needs_browser


def _download(page: Page, selector: str) -> tuple[str, str]:
    """Press what downloads a file; return the name and the text of the file."""
    with page.expect_download() as begun:
        page.locator(selector).first.click()
    return begun.value.suggested_filename, begun.value.path().read_text("utf-8")


@pytest.mark.parametrize("script", [True, False])
def test_ticked_papers_are_downloaded(windows: Windows, script: bool) -> None:  # noqa: FBT001
    """The export holds the ticked papers and no other, with script and without."""
    page = windows.open("/search?q=learning", script=script)
    for place in (0, 2):
        page.locator(".hit input[type=checkbox]").nth(place).check()
    name, text = _download(page, "#export button[value=bibtex]")
    assert name.endswith(".bib")
    assert text.count("\n@") + text.startswith("@") == 2


def test_all_hits_are_downloaded(windows: Windows) -> None:
    """Each format has every hit of the search, whatever page is shown."""
    page = windows.open("/search?q=learning&per_page=2")
    total = int(page.locator("[data-announce] strong").inner_text().replace(",", ""))
    name, text = _download(page, "#export a[href^='/search.ris']")
    assert name.endswith(".ris")
    assert text.count("ER  -") == total > 2
