"""Read EndNote XML, which EndNote, Zotero, Mendeley and screening tools export.

EndNote wraps every value in ``style`` elements, Zotero does not. The name of a record's type says
more than its number, since programs number types differently. A comma at the end of an author's
name marks an organisation.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from index.formats.format import Format
from index.normalise.dates import find_first_date, join_date
from index.normalise.dois import extract_doi
from index.normalise.identifier_search import find_link_ids
from index.normalise.identifiers import parse_accession, parse_identifier
from index.normalise.raw_values import drop_empty
from index.normalise.reference_words import (
    choose_links,
    find_first_language,
    find_listed_type,
    find_retraction,
    parse_citations,
)
from index.normalise.work_types import find_venue_kind
from index.records import RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.xml_records import Layout, find_root, read_text, read_texts, read_xml

NAME = "endnote"

_LAYOUT = Layout(records=("record",))
_ROOTS = ("xml", "records", "record")
_INSIDE = re.compile(rb"<(?:ref-type|rec-number|contributors|titles|source-app|foreign-keys)[\s>]")
_OTHERS = re.compile(rb"<(?:crossref|doi_records?|header)[\s>]")
"""Elements of other sources, whose records may be alone in a file too."""

_NUMBERS = {
    "5": "book section", "6": "book", "10": "conference proceedings", "17": "journal article",
    "19": "magazine article", "23": "newspaper article", "25": "patent", "27": "report",
    "28": "edited book", "32": "thesis", "34": "manuscript", "36": "manuscript",
    "43": "journal article", "44": "book", "47": "conference paper", "58": "standard",
    "59": "dataset", "60": "book section",
}  # fmt: skip
"""EndNote's numbers of the types that it gives papers; used where a type has no name."""

_TYPES = {
    "electronic article": "journal article",
    "electronic book": "book",
    "electronic book section": "book section",
    "government document": "report",
    "unpublished work": "manuscript",
    "serial": "book section",
    "encyclopedia": "encyclopedia entry",
    "dictionary": "encyclopedia entry",
}
"""EndNote's names of types that other sources do not use or use otherwise."""

_ALONE = frozenset(("book", "thesis", "report", "dataset", "software", "patent", "standard"))
"""Types of works that appear in nothing else: their second title is that of a series."""

_PAPERS = ("authors", "secondary-authors", "tertiary-authors")
"""Where the authors are, and else the editors."""

