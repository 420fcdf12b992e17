"""Hold the blueprint of sign-in, accounts and claims; every answer of it is for one person."""

from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, request

from web.pages.blueprint import read_address

accounts = Blueprint("accounts", __name__)
"""Every module of a page of accounts adds its addresses to it."""

SEE_OTHER = 303


def go_to(path: str) -> Response:
    """Return a redirect to a path of this site, which the browser opens with GET."""
    # The class that is given is the one that is returned.
    return redirect(request.script_root + path, SEE_OTHER, Response)  # type: ignore[return-value]


def read_path() -> str:
    """Return the address of the request, from the root of this site."""
    return read_address().removeprefix(request.script_root)


@accounts.app_template_filter("timestamp")
def write_timestamp(seconds: int) -> str:
    """Return a time in seconds since 1970 as the filter ``day`` reads it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()
