"""Test that followers are counted only for claimed identities, and not cheaply."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.support.accounts import ADA, BOB, Site, read_form_token
from tests.support.claimed_people import enter_claimed
from tests.support.page import read_page
from web.accounts.contacts import find_contact
from web.accounts.followers import LIFETIME, MOST_PER_NETWORK
from web.accounts.sessions import DAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient


@pytest.fixture
def site(sample_index: Path, tmp_path: Path) -> Site:
    """Return a site with accounts."""
    return Site(sample_index, tmp_path)


LIST = urlencode({"identity": f"orcid:{ADA}|Yoshua Bengio", "author": "Yoshua Bengio"})


def _send(client: FlaskClient, query: str, action: str, network: str = "192.0.2.1") -> str:
    """Send the form of a list, and return the parameters of the list that it leads to."""
    token = read_form_token(client, f"/following/count?{query}")
    fields = parse_qs(query)
    answer = client.post(
        "/following/count",
        data={**fields, "csrf_token": token, "action": action},
        environ_base={"REMOTE_ADDR": network},
    )
    assert answer.status_code == 303, answer.text
    assert answer.location.startswith("/following?")
    return urlsplit(answer.location).query


def _count(site: Site, orcid: str = ADA) -> int:
    with site.app.app_context():
        contact = find_contact(f"orcid:{orcid}", "Ada")
    return -1 if contact is None else contact.followers


def test_a_reader_is_counted_once(site: Site) -> None:
    """However often the form of a list is sent; stopping deletes it."""
    enter_claimed(site, ADA, "Ada")
    client = site.visit()
    assert _count(site) == 0
    counted = _send(client, LIST, "count")
    assert len(parse_qs(counted)["token"][0]) == 43
    assert _send(client, counted, "count") == counted
    assert _count(site) == 1
    assert b"192.0.2" not in site.dump_bytes()
    assert parse_qs(counted)["token"][0].encode() not in site.dump_bytes()
    page = client.get(f"/following?{counted}").text
    assert "You are counted as a follower" in page
    assert read_page(page)
    assert "token" not in parse_qs(_send(client, counted, "stop"))
    assert _count(site) == 0


def test_only_claimed_people_have_followers(site: Site) -> None:
    """Following a name, or somebody whose claim was not accepted, counts nothing."""
    site.enter(ADA, "Ada")
    client = site.visit()
    _send(client, LIST.partition("&")[0] + "&token=" + "x" * 43, "count")
    assert _count(site) == -1
    page = client.get(f"/following/count?{LIST}").text
    assert "nobody in your list" in page
    assert read_page(page)


def test_a_network_counts_little(site: Site) -> None:
    """A program that makes many lists gains little; another network counts by itself."""
    enter_claimed(site, ADA, "Ada")
    for last in range(MOST_PER_NETWORK + 3):
        _send(site.visit(), LIST, "count", f"192.0.2.{last}")
    assert _count(site) == MOST_PER_NETWORK
    _send(site.visit(), LIST, "count", "198.51.100.7")
    assert _count(site) == MOST_PER_NETWORK + 1


def test_removing_a_person_ends_it(site: Site) -> None:
    """One is counted for the others in the list still."""
    enter_claimed(site, ADA, "Ada")
    enter_claimed(site, BOB, "Bob")
    client = site.visit()
    both = f"{LIST}&{urlencode({'identity': f'orcid:{BOB}|Bo Li'})}"
    counted = _send(client, both, "count")
    assert (_count(site), _count(site, BOB)) == (1, 1)
    entry = urlencode({"identity": f"orcid:{ADA}|Yoshua Bengio"})
    assert client.get(f"/following?{counted}&{urlencode({'remove': entry})}").status_code == 303
    assert (_count(site), _count(site, BOB)) == (0, 1)


def test_a_link_writes_nothing_for_a_list_that_is_not_counted(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody can write an address with a token and a thousand people to remove."""
    monkeypatch.setattr("web.accounts.database.BUSY_SECONDS", 0.01)
    entry = {"identity": f"orcid:{ADA}|Yoshua Bengio"}
    query = {**entry, "token": "x" * 43, "remove": "&".join([urlencode(entry)] * 200)}
    with site.database.write():
        answer = site.visit().get("/following", query_string=query)
    assert (answer.status_code, answer.location) == (303, f"/following?token={'x' * 43}")


def test_who_is_not_seen_for_a_year_counts_no_more(site: Site) -> None:
    """Opening the list is enough to count on."""
    enter_claimed(site, ADA, "Ada")
    client = site.visit()
    counted = _send(client, LIST, "count")
    with site.database.write() as connection:
        connection.execute("UPDATE followers SET seen = seen - ?", (2 * DAY,))
        before = connection.execute("SELECT seen FROM followers").fetchone()[0]
    assert client.get(f"/following?{counted}").status_code == 200
    with site.database.read() as connection:
        assert connection.execute("SELECT seen FROM followers").fetchone()[0] > before
    with site.database.write() as connection:
        connection.execute("UPDATE followers SET seen = seen - ?", (LIFETIME,))
    assert _count(site) == 0


def test_forms_of_other_sites_count_nobody(site: Site) -> None:
    """A reader is not counted without wanting it."""
    enter_claimed(site, ADA, "Ada")
    fields = {"identity": f"orcid:{ADA}|Yoshua Bengio", "action": "count"}
    assert site.visit().post("/following/count", data=fields).status_code in {400, 403}
    assert _count(site) == 0
    assert site.visit().get(f"/following?{LIST}").headers.get("Set-Cookie") is None


def test_the_page_of_a_person_says_it(index_of: Callable[..., Path], tmp_path: Path) -> None:
    """Only once the claim was accepted, and only what is public."""
    author = {"name": "Ada Reed", "ids": {"orcid": ADA}}
    site = Site(index_of({"id": "a", "title": "A paper of tides", "authors": [author]}), tmp_path)
    address = f"/authors/Ada%20Reed?identity=orcid:{ADA}"
    assert "Open to collaborate" not in site.visit().get(address).text
    enter_claimed(site, ADA, "Ada", is_open=True)
    query = urlencode({"identity": f"orcid:{ADA}|Ada Reed"})
    _send(site.visit(), query, "count")
    page = site.visit().get(address).text
    assert read_page(page)
    for part in ("Open to collaborate", "1 follower<", f"&amp;identity=orcid%3A{ADA}"):
        assert part in page
    with site.app.app_context():
        assert find_contact("", "Ada") is None
        assert find_contact(f"orcid:{BOB}", "Bob") is None


def test_a_list_is_shown_without_the_database(site: Site) -> None:
    """Only counting needs it."""
    enter_claimed(site, ADA, "Ada")
    counted = _send(site.visit(), LIST, "count")
    site.path.write_bytes(b"no database" * 1_000)
    assert site.visit().get(f"/following?{counted}").status_code == 200
    assert site.visit().get(f"/following/count?{counted}").status_code == 503


def test_without_accounts_nobody_is_counted(client: FlaskClient) -> None:
    """The address does not exist, and the page of a list does not lead there."""
    assert client.get(f"/following/count?{LIST}").status_code == 404
    assert client.post("/following/count").status_code == 404
    assert "/following/count" not in client.get(f"/following?{LIST}").text
    assert client.get(f"/following?{LIST}&token={'x' * 43}").status_code == 200
