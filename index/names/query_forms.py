"""List the phrases that are searched for an author's name as typed.

A name may be typed in any order, with a comma or without: ``Kumar, Aviral``, ``Aviral Kumar``,
``Kumar A``, ``García Márquez MJ``, ``dixon lj``. Each way to read it gives phrases; those that
`index.names.variants` lists for a name find it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.fields import BARE, BREAK
from index.names.joined_words import join_particles, join_syllables, remove_hyphens
from index.names.parser import Name, list_initials, parse_name
from index.names.splits import split_initials
from index.names.variants import is_bare, list_spellings, mark_bare
from index.text.analyser import tokenise_name

Phrase = tuple[str, ...]

MOST_WORDS = 6
"""Words of a typed name up to which every order is tried. Chosen: a longer text is no name of one
person."""

_ORDINALS = {"2nd": "II", "3rd": "III", "4th": "IV"}
"""Suffixes as PubMed writes them."""

_INITIALS_OR_SUFFIX = frozenset(("jr", "sr", "ii", "iv"))
"""Words that, typed after two others without a period, are a suffix or initials: J. R., I. V."""

_VOWEL = re.compile("[aeiouy]")
_NO_INITIALS = frozenset(("ng",))
"""Surnames without a vowel, which may be typed in lower case."""


class QueryForms(NamedTuple):
    """The phrases to search for a typed name; a paper matches if any of them does.

    A phrase that must match at the beginning of a name starts with `BREAK`, so that ``A. Kumar``
    does not match ``V. A. Kumar``; an empty word stands for any word. Without a comma a phrase of
    full names may match inside a name: ``García Márquez``.

    Attributes:
        likely: The phrases of the readings that a reader would choose.
        possible: Those of readings in which a short word is a row of initials: ``li xu`` may be
            X. U. Li.
    """

    likely: list[Phrase]
    possible: list[Phrase]


def list_query_forms(text: str) -> QueryForms:
    """Return the phrases to search for a typed name.

    Args:
        text: A name in any order, with or without a comma.
    """
    likely: list[Phrase] = []
    possible: list[Phrase] = []
    text = _replace_ordinal(text)
    for wording in dict.fromkeys((text, join_particles(text))):
        if " " in text and " " not in wording:  # O Brien is a surname, no given name
            likely += [(BREAK, "", *words)] if (words := tokenise_name(wording)) else []
            continue
        likely += _list_forms(wording)
        for name, is_likely in _find_initials(wording):
            forms = likely if is_likely else possible
            forms += _list_queries(name, whole=True)
    certain = dict.fromkeys(filter(None, likely))
    return QueryForms([*certain], [*dict.fromkeys(p for p in possible if p not in certain)])


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
        return is_bare(self.given, self.letters)


def _read(name: Name) -> _Reading:
    family = tokenise_name(f"{name.family} {name.suffix}")
    return _Reading(tuple(tokenise_name(name.given)), list_initials(name), tuple(family))


def _replace_ordinal(text: str) -> str:
    before, space, last = text.rpartition(" ")
    return f"{before}{space}{_ORDINALS.get(last.lower(), last)}"


def _list_forms(text: str) -> Iterator[Phrase]:
    """Yield the phrases of the readings of a name in which every word is one word."""
    name = parse_name(text)
    yield from _list_queries(name, whole="," in text)
    words = [*name.given.split(), *name.family.split()]
    if "," in text or len(words) > MOST_WORDS:
        return
    for at in range(1, len(words)):
        yield from _list_turned(_split(name, words, at, family_first=True))
    for at in range(1, len(name.given.split())):
        if not any(_is_letter(word) for word in words[at:]):  # two surnames
            yield from _list_queries(_split(name, words, at), whole=True)


def _list_turned(name: Name) -> Iterator[Phrase]:
    """Yield the phrases of a name that was typed with the family name first.

    A full name in this order is only searched as written.
    """
    for reading in _list_readings(name):
        if reading.given and reading.is_bare:
            yield from _list_phrases(reading, whole=True)
        else:
            yield reading.given + reading.family
            yield from _join_given(name, reading)


def _list_queries(name: Name, *, whole: bool) -> Iterator[Phrase]:
    """Yield the phrases of a name in this order.

    Args:
        name: The reading.
        whole: Whether the phrases must match at the beginning of a name.
    """
    for reading in _list_readings(name):
        yield from _list_phrases(reading, whole=whole)
        yield from _join_given(name, reading)


def _list_readings(name: Name) -> Iterator[_Reading]:
    """Yield a name, spelled out, and with a hyphenated family name as one word."""
    for spelling in list_spellings(name):
        yield _read(spelling)
        if "-" in spelling.family:
            yield _read(Name(spelling.given, remove_hyphens(spelling.family), spelling.suffix))


def _join_given(name: Name, reading: _Reading) -> Iterator[Phrase]:
    """Yield a name with two given names as one, ``minjun kim``, which gives no other initials."""
    joined = tokenise_name(remove_hyphens(name.given)) if "-" in name.given else ()
    if len(joined) in (0, len(reading.given)):
        joined = join_syllables(reading.given)
    if joined:
        yield (*joined, *reading.family)


def _split(name: Name, words: Sequence[str], at: int, *, family_first: bool = False) -> Name:
    """Divide the words of a name at another place."""
    one, two = " ".join(words[:at]), " ".join(words[at:])
    return Name(two, one, name.suffix) if family_first else Name(one, two, name.suffix)


def _is_letter(word: str) -> bool:
    return len(word.rstrip(".")) == 1


def _find_initials(text: str) -> Iterator[tuple[Name, bool]]:
    """Yield readings in which the first or last word is a row of initials, ``lj``.

    Yields:
        (name, likely): the reading, and whether the word can hardly be a name.
    """
    name = parse_name(text)
    given, family = name.given.split(), name.family.split()
    words = [*given, *family]
    if not given:
        return
    last = text.rsplit(maxsplit=1)[-1].lower()
    if last in _INITIALS_OR_SUFFIX and name.suffix and "," not in text:
        yield Name(split_initials(last), f"{name.given} {name.family}"), False
    splits = [(0, words[1:])] if "," not in text or len(given) == 1 else []
    if "," not in text:
        splits.append((-1, words[:-1]))
    for at, rest in splits:
        word, others = words[at], "".join(rest)
        if word.upper() in text.replace(",", " ").split():
            word = word.upper()  # the parser writes LIU and WEI in title case
        capitals = word.isupper() and not text.isupper()
        if may_be_initials(word, capitals=capitals) and len(others.replace(".", "")) > len(rest):
            initials = Name(split_initials(word), " ".join(rest), name.suffix)
            yield initials, capitals or not _may_be_name(word)


def may_be_initials(word: str, *, capitals: bool) -> bool:
    """Return whether a word may be a row of initials: it is short and not written as a name.

    Args:
        word: One word as typed.
        capitals: Whether it is in capitals beside words that are not; some have four initials.
    """
    few = 2 <= len(word) <= (4 if capitals else 3)  # noqa: PLR2004
    one_case = word.isupper() or word.islower() or not _may_be_name(word)
    return few and one_case and word.isalpha() and "".join(tokenise_name(word)).isascii()


def _may_be_name(word: str) -> bool:
    return bool(_VOWEL.search(word.lower())) or word.lower() in _NO_INITIALS


def _list_phrases(name: _Reading, *, whole: bool) -> Iterator[Phrase]:
    given, letters, family = name
    anchor = (BREAK,) if given and (whole or name.is_bare) else ()
    yield anchor + given + family
    if not given or not letters:
        return
    if name.is_bare:
        yield (BREAK, *letters, *family)
    else:
        yield (*anchor, given[0], *mark_bare(letters[1:]), *family)
    if len(letters) == 1:
        yield (BREAK, letters[0] + BARE, *family)
        yield (BREAK, letters[0] + BARE, BARE, *family)
    elif not name.is_bare:
        yield (BREAK, letters[0] + BARE, *family)
        yield (BREAK, *mark_bare(letters), *family)
