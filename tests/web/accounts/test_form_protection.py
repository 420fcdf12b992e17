"""Test that forms of other sites are refused."""

from __future__ import annotations

import pytest

from tests.support.accounts import ADA, BOB, Site, read_form_token
from web.accounts.form_protection import SECONDS

FORMS = ["/sign-out", "/account/delete", "/account/withdraw", "/sign-in/key"]
SENTENCE = "This form has expired or was not sent from this site."


@pytest.mark.parametrize("address", FORMS)
def test_a_form_without_a_token_is_refused(site: Site, address: str) -> None:
    """No form is carried out without the token, with a wrong one, or with that of another."""
    ada, _ = site.enter(ADA, "Ada")
    bob, _ = site.enter(BOB, "Bob")
    foreign = read_form_token(bob, "/account")
    for token in ("", "x", foreign, foreign[::-1]):
        answer = ada.post(address, data={"csrf_token": token})
        assert answer.status_code == 403
        assert SENTENCE in answer.text
    assert ada.get("/account").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_of_another_origin_is_refused(site: Site, headers: dict[str, str]) -> None:
    """Even with the right token, a form must come from this site."""
    ada, _ = site.enter(ADA, "Ada")
    token = {"csrf_token": read_form_token(ada, "/account")}
    answer = ada.post("/sign-out", data=token, headers=headers)
    assert (answer.status_code, SENTENCE in answer.text) == (403, True)
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert ada.post("/sign-out", data=token, headers=own).status_code == 303


def test_a_form_expires(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that was open for half a day has to be reloaded."""
    ada, _ = site.enter(ADA, "Ada")
    token = {"csrf_token": read_form_token(ada, "/account")}
    monkeypatch.setitem(site.app.config, "WTF_CSRF_TIME_LIMIT", -1)
    assert ada.post("/sign-out", data=token).status_code == 403
    assert SECONDS == 12 * 3_600


def test_a_bibliography_needs_no_token(site: Site) -> None:
    """The form for a bibliography goes on working for anybody and for programs."""
    for client in (site.visit(), site.enter(ADA, "Ada")[0]):
        answer = client.post("/bib", data={"text": "@article{a, title={Adam}}"})
        assert answer.status_code == 200
        assert "papers-form" not in str(answer.headers.getlist("Set-Cookie"))
