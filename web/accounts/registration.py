"""Add accounts to the application, where the operator has set them up."""

from importlib.util import find_spec

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue

from web.accounts.settings import SECRET_KEY, AccountSettings
from web.errors import AccountsMisconfigured, SignInNeeded
from web.failures import status
from web.pages.error_page import render_error

_NEVER_PERSONAL = frozenset({"asset", "pages.healthz", "pages.robots"})
"""Endpoints whose answers are the same for everybody."""


def register_accounts(app: Flask, settings: AccountSettings | None) -> None:
    """Add the pages of accounts and what they need before and after each request.

    Without settings nothing is added: the addresses do not exist, no page links to them, no cookie
    is set, and the libraries for it are not imported.

    Raises:
        AccountsMisconfigured: The database cannot be used.
    """
    app.jinja_env.globals["accounts_on"] = settings is not None
    if settings is None:
        return
    _check_libraries()
    from web.accounts import visitor
    from web.accounts.client_limits import register_client_limits
    from web.accounts.database import open_database
    from web.accounts.form_protection import register_form_protection
    from web.accounts.postman import register_mail
    from web.accounts.routes import accounts
    from web.pages.blueprint import pages

    app.extensions[visitor.EXTENSION] = open_database(settings.database)
    app.extensions["provider"] = None
    app.before_request(_mark_personal)
    register_form_protection(app, settings.secret_key, (pages,))
    register_client_limits(app)
    if settings.provider:
        from web.accounts.provider import Provider

        app.extensions["provider"] = Provider(app, settings.provider)
    register_mail(app, settings)
    app.register_blueprint(accounts)
    app.register_error_handler(SignInNeeded, _ask_to_sign_in)
    app.after_request(_keep_private)


def _check_libraries() -> None:
    """Check that the extra is installed.

    Raises:
        AccountsMisconfigured: It is not.
    """
    if any(find_spec(name) is None for name in ("authlib", "requests", "flask_wtf")):
        raise AccountsMisconfigured(
            SECRET_KEY, "is set, but accounts are not installed", "Install papersearch[accounts]"
        )


def _mark_personal() -> None:
    """Note whether the answer may depend on who asks, so that no client revalidates it."""
    from web.accounts.cookies import read_token

    is_own = request.blueprint == "accounts"
    g.personal = is_own or (request.endpoint not in _NEVER_PERSONAL and bool(read_token()))


def _keep_private(response: Response) -> Response:
    """Let no cache keep what is for one person, and renew the cookie of a session in use."""
    from web.accounts.cookies import set_token

    if "person" in g:
        response.vary.add("Cookie")
    if g.get("personal"):
        response.vary.add("Cookie")
        response.headers["Cache-Control"] = "private, no-store"
        for name in ("ETag", "Last-Modified"):
            response.headers.pop(name, None)
    if "extended_token" in g and g.get("person"):
        set_token(response, g.extended_token)
    return response


def _ask_to_sign_in(error: SignInNeeded) -> ResponseReturnValue:
    """Lead from a page to the sign-in and back; refuse what is no page."""
    from web.accounts.blueprint import go_to, read_path
    from web.accounts.return_path import sign_in_path

    if request.method == "GET":
        return go_to(sign_in_path(read_path()))
    return render_error(str(error), error, status(error)), status(error)
