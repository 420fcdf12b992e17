"""Create the application that serves several indexes: each below its name, and all together."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, current_app, request

from index import __version__
from index.errors import PapersearchError
from search.budget.budget import Budget, open_budget
from search.budget.gate import THREADS, Gate
from web.access.cors import register_cors
from web.access.prefix import register_prefix
from web.access.rate_limit import register_rate_limit
from web.access.settings import AccessSettings
from web.app import create_app, face_clients, start_app
from web.assets import register_assets
from web.compression import register_compression
from web.indexes.pages import SITES, indexes
from web.indexes.sites import Site, Sites
from web.pages.frame import classify_status, is_submission

_FIRST = re.compile(r"/([^/]+)")


def create_indexes_app(
    directories: Mapping[str, Path],
    threads: int = THREADS,
    access: AccessSettings | None = None,
) -> Flask:
    """Create the application for several indexes.

    Args:
        directories: The folders of the indexes by their names.
        threads: Requests that the server answers at a time.
        access: What clients may do; without it, anything.

    Raises:
        PapersearchError: No index can be used.
    """
    access, gate = access or AccessSettings(), Gate(threads)
    inner = AccessSettings(rate=access.rate, origins=access.origins)
    create = partial(_create_one, threads=threads, access=inner, gate=gate)
    sites = Sites({name: Site(name, place, create) for name, place in directories.items()})
    sites.check()
    app = start_app()
    app.extensions[SITES] = sites
    app.jinja_env.globals.update(
        at_root=True, names=list(directories), version=__version__, accounts_on=False
    )
    app.add_template_test(is_submission, "submission")
    app.add_template_filter(classify_status, "standing")
    register_rate_limit(app, access.rate)
    register_assets(app)
    app.register_blueprint(indexes)
    register_compression(app)
    register_prefix(app)
    register_cors(app, access.origins)
    app.wsgi_app = _limit_cost(app.wsgi_app, sites, gate)  # type: ignore[method-assign, assignment]
    app.wsgi_app = dispatch(app.wsgi_app, sites)  # type: ignore[method-assign, assignment]
    face_clients(app, access)
    return app


def warm_up(app: Flask) -> None:
    """Load what compares meanings, in the index or in all that can be used."""
    sites: Sites | None = app.extensions.get(SITES)
    if sites is None:
        app.extensions["searcher"].warm_up()
        return
    for searcher in sites.open_searchers()[0].values():
        searcher.warm_up()


def dispatch(root: WSGIApplication, sites: Sites) -> WSGIApplication:
    """Return an application that passes each request to the index that its address names.

    Args:
        root: What answers for all indexes, and for those that cannot be used.
        sites: The indexes.
    """

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        found = _FIRST.match(path)
        site = sites.by_name.get(found[1]) if found else None
        if site is None:
            return root(environ, start)
        try:
            app = site.open()
        except PapersearchError:
            return root(environ, start)
        environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{site.name}"
        environ["PATH_INFO"] = path[len(site.name) + 1 :] or "/"
        return app(environ, start)

    return answer


def find_root() -> str:
    """Return the address of the list of all indexes, without a final slash.

    It is absolute, since `web.access.prefix` puts the name of the index before any other.
    """
    try:
        base = request.url_root.rstrip("/")
    except (ValueError, UnicodeError):  # the host is not valid
        return ""
    return base.removesuffix(f"/{current_app.jinja_env.globals['index_name']}")


def _create_one(
    name: str, directory: Path, *, threads: int, access: AccessSettings, gate: Gate
) -> Flask:
    """Create the application of one index, which names the index and leads to the others."""
    app = create_app(directory, threads, access, gate=gate)
    app.jinja_env.globals.update(index_name=name, find_root=find_root)
    return app


def _limit_cost(answer: WSGIApplication, sites: Sites, gate: Gate) -> WSGIApplication:
    """Answer every request within the budget of one index that has the documents of all."""

    def answer_within_budget(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        searchers, _ = sites.open_searchers()
        documents = sum(searcher.manifest.documents for searcher in searchers.values())
        with gate.open_turn() as turn, open_budget(Budget(documents, turn=turn)):
            return answer(environ, start)

    return answer_within_budget
