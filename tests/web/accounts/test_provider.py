"""Test signing in by ORCID, against a real provider on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.support.accounts import ADA, BOB, Site
from tests.support.oidc_provider import OidcProvider
from web.accounts.claims import list_claims_of
from web.accounts.provider import LONGEST_ANSWER, MOST_AT_A_TIME, read_subject
from web.errors import SignInFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    """Yield a provider that signs everybody in as Ada."""
    with OidcProvider(ADA) as started:
        yield started


@pytest.fixture
def orcid_site(sample_index: Path, tmp_path: Path, provider: OidcProvider) -> Site:
    """Return a site where that provider signs people in."""
    return Site(sample_index, tmp_path, provider.settings)


def _start(client: FlaskClient, back: str = "/about") -> str:
    """Begin a sign-in, and return the address of the provider to which it leads."""
    answer = client.get("/sign-in/orcid", query_string={"return": back})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def _follow(address: str) -> str:
    """Open an address of the provider, and return the address to which it sends the browser."""
    answer = requests.get(address, allow_redirects=False, timeout=10)
    return answer.headers["Location"]


def _sign_in(client: FlaskClient, back: str = "/about") -> tuple[int, str, str]:
    """Go through a whole sign-in, and return status, ``Location`` and text of its end."""
    parts = urlsplit(_follow(_start(client, back)))
    answer = client.get(f"{parts.path}?{parts.query}")
    return answer.status_code, answer.headers.get("Location", ""), answer.text


def test_a_sign_in_by_orcid(orcid_site: Site, provider: OidcProvider) -> None:
    """The provider names the person, and the browser returns to where it was."""
    client = orcid_site.visit()
    assert "Sign in with ORCID" in client.get("/sign-in").text
    asked = parse_qs(urlsplit(_start(client)).query)
    assert asked["scope"] == ["openid"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) >= 20
    assert len(asked["nonce"][0]) >= 20
    assert _sign_in(client, "/search?q=a%20b")[:2] == (303, "/search?q=a%20b")
    text = client.get("/account").text
    assert ADA in text
    assert "Ada L" in text
    provider.names = {}
    assert _sign_in(client)[0] == 303
    assert client.get("/account").text.count(ADA) >= 2


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("state", "the sign-in took too long, or was begun in another browser"),
        ("denied", "you did not allow ORCID to tell this site who you are"),
        ("nonce", "the answer of ORCID is not valid"),
        ("expired", "the answer of ORCID is not valid"),
        ("signature", "the answer of ORCID is not valid"),
        ("audience", "the answer of ORCID is not valid"),
        ("issuer", "the answer of ORCID is not valid"),
        ("other party", "the answer of ORCID is not valid"),
        ("own key", "the answer of ORCID is not valid"),
        ("no expiry", "the answer of ORCID is not valid"),
        ("no nonce", "the answer of ORCID is not valid"),
        ("unsigned", "the answer of ORCID is not valid"),
        ("symmetric", "the answer of ORCID is not valid"),
        ("refused", "the answer of ORCID is not valid"),
        ("no token", "ORCID named no ORCID iD"),
    ],
)
def test_what_cannot_be_trusted_signs_nobody_in(
    orcid_site: Site, provider: OidcProvider, fault: str, sentence: str
) -> None:
    """One sentence says that nobody was signed in, and nothing is kept of it."""
    provider.fault = fault
    client = orcid_site.visit()
    status, _, text = _sign_in(client)
    assert (status, sentence in text) == (400, True)
    assert "evil" not in text
    assert client.get_cookie("papers-session") is None
    with orcid_site.database.read() as connection:
        assert connection.execute("SELECT count(*) FROM people").fetchone()[0] == 0
    provider.fault = ""
    assert _sign_in(client)[0] == 303


def test_an_answer_is_used_once_and_by_its_browser(orcid_site: Site) -> None:
    """What the provider sends back signs in neither another browser nor the same one twice."""
    client, other = orcid_site.visit(), orcid_site.visit()
    parts = urlsplit(_follow(_start(client)))
    back = f"{parts.path}?{parts.query}"
    assert other.get(back).status_code == 400
    _start(other)
    assert other.get(back).status_code == 400
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 400
    assert other.get("/account").status_code == 303


def test_only_the_last_of_several_starts_counts(orcid_site: Site) -> None:
    """The cookie holds one sign-in, so that many starts do not make it too large."""
    client = orcid_site.visit()
    first = urlsplit(_follow(_start(client)))
    for _ in range(10):
        _start(client)
    cookie = client.get_cookie("papers-form")
    assert cookie is not None
    assert len(cookie.value) < 1_500
    assert client.get(f"{first.path}?{first.query}").status_code == 400


def test_a_new_key_is_fetched(orcid_site: Site, provider: OidcProvider) -> None:
    """A key that the provider has begun to use is asked for, and others are kept."""
    client = orcid_site.visit()
    assert [_sign_in(client)[0] for _ in range(2)] == [303, 303]
    assert provider.requests.count("/jwks") == 1
    provider.change_key()
    assert _sign_in(client)[0] == 303
    assert provider.requests.count("/jwks") == 2


@pytest.mark.parametrize(("fault", "status"), [("redirect", 400), ("packed", 503)])
def test_no_answer_leads_elsewhere_or_unpacks_without_end(
    orcid_site: Site, provider: OidcProvider, fault: str, status: int
) -> None:
    """No redirect of the provider is followed, and no small answer becomes a large one."""
    client = orcid_site.visit()
    parts = urlsplit(_follow(_start(client)))
    provider.fault = fault
    assert client.get(f"{parts.path}?{parts.query}").status_code == status
    assert "/elsewhere" not in provider.requests
    provider.fault = ""
    assert _sign_in(client)[0] == 303


def test_returns_of_a_client_are_limited(orcid_site: Site, provider: OidcProvider) -> None:
    """Nobody lets the site ask the provider about made-up codes without end."""
    client = orcid_site.visit()
    asked = parse_qs(urlsplit(_start(client)).query)
    state, cookie = asked["state"][0], client.get_cookie("papers-form")
    assert cookie is not None
    answers = []
    for _ in range(61):
        client.set_cookie("papers-form", cookie.value)  # kept by a client that lies
        answers.append(client.get(f"/sign-in/orcid/return?code=x&state={state}").status_code)
    assert answers == [400] * 60 + [429]
    assert provider.requests.count("/token") == 60


@pytest.mark.parametrize("fault", ["down", "endless"])
def test_a_provider_that_fails_is_said(
    orcid_site: Site, provider: OidcProvider, fault: str
) -> None:
    """A provider that is down, or answers without end, is one sentence, and can be tried again."""
    provider.fault = fault
    client = orcid_site.visit()
    answer = client.get("/sign-in/orcid")
    assert answer.status_code == 503
    assert "ORCID cannot be reached at the moment. Try again later." in answer.text
    assert LONGEST_ANSWER < 65_536 * 1_000
    provider.fault = ""
    assert _sign_in(client)[0] == 303


def test_no_provider_at_all_is_said(sample_index: Path, tmp_path: Path) -> None:
    """Where nothing listens, the page says so, and the rest of the site works."""
    with OidcProvider(ADA) as provider:
        settings = provider.settings
    client = Site(sample_index, tmp_path, settings).visit()
    assert client.get("/sign-in/orcid").status_code == 503
    assert client.get("/sign-in/orcid/return?code=a&state=b").status_code == 503
    assert client.get("/sign-in").status_code == 200


def test_few_requests_wait_for_the_provider(orcid_site: Site) -> None:
    """A provider that hangs takes a quarter of the threads at most."""
    client = orcid_site.visit()
    provider = orcid_site.app.extensions["provider"]
    waiting = provider._waiting  # noqa: SLF001 - as if others waited
    for _ in range(MOST_AT_A_TIME):
        assert waiting.acquire(blocking=False)
    assert client.get("/sign-in/orcid").status_code == 503
    waiting.release()
    assert client.get("/sign-in/orcid").status_code == 302


def test_sign_ins_of_a_client_are_limited(orcid_site: Site) -> None:
    """A client cannot send people to the provider without end."""
    client = orcid_site.visit()
    answers = [client.get("/sign-in/orcid").status_code for _ in range(31)]
    assert answers == [302] * 30 + [429]


def test_another_person_takes_the_place(orcid_site: Site, provider: OidcProvider) -> None:
    """Who signs in where somebody is signed in ends that session, and sees nothing of it."""
    client, ada = orcid_site.enter(ADA, "Ada Lovelace")
    before = client.get_cookie("papers-session")
    provider.subject, provider.names = BOB, {"name": "Bob"}
    assert _sign_in(client)[0] == 303
    text = client.get("/account").text
    assert "Bob" in text
    assert "Ada" not in text
    assert before is not None
    client.set_cookie("papers-session", before.value)
    assert client.get("/account").status_code == 303
    with orcid_site.database.read() as connection:
        assert list_claims_of(connection, ada.number) == []


@pytest.mark.parametrize(
    "subject",
    [None, "", 7, ADA.replace("-", ""), "0000-0002-1825-0098", f"{ADA} ", "0000-0002-1825-009X",
     "٠٠٠٠-0002-1825-0097", f"https://orcid.org/{ADA}", "X" * 19],
)  # fmt: skip
def test_only_orcid_ids_are_people(subject: object) -> None:
    """A subject that is no ORCID iD, or has a wrong check digit, signs nobody in."""
    with pytest.raises(SignInFailed, match="named no ORCID iD"):
        read_subject(subject)
    assert read_subject(ADA) == ADA
