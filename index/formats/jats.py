"""Read articles in JATS, the schema of PubMed Central, Europe PMC and many journals.

A file is one article or a collection of them. Only the front matter and the references are read:
the scanner cuts them out, so the text of an article is never in memory, however long it is. A
damaged reference is left out. The front matter of a reply
or translation inside an article (``sub-article``) is skipped, and an article without front matter
is rejected.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats.format import Format
from index.formats.jats_authors import convert_authors
from index.formats.jats_references import find_references
from index.formats.jats_texts import (
    find_abstract,
    find_keywords,
    find_publication,
    find_title,
    read_bare_text,
)
from index.formats.pubmed_words import parse_journal
from index.normalise.identifiers import build_address
from index.normalise.languages import find_language
from index.normalise.raw_values import drop_empty
from index.normalise.volumes import join_pages
from index.normalise.work_types import find_type
from index.records import Appearance, RawRecord, Reject, Source
from index.scanners.head import Head
from index.scanners.xml_records import FoundElement, Layout, find_elements, find_root, read_text

NAME = "jats"

_NO_FRONT = "is an article without front matter"
_PARTS = ("sub-article", "response")
_LAYOUT = Layout(records=("front",), openings=("article", *_PARTS), parts=("ref",))
_COLLECTIONS = ("pmc-articleset", "articles")
_ARTICLE = re.compile(rb"<(?:[\w.-]{1,20}:)?article[\s>]")
_FRONT = re.compile(
    rb"<(?:[\w.-]{1,20}:)?(?:front|article-meta|journal-meta)[\s>]|\sarticle-type\s?=|JATS|NLM//DTD"
)
_IDS = {
    "doi": "doi", "pmid": "pmid", "pmc": "pmc", "pmcid": "pmc", "pmc-aiid": "", "arxiv": "arxiv",
}  # fmt: skip
_RETRACTED = ("retraction-forward", "retraction", "retracted-by")
"""Kinds of related articles that retract the article which names them."""


def read(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Read the front matter and the references of each article of a file."""
    context = _Context()
    for found in find_elements(stream, _LAYOUT):
        if isinstance(found, FoundElement) and found.element.tag == "ref":
            context.add_reference(found.element)
            continue
        yield from context.finish_record()
        if isinstance(found, Reject):
            context.article = None
            yield found
        else:
            yield from context.convert(found)
    yield from context.finish_record()
    yield from context.end_article()


class _Context:
    """The article that the reader is in."""

    def __init__(self) -> None:
        self.article: FoundElement | None = None  # whose front matter was not read yet
        self._attributes: dict[str, str] = {}
        self._inside = False
        self._record: RawRecord | None = None  # whose references are being read
        self._references: list[str] = []

    def add_reference(self, ref: Element) -> None:
        """Add what an element ``ref`` cites; that of a reply belongs to no record."""
        if self._record is not None:
            self._references += find_references([ref])

    def finish_record(self) -> Iterator[RawRecord]:
        """Yield the record whose references were read, if there is one."""
        if self._record is not None:
            yield _add_references(self._record, self._references)
        self._record, self._references = None, []

    def convert(self, found: FoundElement) -> Iterator[RawRecord | Reject]:
        """Yield the outcome of front matter; remember what opens it."""
        element = found.element
        if element.tag == "article":
            yield from self.end_article()
            self.article, self._attributes, self._inside = found, element.attrib, False
        elif element.tag in _PARTS:
            self._inside = True
        elif self._inside:
            yield RawRecord(found.source, NAME, deleted=True)
        else:
            self.article = None
            try:
                self._record = convert_front(element, self._attributes, found.source)
            except RecordError as error:
                yield found.make_reject(str(error))

    def end_article(self) -> Iterator[Reject]:
        """Yield a reject if the last article had no front matter."""
        if self.article is not None:
            yield self.article.make_reject(_NO_FRONT)
        self.article = None


def convert_article(article: Element, source: Source) -> RawRecord:
    """Convert a whole article.

    Raises:
        RecordError: It has no front matter, or this does not describe an article.
    """
    front = article.find("front")
    if front is None:
        raise RecordError(_NO_FRONT)
    raw = convert_front(front, article.attrib, source)
    return _add_references(raw, find_references(article.iterfind("back//ref")))


