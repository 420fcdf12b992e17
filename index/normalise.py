"""Answers: how does a dump's own text become a clean `Paper`?

Pure: a raw record in, a paper out, or a `RecordError` that says why not. A value that
cannot be right (a year of 99999, an address that is no web page) is dropped, and the paper stays.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from msgspec.structs import replace

from index.analysis import fold
from index.errors import RecordError
from index.formats.prose_mail import prose_without_mail
from index.names import author_key, display_name, parse_name
from index.records import Appearance, Author, Paper, RawAuthor, RawRecord
from index.text import clean_abstract, clean_name, clean_title, clean_url
from index.venues import canonical_venue

MAX_TITLE = 5_000
"""Characters; a longer title is a damaged record, which is rejected."""

MAX_ABSTRACT = 100_000
"""Characters; a longer abstract is a full text, which is cut."""

MAX_AUTHORS = 10_000
MAX_NAME = 500
MAX_TOPICS = 50
MAX_ID = 200
YEARS = range(1400, 2101)
"""Years a paper can have; others are dropped as misprints."""

TYPES = {
    "conference": "conference paper",
    "journal": "journal article",
    "repository": "preprint",
    "workshop": "workshop paper",
    "book": "book",
}
"""The type of a paper whose dump names none, from the kind of its venue."""

STATUSES = {
    "reject": "rejected",
    "desk reject": "rejected",
    "desk rejected": "rejected",
    "withdraw": "withdrawn",
    "retract": "retracted",
    "active": "",
}
"""Status words of dumps that mean the same; other words are kept, in lower case."""

_CACHED = 1 << 16
"""Names, venues, institutions and topics that are kept cleaned."""

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_ARXIV = re.compile(r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z-]{2,})?/\d{7})(?:v\d+)?\b")
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?$")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d|2100)(?!\d)")


def normalise(raw: RawRecord, repairs: Counter[str] | None = None) -> Paper:
    """Turn what a reader found into a paper.

    Args:
        raw: One record; not one that the dump says is deleted.
        repairs: Counts, by the name of the rule, the texts that a repair changed; or None.

    Returns:
        The paper, repaired and canonical.

    Raises:
        RecordError: The record has no usable title or id.
    """
    title = "" if raw.part else _title(raw.title)
    authors = tuple(_authors(raw.authors[:MAX_AUTHORS]))
    ids = _ids(raw.ids)
    return Paper(
        id=_id(raw, title, authors, ids),
        title=title,
        abstract=clean_abstract(prose_without_mail(raw.abstract[:MAX_ABSTRACT])),
        authors=authors,
        appearances=tuple(_appearances(raw)),
        topics=tuple(_topics(raw.topics)),
        ids=ids,
        urls=_urls(raw.urls),
        citations=raw.citations if raw.citations is not None and raw.citations >= 0 else None,
        status=_status(raw.status),
        language=_printable(raw.language).lower()[:20],
        sources=(raw.kind,),
    )


def _title(text: str) -> str:
    if len(text) > MAX_TITLE:
        message = f"has a title of {len(text):,} characters, over {MAX_TITLE:,}"
        raise RecordError(message)
    title = clean_title(text)
    if not any(character.isalnum() for character in title):
        message = "has no title"
        raise RecordError(message)
    return title


def _id(raw: RawRecord, title: str, authors: tuple[Author, ...], ids: dict[str, str]) -> str:
    """Give the dump's id, else one made of an identifier, else of title and first author."""
    if raw.id:
        known = _printable(raw.id)
        if not known or len(known) > MAX_ID:
            message = f"has an id of {len(raw.id):,} characters"
            raise RecordError(message)
        return known
    for scheme in ("doi", "arxiv"):
        if scheme in ids:
            return f"{scheme}:{ids[scheme]}"
    parts = [fold(title), authors[0].key if authors else "", raw.venue, str(raw.year or "")]
    digest = blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
    return f"{raw.kind}:{digest}"


def _printable(text: str) -> str:
    """Leave out control signs: what is shown on a terminal is not to steer it."""
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable())
    return " ".join(text.split())


def _authors(raw: Iterable[RawAuthor]) -> Iterable[Author]:
    for author in raw:
        written = f"{author.family}, {author.given}" if author.given else author.family
        if author.suffix:
            written += f", {author.suffix}"
        ids = {scheme: value for scheme, value in author.ids.items() if value}
        name, key = _name((author.name or written)[:MAX_NAME], ids.get("dblp", ""))
        if key:
            places = tuple(place for text in author.affiliations if (place := _short(text)))
            yield Author(name, key, ids, places)


@lru_cache(_CACHED)
def _name(text: str, homonym: str) -> tuple[str, str]:
    """Give the display form and the key of a name; `homonym` counts where it is a number."""
    name = parse_name(_short(text))
    if not name.homonym and homonym.isdecimal():
        name = replace(name, homonym=homonym)
    return display_name(name), author_key(name)


@lru_cache(_CACHED)
def _short(text: str) -> str:
    """Clean a name, place or topic; they recur within a dump."""
    return clean_name(text)


def _appearances(raw: RawRecord) -> Iterable[Appearance]:
    stated = raw.appearances or (
        Appearance(venue=raw.venue, venue_kind=raw.venue_kind, year=_year(raw.year), type=raw.type),
    )
    for show in stated:
        venue = canonical_venue(_short(show.venue), _printable(show.venue_kind).lower())
        full = _short(show.venue_name or (show.venue if show.venue != venue.name else ""))
        yield Appearance(
            venue=venue.name,
            venue_name=full,
            venue_kind=venue.kind,
            year=_year(show.year),
            type=_printable(show.type).lower() or TYPES.get(venue.kind, ""),
            source=show.source or raw.source,
        )


def _year(value: int | str | None) -> int | None:
    if isinstance(value, str):
        found = _YEAR.search(value)
        return int(found[1]) if found else None
    return value if value is not None and value in YEARS else None


def _topics(raw: Iterable[str]) -> list[str]:
    cleaned = (_short(topic).replace("_", " ").strip(" .,;") for topic in raw)
    kept = (topic if _is_category(topic) else topic.lower() for topic in cleaned)
    return [topic for topic in dict.fromkeys(kept) if topic][:MAX_TOPICS]


def _is_category(topic: str) -> bool:
    """Tell an arXiv category (cs.LG), whose capitals matter, from a keyword."""
    return "." in topic and bool(_CATEGORY.match(topic))


def _ids(raw: dict[str, str]) -> dict[str, str]:
    ids = {_printable(name).lower(): _printable(value)[:MAX_ID] for name, value in raw.items()}
    if "doi" in ids:
        found = _DOI.search(ids["doi"])
        ids["doi"] = found[0].rstrip(".,;").lower() if found else ""
    if "arxiv" in ids:
        found = _ARXIV.search(ids["arxiv"])
        ids["arxiv"] = found["id"] if found else ""
    return {scheme: value for scheme, value in ids.items() if value}


def _urls(raw: dict[str, str]) -> dict[str, str]:
    """Keep web addresses only: anything else in a link could run in a reader's browser."""
    cleaned = {_printable(kind): clean_url(url) for kind, url in raw.items()}
    return {k: u for k, u in cleaned.items() if u.lower().startswith(("http://", "https://"))}


def _status(raw: str) -> str:
    status = _printable(" ".join(raw.lower().replace("_", " ").split()))
    return STATUSES.get(status, status)
