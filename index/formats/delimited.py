"""Answers: how are CSV and TSV tables of papers read?

Whose columns hold what is in `table_columns`; what the user names with ``--map`` counts more. A
row with more cells than the header is rejected; so is a short one after a quote that is never
closed, for it may be a line of an abstract.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath

from index.dumps.streams import Stream
from index.errors import ColumnMissing
from index.formats.format import Format
from index.formats.table_columns import MAX_LINES_BEFORE, Columns, absent, columns_of
from index.names.parser import split_names
from index.normalise.dates import day_in
from index.normalise.reference_words import (
    addresses,
    arxiv_in,
    count_of,
    ids_in,
    kind_of,
    language_of,
    status_of,
    topics_of,
    type_of,
)
from index.records import RawAuthor, RawRecord, Reject, Source
from index.scanners.head import Head
from index.scanners.table_rows import DELIMITERS, Row, cells_of, said_delimiter, table_rows
from index.scanners.text_lines import beginning_text, excerpt, source_of

NAME = "csv"

_NUMBERED = re.compile(r"(.*?)\s*\((\d{8,12})\)")
_INVERTED = re.compile(r"([^\W\d_][\w'\u2019 -]*[^\W\d_]) ((?:[A-Z]\.?[ -]?){1,4})")
_DATABASES = {"scopus", "web of science", "pubmed", "ieee", "zotero"}
_ONE_LETTER = {"j": "journal article", "b": "book", "s": "book chapter", "c": "conference paper"}


def read(stream: Stream, named: Mapping[str, str]) -> Iterator[RawRecord | Reject]:
    """Read a table.

    Args:
        stream: The file.
        named: Fields by header, as the user named them.

    Yields:
        A record of each row, or a reject that says what is wrong with it.

    Raises:
        ColumnMissing: A column that the user named is not there.
    """
    found = _header(beginning_text(stream.head()), named)
    if found is None:  # pragma: no cover - only what is recognised is read
        return
    header, delimiter, columns = found
    if missing := absent(columns, named):
        raise ColumnMissing(stream.name, missing[0], columns.headers)
    number, begun, damaged = 0, False, False
    for row in table_rows(stream, delimiter):
        if row.cells == header:
            begun = True  # tables that were joined have it again
        elif begun and (row.cells is None or any(row.cells)):  # spreadsheets end in empty rows
            number += 1
            source = source_of(stream, number, row.offset)
            reason = _damage(row, len(header), damaged=damaged)
            damaged = bool(reason) and (damaged or row.cells is None)
            if reason:
                yield Reject(source, reason, excerpt(row.text))
            else:
                yield _record(row.cells or [], columns, source)


def _header(text: str, named: Mapping[str, str]) -> tuple[list[str], str, Columns] | None:
    """Find the header among the first lines: its cells, the delimiter, what the columns hold."""
    said = ""
    for line in text.splitlines()[: MAX_LINES_BEFORE + 1]:
        options = []
        for delimiter in said or DELIMITERS:
            cells = _cells(line, delimiter)
            if columns := columns_of(cells, named):
                options.append((len(columns.places), cells, delimiter, columns))
        if options:
            return max(options, key=lambda option: option[0])[1:]
        if '"' in line:
            return None  # what a quote opens could swallow the header
        said = said or said_delimiter(line)
    return None


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return cells_of(line, delimiter)
    except csv.Error:
        return []


def _damage(row: Row, width: int, *, damaged: bool) -> str:
    """Say what is wrong with a row, or nothing."""
    if row.cells is None:
        return "has a quoted cell that is never closed"
    if any(row.cells[width:]):
        return f"has {len(row.cells):,} cells where the header has {width:,}"
    if damaged and len(row.cells) < width:
        return f"has {len(row.cells):,} cells of {width:,}, after a quoted cell that is not closed"
    return ""


def _record(cells: list[str], columns: Columns, source: Source) -> RawRecord:
    every = {
        field: [cells[at] for at in places if at < len(cells) and cells[at]]
        for field, places in columns.places.items()
    }
    first = {field: texts[0] for field, texts in every.items() if texts}
    links = [*every.get("url", ()), *every.get("doi", ()), *every.get("pdf", ())]
    kind_of_document = first.get("type", "")
    paper_type = type_of(kind_of_document) or _ONE_LETTER.get(kind_of_document.lower(), "")
    ids = _ids(first, links)
    return RawRecord(
        source=source,
        kind=NAME,
        id=_id(first, columns, source),
        title=first.get("title", ""),
        abstract=_abstract(first.get("abstract", "")),
        authors=_authors(first.get("authors", ""), columns),
        venue=_venue(first, paper_type, ids),
        venue_kind=kind_of(paper_type) if "venue" in first else "",
        year=first.get("year"),
        type=paper_type or _type(kind_of_document),
        topics=tuple(word for text in every.get("topics", ()) for word in topics_of(text)),
        ids=ids,
        urls=addresses([*every.get("pdf", ()), *every.get("url", ())]),
        citations=count_of(first.get("citations", "")),
        status=first.get("status") or status_of(kind_of_document),
        language=language_of(first.get("language", "")),
        updated=day_in(first.get("updated")),
    )


def _type(word: str) -> str:
    """Keep a kind of document that is not known here, in words: ``blogPost``."""
    return "" if status_of(word) else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word)[:40]


def _id(first: Mapping[str, str], columns: Columns, source: Source) -> str:
    """Give the id by which a database names the paper; a table's own holds in its file only."""
    if first.get("wos", "").startswith("WOS:"):
        return f"wos:{first['wos'].removeprefix('WOS:')}"
    if first.get("scopus", "").startswith("2-s2.0-"):
        return f"scopus:{first['scopus']}"
    if "id" not in first:
        return ""
    if "item type" in columns.squashed:
        return f"zotero:{first['id']}"
    return f"{NAME}:{PurePosixPath(source.file or source.dump).stem}/{first['id']}"


