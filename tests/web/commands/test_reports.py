"""Test `papers reports`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.accounts import ADA, BOB, Site, send_form
from tests.support.claimed_people import enter_pair, write_message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from flask.testing import FlaskClient

    Papers = Callable[..., Result]


@pytest.fixture
def site(sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site whose database the commands use."""
    site = Site(sample_index, tmp_path)
    monkeypatch.setenv("PAPERS_DATABASE", str(site.path))
    return site


def _report(site: Site) -> FlaskClient:
    """Let Bob report what Ada has written, and return Ada's client."""
    (ada, _), (bob, _) = enter_pair(site)
    _, address, _ = write_message(ada, BOB, "Buy\x1b[31m this!\nNow", "An offer")
    status, _, _ = send_form(bob, "/account", address, action="report", reason="Spam\x1b[2J")
    assert status == 303
    return ada


def test_reports_are_listed(papers: Papers, site: Site) -> None:
    """With who reports whom and why, and what was written; they control no terminal."""
    done = papers("reports", "list")
    assert (done.exit_code, done.stdout) == (1, "There are no reports.\n")
    _report(site)
    done = papers("reports", "list")
    assert done.exit_code == 0
    assert f"Bob Babbage reports Ada Unmistakable (ORCID iD {ADA})" in done.stdout
    for part in ("1  waits  ", "reason: Spam", "An offer", "Ada Unmistakable: Buy", "this!", "Now"):
        assert part in done.stdout
    assert "\x1b" not in done.stdout


def test_an_upheld_report_can_be_dismissed(papers: Papers, site: Site) -> None:
    """The copy is deleted with the decision; a dismissed report lets the person write again."""
    ada = _report(site)
    assert papers("reports", "uphold", "1").exit_code == 0
    assert b"Spam" in site.dump_bytes()
    done = papers("reports", "list")
    assert (done.exit_code, "upheld" in done.stdout, "Buy" in done.stdout) == (1, True, False)
    assert "The maintainer has blocked" in write_message(ada, BOB)[2]
    assert papers("reports", "dismiss", "1").exit_code == 0
    assert b"Spam" not in site.dump_bytes()
    assert "This person does not receive" in write_message(ada, BOB)[2]  # Bob has blocked her


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["list", "1"], 2, "list takes no number."),
        (["uphold"], 2, "uphold needs the number of a report."),
        (["dismiss", "0"], 2, "0 is not in the range"),
        (["dismiss", "7"], 1, "There is no report 7. Run `papers reports list`"),
        (["uphold", "7"], 1, "There is no report 7."),
    ],
)
def test_wrong_uses_are_refused(
    papers: Papers, site: Site, arguments: list[str], code: int, message: str
) -> None:
    """With one sentence."""
    done = papers("reports", *arguments)
    assert (done.exit_code, message in done.stderr) == (code, True)
    assert site.path.exists()


def test_a_database_must_be_named(papers: Papers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one there is nothing to list."""
    monkeypatch.delenv("PAPERS_DATABASE", raising=False)
    done = papers("reports", "list")
    assert (done.exit_code, "PAPERS_DATABASE is not set" in done.stderr) == (1, True)
