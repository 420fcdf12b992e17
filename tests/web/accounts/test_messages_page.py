"""Test who may write to whom, and that deletion deletes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.accounts import ADA, BOB, Site, send_form
from tests.support.claimed_people import CAROL, enter_claimed, enter_pair, write_message
from tests.support.page import read_page
from web.accounts.claims import State, decide_claim, find_accepted
from web.accounts.doors import may_write
from web.accounts.message_limits import MOST_NEW, MOST_UNANSWERED
from web.accounts.messages import LONGEST_SUBJECT, LONGEST_TEXT, REPEATED
from web.accounts.reports import MOST_A_DAY, dismiss_report, list_reports, uphold_report
from web.accounts.visitor import read_clock
from web.errors import ReportMissing

if TYPE_CHECKING:
    from flask.testing import FlaskClient

CLOSED = "This person does not receive messages"


def _act(client: FlaskClient, address: str, action: str, **fields: str) -> tuple[int, str, str]:
    return send_form(client, "/account", address, action=action, **fields)


def test_a_conversation(site: Site) -> None:
    """A message arrives as plain text, is counted until it is opened, and can be answered."""
    (ada, _), (bob, _) = enter_pair(site)
    assert read_page(ada.get(f"/messages/new?identity=orcid:{BOB}").text)
    text = "Hello <b>Bob</b>\r\nsee https://evil.example/"
    status, address, _ = write_message(ada, BOB, text, "A <i>question</i>")
    assert (status, address[:10]) == (303, "/messages/")
    assert "Messages (1 new)" in bob.get("/account").text
    inbox = bob.get("/messages").text
    assert read_page(inbox)
    assert "A &lt;i&gt;question&lt;/i&gt;" in inbox
    shown = bob.get(address).text
    page = f'<a href="/authors/Ada%20Unmistakable?identity=orcid%3A{ADA}">'
    assert page in shown.partition("<ol")[0]
    assert read_page(shown)
    assert "Hello &lt;b&gt;Bob&lt;/b&gt;\nsee https://evil.example/" in shown
    assert 'href="https://evil.example' not in shown
    assert "(1 new)" not in bob.get("/account").text
    assert "opened" in ada.get(address).text
    assert _act(bob, address, "reply", text="Good day")[:2] == (303, address)
    assert "Good day" in ada.get(address).text


@pytest.mark.parametrize("orcid", [BOB, CAROL, "0000-0000-0000-0000"])
def test_only_claimed_people_write(site: Site, orcid: str) -> None:
    """Who has no accepted claim learns nothing about others; who is not signed in signs in."""
    enter_claimed(site, BOB, "Bob", is_open=True)
    ada, _ = site.enter(ADA, "Ada")
    for status, _, text in (
        write_message(ada, orcid),
        (ada.get(f"/messages/new?identity=orcid:{orcid}").status_code, "", "Only people whose"),
    ):
        assert (status, "Only people whose" in text) == (403, True)
    assert "Only people whose claim was accepted" in ada.get("/messages").text
    assert _act(ada, "/messages/door", "", open="yes")[0] == 403
    assert site.visit().get("/messages").status_code == 303
    assert site.visit().post("/messages/new", data={"text": "x"}).status_code in {400, 403}


def test_only_open_doors_are_written_to(site: Site) -> None:
    """A closed door, one's own, that of nobody and of somebody who blocks look the same."""
    (ada, _), (bob, bob_person) = enter_pair(site)
    enter_claimed(site, CAROL, "Carol")
    assert CLOSED in write_message(ada, CAROL)[2]
    assert CLOSED in write_message(ada, ADA)[2]
    assert CLOSED in write_message(ada, "0000-0000-0000-0000")[2]
    _, address, _ = write_message(ada, BOB)
    assert _act(bob, address, "block")[0] == 303
    assert CLOSED in write_message(ada, BOB)[2]
    assert "This conversation has ended" in _act(ada, address, "reply", text="Why?")[2]
    assert "Ada Unmistakable" in bob.get("/messages").text.partition("Blocked")[2]
    for number in ("x", "0", "999"):
        assert send_form(bob, "/account", "/messages/unblock", person=number)[0] == 303
    assert CLOSED in write_message(ada, BOB)[2]
    with site.database.read() as connection:
        ada_number = connection.execute("SELECT blocked FROM blocks").fetchone()[0]
    send_form(bob, "/account", "/messages/unblock", person=str(ada_number))
    status, thread, _ = write_message(ada, BOB)
    assert status == 303
    with site.database.write() as connection:
        claim = find_accepted(connection, bob_person.number)
        assert claim is not None
        decide_claim(connection, claim.number, State.REJECTED, read_clock())
    assert CLOSED in write_message(ada, BOB)[2]
    assert "no accepted claim" in ada.get("/messages").text + ada.get(thread).text


