"""Compute the parts of the BM25 score.

The constants and the rounding of lengths are Tantivy's, so that all engines rank alike.

Source: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009.
"""

from collections.abc import Iterable
from math import log

K1 = 1.2
"""How soon further occurrences of a token stop adding to the score."""

B = 0.75
"""How much the length of a text matters, from 0 to 1."""

_EXACT = 40
_SHIFT = 24
_BITS = 4


def compute_idf(frequency: int, total: int) -> float:
    """Compute the inverse document frequency of a token.

    Args:
        frequency: The number of papers with the token.
        total: The number of all papers.
    """
    return log(1 + (total - frequency + 0.5) / (frequency + 0.5))


def round_length(length: int) -> int:
    """Round a length in tokens as Tantivy stores it.

    Lengths below 40 are exact; of longer ones, the excess over 24 keeps its four leading binary
    digits.
    """
    if length < _EXACT:
        return length
    over = length - _SHIFT
    dropped = over.bit_length() - _BITS
    return _SHIFT + (over >> dropped << dropped)


def compute_norms(lengths: Iterable[int]) -> list[float]:
    """Compute the norm of each text: the frequency at which a token reaches half its weight.

    Args:
        lengths: The lengths of all texts, in tokens; not empty.
    """
    all_lengths = list(lengths)
    mean = sum(all_lengths) / len(all_lengths) or 1.0
    by_length = {
        length: K1 * (1 - B + B * round_length(length) / mean) for length in set(all_lengths)
    }
    return [by_length[length] for length in all_lengths]
