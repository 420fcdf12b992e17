"""Score pairs of papers of a name by the weights of a logistic regression.

The weights are in `pair_model.toml`, learned by `tests.bench.identities`. A score is the logarithm
of the odds that one person wrote both papers.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp
from operator import mul
from pathlib import Path

import msgspec

from search.authors.features import NAME_FEATURE, PAIR_FEATURES


class PairModel(msgspec.Struct, frozen=True):
    """The weights of the features, and how scores of pairs become those of groups.

    Attributes:
        constant: The score of a pair of which nothing is known.
        weights: The weight of each feature.
        best_share: The share of the best pair in the score of two groups; the rest is the mean.
        threshold: The score from which two groups are joined.
    """

    constant: float
    weights: Mapping[str, float]
    best_share: float
    threshold: float

    def score_name(self, ambiguity: float) -> float:
        """Return the score of two papers of a name that share nothing."""
        return self.constant + self.weights[NAME_FEATURE] * ambiguity

    def score_pairs(self, pairs: Iterable[Sequence[float]], ambiguity: float) -> list[float]:
        """Return the score of each pair of a name.

        Args:
            pairs: The values of `PAIR_FEATURES` of each pair.
            ambiguity: The value of `NAME_FEATURE`.
        """
        base = self.score_name(ambiguity)
        weights = [self.weights[feature] for feature in PAIR_FEATURES]
        return [base + sum(map(mul, weights, values)) for values in pairs]

    def mix(self, best: float, mean: float) -> float:
        """Return the score of two groups.

        Args:
            best: The score of their best pair.
            mean: The mean score of all their pairs.
        """
        return self.best_share * best + (1 - self.best_share) * mean


def compute_probability(score: float) -> float:
    """Return the probability that a score stands for."""
    return 1 / (1 + exp(-score))


@cache
def read_model() -> PairModel:
    """Read the weights, once."""
    text = Path(__file__).with_name("pair_model.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), PairModel)
