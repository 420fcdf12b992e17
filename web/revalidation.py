"""Let clients keep a page and ask whether it has changed.

A page depends on its address, the generation, the program and the day, so its ETag is known before
the page is made, and a client that has the page gets 304 without a search.
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

EXCEPT = frozenset({"pages.healthz", "pages.check_bibliography"})
"""Endpoints whose answer does not depend on the generation alone."""


def register_revalidation(app: Flask, searcher: Searcher) -> None:
    """Answer 304 where a client has the page, and give every page an ETag and a date."""
    program = _hash_program(app.extensions["assets"].values())
    started = datetime.now(UTC)

    def answer_unchanged() -> Response | None:
        g.validators = None
        if not _is_page(request):
            return None
        try:
            manifest = searcher.manifest
        except PapersearchError:
            return None  # the page itself says what is wrong
        parts = (program, manifest.name, *_read_address(request), f"{datetime.now(UTC):%Y-%m-%d}")
        etag = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
        changed = max(started, datetime.fromisoformat(manifest.created))
        g.validators = etag, changed
        if request.if_none_match:
            matches = request.if_none_match.contains_weak(etag)
        else:
            since = request.if_modified_since
            matches = since is not None and since >= changed.replace(microsecond=0)
        return Response(status=304) if matches else None

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


def _is_page(asked: Request) -> bool:
    endpoint = asked.endpoint or ""
    return (
        asked.method in {"GET", "HEAD"} and endpoint.startswith(PREFIXES) and endpoint not in EXCEPT
    )


def _read_address(asked: Request) -> tuple[str, ...]:
    """Return the parts of an address as they came, since an odd host cannot be parsed."""
    names = ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
    return tuple(asked.environ.get(name, "") for name in names)


def _is_incomplete() -> bool:
    """Return whether the request's budget was exceeded, so that steps may have been left out."""
    budget = find_budget()
    return budget is not None and budget.exceeded


def _hash_program(assets: Iterable[Asset]) -> str:
    """Return a hash of the version, the templates and the static files."""
    hashed = hashlib.sha256(__version__.encode())
    folder = files("web").joinpath("templates")
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        hashed.update(one.read_bytes())
    for asset in assets:
        hashed.update(asset.name.encode())
    return hashed.hexdigest()
