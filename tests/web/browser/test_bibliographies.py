"""Test that a bibliography is checked and corrected from its page."""

from pathlib import Path

import pytest

from tests.support.browser import Windows, needs_browser

pytestmark = needs_browser

ENTRY = """@article{adam,
  title = {Adam: A Method for Stochastic Optimization},
  author = {Kingma, Diederik P. and Ba, Jimmy},
  journal = {arXiv preprint arXiv:1412.6980},
  year = {2014},
}
"""


@pytest.mark.parametrize("script", [True, False])
def test_a_bibliography_is_checked(
    windows: Windows,
    tmp_path: Path,
    script: bool,  # noqa: FBT001
) -> None:
    """The report of an uploaded file names the entry and links its paper."""
    file = tmp_path / "mine.bib"
    file.write_text(ENTRY, "utf-8")
    page = windows.open("/bib", script=script)
    page.locator("#bib-file").set_input_files(file)
    page.locator("button[value=check]").click()
    page.wait_for_load_state()
    report = page.locator("main")
    assert "adam" in report.inner_text()
    link = report.locator("a[href='/paper/kingma-2015-adam']").first
    assert "Adam: A Method" in link.inner_text()
    assert "ICLR" in report.inner_text()


def test_a_bibliography_is_corrected(windows: Windows) -> None:
    """The corrected file has the venue in which the preprint was published."""
    page = windows.open("/bib")
    page.locator("#bib-text").fill(ENTRY)
    with page.expect_download() as begun:
        page.locator("button[value=download]").click()
    text = begun.value.path().read_text("utf-8")
    assert begun.value.suggested_filename.endswith(".bib")
    assert text.startswith("@inproceedings{adam,")
    assert "2015" in text
