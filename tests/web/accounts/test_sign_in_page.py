"""Test signing in with a private key, and signing out."""

from __future__ import annotations

import re

import pytest

from tests.support.accounts import ADA, Site, send_form
from web.accounts.people import create_with_key

KEY = "k" * 43


@pytest.fixture
def keyed(site: Site) -> Site:
    """Return a site where somebody has a private key."""
    with site.database.write() as connection:
        create_with_key(connection, KEY, "Ada Lovelace", 1)
    return site


def test_a_private_key_signs_in(keyed: Site) -> None:
    """Who has the key is signed in, and returns to the page from which they came."""
    client = keyed.visit()
    assert send_form(client, "/sign-in", "/sign-in/key", key="wrong")[0] == 400
    assert client.get("/account").status_code == 303
    page = "/sign-in?return=/about"
    assert 'value="/about"' in client.get(page).text
    sent = send_form(client, page, "/sign-in/key", key=f" {KEY} ", **{"return": "/about"})
    assert sent[:2] == (303, "/about")
    assert "Ada Lovelace" in client.get("/account").text
    assert client.get("/sign-in?return=/about").headers["Location"] == "/about"


def test_a_sign_in_works_below_a_path(keyed: Site) -> None:
    """Where a proxy publishes the site below a path, forms and redirects stay below it."""
    client, base = keyed.visit(), "http://localhost/library/papers"
    answer = client.get("/account", base_url=base)
    assert answer.headers["Location"] == "/library/papers/sign-in?return=%2Faccount"
    page = client.get("/sign-in?return=/account", base_url=base)
    assert 'action="/library/papers/sign-in/key"' in page.text
    assert "Path=/library/papers" in page.headers["Set-Cookie"]
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token is not None
    form = {"csrf_token": token[1], "key": KEY, "return": "/account"}
    answer = client.post("/sign-in/key", data=form, base_url=base)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/library/papers/account")
    assert "Ada Lovelace" in client.get("/account", base_url=base).text


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/%5cevil", "\\\\e"]
)
def test_a_sign_in_returns_to_this_site_only(keyed: Site, elsewhere: str) -> None:
    """Neither a link nor a form makes a sign-in end on another site."""
    client = keyed.visit()
    assert elsewhere not in client.get("/sign-in", query_string={"return": elsewhere}).text
    fields = {"key": KEY, "return": elsewhere}
    assert send_form(client, "/sign-in", "/sign-in/key", **fields)[:2] == (303, "/account")
    assert (
        client.get("/sign-in", query_string={"return": elsewhere}).headers["Location"] == "/account"
    )


def test_the_token_changes_at_sign_in(keyed: Site) -> None:
    """A token that was there before is not the one of the person, and neither is that of forms."""
    client = keyed.visit()
    client.set_cookie("papers-session", "planted")
    send_form(client, "/sign-in", "/sign-in/key", key=KEY)
    first = client.get_cookie("papers-session")
    assert first is not None
    assert first.value != "planted"
    assert client.get_cookie("papers-form") is None
    send_form(client, "/account", "/sign-in/key", key=KEY)
    second = client.get_cookie("papers-session")
    assert second is not None
    assert second.value != first.value
    stolen = keyed.visit()
    stolen.set_cookie("papers-session", first.value)
    assert stolen.get("/account").status_code == 303


def test_signing_out_ends_the_session(site: Site) -> None:
    """The cookie goes, and who has kept its token gains nothing by it."""
    client, _ = site.enter(ADA, "Ada")
    other, _ = site.enter(ADA, "Ada")
    cookie = client.get_cookie("papers-session")
    assert cookie is not None
    assert send_form(client, "/account", "/sign-out")[:2] == (303, "/")
    assert client.get_cookie("papers-session") is None
    client.set_cookie("papers-session", cookie.value)
    assert client.get("/account").status_code == 303
    assert other.get("/account").status_code == 200
    third, _ = site.enter(ADA, "Ada")
    assert send_form(third, "/account", "/sign-out", everywhere="1")[0] == 303
    assert other.get("/account").status_code == 303


def test_no_provider_is_said_plainly(site: Site) -> None:
    """Without a provider the page offers the key, and its address says that there is none."""
    text = site.visit().get("/sign-in").text
    assert "Private key" in text
    assert "Sign in with ORCID" not in text
    assert site.visit().get("/sign-in/orcid").status_code == 503
