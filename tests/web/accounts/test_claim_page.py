"""Test how somebody claims the papers of an identity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.accounts import ADA, BOB, SECRET, Site, read_form_token, send_form
from tests.support.author_index import open_authors
from web.accounts.claims import Claim, Proof, State, decide_claim, list_claims
from web.accounts.review import accept_claim
from web.accounts.settings import ProviderSettings
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.page import Element

KNOWN, OTHER = f"orcid:{ADA}", "openreview:~Wei_Wang2"
PROVIDER = ProviderSettings("http://127.0.0.1:9", "APP-1", "s")


def _page(identity: str) -> str:
    return f"/claim?author=Wei+Wang&identity={identity}"


@pytest.fixture
def wangs(two_wangs: Path, tmp_path: Path) -> Site:
    """Return a site where a provider signs people in."""
    return Site(two_wangs, tmp_path, PROVIDER)


@pytest.fixture
def keyed(two_wangs: Path, tmp_path: Path) -> Site:
    """Return a site where people have private keys."""
    return Site(two_wangs, tmp_path)


def _list(site: Site) -> list[Claim]:
    with site.database.read() as connection:
        return list_claims(connection)


@pytest.mark.parametrize(
    ("orcid", "identity", "proof", "sentence"),
    [
        (ADA, KNOWN, Proof.ORCID, "The sources name your ORCID iD for these papers."),
        (BOB, KNOWN, Proof.OTHER, "The sources name another ORCID iD for these papers"),
        (BOB, OTHER, Proof.NONE, "The sources name no ORCID iD for these papers"),
    ],
)
def test_a_claim_says_what_proves_it(
    wangs: Site, orcid: str, identity: str, proof: Proof, sentence: str
) -> None:
    """The page says what the sources know; the claim waits with it, and is in the account."""
    client, person = wangs.enter(orcid, "Wei")
    text = client.get(_page(identity)).text
    assert sentence in text
    assert "3 papers" in text
    assert "Nothing now." in text
    fields = {"author": "Wei Wang", "identity": identity, "note": " It is <me>. "}
    assert send_form(client, _page(identity), "/claim", **fields)[:2] == (303, "/account")
    [claim] = _list(wangs)
    assert (claim.person, claim.state, claim.draft.proof) == (person.number, State.PENDING, proof)
    assert (claim.draft.author, claim.draft.identity) == ("Wei Wang", identity)
    assert claim.draft.note == "It is <me>."
    assert "waits for the maintainer" in client.get("/account").text
    assert "You have claimed these papers" in client.get(_page(identity)).text
    token = read_form_token(client, "/account")
    again = client.post("/claim", data={"csrf_token": token, **fields})
    assert (again.status_code, "already" in again.text) == (400, True)


def test_signing_in_comes_first(wangs: Site) -> None:
    """With a provider nobody claims anything without signing in, and the link leads back."""
    client = wangs.visit()
    text = client.get(_page(KNOWN)).text
    assert "<textarea" not in text
    assert "/sign-in?return=%2Fclaim%3Fauthor%3DWei%2BWang%26identity%3Dorcid%253A" in text
    fields = {"author": "Wei Wang", "identity": KNOWN, "name": "Eve"}
    assert send_form(client, "/sign-in", "/claim", **fields)[0] == 403
    assert _list(wangs) == []


def test_without_a_provider_a_claim_makes_a_key(keyed: Site) -> None:
    """The key is shown once, is in no database, and signs in the person who made the claim."""
    client = keyed.visit()
    fields = {"author": "Wei Wang", "identity": OTHER, "name": "Wei <b>Wang</b>", "note": "me"}
    status, _, text = send_form(client, _page(OTHER), "/claim", **fields)
    assert status == 200
    found = re.search(r'id="private-key">([\w-]{43})<', text)
    assert found is not None
    assert found[1].encode() not in keyed.dump_bytes()
    assert "Wei &lt;b&gt;Wang&lt;/b&gt;" in client.get("/account").text
    [claim] = _list(keyed)
    assert (claim.orcid, claim.draft.proof) == ("", Proof.NONE)
    other = keyed.visit()
    assert send_form(other, "/sign-in", "/sign-in/key", key=found[1])[:2] == (303, "/account")
    assert OTHER in other.get("/account").text


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"name": " "}, 400, "Invalid name. Use the name under which you publish."),
        ({"note": "x" * 1_001}, 400, "Invalid note. Use at most 1,000 characters."),
        ({"author": ""}, 400, "Invalid author"),
        ({"author": "x" * 501}, 400, "Invalid author"),
        ({"author": "Nobody Known"}, 404, "Nobody Known"),
        ({"identity": ""}, 400, "Invalid identity"),
        ({"identity": "s2:<i>"}, 404, "s2:&lt;i&gt;"),
        ({"identity": "\x00\u202e"}, 404, "Wei Wang"),
    ],
)
def test_invalid_claims_are_refused(
    keyed: Site, changed: dict[str, str], status: int, sentence: str
) -> None:
    """What is missing, too long or unknown is said in one sentence, and nothing is kept."""
    fields = {"author": "Wei Wang", "identity": OTHER, "name": "Wei"} | changed
    answer = send_form(keyed.visit(), "/sign-in", "/claim", **fields)
    assert answer[0] == status
    assert sentence in answer[2]
    assert _list(keyed) == []
    with keyed.database.read() as connection:
        assert connection.execute("SELECT count(*) FROM people").fetchone()[0] == 0


def test_claims_of_a_client_are_limited(keyed: Site) -> None:
    """An address makes at most ten claims a day, by whichever people."""
    client = keyed.visit()
    fields = {"author": "Wei Wang", "identity": OTHER, "name": "Wei"}
    statuses = []
    for _ in range(11):
        client.delete_cookie("papers-session")
        statuses.append(send_form(client, "/sign-in", "/claim", **fields)[0])
    assert statuses == [200] * 10 + [429]


def test_an_identity_that_is_taken_says_so(wangs: Site) -> None:
    """Whoever opens an accepted identity is told; the person who has it is told something else."""
    ada, _ = wangs.enter(ADA, "Ada")
    fields = {"author": "Wei Wang", "identity": KNOWN}
    send_form(ada, _page(KNOWN), "/claim", **fields)
    with wangs.database.write() as connection:
        decide_claim(connection, _list(wangs)[0].number, State.ACCEPTED, 1)
    bob, _ = wangs.enter(BOB, "Bob")
    assert "A claim of these papers was accepted already." in bob.get(_page(KNOWN)).text
    assert "A claim of these papers" not in ada.get(_page(KNOWN)).text
    assert "the maintainer has accepted it" in ada.get(_page(KNOWN)).text


def test_the_page_of_an_identity_leads_to_its_claim(wangs: Site, two_wangs: Path) -> None:
    """The page of one identity has the link, where there are accounts; that of a name has none."""
    page = f"/authors/Wei%20Wang?identity={OTHER}"
    link = "/claim?author=Wei+Wang&amp;identity=openreview%3A~Wei_Wang2"
    assert link in wangs.visit().get(page).text
    assert wangs.visit().get(link.replace("&amp;", "&")).status_code == 200
    assert "/claim" not in wangs.visit().get("/authors/Wei%20Wang").text
    assert "/claim" not in create_app(two_wangs).test_client().get(page).text


def test_an_accepted_claim_is_on_the_page_without_a_build(tmp_path: Path) -> None:
    """The page names the person, and what the account links to still leads there."""
    wang = {"name": "Wei Wang", "ids": {"openreview": "~Wei_Wang2"}}
    open_authors(tmp_path / "made", [{"authors": [wang]}, {"authors": [wang]}])
    index = tmp_path / "made" / "index"
    site = Site(index, tmp_path, PROVIDER)
    client, _ = site.enter(BOB, "Wei")
    page = "/authors/Wei%20Wang.json?identity=openreview%3A~Wei_Wang2"
    before = client.get(page).get_json()["data"]
    send_form(client, _page(OTHER), "/claim", author="Wei Wang", identity=OTHER)
    assert client.get(page).get_json()["data"] == before
    accept_claim(site.database, index, _list(site)[0].number, 1)
    client, _ = Site(index, tmp_path, PROVIDER).enter(BOB, "Wei")
    after = client.get(page)
    assert f'"orcid:{BOB}"' in after.text
    assert after.get_json()["data"] != before
    assert page.replace(".json", "") in client.get("/account").text


def test_pages_are_sound(wangs: Site, read: Callable[[str], list[Element]]) -> None:
    """Every page of this room is well-formed, has one heading, and names no secret."""
    client, _ = wangs.enter(ADA, "Ada")
    texts = [
        client.get(one).text for one in (_page(KNOWN), _page(OTHER), "/account", "/account/delete")
    ]
    texts += [wangs.visit().get(one).text for one in (_page(KNOWN), "/sign-in")]
    for text in texts:
        assert sum(element.tag == "h1" for element in read(text)) == 1
        assert SECRET not in text
    assert len(texts) == 6