_LINKS = ("related-urls", "web-urls", "text-urls", "pdf-urls")
_CITED = re.compile(r"Times Cited:? *(\d{1,7})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_SCRIPTS = {"superscript": "sup", "subscript": "sub"}


def convert(record: Element, source: Source) -> Iterator[RawRecord]:
    """Convert one record."""
    for style in record.iter("style"):
        style.tag = _SCRIPTS.get(style.get("face", "").split(" ")[-1], "style")
    written = _find_type(record)
    named = find_listed_type(written)
    year = _find_text(record, "dates/year")
    links = [link for path in _LINKS for link in read_texts(record, f"urls/{path}/url")]
    links += [text for text in read_texts(record, "urls/url") if text]
    yield RawRecord(
        source=source,
        format=NAME,
        title=_find_text(record, "titles/title") or _find_text(record, "titles/translated-title"),
        abstract="\n\n".join(read_texts(record, "abstract")),
        authors=tuple(_convert_authors(record, *_PAPERS)),
        venue=_find_venue(record, named),
        venue_kind=find_venue_kind(named),
        year=year,
        date=_find_date(record, year),
        type=named,
        topics=tuple(_find_topics(record)),
        ids=_collect_ids(record, links),
        urls=choose_links(links),
        citations=_find_citations(record),
        status=find_retraction(written),
        language=find_first_language(_find_text(record, "language")),
        volume=_find_text(record, "volume"),
        issue=_find_text(record, "number") or _find_text(record, "issue"),
        pages=_find_text(record, "pages") or _find_text(record, "custom7"),
        publisher=_find_text(record, "publisher"),
        editors=tuple(_find_editors(record, named)),
    )


def _find_text(record: Element, path: str) -> str:
    return " ".join(read_text(record.find(path)).split())


def _find_type(record: Element) -> str:
    """Return the words for the type: the name, else the number, and the kind of work."""
    stated = record.find("ref-type")
    if stated is None:
        return ""
    name = (stated.get("name") or "").strip()
    number = read_text(stated).strip()
    name = name or (_NUMBERS.get(number, "") if number.isdecimal() else number)
    kind = _find_text(record, "work-type")
    return ";".join(filter(None, (_TYPES.get(name.lower(), name), kind)))


def _find_venue(record: Element, named: str) -> str:
    paths = ["periodical/full-title", "titles/secondary-title", "alt-periodical/full-title",
             "titles/alt-title", "periodical/abbr-1"]  # fmt: skip
    if named == "conference paper":
        paths += ["custom3"]
    names = [] if named in _ALONE else [_find_text(record, path) for path in paths]
    return next(filter(None, names), "")


def _find_editors(record: Element, named: str) -> Iterator[RawAuthor]:
    """Yield the editors of the volume: a book names those of its series, a thesis its advisers."""
    edited = "edited" in _find_type(record).lower()
    if edited or not _find_text(record, "contributors/authors"):
        yield from _convert_authors(record, *_PAPERS[:2])
    elif named not in _ALONE:
        yield from _convert_authors(record, "secondary-authors")


def _convert_authors(record: Element, *groups: str) -> Iterator[RawAuthor]:
    """Yield the people of the first of some groups that has any."""
    for group in groups:
        authors = [
            author
            for found in record.findall(f"contributors/{group}/author")
            if (author := _convert_author(found)) is not None
        ]
        if authors:
            yield from authors
            return


def _convert_author(found: Element) -> RawAuthor | None:
    name = " ".join(read_text(found, {}).split())
    if name.endswith(","):
        return RawAuthor(name.rstrip(" ,"), body=True) if name.strip(" ,") else None
    if name:
        return RawAuthor(name)
    if body := found.get("corp-name", "").strip():
        return RawAuthor(body, body=True)
    given = " ".join(filter(None, (found.get("first-name"), found.get("middle-initial"))))
    family = found.get("last-name", "").strip()
    return RawAuthor(family=family, given=given, suffix=found.get("suffix", "")) if family else None


def _find_topics(record: Element) -> Iterator[str]:
    """Yield the keywords; EndNote may keep all of them as lines of one."""
    for text in read_texts(record, "keywords/keyword"):
        yield from filter(None, map(str.strip, re.split(r"[;\r\n]", text)))


def _find_date(record: Element, year: str) -> str:
    """Return the first date in the year; a date may lack the year: ``May 3``."""
    known = _YEAR.search(year)
    if not known:
        return ""
    written = [year, *read_texts(record, "dates/pub-dates/date")]
    dates = (text if _YEAR.search(text) else join_date(known[0], text) for text in written)
    return find_first_date(int(known[0]), *dates)


def _find_citations(record: Element) -> int | None:
    cited = _CITED.search(_find_text(record, "notes"))
    return parse_citations(cited[1]) if cited else None


def _collect_ids(record: Element, links: list[str]) -> dict[str, str]:
    stated = _find_text(record, "electronic-resource-num")
    accession = _find_text(record, "accession-num")
    database = (
        f"{_find_text(record, 'remote-database-name')} {_find_text(record, 'database')}".lower()
    )
    medline = accession.isdecimal() and ("pubmed" in database or "medline" in database)
    central = _find_text(record, "custom2")
    found = {
        "doi": extract_doi(stated),
        "pmid": accession if medline else "",
        "pmc": central if central.upper().startswith("PMC") else "",
        "isbn": parse_identifier("isbn", _find_text(record, "isbn")),
    }
    return find_link_ids(*links) | parse_accession(accession) | drop_empty(found)


def _recognises(head: Head) -> bool:
    root = find_root(head)
    own = root in _ROOTS and _INSIDE.search(head.beginning)
    return bool(own) and not _OTHERS.search(head.beginning)


FORMAT = Format(NAME, "EndNote XML", _recognises, lambda stream: read_xml(stream, _LAYOUT, convert))
