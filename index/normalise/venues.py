"""Resolve the many ways to write a venue to one short canonical name.

A known venue (``venues.toml``) is recognised by its names, by abbreviations of them, and with
decoration around them: proceedings, years, ordinals, sponsors, volumes, pages. The name of an
unknown venue is stripped of its decoration; an acronym in brackets becomes its name. A workshop
never counts as the conference that it is held at: it is called ``NeurIPS Workshop``.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from index.normalise.tables import read_table
from index.normalise.venue_decoration import (
    EXCEPT_ENDS,
    EXCEPT_SPONSORS,
    MEETING,
    SPONSOR,
    YEAR,
    clean_venue,
    drop_acronym,
    find_acronym,
    is_acronym,
    keeps_proceedings,
    straighten_name,
)
from index.text.folding import fold

KINDS = ("conference", "journal", "workshop", "repository", "book")
"""The kinds of venues, which are the sections of ``venues.toml``."""

_MAX_LENGTH = 1000
"""Characters of a venue that are read; the rest is not part of its name."""

_STOP = re.compile(r"\b(?:the|and|of|on|in|for|to|annual)\b")
_LEAD = re.compile(
    rf"(?:(?:{SPONSOR}|international|intl?) )+(?=(?:{MEETING})\b)|(?:(?:{SPONSOR}) )+(?=\w)"
)
_HEAD = re.compile(r"(?:conference|conf|symposium|symp|annual meeting) ")
_REPOSITORY = re.compile(r"(?i)(?:arxiv|biorxiv|medrxiv|chemrxiv|ssrn|zenodo|corr(?=$| abs|/))\b")
_WORKSHOP = re.compile(r"(?i)\bworkshops?\b|^[A-Z]{3,}W$")
_HOSTS = r"\b(?:association for computational linguistics|acl|emnlp|naacl|eacl|aacl|ijcnlp)\b"
_FINDINGS = re.compile(rf"(?i)\bfindings of (?:the )?{_HOSTS}|{_HOSTS}.*\bfindings\b")
_CITATION = re.compile(
    r"(?i)(\D{3,}?)[\s,]*(?:vol(?:ume)?\.?|\bv\.|no\.)?\s*(\d++)[a-z]?"
    r"(?:\s*[:(,;]|\s*no\b|\s*pp?\b|-\d+\b|\s+\d)"
)
_TAGGED = re.compile(r"\b([A-Za-z][\w&/*-]+)[ '-]+(?:19|20)\d\d\b")
_SHORT_YEAR = re.compile(r"(?<=[A-Z])-\d\d\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_USUAL_WORD = re.compile(rf"{MEETING}|(?:inter)?national")
_OPEN_END = re.compile(r"(?i)(?:…|\.\.\.|\b(?:the|of|on|in|for|and))\W*$")
"""The end of a name that was cut short, as Google Scholar does: ``Proceedings of the …``."""

_SAYS_NOTHING = re.compile(
    rf"{MEETING}|{SPONSOR}|(?:inter)?national|proceedings?|proc|advances|journal|transactions"
    r"|symposia|(?:work)?shops|\d+(?:st|nd|rd|th)?"
)
"""A word that is part of the names of many venues; they are no name without another word."""
_GUESSES = (
    ("journal", re.compile(r"(?i)^(?:the )?(?:international )?(?:journal|j)\b")),
    ("workshop", re.compile(r"(?i)\bworkshops?\b")),
    ("conference", re.compile(r"(?i)\b(?:conf|conference|symposium|proceedings|meeting|congress"
                              r"|colloquium|convention|summit|forum)\b")),
    ("journal", re.compile(r"(?i)\b(?:journal|j|transactions|trans|letters?|lett|reviews?|rev"
                           r"|annals|ann|magazine|bulletin|quarterly|archives?|acta|phys)\b")),
    ("repository", re.compile(r"(?i)rxiv\b|\b(?:preprints?|eprints?|repository|ssrn|zenodo)\b")),
    ("book", re.compile(r"(?i)\b(?:handbook|encyclopedia|guide|lecture notes|book|press)\b")),
)  # fmt: skip


class Venue(Struct, frozen=True):
    """A venue under one name.

    Attributes:
        name: Short canonical name, ``NeurIPS``; empty if the text names none.
        kind: One of `KINDS`, or empty.
        full: The name in full: ``Conference on Neural Information Processing Systems``; the text
            as given for an unknown venue.
        aliases: Other names that a search finds it by; empty for an unknown venue.
    """

    name: str = ""
    kind: str = ""
    full: str = ""
    aliases: tuple[str, ...] = ()


def resolve_venue(text: str, kind: str = "") -> Venue:
    """Return the venue that a text names.

    Args:
        text: A venue as a dump writes it: short or long, with years, volumes, places.
        kind: One of `KINDS` if the dump states it. It is used where the text does not show the
            kind, and to distinguish a workshop from its conference.

    Returns:
        The venue. Resolving its name again returns the same name. Results are cached.
    """
    return _resolve(text[:_MAX_LENGTH], kind)


def is_cut_short(text: str) -> bool:
    """Return whether a name was cut before its first characteristic word."""
    if not _OPEN_END.search(text):
        return False
    words = _simplify(text).split()
    return all(_SAYS_NOTHING.fullmatch(word) or _STOP.fullmatch(word) for word in words)


@lru_cache(maxsize=16_384)
def _resolve(text: str, kind: str) -> Venue:
    given = " ".join(text.split())
    kind = kind if kind in KINDS else ""
    venue = _resolve_once(given, kind)
    for _ in range(len(given)):  # until the name resolves to itself, mostly at once
        again = _resolve_once(venue.name, kind)
        if again.name == venue.name:
            break
        venue = again if _find(again.name) else Venue(again.name, venue.kind, given)
    return venue


@lru_cache(maxsize=16_384)
def _resolve_once(text: str, kind: str) -> Venue:
    if not any(map(str.isalnum, text)) or is_cut_short(text):
        return Venue()
    text = straighten_name(text)
    workshop = kind == "workshop" or _WORKSHOP.search(text)
    cited = _CITATION.match(text)
    if cited and not workshop and not YEAR.fullmatch(cited[2]):  # a journal with volume and page
        venue = _resolve(cited[1], kind)
        if venue.name and not _find(venue.name):
            venue = Venue(venue.name, venue.kind or "journal", text)
        if venue.name:
            return venue
    found = _find(text)
    if not found and (repository := _REPOSITORY.match(text)):
        found = _find(repository[0])
    if found and not (kind == "workshop" and found.kind == "conference"):
        return found
    if workshop:
        return _build_workshop(text)
    if _FINDINGS.search(text):
        return Venue(f"Findings of {_find_host(text, 'ACL')}", "conference", text)
    series = _find_series(text, kind) if keeps_proceedings(text, kind) else None
    return (
        series
        or next(filter(None, map(_find, _list_readings(text))), None)
        or _guess_venue(text, kind)
    )


def _find_series(text: str, kind: str) -> Venue | None:
    """Return the venue of ``Proceedings of ...`` as a name, or None if it is a conference's."""
    if known := _find(clean_venue(text, EXCEPT_ENDS)):
        return known
    conference = _find(clean_venue(text, EXCEPT_SPONSORS))
    if conference and conference.kind != "journal":  # not Science, as in Proceedings of Science
        return None
    return Venue(clean_venue(text, EXCEPT_ENDS), kind or "journal", text)


