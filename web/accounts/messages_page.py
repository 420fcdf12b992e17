"""Serve the conversations of a person, and the forms that write to another one."""

from contextlib import suppress

from flask import Response, render_template, request

from web.accounts.blueprint import accounts, go_to
from web.accounts.claims import find_accepted, find_holder
from web.accounts.client_limits import limit_client
from web.accounts.doors import (
    NOT_OPEN,
    block_person,
    check_door,
    close_door,
    is_open,
    list_blocked,
    may_write,
    open_door,
    unblock_person,
)
from web.accounts.messages import (
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    delete_thread,
    end_thread,
    find_repeated,
    find_thread,
    list_messages,
    list_threads,
    mark_seen,
    reply,
    start_thread,
)
from web.accounts.notices import notify_person
from web.accounts.people import Person, find_person
from web.accounts.postman import wake_postman
from web.accounts.reports import LONGEST_REASON, add_report
from web.accounts.visitor import get_database, read_clock, require_person
from web.errors import AccountsUnavailable, FieldInvalid, MessageRefused

RATE = "60/hour"
"""How often a client may write or report; chosen."""

_LIMITS = {"subject": LONGEST_SUBJECT, "text": LONGEST_TEXT, "reason": LONGEST_REASON}


@accounts.get("/messages")
def messages() -> str:
    """Show the conversations of who is signed in, and whether others may write to them."""
    person = require_person()
    with get_database().read() as connection:
        return render_template(
            "messages.html",
            threads=list_threads(connection, person.number),
            blocked=list_blocked(connection, person.number),
            open=is_open(connection, person.number),
            may_write=may_write(connection, person.number),
        )


@accounts.post("/messages/door")
def change_door() -> Response:
    """Let others write, or nobody any more."""
    person, now = require_person(), read_clock()
    with get_database().write() as connection:
        if request.form.get("open") == "yes":
            open_door(connection, person.number, now)
        else:
            close_door(connection, person.number, now)
    return go_to("/messages")


@accounts.post("/messages/unblock")
def unblock() -> Response:
    """Accept the messages of somebody again."""
    person = require_person()
    number = request.form.get("person", "")
    with get_database().write() as connection:
        for other, _ in list_blocked(connection, person.number):
            if str(other) == number:
                unblock_person(connection, person.number, other)
    return go_to("/messages")


@accounts.get("/messages/new")
def new_message() -> str:
    """Show the form for a message to the person of an identity."""
    person = require_person()
    identity, author = request.args.get("identity", ""), request.args.get("author", "")
    with get_database().read() as connection:
        receiver = find_holder(connection, identity, author) or 0
        check_door(connection, person.number, receiver)
        other = find_person(connection, receiver)
    asked = {"identity": identity, "author": author}
    return render_template("message_new.html", asked=asked, other=other, limits=_LIMITS)


@accounts.post("/messages/new")
def send_message() -> Response:
    """Begin a conversation."""
    person, now = require_person(), read_clock()
    limit_client("message", RATE)
    with get_database().write() as connection:
        receiver = find_holder(
            connection, request.form.get("identity", ""), request.form.get("author", "")
        )
        if receiver is None:
            check_door(connection, person.number, 0)
            raise MessageRefused(NOT_OPEN, "See their page for other ways to reach them")
        subject, text = request.form.get("subject", ""), request.form.get("text", "")
        people = person.number, receiver
        key = find_repeated(connection, people, (subject, text), now)
        if not key:
            key = start_thread(connection, people, subject, text, now)
            notify_person(connection, receiver, key, now)
    wake_postman()
    return go_to(f"/messages/{key}")


@accounts.get("/messages/<key>")
def thread(key: str) -> str:
    """Show a conversation of who is signed in."""
    person = require_person()
    with get_database().read() as connection:
        found = find_thread(connection, person.number, key)
        said = list_messages(connection, found)
        claim = find_accepted(connection, found.other)
    if found.unseen:  # a database that cannot be written to can be read
        with suppress(AccountsUnavailable), get_database().write() as connection:
            mark_seen(connection, found, read_clock())
    return render_template("thread.html", thread=found, messages=said, claim=claim, limits=_LIMITS)


@accounts.post("/messages/<key>")
def change_thread(key: str) -> Response:
    """Write in a conversation, end it, delete it, report it, or block the other one.

    Raises:
        FieldInvalid: The form names no such action.
    """
    person, action = require_person(), request.form.get("action", "")
    act = _ACTIONS.get(action)
    if act is None:
        raise FieldInvalid("action", f"one of {', '.join(_ACTIONS)}")
    return act(person, key)


def _reply(person: Person, key: str) -> Response:
    limit_client("message", RATE)
    now = read_clock()
    with get_database().write() as connection:
        found = find_thread(connection, person.number, key)
        people, text = (person.number, found.other), request.form.get("text", "")
        if find_repeated(connection, people, (found.subject, text), now) != key:
            reply(connection, found, person.number, text, now)
            notify_person(connection, found.other, key, now)
    wake_postman()
    return go_to(f"/messages/{key}")


def _end(person: Person, key: str) -> Response:
    with get_database().write() as connection:
        end_thread(connection, find_thread(connection, person.number, key), read_clock())
    return go_to(f"/messages/{key}")


def _delete(person: Person, key: str) -> Response:
    with get_database().write() as connection:
        delete_thread(connection, find_thread(connection, person.number, key))
    get_database().forget()
    return go_to("/messages")


def _block(person: Person, key: str) -> Response:
    with get_database().write() as connection:
        found = find_thread(connection, person.number, key)
        block_person(connection, person.number, found.other, read_clock())
    return go_to(f"/messages/{key}")


def _report(person: Person, key: str) -> Response:
    limit_client("report", RATE)
    now = read_clock()
    with get_database().write() as connection:
        found = find_thread(connection, person.number, key)
        add_report(connection, person.number, found, request.form.get("reason", ""), now)
        block_person(connection, person.number, found.other, now)
    return go_to(f"/messages/{key}?reported=1")


_ACTIONS = {"reply": _reply, "end": _end, "delete": _delete, "block": _block, "report": _report}
"""What the forms of a conversation can do."""
