"""Read RIS files, Web of Science's field-tagged files and those of RefWorks.

The file is cut into records at each ``TY`` (Web of Science: ``PT``), so a missing ``ER`` is
harmless and a damaged record affects no other. A tag that is not known costs nothing but itself.
"""

import re
from collections.abc import Iterator

from index.dumps.streams import Stream
from index.formats import web_of_science
from index.formats.format import Format
from index.formats.ris_fields import (
    VENUES,
    collect_ids,
    find_authors,
    find_date,
    find_place,
    list_links,
)
from index.formats.ris_tags import (
    LAYOUT,
    REFWORKS,
    is_refworks,
    is_web_of_science,
    parse_ris,
    recognises,
    split_refworks_line,
    split_wos_line,
)
from index.names.author_lists import invert_names
from index.normalise.reference_words import (
    choose_links,
    find_first_language,
    find_listed_type,
    find_retraction,
    parse_citations,
    split_topics,
)
from index.normalise.work_types import find_venue_kind
from index.records import RawRecord, Reject, Source
from index.scanners.excerpts import make_excerpt
from index.scanners.head import parse_head
from index.scanners.tagged_records import MAX_RECORD, CutRecord, Fields, cut_records, parse_fields
from index.scanners.text_lines import decode_beginning, make_source
from index.text.emails import remove_mail_from_affiliation

NAME = "ris"

_CODE = re.compile(r"[A-Z]{0,8}")
"""A code for a kind of document, as opposed to words for it."""

_AUTHOR = re.compile(r"^(?:AU|A1) {1,2}- (.+?)\s*$", re.MULTILINE)
_MIN_NAMES = 4
"""Names at the beginning of a file that must all have the family name first to say that the file
writes them so; chosen."""


def read(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Read a file of RIS records, or of Web of Science's or RefWorks'.

    Args:
        stream: The file.

    Yields:
        A record, or a reject with the reason.
    """
    head = stream.head()
    refworks = is_refworks(parse_head(head).beginning)
    names = _AUTHOR.findall(decode_beginning(head))
    inverted = len(names) >= _MIN_NAMES and bool(invert_names(names))
    cut = cut_records(stream, REFWORKS if refworks else LAYOUT)
    for number, record in enumerate(cut, 1):
        source = make_source(stream, number, record.offset)
        if reason := _describe_damage(record):
            yield Reject(source, reason, make_excerpt("".join(record.lines[:20])))
        elif refworks:
            fields = parse_fields(record.lines, split_refworks_line)
            yield _convert(fields, source, inverted=inverted)
        elif is_web_of_science(record.lines[0]):
            fields = parse_fields(record.lines, split_wos_line)
            yield web_of_science.convert(fields, source, NAME)
        else:
            yield _convert(parse_ris(record.lines), source, inverted=inverted)


def _describe_damage(record: CutRecord) -> str:
    if not record.begun:
        return "does not begin with TY or PT"
    return "" if record.whole else f"is a record of over {MAX_RECORD >> 20} MiB"


def _convert(fields: Fields, source: Source, *, inverted: bool) -> RawRecord:
    links = list_links(fields)
    ids = collect_ids(fields, links)
    title = fields.first("TI", "T1", "CT") or fields.first("BT", "ST", "TT")
    paper_type, venue = _find_venue(fields, ids, title)
    year, date = find_date(fields)
    volume, issue, pages = find_place(fields, paper_type)
    notes = " ".join(fields.lines("N1"))
    return RawRecord(
        source=source,
        format=NAME,
        id=_build_id(ids),
        title=title,
        abstract=_join_abstract(fields),
        authors=find_authors(fields, inverted=inverted),
        venue=venue or ("arXiv" if paper_type == "preprint" and "arxiv" in ids else ""),
        venue_kind=find_venue_kind(paper_type) if venue else "",
        year=year,
        date=date,
        type=paper_type,
        topics=tuple(_list_topics(fields)),
        ids=ids,
        urls=choose_links(links),
        citations=parse_citations(notes) if "ited" in notes else None,
        status=find_retraction(fields.first("TY"), fields.first("M3")),
        language=find_first_language(fields.first("LA")),
        volume=volume,
        issue=issue,
        pages=pages,
        publisher=remove_mail_from_affiliation(fields.first("PB")),
    )


def _find_venue(fields: Fields, ids: dict[str, str], title: str) -> tuple[str, str]:
    """Return the kind of document and the venue."""
    written = fields.first("TY")
    paper_type = find_listed_type(f"{written};{fields.first('M3')}")
    if not paper_type and not _CODE.fullmatch(written):
        paper_type = written[:40]
    book = fields.first("BT")
    venue = fields.first(*VENUES) or (book if book != title else "")
    if not venue:
        venue = fields.first(*(["C3", "T3"] if paper_type == "conference paper" else ["T3"]))
    if "arxiv" in ids and paper_type in {"", "journal article"} and not venue:
        paper_type = "preprint"
    return paper_type, venue


def _join_abstract(fields: Fields) -> str:
    """Return the abstract; some exporters repeat the tag for each of its languages or sections."""
    texts = fields.texts("AB") or fields.texts("N2")
    return "\n\n".join(dict.fromkeys(texts))


def _list_topics(fields: Fields) -> Iterator[str]:
    """Yield keywords, each of which has a line.

    A comma belongs to the keyword, unless one line lists them all. The star of a main topic is
    dropped, and so are the aspects of it after a slash: ``Tides/*prevention & control``.
    """
    lines = fields.lines("KW")
    if len(lines) == 1 and ";" not in lines[0] and lines[0].count(",") > 1:
        lines = [*split_topics(lines[0])]
    for text in lines:
        for part in text.split(";"):
            if word := part.partition("/" if "/*" in part else "\n")[0].strip(" *"):
                yield word


def _build_id(ids: dict[str, str]) -> str:
    """Return an id by a number that is unique in its database; other databases' are not."""
    return next((f"{name}:{ids[name]}" for name in ("wos", "scopus") if name in ids), "")


FORMAT = Format(NAME, "RIS or Web of Science", recognises, read)
