"""Read the documents of NASA ADS.

A file is a page of the search API (``response.docs``), a list or lines. Values that a document has
several of are lists even if there is only one; ``-`` stands for an unknown affiliation or ORCID iD.
Proceedings as a whole and proposals are skipped.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from index.formats.format import Format
from index.normalise.dates import find_first_date, parse_year
from index.normalise.identifier_search import find_bare_arxiv_id
from index.normalise.identifiers import parse_orcid
from index.normalise.raw_values import Texts, drop_empty, list_texts
from index.normalise.references import collect_references
from index.normalise.work_types import find_type, find_venue_kind
from index.records import Appearance, Integer, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "ads"

SITE = "https://ui.adsabs.harvard.edu/abs/"

NOT_PAPERS = frozenset(("proceedings", "proposal"))
"""Types of documents that are volumes or no publications."""

_TYPES = {
    "abstract": "conference paper",
    "catalog": "dataset",
    "eprint": "preprint",
    "intechreport": "report",
    "pressrelease": "news",
    "talk": "conference paper",
}
"""Our types for ADS's own words."""


class Doc(Struct):
    """One document, with the keys that are read."""

    bibcode: str | None = None
    title: Texts = None
    abstract: Texts = None
    author: Texts = None
    editor: Texts = None
    orcid_pub: Texts = None
    orcid_user: Texts = None
    orcid_other: Texts = None
    aff: Texts = None
    pub: str | None = None
    pub_raw: str | None = None
    year: str | Integer | None = None
    pubdate: str | None = None
    doctype: str | None = None
    doi: Texts = None
    identifier: Texts = None
    arxiv_class: Texts = None
    keyword: Texts = None
    volume: str | Integer | None = None
    issue: str | Integer | None = None
    page: Texts = None
    page_range: str | None = None
    eid: str | None = None
    publisher: str | None = None
    citation_count: Integer | None = None
    reference: Texts = None


_DECODER = msgspec.json.Decoder(Doc)
_LAYOUT = Layout("docs", frozenset({"bibcode"}))


def convert(doc: Doc, source: Source) -> RawRecord:
    """Convert one document to a raw record."""
    code = (doc.bibcode or "").strip()
    name = f"{NAME}:{code}" if code else ""
    if doc.doctype in NOT_PAPERS:
        return RawRecord(source=source, format=NAME, id=name, deleted=True)
    return RawRecord(
        source=source,
        format=NAME,
        id=name,
        title=": ".join(_list_texts(doc.title)[:1]),
        abstract=" ".join(_list_texts(doc.abstract)),
        authors=tuple(_convert_authors(doc)),
        appearances=(_find_appearance(doc),),
        topics=(*_list_texts(doc.arxiv_class), *_list_texts(doc.keyword)),
        ids=drop_empty(
            {
                "bibcode": code,
                "doi": next(iter(_list_texts(doc.doi)), ""),
                "arxiv": next(filter(None, map(_find_arxiv, _list_texts(doc.identifier))), ""),
            }
        ),
        urls=drop_empty({"page": f"{SITE}{code}" if code else ""}),
        citations=doc.citation_count,
        editors=tuple(map(RawAuthor, _list_texts(doc.editor))),
        references=collect_references({"bibcode": one} for one in _list_texts(doc.reference)),
    )


def _list_texts(texts: Texts) -> list[str]:
    return [text for text in list_texts(texts) if text != "-"]


def _find_arxiv(identifier: str) -> str:
    """Return an arXiv id; a bibcode such as ``2020arXiv200101234L`` holds one that is cut up."""
    return find_bare_arxiv_id(identifier) if "arxiv" in identifier.lower()[:14] else ""


def _convert_authors(doc: Doc) -> Iterator[RawAuthor]:
    names = (doc.author,) if isinstance(doc.author, str) else doc.author or ()
    people = [name.split(";") if len(names) == 1 else [name] for name in names if name]
    authors = [one.strip() for group in people for one in group]
    places = _align(doc.aff, len(authors))
    orcids = [
        _align(found, len(authors)) for found in (doc.orcid_pub, doc.orcid_user, doc.orcid_other)
    ]
    for at, name in enumerate(authors):
        known = next(filter(None, (parse_orcid(found[at]) for found in orcids)), "")
        yield RawAuthor(
            name=name,
            ids=drop_empty({"orcid": known}),
            affiliations=tuple(part for part in map(str.strip, places[at].split(";")) if part),
            body="," not in name and " " in name and "ollaboration" in name,
        )


def _align(texts: Texts, count: int) -> list[str]:
    """Return one text for each author; empty ones if the list has another length."""
    listed = list(texts) if isinstance(texts, tuple) else []
    if len(listed) != count:
        return [""] * count
    return ["" if text in (None, "-") else text or "" for text in listed]


def _find_appearance(doc: Doc) -> Appearance:
    stated = _TYPES.get(doc.doctype or "") or find_type(doc.doctype or "")
    kind = find_venue_kind(stated)
    year = parse_year(doc.year) or parse_year(doc.pubdate)
    venue = doc.pub or doc.pub_raw or ""
    venue = "" if stated == "thesis" else venue  # it is "Ph.D. Thesis"
    pages = doc.page_range or next(iter(_list_texts(doc.page)), "") or doc.eid or ""
    return Appearance(
        venue=venue,
        venue_kind=kind if venue else "",
        year=year,
        type=stated,
        date=find_first_date(year, doc.pubdate),
        volume=str(doc.volume or ""),
        issue=str(doc.issue or ""),
        pages="" if pages.lower().startswith("arxiv:") else pages,
        publisher=doc.publisher or "",
    )


def _recognises(head: Head) -> bool:
    if head.start not in (b"{", b"[") or "bibcode" not in head.keys:
        return False
    return bool({"docs", "author", "pubdate", "doctype", "bibstem", "pub"} & head.keys)


FORMAT = Format(
    NAME,
    "NASA ADS documents",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT)),
    line_key="bibcode",
)
