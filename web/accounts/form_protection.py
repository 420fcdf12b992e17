"""Refuse forms that were not sent from a page of this site."""

from flask import Blueprint, Flask, current_app, request
from flask.typing import ResponseReturnValue

from web.errors import FormRefused
from web.pages.base_address import is_own_origin

_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_EXTENSION = "csrf_exempt"

SECONDS = 12 * 3_600
"""How long a form can be sent after it was opened; chosen: half a day."""


def register_form_protection(app: Flask, secret_key: str, exempt: tuple[Blueprint, ...]) -> None:
    """Demand a token and our own origin for every form but those of some blueprints.

    Args:
        app: The application.
        secret_key: Signs the tokens and the cookie of forms.
        exempt: Blueprints whose forms change nothing and need nobody to be signed in.
    """
    from flask_wtf.csrf import CSRFError, CSRFProtect

    from web.accounts.cookies import FormCookies

    app.secret_key = secret_key
    app.session_interface = FormCookies()
    # The origin is checked by us; browsers may leave out the referrer, which the library demands.
    app.config.update(WTF_CSRF_SSL_STRICT=False, WTF_CSRF_TIME_LIMIT=SECONDS)
    app.extensions[_EXTENSION] = {blueprint.name for blueprint in exempt}
    app.before_request(_check_origin)
    protection = CSRFProtect(app)
    for blueprint in exempt:
        protection.exempt(blueprint)
    app.register_error_handler(CSRFError, _refuse)


def _check_origin() -> None:
    """Refuse a form that a browser says was sent by another site, whatever its token."""
    if request.method not in _WRITING or request.blueprint in current_app.extensions[_EXTENSION]:
        return
    origin = request.headers.get("Origin")
    foreign_fetch = request.headers.get("Sec-Fetch-Site", "same-origin") == "cross-site"
    if foreign_fetch or (origin is not None and not is_own_origin(origin)):
        raise FormRefused


def _refuse(_error: Exception) -> ResponseReturnValue:
    """Answer as for every failure of ours: what an error handler raises is not handled again."""
    return current_app.handle_user_exception(FormRefused())
