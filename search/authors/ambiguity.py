"""Estimate how many people may have one name."""

from math import log

from index.names.parser import parse_name
from index.text.analyser import tokenise_name
from search.authors.rarity import Rarity

LETTERS = 26
"""A given name of which only an initial is known counts as one in this many papers."""

LEAST = -2.0
"""The value of a name that hardly two people can have. Lower ones would join papers that share
nothing but a rare name. Tried -2, -3, -4, -6 and none in the half to tune on of
`tests.bench.identities`: B-cubed F1 .969, .968, .968, .968, .969, pairwise precision .897, .886,
.886, .878, .880 at a recall of .918 to .925."""


def measure_ambiguity(name: str, papers: int, rarity: Rarity) -> float:
    """Return how many people may have a name, as the logarithm of the papers to expect of it.

    These are the papers that would name it if the given and the family names of all other papers
    were combined at random: e^4 for Wei Wang at 95,099 papers.

    Args:
        name: The name.
        papers: The number of its papers, which tell nothing about other people.
        rarity: Counts the papers of the index.
    """
    parsed = parse_name(name)
    given = [word for word in tokenise_name(parsed.given) if len(word) > 1]
    first = rarity.count_rarest("author", given) if given else rarity.papers // LETTERS
    last = rarity.count_rarest("author", tokenise_name(parsed.family))
    expected = (max(0, first - papers) + 1) * (max(0, last - papers) + 1) / rarity.papers
    return max(LEAST, log(expected))
