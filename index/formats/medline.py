"""Read MEDLINE's tagged format, in which PubMed's site saves its records (``.nbib``).

A record begins with its PubMed number, also if PubMed Central wrote its own before. NASA ADS and
ERIC write the format without numbers and with a blank line between records. PubMed's words and ids
mean the same as in its XML (`index.formats.pubmed`).
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from index.dumps.streams import Stream
from index.formats.format import Format
from index.formats.pubmed_parts import clean_affiliation, collect_ids, collect_urls, is_promise
from index.formats.pubmed_words import (
    clean_title,
    describe_journal,
    find_status,
    list_type_topics,
)
from index.names.author_lists import drop_nobody, invert_names
from index.normalise.dates import (
    drop_placeholder,
    find_first_date,
    find_year,
    parse_date,
    parse_day,
)
from index.normalise.identifier_search import find_link_ids
from index.normalise.identifiers import parse_orcid
from index.normalise.languages import find_language
from index.normalise.raw_values import drop_empty
from index.normalise.reference_words import choose_links
from index.normalise.work_types import find_venue_kind
from index.records import Appearance, RawAuthor, RawRecord, Reject, Source
from index.scanners.excerpts import make_excerpt
from index.scanners.head import Head
from index.scanners.record_size import TOO_LONG_TEXT
from index.scanners.tagged_records import Fields, Layout, cut_records, parse_fields
from index.scanners.text_lines import make_source

NAME = "medline"

_LINE = re.compile(
    r"(?:(?=.{4}-)|(?=\w+ {0,3}-(?: |$)))([A-Z][A-Z0-9]{1,3}|4099) *- ?(.*)", re.DOTALL
)
"""A tag, padded to four characters, or else one with a space after its dash."""

_HEAD = re.compile(
    rb"(?:^|[\r\n])(?:PMID|PMC |UI  |PT  |OWN )- [^\r\n]+[\r\n]+[A-Z][A-Z0-9]{1,3} {0,2}- ?"
)
_HEAD_BYTES = 4096
"""The first record begins within this many bytes."""

_DOI = re.compile(r"(\S+) \[doi\]")
_PII = re.compile(r"(?:^|\s)([A-Za-z]{0,2}\d{1,8}) \[pii\]")
"""The number of an article; a publisher's other numbers look like ``S0140-6736(18)12345-6``."""

_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)")
_ISBN = re.compile(r"[\dX-]{10,17}")


_ERIC_TYPES = {
    "journal articles": "journal article", "books": "book", "collected works": "book",
    "dissertations/theses": "thesis", "speeches/meeting papers": "conference paper",
    "reports": "report", "book/product reviews": "book review",
}  # fmt: skip
"""Our types for ERIC's kinds of documents, without what follows a dash. The first one counts, since
a report of research in a journal is both."""


def _split_line(text: str) -> tuple[str, str] | None:
    found = _LINE.match(text)
    return (found[1], found[2]) if found else None


_LAYOUT = Layout(
    begins=re.compile(r"PMID {0,2}-"),
    splits=_split_line,
    titles=frozenset(("TI", "BTI")),
    opens=re.compile(r"(?:PMCR?|UI|PT|OWN) {0,2}-"),
)


