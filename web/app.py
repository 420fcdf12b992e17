"""Answers: which application do browsers and programs talk to?"""

from pathlib import Path

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from index.errors import PapersearchError
from search.answers.searcher import Searcher
from web.api.addresses import paper_path
from web.api.failures import describe_failure
from web.failures import status
from web.pages.routes import pages, respond_json
from web.pages.view import register_filters
from web.wording import WORDS

MAX_REQUEST_BYTES = 16_384
"""No page takes a body; whoever sends one is turned away early."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""On every answer. Pages hold no script at all, so none is allowed."""


def create_app(directory: Path) -> Flask:
    """Make the application for one index.

    Args:
        directory: The index.

    Raises:
        IndexUnusable: There is none, or it cannot be used.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    app.url_map.merge_slashes = False
    app.extensions["searcher"] = Searcher(directory)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(WORDS, paper_path=paper_path)
    register_filters(app)
    app.register_blueprint(pages)
    app.register_error_handler(PapersearchError, _failed)
    app.register_error_handler(HTTPException, _refused)
    app.after_request(_protect)
    return app


def _failed(error: PapersearchError) -> tuple[Response | str, int]:
    code = status(error)
    return _told(str(error), error, code), code


def _refused(error: HTTPException) -> tuple[Response | str, int, dict[str, str]]:
    code = error.code or 500
    known = {
        404: "There is no such page.",
        405: "This page can only be read.",
        500: "Something went wrong here; it was written to the server's log.",
    }
    allowed = {name: value for name, value in error.get_headers() if name == "Allow"}
    return _told(known.get(code, error.description or error.name), None, code), code, allowed


def _told(message: str, error: PapersearchError | None, code: int) -> Response | str:
    if request.path.endswith(".json"):
        return respond_json(describe_failure(error or PapersearchError(message), code))
    return render_template("error.html", message=message, code=code)


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
