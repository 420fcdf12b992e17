"""Sign people in and out."""

from typing import TYPE_CHECKING

from flask import Response, current_app, render_template, request, session, url_for

from web.accounts.blueprint import accounts, go_to
from web.accounts.client_limits import limit_client
from web.accounts.cookies import clear_token, read_token, set_token
from web.accounts.people import sign_in_orcid, sign_in_with_key
from web.accounts.return_path import clean_return_path
from web.accounts.sessions import end_all_sessions, end_session, replace_session
from web.accounts.visitor import current_person, get_database, read_clock
from web.errors import ProviderUnavailable, SignInFailed

if TYPE_CHECKING:
    from web.accounts.provider import Provider

STARTS = "30/hour"
"""How often a client may go to the provider; chosen: a department shares an address."""

RETURNS = "60/hour"
"""How often a client may come back from the provider; chosen: twice as often as it may go."""

KEYS = "10/hour"
"""How often a client may try a private key; chosen."""

_RETURN = "return"


@accounts.get("/sign-in")
def sign_in() -> Response | str:
    """Show the ways to sign in; who is signed in goes on."""
    back = clean_return_path(request.args.get(_RETURN, ""))
    if current_person():
        return go_to(back)
    return render_template("sign_in.html", back=back, has_provider=_find_provider() is not None)


@accounts.get("/sign-in/orcid")
def start_sign_in() -> Response:
    """Lead to the provider.

    A link leads here and no form: with ``form-action 'self'`` a browser refuses to follow the
    redirect of a form to another host. The page changes nothing but this browser's own cookie.
    """
    provider = _require_provider()
    limit_client("sign-in", STARTS)
    session[_RETURN] = clean_return_path(request.args.get(_RETURN, ""))
    return provider.start(url_for("accounts.finish_sign_in", _external=True))


@accounts.get("/sign-in/orcid/return")
def finish_sign_in() -> Response:
    """Sign in whom the provider names, and lead back."""
    provider = _require_provider()
    limit_client("return", RETURNS)  # each asks the provider, whatever the code
    found = provider.finish()
    back = clean_return_path(str(session.get(_RETURN, "")))
    with get_database().write() as connection:
        now = read_clock()
        person = sign_in_orcid(connection, found.orcid, found.name, now)
        token = replace_session(connection, read_token(), person.number, now)
    return _welcome(token, back)


@accounts.post("/sign-in/key")
def sign_in_by_key() -> Response:
    """Sign in who has a private key."""
    limit_client("key", KEYS)
    back = clean_return_path(request.form.get(_RETURN, ""))
    with get_database().write() as connection:
        now = read_clock()
        person = sign_in_with_key(connection, request.form.get("key", "").strip(), now)
        if person is None:
            raise SignInFailed("nobody has this key")
        token = replace_session(connection, read_token(), person.number, now)
    return _welcome(token, back)


@accounts.post("/sign-out")
def sign_out() -> Response:
    """End the session, or with ``everywhere`` all sessions of the person."""
    person = current_person()
    with get_database().write() as connection:
        if person and "everywhere" in request.form:
            end_all_sessions(connection, person.number)
        end_session(connection, read_token())
    return say_goodbye()


def say_goodbye() -> Response:
    """Return the redirect of somebody whose session has ended."""
    session.clear()
    response = go_to("/")
    clear_token(response)
    return response


def _welcome(token: str, back: str) -> Response:
    """Begin with new cookies, so that one which was planted before is worth nothing."""
    session.clear()
    response = go_to(back)
    set_token(response, token)
    return response


def _find_provider() -> "Provider | None":
    provider: Provider | None = current_app.extensions["provider"]
    return provider


def _require_provider() -> "Provider":
    provider = _find_provider()
    if provider is None:
        raise ProviderUnavailable("ORCID")
    return provider
