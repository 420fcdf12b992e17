"""Reduce a name to the part that all its spellings share."""

from functools import lru_cache
from typing import NamedTuple

from index.names.joined_words import is_particle, join_syllables
from index.names.parser import list_initials, parse_name
from index.text.analyser import tokenise_name


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
    name = parse_name(text)
    given, family = tokenise_name(name.given), tokenise_name(name.family)
    letters = list_initials(name)
    while len(family) > 1 and is_particle(family[0]):
        del family[0]
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
