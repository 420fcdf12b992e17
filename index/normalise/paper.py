"""Answers: how does a dump's own text become a clean `Paper`?

Pure: a raw record in, a paper out, or a `RecordError` that says why not. A value that
cannot be right (a year of 99999, an address that is no web page) is dropped, and the paper stays.
"""

import re
from collections import Counter
from functools import lru_cache
from hashlib import blake2b

from index.errors import RecordError
from index.names.plain_names import read_clean_name
from index.normalise.identifiers import SCHEMES, parse_identifier
from index.normalise.venues import resolve_venue
from index.records import Appearance, Author, Paper, RawAuthor, RawRecord
from index.text.analyser import fold
from index.text.characters import ESCAPED_BREAK
from index.text.cleaning import clean_name, clean_url, repair, repair_title
from index.text.emails import remove_mail_from_affiliation, remove_mail_from_prose
from index.text.rules import ABSTRACT_RULES

MAX_TITLE = 5_000
"""Characters; a longer title is a damaged record, which is rejected."""

MAX_ABSTRACT = 100_000
"""Characters; a longer abstract is a full text, which is cut."""

MAX_AUTHORS = 10_000
MAX_NAME = 500
MAX_TOPICS = 50
MAX_ID = 200
MATCHED = ("doi", "arxiv")
"""Schemes whose identifiers decide which records are one work: a value that is none is dropped,
in other schemes it is kept as written."""

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

_CACHED = 1 << 15
"""Names, venues, institutions and topics that are kept cleaned."""

_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?$")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d|2100)(?!\d)")
_WEB = re.compile(r"https?://", re.IGNORECASE | re.ASCII)
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACES = bytes(code for code in range(0x80) if chr(code).isspace())
_SAYING = re.compile(r"[^\W_]")


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
    ruled: list[str] = []
    title, title_was = ("", "") if raw.part else _title(raw.title, ruled)
    abstract, abstract_was = _abstract(raw.abstract, ruled)
    authors = _authors(raw.authors[:MAX_AUTHORS])
    ids = _ids(raw.ids)
    known = _id(raw, title, authors, ids)
    if ruled and repairs is not None:
        repairs.update(ruled)
    return Paper(
        id=known,
        title=title,
        abstract=abstract,
        authors=authors,
        appearances=_appearances(raw),
        topics=_topics(raw.topics) if raw.topics else (),
        ids=ids,
        urls=_urls(raw.urls),
        citations=raw.citations if raw.citations is not None and raw.citations >= 0 else None,
        status=_status(raw.status),
        language=_word(raw.language)[:20],
        sources=(raw.kind,),
        originals=_given(title_was, abstract_was) if title_was or abstract_was else {},
    )


def _given(title: str, abstract: str) -> dict[str, str]:
    fields = {"title": title, "abstract": abstract}
    return {name: text for name, text in fields.items() if text}


def _title(text: str, ruled: list[str]) -> tuple[str, str]:
    """Give a title and what it was; the rules that changed it are added to `ruled`."""
    if len(text) > MAX_TITLE:
        message = f"has a title of {len(text):,} characters, over {MAX_TITLE:,}"
        raise RecordError(message)
    title, rules = repair_title(text)
    if not _SAYING.search(title):
        message = "has no title"
        raise RecordError(message)
    ruled += rules
    return title, _original(text, title, rules)


def _abstract(text: str, ruled: list[str]) -> tuple[str, str]:
    if not text:
        return "", ""
    text = text[:MAX_ABSTRACT]
    bare = remove_mail_from_prose(text)
    abstract, rules = repair(bare, ABSTRACT_RULES)
    ruled += rules
    if "mail" in rules:  # an address that a repair brought to light would stay in the original
        return abstract, ""
    if bare != text:
        ruled.append("mail")
    return abstract, _original(bare, abstract, rules)


def _original(text: str, repaired: str, rules: tuple[str, ...]) -> str:
    r"""Give what a text was, where a repair changed more of it than white space.

    What could steer a terminal is written as JSON would write it: an escape as ``\u001b``.
    """
    joined = rules == ("lines",) or (rules == ("paragraphs",) and not ESCAPED_BREAK.search(text))
    if not rules or joined or _differ_in_space(text, repaired):
        return ""
    if remove_mail_from_prose(repaired) != repaired:
        return ""
    shown = remove_mail_from_prose(text).replace("\r\n", "\n").strip()
    if not shown.replace("\n", " ").isprintable():
        shown = _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", shown)
    return shown.encode("utf-8", "ignore").decode()


