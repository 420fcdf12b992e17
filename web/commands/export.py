"""Export papers: all hits of a search, or the papers whose ids are read from standard input."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

import click

from index.records import Paper
from index.settings import index_directory
from index.temporary_files import replace_file
from search.answers.paper_lookup import find_paper
from search.answers.searcher import Searcher
from search.errors import QueryError
from search.request.search_request import SearchRequest, View
from web.commands.bibliography_sets import admit_bibliographies
from web.commands.options import (
    STDIN,
    NonEmpty,
    decode_text,
    facet_options,
    hidden_option,
    index_option,
    records_option,
)
from web.commands.search_options import make_request, ranking_options, sort_option
from web.exports.formats import FORMATS
from web.exports.keys import read_key_pattern
from web.exports.table import BYTE_ORDER_MARK
from web.failures import FOUND, NOTHING_FOUND, exit_code
from web.terminal.printing import print_error, write_file_text

JSON_FORMATS = frozenset(("csl", "jsonl"))
"""The formats whose texts have escapes of JSON."""


class Export:
    """The papers of one export, and what became of finding them.

    Attributes:
        count: Papers that were written.
        worst: The exit code of the worst failure.
    """

    def __init__(self, searcher: Searcher) -> None:
        """Prepare an export of one index."""
        self._searcher = searcher
        self.count, self.worst = 0, FOUND

    def list_hits(self, request: SearchRequest) -> Iterator[Paper]:
        """Yield all hits of a search."""
        found = self._searcher.stream_hits(request)
        while batch := found.read_batch():
            yield from batch

    def list_named(self, lines: IO[bytes], view: View) -> Iterator[Paper]:
        """Yield the papers meant by lines; one that means none is reported and passed over."""
        for line in lines:
            named = line.decode("utf-8", "replace").strip()
            try:
                found = find_paper(self._searcher, named, view) if named else None
            except QueryError as error:
                self.worst = max(self.worst, exit_code(error))
                print_error(error)
            else:
                if found is not None:
                    yield found

    def count_papers(self, papers: Iterator[Paper]) -> Iterator[Paper]:
        """Yield papers and count them."""
        for self.count, paper in enumerate(papers, 1):
            yield paper


@click.command()
@click.argument("query", nargs=-1, type=decode_text)
@index_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    default="bibtex",
    show_default=True,
    help="Format of the papers.",
)
@click.option(
    "--output",
    type=NonEmpty("a file", Path),
    metavar="FILE",
    help="Write to FILE, which is replaced only when the export is complete.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Export at most N papers.")
@facet_options
@sort_option
@hidden_option
@records_option
@ranking_options
@click.option(
    "--key-pattern",
    metavar="TEXT",
    type=NonEmpty("a pattern", decode_text),
    help="Pattern of the keys of entries.  [default: $PAPERS_BIBTEX_KEY, else "
    "{family}{year}{word}-{hash}]",
)
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for spreadsheets.")
def export(
    query: tuple[str, ...],
    index_name: str | None,
    format_name: str,
    output: Path | None,
    limit: int | None,
    key_pattern: str | None,
    bom: bool,
    **chosen: Any,  # noqa: ANN401 - the values of the options that commands share
) -> None:
    """Export all papers that QUERY finds.

    Without QUERY, every paper is exported. With - as QUERY, read one paper per line from standard
    input: its id, a DOI, an arXiv id, an address or its whole title. The exit code is 1 if no paper
    is found, or one of the lines names none.
    """
    searcher = admit_bibliographies(Searcher(index_directory(index_name)))
    run, request = Export(searcher), make_request("", chosen)
    if query == (STDIN,):
        papers = run.list_named(sys.stdin.buffer, request.view)
    else:
        papers = run.list_hits(make_request(" ".join(query), chosen))
    pieces = FORMATS[format_name].write(
        run.count_papers(islice(papers, limit)), read_key_pattern(key_pattern)
    )
    mark = BYTE_ORDER_MARK if bom and format_name == "csv" else ""
    if output is None:
        for piece in chain([mark], pieces):
            write_file_text(piece, is_json=format_name in JSON_FORMATS)
    else:
        with open_output(output) as file:
            file.writelines(piece.encode() for piece in chain([mark], pieces))
    sys.exit(run.worst or (FOUND if run.count else NOTHING_FOUND))


@contextmanager
def open_output(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes its name only when the block is complete.

    Raises:
        FileError: The file cannot be written.
    """
    try:
        with replace_file(path) as file:
            yield file
    except OSError as error:
        raise click.FileError(str(path), error.strerror or str(error)) from error
