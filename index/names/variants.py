"""List the phrases under which an author's name is indexed.

Every name is indexed as several phrases, so that a typed name (`index.names.query_forms`) matches
as a single phrase: as written, with initials, and with only the first given name or initial. Rules:

- an initial whose name is unknown ends in `BARE`: ``A. Kumar`` is indexed as ``a. kumar``, and
  ``A. F. Kumar`` as ``a. f. kumar`` and ``a. . kumar``, so that full names find them;
- particles may be omitted: ``maaten`` finds ``van der Maaten``;
- a name may have two surnames, of which either may be omitted: ``García Márquez MJ`` and
  ``Márquez, M. J.`` find ``María José García Márquez``;
- initials may come last in the dump itself: ``Smith JA`` is also indexed as ``J. A. Smith``;
- parts that may be one word are also indexed as one: ``vandermaaten``, ``obrien``, ``minjun``;
- a name with ü, ö, ä, ø or å is also indexed as German and Danish spell it out: ``Müller`` and
  ``Mueller`` find each other, and ``Muller`` finds ``Müller`` but not ``Mueller``.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.fields import BARE, BREAK, FIRST
from index.names.joined_words import (
    JOINERS,
    join_parts,
    join_syllables,
    remove_hyphens,
)
from index.names.parser import Name, list_initials, parse_name
from index.names.plain_names import CAPITALS, SMALL, SPECIAL_WORDS, split_words
from index.names.splits import list_splits, turn_initials
from index.text.analyser import MAX_TOKEN, tokenise_name

_SPELLED_OUT = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa",
    "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa",
})  # fmt: skip
_NOT_PLAIN = (JOINERS - {"l", "m", "n"}).union(SPECIAL_WORDS)
"""Words that change how a name is read. No surname is written with ``L``, ``M`` or ``N`` apart."""

_INITIALS = frozenset("dot")
"""Initials that are also words of that kind; with a full stop they are initials only."""

_BARE_LETTER = re.compile(r"(?:^|[ -])[DOT](?!\.)(?:[ -]|$)")

_NAME_PART = rf"(?:(?:[A-Z]')?+(?:[{CAPITALS}]?[{SMALL}]++)++|[{CAPITALS}])\.?+"
_PLAIN = re.compile(rf"(?=[{CAPITALS}]){_NAME_PART}(?:(?:-| (?=[{CAPITALS}])){_NAME_PART})*+")
_BETWEEN = f" {BREAK} "

_Words = tuple[Sequence[str], Sequence[str], str]
"""One way to read a name, in folded words: the given names, their initials, and the family name
with its suffix, separated by spaces."""


class NameForms(NamedTuple):
    """The phrases of a name as an engine indexes them.

    Words are separated by spaces, phrases by `BREAK` between spaces.

    Attributes:
        phrases: The phrases of an author's name.
        first_phrases: Additional phrases of a first author: `FIRST` and a family name of one word.
            A longer one always follows a single given name in some phrase, and could be taken for
            a whole name.
        family_first: The name by which authors are sorted, without its suffix.
    """

    phrases: str
    first_phrases: str
    family_first: str


def list_index_forms(text: str) -> NameForms:
    """Return the phrases under which a name is indexed.

    Args:
        text: A name in its display form.
    """
    words = _split_plain(text)
    if not words:
        return _join(*_read_any(text))
    spelled = spell_out(text)
    if len(words) == 2 and "-" not in text and spelled == text:  # noqa: PLR2004 - given and family
        # Four of five names: the same phrases as from `_join`, at a third of the cost.
        given, family = words
        letter = given[0] if len(given) > 1 else given + BARE
        phrases = f"{given} {family}{_BETWEEN}{letter} {family}"
        return NameForms(phrases, f"{FIRST} {family}", f"{family} {given}")
    readings = _read_plain(text, words)
    sorted_family = readings[0][2]
    if spelled != text:
        readings += _read_plain(spelled, tokenise_name(spelled))
    return _join(readings, sorted_family)


def _split_plain(text: str) -> list[str]:
    """Return the folded words of a plain name, family name last; return none for other names.

    A dump has nearly as many names as papers, so the cost of a new name matters.
    """
    if not _PLAIN.fullmatch(text):
        return []
    plain = text.isascii() and len(text) <= MAX_TOKEN
    words = split_words(text) if plain else tokenise_name(text)
    if len(words[-1]) < 2:  # noqa: PLR2004 - an initial in place of the family name
        return []
    if _NOT_PLAIN.isdisjoint(words) or _has_initials_only(text, words):
        return words
    return []


def _has_initials_only(text: str, words: list[str]) -> bool:
    """Return whether the words that may change how a name is read are initials: ``T. Hooft``."""
    special = _NOT_PLAIN.intersection(words)
    return special <= _INITIALS and "-" not in text and not _BARE_LETTER.search(text)


def _read_plain(text: str, words: list[str]) -> list[_Words]:
    given, _, family = text.rpartition(" ")
    start = len(words) - 1 - family.count("-")  # Lee-Jones
    first, last = words[:start], " ".join(words[start:])
    if "-" not in text:
        return _extend_reading(first, [word[0] for word in first], last)
    together = " ".join(tokenise_name(remove_hyphens(family))) if first and " " in last else ""
    letters = [word[0] for word in first]
    return _extend_reading(first, letters, last, tokenise_name(remove_hyphens(given)), together)


def _read_any(text: str) -> tuple[list[_Words], str]:
    """Return all readings of a name, and its family name without the suffix."""
    name = parse_name(text)
    readings = [
        reading
        for spelling in list_spellings(name)
        for part in [*list_splits(spelling), *turn_initials(spelling)]
        for reading in _read(part)
    ]
    return readings, " ".join(tokenise_name(name.family)) if name.suffix else readings[0][2]


def _extend_reading(
    given: Sequence[str],
    letters: Sequence[str],
    family: str,
    joined_given: Sequence[str] = (),
    joined_family: str = "",
) -> list[_Words]:
    """Return a reading and those that follow from it.

    The last given name may be the first of two surnames, and either surname may be omitted. With
    one full given name, the phrases of the reading itself are also those of two surnames.

    Args:
        given: The given names.
        letters: Their initials.
        family: The family name.
        joined_given: The given names with hyphenated parts joined, or none.
        joined_family: The family name as one word, or empty.
    """
    families = [family, joined_family] if joined_family not in ("", family) else [family]
    readings: list[_Words] = [(given, letters, one) for one in families]
    aligned = len(given) == len(letters) > 1
    if aligned and len(given[-1]) > 1 and (len(given) > 2 or len(given[0]) == 1):  # noqa: PLR2004
        readings.append((given[:-1], letters[:-1], f"{given[-1]} {family}"))
        readings.append((given[:-1], letters[:-1], family))
    if len(joined_given) in (0, len(given)):
        joined_given = join_syllables(given) if aligned else []
    if joined_given:
        initials = [word[0] for word in joined_given]
        readings += [(joined_given, initials, one) for one in families]
    return readings


def _join(readings: list[_Words], sorted_family: str) -> NameForms:
    phrases: list[str] = []
    families: list[str] = []
    for given, letters, family in readings:
        after = f" {family}" if family else ""
        phrases += _list_phrases(given, letters, after) if given else [family]
        if given and family and " " not in family:
            families.append(FIRST + after)
    different = dict.fromkeys(phrases)
    different.pop("", None)
    alone = dict.fromkeys(families)
    family_first = " ".join((sorted_family, *readings[0][0])).strip()
    return NameForms(_BETWEEN.join(different), _BETWEEN.join(alone), family_first)


def spell_out(text: str) -> str:
    """Spell out ä, ö, ü, ø and å as German and Danish do; keep all other letters."""
    return text if text.isascii() else text.translate(_SPELLED_OUT)


def list_spellings(name: Name) -> list[Name]:
    """Return a name, and the same spelled out if it has ä, ö, ü, ø or å."""
    other = Name(spell_out(name.given), spell_out(name.family), name.suffix)
    same = (other.given, other.family) == (name.given, name.family)
    return [name] if same else [name, other]


def _read(name: Name) -> list[_Words]:
    given, family, suffix = (
        tokenise_name(name.given),
        tokenise_name(name.family),
        tokenise_name(name.suffix),
    )
    together: list[str] = []
    if len(family) > 1 and given:
        together = [*tokenise_name(join_parts(name.family)), *suffix]
    hyphen = "-" in name.given
    return _extend_reading(
        given,
        list_initials(name),
        " ".join([*family, *suffix]),
        tokenise_name(remove_hyphens(name.given)) if hyphen or "-" in name.family else (),
        " ".join(together),
    )


def _list_phrases(given: Sequence[str], letters: Sequence[str], family: str) -> list[str]:
    """Return the phrases of a name with given names; `family` begins with a space.

    Of three initials or more, the first two are also a phrase: PubMed prints no more.
    """
    whole, short = " ".join(given), " ".join(letters)
    if not letters:
        return [whole + family]
    if is_bare(given, letters):
        phrases = [whole + family, short + family, " ".join(mark_bare(letters)) + family]
        if len(letters) > 1:
            phrases.append(f"{letters[0]}{BARE} {BARE}{family}")
        return [*phrases, f"{letters[0]} {letters[1]}{family}"] if len(letters) > 2 else phrases  # noqa: PLR2004
    first, letter = given[0], letters[0]
    phrases = [whole + family, short + family, first + family, letter + family]
    if len(given) > 1:
        phrases.append(first + short[len(letter) :] + family)
        phrases.append(letter + whole[len(first) :] + family)
        known = [word + BARE if len(word) == 1 else word for word in given]
        known[0] = first
        phrases.append(" ".join(known) + family)
        if len(letters) > 2:  # noqa: PLR2004
            phrases.append(f"{letter} {letters[1]}{family}")
    return phrases


def is_bare(given: Sequence[str], letters: Sequence[str]) -> bool:
    """Return whether given names consist of initials only."""
    return len(letters) == sum(map(len, given))


def mark_bare(letters: Sequence[str]) -> tuple[str, ...]:
    """Return initials marked as having nothing but the initial."""
    return tuple([letter + BARE for letter in letters])
