"""Test signing in, claiming and deleting an account in a browser, with and without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.people.curation import CURATION
from index.people.curation_parser import read_curation
from tests.support.accessibility import find_faults
from tests.support.accounts import ADA, SECRET
from tests.support.author_index import open_authors
from tests.support.browser import PATIENCE_MS, needs_browser
from tests.support.oidc_provider import OidcProvider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from click.testing import Result
    from playwright.sync_api import Browser

pytestmark = needs_browser

CLAIM = "/claim?author=Wei+Wang&identity=openreview:~Wei_Wang1"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Build an index with one person, of whom the sources know no ORCID iD."""
    wang = {"name": "Wei Wang", "ids": {"openreview": "~Wei_Wang1"}}
    open_authors(tmp_path / "made", [{"authors": [wang], "year": 2020 + n} for n in range(3)])
    return tmp_path / "made" / "index"


@pytest.fixture
def address(
    index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    served: Callable[[Path], AbstractContextManager[str]],
) -> Iterator[str]:
    """Yield the address of a server where a provider on this machine signs people in."""
    with OidcProvider(ADA, {"given_name": "Wei", "family_name": "Wang"}) as provider:
        for name, value in {
            "SECRET_KEY": SECRET,
            "DATABASE": str(tmp_path / "accounts.db"),
            "ORCID_CLIENT_ID": provider.settings.client_id,
            "ORCID_CLIENT_SECRET": provider.settings.client_secret,
            "ORCID_ISSUER": provider.address,
        }.items():
            monkeypatch.setenv(f"PAPERS_{name}", value)
        with served(index) as address:
            yield address


def test_a_claim_from_the_sign_in_to_the_end(
    address: str, index: Path, browser: Browser, papers: Callable[..., Result]
) -> None:
    """Somebody signs in, claims papers, is accepted and leaves; every page is accessible.

    The policy of the site lets the browser follow the redirects to the provider and back.
    """
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    page, errors = context.new_page(), []
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(CLAIM)
    faults = find_faults(page)
    page.get_by_role("link", name="Sign in to claim").click()
    faults += find_faults(page)
    page.get_by_role("link", name="Sign in with ORCID").click()
    page.wait_for_url("**/claim?**")
    faults += find_faults(page)
    page.get_by_label("What shows that these papers are yours").fill("My page says so.")
    page.get_by_role("button", name="This is me").click()
    page.wait_for_url("**/account")
    faults += find_faults(page)
    assert "waits for the maintainer" in page.locator("main").inner_text()
    assert not (index / CURATION).exists()
    assert papers("claims", "accept", "1", index=index).exit_code == 0
    assert read_curation(index / CURATION).people[0].id == f"orcid:{ADA}"
    page.reload()
    assert "accepted" in page.locator(".claims .good").inner_text()
    page.get_by_role("link", name="Delete your account").click()
    faults += find_faults(page)
    page.get_by_role("button", name="Delete it").click()
    page.wait_for_url(f"{address}/")
    assert context.cookies() == []
    assert (faults, errors) == ([], [])
    context.close()


def test_a_claim_without_script_by_keyboard(address: str, browser: Browser) -> None:
    """Signing in, claiming and signing out need no script and no pointer."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(CLAIM)
    for role, name, reached in (
        ("link", "Sign in to claim", "**/sign-in?**"),
        ("link", "Sign in with ORCID", "**/claim?**"),
        ("button", "This is me", "**/account"),
        ("button", "Withdraw the claim of openreview:~Wei_Wang1", "**/account"),
        ("button", "Sign out everywhere", f"{address}/"),
    ):
        control = page.get_by_role("link" if role == "link" else "button", name=name)
        control.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(reached)
    page.goto("/account")
    assert page.url.endswith("/sign-in?return=%2Faccount")
    context.close()