def _differ_in_space(one: str, two: str) -> bool:
    """Tell whether two texts are the same but for white space; as bytes in half the time."""
    dense = [text.encode("utf-8", "surrogatepass").translate(None, _SPACES) for text in (one, two)]
    if dense[0] == dense[1] or (one.isascii() and two.isascii()):
        return dense[0] == dense[1]
    return "".join(one.split()) == "".join(two.split())


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
    if text.isalnum() or (" " not in text and text.isprintable()):  # as nearly all are
        return text
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable())
    return " ".join(text.split())


@lru_cache(_CACHED)
def _word(text: str) -> str:
    """Clean a word that few values recur of: a kind, a type, a language."""
    return _printable(text).lower()


def _authors(raw: tuple[RawAuthor, ...]) -> tuple[Author, ...]:
    read = [_author(author) for author in raw]
    return tuple([author for author in read if author.key])


def _author(raw: RawAuthor) -> Author:
    written = (raw.name or _written(raw))[:MAX_NAME]
    if not (raw.ids or raw.affiliations):
        return _known(written, "")
    homonym = raw.ids.get("dblp", "")
    known = _known(written, homonym if homonym.isdecimal() else "")
    ids = raw.ids if all(raw.ids.values()) else {s: value for s, value in raw.ids.items() if value}
    return Author(known.name, known.key, ids, _places(raw.affiliations))


def _written(author: RawAuthor) -> str:
    written = f"{author.family}, {author.given}" if author.given else author.family
    return f"{written}, {author.suffix}" if author.suffix else written


@lru_cache(_CACHED)
def _known(text: str, homonym: str) -> Author:
    """Read a name; an author of nothing but a name is one object in all papers."""
    return Author(*read_clean_name(clean_name(text), homonym))


@lru_cache(_CACHED)
def _places(written: tuple[str, ...]) -> tuple[str, ...]:
    """Clean institutions; how to write to an author is personal, and never indexed."""
    return tuple(
        [place for text in written if (place := clean_name(remove_mail_from_affiliation(text)))]
    )


@lru_cache(_CACHED >> 3)
def _short(text: str) -> str:
    """Clean a venue's name: few recur, or each says a volume and page of its own."""
    return clean_name(text)


def _appearances(raw: RawRecord) -> tuple[Appearance, ...]:
    if not raw.appearances:
        venue, full, kind, paper = _place(raw.venue, raw.venue_kind, raw.type)
        return (Appearance(venue, full, kind, _year(raw.year), paper, raw.source),)
    shows = []
    for show in raw.appearances:
        venue, full, kind, paper = _place(show.venue, show.venue_kind, show.type)
        named = _short(show.venue_name) if show.venue_name else full
        source = show.source or raw.source
        shows.append(Appearance(venue, named, kind, _year(show.year), paper, source))
    return tuple(shows)


@lru_cache(_CACHED >> 2)
def _place(written: str, kind: str, paper: str) -> tuple[str, str, str, str]:
    """Give a venue's name, its name in full if none was named, its kind, and its papers' type."""
    venue = resolve_venue(_short(written), _word(kind))
    full = _short(written if written != venue.name else "")
    return venue.name, full, venue.kind, _word(paper) or TYPES.get(venue.kind, "")


def _year(value: int | str | None) -> int | None:
    if isinstance(value, str):
        found = _YEAR.search(value)
        return int(found[1]) if found else None
    return value if value is not None and value in YEARS else None


def _topics(raw: tuple[str, ...]) -> tuple[str, ...]:
    cleaned = dict.fromkeys(map(_topic, raw))
    cleaned.pop("", None)
    return tuple(cleaned)[:MAX_TOPICS]


@lru_cache(_CACHED)
def _topic(text: str) -> str:
    """Clean a topic; the capitals of an arXiv category (cs.LG) matter, a keyword's do not."""
    topic = clean_name(text).replace("_", " ").strip(" .,;")
    return topic if "." in topic and _CATEGORY.match(topic) else topic.lower()


def _ids(raw: dict[str, str]) -> dict[str, str]:
    ids = {}
    for name, written in raw.items():
        scheme, value = _word(name), _printable(written)[:MAX_ID]
        if scheme in SCHEMES:
            value = parse_identifier(scheme, value) or ("" if scheme in MATCHED else value)
        if value:
            ids[scheme] = value
    return ids


def _urls(raw: dict[str, str]) -> dict[str, str]:
    """Keep web addresses only: anything else in a link could run in a reader's browser."""
    if not raw:
        return {}
    cleaned = {_printable(kind): clean_url(url) for kind, url in raw.items()}
    return {kind: url for kind, url in cleaned.items() if _WEB.match(url)}


@lru_cache(_CACHED >> 2)
def _status(raw: str) -> str:
    status = _printable(" ".join(raw.lower().replace("_", " ").split()))
    return STATUSES.get(status, status)
