"""List the phrases under which an author's name is indexed and searched.

Every name is indexed as several phrases, so that a typed name matches as a single phrase: as
written, with initials, and with only the first given name or initial. `list_index_forms` lists
the phrases to index, `list_query_forms` those to search. Rules:

- an initial whose name is unknown ends in `BARE`: ``A. Kumar`` is indexed as ``a. kumar``, and
  ``A. F. Kumar`` as ``a. f. kumar`` and ``a. . kumar``, so that full names find them;
- particles may be omitted: ``maaten`` finds ``van der Maaten``; the last given name may belong to
  the family name: ``g garcia marquez`` finds ``Gabriel García Márquez``;
- a name with ü, ö, ä, ø or å is also indexed as German and Danish spell it out: ``Müller`` and
  ``Mueller`` find each other, and ``Muller`` finds ``Müller`` but not ``Mueller``.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from index.fields import BARE, BREAK, FIRST
from index.names.parser import PARTICLES, Name, list_initials, parse_name
from index.names.plain_names import CAPITALS, SMALL, SPECIAL_WORDS, split_words
from index.text.analyser import MAX_TOKEN, tokenise

_SPELLED_OUT = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa",
    "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa",
})  # fmt: skip
_PARTICLES = frozenset(particle.lower() for particle in PARTICLES)
_NOT_PLAIN = _PARTICLES.union(SPECIAL_WORDS)
"""Words that change how a name is parsed."""

_NAME_PART = rf"(?:(?:[A-Z]')?+(?:[{CAPITALS}]?[{SMALL}]++)++|[{CAPITALS}])\.?+"
_PLAIN = re.compile(rf"(?=[{CAPITALS}]){_NAME_PART}(?:(?:-| (?=[{CAPITALS}])){_NAME_PART})*+")
_BETWEEN = f" {BREAK} "

Phrase = tuple[str, ...]


class _Reading(NamedTuple):
    """One way to read a name, in folded words.

    Attributes:
        given: Given names and initials.
        letters: The initials of the given names.
        family: The family name with its suffix.
    """

    given: Phrase
    letters: Phrase
    family: Phrase

    @property
    def is_bare(self) -> bool:
        """Return whether the given names consist of initials only."""
        return _is_bare(self.given, self.letters)


_Words = tuple[Sequence[str], Sequence[str], str]
"""The same, with the family name as one text."""


class NameForms(NamedTuple):
    """The phrases of a name as an engine indexes them.

    Words are separated by spaces, phrases by `BREAK` between spaces.

    Attributes:
        phrases: The phrases of an author's name.
        first_phrases: Additional phrases of a first author: `FIRST` and a family name.
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
    readings = [_read_plain(text, words)]
    if spelled != text:
        readings.append(_read_plain(spelled, tokenise(spelled)))
    return _join(readings, readings[0][2])


def _read_any(text: str) -> tuple[list[_Words], str]:
    """Return all readings of a name, and its family name without the suffix."""
    name = parse_name(text)
    found = [reading for spelling in _list_spellings(name) for reading in _list_readings(spelling)]
    readings: list[_Words] = [
        (given, letters, " ".join(family)) for given, letters, family in found
    ]
    return readings, " ".join(tokenise(name.family)) if name.suffix else readings[0][2]


def _join(readings: list[_Words], sorted_family: str) -> NameForms:
    phrases: list[str] = []
    families: list[str] = []
    longer: list[str] = []
    for given, letters, family in readings:
        after = f" {family}" if family else ""
        phrases += _list_phrases(given, letters, after) if given else [family]
        if given and family:
            families.append(FIRST + after)
        if len(given) > 1 < len(given[-1]):
            longer.append(f"{FIRST} {given[-1]}{after}")
    different = dict.fromkeys(phrases)
    different.pop("", None)
    alone = dict.fromkeys(families + longer)
    family_first = " ".join((sorted_family, *readings[0][0])).strip()
    return NameForms(_BETWEEN.join(different), _BETWEEN.join(alone), family_first)


def list_query_forms(text: str) -> list[Phrase]:
    """Return the phrases to search for a typed name; a paper matches if any of them does.

    Args:
        text: A name in any order, with or without a comma.

    Returns:
        The phrases. A phrase that must match at the beginning of a name starts with `BREAK`, so
        that ``A. Kumar`` does not match ``V. A. Kumar``. Without a comma a phrase of full names
        may match inside a name: ``García Márquez``.
    """
    forms: list[Phrase] = []
    for spelling in _list_spellings(parse_name(text)):
        forms += _list_queries(_read(spelling), whole="," in text)
    if "," not in text:
        for turned in _reorder(text.split()):
            for spelling in _list_spellings(parse_name(turned)):
                reading = _read(spelling)
                # A full name with the family name first is only searched as written.
                if reading.given and reading.is_bare:
                    forms += _list_queries(reading, whole=True)
                else:
                    forms.append(reading.given + reading.family)
    return list(dict.fromkeys(filter(None, forms)))


