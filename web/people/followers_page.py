"""Serve the page on which a reader says whether to be counted as a follower.

Only people whose claims were accepted have followers, so it exists only where accounts are on.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from flask import Response, abort, current_app, redirect, render_template, request

from search.authors.followed import Followed
from web.access.access_log import shorten_client
from web.accounts.client_limits import limit_client
from web.accounts.contacts import Contact, find_contact
from web.accounts.followers import (
    count_in,
    find_people,
    forget_list,
    forget_person,
    is_counted,
    is_visit_due,
    name_network,
    note_visit,
)
from web.accounts.tokens import make_token
from web.accounts.visitor import are_accounts_on, get_database, read_clock
from web.errors import AccountsUnavailable
from web.people.blueprint import people
from web.people.following_list import FollowingList, parse_list

RATE = "30/hour"
"""How often a client may begin or cease to be counted; chosen."""


@people.get("/following/count")
def counting() -> str:
    """Show what is kept of a reader who is counted, and the form."""
    asked = _read_list(request.args.items(multi=True))
    with get_database().read() as connection:
        claimed = find_people(connection, _list_identities(asked))
    entries = [one for one in asked.entries if (one.identity, one.value) in claimed]
    return render_template("following_count.html", asked=asked, entries=entries)


@people.post("/following/count")
def count_reader() -> Response:
    """Count a reader as a follower, or no more, and lead back to the list."""
    asked = _read_list(request.form.items(multi=True))
    limit_client("follow", RATE)
    if request.form.get("action") == "stop":
        _forget(asked)
        return _go_to(replace(asked, token=""))
    asked = asked if asked.token else replace(asked, token=make_token())
    network = name_network(str(current_app.secret_key), shorten_client(request.remote_addr or ""))
    with get_database().write() as connection:
        found = find_people(connection, _list_identities(asked))
        count_in(connection, asked.token, network, found.values(), read_clock())
    return _go_to(asked)


def note_list(asked: FollowingList) -> None:
    """Note that the list of a reader who is counted was opened; the list is shown in any case."""
    if asked.token and are_accounts_on():
        with suppress(AccountsUnavailable):
            _note_visit(asked.token, read_clock())


def _note_visit(token: str, now: int) -> None:
    with get_database().read() as connection:
        is_due = is_visit_due(connection, token, now)
    if is_due:
        with get_database().write() as connection:
            note_visit(connection, token, now)


def forget_entries(asked: FollowingList, removed: Iterable[Followed]) -> None:
    """Count a reader no more as a follower of people whom their list has no more.

    A link can name anything, so nothing is written for a list that is not counted.

    Args:
        asked: The list as it was.
        removed: What is taken out of it.
    """
    identities = [
        (one.identity, one.value) for one in removed if one.identity and one in asked.entries
    ]
    if not asked.token or not identities or not are_accounts_on():
        return
    with get_database().read() as connection:
        counted = is_counted(connection, asked.token)
    if counted:
        with get_database().write() as connection:
            for person in find_people(connection, identities).values():
                forget_person(connection, asked.token, person)


def _forget(asked: FollowingList) -> None:
    with get_database().write() as connection:
        forget_list(connection, asked.token)
    get_database().forget()


def _read_list(pairs: Iterable[tuple[str, str]]) -> FollowingList:
    if not are_accounts_on():
        abort(404)
    return parse_list(pairs)


def _list_identities(asked: FollowingList) -> list[tuple[str, str]]:
    return [(entry.identity, entry.value) for entry in asked.entries if entry.identity]


def _go_to(asked: FollowingList) -> Response:
    path = request.script_root + asked.find_path()
    return redirect(path, 303, Response)  # type: ignore[return-value] # the class that is given


@people.app_template_global("find_contact")
def describe_contact(identity: str, author: str) -> Contact | None:
    """Return what is public of the person of an identity, for templates."""
    return find_contact(identity, author)
