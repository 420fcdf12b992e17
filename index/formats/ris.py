"""Read RIS files and Web of Science's field-tagged files.

The file is cut into records at each ``TY`` (Web of Science: ``PT``), so a missing ``ER`` is
harmless and a damaged record affects no other. The rispy library parses each record.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rispy import RisParser, WokParser

from index.dumps.streams import Stream
from index.formats.format import Format
from index.normalise.dates import find_first_date, join_date, parse_date
from index.normalise.dois import extract_doi
from index.normalise.identifier_search import find_arxiv_id, find_link_ids
from index.normalise.raw_values import drop_empty
from index.normalise.reference_words import (
    choose_links,
    find_first_language,
    find_listed_type,
    find_retraction,
    parse_citations,
)
from index.normalise.work_types import find_venue_kind
from index.records import RawAuthor, RawRecord, Reject, Source
from index.scanners.excerpts import make_excerpt
from index.scanners.head import Head
from index.scanners.text_lines import make_source, read_lines

NAME = "ris"

MAX_RECORD = 32 << 20
"""Characters of one record; a longer one is rejected without being held in memory."""

_TAGGED = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|\s*)$", re.DOTALL)
_BEGINS = re.compile(r"(?:TY {1,2}-|PT [A-Z]\b)")
_WOS_TAG = re.compile(r"[A-Z][A-Z0-9](?: |$)")
_WOS_FIELD = re.compile(r"[A-Z][A-Z0-9] \S")
_ENDS = re.compile(r"ER(?: {1,2}-.*)?\s*$")
_WOS_TYPES = {"J": "journal article", "B": "book", "S": "book chapter", "C": "conference paper"}
_HEAD_RIS = re.compile(rb"(?:^|[\r\n])TY {1,2}- ?[A-Z]{3,6}[ \t]*[\r\n]")
_HEAD_WOS = re.compile(rb"(?:FN [^\r\n]*[\r\n]+(?:VR [^\r\n]*[\r\n]+)?)?PT [A-Z][ \t]*[\r\n]")

_HEAD_BYTES = 4096
"""The first record begins within this many bytes; its maker's name may precede it."""

_TITLES = ("title", "primary_title", "short_title", "translated_title")
_VENUES = ("alternate_title3", "secondary_title", "journal_name", "alternate_title2",
           "alternate_title1", "tertiary_title")  # fmt: skip
_ABSTRACTS = ("abstract", "notes_abstract")
_YEARS = ("year", "publication_year", "date")
_BETWEEN_LINKS = re.compile(r";\s*(?=https?:|www\.|$)")
_LINKS = ("file_attachments1", "file_attachments2")
_WORK = ("type_of_work",)
_WOS_CITED = ("total_times_cited_count", "wos_core_collection_cited_count")

Fields = Mapping[str, Any]
"""The fields that rispy parsed, by its own names for the tags."""


