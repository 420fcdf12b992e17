"""Show a person what is kept about them, and delete it."""

from flask import Response, render_template, request

from web.accounts.blueprint import accounts, go_to
from web.accounts.claims import State, list_claims_of, withdraw_claim
from web.accounts.doors import is_banned
from web.accounts.messages import count_unseen
from web.accounts.people import delete_person
from web.accounts.postman import is_mail_on
from web.accounts.sign_in_page import say_goodbye
from web.accounts.visitor import get_database, require_person

_LARGEST = 2**63 - 1
"""The largest number of SQLite."""


@accounts.get("/account")
def account() -> str:
    """Show the account of who is signed in, with their claims."""
    person = require_person()
    with get_database().read() as connection:
        claims = list_claims_of(connection, person.number)
        unseen = count_unseen(connection, person.number)
    return render_template(
        "account.html", person=person, claims=claims, unseen=unseen, mail_on=is_mail_on()
    )


@accounts.post("/account/withdraw")
def withdraw() -> Response:
    """Take back a claim of one's own that waits."""
    person = require_person()
    text = request.form.get("claim", "")
    number = (
        int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(_LARGEST)) else 0
    )
    with get_database().write() as connection:
        withdraw_claim(connection, person.number, number)
    get_database().forget()
    return go_to("/account")


@accounts.get("/account/delete")
def confirm_deletion() -> str:
    """Ask whether to delete the account, and say what remains elsewhere."""
    person = require_person()
    with get_database().read() as connection:
        claims = list_claims_of(connection, person.number)
        banned = is_banned(connection, person.number)
    accepted = [one for one in claims if one.state is State.ACCEPTED]
    return render_template("account_delete.html", person=person, accepted=accepted, banned=banned)


@accounts.post("/account/delete")
def delete_account() -> Response:
    """Delete the person with their sessions, claims and everything else that is theirs."""
    person = require_person()
    with get_database().write() as connection:
        delete_person(connection, person.number)
    get_database().forget()
    return say_goodbye()
