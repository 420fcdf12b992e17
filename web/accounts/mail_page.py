"""Serve the page on which a person says where they want to hear of messages."""

from flask import Response, abort, render_template, request

from web.accounts.blueprint import accounts, go_to
from web.accounts.client_limits import limit_client, limit_person
from web.accounts.doors import check_writer
from web.accounts.mail_addresses import ask_for_code, find_address, remove_address, try_code
from web.accounts.notices import post_code
from web.accounts.postman import is_mail_on, wake_postman
from web.accounts.visitor import get_database, read_clock, require_person
from web.errors import FieldInvalid
from web.pages.base_address import find_base

CODES = "5/hour"
"""How often a client, and a person, may let a code be sent; chosen."""

TRIES = "20/hour"
"""How often a client may try a code; chosen."""


@accounts.get("/account/mail")
def mail() -> str:
    """Show the address of who is signed in, and the forms that change it."""
    person = _require_reader()
    with get_database().read() as connection:
        found = find_address(connection, person)
    return render_template("account_mail.html", found=found)


@accounts.post("/account/mail")
def ask_code() -> Response:
    """Send a code to an address."""
    person, now = _require_reader(), read_clock()
    limit_client("code", CODES)
    limit_person("code", CODES, person)
    with get_database().write() as connection:
        check_writer(connection, person)
        address, code = ask_for_code(connection, person, request.form.get("address", ""), now)
        post_code(connection, person, address, code, now)
    wake_postman()
    return go_to("/account/mail")


@accounts.post("/account/mail/code")
def type_code() -> Response:
    """Verify an address by the code that was sent there.

    Raises:
        FieldInvalid: The code is wrong.
    """
    person = _require_reader()
    limit_client("try", TRIES)
    with get_database().write() as connection:
        code = request.form.get("code", "")
        is_right = try_code(connection, person, code, find_base(), read_clock())
    if not is_right:
        raise FieldInvalid("code", "the eight letters and digits of the mail")
    return go_to("/account/mail")


@accounts.post("/account/mail/remove")
def remove() -> Response:
    """Delete the address."""
    person = _require_reader()
    with get_database().write() as connection:
        remove_address(connection, person)
    get_database().forget()
    return go_to("/account/mail")


def _require_reader() -> int:
    """Return the number of who is signed in, on a site that sends mail."""
    if not is_mail_on():
        abort(404)
    return require_person().number
