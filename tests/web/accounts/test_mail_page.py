"""Test that mail goes only to addresses that people have shown to be theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.accounts import ADA, BOB, SECRET, Site, read_form_token, send_form
from tests.support.claimed_people import enter_claimed, enter_pair, write_message
from tests.support.mail_server import MailServer
from tests.support.page import read_page
from web.accounts.mail_addresses import LIFETIME, MOST_TRIES
from web.accounts.notices import MOST_WAITING
from web.accounts.postman import EXTENSION, Postman
from web.accounts.settings import AccountSettings
from web.accounts.visitor import read_clock
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

ADDRESS = "bob@example.org"


@pytest.fixture
def server() -> Iterator[MailServer]:
    """Run a mail server."""
    started = MailServer()
    started.start()
    yield started
    started.stop()


@pytest.fixture
def mailing(site: Site, server: MailServer, sample_index: Path) -> Iterator[Site]:
    """Return a site that sends mail when a test says so."""
    settings = AccountSettings(
        SECRET, site.path, smtp_url=server.address, mail_from="papers@example.org"
    )
    site.app = create_app(sample_index, accounts=settings)
    find_postman(site).stop()  # the tests send themselves
    yield site
    find_postman(site).stop()


def find_postman(site: Site) -> Postman:
    """Return the postman of a site."""
    postman: Postman = site.app.extensions[EXTENSION]
    return postman


def send_mail(site: Site, now: int | None = None) -> int:
    """Send what is due, and return how much was sent."""
    return find_postman(site).send_due(read_clock() if now is None else now)


def verify(client: FlaskClient, site: Site, server: MailServer) -> tuple[int, str, str]:
    """Ask for a code, read it in the mail and type it."""
    assert send_form(client, "/account/mail", "/account/mail", address=ADDRESS)[0] == 303
    assert send_mail(site) == 1
    found = re.search("Your code is ([A-Z0-9]{8})", server.mails[-1].get_content())
    assert found is not None
    return send_form(client, "/account/mail", "/account/mail/code", code=found[1].lower())


def test_a_message_is_announced(mailing: Site, server: MailServer) -> None:
    """The mail says who has written and where to read it, and nothing of the message."""
    (ada, _), (bob, _) = enter_pair(mailing)
    assert write_message(ada, BOB)[0] == 303
    assert send_mail(mailing) == 0
    assert "Email about new messages" in bob.get("/account").text
    assert verify(bob, mailing, server)[:2] == (303, "/account/mail")
    assert f"{ADDRESS} gets an email" in bob.get("/account/mail").text
    write_message(ada, BOB, "A secret text", "A secret subject")
    assert send_mail(mailing) == 1
    mail = server.mails[-1]
    assert (mail["To"], mail["From"]) == (ADDRESS, "papers@example.org")
    assert "Ada Unmistakable has written to you." in mail.get_content()
    assert "http://localhost/messages" in mail.get_content()
    assert "secret" not in mail.as_string()
    assert send_form(bob, "/account/mail", "/account/mail/remove")[0] == 303
    assert ADDRESS.encode() not in mailing.dump_bytes()
    assert read_page(bob.get("/account/mail").text)


def test_a_mail_goes_with_what_it_announces(mailing: Site, server: MailServer) -> None:
    """Who deletes a conversation or the account is named by no mail that waits."""
    (ada, _), (bob, _) = enter_pair(mailing)
    verify(bob, mailing, server)
    _, address, _ = write_message(ada, BOB)
    assert b"Ada Unmistakable has written" in mailing.dump_bytes()
    send_form(ada, "/account", address, action="delete")
    assert b"Ada Unmistakable has written" not in mailing.dump_bytes()
    write_message(ada, BOB)
    send_form(ada, "/account/delete", "/account/delete")
    assert b"Ada Unmistakable" not in mailing.dump_bytes()
    assert send_mail(mailing) == 0


def test_another_address_takes_the_mail_that_waits(mailing: Site, server: MailServer) -> None:
    """Nothing is sent to an address that somebody has replaced."""
    (ada, _), (bob, _) = enter_pair(mailing)
    verify(bob, mailing, server)
    write_message(ada, BOB)
    send_form(bob, "/account/mail", "/account/mail", address="b@example.org")
    assert ADDRESS.encode() not in mailing.dump_bytes()
    assert send_mail(mailing) == 1
    assert server.mails[-1]["To"] == "b@example.org"


def test_a_wrong_code_verifies_nothing(mailing: Site, server: MailServer) -> None:
    """Few codes can be tried, and not for long; an address that is not verified gets no notices."""
    (ada, _), (bob, _) = enter_pair(mailing)
    send_form(bob, "/account/mail", "/account/mail", address=ADDRESS)
    assert read_page(bob.get("/account/mail").text)
    for _ in range(MOST_TRIES):
        status, _, text = send_form(bob, "/account/mail", "/account/mail/code", code="WRONGONE")
        assert (status, "Invalid code" in text) == (400, True)
    assert send_mail(mailing) == 1
    found = re.search("[A-Z0-9]{8}", server.mails[-1].get_content())
    assert found is not None
    assert send_form(bob, "/account/mail", "/account/mail/code", code=found[0])[0] == 403
    write_message(ada, BOB)
    assert send_mail(mailing) == 0
    send_form(bob, "/account/mail", "/account/mail", address=ADDRESS)
    with mailing.database.write() as connection:
        connection.execute("UPDATE mail_addresses SET asked = asked - ?", (LIFETIME,))
    assert send_form(bob, "/account/mail", "/account/mail/code", code="ANYCODES")[0] == 403


@pytest.mark.parametrize(
    "address",
    [
        "", "bob", "bob@", "@example.org", "bob@example", "b\r\nBcc: x@y.z@example.org",
        "bob@example.org\nBcc: x@y.z", "bob@example.org, x@y.z", "Bob <bob@example.org>",
        "bøb@example.org", "bob@[192.0.2.1]", "bob@[IPv6:::1.2.3.4]",
        '"b\\ b"@x.y,c@x.y', "x" * 250 + "@example.org",
    ],
)  # fmt: skip
def test_only_plain_addresses_are_kept(mailing: Site, address: str) -> None:
    """Nothing that could add a header or another receiver is an address."""
    _, (bob, _) = enter_pair(mailing)
    status, _, text = send_form(bob, "/account/mail", "/account/mail", address=address)
    assert (status, "Invalid mail address" in text) == (400, True)
    assert send_mail(mailing) == 0


def test_codes_of_a_person_are_limited(mailing: Site) -> None:
    """Nobody fills the mailbox of another one with codes, by however many clients they ask."""
    (ada, _), _ = enter_pair(mailing)
    token = read_form_token(ada, "/account/mail")
    form = {"csrf_token": token, "address": "victim@example.org"}
    answers = [
        ada.post("/account/mail", data=form, environ_base={"REMOTE_ADDR": f"192.0.2.{n}"})
        for n in range(6)
    ]
    assert [one.status_code for one in answers] == [303] * 5 + [429]


def test_only_people_who_can_be_written_to_get_mail(mailing: Site) -> None:
    """So the site sends mail to nobody's address for somebody who is just passing."""
    ada, _ = mailing.enter(ADA, "Ada")
    assert send_form(ada, "/account/mail", "/account/mail", address=ADDRESS)[0] == 403
    assert send_mail(mailing) == 0


def test_without_mail_there_is_no_page(site: Site) -> None:
    """A site that sends no mail asks for no address."""
    bob, _ = enter_claimed(site, BOB, "Bob")
    assert bob.get("/account/mail").status_code == 404
    assert "Email about" not in bob.get("/account").text
    assert send_form(bob, "/account", "/account/mail", address=ADDRESS)[0] == 404


def test_few_mails_wait_for_one_person(mailing: Site, server: MailServer) -> None:
    """However much is written, a mailbox is not flooded."""
    (ada, _), (bob, _) = enter_pair(mailing)
    verify(bob, mailing, server)
    _, address, _ = write_message(ada, BOB)
    for _ in range(2 * MOST_WAITING):
        send_form(bob, "/account", address, action="reply", text="Yes")
        send_form(ada, "/account", address, action="reply", text="No")
    assert send_mail(mailing) == MOST_WAITING
