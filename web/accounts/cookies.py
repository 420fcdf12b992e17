"""Name the cookies, and say which properties they have.

There are two: one with the token of a session, and one, signed, with the token of forms and the
state of a sign-in. Neither can be read by a script or is sent along with a form of another site.
Over HTTPS their names begin with ``__Host-``, so that no other host can set them.
"""

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface

from web.accounts.sessions import LIFETIME

SESSION, FORM = "papers-session", "papers-form"


def read_token() -> str:
    """Return the token of the session that the browser names; empty without one."""
    return request.cookies.get(_name_cookie(SESSION), "")


def set_token(response: Response, token: str) -> None:
    """Let the browser keep the token of a session."""
    response.set_cookie(
        _name_cookie(SESSION),
        token,
        max_age=LIFETIME,
        path=_find_path(),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def clear_token(response: Response) -> None:
    """Let the browser forget the token."""
    response.delete_cookie(
        _name_cookie(SESSION),
        path=_find_path(),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


class FormCookies(SecureCookieSessionInterface):
    """Flask's signed cookie, which is set only by pages with a form."""

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - Flask's signature
        """Return the name, which depends on the scheme."""
        return _name_cookie(FORM)

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002
        """Return the path that `__Host-` requires, or the prefix of the site."""
        return _find_path()

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        """Return whether the request came over HTTPS."""
        return request.is_secure

    def get_cookie_samesite(self, app: Flask) -> str:  # noqa: ARG002
        """Return the rule under which the way back from another site has the cookie."""
        return "Lax"


def _name_cookie(name: str) -> str:
    return f"__Host-{name}" if request.is_secure else name


def _find_path() -> str:
    return "/" if request.is_secure else request.script_root or "/"
