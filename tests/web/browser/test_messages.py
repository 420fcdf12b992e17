"""Test writing to somebody in a browser: from their page to the answer, and ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.support.accessibility import find_faults
from tests.support.accounts import ADA, BOB, SECRET
from tests.support.author_index import open_authors
from tests.support.browser import PATIENCE_MS, needs_browser
from tests.support.claimed_people import accept_claim
from web.accounts.database import open_database
from web.accounts.doors import open_door
from web.accounts.people import sign_in_orcid
from web.accounts.sessions import start_session
from web.accounts.visitor import read_clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    import pytest
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser


def _enter(browser: Browser, address: str, token: str, *, script: bool) -> Page:
    context = browser.new_context(
        base_url=address, java_script_enabled=script, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": "papers-session", "value": token, "url": address}])
    return context.new_page()


def test_a_message_and_its_answer(
    tmp_path: Path,
    browser: Browser,
    served: Callable[[Path], AbstractContextManager[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ada finds Bob's page, writes with script off and hears from him; every page is accessible."""
    bob = {"name": "Bob Babbage", "ids": {"orcid": BOB}}
    open_authors(tmp_path, [{"authors": [bob], "year": 2020 + n} for n in range(2)])
    database = open_database(tmp_path / "accounts.db")
    tokens, now = {}, read_clock()
    with database.write() as connection:
        for orcid, name in ((ADA, "Ada Lovelace"), (BOB, "Bob Babbage")):
            person = sign_in_orcid(connection, orcid, name, now)
            accept_claim(connection, person)
            tokens[orcid] = start_session(connection, person.number, now)
        open_door(connection, person.number, now)
    monkeypatch.setenv("PAPERS_SECRET_KEY", SECRET)
    monkeypatch.setenv("PAPERS_DATABASE", str(tmp_path / "accounts.db"))
    with served(tmp_path / "index") as address:
        ada = _enter(browser, address, tokens[ADA], script=False)
        ada.goto("/authors/Bob%20Babbage")
        expect(ada.get_by_text("Open to collaborate")).to_be_visible()
        ada.get_by_role("link", name="Send a message").click()
        ada.get_by_label("Subject").fill("Tides")
        ada.get_by_label("Message").fill("Dear Bob,\nmay I use your data?")
        ada.get_by_role("button", name="Send").click()
        ada.wait_for_url("**/messages/**")
        page = _enter(browser, address, tokens[BOB], script=True)
        page.goto("/account")
        page.get_by_role("link", name="Messages (1 new)").click()
        faults = find_faults(page)
        page.get_by_role("link", name="Tides").click()
        page.get_by_label("Answer").fill("You may.")
        page.get_by_role("button", name="Send").click()
        page.wait_for_load_state()
        page.get_by_text("End, delete, block, report").click()
        faults += find_faults(page)
        ada.reload()
        expect(ada.get_by_text("You may.")).to_be_visible()
        page.get_by_role("button", name="Delete").click()
        page.wait_for_url("**/messages")
        page.get_by_role("button", name="Stop receiving messages").click()
        page.get_by_text("Nobody can write to you").wait_for()
        faults += find_faults(page)
        assert ada.goto("/messages/new?identity=orcid:" + BOB).status == 403  # type: ignore[union-attr] # a page was opened
        page.goto("/following/count?identity=orcid:" + BOB + "%7CBob+Babbage")
        faults += find_faults(page)
        assert faults == []
