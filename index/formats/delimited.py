"""Read CSV and TSV tables of papers.

`table_columns` finds out which column holds which field; columns that the user assigns with
``--map`` take precedence. A row with more cells than the header is rejected. After a quote that is
never closed, so is a row with fewer, which may be a line of an abstract.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath

from index.dumps.streams import Stream
from index.errors import ColumnMissing
from index.formats.format import Format
from index.formats.table_columns import (
    MAX_LINES_BEFORE,
    Columns,
    find_columns,
    find_missing,
)
from index.names.author_lists import invert_names, split_names
from index.normalise.dates import find_first_date, join_date, parse_date, parse_day
from index.normalise.identifier_search import find_bare_arxiv_id, find_link_ids
from index.normalise.identifiers import parse_accession
from index.normalise.raw_values import drop_empty
from index.normalise.reference_words import (
    choose_links,
    find_first_language,
    find_listed_type,
    find_retraction,
    parse_citations,
    split_topics,
)
from index.normalise.work_types import find_venue_kind
from index.records import RawAuthor, RawRecord, Reject, Source
from index.scanners.excerpts import make_excerpt
from index.scanners.head import Head
from index.scanners.table_rows import DELIMITERS, Row, parse_sep_line, read_rows, split_cells
from index.scanners.text_lines import decode_beginning, make_source

NAME = "csv"

_NUMBERED = re.compile(r"(.*?)\s*\((\d{8,12})\)")
_DATABASES = {"scopus", "web of science", "pubmed", "ieee", "zotero"}
_ONE_LETTER = {"j": "journal article", "b": "book", "s": "book chapter", "c": "conference paper"}


def read(stream: Stream, assigned: Mapping[str, str]) -> Iterator[RawRecord | Reject]:
    """Read a table.

    Args:
        stream: The file.
        assigned: Fields by header, as the user assigned them.

    Yields:
        A record for each row, or a reject with the reason.

    Raises:
        ColumnMissing: The table lacks a column that the user assigned.
    """
    found = _find_header(decode_beginning(stream.head()), assigned)
    if found is None:  # pragma: no cover - only a recognised file is read
        return
    header, delimiter, columns = found
    if missing := find_missing(columns, assigned):
        raise ColumnMissing(stream.name, missing[0], columns.headers)
    number, begun, damaged = 0, False, False
    for row in read_rows(stream, delimiter):
        if row.cells == header:
            begun = True  # the header, which joined tables repeat
        elif begun and (row.cells is None or any(row.cells)):  # spreadsheets end in empty rows
            number += 1
            source = make_source(stream, number, row.offset)
            reason = _describe_damage(row, len(header), damaged=damaged)
            damaged = bool(reason) and (damaged or row.cells is None)
            if reason:
                yield Reject(source, reason, make_excerpt(row.text))
            else:
                yield _convert(row.cells or [], columns, source)


def _find_header(text: str, assigned: Mapping[str, str]) -> tuple[list[str], str, Columns] | None:
    """Find the header among the first lines.

    Of several delimiters the one that finds the most fields wins.

    Returns:
        The header's cells, the delimiter and the columns, or None if there is no header.
    """
    stated = ""
    for line in text.splitlines()[: MAX_LINES_BEFORE + 1]:
        options = []
        for delimiter in stated or DELIMITERS:
            cells = _split_cells(line, delimiter)
            if columns := find_columns(cells, assigned):
                options.append((len(columns.places), cells, delimiter, columns))
        if options:
            return max(options, key=lambda option: option[0])[1:]
        if '"' in line:
            return None  # the quoted text could contain the header
        stated = stated or parse_sep_line(line)
    return None


def _split_cells(line: str, delimiter: str) -> list[str]:
    try:
        return split_cells(line, delimiter)
    except csv.Error:
        return []


def _describe_damage(row: Row, width: int, *, damaged: bool) -> str:
    """Return what is wrong with a row, or an empty string.

    Args:
        row: The row.
        width: The number of cells in the header.
        damaged: Whether all rows since one with an unclosed quote were rejected.
    """
    if row.cells is None:
        return "has a quoted cell that is never closed"
    if any(row.cells[width:]):
        return f"has {len(row.cells):,} cells where the header has {width:,}"
    if damaged and len(row.cells) < width:
        return f"has {len(row.cells):,} cells of {width:,}, after a quoted cell that is not closed"
    return ""


def _convert(cells: list[str], columns: Columns, source: Source) -> RawRecord:
    every = {
        field: [cells[at] for at in places if at < len(cells) and cells[at]]
        for field, places in columns.places.items()
    }
    first = {field: texts[0] for field, texts in every.items() if texts}
    links = [*every.get("url", ()), *every.get("doi", ()), *every.get("pdf", ())]
    kind_of_document = first.get("type", "")
    paper_type = find_listed_type(kind_of_document) or _ONE_LETTER.get(kind_of_document.lower(), "")
    ids = _collect_ids(first, links)
    return RawRecord(
        source=source,
        format=NAME,
        id=_build_id(first, columns, source),
        title=first.get("title", ""),
        abstract=_clean_abstract(first.get("abstract", "")),
        authors=_convert_authors(first.get("authors", ""), columns),
        venue=_find_venue(first, paper_type, ids),
        venue_kind=find_venue_kind(paper_type) if "venue" in first else "",
        year=first.get("year") or first.get("date"),
        date=_find_date(first.get("year", ""), every.get("date", [])),
        type=paper_type or _describe_type(kind_of_document),
        topics=tuple(word for text in every.get("topics", ()) for word in split_topics(text)),
        ids=ids,
        urls=choose_links([*every.get("pdf", ()), *every.get("url", ())]),
        citations=parse_citations(first.get("citations", "")),
        status=first.get("status") or find_retraction(kind_of_document),
        language=find_first_language(first.get("language", "")),
        updated=parse_day(first.get("updated")),
    )


def _find_date(year: str, dates: list[str]) -> str:
    """Return the first date in the year of publication; Web of Science writes it without a year."""
    year = next(filter(None, (parse_date(text)[:4] for text in (year, *dates))), "")
    both = [text for date in dates for text in (date, join_date(year, date))]
    return find_first_date(int(year), *both) if year else ""


def _describe_type(word: str) -> str:
    """Return an unknown kind of document in separate words: ``blogPost`` is ``blog Post``."""
    return "" if find_retraction(word) else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word)[:40]


def _build_id(first: Mapping[str, str], columns: Columns, source: Source) -> str:
    """Build the id of a paper from the id that a database gives it.

    Other ids are unique only within their table, so the file's name becomes part of them.
    """
    if number := parse_accession(first.get("wos", "")).get("wos"):
        return f"wos:{number}"
    if first.get("scopus", "").startswith("2-s2.0-"):
        return f"scopus:{first['scopus']}"
    if "id" not in first:
        return ""
    if "item type" in columns.plain_headers:
        return f"zotero:{first['id']}"
    return f"{NAME}:{PurePosixPath(source.file or source.dump).stem}/{first['id']}"


def _collect_ids(first: Mapping[str, str], links: list[str]) -> dict[str, str]:
    stated = {scheme: first.get(scheme, "") for scheme in ("doi", "pmid", "pmc", "scopus")}
    stated["arxiv"] = find_bare_arxiv_id(first.get("arxiv", ""))
    stated |= parse_accession(wos := first.get("wos", "")) or {"wos": wos}
    return find_link_ids(*links) | drop_empty(stated)


def _find_venue(first: Mapping[str, str], paper_type: str, ids: Mapping[str, str]) -> str:
    venue = first.get("venue", "")
    if venue.lower() in _DATABASES:
        return ""
    return venue or ("arXiv" if "arxiv" in ids and paper_type in {"", "preprint"} else "")


def _clean_abstract(text: str) -> str:
    return "" if text.startswith("[No abstract") else text


def _convert_authors(text: str, columns: Columns) -> tuple[RawAuthor, ...]:
    if text.startswith("[No author"):
        return ()
    names = split_names(text.replace("|", ";") if ";" not in text else text)
    certain = bool(columns.plain_headers & {"eid", "pmid"})  # Scopus and PubMed: Lee A.
    return invert_names(names, certain=certain) or tuple(map(_convert_author, names))


def _convert_author(name: str) -> RawAuthor:
    numbered = _NUMBERED.fullmatch(name)  # Scopus: Vaswani, Ashish (57216694711)
    if numbered:
        return RawAuthor(name=numbered[1], ids={"scopus": numbered[2]})
    return RawAuthor(name=name)


def _recognises(head: Head, assigned: Mapping[str, str]) -> bool:
    if head.start in (b"", b"{", b"[", b"<", b"@"):
        return False
    return _find_header(decode_beginning(head.beginning), assigned) is not None


def make_table_format(assigned: Mapping[str, str]) -> Format:
    """Return the format of tables.

    Args:
        assigned: Fields by header, as the user assigned them; `table_columns` lists the fields.
    """
    return Format(
        NAME,
        "CSV or TSV",
        partial(_recognises, assigned=assigned),
        partial(read, assigned=assigned),
    )
