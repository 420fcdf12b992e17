"""Turn a raw record into a clean `Paper`.

`normalise` is a pure function: it returns a paper or raises a `RecordError` that states the
reason. A value that cannot be right (a year of 99999, a link that is no web address) is dropped,
and the paper is kept.
"""

import re
from collections import Counter
from functools import lru_cache
from hashlib import blake2b

from index.errors import RecordError
from index.normalise.authors import clean_authors, clean_editors
from index.normalise.closed_values import unify_language, unify_status, unify_type
from index.normalise.dates import find_first_date, find_year
from index.normalise.dois import is_cut
from index.normalise.identifiers import SCHEMES, parse_identifier
from index.normalise.raw_values import drop_empty, is_placeholder
from index.normalise.texts import clean_abstract, clean_title
from index.normalise.venues import resolve_venue
from index.normalise.volumes import clean_pages, clean_volume
from index.records import Appearance, Author, Paper, RawAuthor, RawRecord
from index.text.cleaning import clean_name, clean_url
from index.text.folding import fold

MAX_TOPICS = 50
"""Topics of a paper that are kept."""

MAX_ID = 200
"""Characters of an identifier; one that is longer is dropped."""

MAX_CITATIONS = 100_000_000
"""Citations that a paper can have; more are dropped as misprints. Chosen: the most cited papers
have a few hundred thousand."""

MATCHED = ("doi", "arxiv")
"""Schemes whose identifiers decide which records are one work."""

YEARS = range(1400, 2101)
"""Years that a paper can have; others are dropped as misprints."""

TYPES = {
    "conference": "conference paper",
    "journal": "journal article",
    "repository": "preprint",
    "workshop": "workshop paper",
    "book": "book",
}
"""The type of a paper whose dump states none, by the kind of its venue."""

_STRICT = frozenset((*MATCHED, "pmid", "pmc"))
"""Schemes whose values are dropped if they cannot be parsed: people write notes into these fields.
In other schemes a value is kept as written."""

_UNEDITED = frozenset(("journal", "repository"))
"""Kinds of venues whose editors no reference to a paper names."""

_CACHED = 1 << 15
"""Topics, dates and words whose clean form is remembered, for each function."""

_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?$")
_WEB = re.compile(r"https?://", re.IGNORECASE | re.ASCII)


def normalise(raw: RawRecord, repairs: Counter[str] | None = None) -> Paper:
    """Turn a raw record into a paper.

    Args:
        raw: One record, which the dump does not mark as deleted.
        repairs: Counts for each rule the texts that it changed; or None.

    Returns:
        The paper with repaired texts and canonical names, venues, identifiers and words.

    Raises:
        RecordError: The record has no usable title or id.
    """
    applied: list[str] = []
    title, title_was = ("", "") if raw.part else clean_title(raw.title, applied)
    abstract, abstract_was = clean_abstract(raw.abstract, applied)
    authors = clean_authors(raw.authors)
    ids = _clean_ids(raw.ids)
    known = _choose_id(raw, title, authors, ids)
    if applied and repairs is not None:
        repairs.update(applied)
    return Paper(
        id=known,
        title=title,
        abstract=abstract,
        authors=authors,
        appearances=_collect_appearances(raw),
        topics=_clean_topics(raw.topics) if raw.topics else (),
        ids=ids,
        urls=_clean_urls(raw.urls),
        citations=_check_citations(raw.citations),
        status=unify_status(raw.status) if raw.status else "",
        language=unify_language(raw.language) if raw.language else "",
        sources=(raw.format,),
        originals=drop_empty({"title": title_was, "abstract": abstract_was}),
    )


def _choose_id(raw: RawRecord, title: str, authors: tuple[Author, ...], ids: dict[str, str]) -> str:
    """Return the dump's id, else a DOI or arXiv id, else a digest of what identifies a paper.

    Volume, issue and pages are part of it, since columns have one title in every issue. An id of
    absurd length is that of no paper, but a part of a paper cannot be assigned without it.
    """
    known = _remove_unprintable(raw.id)
    if known and len(known) <= MAX_ID:
        return known
    if raw.part:
        message = f"has an id of {len(raw.id):,} characters"
        raise RecordError(message)
    for scheme in MATCHED:
        if scheme in ids and not is_cut(ids[scheme]):
            return f"{scheme}:{ids[scheme]}"
    parts = [fold(title), authors[0].key if authors else "", raw.venue, str(raw.year or "")]
    if any(place := _clean_parts(raw)[:3]):
        parts += place
    digest = blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
    return f"{raw.format}:{digest}"


def _remove_unprintable(text: str) -> str:
    """Return a text without characters that could control the terminal that shows it."""
    if text.isalnum() or (" " not in text and text.isprintable()):  # true of nearly all
        return text
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable())
    return " ".join(text.split())


