"""Write papers as a CSV table with one row for each, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from index.formats.delimited import FORMULA
from index.records import Paper
from index.text.bibtex_text import collapse_spaces

BYTE_ORDER_MARK = "\ufeff"
"""What spreadsheets need to see that a table is UTF-8; other programs may show it."""

JOINT = "; "
COLUMNS: dict[str, Callable[[Paper], str]] = {
    "ID": lambda paper: paper.id,
    "Title": lambda paper: paper.title,
    "Authors": lambda paper: _join(author.name for author in paper.authors),
    "Year": lambda paper: str(paper.shown.year or ""),
    "Date": lambda paper: paper.shown.date,
    "Venue": lambda paper: paper.shown.venue,
    "Type": lambda paper: paper.shown.type,
    "Status": lambda paper: paper.status,
    "Volume": lambda paper: paper.shown.volume,
    "Issue": lambda paper: paper.shown.issue,
    "Pages": lambda paper: paper.shown.pages,
    "Publisher": lambda paper: paper.shown.publisher,
    "DOI": lambda paper: paper.ids.get("doi", ""),
    "arXiv": lambda paper: paper.ids.get("arxiv", ""),
    "URL": lambda paper: paper.urls.get("page", ""),
    "PDF": lambda paper: paper.urls.get("pdf", ""),
    "Citations": lambda paper: "" if paper.citations is None else str(paper.citations),
    "Topics": lambda paper: _join(paper.topics),
    "Language": lambda paper: paper.language,
    "Abstract": lambda paper: paper.abstract,
}
"""The columns in order, each with the function that fills it."""


def write_rows(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a header and a row for each paper."""
    lines = io.StringIO()
    writer = csv.writer(lines, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    for paper in papers:
        writer.writerow([_write_cell(fill(paper)) for fill in COLUMNS.values()])
        yield lines.getvalue()
        lines.seek(0)
        lines.truncate()
    yield lines.getvalue()


def _join(values: Iterable[str]) -> str:
    """Join the values of a list; a semicolon inside one becomes a comma."""
    return JOINT.join(value.replace(";", ",") for value in values)


def _write_cell(text: str) -> str:
    """Return a cell in one line, after an apostrophe if a spreadsheet would run it."""
    cell = collapse_spaces(text)
    return f"'{cell}" if FORMULA.match(cell) else cell