def test_closing_the_door_ends_what_others_began(site: Site) -> None:
    """Conversations that one began oneself go on."""
    (ada, _), (bob, _) = enter_pair(site)
    carol, _ = enter_claimed(site, CAROL, "Carol", is_open=True)
    _, theirs, _ = write_message(ada, BOB)
    _, own, _ = write_message(bob, CAROL)
    assert send_form(bob, "/messages", "/messages/door", open="no")[0] == 303
    assert "Nobody can write to you" in bob.get("/messages").text
    assert "This conversation has ended" in _act(ada, theirs, "reply", text="Hello?")[2]
    assert _act(carol, own, "reply", text="Yes")[0] == 303
    assert CLOSED in write_message(ada, BOB)[2]


def test_a_form_that_is_sent_twice_is_one_message(site: Site) -> None:
    """A second click begins no second conversation; the same words later are another message."""
    (ada, _), (bob, _) = enter_pair(site)
    _, address, _ = write_message(ada, BOB)
    assert write_message(ada, BOB)[:2] == (303, address)
    assert write_message(ada, BOB, "Hello?")[1] != address
    for _ in range(2):
        assert _act(bob, address, "reply", text="Good day")[:2] == (303, address)
    assert ada.get(address).text.count("Good day") == 1
    with site.database.write() as connection:
        connection.execute("UPDATE messages SET created = created - ?", (REPEATED,))
    _act(bob, address, "reply", text="Good day")
    assert ada.get(address).text.count("Good day") == 2


