"""Answers: how are author names read, shown and keyed?

A name is read in any order (``Kumar, Aviral``, ``Aviral Kumar``), shown with the given name
first, and keyed so that all its spellings meet. Rules that need a word of reason:

- a dblp number (``Wei Wang 0001``) tells homonyms apart: part of the key, never shown;
- nicknames in brackets or quotes (``Zhiyuan (Paul) Zhou``) are shown, but leave the key:
  the same person signs with and without;
- Chinese, Japanese and Korean names stay whole as family names, in their own order;
- so do collaborations, without a leading ``for the``;
- capitals are shown in title case; lower case is left to its owner.
"""

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from index.text.analyser import CJK, fold

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
LEADS = frozenset(("and", "&", "dr.", "prof."))
_BODY_LEADS = LEADS | {"for", "on", "behalf", "of", "the"}
_MAX_CACHED = 200  # characters; a longer "name" is an accident, and would fill the memory

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
_AND = re.compile(r"(?:^|(?<=[\s,]))(?:and|&)(?=\s|$)")
_OTHERS = re.compile(r"(?:,|\sand)?\s(?:et al\.?|others)$")
_EDGES = " ,;:-_/|\t\r\n"
_INITIALS = re.compile(r"[^\W\d_]\.?(?:[ -]?[^\W\d_]\.)*+(?: [^\W\d_])?")
_VOWEL = re.compile(r"[AEIOUY]")
_TOGETHER = 3  # letters at most in initials without periods, ``JW``


class Name(Struct, frozen=True):
    """A name in its parts; all empty if the text held no letter or digit.

    Attributes:
        given: Given names and initials, ``A. J.``; empty for ``Plato``.
        family: Family name with its particles, ``van der Maaten``; or the whole name.
        suffix: ``Jr.``, ``III``; or empty.
        homonym: The dblp number, ``0001``; or empty.
    """

    given: str = ""
    family: str = ""
    suffix: str = ""
    homonym: str = ""


