"""Test what other rooms learn about who is asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.accounts import ADA, BOB, Site
from web.accounts.claims import ClaimDraft, Proof, State, add_claim, decide_claim
from web.accounts.visitor import (
    accepted_identity,
    are_accounts_on,
    current_person,
    is_claimed,
    require_person,
)
from web.app import create_app
from web.errors import AccountsUnavailable, SignInNeeded

if TYPE_CHECKING:
    from pathlib import Path


def test_nobody_is_there_where_accounts_are_off(sample_index: Path) -> None:
    """Without accounts the answer is nobody, and no identity is claimed."""
    with create_app(sample_index).test_request_context("/"):
        assert not are_accounts_on()
        assert current_person() is None
        assert not is_claimed("s2:1")
        with pytest.raises(SignInNeeded):
            require_person()


def test_the_person_of_the_session_is_known(site: Site) -> None:
    """The cookie of a session names its person; no cookie names nobody."""
    client, ada = site.enter(ADA, "Ada")
    site.enter(BOB, "Bob")
    cookie = client.get_cookie("papers-session")
    assert cookie is not None
    with site.app.test_request_context("/", headers={"Cookie": f"papers-session={cookie.value}"}):
        assert current_person() == require_person() == ada
    with site.app.test_request_context("/"):
        assert are_accounts_on()
        assert current_person() is None


def test_an_accepted_claim_is_an_identity(site: Site) -> None:
    """A person has an identity once a claim is accepted, and loses it if that is taken back."""
    _, ada = site.enter(ADA, "Ada")
    with site.database.write() as connection:
        draft = ClaimDraft("Ada", "s2:1", Proof.NONE)
        number = add_claim(connection, ada, draft, 1).number
    for state, identity in (
        (State.PENDING, ""), (State.ACCEPTED, f"orcid:{ADA}"), (State.REJECTED, ""),
    ):  # fmt: skip
        with site.database.write() as connection:
            decide_claim(connection, number, state, 2)
        with site.app.test_request_context("/"):
            assert accepted_identity(ada) == identity
            assert is_claimed("s2:1") == is_claimed(f"orcid:{ADA}") == bool(identity)


def test_a_page_of_papers_needs_no_database(site: Site) -> None:
    """Where the database is gone, no identity is claimed, and nobody is somebody."""
    _, ada = site.enter(ADA, "Ada")
    site.path.unlink()
    with site.app.test_request_context("/", headers={"Cookie": "papers-session=x"}):
        assert not is_claimed("s2:1")
        for ask in (current_person, lambda: accepted_identity(ada)):
            with pytest.raises(AccountsUnavailable):
                ask()
