"""Define what a slice of the research graph is made of: nodes, edges and the slice itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class NodeKind(StrEnum):
    """What a node stands for."""

    PERSON = "person"
    PAPER = "paper"
    TOPIC = "topic"
    INSTITUTION = "institution"


class EdgeKind(StrEnum):
    """Why two nodes are joined.

    Attributes:
        WROTE: The person is an author of the paper.
        COAUTHOR: Both people are authors of the same papers.
        TOPIC: Papers of the person or institution, or the paper itself, have the topic.
        AFFILIATION: Authors name the institution.
        CITES: The first paper cites the second.
        RELATED: The two papers share their most telling words, or two topics the same papers.
    """

    WROTE = "wrote"
    COAUTHOR = "coauthor"
    TOPIC = "topic"
    AFFILIATION = "affiliation"
    CITES = "cites"
    RELATED = "related"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """What identifies a node: its kind, and a key within that kind.

    Attributes:
        kind: The kind.
        key: An author key, the id of a paper, or a topic or an institution as the index writes it.
    """

    kind: NodeKind
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Node:
    """One node.

    Attributes:
        place: What identifies it.
        label: The name or title as a paper writes it.
        weight: The citations of a paper; of anything else, its papers among those that were read.
        year: The year of a paper; None if unknown, and of anything else.
    """

    place: Place
    label: str
    weight: int = 0
    year: int | None = None

    @property
    def kind(self) -> NodeKind:
        """Return the kind."""
        return self.place.kind


@dataclass(frozen=True, slots=True)
class Edge:
    """A connection between two nodes.

    Attributes:
        one: Its first node; the citing paper, if one paper cites the other.
        other: Its second node.
        kind: Why they are joined.
        weight: The number of papers for which they are, at least 1.
    """

    one: Place
    other: Place
    kind: EdgeKind
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the research graph around one node.

    Attributes:
        nodes: The centre first, then those around it by kind and rank, then those around each
            opened node.
        edges: The edges between them, the strongest first.
        opened: The nodes whose own surroundings are included, without the centre.
        left_out: How many candidates of each kind were not chosen; kinds without any are absent.
        read: The papers that the slice was made from.
        unread: Further papers of the centre, beyond the limit of what is read.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    opened: tuple[Place, ...] = ()
    left_out: Mapping[NodeKind, int] = field(default_factory=dict)
    read: int = 0
    unread: int = 0

    @property
    def centre(self) -> Node:
        """Return the node that the slice is about."""
        return self.nodes[0]

    def list_kind(self, kind: NodeKind) -> tuple[Node, ...]:
        """Return the nodes of a kind besides the centre, in their order."""
        return tuple(node for node in self.nodes[1:] if node.kind is kind)
