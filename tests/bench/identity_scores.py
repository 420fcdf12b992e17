"""Score groupings of mentions: B-cubed, and pairs within a name.

Source: Bagga and Baldwin, Entity-Based Cross-Document Coreferencing Using the Vector Space Model,
1998, for B-cubed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scores:
    """How well groups match people.

    Attributes:
        b_precision: The mean share of a mention's group that is of its person.
        b_recall: The mean share of a person's mentions that are in the mention's group.
        precision: The share of pairs in one group that are of one person.
        recall: The share of pairs of one person that are in one group.
    """

    b_precision: float
    b_recall: float
    precision: float
    recall: float

    def __str__(self) -> str:
        b_cubed = _mean(self.b_precision, self.b_recall)
        pairs = _mean(self.precision, self.recall)
        return (
            f"B-cubed F1 {b_cubed:.3f} (P {self.b_precision:.3f}, R {self.b_recall:.3f}), "
            f"pairs P {self.precision:.3f}, R {self.recall:.3f}, F1 {pairs:.3f}"
        )


def score_groups(names: Iterable[tuple[Sequence[str], Sequence[int]]]) -> Scores:
    """Score the groups of some names over their labelled mentions.

    Args:
        names: For each name, the person of each mention, empty if unknown, and its group.
    """
    precision = recall = mentions = 0.0
    right = grouped = true = 0
    for truth, groups in names:
        known = [pair for pair in zip(truth, groups, strict=True) if pair[0]]
        people = Counter(person for person, _ in known)
        sizes = Counter(group for _, group in known)
        mentions += len(known)
        for (person, group), both in Counter(known).items():
            precision += both * both / sizes[group]
            recall += both * both / people[person]
            right += _count_pairs(both)
        grouped += sum(map(_count_pairs, sizes.values()))
        true += sum(map(_count_pairs, people.values()))
    return Scores(
        precision / mentions if mentions else 1.0,
        recall / mentions if mentions else 1.0,
        right / grouped if grouped else 1.0,
        right / true if true else 1.0,
    )


def _count_pairs(number: int) -> int:
    return number * (number - 1) // 2


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
