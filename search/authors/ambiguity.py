"""Estimate how many people may have one name."""

from math import log

from index.names.parser import parse_name
from index.text.analyser import tokenise_name
from search.authors.rarity import Rarity

_LETTERS = 26
"""Names of which only an initial is known count as one in this many papers."""


def measure_ambiguity(name: str, rarity: Rarity) -> float:
    """Return how many people may have a name, as the logarithm of the papers to expect of it.

    These are the papers that would name it if given and family names were combined at random: 4.2
    for Wei Wang at 95,099 papers, -5 for a rare name.
    """
    parsed = parse_name(name)
    given = [word for word in tokenise_name(parsed.given) if len(word) > 1]
    first = rarity.count_rarest("author", given) if given else rarity.papers // _LETTERS
    last = rarity.count_rarest("author", tokenise_name(parsed.family))
    return log((first + 1) * (last + 1) / rarity.papers)
