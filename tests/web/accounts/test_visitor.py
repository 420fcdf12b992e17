"""Test what other rooms learn about who is asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.accounts import ADA, BOB, Site
from web.accounts.visitor import (
    are_accounts_on,
    current_person,
    require_person,
)
from web.app import create_app
from web.errors import AccountsUnavailable, SignInNeeded

if TYPE_CHECKING:
    from pathlib import Path


def test_nobody_is_there_where_accounts_are_off(sample_index: Path) -> None:
    """Without accounts the answer is nobody."""
    with create_app(sample_index).test_request_context("/"):
        assert not are_accounts_on()
        assert current_person() is None
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


def test_nobody_is_told_where_the_database_is_gone(site: Site) -> None:
    """To ask who is signed in fails; a reader without a cookie is nobody all the same."""
    site.path.unlink()
    asking = site.app.test_request_context("/", headers={"Cookie": "papers-session=x"})
    with asking, pytest.raises(AccountsUnavailable):
        current_person()
    with site.app.test_request_context("/"):
        assert current_person() is None
