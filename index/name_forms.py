"""Answers: under which rows of words is an author's name found?

Every name is indexed in several forms, so that a typed name is one row of words (`index_forms`,
`asked_forms`): as written; with initials; with the first given name or initial alone. Signs:

- an initial of which nothing more is known ends in `BARE`: ``A. Kumar`` is ``a. kumar``, and
  ``A. F. Kumar`` is ``a. f. kumar`` and ``a. . kumar``, so that full names find them;
- particles may be left out: ``van der Maaten`` is found as ``maaten``; the last given name may be
  of the family: ``Gabriel García Márquez`` is found as ``g garcia marquez``;
- a name with ü, ö, ä, ø or å is also found as Germans and Danes spell it out: ``Müller`` and
  ``Mueller`` find each other, ``Muller`` finds ``Müller`` but not ``Mueller``.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from index.analysis import tokens
from index.fields import BARE, BREAK, FIRST
from index.names import BODIES, LEADS, PARTICLES, SUFFIXES, Name, initials, parse_name

_SPELT_OUT = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa",
    "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa",
})  # fmt: skip
_SMALL = frozenset(particle.lower() for particle in PARTICLES)
_TELLING = _SMALL.union(BODIES, LEADS, SUFFIXES)
"""Words that say how a name is to be read."""

_PART = r"(?:(?:[A-Z]?[a-z]++)++|[A-Z]\.?)"
_WORD = rf"(?=[A-Z]){_PART}(?:-{_PART})*+"
_USUAL = re.compile(rf"{_WORD}(?: {_WORD})*+")

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
        return len(self.letters) == sum(map(len, self.given))


class NameForms(NamedTuple):
    """The rows of a name.

    Attributes:
        rows: Those under which its author is found.
        alone: The further ones of a first author: `FIRST` and a family name alone.
        family_first: The name as it is sorted, without its suffix.
    """

    rows: list[Row]
    alone: list[Row]
    family_first: Row


def index_forms(text: str) -> NameForms:
    """Give the rows under which a name is found.

    Args:
        text: A name as it is shown.
    """
    usual = _usual(text)
    if usual:
        readings, family = [usual], usual.family
    else:
        name = parse_name(text)
        readings = [reading for spelling in _spellings(name) for reading in _readings(spelling)]
        family = tuple(tokens(name.family)) if name.suffix else readings[0].family
    rows: list[Row] = []
    families: list[Row] = []
    longer: list[Row] = []
    for reading in readings:
        rows += _indexed(reading)
        if reading.given:
            families.append(reading.family)
            if len(reading.given) > 1 < len(reading.given[-1]):
                longer.append((reading.given[-1], *reading.family))
    return NameForms(
        list(dict.fromkeys(filter(None, rows))),
        [(FIRST, *row) for row in dict.fromkeys(filter(None, families + longer))],
        family + readings[0].given,
    )


def asked_forms(text: str) -> list[Row]:
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


def spelt_out(text: str) -> str:
    """Write ü as ue, and so on; other letters stay."""
    return text if text.isascii() else text.translate(_SPELT_OUT)


def _usual(text: str) -> _Reading | None:
    """Read a name of plain words with the family name last, as most are, at a third of the cost.

    A dump has nearly as many names as papers, so what a name costs that is new counts.
    """
    if not _USUAL.fullmatch(text):
        return None
    words = tuple(tokens(text))
    if not _TELLING.isdisjoint(words):
        return None
    family = text.count("-", text.rfind(" ") + 1) + 1  # words of the family name, Lee-Jones: 2
    given = words[:-family]
    return _Reading(given, tuple([word[0] for word in given]), words[-family:])


def _spellings(name: Name) -> list[Name]:
    other = Name(spelt_out(name.given), spelt_out(name.family), name.suffix)
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
    family = tokens(f"{name.family} {name.suffix}")
    return _Reading(tuple(tokens(name.given)), initials(name), tuple(family))


def _indexed(name: _Reading) -> Iterator[Row]:
    given, letters, family = name
    yield given + family
    if not given or not letters:
        return
    yield letters + family
    if name.is_bare:
        yield (*_dotted(letters), *family)
        if len(letters) > 1:
            yield (letters[0] + BARE, BARE, *family)
        return
    yield (given[0], *family)
    yield (letters[0], *family)
    if len(given) > 1:
        yield (given[0], *letters[1:], *family)
        yield (letters[0], *given[1:], *family)
        known = tuple(word + BARE if len(word) == 1 else word for word in given[1:])
        if known != given[1:]:
            yield (given[0], *known, *family)


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


def _dotted(letters: Row) -> Row:
    return tuple(letter + BARE for letter in letters)


def _turned(words: list[str]) -> Iterator[str]:
    """Give the ways in which a family name may stand first: one word of it, or all but one."""
    if len(words) > 1:
        yield f"{words[0]}, {' '.join(words[1:])}"
    if len(words) > 2:  # noqa: PLR2004 - of two words both ways are one
        yield f"{' '.join(words[:-1])}, {words[-1]}"
