"""Reduce a name to the part that all its spellings share."""

import re
from functools import lru_cache
from typing import NamedTuple

from index.names.joined_words import is_particle, join_syllables
from index.names.parser import BODIES, LEADS, SUFFIXES, list_initials, parse_name
from index.text.analyser import tokenise_name

_PLAIN = re.compile(r"([A-Z])([a-z]{1,30}) (?:([A-Z])\.? )?([A-Z][a-z]{1,30})")
"""Matches most names: a given name, perhaps an initial, a family name."""

_NO_NAMES = BODIES | LEADS | SUFFIXES.keys()


class CoreName(NamedTuple):
    """The part of a name that all its spellings share.

    Attributes:
        first: The first given name, folded: ``geoffrey``; syllables that may be one name are
            joined, ``minjun``; empty if only initials are known.
        family: The family name, folded, without particles before it: ``hinton``.
        initials: The initials of all given names: ``("g", "e")``.
    """

    first: str
    family: str
    initials: tuple[str, ...]


@lru_cache(1 << 14)  # an entry takes about .4 kB; a page has a few thousand names
def reduce_name(text: str) -> CoreName:
    """Reduce a name in any order, with or without dblp's number, to its core."""
    if plain := _PLAIN.fullmatch(text):
        letter, rest, middle, last = map(str.lower, plain.groups(""))
        if _NO_NAMES.isdisjoint((letter + rest, last)):
            return CoreName(letter + rest, last, (letter, middle) if middle else (letter,))
    return reduce_parsed(text)


def reduce_parsed(text: str) -> CoreName:
    """Reduce a name by parsing it, which takes four times as long as matching a plain one."""
    name = parse_name(text)
    given, family = tokenise_name(name.given), tokenise_name(name.family)
    letters = list_initials(name)
    while len(family) > 1 and is_particle(family[0]):
        del family[0]
    if len(given) == len(letters):  # the second of Jackie CK is initials
        given = join_syllables(given) or given
    first = given[0] if given and len(given[0]) > 1 and not _is_bare(given, letters) else ""
    return CoreName(first, " ".join(family), letters)


def _is_bare(given: list[str], letters: tuple[str, ...]) -> bool:
    """Return whether given names are nothing but initials, also ones written together: ``JW``."""
    return len(letters) == sum(map(len, given))


def may_be_same(one: CoreName, other: CoreName) -> bool:
    """Return whether two names may be spellings of one: equal, or one is initials of the other."""
    if one.family != other.family:
        return False
    if one.first and other.first:
        return one.first == other.first
    return all(mine == theirs for mine, theirs in zip(one.initials, other.initials, strict=False))