class _Signs(dict[int, str]):
    """What a key keeps: letters and digits; an apostrophe vanishes, other signs are gaps."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kept = character.isalnum() or unicodedata.category(character)[0] == "M"
        self[code] = character if kept else " "
        return self[code]


_SIGNS = _Signs({ord("'"): ""})
_REPAIRS: dict[int, str | None] = {
    **dict.fromkeys((0x60, 0xB4, 0x2BC, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07), "'"),
    **dict.fromkeys((0xAB, 0xBB, 0x201C, 0x201D, 0x201E, 0xFF02), '"'),
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFF0D), "-"),
    **dict.fromkeys((0x3001, 0xFF0C), ","),
    **dict.fromkeys((*map(ord, "*#^{}†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹"), 0x2217, 0x22C6, 0x2605), None),
    **dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F)), None),
    **dict.fromkeys((*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0xA0), 0xAD, 0xFEFF), None),
}
"""Look-alikes become the common sign; footnote marks and invisible characters go."""


def read_name(text: str) -> tuple[str, str]:
    """Read a name as it is shown and as it is keyed.

    Args:
        text: One name as a dump has it.

    Returns:
        (display form, key) of `format_name` and `make_author_key`; remembered.
    """
    return _read(text) if len(text) <= _MAX_CACHED else _read.__wrapped__(text)


@lru_cache(maxsize=65_536)  # about 25 MB when full; hit by 3 of 4 names of a conference dump
def _read(text: str) -> tuple[str, str]:
    name = parse_name(text)
    return (shown := format_name(name)), _key(shown, name.homonym)


def parse_name(text: str) -> Name:
    """Read a name in any order.

    Args:
        text: One name as a dump has it.

    Returns:
        Its parts; all empty if the text holds no letter or digit.
    """
    if not _PLAIN.fullmatch(text):
        text = _clean(text)
    if not any(map(str.isalnum, text)):
        return Name()
    given, family, suffix = _by_comma(text) if "," in text else ([], _words(text), "")
    homonym = ""
    for part in (family, given):
        while len(part) > (part is family) and _HOMONYM.fullmatch(part[-1]):
            homonym = part.pop()
    return _assemble(given, family, suffix, homonym)


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text.translate(_REPAIRS))
    text = _FOOTNOTE.sub(" ", _DOTTED.sub(". ", text))
    text = _HYPHEN.sub("-", " ".join(text.split()))
    text = " ".join(_BRACKETS.sub(_nickname, text).split())
    return _ELISION.sub(r"\1", text).strip(_EDGES)


def _nickname(found: re.Match[str]) -> str:
    inside = " ".join(_words(found[0][1:-1]))
    return f"{found[0][0]}{inside}{found[0][-1]}" if inside else " "


def _by_comma(text: str) -> tuple[list[str], list[str], str]:
    """Cut ``Last, Suffix, First`` into given names, family names and suffix."""
    family, *given = [words for part in text.split(",") if (words := _words(part))]
    suffix = ""
    for at in (0, -1):
        if given and not suffix and len(given[at]) == 1 and (suffix := _suffix(given[at][0])):
            del given[at]
    first = [word for part in given for word in part]
    for words in (family, first):
        if not suffix and len(words) > 1 and (suffix := _suffix(words[-1])):
            words.pop()
    return first, family, suffix


def _words(text: str) -> list[str]:
    words = [word.strip(_EDGES) for word in text.split()]
    return [word for word in words if word.isalpha() or any(map(str.isalnum, word))]


def _suffix(word: str) -> str:
    return SUFFIXES.get(word.rstrip(".").lower(), "")


def _assemble(given: list[str], family: list[str], suffix: str, homonym: str) -> Name:
    words = given + family
    if is_collaboration(" ".join(words)):
        return Name("", " ".join(words[_leads(words, _BODY_LEADS) :]), suffix, homonym)
    leads = _leads(words, LEADS)
    words, given, whole = words[leads:], given[leads:], "".join(words)
    if not whole.isascii() and _CJK.search(whole) and not _LATIN.search(whole):
        return Name("", " ".join(words[len(given) :] + given), suffix, homonym)
    if not given and not suffix and len(words[1:]) > 1:
        suffix = _suffix(words[-1])
        words = words[:-1] if suffix else words
    words = _recased(words)
    start = len(given) or _family_start(words)
    return Name(" ".join(words[:start]), " ".join(words[start:]), suffix, homonym)


def _leads(words: list[str], leads: frozenset[str]) -> int:
    for at, word in enumerate(words[:-1]):
        if word.lower() not in leads or _suffix(words[at + 1]):
            return at
    return len(words) - 1


def _family_start(words: list[str]) -> int:
    for at in range(1, len(words) - 1):
        if words[at] in PARTICLES or words[at + 1] in ("y", "e", "i"):  # Ramón y Cajal
            return at
    return len(words) - 1


def _recased(words: list[str]) -> list[str]:
    shouted = [word for word in words if word.isupper() and _LONG.search(word)]
    if not shouted or (len(shouted) == 1 and "".join(words).isupper()):
        return words
    if not "".join(words).isupper():  # Hao OUYANG, LIU Yi: short words may be initials
        long = {word for word in shouted if len(word) > _TOGETHER or word == words[-1]}
        return [_titled(word) if word in long else word for word in words]
    return [_titled(word) if _LONG.search(word) or _VOWEL.search(word) else word for word in words]


def _titled(word: str) -> str:
    parts = word.split("-")
    for at, part in enumerate(parts):
        start = 3 if part[1:2] == "'" else 1
        parts[at] = part[:start] + part[start:].lower()
    return "-".join(parts)


def format_name(name: Name) -> str:
    """Return the name as it is shown, given names first, without its homonym number."""
    shown = " ".join(part for part in (name.given, name.family, name.suffix) if part)
    return _ELISION.sub(r"\1", shown) if "' " in shown else shown


def make_author_key(name: Name) -> str:
    """Return the name without case, accents and punctuation, with its homonym number."""
    return _key(format_name(name), name.homonym)


def _key(shown: str, homonym: str) -> str:
    bare = _NICKNAME.sub(" ", shown) if "(" in shown or '"' in shown else shown
    key = _folded(bare if any(map(str.isalpha, bare)) else shown)
    return f"{key} {homonym}" if homonym else key


def _folded(text: str) -> str:
    return " ".join(fold(text).translate(_SIGNS).split())


def list_initials(name: Name) -> tuple[str, ...]:
    """Return the folded initials of the given names: ``J.-P.`` gives ``("j", "p")``."""
    letters: list[str] = []
    for word in _NICKNAME.sub(" ", name.given).replace("-", " ").split():
        together = word.isupper() and len(word) <= _TOGETHER and not name.family.isupper()
        together &= len(word) < _TOGETHER or not _VOWEL.search(word)  # not of the name LIU
        letters += _folded(word).replace(" ", "")[: None if together else 1]
    return tuple(letters)


def split_names(text: str) -> list[str]:
    """Cut a list of authors into names.

    Semicolons win, then BibTeX's ``and``, then commas where they cannot be ``Last, First``.
    A list that is given twice over, as half of a robotics dump is, is halved.

    Args:
        text: ``A; B``, ``A and B``, ``A, B and C`` or ``A, B, C``.

    Returns:
        The names in order, untouched inside; ``et al.`` and empty parts are dropped.
    """
    text = _OTHERS.sub("", text.strip())
    pieces = text.split(";") if ";" in text else _by_commas(_by_and(text))
    names = [name for piece in pieces if (name := piece.strip(_EDGES))]
    half = len(names) // 2
    return names[:half] if half and names[:half] == names[half:] else names


def _by_and(text: str) -> list[str]:
    pieces = [piece.strip(_EDGES) for piece in _AND.split(text)]
    one = is_collaboration(text) and "," not in text  # Science and Technology Group
    return pieces if not one or all(map(is_collaboration, pieces)) else [text]


def _by_commas(pieces: list[str]) -> list[str]:
    parts = [part.strip() for piece in pieces for part in piece.split(",")]
    if "," in pieces[0] and "," not in pieces[-1] and not any(" " in part for part in parts):
        return parts  # A, B and C
    return [name for piece in pieces for name in (_by_list(piece) if "," in piece else [piece])]


def _by_list(text: str) -> list[str]:
    """Cut ``A, B, C`` where the parts are whole names, else leave ``Last, First`` whole."""
    names: list[str] = []
    for part in filter(None, map(str.strip, text.split(","))):
        if names and " " in names[-1] and _suffix(part):  # Guy L. Steele, Jr.
            names[-1] += f" {part}"
        else:
            names.append(part)
    lasts, firsts = names[::2], names[1::2]
    if len(lasts) == len(firsts) and all(map(_INITIALS.fullmatch, firsts)):  # Last, F., Last, F.
        return [f"{last}, {first}" for last, first in zip(lasts, firsts, strict=True)]
    if len(firsts) == len(lasts) == 1 and names[0].split()[0] in PARTICLES:
        return [text]
    whole = sum(" " in name for name in names)
    return names if whole * 2 > len(names) else [text]


def is_collaboration(text: str) -> bool:
    """Tell whether a name is that of a body of authors: ``ATLAS Collaboration``."""
    words = text.rsplit(maxsplit=1)
    return len(words) > 1 and words[1].lower().rstrip(".") in BODIES