def read(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Read a file of records.

    Args:
        stream: The file.

    Yields:
        A record, or a reject with the reason.
    """
    for number, record in enumerate(cut_records(stream, _LAYOUT), 1):
        source = make_source(stream, number, record.offset)
        if record.begun and record.whole:
            yield _convert(parse_fields(record.lines, _split_line), source)
        else:
            reason = "does not begin with PMID"
            if record.begun:
                reason = TOO_LONG_TEXT
            yield Reject(source, reason, make_excerpt("".join(record.lines[:20])))


def _convert(fields: Fields, source: Source) -> RawRecord:
    number = fields.first("PMID", "UI")
    number = number if number.isdecimal() else ""
    eric = fields.first("OID") if fields.first("OWN") == "ERIC" else ""
    types = fields.texts("PT")
    title, book = clean_title(fields.first("TI")), clean_title(fields.first("BTI"))
    original = clean_title(fields.first("TT"))
    links = [*fields.texts("4099"), *fields.texts("LID"), *fields.texts("AID")]
    names = {"doi": _find_name(fields, _DOI), "pmc": fields.first("PMC"), "eric": eric}
    names = find_link_ids(*links) | drop_empty(names | {"isbn": _find_isbn(fields)})
    retracted = ["RetractionIn"] if fields.first("RIN") else []
    return RawRecord(
        source=source,
        format=NAME,
        id=f"pubmed:{number}" if number else f"eric:{eric}" if eric else "",
        title=title or book or original,
        abstract=_join_abstract(fields, original if title and original != title else ""),
        authors=_find_authors(fields),
        appearances=(_find_appearance(fields, types, book if title else "", is_book=bool(book)),),
        topics=tuple(_list_topics(fields, types)),
        ids=collect_ids(number, names),
        urls=collect_urls(number, names) if number else choose_links(links),
        status=find_status(types, retracted),
        language=next(filter(None, map(find_language, fields.texts("LA"))), ""),
        updated=next(filter(None, map(_parse_digits, map(fields.first, ("LR", "DCOM")))), ""),
        editors=_find_editors(fields),
    )


def _find_name(fields: Fields, pattern: re.Pattern[str]) -> str:
    """Return the first identifier of a kind, which is named after it in brackets."""
    found = (pattern.search(text) for text in (*fields.texts("LID"), *fields.texts("AID")))
    return next((one[1] for one in found if one), "")


def _find_isbn(fields: Fields) -> str:
    found = _ISBN.match(fields.first("ISBN").removeprefix("ISBN-"))
    return found[0] if found else ""


def _join_abstract(fields: Fields, original: str) -> str:
    """Return the abstract, or else one in another language, and the original title."""
    texts = [*fields.texts("AB"), *fields.texts("OAB")]
    abstract = next((text for text in texts if not is_promise(text.partition(": ")[2] or text)), "")
    return "\n\n".join(filter(None, (abstract, original and f"Original title: {original}")))


def _find_authors(fields: Fields) -> tuple[RawAuthor, ...]:
    """Return the authors and groups in the order of the file, or else the editors.

    An author has a full name (``FAU``) and a short one (``AU``), or only the latter; what follows
    belongs to them. Old records have the affiliation of the first author before all names.
    """
    authors: list[RawAuthor] = []
    first: list[str] = []
    full = False
    for tag, text in fields.pairs("FAU", "AU", "CN", "AD", "AUID"):
        if tag == "AU" and not drop_nobody([text]):
            continue
        if tag == "AU" and full:
            full = False  # the short form of the name before it
        elif tag in ("FAU", "AU", "CN"):
            full = tag == "FAU"
            authors.append(_make_author(text, body=tag == "CN"))
        elif not authors:
            first.append(text)
        else:
            authors[-1] = _add_detail(authors[-1], tag, text)
    if not authors:
        return _find_editors(fields)
    for text in first:
        authors[0] = _add_detail(authors[0], "AD", text)
    return tuple(one for one in authors if one.name or one.family)


def _find_editors(fields: Fields) -> tuple[RawAuthor, ...]:
    return tuple(map(_make_author, fields.texts("FED") or fields.texts("ED")))


def _make_author(name: str, *, body: bool = False) -> RawAuthor:
    turned = () if body or "," in name else invert_names([name], certain=True)
    return turned[0] if turned else RawAuthor(name=name, body=body)


def _add_detail(author: RawAuthor, tag: str, text: str) -> RawAuthor:
    if tag == "AD":
        place = clean_affiliation(text)
        return replace(author, affiliations=(*author.affiliations, place)) if place else author
    orcid = parse_orcid(text) if "orcid" in text.lower() else ""
    return replace(author, ids={"orcid": orcid}) if orcid else author


def _find_appearance(fields: Fields, types: list[str], book: str, *, is_book: bool) -> Appearance:
    name, full, kind, stated = describe_journal(fields.first("JT", "TA"), types)
    if is_book:
        name, full, kind, stated = book, "", "book", "book chapter" if book else "book"
    publisher = fields.first("PB")
    if eric := _find_eric_type(types):
        stated, kind = eric, find_venue_kind(eric)
        if eric not in {"journal article", "book review"}:
            name, full, publisher = "", "", name  # JT is the publisher
    online = _parse_digits(fields.first("DEP"))
    issued = fields.first("DP")
    if fields.first("4099"):  # NASA ADS writes the first day where it knows only the month
        issued = drop_placeholder(parse_date(issued))
    year = find_year(issued, online, fields.first("EDAT"))
    return Appearance(
        name,
        full,
        kind,
        int(year) if year else None,
        stated,
        None,
        find_first_date(int(year), issued, online) if year else "",
        volume=fields.first("VI"),
        issue=fields.first("IP"),
        pages=fields.first("PG") or _find_name(fields, _PII),
        publisher=publisher,
    )


def _find_eric_type(types: list[str]) -> str:
    words = {word.partition(" - ")[0].lower() for word in types}
    return next((ours for word, ours in _ERIC_TYPES.items() if word in words), "")


def _list_topics(fields: Fields, types: list[str]) -> Iterator[str]:
    """Yield keywords, MeSH descriptors (major topics first) and publication types."""
    for tag in ("OT", "MH"):
        words = fields.texts(tag)
        for text in sorted(words, key=lambda word: "*" not in word) if tag == "MH" else words:
            yield (text.partition("/")[0] if tag == "MH" else text).strip("* ")
    yield from list_type_topics(types)


def _parse_digits(text: str) -> str:
    """Return a day: ``20170728`` is ``2017-07-28``."""
    return parse_day(_DIGITS.sub(r"\1-\2-\3", text, count=1))


def _recognises(head: Head) -> bool:
    if not head.start.isalpha():
        return False
    return bool(_HEAD.search(head.beginning[:_HEAD_BYTES]))


FORMAT = Format(NAME, "MEDLINE", _recognises, read)
