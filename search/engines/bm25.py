"""Answers: how much does a token count in a text?

Source: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009; constants and the
rounding of lengths are those of Tantivy, so that engines rank alike.
"""

from collections.abc import Iterable
from math import log

K1 = 1.2
"""How soon repeating a token counts no more."""

B = 0.75
"""How much the length of a text counts."""

_EXACT = 40
_SHIFT = 24
_BITS = 4


def rarity(having: int, total: int) -> float:
    """Give the weight of a token that so many of all papers have."""
    return log(1 + (total - having + 0.5) / (having + 0.5))


def rounded(length: int) -> int:
    """Round a length in tokens: exact below 40, from there on to four binary digits above 24."""
    if length < _EXACT:
        return length
    over = length - _SHIFT
    dropped = over.bit_length() - _BITS
    return _SHIFT + (over >> dropped << dropped)


def norms(lengths: Iterable[int]) -> list[float]:
    """Give for each text the repetitions at which a token counts half of what it can.

    Args:
        lengths: Of all texts, in tokens; not empty.
    """
    kept = list(lengths)
    mean = sum(kept) / len(kept) or 1.0
    by_length = {length: K1 * (1 - B + B * rounded(length) / mean) for length in set(kept)}
    return [by_length[length] for length in kept]
