"""Join the papers of a name into groups of one person each.

Groups are joined from the most certain pair down, while the score of two groups is above the
threshold: a part is the score of their best pair, the rest the mean over all pairs, so that one
accidental link does not join two large groups. Only pairs that share something have a score of
their own; all others have that of the name.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from math import inf

from index.people.curation import Person
from search.authors.comparisons import Comparisons
from search.authors.constraints import Constraints, list_apart
from search.authors.core_names import reduce_name
from search.authors.curated_groups import Placement
from search.authors.features import Pair
from search.authors.pair_model import PairModel, read_model
from search.authors.person_ids import pair_up_ids

SURE = 6.0
"""Score from which a pair is joined whatever the rest of its groups score, so that few groups are
left to compare. Tried without, 8, 7, 6, 5, 4 in the half to tune on of `tests.bench.identities`:
B-cubed F1 .969 down to 6, then .968; at 6 it takes half the time of none."""


class Bond:
    """What the pairs between two groups score.

    Attributes:
        best: The score of the best pair.
        total: The sum of the scores of the pairs that share something.
        pairs: The number of these pairs.
    """

    __slots__ = ("best", "pairs", "total")

    def __init__(self) -> None:
        self.best = -inf
        self.total = 0.0
        self.pairs = 0

    def add(self, best: float, total: float, pairs: int) -> None:
        """Add the pairs of another bond."""
        self.best = max(self.best, best)
        self.total += total
        self.pairs += pairs


class Grouper:
    """Groups of mentions, each named by its first one."""

    def __init__(
        self, scores: Mapping[Pair, float], constraints: Constraints, model: PairModel, base: float
    ) -> None:
        """Start with a group for each mention.

        Args:
            scores: The scores of the pairs that share something.
            constraints: What keeps groups apart; it knows the number of mentions.
            model: How scores of pairs become those of groups.
            base: The score of every other pair.
        """
        self._constraints, self._model, self._base = constraints, model, base
        self.groups: dict[int, list[int]] = {at: [at] for at in range(constraints.size)}
        self._owner = list(self.groups)
        self._scores = scores
        self._near: list[list[tuple[int, float]]] = [[] for _ in self._owner]
        for (one, other), score in scores.items():
            self._near[one].append((other, score))
            self._near[other].append((one, score))
        self._bonds: dict[int, dict[int, Bond]] = {}

    def join_certain(self, together: Iterable[Pair]) -> None:
        """Join the groups of pairs that are certainly of one person.

        Only the maintainer's word keeps them apart.
        """
        for one, other in together:
            first, second = sorted((self._owner[one], self._owner[other]))
            if first != second and not self._constraints.are_apart(first, second):
                self._join(first, second)

    def join_similar(self) -> None:
        """Join groups by their scores, the most certain first."""
        self._join_sure()
        self._bonds = self._bind_groups()
        waiting = [
            (-self.score(one, other), one, other)
            for one, bonds in self._bonds.items()
            for other in bonds
            if one < other
        ]
        heapify(waiting)
        while waiting:
            negative, one, other = heappop(waiting)
            if -negative < self._model.threshold:
                break
            if other not in self._bonds.get(one, {}) or -negative != self.score(one, other):
                continue  # joined or changed meanwhile
            if not self._constraints.allow(one, other):
                del self._bonds[one][other], self._bonds[other][one]
                continue
            self._join(one, other)
            for third in self._bonds[one]:
                score = self.score(one, third)
                if score >= self._model.threshold:
                    heappush(waiting, (-score, min(one, third), max(one, third)))

    def _join_sure(self) -> None:
        """Join pairs that are sure by themselves, so that few groups are left to compare."""
        sure = sorted((-score, pair) for pair, score in self._scores.items() if score >= SURE)
        for _, (one, other) in sure:
            first, second = sorted((self._owner[one], self._owner[other]))
            if first != second and self._constraints.allow(first, second):
                self._join(first, second)

    def _bind_groups(self) -> dict[int, dict[int, Bond]]:
        """Return what the pairs between groups score, by both groups."""
        bonds: dict[int, dict[int, Bond]] = {group: {} for group in self.groups}
        for (one, other), score in self._scores.items():
            first, second = self._owner[one], self._owner[other]
            if first == second:
                continue
            if (bond := bonds[first].get(second)) is None:
                bond = bonds[first][second] = bonds[second][first] = Bond()
            bond.add(score, score, 1)
        return bonds

    def score(self, one: int, other: int) -> float:
        """Return the score of two groups."""
        bond = self._bonds[one].get(other)
        if bond is None:
            return self._base
        pairs = len(self.groups[one]) * len(self.groups[other])
        mean = (bond.total + self._base * (pairs - bond.pairs)) / pairs
        return self._model.mix(bond.best, mean)

    def rate(self, member: int) -> float:
        """Return the score of one mention and the others of its group, of which there are some."""
        group = self._owner[member]
        known = [score for other, score in self._near[member] if self._owner[other] == group]
        others = len(self.groups[group]) - 1
        mean = (sum(known) + self._base * (others - len(known))) / others
        return self._model.mix(max(known, default=self._base), mean)

    def find_nearest(self, group: int, others: Collection[int]) -> tuple[int | None, float]:
        """Find the group that shares most with a group.

        Args:
            group: The group.
            others: The groups to choose from.

        Returns:
            The nearest group that may be the same person, and their score; None if no such group
            shares anything, with the score of the name.
        """
        near = [
            (-self.score(group, other), other)
            for other in self._bonds[group]
            if other in others and self._constraints.allow(group, other)
        ]
        negative, nearest = min(near, default=(-self._base, None))
        return nearest, -negative

    def _join(self, one: int, other: int) -> None:
        """Add the second group to the first."""
        self._constraints.join(one, other)
        members = self.groups.pop(other)
        self.groups[one] += members
        for member in members:
            self._owner[member] = one
        mine, theirs = self._bonds.get(one, {}), self._bonds.pop(other, {})
        mine.pop(other, None)
        theirs.pop(one, None)
        for third, bond in theirs.items():
            if known := mine.get(third):
                known.add(bond.best, bond.total, bond.pairs)
            else:
                mine[third] = self._bonds[third][one] = bond
            del self._bonds[third][other]


def group_mentions(
    found: Comparisons,
    ids: Sequence[Mapping[str, str]],
    placements: Sequence[Placement],
    model: PairModel | None = None,
) -> Grouper:
    """Group the mentions of a name.

    Args:
        found: What the mentions have in common.
        ids: The identifiers of each mention by scheme.
        placements: What the maintainer says about each, which comes before everything else; then
            come identifiers.
        model: The weights, if not those of `pair_model.toml`.
    """
    model = model or read_model()
    scores, base = found.score(model)
    initials = [reduce_name(mention.name).initials for mention in found.mentions]
    papers = [mention.paper.id for mention in found.mentions]
    apart = list_apart(placements)
    grouper = Grouper(scores, Constraints(ids, initials, papers, apart), model, base)
    grouper.join_certain(_pair_up_people(placements))
    grouper.join_certain(pair_up_ids(ids, apart))
    grouper.join_similar()
    for members in grouper.groups.values():
        members.sort()
    return grouper


def _pair_up_people(placements: Sequence[Placement]) -> Iterator[Pair]:
    """Yield pairs that join all mentions of each person whom the maintainer names."""
    last = dict[Person, int]()
    for at, placement in enumerate(placements):
        if person := placement.person:
            if person in last:
                yield last[person], at
            last[person] = at