def _list_readings(text: str) -> Iterator[str]:
    """Yield the parts of a text that may be the venue's name, the most reliable first."""
    yield from (clean_venue(text, EXCEPT_ENDS), clean_venue(text, EXCEPT_SPONSORS))
    for tagged in _TAGGED.finditer(text):  # Computer Vision - ECCV 2020 - 16th ...
        if (venue := _find(tagged[1])) and is_acronym(tagged[1]):
            yield venue.name
    if cited := _CITATION.match(text):
        yield clean_venue(cited[1])
    bare = _BRACKETS.sub(" ", text)
    if year := YEAR.search(bare):
        yield clean_venue(bare[: year.start()])
    yield clean_venue(_SHORT_YEAR.sub("", bare))
    parts = re.split(r"([:,;]| [–-] )", clean_venue(text))
    for end in range(min(len(parts) - 2, 15), 0, -2):
        head = _find("".join(parts[:end]))
        if head and head.kind == "conference":  # not a journal, as in "Machine Learning, ..."
            yield head.name
    acronym = find_acronym(text)
    if acronym and (venue := _find(acronym)) and _shares_word(text, venue):
        yield acronym


def _build_workshop(text: str) -> Venue:
    known = _find(clean_venue(text))
    if known and known.kind == "workshop":
        return known
    before = next(filter(None, map(_find, _list_readings(_WORKSHOP.split(text)[0]))), None)
    host = before.name if before and before.kind == "conference" else _find_host(text)
    name = f"{host} Workshop" if host else find_acronym(text) or clean_venue(text) or text
    return Venue(name, "workshop", text)


