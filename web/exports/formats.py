"""List the formats of exports, and write papers in any of them."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from index.records import Paper
from search.errors import ChoiceUnknown
from web.exports.bibtex import write_entries
from web.exports.csl import write_items
from web.exports.keys import KeyPattern
from web.exports.ris import write_records
from web.exports.table import write_rows

_ENCODE = msgspec.json.Encoder().encode


class ExportFormat(NamedTuple):
    """A format.

    Attributes:
        name: What a user types.
        label: What people call it.
        suffix: What ends the name of a file, and the address of a page's twin.
        media_type: What HTTP calls it.
        write: Yields the pieces of a file, at least one for each paper.
    """

    name: str
    label: str
    suffix: str
    media_type: str
    write: Callable[[Iterable[Paper], KeyPattern], Iterator[str]]


def write_json_lines(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield papers as the project's own JSON lines, from which `papers build` reads them again."""
    for paper in papers:
        yield f"{_ENCODE(paper).decode()}\n"


FORMATS = {
    one.name: one
    for one in (
        ExportFormat("bibtex", "BibTeX", ".bib", "application/x-bibtex", write_entries),
        ExportFormat("ris", "RIS", ".ris", "application/x-research-info-systems", write_records),
        ExportFormat(
            "csl", "CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", write_items
        ),
        ExportFormat("csv", "CSV", ".csv", "text/csv", lambda papers, _: write_rows(papers)),
        ExportFormat(
            "jsonl",
            "JSON lines",
            ".jsonl",
            "application/x-ndjson",
            lambda papers, _: write_json_lines(papers),
        ),
    )
}
"""The formats by name."""


def find_format(name: str) -> ExportFormat:
    """Return the format with a name.

    Raises:
        ChoiceUnknown: There is none.
    """
    if name not in FORMATS:
        raise ChoiceUnknown("format", name, FORMATS)
    return FORMATS[name]