def read(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Read a file of RIS records, or of Web of Science's.

    Args:
        stream: The file.

    Yields:
        A record, or a reject with the reason.
    """
    for number, (offset, lines, whole) in enumerate(_cut_records(stream), 1):
        source = make_source(stream, number, offset)
        begun = _BEGINS.match(lines[0])
        if whole and begun:
            yield _convert(lines, source)
        else:
            reason = "does not begin with TY or PT"
            if begun:
                reason = f"is a record of over {MAX_RECORD >> 20} MiB"
            yield Reject(source, reason, make_excerpt("".join(lines[:20])))


def _cut_records(stream: Stream) -> Iterator[tuple[int, list[str], bool]]:
    """Cut a file into records and skip the lines between them that are not fields.

    Yields:
        The offset of a record in bytes, its lines, and whether it is within the size limit.
    """
    lines: list[str] = []
    start = size = 0
    for offset, text in read_lines(stream):
        if _BEGINS.match(text) or (not lines and _is_field(text)):
            if lines:
                yield start, lines, size <= MAX_RECORD
            lines, start, size = [text], offset, len(text)
        elif lines and _ENDS.match(text):
            yield start, lines, size <= MAX_RECORD
            lines = []
        elif lines:
            size += len(text)
            if size <= MAX_RECORD:
                lines.append(text)
    if lines:
        yield start, lines, size <= MAX_RECORD


def _is_field(text: str) -> bool:
    """Return whether a line outside a record is a field, so that the record's start is damaged."""
    if _TAGGED.match(text):
        return not _ENDS.match(text)
    return bool(_WOS_FIELD.match(text)) and text[:2] not in {"FN", "VR", "EF", "ER"}


def _convert(lines: list[str], source: Source) -> RawRecord | Reject:
    kept = [text for text in lines if text.strip()]
    try:
        if kept[0].startswith("PT "):
            fields = _join_lines(kept, WokParser.DEFAULT_LIST_TAGS, _WOS_TAG)
            (found,) = WokParser().parse_lines(iter([*fields, "ER"]))
            return _convert_wos(found, source)
        fields = _join_lines(map(_respace_tag, kept), RisParser.DEFAULT_LIST_TAGS, _TAGGED)
        (found,) = RisParser(delimiter_tags_mapping={}).parse_lines(iter([*fields, "ER  - "]))
        return _convert_ris(found, source)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        # rispy fails on a line that continues a field that cannot be continued.
        excerpt = make_excerpt("".join(lines[:20]))
        return Reject(source, f"is not valid RIS: {error!r}"[:200], excerpt)


def _join_lines(lines: Iterable[str], lists: list[str], field: re.Pattern[str]) -> Iterator[str]:
    """Join the lines of each field, except those of list fields.

    rispy appends each line to the field, which takes quadratic time for a field of many lines.
    """
    tag, parts = "", [""]
    for text in lines:
        begins = field.match(text)
        tag = text[:2] if begins else tag
        if begins or tag in lists:
            yield " ".join(parts)
            parts = [text.rstrip()]
        else:
            parts.append(text.strip())
    yield " ".join(parts)


def _respace_tag(text: str) -> str:
    """Restore the two spaces after a tag that the standard requires and some writers omit."""
    tagged = _TAGGED.match(text.rstrip("\n"))
    return f"{tagged[1]}  - {tagged[2] or ''}" if tagged else text.rstrip("\n")


def _convert_ris(found: Fields, source: Source) -> RawRecord:
    unknown: Mapping[str, list[str]] = found.get("unknown_tag", {})
    names = [*found.get("authors", ()), *found.get("first_authors", ())]
    editors = [*unknown.get("ED", ()), *found.get("secondary_authors", ())]
    notes = " ".join(found.get("notes", ()))
    links = [*_split_links(found.get("urls", ())), *(found.get(key, "") for key in _LINKS)]
    paper_type = find_listed_type(
        f"{found.get('type_of_reference', '')};{_find_first(found, _WORK)}"
    )
    if "arxiv" in (ids := _collect_ids(found, links)) and paper_type in {"", "journal article"}:
        paper_type = "preprint" if not _find_first(found, _VENUES) else paper_type
    venue = _find_first(found, _VENUES) or " ".join(unknown.get("BT", ())[:1])
    return RawRecord(
        source=source,
        format=NAME,
        id=_build_id(found.get("accession_number", "")),
        title=_find_first(found, _TITLES) or " ".join(unknown.get("BT", ())[:1]),
        abstract=_find_first(found, _ABSTRACTS),
        authors=tuple(RawAuthor(name=name) for name in names or editors if name),
        venue=venue or ("arXiv" if paper_type == "preprint" and "arxiv" in ids else ""),
        venue_kind=find_venue_kind(paper_type) if venue else "",
        year=_find_first(found, _YEARS),
        date=_find_date(_find_first(found, _YEARS), *(str(found.get(key) or "") for key in _YEARS)),
        type=paper_type,
        topics=tuple(word for text in found.get("keywords", ()) for word in _split_keywords(text)),
        ids=ids,
        urls=choose_links(links),
        citations=parse_citations(notes) if "ited" in notes else None,
        status=find_retraction(_find_first(found, _WORK)),
        language=find_first_language(found.get("language", "")),
    )


def _convert_wos(found: Fields, source: Source) -> RawRecord:
    names = found.get("author_full_name") or found.get("authors") or found.get("book_authors", ())
    topics = f"{found.get('author_keywords', '')};{found.get('keywords_plus', '')}"
    paper_type = find_listed_type(found.get("document_type", ""))
    paper_type = paper_type or _WOS_TYPES.get(found.get("publication_type", ""), "")
    year = str(found.get("publication_year") or found.get("early_access_year") or "")
    early = str(found.get("early_access_date") or "")  # JUN 2019
    ids = {
        "doi": found.get("doi", ""),
        "pmid": found.get("pubmed_id", ""),
        "wos": found.get("accession_number", "").removeprefix("WOS:"),
    }
    return RawRecord(
        source=source,
        format=NAME,
        id=_build_id(found.get("accession_number", "")),
        title=found.get("document_title", ""),
        abstract=found.get("abstract", ""),
        authors=tuple(RawAuthor(name=name) for name in [*names, *found.get("group_authors", ())]),
        venue=found.get("publication_name", ""),
        venue_kind=find_venue_kind(paper_type),
        year=year,
        date=_find_date(year, join_date(year, found.get("publication_date")), early),
        type=paper_type,
        topics=tuple(_split_keywords(topics)),
        ids=drop_empty(ids),
        citations=parse_citations(_find_first(found, _WOS_CITED)),
        status=find_retraction(found.get("document_type", "")),
        language=find_first_language(found.get("language", "")),
    )


def _find_first(found: Fields, names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := str(found.get(name) or ""))), "")


def _find_date(year: str, *dates: str) -> str:
    """Return the first date in the year of publication."""
    known = parse_date(year)[:4]
    return find_first_date(int(known), *dates) if known else ""


def _split_links(texts: Iterable[str]) -> Iterator[str]:
    """Split links at the semicolons between them; a DOI may have one too."""
    return (link.strip() for text in texts for link in _BETWEEN_LINKS.split(text))


def _split_keywords(text: str) -> Iterator[str]:
    """Split keywords at semicolons; a comma belongs to the keyword, which has its own field."""
    return (word for part in text.split(";") if (word := part.strip()))


def _build_id(accession: str) -> str:
    """Return an id built from Web of Science's number, which is unique, unlike other databases'."""
    number = accession.strip().removeprefix("WOS:")
    return f"wos:{number}" if accession.strip().startswith("WOS:") and number else ""


def _collect_ids(found: Fields, links: list[str]) -> dict[str, str]:
    accession = str(found.get("accession_number", ""))
    ids = {
        "doi": found.get("doi") or _find_first(found, _WORK),
        "arxiv": find_arxiv_id(str(found.get("journal_name")), str(found.get("secondary_title"))),
        "wos": accession.removeprefix("WOS:") if accession.startswith("WOS:") else "",
    }
    if not extract_doi(ids["doi"]):
        del ids["doi"]
    return find_link_ids(*links) | drop_empty(ids)


def _recognises(head: Head) -> bool:
    if head.start in (b"", b"{", b"[", b"<", b"@"):
        return False
    text = head.beginning
    return bool(_HEAD_WOS.match(text) or _HEAD_RIS.search(text[:_HEAD_BYTES]))


FORMAT = Format(NAME, "RIS or Web of Science", _recognises, read)