def _find_host(text: str, default: str = "") -> str:
    """Return the first conference whose acronym occurs in a text, except the default."""
    for word in re.findall(r"\w+", text):
        for form in (word, word[:-1] if word[-1:] == "W" else word):
            venue = _find(form) if is_acronym(form) else None
            if venue and venue.kind == "conference" and venue.name != default:
                return venue.name
    return default


def _guess_venue(text: str, kind: str) -> Venue:
    name, acronym = clean_venue(text), find_acronym(text)
    if acronym:
        name = clean_venue(drop_acronym(text)) if _find(acronym) else acronym
    guess = kind or next((guess for guess, words in _GUESSES if words.search(text)), "")
    return Venue(name or clean_venue(text, ()) or text, guess, text)


def _shares_word(text: str, venue: Venue) -> bool:
    """Return whether a text contains a characteristic word of a venue's full name."""
    common = set(_simplify(text).split()) & set(_simplify(venue.full).split())
    return any(len(word) > 4 and not _USUAL_WORD.match(word) for word in common)  # noqa: PLR2004


def _simplify(text: str) -> str:
    words = re.sub(r"[\W_]+", " ", fold(text).replace("'", ""))
    return " ".join(_STOP.sub(" ", words).split()) or words.strip()


def _list_forms(text: str) -> Iterator[str]:
    """Yield a name's words, then those without sponsors, then without ``Conference on``."""
    words = _simplify(text)
    yield words
    bare = _LEAD.sub("", words, count=1) if _LEAD.match(words) else words
    if bare != words and all(map(_USUAL_WORD.fullmatch, bare.split())):  # SIGMOD Conference
        return
    yield bare
    headless = _HEAD.sub("", bare, count=1) if _HEAD.match(bare) else bare
    if headless.count(" ") > 1:
        yield headless


@lru_cache(maxsize=16_384)
def _find(text: str) -> Venue | None:
    """Return the known venue of a name, which may have every word abbreviated, or None."""
    exact, by_initials = _load_index()
    for form in _list_forms(text):
        if found := exact.get(form.replace(" ", "")):
            return found
        words = form.split()
        if len(words) > 1 and len(form) > 5:  # noqa: PLR2004 - "j c p" might be anything
            for full, venue in by_initials.get("".join(word[0] for word in words), ()):
                if all(map(str.startswith, full, words)):
                    return venue
    return None


@cache
def _load_index() -> tuple[dict[str, Venue], dict[str, list[tuple[list[str], Venue]]]]:
    """Return the known venues by name, and by the initials of the words of their names."""
    exact: dict[str, Venue] = {}
    by_initials: dict[str, list[tuple[list[str], Venue]]] = {}
    venues = list(_read_venues())
    for venue in venues:
        exact[_simplify(venue.name).replace(" ", "")] = venue
    for venue in venues:
        for name in (venue.full, *venue.aliases):
            for form in _list_forms(name):
                exact.setdefault(form.replace(" ", ""), venue)
                words = form.split()
                by_initials.setdefault("".join(w[0] for w in words), []).append((words, venue))
    return exact, by_initials


def _read_venues() -> Iterator[Venue]:
    for kind, table in read_table("venues").items():
        for name, names in table.items():
            full, *aliases = names or [name]
            yield Venue(name, kind, full, tuple(aliases))