def _add_references(raw: RawRecord, references: Iterable[str]) -> RawRecord:
    return replace(raw, references=tuple(references))


def convert_front(front: Element, attributes: dict[str, str], source: Source) -> RawRecord:
    """Convert the front matter of an article.

    Args:
        front: The element ``front``.
        attributes: Those of the article: its type and language.
        source: Where it was read.

    Raises:
        RecordError: It does not describe an article.
    """
    meta, journal = front.find("article-meta"), front.find("journal-meta")
    if meta is None:
        message = "has no description of an article (article-meta)"
        raise RecordError(message)
    ids = _collect_ids(meta)
    title, other = find_title(meta.find("title-group"))
    return RawRecord(
        source=source,
        format=NAME,
        id=f"pmc:{ids['pmc']}" if "pmc" in ids else "",
        title=title,
        abstract=find_abstract(meta, other),
        authors=tuple(convert_authors(meta)),
        appearances=(_find_appearance(meta, journal, attributes.get("article-type", "")),),
        topics=tuple(filter(None, find_keywords(meta))),
        ids=ids,
        urls=_collect_urls(meta, ids),
        status=_find_status(meta),
        language=find_language(attributes.get("lang", "")),
    )


def _find_appearance(meta: Element, journal: Element | None, written: str) -> Appearance:
    full = _find_journal(journal, meta)
    name, kind = parse_journal(full)
    year, date = find_publication(meta)
    named = find_type(written)
    return Appearance(
        name,
        full if full != name else "",
        "repository" if named == "preprint" else kind,
        year,
        "" if named == "journal article" else named,
        None,
        date,
        read_bare_text(meta.find("volume")),
        read_bare_text(meta.find("issue")),
        _find_pages(meta),
        "" if journal is None else read_bare_text(journal.find("publisher/publisher-name")),
    )


def _collect_ids(meta: Element) -> dict[str, str]:
    ids: dict[str, str] = {}
    for one in meta.findall("article-id"):
        scheme = _IDS.get(one.get("pub-id-type", ""), "")
        if scheme and (value := read_text(one).strip()):
            whole = f"PMC{value}" if scheme == "pmc" and value.isdecimal() else value
            ids.setdefault(scheme, whole)
    return ids


def _find_journal(journal: Element | None, meta: Element) -> str:
    """Return the name of the journal, or of the conference if there is no journal."""
    paths = ("journal-title-group/journal-title", "journal-title", ".//abbrev-journal-title")
    names = [] if journal is None else [read_bare_text(journal.find(path)) for path in paths]
    names.append(read_bare_text(meta.find("conference/conf-name")))
    return next(filter(None, names), "")


def _find_pages(meta: Element) -> str:
    first, last = (read_bare_text(meta.find(tag)) for tag in ("fpage", "lpage"))
    pages = join_pages(first, last)
    return (
        pages
        or read_bare_text(meta.find("elocation-id"))
        or read_bare_text(meta.find("page-range"))
    )


def _find_status(meta: Element) -> str:
    kinds = {one.get("related-article-type", "") for one in meta.findall("related-article")}
    return "" if kinds.isdisjoint(_RETRACTED) else "retracted"


def _collect_urls(meta: Element, ids: dict[str, str]) -> dict[str, str]:
    links = meta.findall("self-uri")
    pdf = next((one.get("href", "") for one in links if "pdf" in one.get("content-type", "")), "")
    known = ids.get("pmc", "")
    return drop_empty(
        {
            "page": build_address("pmc", known) if known else "",
            "pdf": pdf if "://" in pdf else "",
        }
    )


def _recognises(head: Head) -> bool:
    root = find_root(head)
    if root == "article":
        return bool(_FRONT.search(head.beginning))
    if root == "pmc-articleset":
        return True
    return root in _COLLECTIONS and bool(
        _ARTICLE.search(head.beginning) and _FRONT.search(head.beginning)
    )


FORMAT = Format(NAME, "JATS", _recognises, read)
