"""List the ways in which a name may be divided into given names and a family name.

A display name does not say where the family name begins: ``João da Silva Santos`` is found under
``da Silva Santos``, ``Silva Santos`` and ``Santos``. In ``Smith JA`` it comes first.
"""

import re
from collections.abc import Iterator

from index.names.joined_words import is_joiner, is_particle
from index.names.parser import Name
from index.text.folding import fold

_ARTICLE = re.compile(r"(?:al|el)-(?=\w)", re.IGNORECASE)
_CONNECTORS = frozenset(("y", "e", "i"))
_INITIALS = 4
"""Letters at most of initials written together. PubMed has two, Brazilian names up to four."""

Words = list[str]


def list_splits(name: Name) -> list[Name]:
    """Return a name with its particles in the family name, without them, and with less family.

    Args:
        name: A parsed name.

    Returns:
        The name itself and the other readings; some may be equal.
    """
    given, family = name.given.split(), name.family.split()
    if not given:
        return [name]
    splits = [(given, family)]
    bare = _drop_particles(family)
    if bare != family:
        splits.append((given, bare))
    kept = [word for word in map(_drop_article, given) if not is_particle(word)]
    if kept != given and kept:
        splits.append((kept, bare))
    moved = _count_joiners(given, family[0])
    if moved:  # Jan Van Dijk, Dara O Brien
        splits.append((given[:-moved], given[-moved:] + family))
    if len(bare) > 1:
        splits += _shorten_family(kept or given, family)
    return [Name(" ".join(one), " ".join(two), name.suffix) for one, two in splits]


def _drop_particles(family: Words) -> Words:
    """Drop the particles and the Arabic article before a family name."""
    start = 0
    while start < len(family) - 1 and is_particle(family[start]):
        start += 1
    return [_drop_article(family[start]), *family[start + 1 :]]


def _drop_article(word: str) -> str:
    return _ARTICLE.sub("", word, count=1)


def _count_joiners(given: Words, family: str) -> int:
    """Count the last given names that belong to the family name; the first never does."""
    after, count = family, 0
    for word in reversed(given[1:]):
        if not is_joiner(word, after):
            break
        after, count = word, count + 1
    return count


def _shorten_family(given: Words, family: Words) -> Iterator[tuple[Words, Words]]:
    """Yield splits in which only the last one or two words are the family name."""
    for count in (1, 2):
        before, last = family[:-count], family[-count:]
        if before and last[0] not in _CONNECTORS:
            middle = [w for w in before if not is_particle(w) and w not in _CONNECTORS]
            yield [*given, *middle], last


def split_initials(word: str) -> str:
    """Return initials written together as separate letters, ``L J``; empty if too long."""
    letters = word.replace(".", "").replace("-", "")
    return " ".join(letters) if letters.isalpha() and 0 < len(letters) <= _INITIALS else ""


def turn_initials(name: Name) -> list[Name]:
    """Return the readings of a name with initials that no display form has.

    Args:
        name: A parsed name.

    Returns:
        ``Smith JA`` with the initials as given names; ``MJA Smith`` with three initials.
    """
    if not name.given:
        return []
    words = [*name.given.split(), *name.family.split()]
    count = 0
    while count < len(words) and _are_initials(words[-1 - count]):
        count += 1
    if 0 < count < len(words) and not _are_initials(words[0]):
        letters = map(split_initials, words[-count:])
        return [Name(" ".join(letters), " ".join(words[:-count]), name.suffix)]
    if len(words[0]) == _INITIALS - 1 and count == 0 and _are_initials(words[0]):
        given = " ".join([split_initials(words[0]), *name.given.split()[1:]])
        return [Name(given, name.family, name.suffix)]
    return []


def _are_initials(word: str) -> bool:
    """Return whether a word of a display form is a row of initials: ``JA``, ``J.``, ``J.-P.``."""
    letters = word.replace(".", "").replace("-", "")
    few = len(letters) < _INITIALS if len(letters) == len(word) else word.count(".") == len(letters)
    return few and letters.isupper() and letters.isalpha() and len(fold(letters)) == len(letters)
