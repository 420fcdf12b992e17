"""Learn the weights by which pairs of papers of a name are scored, by logistic regression."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from search.authors.comparisons import Comparisons
from search.authors.features import NAME_FEATURE, PAIR_FEATURES
from search.authors.pair_model import PairModel
from tests.bench.identity_sets import NameSet

ONE_PERSON_WEIGHT = 0.2
"""Weight of pairs of names that one person has. Without them, names that hardly two people can have
are not told from frequent ones. Tried 0, .1, .2, .5, 1: B-cubed F1 .967, .968, .969, .968, .968,
pairwise F1 .901, .902, .907, .900, .904 by cross-validation in the half to tune on."""

BEST_SHARE, THRESHOLD = 0.4, 0.0
"""Chosen as above. Shares .3, .4, .5, .7 at threshold 0: B-cubed F1 .967, .969, .966, .967,
pairwise precision .897, .897, .871, .864; thresholds 0, .25, .5 at share .4: .969, .967, .966,
pairwise recall .918, .893, .885. Boosted trees in place of a logistic regression gave at most
.967."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A name whose mentions have been compared.

    Attributes:
        names: The name.
        found: What its mentions have in common.
        truth: The person of each mention in the order of `found`; empty if unknown.
    """

    names: NameSet
    found: Comparisons
    truth: tuple[str, ...]


def train_model(compared: Iterable[Compared]) -> PairModel:
    """Learn the weights from names.

    A pair of two profiles that share a co-author is left out: of 42 in the half to tune on, 27 have
    names so rare that it must be one person with two profiles. With them, B-cubed F1 was .953.
    """
    rows: list[list[float]] = []
    same: list[bool] = []
    weights: list[float] = []
    for one in compared:
        pairs = list(_list_pairs(one))
        weight = 1.0 if one.names.is_shared else ONE_PERSON_WEIGHT
        rows += [values for values, _ in pairs]
        same += [is_same for _, is_same in pairs]
        weights += [weight / sqrt(max(1, len(pairs)))] * len(pairs)
    scaler = StandardScaler().fit(np.array(rows))
    model = LogisticRegression(max_iter=2_000)
    scale = len(weights) / sum(weights)
    model.fit(scaler.transform(np.array(rows)), same, sample_weight=np.array(weights) * scale)
    learned = model.coef_[0] / scaler.scale_
    constant = float(model.intercept_[0] - (learned * scaler.mean_).sum())
    named = zip([*PAIR_FEATURES, NAME_FEATURE], map(float, learned), strict=True)
    return PairModel(constant, dict(named), BEST_SHARE, THRESHOLD)


def _list_pairs(one: Compared) -> Iterator[tuple[list[float], bool]]:
    """Yield the features of the labelled pairs, and whether they are of one person."""
    known = [place for place, person in enumerate(one.truth) if person]
    nothing = (0.0,) * len(PAIR_FEATURES)
    for pair in combinations(known, 2):
        comparison = one.found.pairs.get(pair)
        same = one.truth[pair[0]] == one.truth[pair[1]]
        if same or comparison is None or not comparison.coauthors:
            values = comparison.values if comparison else nothing
            yield [*values, one.found.ambiguity], same


def write_model(model: PairModel, path: Path) -> None:
    """Write the weights as TOML."""
    lines = [
        "# Written by `python -m tests.bench.identities --index INDEX --train`.",
        f"constant = {model.constant:.3f}",
        f"best_share = {model.best_share}",
        f"threshold = {model.threshold}",
        "",
        "[weights]",
        *(f"{feature} = {weight:.3f}" for feature, weight in model.weights.items()),
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
