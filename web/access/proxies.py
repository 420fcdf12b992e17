"""Believe the headers of proxies as far as a proxy could have meant what they say.

A proxy that is not told to replace such a header passes on what the client sent, and every link of
a page would follow it.
"""

import re
from collections.abc import Iterable
from ipaddress import ip_address
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.middleware.proxy_fix import ProxyFix

LONGEST_PREFIX = 200
"""Characters of a path under which the server is published; chosen."""

_PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*")
_HOST = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
)
_CLIENT = re.compile(r"\[([^\]]*)\](?::[0-9]+)?|([0-9.]+):[0-9]+")
"""An address in brackets or with a port, as some proxies write it."""

_GIVEN = "werkzeug.proxy_fix.orig"
"""What the request said by itself."""


def believe_proxies(answer: WSGIApplication, count: int) -> WSGIApplication:
    """Return an application for which the headers of the last proxies are what the request says.

    A value that names no client, scheme, host or path is ignored.

    Args:
        answer: The application.
        count: The number of proxies in front of the server.
    """

    def answer_checked(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        check_environment(environ)
        return answer(environ, start)

    return ProxyFix(answer_checked, x_for=count, x_proto=count, x_host=count, x_prefix=count)


def check_environment(environ: WSGIEnvironment) -> None:
    """Take back what proxies cannot have meant, and write the rest in its usual form."""
    given = environ[_GIVEN]
    environ["SCRIPT_NAME"] = clean_prefix(environ.get("SCRIPT_NAME", ""))
    environ["REMOTE_ADDR"] = clean_client(environ.get("REMOTE_ADDR", "")) or given["REMOTE_ADDR"]
    if environ.get("wsgi.url_scheme") not in {"http", "https"}:
        environ["wsgi.url_scheme"] = given["wsgi.url_scheme"]
    if not _HOST.fullmatch(environ.get("HTTP_HOST") or ""):
        named = {name: given[name] for name in ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT")}
        environ.update({name: value for name, value in named.items() if value is not None})


def clean_prefix(text: str) -> str:
    """Return a path without a final slash; nothing for what is no plain path."""
    plain = text.rstrip("/")
    return plain if len(plain) <= LONGEST_PREFIX and _PREFIX.fullmatch(plain) else ""


def clean_client(text: str) -> str:
    """Return the address of a client without a port; nothing for what is no address."""
    found = _CLIENT.fullmatch(text)
    plain = (found[1] or found[2]) if found else text
    try:
        return str(ip_address(plain))
    except ValueError:
        return ""
