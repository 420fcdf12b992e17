"""Test that accounts are there only where they are set up, and that caches keep nothing private."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.accounts import ADA, SECRET, Site
from tests.support.paths import ROOT
from web.accounts.registration import register_accounts
from web.accounts.routes import MODULES
from web.accounts.sessions import DAY
from web.accounts.settings import AccountSettings
from web.accounts.visitor import read_clock
from web.app import create_app
from web.errors import AccountsMisconfigured

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from flask.testing import FlaskClient

ADDRESSES = ["/account", "/account/delete", "/account/withdraw", "/sign-in", "/sign-in/orcid",
             "/sign-in/orcid/return", "/sign-in/key", "/sign-out"]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_there_unless_it_is_set_up(client: FlaskClient, address: str) -> None:
    """Without settings the addresses do not exist, no page links to them and no cookie is set."""
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code in {404, 405}
        assert "Set-Cookie" not in answer.headers
    assert "/account" not in client.get("/").text
    assert len(MODULES) == len({one.__name__ for one in MODULES})


def test_every_address_is_documented(site: Site) -> None:
    """The README of the room names every address of it, and none that does not exist."""
    text = (ROOT / "web" / "accounts" / "README.md").read_text("utf-8")
    rows = set(re.findall(r"^\| `((?:GET|POST) /[^`?]*)", text, re.MULTILINE))
    served = {
        (f"{method} {re.sub('<.*?>', 'KEY', str(one))}", one.endpoint.partition(".")[0])
        for one in site.app.url_map.iter_rules()
        for method in (one.methods or set()) & {"GET", "POST"}
    }
    assert {address for address, room in served if room == "accounts"} <= rows
    assert rows <= {address for address, _ in served}


def test_libraries_are_imported_only_if_needed(sample_index: Path, tmp_path: Path) -> None:
    """Without settings, none of the libraries for accounts is imported."""
    code = (
        "import sys; from pathlib import Path; from web.app import create_app;"
        " from web.accounts.settings import read_account_settings as read;"
        f" create_app(Path({str(sample_index)!r}), accounts=read({{}}));"
        " print(*(name in sys.modules for name in ('authlib', 'flask_wtf', 'requests')))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"] * 3
    assert list(tmp_path.iterdir()) == []


def test_the_server_refuses_bad_settings(
    papers: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`papers serve` ends with one sentence if the secret is short or the database unusable."""
    monkeypatch.setenv("PAPERS_DATABASE", str(tmp_path / "none" / "a.db"))
    for secret, sentence in (
        ("short", "PAPERS_SECRET_KEY has 5"),
        (SECRET, "PAPERS_DATABASE names"),
    ):
        monkeypatch.setenv("PAPERS_SECRET_KEY", secret)
        done = papers("serve", "--port", "0")
        assert done.exit_code == 1
        assert sentence in " ".join(done.stderr.split())
        assert SECRET not in done.stderr


def test_a_missing_library_is_named(
    sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra, one sentence says what to install."""
    app = create_app(sample_index)
    monkeypatch.setattr("web.accounts.registration.find_spec", lambda _: None)
    with pytest.raises(AccountsMisconfigured, match=r"Install papersearch\[accounts\]"):
        register_accounts(app, AccountSettings(SECRET, tmp_path / "a.db"))


def test_pages_of_a_person_are_kept_by_nobody(site: Site) -> None:
    """Every page for who is signed in is private, and is never answered with 304."""
    ada, _ = site.enter(ADA, "Ada")
    anybody = site.visit()
    tag = anybody.get("/search?q=adam").headers["ETag"]
    for address in ("/account", "/search?q=adam", "/", "/search.json?q=adam"):
        answer = ada.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in answer.headers["Vary"]
        assert "ETag" not in answer.headers
        assert "Last-Modified" not in answer.headers
    again = anybody.get("/search?q=adam", headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "no-cache")
    with ada.get("/static/style.css") as file:
        assert "private" not in file.headers["Cache-Control"]


def test_only_pages_with_forms_set_a_cookie(site: Site) -> None:
    """Whoever only searches gets no cookie, though the site has accounts."""
    anybody = site.visit()
    for address in ("/", "/search?q=adam", "/account", "/nowhere"):
        assert "Set-Cookie" not in anybody.get(address).headers
    assert "papers-form=" in anybody.get("/sign-in").headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("scheme", "name", "path"),
    [("https", "__Host-papers-form", "/"), ("http", "papers-form", "/x")],
)
def test_cookies_are_closed_to_others(site: Site, scheme: str, name: str, path: str) -> None:
    """No script reads a cookie, and over HTTPS no other host sets it and no other path loses it."""
    answer = site.visit().get("/sign-in", base_url=f"{scheme}://own.example/x")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{name}=")
    parts = {one.strip() for one in cookie.split(";")[1:]}
    assert {"HttpOnly", "SameSite=Lax", f"Path={path}"} <= parts
    assert ("Secure" in parts) == (scheme == "https")
    assert not any(one.startswith("Domain") for one in parts)


def test_pages_with_a_form_are_not_compressed(site: Site) -> None:
    """The length of a compressed page could reveal the token of its form."""
    accepted = {"Accept-Encoding": "gzip"}
    anybody = site.visit()
    assert "Content-Encoding" not in anybody.get("/sign-in", headers=accepted).headers
    assert anybody.get("/help", headers=accepted).headers["Content-Encoding"] == "gzip"


def test_a_session_in_use_is_renewed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a day the cookie is set again, with another 30 days."""
    ada, _ = site.enter(ADA, "Ada")
    assert "papers-session" not in str(ada.get("/account").headers.getlist("Set-Cookie"))
    later = read_clock() + DAY + 10
    monkeypatch.setattr("web.accounts.visitor.read_clock", lambda: later)
    cookies = str(ada.get("/account").headers.getlist("Set-Cookie"))
    assert "papers-session=" in cookies
    assert f"Max-Age={30 * DAY}" in cookies


def test_a_broken_database_does_not_stop_the_search(site: Site) -> None:
    """If the database is gone, accounts say so, and every page that needs none is served."""
    ada, _ = site.enter(ADA, "Ada")
    site.path.unlink()
    answer = ada.get("/account")
    assert answer.status_code == 503
    assert "Accounts cannot be read or written at the moment" in answer.text
    assert str(site.path) not in answer.text
    assert ada.get("/search?q=adam").status_code == 200
