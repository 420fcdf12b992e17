"""Let clients keep a page and ask whether it has changed.

A page depends on its address, the generation, what is said about people, the program, its settings
and the day, so its ETag is known before the page is made, and a client that has the page gets 304
without a search. An answer that may depend on who asks (``g.personal``) has none, and neither has
a page about people where accounts are on, since it shows what their database holds. A date is
compared exactly, as it was sent: after a return to an earlier generation the page is older than the
one that the client has, and is another one all the same.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.resources import files

from flask import Flask, Request, Response, g, request
from werkzeug.http import http_date

from index import __version__
from index.errors import PapersearchError
from search.answers.searcher import Searcher
from search.budget.budget import find_budget
from web.assets import Asset

PREFIXES = ("pages.",)
"""The endpoints that are revalidated begin with one of these."""

OF_PEOPLE = "people."
"""The endpoints that are revalidated only where accounts are off."""

EXCEPT = frozenset({"pages.healthz"})
"""Endpoints whose answer depends on more than that."""


def register_revalidation(
    app: Flask, searcher: Searcher, settings: str = "", *, people: bool = True
) -> None:
    """Answer 304 where a client has the page, and give every page an ETag and a date.

    Args:
        app: The application.
        searcher: Names the generation in use.
        settings: What else the answers depend on, and stays as it is while the server runs.
        people: Whether pages of people are revalidated, too; with accounts they change at any time.
    """
    program = _hash_program(app.extensions["assets"].values(), settings)
    started = datetime.now(UTC)
    known = (*PREFIXES, OF_PEOPLE) if people else PREFIXES

    def answer_unchanged() -> Response | None:
        g.validators = None
        if not _is_page(request, known):
            return None
        try:
            manifest = searcher.manifest
        except PapersearchError:
            return None  # the page itself says what is wrong
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        etag = _make_etag(program, manifest.name, searcher.people.version, f"{today:%Y-%m-%d}")
        changed = max(started, datetime.fromisoformat(manifest.created), today)
        g.validators = etag, changed.replace(microsecond=0)
        return Response(status=304) if _has_page(request, *g.validators) else None

    def add_validators(response: Response) -> Response:
        validators = g.get("validators")
        if validators and response.status_code in {200, 304} and not _is_incomplete():
            etag, changed = validators
            response.set_etag(etag, weak=True)
            response.headers["Last-Modified"] = http_date(changed)
            response.headers["Cache-Control"] = "no-cache"
        return response

    app.before_request(answer_unchanged)
    app.after_request(add_validators)


def _make_etag(*made_of: str) -> str:
    """Return the tag of the page that is asked for, and of what its answer is made of."""
    parts = (*made_of, *_read_address(request))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


def _is_page(asked: Request, known: tuple[str, ...]) -> bool:
    endpoint = asked.endpoint or ""
    return (
        asked.method in {"GET", "HEAD"}
        and endpoint.startswith(known)
        and endpoint not in EXCEPT
        and not g.get("personal", False)
    )


def _has_page(asked: Request, etag: str, changed: datetime) -> bool:
    """Return whether the client names this page; ``*`` names none, since it may not exist."""
    if asked.if_none_match:
        return asked.if_none_match.is_weak(etag) or asked.if_none_match.is_strong(etag)
    return asked.if_modified_since == changed


def _read_address(asked: Request) -> tuple[str, ...]:
    """Return the parts of an address as they came, since an odd host cannot be parsed."""
    names = ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
    return tuple(asked.environ.get(name, "") for name in names)


def _is_incomplete() -> bool:
    """Return whether the request's budget was exceeded, so that steps may have been left out."""
    budget = find_budget()
    return budget is not None and budget.exceeded


def _hash_program(assets: Iterable[Asset], settings: str) -> str:
    """Return a hash of the version, the settings, the templates and the static files."""
    hashed = hashlib.sha256(f"{__version__}\n{settings}\n".encode())
    folder = files("web").joinpath("templates")
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        hashed.update(one.read_bytes())
    for asset in assets:
        hashed.update(asset.name.encode())
    return hashed.hexdigest()
