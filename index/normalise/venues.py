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
from index.text.folding import fold

KINDS = ("conference", "journal", "workshop", "repository", "book")
"""The kinds of venues, which are the sections of ``venues.toml``."""

_MAX_LENGTH = 1000
"""Characters of a venue that are read; the rest is not part of its name."""

_SPONSOR = (
    "ieee|acm|rsj|cvf|siam|usenix|aaai|iapr|ifip|inns|isca|eurasip|eacsl|iacr|informs|"
    "computer society|sig(?:act|arch|bed|cas|chi|comm|cse|da|ecom|evo|graph|ir|kdd|log|metrics|"
    "mm|mobile|mod|ops|plan|sac|saf|soft|spatial|web)"
)
_MEETING = "conference|conf|symposium|symp|meeting|colloquium|congress|joint|european|workshop"
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_UNITS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TENS = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"
_ORDINAL_WORD = (
    rf"(?:{_TENS})y[ -](?:{_UNITS})|{_UNITS}|tenth|eleventh|twelfth|\w{{3,6}}teenth|(?:{_TENS})ieth"
)

_STOP = re.compile(r"\b(?:the|and|of|on|in|for|to|annual)\b")
_LEAD = re.compile(
    rf"(?:(?:{_SPONSOR}|international|intl?) )+(?=(?:{_MEETING})\b)|(?:(?:{_SPONSOR}) )+(?=\w)"
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
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)|['’]\d\d\b")
_TAGGED = re.compile(r"\b([A-Za-z][\w&/*-]+)[ '-]+(?:19|20)\d\d\b")
_ACRONYM = re.compile(r"\(([^()]{2,30})\)\W*$")
_DATED = re.compile(r", ([A-Z][\w&*/-]+)[ '-]+(?:19|20)\d\d\b")
_SHORT_YEAR = re.compile(r"(?<=[A-Z])-\d\d\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_SPACED = re.compile(r"(?<=[a-z])\.(?=[A-Z])|(?<=[A-Z])\.(?=[A-Z][a-z])")

_DECORATION = tuple(
    re.compile("(?i)" + pattern)
    for pattern in (
        r"^(?:submitted to|accepted (?:by|at|to)|to appear in|published (?:in|at))\s+",
        r"^(?:in:? )?(?:the )?(?:proceedings|proc\b\.?)(?: (?:of|-))?(?: the)? ",
        r" (?:conference )?proceedings$",
        r"\.(?:cc|org)/.*$",
        rf"[,(]\s*(?:\d[\d –-]*\s*)?(?:{_MONTH})\b\.?(?:[ ,–-].*)?$",
        _YEAR.pattern,
        r"\b\d+(?:st|nd|rd|th)\b",
        rf"\b(?:{_ORDINAL_WORD})\b(?=.*\b(?:{_MEETING})\b)",
        r"[,(:]?\s*\b(?:vol(?:ume)?|no|number|issue|part|pp|pages)\b\.?\s*(?:\d|[IVX]+\b).*$",
        r"\([\s,;:\d-]*\)",
        r"(?<=\w)\s+\d{1,4}$|(?-i:(?<=[a-z])\s+[IVX]{2,}$)",
        rf"^(?:(?:the|annual|{_SPONSOR})[\s/&,–-]+)+(?=(?:international|annual|{_MEETING})\b)",
    )
)
"""Patterns of the decoration that is removed from a venue's name, in this order."""

_EXCEPT_SPONSORS = _DECORATION[:-1]
"""The same without the last, for names with a sponsor: ``AAAI Conference on ...``."""

_EXCEPT_ENDS = _DECORATION[3:-1]
"""The same without the first three too, for names that contain ``Proceedings``."""

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
    if not any(map(str.isalnum, text)):
        return Venue()
    workshop = kind == "workshop" or _WORKSHOP.search(text)
    cited = _CITATION.match(text)
    if cited and not workshop and not _YEAR.fullmatch(cited[2]):  # a journal with volume and page
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
    return next(filter(None, map(_find, _list_readings(text))), None) or _guess_venue(text, kind)


def _list_readings(text: str) -> Iterator[str]:
    """Yield the parts of a text that may be the venue's name, the most reliable first."""
    yield from (_clean(text, _EXCEPT_ENDS), _clean(text, _EXCEPT_SPONSORS))
    for tagged in _TAGGED.finditer(text):  # Computer Vision - ECCV 2020 - 16th ...
        if (venue := _find(tagged[1])) and _is_acronym(tagged[1]):
            yield venue.name
    if cited := _CITATION.match(text):
        yield _clean(cited[1])
    bare = _BRACKETS.sub(" ", text)
    if year := _YEAR.search(bare):
        yield _clean(bare[: year.start()])
    yield _clean(_SHORT_YEAR.sub("", bare))
    parts = re.split(r"([:,;]| [–-] )", _clean(text))
    for end in range(min(len(parts) - 2, 15), 0, -2):
        head = _find("".join(parts[:end]))
        if head and head.kind == "conference":  # not a journal, as in "Machine Learning, ..."
            yield head.name
    acronym = _find_acronym(text)
    if acronym and (venue := _find(acronym)) and _shares_word(text, venue):
        yield acronym


def _build_workshop(text: str) -> Venue:
    known = _find(_clean(text))
    if known and known.kind == "workshop":
        return known
    before = next(filter(None, map(_find, _list_readings(_WORKSHOP.split(text)[0]))), None)
    host = before.name if before and before.kind == "conference" else _find_host(text)
    name = f"{host} Workshop" if host else _find_acronym(text) or _clean(text) or text
    return Venue(name, "workshop", text)


def _find_host(text: str, default: str = "") -> str:
    """Return the first conference whose acronym occurs in a text, except the default."""
    for word in re.findall(r"\w+", text):
        for form in (word, word[:-1] if word[-1:] == "W" else word):
            venue = _find(form) if _is_acronym(form) else None
            if venue and venue.kind == "conference" and venue.name != default:
                return venue.name
    return default


def _guess_venue(text: str, kind: str) -> Venue:
    name, acronym = _clean(text), _find_acronym(text)
    if acronym:
        name = _clean(_ACRONYM.sub("", _YEAR.sub("", text))) if _find(acronym) else acronym
    guess = kind or next((guess for guess, words in _GUESSES if words.search(text)), "")
    return Venue(name or text, guess, text)


def _clean(text: str, decoration: tuple[re.Pattern[str], ...] = _DECORATION) -> str:
    for pattern in decoration:
        text = " ".join(pattern.sub(" ", text).split()).strip(" ,;:–-/")
        text = text.removesuffix("(").rstrip().replace(" ,", ",")
    return _SPACED.sub(". ", text) if any(map(str.isalnum, text)) else ""


def _find_acronym(text: str) -> str:
    """Return the acronym in brackets or before a year at the end of a text, or an empty text."""
    found = _ACRONYM.search(_YEAR.sub("", text)) or _DATED.search(text)
    acronym = re.sub(r"[ -]+[IVX\d]*$", "", found[1].strip()) if found else ""
    return acronym if _is_acronym(acronym) and acronym not in ("USA", "UK", "UAE") else ""


def _is_acronym(word: str) -> bool:
    return sum(map(str.isupper, word)) > 1 and re.fullmatch(r"\w[\w&*/+-]*", word) is not None


def _shares_word(text: str, venue: Venue) -> bool:
    """Return whether a text contains a characteristic word of a venue's full name."""
    common = set(_simplify(text).split()) & set(_simplify(venue.full).split())
    return any(len(word) > 4 and not re.match(_MEETING, word) for word in common)  # noqa: PLR2004


def _simplify(text: str) -> str:
    words = re.sub(r"[\W_]+", " ", fold(text).replace("'", ""))
    return " ".join(_STOP.sub(" ", words).split()) or words.strip()


def _list_forms(text: str) -> Iterator[str]:
    """Yield a name's words, then those without sponsors, then without ``Conference on``."""
    words = _simplify(text)
    yield words
    bare = _LEAD.sub("", words, count=1) if _LEAD.match(words) else words
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