def spell_out(text: str) -> str:
    """Spell out ä, ö, ü, ø and å as German and Danish do; keep all other letters."""
    return text if text.isascii() else text.translate(_SPELLED_OUT)


def _split_plain(text: str) -> list[str]:
    """Return the folded words of a plain name, family name last; return none for other names.

    A dump has nearly as many names as papers, so the cost of a new name matters.
    """
    if not _PLAIN.fullmatch(text):
        return []
    plain = text.isascii() and len(text) <= MAX_TOKEN
    words = split_words(text) if plain else tokenise(text)
    return words if _NOT_PLAIN.isdisjoint(words) else []


def _read_plain(text: str, words: list[str]) -> _Words:
    family = words.pop()
    if "-" in text:
        for _ in range(text.count("-", text.rfind(" ") + 1)):  # Lee-Jones
            family = f"{words.pop()} {family}"
    return words, [word[0] for word in words], family


def _list_spellings(name: Name) -> list[Name]:
    other = Name(spell_out(name.given), spell_out(name.family), name.suffix)
    same = (other.given, other.family) == (name.given, name.family)
    return [name] if same else [name, other]


def _list_readings(name: Name) -> list[_Reading]:
    """Return the readings of a name: as written, without particles, with capital particles."""
    readings = [_read(name)]
    given, family = name.given.split(), name.family.split()
    small = list(takewhile(_is_particle, family[:-1]))
    if small and given:
        bare = Name(name.given, " ".join(family[len(small) :]), name.suffix)
        readings.append(_read(bare))
    moved = list(takewhile(_is_particle, reversed(given[1:])))[::-1]
    if moved:
        given_left = given[: -len(moved)]
        whole = Name(" ".join(given_left), " ".join(moved + family), name.suffix)
        readings.append(_read(whole))
    return readings


def _is_particle(word: str) -> bool:
    return word.lower() in _PARTICLES


def _read(name: Name) -> _Reading:
    family = tokenise(f"{name.family} {name.suffix}")
    return _Reading(tuple(tokenise(name.given)), list_initials(name), tuple(family))


def _list_phrases(given: Sequence[str], letters: Sequence[str], family: str) -> list[str]:
    """Return the phrases of a name with given names; `family` begins with a space."""
    whole, short = " ".join(given), " ".join(letters)
    if not letters:
        return [whole + family]
    if _is_bare(given, letters):
        phrases = [whole + family, short + family, " ".join(_mark_bare(letters)) + family]
        return phrases if len(letters) == 1 else [*phrases, f"{letters[0]}{BARE} {BARE}{family}"]
    first, letter = given[0], letters[0]
    phrases = [whole + family, short + family, first + family, letter + family]
    if len(given) > 1:
        phrases.append(first + short[len(letter) :] + family)
        phrases.append(letter + whole[len(first) :] + family)
        known = [word + BARE if len(word) == 1 else word for word in given]
        known[0] = first
        phrases.append(" ".join(known) + family)
    return phrases


def _list_queries(name: _Reading, *, whole: bool) -> Iterator[Phrase]:
    given, letters, family = name
    anchor = (BREAK,) if given and (whole or name.is_bare) else ()
    yield anchor + given + family
    if not given or not letters:
        return
    if name.is_bare:
        yield (BREAK, *letters, *family)
    else:
        yield (*anchor, given[0], *_mark_bare(letters[1:]), *family)
    if len(letters) == 1:
        yield (BREAK, letters[0] + BARE, *family)
        yield (BREAK, letters[0] + BARE, BARE, *family)
    elif not name.is_bare:
        yield (BREAK, letters[0] + BARE, *family)
        yield (BREAK, *_mark_bare(letters), *family)


def _is_bare(given: Sequence[str], letters: Sequence[str]) -> bool:
    return len(letters) == sum(map(len, given))


def _mark_bare(letters: Sequence[str]) -> Phrase:
    return tuple([letter + BARE for letter in letters])


def _reorder(words: list[str]) -> Iterator[str]:
    """Yield a name with its first word as family name, and with all words but the last."""
    if len(words) > 1:
        yield f"{words[0]}, {' '.join(words[1:])}"
    if len(words) > 2:  # noqa: PLR2004 - with two words both ways are the same
        yield f"{' '.join(words[:-1])}, {words[-1]}"
