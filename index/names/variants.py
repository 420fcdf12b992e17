"""Answers: under which rows of words is an author's name found?

Every name is indexed in several forms, so that a typed name is one row of words
(`list_index_forms`, `list_query_forms`): as written; with initials; with the first given name or
initial alone. Signs:

- an initial of which nothing more is known ends in `BARE`: ``A. Kumar`` is ``a. kumar``, and
  ``A. F. Kumar`` is ``a. f. kumar`` and ``a. . kumar``, so that full names find them;
- particles may be left out: ``van der Maaten`` is found as ``maaten``; the last given name may be
  of the family: ``Gabriel García Márquez`` is found as ``g garcia marquez``;
- a name with ü, ö, ä, ø or å is also found as Germans and Danes spell it out: ``Müller`` and
  ``Mueller`` find each other, ``Muller`` finds ``Müller`` but not ``Mueller``.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from index.fields import BARE, BREAK, FIRST
from index.names.parser import PARTICLES, Name, list_initials, parse_name
from index.names.plain_names import CAPITALS, SMALL, TELLING, split_words
from index.text.analyser import MAX_TOKEN, tokenise

_SPELT_OUT = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa",
    "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa",
})  # fmt: skip
_SMALL = frozenset(particle.lower() for particle in PARTICLES)
_TELLING = _SMALL.union(TELLING)
"""Words that say how a name is to be read."""

_PART = rf"(?:(?:[A-Z]')?+(?:[{CAPITALS}]?[{SMALL}]++)++|[{CAPITALS}])\.?+"
_USUAL = re.compile(rf"(?=[{CAPITALS}]){_PART}(?:(?:-| (?=[{CAPITALS}])){_PART})*+")
_APART = f" {BREAK} "

Row = tuple[str, ...]


class _Reading(NamedTuple):
    """A name in folded words, read in one way.

    Attributes:
        given: Given names and initials.
        letters: The initials of the given names.
        family: The family name with its suffix.
    """

    given: Row
    letters: Row
    family: Row

    @property
    def is_bare(self) -> bool:
        """Return whether nothing but initials is known of the given names."""
        return _is_bare(self.given, self.letters)


_Words = tuple[Sequence[str], Sequence[str], str]
"""The same, the family name as one text."""


class NameForms(NamedTuple):
    """The rows of a name, as an engine takes them.

    Words are joined by spaces, rows by `BREAK` between spaces.

    Attributes:
        rows: Those under which its author is found.
        alone: The further ones of a first author: `FIRST` and a family name alone.
        family_first: The name as it is sorted, without its suffix.
    """

    rows: str
    alone: str
    family_first: str


def list_index_forms(text: str) -> NameForms:
    """Give the rows under which a name is found.

    Args:
        text: A name as it is shown.
    """
    words = _usual(text)
    if not words:
        return _joined(*_unusual(text))
    spelt = spell_out(text)
    if len(words) == 2 and "-" not in text and spelt == text:  # noqa: PLR2004 - given and family
        # Four of five names: the rows that `_joined` would give, at a third of its cost.
        given, family = words
        letter = given[0] if len(given) > 1 else given + BARE
        rows = f"{given} {family}{_APART}{letter} {family}"
        return NameForms(rows, f"{FIRST} {family}", f"{family} {given}")
    readings = [_usual_reading(text, words)]
    if spelt != text:
        readings.append(_usual_reading(spelt, tokenise(spelt)))
    return _joined(readings, readings[0][2])


def _unusual(text: str) -> tuple[list[_Words], str]:
    """Read a name in all ways, and give its family name without its suffix."""
    name = parse_name(text)
    found = [reading for spelling in _spellings(name) for reading in _readings(spelling)]
    readings: list[_Words] = [
        (given, letters, " ".join(family)) for given, letters, family in found
    ]
    return readings, " ".join(tokenise(name.family)) if name.suffix else readings[0][2]


def _joined(readings: list[_Words], sorted_family: str) -> NameForms:
    rows: list[str] = []
    families: list[str] = []
    longer: list[str] = []
    for given, letters, family in readings:
        after = f" {family}" if family else ""
        rows += _indexed(given, letters, after) if given else [family]
        if given and family:
            families.append(FIRST + after)
        if len(given) > 1 < len(given[-1]):
            longer.append(f"{FIRST} {given[-1]}{after}")
    different = dict.fromkeys(rows)
    different.pop("", None)
    alone = dict.fromkeys(families + longer)
    family_first = " ".join((sorted_family, *readings[0][0])).strip()
    return NameForms(_APART.join(different), _APART.join(alone), family_first)


def list_query_forms(text: str) -> list[Row]:
    """Give the rows that a typed name asks for; any of them will do.

    Args:
        text: A name in any order, with a comma or without.

    Returns:
        The rows; one that must begin where a name begins has `BREAK` before it, so that
        ``A. Kumar`` is not found in ``V. A. Kumar``. Without a comma a row of full names may be
        a part of a name: ``García Márquez``.
    """
    forms: list[Row] = []
    for spelling in _spellings(parse_name(text)):
        forms += _asked(_reading(spelling), whole="," in text)
    if "," not in text:
        for turned in _turned(text.split()):
            for spelling in _spellings(parse_name(turned)):
                reading = _reading(spelling)
                # A full name read the other way round is only asked for as it stands.
                if reading.given and reading.is_bare:
                    forms += _asked(reading, whole=True)
                else:
                    forms.append(reading.given + reading.family)
    return list(dict.fromkeys(filter(None, forms)))


def spell_out(text: str) -> str:
    """Write ü as ue, and so on; other letters stay."""
    return text if text.isascii() else text.translate(_SPELT_OUT)


def _usual(text: str) -> list[str]:
    """Give the folded words of a name of plain words, family name last; of other names nothing.

    A dump has nearly as many names as papers, so what a name costs that is new counts.
    """
    if not _USUAL.fullmatch(text):
        return []
    plain = text.isascii() and len(text) <= MAX_TOKEN
    words = split_words(text) if plain else tokenise(text)
    return words if _TELLING.isdisjoint(words) else []


def _usual_reading(text: str, words: list[str]) -> _Words:
    family = words.pop()
    if "-" in text:
        for _ in range(text.count("-", text.rfind(" ") + 1)):  # Lee-Jones
            family = f"{words.pop()} {family}"
    return words, [word[0] for word in words], family


def _spellings(name: Name) -> list[Name]:
    other = Name(spell_out(name.given), spell_out(name.family), name.suffix)
    same = (other.given, other.family) == (name.given, name.family)
    return [name] if same else [name, other]


def _readings(name: Name) -> list[_Reading]:
    """Read a name as it is, without its particles, and with particles written in capitals."""
    readings = [_reading(name)]
    given, family = name.given.split(), name.family.split()
    small = list(takewhile(_is_particle, family[:-1]))
    if small and given:
        bare = Name(name.given, " ".join(family[len(small) :]), name.suffix)
        readings.append(_reading(bare))
    moved = list(takewhile(_is_particle, reversed(given[1:])))[::-1]
    if moved:
        kept = given[: -len(moved)]
        whole = Name(" ".join(kept), " ".join(moved + family), name.suffix)
        readings.append(_reading(whole))
    return readings


def _is_particle(word: str) -> bool:
    return word.lower() in _SMALL


def _reading(name: Name) -> _Reading:
    family = tokenise(f"{name.family} {name.suffix}")
    return _Reading(tuple(tokenise(name.given)), list_initials(name), tuple(family))


def _indexed(given: Sequence[str], letters: Sequence[str], family: str) -> list[str]:
    """Give the rows of a name with given names; its family name begins with a space."""
    whole, short = " ".join(given), " ".join(letters)
    if not letters:
        return [whole + family]
    if _is_bare(given, letters):
        rows = [whole + family, short + family, " ".join(_dotted(letters)) + family]
        return rows if len(letters) == 1 else [*rows, f"{letters[0]}{BARE} {BARE}{family}"]
    first, letter = given[0], letters[0]
    rows = [whole + family, short + family, first + family, letter + family]
    if len(given) > 1:
        rows.append(first + short[len(letter) :] + family)
        rows.append(letter + whole[len(first) :] + family)
        known = [word + BARE if len(word) == 1 else word for word in given]
        known[0] = first
        rows.append(" ".join(known) + family)
    return rows


def _asked(name: _Reading, *, whole: bool) -> Iterator[Row]:
    given, letters, family = name
    anchor = (BREAK,) if given and (whole or name.is_bare) else ()
    yield anchor + given + family
    if not given or not letters:
        return
    if name.is_bare:
        yield (BREAK, *letters, *family)
    else:
        yield (*anchor, given[0], *_dotted(letters[1:]), *family)
    if len(letters) == 1:
        yield (BREAK, letters[0] + BARE, *family)
        yield (BREAK, letters[0] + BARE, BARE, *family)
    elif not name.is_bare:
        yield (BREAK, letters[0] + BARE, *family)
        yield (BREAK, *_dotted(letters), *family)


def _is_bare(given: Sequence[str], letters: Sequence[str]) -> bool:
    return len(letters) == sum(map(len, given))


def _dotted(letters: Sequence[str]) -> Row:
    return tuple([letter + BARE for letter in letters])


def _turned(words: list[str]) -> Iterator[str]:
    """Give the ways in which a family name may stand first: one word of it, or all but one."""
    if len(words) > 1:
        yield f"{words[0]}, {' '.join(words[1:])}"
    if len(words) > 2:  # noqa: PLR2004 - of two words both ways are one
        yield f"{' '.join(words[:-1])}, {words[-1]}"