def test_a_conversation_can_be_read_while_nothing_can_be_written(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is marked as opened the next time."""
    monkeypatch.setattr("web.accounts.database.BUSY_SECONDS", 0.01)
    (ada, _), (bob, _) = enter_pair(site)
    _, address, _ = write_message(ada, BOB, "unmistakable")
    with site.database.write():
        assert "unmistakable" in bob.get(address).text
    assert "1 new" in bob.get("/messages").text
    bob.get(address)
    assert "1 new" not in bob.get("/messages").text


def test_nobody_reads_the_messages_of_others(site: Site) -> None:
    """A conversation between others does not exist, whatever is done to it."""
    (ada, _), _ = enter_pair(site)
    carol, _ = enter_claimed(site, CAROL, "Carol", is_open=True)
    _, address, _ = write_message(ada, BOB, "a secret")
    assert carol.get(address).status_code == 404
    for action in ("reply", "end", "delete", "block", "report"):
        status, _, text = _act(carol, address, action, text="x")
        assert (status, "There is no such conversation" in text) == (404, True)
    assert "a secret" in ada.get(address).text
    assert _act(ada, address, "read")[0] == 400
    assert ada.get("/messages/" + "x" * 500).status_code == 404
    assert ada.post(address, data={"action": "delete"}).status_code == 403


def test_deletion_deletes(site: Site) -> None:
    """A deleted conversation is in no file any more, for neither of them."""
    (ada, _), (bob, _) = enter_pair(site)
    _, address, _ = write_message(ada, BOB, "unmistakable text " * 50, "unmistakable subject")
    assert b"unmistakable text" in site.dump_bytes()
    assert _act(bob, address, "delete")[0] == 303
    for secret in (b"unmistakable text", b"unmistakable subject"):
        assert secret not in site.dump_bytes()
    assert ada.get(address).status_code == 404


def test_an_account_is_deleted_with_its_messages(site: Site) -> None:
    """What somebody wrote goes with them, in reports too."""
    (ada, _), (bob, _) = enter_pair(site)
    _, address, _ = write_message(ada, BOB, "unmistakable text " * 50)
    _act(bob, address, "report", reason="an unmistakable reason")
    assert b"an unmistakable reason" in site.dump_bytes()
    assert send_form(ada, "/account/delete", "/account/delete")[0] == 303
    for secret in (b"unmistakable text", b"unmistakable reason", b"Ada Unmistakable"):
        assert secret not in site.dump_bytes()
    assert bob.get(address).status_code == 404


def test_limits(site: Site) -> None:
    """Nobody can write much to somebody who does not answer, also if they delete it."""
    (ada, _), (bob, _) = enter_pair(site)
    address = ""
    for _ in range(MOST_UNANSWERED):
        status, address, _ = write_message(ada, BOB)
        assert status == 303
        _act(ada, address, "delete")
    assert "without an answer" in write_message(ada, BOB)[2]
    carol, carol_person = enter_claimed(site, CAROL, "Carol", is_open=True)
    _, thread, _ = write_message(ada, CAROL)
    assert _act(carol, thread, "reply", text="Yes?")[0] == 303
    assert _act(ada, thread, "reply", text="Well")[0] == 303
    with site.database.write() as connection:
        connection.executemany(
            "INSERT INTO sent (writer, receiver, begins, created)"
            " SELECT number, ?, 1, ? FROM people WHERE name LIKE 'Ada%'",
            [(carol_person.number, read_clock())] * MOST_NEW,
        )
    assert "10 conversations in a day" in write_message(ada, CAROL)[2]
    assert address
    assert bob.get("/messages").status_code == 200


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("", "x"), ("x", ""), ("x", " \r\n "), ("x" * (LONGEST_SUBJECT + 1), "x"),
        ("x", "x" * (LONGEST_TEXT + 1)),
    ],
)  # fmt: skip
def test_empty_and_long_texts_are_refused(site: Site, subject: str, text: str) -> None:
    """With one sentence; nothing is kept of them."""
    (ada, _), _ = enter_pair(site)
    status, _, answer = write_message(ada, BOB, text, subject)
    assert (status, "Invalid" in answer) == (400, True)
    assert "None yet" in ada.get("/messages").text


@pytest.mark.parametrize("letter", ["a", "\u044f", "\u5b57", "\U0001d49c"])
def test_the_longest_message_is_taken_in_every_script(site: Site, letter: str) -> None:
    """A limit of characters holds whatever the number of bytes that a browser sends for them."""
    (ada, _), (bob, _) = enter_pair(site)
    status, address, _ = write_message(ada, BOB, letter * LONGEST_TEXT, letter * LONGEST_SUBJECT)
    assert status == 303
    assert letter * LONGEST_TEXT in bob.get(address).text


def test_reports(site: Site) -> None:
    """The maintainer gets a copy, the other one is blocked, and an upheld report ends it all."""
    (ada, _), (bob, _) = enter_pair(site)
    _, address, _ = write_message(ada, BOB, "Buy this!", "An offer")
    status, reported, _ = _act(bob, address, "report", reason="Spam")
    assert status == 303
    assert "was reported" in bob.get(reported).text
    _act(ada, address, "delete")
    with site.database.write() as connection:
        (report,) = list_reports(connection)
        assert (report.reported, report.reason) == ("Ada Unmistakable", "Spam")
        assert report.copy == "An offer\n\nAda Unmistakable: Buy this!"
        uphold_report(connection, report.number, read_clock())
    assert "The maintainer has blocked your messages" in write_message(ada, BOB)[2]
    assert MOST_A_DAY == 5


def _uphold_report(site: Site) -> tuple[FlaskClient, FlaskClient]:
    """Let Bob report Ada, uphold it, and return both clients."""
    (ada, _), (bob, _) = enter_pair(site)
    _, address, _ = write_message(ada, BOB, "Buy this!")
    assert _act(bob, address, "report", reason="Spam")[0] == 303
    with site.database.write() as connection:
        uphold_report(connection, list_reports(connection)[0].number, read_clock())
    return ada, bob


def test_a_ban_outlasts_the_account_of_who_reported(site: Site) -> None:
    """Somebody whose report was upheld can leave, and the other one still cannot write."""
    ada, bob = _uphold_report(site)
    assert send_form(bob, "/account/delete", "/account/delete")[0] == 303
    enter_claimed(site, CAROL, "Carol", is_open=True)
    assert "The maintainer has blocked your messages" in write_message(ada, CAROL)[2]
    with site.database.write() as connection:
        (report,) = list_reports(connection)
        assert (report.reporter, report.reported, report.upheld) == ("", "Ada Unmistakable", True)
        dismiss_report(connection, report.number)
    assert write_message(ada, CAROL)[0] == 303


def test_a_ban_outlasts_the_account_of_who_was_reported(site: Site) -> None:
    """Who deletes the account and comes back with the same ORCID iD is blocked as before."""
    ada, _ = _uphold_report(site)
    assert "a digest of your ORCID iD is kept" in ada.get("/account/delete").text
    assert send_form(ada, "/account/delete", "/account/delete")[0] == 303
    for secret in (ADA.encode(), b"Ada Unmistakable"):
        assert secret not in site.dump_bytes()
    with site.database.read() as connection:
        (report,) = list_reports(connection)
    assert (report.reporter, report.reported, report.orcid) == ("", "", "")
    again, person = enter_claimed(site, ADA, "Ada Again")
    assert "The maintainer has blocked your messages" in write_message(again, BOB)[2]
    assert send_form(again, "/account", "/messages/door", open="yes")[0] == 403
    with site.database.write() as connection:
        assert list_reports(connection)[0].reported == "Ada Again"
        dismiss_report(connection, report.number)
        assert may_write(connection, person.number)
        with pytest.raises(ReportMissing):
            dismiss_report(connection, report.number)


def test_nothing_is_cached(site: Site) -> None:
    """Pages of messages are for one person."""
    (ada, _), _ = enter_pair(site)
    _, address, _ = write_message(ada, BOB)
    for page in ("/messages", address):
        assert ada.get(page).headers["Cache-Control"] == "private, no-store"
