"""Serve papers as files for other programs: one paper, ticked ones, or all hits of a search."""

import re
from collections.abc import Callable, Iterable
from itertools import product

from flask import Response, current_app, render_template, request

from search.errors import ParameterInvalid
from search.request.parameters import parse_view
from web.exports.cite import STYLES, render_reference
from web.exports.formats import FORMATS, ExportFormat, find_format
from web.exports.keys import read_key_pattern
from web.exports.stream import SearchStream
from web.exports.table import BYTE_ORDER_MARK
from web.pages.blueprint import get_searcher, pages, parse_request, read_requested_paper, read_view
from web.pages.paper_details import write_short_entry

View = Callable[..., Response]

MOST_TICKED = 500
"""Papers that one address may name; chosen. Reading them takes .1 s."""

LONGEST_NAME = 60
"""Characters of the name of a file, without what its format adds; chosen."""

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_TWINS = [FORMATS[name] for name in ("bibtex", "ris", "csl")]
"""The formats in which a single paper has an address of its own."""


def _serve_suffixes(exports: Iterable[ExportFormat], *bases: str) -> Callable[[View], View]:
    """Return a decorator that adds an address for each format to a view that takes its name."""

    def serve(view: View) -> View:
        for export, base in product(exports, bases):
            address, defaults = f"{base}{export.suffix}", {"export_name": export.name}
            pages.add_url_rule(address, view_func=view, defaults=defaults)
        return view

    return serve


@_serve_suffixes(_TWINS, "/paper", "/paper/<path:paper_id>")
def paper_file(export_name: str, paper_id: str = "") -> Response:
    """Return one paper as a file."""
    export, keys = find_format(export_name), read_key_pattern()
    paper = read_requested_paper(paper_id)
    body = "".join(export.write([paper], keys))
    return _respond_file(body, export, keys.make_key(paper))


@pages.get("/paper/cite")
@pages.get("/paper/<path:paper_id>/cite")
def cite(paper_id: str = "") -> str:
    """Show how to cite a paper; an id that is unsafe in a path comes as the parameter ``id``."""
    paper = read_requested_paper(paper_id)
    return render_template(
        "cite.html",
        paper=paper,
        view=read_view(),
        bibtex=write_short_entry(paper),
        references={style.label: render_reference(paper, style) for style in STYLES},
        twins=[(export.label, export.suffix) for export in _TWINS],
    )


@pages.get("/export")
def ticked_file() -> Response:
    """Return the papers with the ids of the address as a file, in the order of the address."""
    export = find_format(request.args.get("format", "bibtex"))
    ids = list(dict.fromkeys(filter(None, request.args.getlist("id"))))
    if not 1 <= len(ids) <= MOST_TICKED:
        raise ParameterInvalid("id", f"{len(ids):,} ids", f"1 to {MOST_TICKED} of them")
    searcher, view = get_searcher(), parse_view(request.args)
    papers = [searcher.read_paper(paper_id, view) for paper_id in ids]
    body = _read_mark(export) + "".join(export.write(papers, read_key_pattern()))
    return _respond_file(body, export, "papers")


@_serve_suffixes(FORMATS.values(), "/search")
def search_file(export_name: str) -> Response:
    """Return all hits of a search as a file, streamed."""
    export, asked, keys = find_format(export_name), parse_request(), read_key_pattern()
    found = get_searcher().stream_hits(asked)
    streams = current_app.extensions["streams"]
    stream = SearchStream(found, export, keys, streams, _read_mark(export))
    response = _respond_file(stream, export, asked.query)
    # What compresses the stream may be closed before it began, and then does not close the stream.
    response.call_on_close(stream.close)
    return response


def _read_mark(export: ExportFormat) -> str:
    """Return the byte order mark, if the address asks for one and the format is a table."""
    asked = request.args.get("bom", "0")
    if asked not in {"0", "1"}:
        raise ParameterInvalid("bom", asked, "0 or 1")
    return BYTE_ORDER_MARK if asked == "1" and export.name == "csv" else ""


def _respond_file(body: "str | SearchStream", export: ExportFormat, name: str) -> Response:
    """Return a file that a browser saves under a telling name."""
    saved = _NOT_IN_NAMES.sub("-", name.lower())[:LONGEST_NAME].strip("-") or "papers"
    response = Response(body, mimetype=export.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{saved}{export.suffix}"'
    return response
