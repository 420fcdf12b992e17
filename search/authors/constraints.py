"""Keep apart what cannot be one person, whatever else the papers share."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product

from search.authors.curated_groups import Placement
from search.authors.features import Pair

Initials = tuple[str, ...]


def list_apart(placements: Sequence[Placement]) -> set[Pair]:
    """Return the pairs of mentions of which the maintainer says that they are different people."""
    told = [at for at, one in enumerate(placements) if one.person or one.others]
    return {
        (one, other)
        for one, other in combinations(told, 2)
        if not placements[one].may_join(placements[other])
    }


class Constraints:
    """What is known of each group that keeps it apart from others; groups are joined in place.

    Two groups stay apart if they have different identifiers of one scheme, given names that do not
    go together (Michael I. and Michael A. Jordan), a paper in common, or the maintainer's word.
    """

    def __init__(
        self,
        ids: Iterable[Mapping[str, str]],
        initials: Iterable[Initials],
        papers: Iterable[str],
        apart: Iterable[Pair] = (),
    ) -> None:
        """Start with a group for each mention.

        Args:
            ids: The identifiers of each mention by scheme.
            initials: The initials of each mention's given names.
            papers: The paper of each mention.
            apart: Pairs of mentions that are of different people.
        """
        self._ids = [{scheme: {value} for scheme, value in one.items()} for one in ids]
        self._initials = [{one} for one in initials]
        self._papers = [{one} for one in papers]
        self._apart: list[set[int]] = [set() for _ in self._papers]
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    @property
    def size(self) -> int:
        """Return the number of mentions."""
        return len(self._papers)

    def are_apart(self, one: int, other: int) -> bool:
        """Return whether the maintainer says that two groups are different people."""
        return other in self._apart[one]

    def allow(self, one: int, other: int) -> bool:
        """Return whether two groups may be one person."""
        if self.are_apart(one, other) or not self._papers[one].isdisjoint(self._papers[other]):
            return False
        ids, others = self._ids[one], self._ids[other]
        if any(ids[scheme].isdisjoint(others[scheme]) for scheme in ids.keys() & others.keys()):
            return False
        names = product(self._initials[one], self._initials[other])
        return all(_go_together(mine, theirs) for mine, theirs in names)

    def join(self, one: int, other: int) -> None:
        """Add what is known of another group to a group."""
        for scheme, values in self._ids[other].items():
            self._ids[one].setdefault(scheme, set()).update(values)
        self._initials[one] |= self._initials[other]
        self._papers[one] |= self._papers[other]
        for group in self._apart[other]:
            self._apart[group].discard(other)
            self._apart[group].add(one)
        self._apart[one] |= self._apart[other]


def _go_together(mine: Initials, theirs: Initials) -> bool:
    return all(here == there for here, there in zip(mine, theirs, strict=False))
