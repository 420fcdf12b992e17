"""Serve the page that checks a bibliography and corrects it; nothing that is sent is kept."""

from io import BytesIO
from typing import IO

from flask import Request, Response, abort, render_template, request

from search.bibliography.check import MAX_ENTRIES, Report, check_bibliography
from search.bibliography.entries import decode_bibliography
from search.bibliography.findings import Kind
from search.bibliography.fixing import CHANGES, USUAL_CHANGES, fix_bibliography
from search.bibliography.wording import HEADINGS, describe_finding, summarise
from search.budget.budget import find_budget
from search.errors import BibliographyEmpty, ChoiceUnknown
from web.pages.base_address import is_own_origin
from web.pages.blueprint import get_searcher, pages

MAX_UPLOAD = 2_000_000
"""Bytes of a bibliography; chosen: 2,000 entries with abstracts have about as many."""

SECONDS = 4.0
"""Processor time for a bibliography beside that of an ordinary request; chosen. 2,000 entries take
2.6 s at 95,000 papers; if the time is not enough, the page says how many were not checked."""

MOST_SHOWN = 200
"""Entries of each group that the page shows; the JSON of ``papers bib`` has all."""

MOST_REPEATED = 100_000
"""Characters of a bibliography that the page shows again, to be checked once more or corrected."""


class UploadRequest(Request):
    """A request whose files stay in memory: werkzeug would write large ones to the disk."""

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - werkzeug's signature
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return BytesIO()


@pages.get("/bib")
def bib() -> str:
    """Show the form for a bibliography."""
    return _render_page(None)


@pages.post("/bib")
def bib_report() -> Response:
    """Show what was found out about a bibliography, or return it corrected."""
    _check_origin()
    request.max_content_length = MAX_UPLOAD + (1 << 16)  # what a form adds to the file
    request.max_form_memory_size = None
    text, encoding = _read_bibliography()
    changes = _read_changes()
    if budget := find_budget():
        budget.extend(SECONDS)
    report = check_bibliography(get_searcher(), text)
    if not report.entries and not report.left_out:
        raise BibliographyEmpty("")
    if request.form.get("action") == "download":
        fixed = fix_bibliography(report, encoding, changes).encode(encoding)
        response = Response(fixed, mimetype="application/x-bibtex")
        response.headers["Content-Disposition"] = 'attachment; filename="fixed.bib"'
    else:
        response = Response(_render_page(report, changes))
    response.headers["Cache-Control"] = "no-store"
    return response


def _check_origin() -> None:
    """Refuse a form of another site: nothing is kept, but checking takes time."""
    origin = request.headers.get("Origin")
    if origin is not None and not is_own_origin(origin):
        abort(403, "Only the form of this site may send a bibliography. Open it and try again.")


def _read_bibliography() -> tuple[str, str]:
    """Return the file that was sent, or else the text, and its encoding."""
    file = request.files.get("file")
    raw = file.read() if file else b""
    if not raw.strip():
        return request.form.get("text", ""), "utf-8"
    return decode_bibliography(raw)


def _read_changes() -> tuple[Kind, ...]:
    """Return what to correct.

    Raises:
        ChoiceUnknown: The form names something else.
    """
    named = request.form.getlist("change")
    for name in named:
        if name not in CHANGES:
            raise ChoiceUnknown("change", name, CHANGES)
    return tuple(map(Kind, named)) or USUAL_CHANGES


def _render_page(report: Report | None, changes: tuple[Kind, ...] = USUAL_CHANGES) -> str:
    text = report.text if report and len(report.text) <= MOST_REPEATED else ""
    return render_template(
        "bib.html",
        report=report,
        summary=summarise(report) if report else "",
        headings=HEADINGS,
        describe=describe_finding,
        text=text,
        changes=CHANGES,
        chosen=changes,
        most=MOST_SHOWN,
        max_bytes=MAX_UPLOAD,
        max_entries=MAX_ENTRIES,
    )
