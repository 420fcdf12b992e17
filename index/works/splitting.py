"""Split connected records into works.

The strongest bonds are joined first, and works that contradict each other stay apart. So a record
between two works joins only one of them. A work that only its title joins spans few years: a title
that recurs every year would otherwise chain the records of decades.
"""

from collections.abc import Iterable, Mapping

from index.works.features import Features
from index.works.same_work import YEARS_APART, Bond, contradict, find_bond
from index.works.similarity import ABSTRACT_ALIKE, measure_similarity, measure_years_apart

LARGE_WORK = 32
"""Number of records of a work that are checked for contradictions with another work."""


class _Work:
    """Some records that are one work so far.

    Attributes:
        members: Their numbers, by their rank.
        years: The years of each group of records that more than the title joins.
    """

    def __init__(self, number: int, years: set[int]) -> None:
        self.members = [number]
        self.years = {frozenset(years)}


def split_records(
    features: Mapping[int, Features], pairs: Iterable[tuple[int, int]], ranks: Mapping[int, str]
) -> list[list[int]]:
    """Split connected records into works.

    Args:
        features: The features of the records by number.
        pairs: The pairs among them that share a bond.
        ranks: Texts that order the records, independent of their numbers.

    Returns:
        The works as lists of record numbers, each ascending.
    """
    works = {number: _Work(number, record.years) for number, record in features.items()}
    ordered = sorted(
        (_rank_bond(features[one], features[other]), sorted((ranks[one], ranks[other])), one, other)
        for one, other in pairs
    )
    for (bond, unlike, _), _, one, other in ordered:
        mine, theirs = works[one], works[other]
        if mine is theirs:
            continue
        certain, title_alone = -bond == Bond.SAME_ID, -bond == Bond.SAME_TITLE and unlike
        if not certain and _are_contradictory(features, mine.members, theirs.members):
            continue
        if title_alone and _are_far_apart(mine, theirs):
            continue
        mine.members = sorted(mine.members + theirs.members, key=ranks.__getitem__)
        mine.years |= theirs.years
        if not title_alone:
            mine.years = {frozenset().union(*mine.years)}
        works.update(dict.fromkeys(theirs.members, mine))
    return [sorted(work.members) for work in dict.fromkeys(works.values())]


def _rank_bond(one: Features, other: Features) -> tuple[int, bool, int]:
    """Return a key that sorts bonds by their strength, and those of a title by the years apart."""
    bond = find_bond(one, other)
    unlike = bond is Bond.SAME_TITLE and measure_similarity(one, other) < ABSTRACT_ALIKE
    return -bond, unlike, measure_years_apart(one.years, other.years) if unlike else 0


def _are_contradictory(
    features: Mapping[int, Features], mine: list[int], theirs: list[int]
) -> bool:
    return any(
        contradict(features[one], features[other])
        for one in mine[:LARGE_WORK]
        for other in theirs[:LARGE_WORK]
    )


def _are_far_apart(mine: _Work, theirs: _Work) -> bool:
    return any(
        measure_years_apart(some, others) > YEARS_APART
        for some in mine.years
        for others in theirs.years
    )
