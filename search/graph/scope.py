"""Define what a slice may contain: its size, its kinds of nodes, its years."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.records import Paper
from search.graph.elements import NodeKind, Place
from search.request.facets import HIDDEN_STATUSES

MOST_NODES = 60
"""Nodes of a slice. Chosen: more labels do not fit beside each other on a screen."""

MOST_OPENED = 8
"""Nodes that can be opened besides the centre. Chosen: each adds up to 12 nodes."""

LONGEST_KEY = 1_000
"""Characters of a name, an id or a key that is asked for: as many as an index keeps of one."""

PANEL = {
    NodeKind.PERSON: 8,
    NodeKind.PAPER: 7,
    NodeKind.TOPIC: 4,
    NodeKind.INSTITUTION: 3,
}
"""Nodes of each kind in a panel on a page. Chosen: 22 labels and the centre fit 720 by 460 px."""

EXPLORER = {
    NodeKind.PERSON: 14,
    NodeKind.PAPER: 12,
    NodeKind.TOPIC: 6,
    NodeKind.INSTITUTION: 5,
}
"""Nodes of each kind in the explorer before anything is opened; room is left for what is."""

OPENED = {
    NodeKind.PERSON: 5,
    NodeKind.PAPER: 4,
    NodeKind.TOPIC: 2,
    NodeKind.INSTITUTION: 1,
}
"""Nodes of each kind that an opened node adds."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a slice may contain.

    Attributes:
        sizes: The most nodes of each kind around the centre.
        opened: Nodes whose own surroundings are added, at most `MOST_OPENED`.
        hide: The kinds that are left out.
        first: The first year of papers, or None.
        last: The last year of papers, or None.
        hidden: Whether withdrawn, rejected and retracted papers are included.
    """

    sizes: Mapping[NodeKind, int] = field(default_factory=lambda: PANEL)
    opened: tuple[Place, ...] = ()
    hide: frozenset[NodeKind] = frozenset()
    first: int | None = None
    last: int | None = None
    hidden: bool = False

    @property
    def dated(self) -> bool:
        """Return whether only papers of some years are included."""
        return (self.first, self.last) != (None, None)

    def includes(self, paper: Paper) -> bool:
        """Return whether a paper has a status and a year that are included."""
        if paper.status in HIDDEN_STATUSES and not self.hidden:
            return False
        year = paper.shown.year
        if not self.dated:
            return True
        if year is None:
            return False
        return (self.first or year) <= year <= (self.last or year)

    def find_sizes(self, sizes: Mapping[NodeKind, int]) -> dict[NodeKind, int]:
        """Return the sizes of the kinds that are not hidden."""
        return {kind: size for kind, size in sizes.items() if kind not in self.hide}
