"""Convert a row of a table to a raw record.

Several columns may hold one field. Of its cells the first that is not empty counts, except for
keywords, links and dates, of which all do. A cell may be a list or a mapping that a program wrote.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from index.formats.semantic_scholar_words import collect_ids
from index.formats.table_authors import convert_authors
from index.formats.table_columns import Columns
from index.normalise.dates import find_first_date, join_date, parse_date, parse_day
from index.normalise.identifier_search import find_bare_arxiv_id, find_link_ids
from index.normalise.identifiers import parse_accession
from index.normalise.list_cells import list_names, parse_list
from index.normalise.raw_values import drop_empty, is_placeholder
from index.normalise.reference_words import (
    choose_links,
    find_first_language,
    find_listed_type,
    find_retraction,
    parse_citations,
    split_topics,
)
from index.normalise.source_lines import SourceLine, parse_source_line
from index.normalise.work_types import find_venue_kind
from index.records import RawAuthor, RawRecord, Source

NAME = "csv"

Cells = Mapping[str, Sequence[str]]
"""The cells of a row by field, without empty ones and placeholders; the best first."""

_PROSE = frozenset(("title", "abstract", "authors", "editors"))
"""Fields in which a word for no value may be a text."""

_UNREAD = frozenset(("abstract", "authors", "editors", "topics", "ids"))
"""Fields whose cells are kept as written: lists in them are read with the field, or are prose."""

_AS_WRITTEN = _PROSE & _UNREAD

_ONE_TEXT = re.compile(r"""\[\s*['"]""")
"""How a list that holds a title begins; of other titles in brackets many are translations."""

_DATABASES = {"scopus", "web of science", "pubmed", "ieee", "zotero", "crossref", "openalex"}
_ONE_LETTER = {"j": "journal article", "b": "book", "s": "book chapter", "c": "conference paper"}
_NO_TYPES = ("pdf", "html", "doc", "citation", "link")
"""What Publish or Perish writes as the type of a hit. JabRef numbers its types."""

_COMPACT_DATE = re.compile(r"([12]\d{3})([01]\d)([0-3]\d)")
_ANY_YEAR = re.compile(r"\d{4}")
_BARE_WOS = re.compile(r"(?:\d{4}|[A-Z]19\d\d[A-Z]{0,2})[\dA-Z]{8,11}")
"""A number of Web of Science; columns of accession numbers hold those of other databases too."""

_NO_LINE = SourceLine("", "", "", "", "", "")
_RETRACTED = dict.fromkeys(("true", "yes", "1", "retraction"), "retracted") | dict.fromkeys(
    ("false", "no", "0", "correction", "expression of concern", "reinstatement"), ""
)
"""The status by the word in a column; Retraction Watch names the nature of each notice."""

_NAMESPACES = {"forum": "openreview", "authors parsed": "arxiv", "item type": "zotero"}
"""The database whose ids a table holds that has a column of this name."""

_OWN_IDS = (
    ("openalex", re.compile(r"https?://(?:api\.)?openalex\.org/(?:works/)?(W\d+)")),
    ("s2", re.compile(r"([0-9a-f]{40})")),
    ("lens", re.compile(r"(\d{3}-\d{3}-\d{3}-\d{3}-\d{2}[\dX])")),
    ("dimensions", re.compile(r"(pub\.\d+)")),
)
"""Ids by which a database is known, and which are the same in each of its tables."""


def convert_row(cells: Sequence[str], columns: Columns, source: Source) -> RawRecord:
    """Convert the cells of a row to a raw record.

    Args:
        cells: The contents of the cells.
        columns: The fields that they hold.
        source: Where the row was read.
    """
    every = _collect_cells(cells, columns)
    first = {field: texts[0] for field, texts in every.items() if texts}
    line = _find_source_line(first)
    kind = first.get("type", "").rstrip("; ")
    paper_type = find_listed_type(kind) or _ONE_LETTER.get(kind.lower(), "")
    ids = _collect_ids(first, every, columns)
    dates = [*every.get("date", ()), line.date]
    return RawRecord(
        source=source,
        format=NAME,
        id=_build_id(first, ids, columns, source),
        title=first.get("title", ""),
        abstract=first.get("abstract", ""),
        authors=_find_people(first, columns, "authors", "editors"),
        venue=line.venue or _find_venue(first, paper_type, ids),
        venue_kind=find_venue_kind(paper_type) if "venue" in first else "",
        year=first.get("year") or first.get("date") or line.year or None,
        date=_find_date(first, dates),
        type=paper_type or _describe_type(kind),
        topics=_find_topics(every),
        ids=ids,
        urls=choose_links([*every.get("pdf", ()), *every.get("url", ()), *every.get("pages", ())]),
        citations=parse_citations(first.get("citations", "")),
        status=_find_status(first, kind),
        language=find_first_language(first["language"]) if "language" in first else "",
        updated=parse_day(first.get("updated")),
        volume=first.get("volume") or line.volume,
        issue=_find_issue(first, columns) or line.issue,
        pages=_find_pages(first) or line.pages,
        publisher=first.get("publisher", ""),
        editors=_find_people(first, columns, "editors"),
    )


def _collect_cells(cells: Sequence[str], columns: Columns) -> dict[str, list[str]]:
    every: dict[str, list[str]] = {}
    for field, places in columns.places.items():
        texts = every[field] = []
        written = field in _AS_WRITTEN
        for at in places:
            if at < len(cells) and (cell := cells[at]):
                # The second test is a cheap one for `_unify_number` having nothing to do.
                if written or (cell[0].isdecimal() and cell[-1] != "0" and field != "date"):
                    texts.append(cell)
                else:
                    texts += _read_cell(field, cell)
    return every


def _read_cell(field: str, cell: str) -> list[str]:
    """Return the texts of a cell: none, one, or those of a list."""
    if field not in _PROSE and is_placeholder(cell):
        return []
    if field in _UNREAD:
        return [cell]
    if cell[0].isdecimal():
        return [cell if field == "title" else _unify_number(field, cell)]
    if cell[-1] not in "])}" or (field == "title" and not _ONE_TEXT.match(cell)):
        return [cell]
    found = parse_list(cell)
    if found is None:
        return [cell]
    texts = list_names(found)
    return ["; ".join(texts)] if field == "type" and texts else texts


def _unify_number(field: str, cell: str) -> str:
    """Return a date with hyphens, and 77.0, as pandas writes 77 in a column with gaps, as 77."""
    if field == "date" and (compact := _COMPACT_DATE.fullmatch(cell)):
        return "-".join(compact.groups())
    return cell[:-2] if cell.endswith(".0") and cell[:-2].isdecimal() else cell


def _find_source_line(first: Mapping[str, str]) -> SourceLine:
    """Return what Embase's ``Source`` or PubMed's ``Citation`` states."""
    venue, cited = first.get("venue", ""), first.get("citations", "")
    line = parse_source_line(venue) if venue and venue[-1] in "0123456789).;" else None
    if line is None and "." in cited:
        line = parse_source_line(cited)
        line = line._replace(venue=venue or line.venue) if line else None
    return line or _NO_LINE


def _find_people(first: Mapping[str, str], columns: Columns, *fields: str) -> tuple[RawAuthor, ...]:
    """Return the people in the first of some fields that names any."""
    certain = bool(columns.plain_headers & {"eid", "pmid", "author names"})
    glued = "item title" in columns.plain_headers  # SpringerLink
    for field in fields:
        if field in first and (
            authors := convert_authors(first[field], certain=certain, glued=glued)
        ):
            return tuple(authors)
    return ()


def _find_date(first: Mapping[str, str], dates: Sequence[str]) -> str:
    """Return the first date in the year of publication; Web of Science writes it without a year."""
    written, month = first.get("year", ""), first.get("month", "")
    if not month and not any(dates):
        return ""  # nothing is finer than a year
    year = next(filter(None, (parse_date(text)[:4] for text in (written, *dates))), "")
    if not year:
        return ""
    stated = join_date(year, month, first.get("day", "")) if month else ""
    undated = [join_date(year, date) for date in dates if date and not _ANY_YEAR.search(date)]
    return find_first_date(int(year), *dates, *undated, stated)


def _describe_type(word: str) -> str:
    """Return an unknown kind of document in separate words: ``blogPost`` is ``blog Post``."""
    if find_retraction(word) or word.isdecimal() or word.lower() in _NO_TYPES:
        return ""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word)[:40]


def _find_topics(every: Cells) -> tuple[str, ...]:
    topics: list[str] = []
    for cell in every.get("topics", ()):
        found = parse_list(cell) if cell[-1] in "])}" else None
        topics += split_topics(cell) if found is None else list_names(found)
    return tuple(topic.lstrip("*") for topic in topics)  # MEDLINE marks main topics: *Tides


def _find_status(first: Mapping[str, str], kind: str) -> str:
    status = first.get("status", "")
    return _RETRACTED.get(status.lower(), status) or find_retraction(kind)


def _find_issue(first: Mapping[str, str], columns: Columns) -> str:
    """Return the issue; a column ``Number`` without a volume may number the rows."""
    stated = "volume" in first or "number" not in columns.plain_headers
    return first.get("issue", "") if stated else ""


def _find_pages(first: Mapping[str, str]) -> str:
    pages = first.get("pages", "")
    if pages and "/" not in pages:
        return pages
    span = [first[field] for field in ("first_page", "last_page") if field in first]
    return "-".join(span) or first.get("article_number", "")


def _build_id(
    first: Mapping[str, str], ids: Mapping[str, str], columns: Columns, source: Source
) -> str:
    """Build the id of a paper from the id that a database gives it.

    Other ids are unique only within their table, so the file's name becomes part of them.
    """
    if "wos" in ids and parse_accession(first.get("wos", "")):
        return f"wos:{ids['wos']}"
    if ids.get("scopus", "").startswith("2-s2.0-"):
        return f"scopus:{ids['scopus']}"
    known = first.get("id", "")
    if not known:
        return ""
    own = (f"{scheme}:{found[1]}" for scheme, form in _OWN_IDS if (found := form.fullmatch(known)))
    return next(own, "") or f"{_find_namespace(columns, source)}{known}"


def _find_namespace(columns: Columns, source: Source) -> str:
    """Return what precedes an id that does not show the database it belongs to."""
    for header, name in _NAMESPACES.items():
        if header in columns.plain_headers:
            return f"{name}:"
    return f"{NAME}:{PurePosixPath(source.file or source.dump).stem}/"


def _collect_ids(first: Mapping[str, str], every: Cells, columns: Columns) -> dict[str, str]:
    links = [*every.get("url", ()), *every.get("doi", ()), *every.get("pdf", ())]
    stated = {scheme: first.get(scheme, "") for scheme in ("doi", "pmid", "pmc", "mag", "scopus")}
    stated["pmid"] = stated["pmid"].removeprefix("0")  # Retraction Watch writes 0 for none
    known = first.get("id", "")
    arxiv = known if "authors parsed" in columns.plain_headers else first.get("arxiv", "")
    stated["arxiv"] = find_bare_arxiv_id(arxiv) if arxiv else ""
    if wos := first.get("wos", ""):
        stated |= parse_accession(wos) or {"wos": wos if _BARE_WOS.fullmatch(wos) else ""}
    for scheme, form in _OWN_IDS[:2]:
        text = first.get(scheme) or known
        if text and (found := form.fullmatch(text)):
            stated[scheme] = found[1]
    ids = find_link_ids(*links) | drop_empty(stated)
    others = parse_list(first["ids"]) if "ids" in first else None
    if isinstance(others, dict):
        texts = {name: value for name, value in others.items() if isinstance(value, str)}
        ids = collect_ids(first.get("s2") or texts.get("CorpusId", ""), {**texts}) | ids
    return ids


def _find_venue(first: Mapping[str, str], paper_type: str, ids: Mapping[str, str]) -> str:
    venue = first.get("venue", "")
    if venue.lower() in _DATABASES or venue.startswith(("http://", "https://")):
        return ""
    return venue or ("arXiv" if "arxiv" in ids and paper_type in {"", "preprint"} else "")
