"""Compare the mentions of a name with each other in one index."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.authors.ambiguity import measure_ambiguity
from search.authors.circles import count_circles
from search.authors.features import Comparison, Pair, Traits, compare, find_pairs, read_traits
from search.authors.mentions import Mention
from search.authors.pair_model import PairModel
from search.authors.rarity import Rarity
from search.engines.engine import Engine


@dataclass(frozen=True, slots=True)
class Comparisons:
    """The mentions of a name, and what they have in common.

    Attributes:
        mentions: The mentions from old to new; their places are the numbers in pairs.
        traits: What each mention says of its author.
        pairs: What the pairs that share something have in common.
        ambiguity: How many people may have the name, see `search.authors.ambiguity`.
    """

    mentions: tuple[Mention, ...]
    traits: tuple[Traits, ...]
    pairs: Mapping[Pair, Comparison]
    ambiguity: float

    def score(self, model: PairModel) -> tuple[dict[Pair, float], float]:
        """Return the scores of the pairs that share something, and that of every other pair."""
        values = (one.values for one in self.pairs.values())
        scores = model.score_pairs(values, self.ambiguity)
        return dict(zip(self.pairs, scores, strict=True)), model.score_name(self.ambiguity)


def compare_mentions(
    engine: Engine, papers: int, name: str, mentions: Iterable[Mention]
) -> Comparisons:
    """Compare the mentions of a name with each other.

    Args:
        engine: The index.
        papers: The number of papers in it.
        name: The name.
        mentions: The mentions, in any order.
    """
    rarity = Rarity(engine, papers)
    ordered = tuple(sorted(mentions, key=_rank))
    traits = tuple(map(read_traits, ordered))
    keys = {mention.key for mention in ordered}
    circles = count_circles(engine, [one.coauthors for one in traits], keys)
    pairs = {
        (one, other): compare(traits[one], traits[other], circles[one, other], rarity)
        for one, other in find_pairs(traits, circles)
    }
    named = len({mention.paper.id for mention in ordered})
    return Comparisons(ordered, traits, pairs, measure_ambiguity(name, named, rarity))


def _rank(mention: Mention) -> tuple[int, str, int]:
    return mention.paper.shown.year or 0, mention.paper.id, mention.position