def _ids(first: Mapping[str, str], links: list[str]) -> dict[str, str]:
    stated = {scheme: first.get(scheme, "") for scheme in ("doi", "pmid", "pmc", "scopus")}
    stated["arxiv"] = arxiv_in(first.get("arxiv", ""), bare=True)
    stated["wos"] = first.get("wos", "").removeprefix("WOS:")
    return ids_in(*links) | {scheme: value for scheme, value in stated.items() if value}


def _venue(first: Mapping[str, str], paper_type: str, ids: Mapping[str, str]) -> str:
    venue = first.get("venue", "")
    if venue.lower() in _DATABASES:
        return ""
    return venue or ("arXiv" if "arxiv" in ids and paper_type in {"", "preprint"} else "")


def _abstract(text: str) -> str:
    return "" if text.startswith("[No abstract") else text


def _authors(text: str, columns: Columns) -> tuple[RawAuthor, ...]:
    if text.startswith("[No author"):
        return ()
    names = split_names(text.replace("|", ";") if ";" not in text else text)
    inverted = [_INVERTED.fullmatch(name) for name in names]
    # One name could be Malcolm X; databases write the family name first, without a comma.
    if all(inverted) and (len(names) > 1 or columns.squashed & {"eid", "pmid"}):
        return tuple(RawAuthor(family=name[1], given=name[2]) for name in inverted if name)
    return tuple(map(_author, names))


def _author(name: str) -> RawAuthor:
    numbered = _NUMBERED.fullmatch(name)  # Scopus: Vaswani, Ashish (57216694711)
    if numbered:
        return RawAuthor(name=numbered[1], ids={"scopus": numbered[2]})
    return RawAuthor(name=name)


def _recognises(head: Head, named: Mapping[str, str]) -> bool:
    if head.start in (b"", b"{", b"[", b"<", b"@"):
        return False
    return _header(beginning_text(head.beginning), named) is not None


def table_format(named: Mapping[str, str]) -> Format:
    """Give the format of tables.

    Args:
        named: Fields by header, as the user named them; the fields are those of `table_columns`.
    """
    return Format(NAME, "CSV or TSV", partial(_recognises, named=named), partial(read, named=named))


FORMAT = table_format({})
