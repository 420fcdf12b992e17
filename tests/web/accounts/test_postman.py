"""Test that mail is sent beside the requests, and tried again."""

from __future__ import annotations

from smtplib import SMTPAuthenticationError
from time import sleep
from typing import TYPE_CHECKING

import pytest

from tests.support.accounts import BOB, Site
from tests.support.mail_server import ACCEPTED, MailServer
from web.accounts.mail_settings import MailSettings
from web.accounts.notices import post_mail
from web.accounts.postman import AT_ONCE, WAITS, Postman, _describe
from web.errors import AccountsUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_STEPS = 600
NOW = 2_000_000_000


@pytest.fixture
def server() -> Iterator[MailServer]:
    """Run a mail server."""
    started = MailServer()
    started.start()
    yield started
    started.stop()


def make_postman(site: Site, server: MailServer, **changed: object) -> Postman:
    """Return a postman of a site, who has not started."""
    port = int(server.address.rpartition(":")[2])
    known: dict[str, object] = {
        "host": "127.0.0.1", "port": port, "implicit_tls": False, "user": "", "password": "",
        "sender": "papers@example.org",
    }  # fmt: skip
    return Postman(site.database, MailSettings(**(known | changed)))  # type: ignore[arg-type] # of its fields


def post(site: Site, *subjects: str) -> None:
    """Put mails into the outbox, each of a person of its own."""
    with site.database.write() as connection:
        for subject in subjects:
            number = connection.execute(
                "INSERT INTO people (key, name, created, signed_in)"
                " VALUES (randomblob(9), 'B', 1, 1) RETURNING number"
            ).fetchone()[0]
            post_mail(connection, (number, "bob@example.org"), (subject, "Text"), NOW)


def list_waiting(site: Site) -> list[tuple[int, int]]:
    """Return how often each mail in the outbox was tried, and when it is due."""
    with site.database.read() as connection:
        rows = connection.execute("SELECT tries, due FROM outbox ORDER BY number").fetchall()
    return [(row["tries"], row["due"]) for row in rows]


def test_the_thread_sends_what_comes(site: Site, server: MailServer) -> None:
    """It sends what waits when it starts and what it is woken for."""
    post(site, "One")
    with site.database.write() as connection:
        connection.execute("UPDATE outbox SET due = 0")
    postman = make_postman(site, server)
    postman.start()
    for _ in range(PATIENCE_STEPS):
        if server.mails:
            break
        sleep(0.05)
    postman.wake()
    postman.stop()
    assert [mail["Subject"] for mail in server.mails] == ["One"]
    assert server.mails[0]["Auto-Submitted"] == "auto-generated"
    assert list_waiting(site) == []


def test_a_refused_mail_is_tried_again(site: Site, server: MailServer) -> None:
    """Later each time, and not for ever; others are sent."""
    post(site, "One", "Two")
    postman, now = make_postman(site, server), NOW
    server.answer = "450 Not now"
    for tries, wait in enumerate(WAITS, 1):
        assert postman.send_due(now) == 0
        assert list_waiting(site) == [(tries, now + wait)] * 2
        assert postman.send_due(now + wait - 1) == 0
        now += wait
    assert server.refused == 2 * len(WAITS)
    assert postman.send_due(now) == 0
    assert list_waiting(site) == []
    server.answer = ACCEPTED
    post(site, *(str(n) for n in range(AT_ONCE + 1)))
    assert (postman.send_due(NOW), postman.send_due(NOW)) == (AT_ONCE, 1)


def test_nothing_is_sent_that_cannot_be_noted(
    site: Site, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is locked or full does not let one mail be sent again and again."""
    monkeypatch.setattr("web.accounts.database.BUSY_SECONDS", 0.01)
    post(site, "One")
    postman, locked = make_postman(site, server), pytest.raises(AccountsUnavailable)
    with site.database.write(), locked:
        postman.send_due(NOW)
    assert server.mails == []
    assert list_waiting(site) == [(0, NOW)]
    assert postman.send_due(NOW) == 1


def test_the_log_names_nobody(
    site: Site, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    """What the mail server says may name a person, so the log has its number alone."""
    post(site, "One")
    server.answer = "550 bob@example.org is unknown"
    assert make_postman(site, server).send_due(NOW) == 0
    assert caplog.messages == ["A mail was refused: SMTPDataError"]
    error = SMTPAuthenticationError(535, b"papers@example.org: no")
    assert _describe(error) == "SMTPAuthenticationError 535"
    assert _describe(OSError("no route")) == "no route"


@pytest.mark.parametrize(
    "changed",
    [{"port": 9}, {"implicit_tls": True}, {"host": "localhost.invalid"}, {"user": "x"}],
)
def test_a_dead_server_fails_nothing(
    site: Site, server: MailServer, changed: dict[str, object]
) -> None:
    """Mail waits if the server is not there, speaks no TLS, or lets nobody sign in."""
    post(site, "One")
    assert make_postman(site, server, **changed).send_due(NOW) == 0
    assert list_waiting(site) == [(1, NOW + WAITS[0])]
    assert BOB


def test_no_password_goes_unencrypted_to_another_host(site: Site, server: MailServer) -> None:
    """Only this machine may be spoken to without TLS."""
    postman = make_postman(site, server)
    assert not postman.settings.needs_tls
    assert make_postman(site, server, host="mail.example.org").settings.needs_tls
