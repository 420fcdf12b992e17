"""Parse author names, format them for display and make their search keys.

A name is parsed in any order (``Kumar, Aviral``, ``Aviral Kumar``) and displayed with the given
name first. All spellings of a name have the same key. Rules with their reasons:

- a dblp number (``Wei Wang 0001``) distinguishes homonyms: it is part of the key, never displayed;
- nicknames in brackets or quotes (``Zhiyuan (Paul) Zhou``) are displayed but are not part of the
  key, since the same person signs with and without;
- a Chinese, Japanese or Korean name is kept whole as a family name, in its own order;
- so is a collaboration, without a leading ``for the``;
- a name in capitals is displayed in title case; lower case is kept as its owner writes it.
"""

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from index.text.folding import fold
from index.text.scripts import CJK

SUFFIXES = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}
PARTICLES = frozenset((
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "la",
    "le", "lo", "ten", "ter", "te", "zu", "zum", "zur", "af", "av", "el", "al", "bin", "ibn",
    "ben", "De", "Von", "Della", "Dos", "Del",
))  # fmt: skip
BODIES = frozenset((
    "collaboration", "collaborations", "consortium", "consortia", "team", "teams", "group",
    "groups", "project", "initiative", "network", "committee", "alliance", "investigators",
))  # fmt: skip
"""The last words of the names of groups of authors."""

LEADS = frozenset(("and", "&", "dr.", "prof."))
"""Words that may come before a name and are not part of it."""
_BODY_LEADS = LEADS | {"for", "on", "behalf", "of", "the"}
_MAX_CACHED = 200  # characters; a longer "name" is an error in the dump and would fill memory

_PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]++\.?(?:(?:,? |[-'])[A-Za-zÀ-ÖØ-öø-ɏ]++\.?)*+")
_DOTTED = re.compile(r"\.(?=[^\W_])")
_HOMONYM = re.compile(r"[0-9]{4}")
_NICKNAME = re.compile(r'\([^(),"]*\)|"[^(),"]*"')
_BRACKETS = re.compile(_NICKNAME.pattern + r'|[()\[\]"]')
_FOOTNOTE = re.compile(r"\[\d*\]|(?<=[^\W\d_]{3})\d{1,2}(?![\w])|(?<!\w)\d{1,2}(?=[^\W\d_]{3})")
_ELISION = re.compile(r"(?<!\w)([OodDlL]') (?=\w)")
_HYPHEN = re.compile(r" ?(?:- ?)+")
_CJK = re.compile(f"[{CJK}]")
_LATIN = re.compile(r"[A-Za-z]")
_LONG = re.compile(r"[^\W\d_]{3}")

EDGES = " ,;:-_/|\t\r\n"
"""Separators that are stripped from both ends of a name."""

_VOWEL = re.compile(r"[AEIOUY]")
_TOGETHER = 3  # letters at most in initials without periods, ``JW``


class Name(Struct, frozen=True):
    """The parts of a name; all are empty if the text has no letter or digit.

    Attributes:
        given: Given names and initials, ``A. J.``; empty for ``Plato``.
        family: The family name with its particles, ``van der Maaten``, or the whole name.
        suffix: ``Jr.``, ``III``; or empty.
        homonym: The dblp number, ``0001``; or empty.
    """

    given: str = ""
    family: str = ""
    suffix: str = ""
    homonym: str = ""


class _KeyCharacters(dict[int, str]):
    """Translates characters for a key: letters and digits stay, all others become spaces."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        in_key = character.isalnum() or unicodedata.category(character)[0] == "M"
        self[code] = character if in_key else " "
        return self[code]


_KEY_CHARACTERS = _KeyCharacters({ord("'"): ""})
_REPAIRS: dict[int, str | None] = {
    **dict.fromkeys((0x60, 0xB4, 0x2BC, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07), "'"),
    **dict.fromkeys((0xAB, 0xBB, 0x201C, 0x201D, 0x201E, 0xFF02), '"'),
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFF0D), "-"),
    **dict.fromkeys((0x3001, 0xFF0C), ","),
    **dict.fromkeys((*map(ord, "*#^{}†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹"), 0x2217, 0x22C6, 0x2605), None),
    **dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F)), None),
    **dict.fromkeys((*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0xA0), 0xAD, 0xFEFF), None),
}
"""Maps look-alikes to the common character; drops footnote marks and invisible characters."""


def read_name(text: str) -> tuple[str, str]:
    """Return the display form and the key of a name; results are cached.

    Args:
        text: One name as a dump has it.

    Returns:
        The results of `format_name` and `make_author_key`.
    """
    return _read_cached(text) if len(text) <= _MAX_CACHED else _read_cached.__wrapped__(text)


@lru_cache(maxsize=65_536)  # about 25 MB when full; hit by 3 of 4 names of a conference dump
def _read_cached(text: str) -> tuple[str, str]:
    name = parse_name(text)
    shown = format_name(name)
    return shown, _make_key(shown, name.homonym)


def parse_name(text: str) -> Name:
    """Parse a name in any order.

    Args:
        text: One name as a dump has it.

    Returns:
        Its parts; all are empty if the text has no letter or digit.
    """
    if not _PLAIN.fullmatch(text):
        text = _clean(text)
    if not any(map(str.isalnum, text)):
        return Name()
    given, family, suffix = _split_at_commas(text) if "," in text else ([], _split_words(text), "")
    homonym = ""
    for part, least in ((family, 1), (given, 0)):
        while len(part) > least and _HOMONYM.fullmatch(part[-1]):
            homonym = part.pop()
    return _assemble(given, family, suffix, homonym)


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text.translate(_REPAIRS))
    text = _FOOTNOTE.sub(" ", _DOTTED.sub(". ", text))
    text = _HYPHEN.sub("-", " ".join(text.split()))
    text = " ".join(_BRACKETS.sub(_trim_nickname, text).split())
    return _ELISION.sub(r"\1", text).strip(EDGES)


def _trim_nickname(found: re.Match[str]) -> str:
    """Trim a nickname, and drop a number: figshare's ``Ann Lee (15649)``."""
    inside = " ".join(_split_words(found[0][1:-1]))
    return f"{found[0][0]}{inside}{found[0][-1]}" if inside.strip("0123456789 ") else " "


def _split_at_commas(text: str) -> tuple[list[str], list[str], str]:
    """Split ``Last, Suffix, First`` into given names, family names and suffix."""
    family, *given = [words for part in text.split(",") if (words := _split_words(part))]
    suffix = ""
    for at in (0, -1):
        if given and not suffix and len(given[at]) == 1 and (suffix := find_suffix(given[at][0])):
            del given[at]
    first = [word for part in given for word in part]
    for words in (family, first):
        if not suffix and len(words) > 1 and (suffix := find_suffix(words[-1])):
            words.pop()
    return first, family, suffix


def _split_words(text: str) -> list[str]:
    words = [word.strip(EDGES) for word in text.split()]
    return [word for word in words if word.isalpha() or any(map(str.isalnum, word))]


def find_suffix(word: str) -> str:
    """Return the display form of a suffix, ``Jr.`` for ``jr``; empty if the word is none."""
    return SUFFIXES.get(word.rstrip(".").lower(), "")


def _assemble(given: list[str], family: list[str], suffix: str, homonym: str) -> Name:
    words = given + family
    if is_collaboration(" ".join(words)):
        return Name("", " ".join(words[_count_leads(words, _BODY_LEADS) :]), suffix, homonym)
    leads = _count_leads(words, LEADS)
    words, given, whole = words[leads:], given[leads:], "".join(words)
    if not whole.isascii() and _CJK.search(whole) and not _LATIN.search(whole):
        return Name("", " ".join(words[len(given) :] + given), suffix, homonym)
    if not given and not suffix and words[2:]:
        suffix = find_suffix(words[-1])
        words = words[:-1] if suffix else words
    words = _fix_case(words)
    start = len(given) or _find_family(words)
    return Name(" ".join(words[:start]), " ".join(words[start:]), suffix, homonym)


def _count_leads(words: list[str], leads: frozenset[str]) -> int:
    """Count the words before a name that are not part of it."""
    for at, word in enumerate(words[:-1]):
        if word.lower() not in leads or find_suffix(words[at + 1]):
            return at
    return len(words) - 1


def _find_family(words: list[str]) -> int:
    """Return the position of the first word of the family name."""
    for at in range(1, len(words) - 1):
        if words[at] in PARTICLES or words[at + 1] in ("y", "e", "i"):  # Ramón y Cajal
            return at
    return len(words) - 1


def _fix_case(words: list[str]) -> list[str]:
    """Write words in capitals in title case, unless they may be initials."""
    shouted = [word for word in words if word.isupper() and _LONG.search(word)]
    if not shouted or (len(shouted) == 1 and "".join(words).isupper()):
        return words
    if not "".join(words).isupper():  # Hao OUYANG, LIU Yi: short words may be initials
        long = {word for word in shouted if len(word) > _TOGETHER or word == words[-1]}
        return [_title_case(word) if word in long else word for word in words]
    return [
        _title_case(word) if _LONG.search(word) or _VOWEL.search(word) else word for word in words
    ]


def _title_case(word: str) -> str:
    parts = word.split("-")
    for at, part in enumerate(parts):
        start = 3 if part[1:2] == "'" else 1
        parts[at] = part[:start] + part[start:].lower()
    return "-".join(parts)


def format_name(name: Name) -> str:
    """Return the display form: given names first, without the homonym number."""
    shown = " ".join(part for part in (name.given, name.family, name.suffix) if part)
    return _ELISION.sub(r"\1", shown) if "' " in shown else shown


def make_author_key(name: Name) -> str:
    """Return the key: no case, accents or punctuation, but the homonym number."""
    return _make_key(format_name(name), name.homonym)


def _make_key(shown: str, homonym: str) -> str:
    bare = _NICKNAME.sub(" ", shown) if "(" in shown or '"' in shown else shown
    key = _fold(bare if any(map(str.isalpha, bare)) else shown)
    return f"{key} {homonym}" if homonym else key


def _fold(text: str) -> str:
    return " ".join(fold(text).translate(_KEY_CHARACTERS).split())


def strip_homonym_number(key: str) -> str:
    """Return the key of an author without dblp's number: ``wei wang`` for ``wei wang 0001``."""
    if not key[-1:].isdecimal():  # nearly all keys
        return key
    name, _, number = key.rpartition(" ")
    return name if name and number.isdecimal() else key


def list_initials(name: Name) -> tuple[str, ...]:
    """Return the folded initials of the given names: ``("j", "p")`` for ``J.-P.``."""
    letters: list[str] = []
    for word in _NICKNAME.sub(" ", name.given).replace("-", " ").split():
        together = word.isupper() and len(word) <= _TOGETHER and not name.family.isupper()
        together &= len(word) < _TOGETHER or not _VOWEL.search(word)  # LIU is a name
        letters += _fold(word).replace(" ", "")[: None if together else 1]
    return tuple(letters)


def is_collaboration(text: str) -> bool:
    """Return whether a name is that of a group of authors: ``ATLAS Collaboration``."""
    words = text.rsplit(maxsplit=1)
    return len(words) > 1 and words[1].lower().rstrip(".") in BODIES