@lru_cache(_CACHED)
def _clean_word(text: str) -> str:
    """Clean a word of which a dump has few different ones: a kind, a type, a language."""
    return _remove_unprintable(text).lower()


@lru_cache(_CACHED >> 3)
def _clean_venue(text: str) -> str:
    """Clean a venue's name. The cache is small: names recur often, or state a volume and page."""
    return clean_name(text)


def _collect_appearances(raw: RawRecord) -> tuple[Appearance, ...]:
    if not raw.appearances:
        venue, full, kind, paper = _resolve_place(raw.venue, raw.venue_kind, raw.type)
        year, date = _date_appearance(raw.year, raw.date)
        parts, editors = _clean_parts(raw), _clean_editors(raw.editors, kind)
        return (Appearance(venue, full, kind, year, paper, raw.source, date, *parts, editors),)
    cleaned = []
    for at, one in enumerate(raw.appearances):
        venue, full, kind, paper = _resolve_place(one.venue, one.venue_kind, one.type)
        name = _clean_venue(one.venue_name) if one.venue_name else full
        source = one.source or raw.source
        year, date = _date_appearance(one.year, one.date)
        people = tuple(map(RawAuthor, one.editors)) or (() if at else raw.editors)
        parts, editors = _clean_parts(one), _clean_editors(people, kind)
        cleaned.append(Appearance(venue, name, kind, year, paper, source, date, *parts, editors))
    return tuple(cleaned)


def _clean_editors(raw: tuple[RawAuthor, ...], kind: str) -> tuple[str, ...]:
    """Return the editors of a volume; those of a journal chose its articles, or its issue."""
    return () if not raw or kind in _UNEDITED else clean_editors(raw)


def _clean_parts(raw: RawRecord | Appearance) -> tuple[str, str, str, str]:
    """Return the volume, issue, pages and publisher."""
    publisher = "" if is_placeholder(raw.publisher) else _clean_venue(raw.publisher)
    return clean_volume(raw.volume), clean_volume(raw.issue), clean_pages(raw.pages), publisher


@lru_cache(_CACHED >> 2)
def _resolve_place(written: str, kind: str, paper: str) -> tuple[str, str, str, str]:
    """Return a venue's short name, its name as written if that differs, its kind, and a type."""
    venue = resolve_venue(
        "" if is_placeholder(written) else _clean_venue(written), _clean_word(kind)
    )
    full = _clean_venue(written if written != venue.name else "")
    return venue.name, full, venue.kind, unify_type(paper) or TYPES.get(venue.kind, "")


@lru_cache(_CACHED)
def _date_appearance(stated: int | str | None, date: str) -> tuple[int | None, str]:
    """Return the year, and the date if it is finer and in that year."""
    year = _parse_year(stated)
    if not date:
        if not isinstance(stated, str) or stated[4:5] != "-":
            return year, ""
        date = stated  # 2020-06; but 2010/11 may be two years
    elif year is None:
        year = _parse_year(date)
    return year, find_first_date(year, date)


def _parse_year(value: int | str | None) -> int | None:
    if isinstance(value, str):
        found = find_year(value)
        return int(found) if found else None
    return value if value is not None and value in YEARS else None


def _check_citations(stated: int | None) -> int | None:
    return stated if stated is not None and 0 <= stated <= MAX_CITATIONS else None


def _clean_topics(raw: tuple[str, ...]) -> tuple[str, ...]:
    cleaned = dict.fromkeys(map(_clean_topic, raw))
    cleaned.pop("", None)
    return tuple(cleaned)[:MAX_TOPICS]


@lru_cache(_CACHED)
def _clean_topic(text: str) -> str:
    """Clean a topic; an arXiv category keeps its case (cs.LG), a keyword becomes lower case."""
    topic = clean_name(text).replace("_", " ").strip(" .,;")
    return topic if "." in topic and _CATEGORY.match(topic) else topic.lower()


def _clean_ids(raw: dict[str, str]) -> dict[str, str]:
    ids = {}
    for name, written in raw.items():
        scheme, value = _clean_word(name), _remove_unprintable(written)[:MAX_ID]
        if scheme in SCHEMES:
            value = parse_identifier(scheme, value) or ("" if scheme in _STRICT else value)
        if not is_placeholder(value):
            ids[scheme] = value
    return ids


def _clean_urls(raw: dict[str, str]) -> dict[str, str]:
    """Keep web addresses only; other links could run code in a browser (``javascript:``)."""
    if not raw:
        return {}
    cleaned = {_remove_unprintable(kind): clean_url(url) for kind, url in raw.items()}
    return {kind: url for kind, url in cleaned.items() if _WEB.match(url)}
