"""Clean the authors of a paper: their names, identifiers and affiliations."""

from functools import lru_cache

from index.names.bodies import mentions_body, remove_lead, split_body
from index.names.parser import is_collaboration
from index.names.plain_names import read_clean_name
from index.records import Author, RawAuthor
from index.text.cleaning import clean_name
from index.text.emails import remove_mail_from_affiliation

MAX_AUTHORS = 20_000
"""Authors of a paper that are kept. Chosen: the most that a paper has had are 15,025."""

MAX_EDITORS = 100
"""Editors of a volume that are kept. Chosen: proceedings have up to about 30."""

MAX_NAME = 500
"""Characters of an author's name that are kept."""

_NOBODY = frozenset(("", "et al", "and others"))
"""Keys of what stands in the place of authors who are not named."""

_CACHED = 1 << 15
"""Names and institutions whose clean form is remembered, for each function."""

_LONGEST_CACHED = 1_000
"""Characters of an author's affiliations up to which their clean form is remembered, so that the
cache takes no more than 70 MB. Chosen: few have more."""


def clean_authors(raw: tuple[RawAuthor, ...]) -> tuple[Author, ...]:
    """Clean the authors; a group for which several of them write is an author once."""
    cleaned = (author for one in raw[:MAX_AUTHORS] for author in _clean_author(one))
    read = [author for author in cleaned if author.key not in _NOBODY]
    if len(read) > min(len(raw), MAX_AUTHORS):
        groups: set[str] = set()
        read = [one for one in read if not (is_collaboration(one.name) and _is_in(one, groups))]
    return tuple(read)


def clean_editors(raw: tuple[RawAuthor, ...]) -> tuple[str, ...]:
    """Return the names of the editors of a volume, each once, given name first."""
    return tuple(dict.fromkeys(one.name for one in clean_authors(raw[:MAX_EDITORS])))


def _is_in(author: Author, seen: set[str]) -> bool:
    """Return whether an author's key is in a set, and add it."""
    known = author.key in seen
    seen.add(author.key)
    return known


def _clean_author(raw: RawAuthor) -> tuple[Author, ...]:
    """Clean an author: one, or two if the person writes for a group."""
    written = (raw.name or _join_name(raw))[:MAX_NAME]
    if raw.body:
        written = remove_lead(written.replace(",", " "))  # no name is turned that has no comma
    if not (raw.ids or raw.affiliations):
        return _read_author(written, "")
    homonym = raw.ids.get("dblp", "")
    known, *group = _read_author(written, homonym if homonym.isdecimal() else "")
    ids = raw.ids if all(raw.ids.values()) else {s: value for s, value in raw.ids.items() if value}
    short = sum(map(len, raw.affiliations)) <= _LONGEST_CACHED
    clean = _clean_affiliations if short else _clean_affiliations.__wrapped__
    return Author(known.name, known.key, ids, clean(raw.affiliations)), *group


def _join_name(author: RawAuthor) -> str:
    written = f"{author.family}, {author.given}" if author.given else author.family
    return f"{written}, {author.suffix}" if author.suffix else written


@lru_cache(_CACHED)
def _read_author(text: str, homonym: str) -> tuple[Author, ...]:
    """Read a name, without an e-mail address after it, and that of a group in it.

    Authors with nothing but a name share one object.
    """
    name, group = clean_name(remove_mail_from_affiliation(text)), ""
    if mentions_body(name):
        name, group = split_body(name)
    known = Author(*read_clean_name(name, homonym))
    return (known, *_read_author(group, "")) if group else (known,)


@lru_cache(_CACHED)
def _clean_affiliations(written: tuple[str, ...]) -> tuple[str, ...]:
    """Clean affiliations; e-mail addresses are personal and never indexed."""
    return tuple(
        [place for text in written if (place := clean_name(remove_mail_from_affiliation(text)))]
    )
