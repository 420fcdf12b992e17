"""Mix how well hits match the words of a query with how close they are to its meaning."""

from collections.abc import Sequence
from itertools import accumulate
from math import sqrt

RERANKED = 100
"""The first hits that are ranked by meaning too. All others stay where they are."""

WEIGHT = 0.5
"""Share of the meaning in the rank of a hit; the rest is that of the words. Both are measured in
standard deviations over the first hits. Tried 0, .4, .5, .55, .6 and .7: nDCG@10 .393, .415, .417,
.417, .413, .408 on Cranfield, .534, .571, .572, .556, .547, .526 on CACM. Instead of standard
deviations, the range from the least to the largest value, .5: .416 and .569; reciprocal ranks: .400
and .563."""

LONG_WEIGHT = 0.65
"""The same in a text of `LONG` words, whose single words tell less about its subject. Tried .5, .6,
.65, .7 and .8 with the abstracts of relevant papers as questions: nDCG@10 .302, .306, .307, .305,
.303 on Cranfield and .257, .268, .268, .275, .288 on CACM; words alone have .282 and .231."""

SHORT, LONG = 40, 80
"""Words of a text from which the weight grows, and up to which it does. Tried 40 to 80, 50 to 100
and 60 to 100: nDCG@10 .562, .564 and .569 on CACM, .307, .305 and .305 with abstracts of Cranfield;
with `LONG_WEIGHT` for all texts of 30 words or more .550 on CACM."""

TIER = 1_000.0
"""A score of this size has a boost that ranks a paper above all others, because it has all the
words or is the paper with this title. Such papers keep their places."""

Hit = tuple[float, float | None]
"""The score of a hit, and how close it is to the query; None if its meaning is not known."""


def choose_weight(text: str) -> float:
    """Return the share of the meaning for a text, see `WEIGHT` and `LONG_WEIGHT`."""
    grown = (len(text.split()) - SHORT) / (LONG - SHORT)
    return WEIGHT + (LONG_WEIGHT - WEIGHT) * min(1.0, max(0.0, grown))


def rank_hits(hits: Sequence[Hit], weight: float) -> list[tuple[int, float]]:
    """Rank the first hits of a search by words and meaning.

    Args:
        hits: The first hits in the order of their scores.
        weight: The share of the meaning, see `choose_weight`.

    Returns:
        For each rank, the place of the hit in `hits` and its new score. The new scores are in
        descending order and none is lower than before, so that they stay above those of later
        hits. Hits of a higher tier and those of unknown meaning keep their ranks.
    """
    movable = [place for place, hit in enumerate(hits) if _is_movable(hit)]
    added = weigh_meaning([hits[place] for place in movable], weight)
    scores = [score for score, _ in hits]
    for place, more in zip(movable, added, strict=True):
        scores[place] += more
    best = iter(sorted(movable, key=lambda place: -scores[place]))
    ranks = [next(best) if _is_movable(hit) else place for place, hit in enumerate(hits)]
    # A hit that keeps its rank may have a higher score than one that moved above it.
    levelled = accumulate((scores[place] for place in reversed(ranks)), max)
    return list(zip(ranks, reversed(list(levelled)), strict=True))


def weigh_meaning(hits: Sequence[Hit], weight: float) -> list[float]:
    """Return what the meaning adds to the score of each hit: nothing to the farthest one.

    Args:
        hits: Hits of known meaning.
        weight: The share of the meaning, see `choose_weight`.
    """
    close = [one or 0.0 for _, one in hits]
    spread = _measure_spread(close)
    if not spread:  # no hits, or all are equally close
        return [0.0] * len(hits)
    # Hits that match the words equally well are ranked by meaning alone.
    words = _measure_spread([score for score, _ in hits]) or 1.0
    scale = weight / (1 - weight) * words / spread
    least = min(close)
    return [scale * (one - least) for one in close]


def _is_movable(hit: Hit) -> bool:
    score, close = hit
    return close is not None and score < TIER


def _measure_spread(values: Sequence[float]) -> float:
    """Return the standard deviation of some values, 0 of none."""
    if not values:
        return 0.0
    mean = sum(values) / len(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / len(values))
