"""Test that a bibliography is checked and corrected in a browser."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.support.browser import Windows, needs_browser

pytestmark = needs_browser

FILE = """% mine
@misc{vaswani,
  title = {Attention Is All You Need},
  author = {Vaswani, Ashish and others},
  eprint = {1706.03762},
  archivePrefix = {arXiv},
  year = {2017}
}
@misc{nobody, title = {Something that Nobody Wrote}, author = {Q. Z.}}
"""


@pytest.fixture
def mylib(tmp_path: Path) -> Path:
    """Write a bibliography of two entries."""
    file = tmp_path / "mylib.bib"
    file.write_text(FILE)
    return file


@pytest.mark.parametrize("script", [True, False])
def test_a_file_is_checked_and_corrected(windows: Windows, mylib: Path, script: bool) -> None:  # noqa: FBT001
    """The report names what was published; the text in the form is downloaded corrected."""
    page = windows.open("/bib", script=script)
    page.get_by_label("BibTeX file").set_input_files(mylib)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("status").first).to_have_text("1 of 2 entries found in the index.")
    expect(page.get_by_role("heading", name="Published since")).to_have_count(1)
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download corrected file").click()
    assert begun.value.suggested_filename == "fixed.bib"
    fixed = begun.value.path().read_text("utf-8")
    assert fixed.startswith("% mine\n@inproceedings{vaswani,\n")
    assert fixed.endswith(FILE[FILE.index("@misc{nobody") :])


@pytest.mark.parametrize("dark", [True, False])
def test_the_report_is_accessible(windows: Windows, mylib: Path, dark: bool) -> None:  # noqa: FBT001
    """A report on a phone breaks no rule and is no wider than the window."""
    page = windows.open("/bib", width=390, dark=dark)
    page.get_by_label("BibTeX file").set_input_files(mylib)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("heading", name="Not found")).to_have_count(1)
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
