"""Create the Flask application that serves pages and JSON."""

import os
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from index.errors import PapersearchError
from search.answers.searcher import Searcher
from search.budget.budget import open_budget
from search.budget.gate import THREADS, Gate
from web.access.access_log import log_requests, open_log
from web.access.cors import register_cors
from web.access.prefix import register_prefix
from web.access.proxies import believe_proxies
from web.access.rate_limit import describe_excess, register_rate_limit
from web.access.settings import AccessSettings
from web.accounts.registration import register_accounts
from web.accounts.settings import AccountSettings
from web.api.addresses import author_path, paper_path
from web.api.failures import describe_failure
from web.assets import register_assets
from web.compression import register_compression
from web.exports.keys import ENVIRONMENT
from web.exports.stream import Streams
from web.failures import headers, status
from web.feeds.latest_changes import ChangesKeeper
from web.headers import SECURITY_HEADERS
from web.metadata.tags import METADATA_FUNCTIONS
from web.pages.base_address import absolute_paper_path, absolute_path
from web.pages.bib_page import UploadRequest
from web.pages.blueprint import encode_json
from web.pages.error_page import render_error
from web.pages.routes import pages
from web.pages.view import register_filters
from web.people.routes import people
from web.revalidation import register_revalidation
from web.unprintable import finalize
from web.wording import TEMPLATE_FUNCTIONS

MAX_REQUEST_BYTES = 65_536
"""Bytes of a form. The longest message is 5,000 characters, of which each takes up to twelve bytes
when percent-encoded; what is larger is refused early."""


def create_app(
    directory: Path,
    threads: int = THREADS,
    access: AccessSettings | None = None,
    accounts: AccountSettings | None = None,
    gate: Gate | None = None,
) -> Flask:
    """Create the application for one index.

    Args:
        directory: The index.
        threads: Requests that the server answers at a time.
        access: What clients may do; without it, anything.
        accounts: What accounts need; without it, there are none.
        gate: The gate of the process, if it serves several indexes.

    Raises:
        IndexUnusable: The index is missing or cannot be used.
        AccountsMisconfigured: The database of accounts cannot be used.
    """
    access = access or AccessSettings()
    app = start_app()
    app.request_class = UploadRequest
    app.config["INDEX"] = directory
    app.extensions["searcher"] = searcher = Searcher(directory)
    app.extensions["changes"] = ChangesKeeper(directory)
    app.extensions["gate"] = gate = gate or Gate(threads)
    app.extensions["streams"] = Streams(gate, threads)
    _register_steps(app, searcher, access, accounts)
    app.wsgi_app = _limit_cost(app.wsgi_app, searcher, gate)  # type: ignore[method-assign, assignment]
    face_clients(app, access)
    return app


def start_app() -> Flask:
    """Return an application without addresses: its limits, templates, refusals and headers."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    app.url_map.merge_slashes = False
    _prepare_templates(app)
    app.register_error_handler(PapersearchError, _handle_failure)
    app.register_error_handler(HTTPException, _handle_refusal)
    app.after_request(_add_headers)
    return app


def _register_steps(
    app: Flask, searcher: Searcher, access: AccessSettings, accounts: AccountSettings | None
) -> None:
    """Add what happens before and after each page; what is added last sees an answer first."""
    register_rate_limit(app, access.rate)
    register_assets(app)
    app.register_blueprint(pages)
    app.register_blueprint(people)
    register_accounts(app, accounts)
    register_compression(app)
    register_prefix(app)
    register_cors(app, access.origins)
    settings = f"{os.environ.get(ENVIRONMENT, '')} {accounts is not None}"
    register_revalidation(app, searcher, settings, people=accounts is None)


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(TEMPLATE_FUNCTIONS, paper_path=paper_path)
    app.jinja_env.globals["author_path"] = author_path
    app.jinja_env.globals.update(
        METADATA_FUNCTIONS, absolute_paper_path=absolute_paper_path, absolute_path=absolute_path
    )
    app.jinja_env.finalize = finalize
    register_filters(app)


def face_clients(app: Flask, access: AccessSettings) -> None:
    """Write the access log, and believe proxies, but only as many as there are."""
    answer: WSGIApplication = app.wsgi_app
    if access.log:
        app.extensions["access_log"] = log = open_log(access.log)
        answer = log_requests(answer, log, queries=access.log_queries)
    if access.proxies:
        answer = believe_proxies(answer, access.proxies)
    app.wsgi_app = answer  # type: ignore[method-assign, assignment]


def _limit_cost(answer: WSGIApplication, searcher: Searcher, gate: Gate) -> WSGIApplication:
    """Answer every request within a budget, and few costly ones at a time."""

    def answer_within_budget(
        environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        with gate.open_turn() as turn, open_budget(searcher.start_budget(turn)):
            return answer(environ, start_response)

    return answer_within_budget


def _handle_failure(error: PapersearchError) -> tuple[Response | str, int, dict[str, str]]:
    code = status(error)
    return _render_failure(str(error), error, code), code, headers(error)


def _handle_refusal(error: HTTPException) -> tuple[Response | str, int, dict[str, str]]:
    if error.code == HTTPStatus.TOO_MANY_REQUESTS:
        return _handle_failure(describe_excess())
    code = error.code or 500
    known = {
        404: "There is no such page.",
        405: "This address answers only GET requests.",
        500: "The server failed to answer this request. Its log says why.",
    }
    allowed = {name: value for name, value in error.get_headers() if name == "Allow"}
    return (
        _render_failure(known.get(code, error.description or error.name), None, code),
        code,
        allowed,
    )


def _render_failure(message: str, error: PapersearchError | None, code: int) -> Response | str:
    if request.path.endswith(".json"):
        return encode_json(describe_failure(error or PapersearchError(message), code))
    return render_error(message, error, code)


def _add_headers(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response
