"""Join the parts of a name that people write both apart and together.

``O Brien`` and ``O'Brien``, ``van der Maaten`` and ``vandermaaten``, ``Min-Jun`` and ``Minjun`` are
the same words. The index stores every such name together as well, and a name typed apart is also
searched together.
"""

import re
from collections.abc import Sequence

from index.names.parser import PARTICLES

_PARTICLES = frozenset(particle.lower() for particle in PARTICLES)
_COMPOUNDS = frozenset((
    "vander", "vanden", "vande", "vonder", "dela", "delos", "abd", "abdel", "abdul", "abu", "mc",
    "mac", "saint", "sainte", "fitz", "dell", "dall", "degli", "dello",
))  # fmt: skip
ELISIONS = frozenset("odtlnm")
"""Letters that begin a surname: O'Brien, D'Amico, 't Hooft, L'Hospital, N'Diaye, M'Barek."""

JOINERS = _PARTICLES | _COMPOUNDS | ELISIONS
"""Folded words that people join to the word after them."""

_ELIDED = re.compile(
    r"o[^\W\d_]{3}|d[aeiouhy]|d(?:souza|silva|cruz|costa|mello|sa|lima)$|t[^\W\d_]{3}"
)
_JOINER = re.compile(
    rf"(?<![\w-])(?:'?(?:{'|'.join(sorted(JOINERS, key=len, reverse=True))}) )+(?=\w{{2}})",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"(?<=[^\W\d_]{2})-(?=[^\W\d_]{2})")
LONGEST_NAME = 500
"""Characters of a name at most, as of the names that are indexed."""

_SYLLABLE = 6
"""Letters at most of each of two given names that may be written as one: ``Zhuang`` has six."""


def is_particle(word: str) -> bool:
    """Return whether a word, in any case, may begin a family name: ``van``, ``De``."""
    return word.lower() in _PARTICLES


def is_joiner(word: str, after: str) -> bool:
    """Return whether a word inside a name belongs to the word after it.

    Args:
        word: A word as written. A single letter with a period is an initial.
        after: The next word.
    """
    small = word.lower().lstrip("'")
    if len(small) > 1:
        return small in JOINERS
    return small in ELISIONS and bool(_ELIDED.match(f"{small}{after.lower()}"))


def join_syllables(given: Sequence[str]) -> list[str]:
    """Return folded given names with the first two as one, ``minjun``, or none if too long."""
    pair = given[:2]
    short = len(pair) > 1 and all(1 < len(word) <= _SYLLABLE for word in pair)
    return ["".join(pair), *given[2:]] if short and JOINERS.isdisjoint(pair) else []


def join_particles(text: str) -> str:
    """Join particles and the like to the word after them: ``vanderMaaten``.

    A text that is too long for a name is returned as it is.
    """
    return _JOINER.sub(_remove_spaces, text) if len(text) <= LONGEST_NAME else text


def remove_hyphens(text: str) -> str:
    """Join hyphenated words of two letters or more; ``J.-P.`` stays."""
    return _HYPHEN.sub("", text)


def join_parts(text: str) -> str:
    """Join particles to the next word and hyphenated words: ``vanderMaaten``, ``MinJun``."""
    return remove_hyphens(join_particles(text))


def _remove_spaces(found: re.Match[str]) -> str:
    return found[0].replace(" ", "")
