"""Find the edges between chosen nodes, and keep those that a drawing can show."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from index.records import Author, Paper
from search.answers.searcher import Searcher
from search.graph.candidates import Candidates
from search.graph.elements import Edge, EdgeKind, NodeKind, Place

CROSSING = 2
"""Edges of a node to others than the centre that are kept, the strongest. Chosen."""

_KINDS = {
    (NodeKind.PERSON, NodeKind.PERSON): EdgeKind.COAUTHOR,
    (NodeKind.PERSON, NodeKind.PAPER): EdgeKind.WROTE,
    (NodeKind.PERSON, NodeKind.INSTITUTION): EdgeKind.AFFILIATION,
    (NodeKind.PERSON, NodeKind.TOPIC): EdgeKind.TOPIC,
    (NodeKind.PAPER, NodeKind.INSTITUTION): EdgeKind.AFFILIATION,
    (NodeKind.PAPER, NodeKind.TOPIC): EdgeKind.TOPIC,
    (NodeKind.INSTITUTION, NodeKind.INSTITUTION): EdgeKind.RELATED,
    (NodeKind.INSTITUTION, NodeKind.TOPIC): EdgeKind.TOPIC,
    (NodeKind.TOPIC, NodeKind.TOPIC): EdgeKind.RELATED,
}
"""The edge between two kinds of nodes that one paper joins. Papers are joined by citations and by
likeness alone."""

_ORDER = (NodeKind.PERSON, NodeKind.PAPER, NodeKind.INSTITUTION, NodeKind.TOPIC)

_Numbers = Mapping[NodeKind, Mapping[str, int]]


def find_edges(candidates: Candidates, chosen: Collection[Place]) -> list[Edge]:
    """Find the edges between chosen nodes that the papers around a node tell.

    Args:
        candidates: The node in the middle, and what its papers mention.
        chosen: The nodes of the slice.
    """
    # Numbers in order of kind and key are faster to count than nodes, and sort the ends of edges.
    places = sorted(chosen, key=lambda place: (_ORDER.index(place.kind), place.key))
    numbers: dict[NodeKind, dict[str, int]] = {kind: {} for kind in NodeKind}
    for number, place in enumerate(places):
        numbers[place.kind][place.key] = number
    centre = numbers[candidates.centre.kind][candidates.centre.key]
    weights: Counter[tuple[int, int]] = Counter()
    for paper, authors in zip(candidates.around.papers, candidates.authors, strict=True):
        weights.update(_join_paper(paper, authors, numbers, centre))
    ends = ((places[one], places[other], weight) for (one, other), weight in weights.items())
    edges = [Edge(one, other, _KINDS[one.kind, other.kind], weight) for one, other, weight in ends]
    told = (edge for edge in candidates.around.edges if {edge.one, edge.other} <= set(chosen))
    return [*edges, *told]


def find_citations(
    searcher: Searcher, papers: Iterable[Paper], chosen: Collection[Place]
) -> list[Edge]:
    """Find which of the chosen papers cite which, where the index knows references."""
    edges = []
    for paper in papers:
        one = Place(NodeKind.PAPER, paper.id)
        cited = (Place(NodeKind.PAPER, key) for key in searcher.read_references(paper).references)
        edges += [Edge(one, other, EdgeKind.CITES) for other in cited if other in chosen]
    return edges


def _join_paper(
    paper: Paper, authors: Iterable[tuple[str, Author]], numbers: _Numbers, centre: int
) -> set[tuple[int, int]]:
    """Return the pairs of chosen nodes that one paper joins, by their numbers."""
    known, places = numbers[NodeKind.PERSON], numbers[NodeKind.INSTITUTION]
    itself = numbers[NodeKind.PAPER].get(paper.id)
    topics = _look_up(paper.topics, numbers[NodeKind.TOPIC])
    people = [known[key] for key, _ in authors if key in known]
    pairs = list(combinations(people, 2))
    institutions: list[int] = []
    for key, author in authors:
        named = _look_up(author.affiliations, places)
        institutions += named
        if key in known:
            pairs += [(known[key], place) for place in named]
    if itself is not None:
        pairs += [(itself, other) for other in (*people, *topics)]
    if centre in {itself, *people, *topics, *institutions}:
        own = () if itself is None else (itself,)
        pairs += [(centre, other) for other in (*own, *people, *topics, *institutions)]
    return {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}


def _look_up(keys: Iterable[str], numbers: Mapping[str, int]) -> list[int]:
    return [numbers[key] for key in keys if key in numbers]


def find_connected(edges: Iterable[Edge], centres: Iterable[Place]) -> set[Place]:
    """Return the nodes that edges connect with the centre or an opened node, these included."""
    beside: dict[Place, list[Place]] = {}
    for edge in edges:
        beside.setdefault(edge.one, []).append(edge.other)
        beside.setdefault(edge.other, []).append(edge.one)
    found, waiting = set(centres), list(centres)
    while waiting:
        fresh = set(beside.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return found


def keep_strongest(edges: Iterable[Edge], centres: Collection[Place]) -> tuple[Edge, ...]:
    """Keep the edges of the centres, and the strongest ones between other nodes.

    What is connected stays connected.

    Args:
        edges: All edges; of two that join the same nodes for the same reason, the stronger counts.
        centres: The centre and the nodes that were opened.
    """
    found: dict[tuple[Place, Place, EdgeKind], Edge] = {}
    for edge in edges:
        pair = (edge.one, edge.other, edge.kind)
        found[pair] = max(edge, found.get(pair, edge), key=lambda one: one.weight)
    ranked = sorted(found.values(), key=_rank_edge)
    kept = {edge for edge in ranked if edge.one in centres or edge.other in centres}
    groups = _Groups()
    for edge in ranked:
        if edge in kept:
            groups.join(edge.one, edge.other)
    crossing: Counter[Place] = Counter()
    for edge in ranked:
        if edge in kept:
            continue
        few = min(crossing[edge.one], crossing[edge.other]) < CROSSING
        if groups.join(edge.one, edge.other) or few:
            crossing.update((edge.one, edge.other))
            kept.add(edge)
    return tuple(edge for edge in ranked if edge in kept)


class _Groups:
    """Groups of connected nodes, which grow as edges join them."""

    def __init__(self) -> None:
        self._leaders: dict[Place, Place] = {}

    def join(self, one: Place, other: Place) -> bool:
        """Join the groups of two nodes; return whether they were apart."""
        first, second = self._find(one), self._find(other)
        self._leaders[first] = second
        return first != second

    def _find(self, place: Place) -> Place:
        while (leader := self._leaders.get(place, place)) != place:
            place = leader
        return place


def _rank_edge(edge: Edge) -> tuple[int, Place, Place, EdgeKind]:
    return -edge.weight, edge.one, edge.other, edge.kind
