"""Test which edges are kept."""

from search.graph.connections import CROSSING, find_connected, keep_strongest
from search.graph.elements import Edge, EdgeKind, NodeKind, Place

NODES = [Place(NodeKind.TOPIC, str(number)) for number in range(8)]


def _join(one: int, other: int, weight: int = 1) -> Edge:
    return Edge(NODES[one], NODES[other], EdgeKind.RELATED, weight)


def test_edges_of_the_centre_are_kept() -> None:
    """However weak they are."""
    star = [_join(0, other) for other in range(1, 8)]
    assert set(keep_strongest(star, {NODES[0]})) == set(star)


def test_weak_edges_between_others_go() -> None:
    """A node that has its strongest edges keeps another only for the sake of its other end."""
    every = [_join(one, other, one + other) for one in range(1, 8) for other in range(one + 1, 8)]
    kept = keep_strongest(every, {NODES[0]})
    assert len(every) > len(kept) >= 7 * CROSSING / 2
    assert kept[0] == _join(6, 7, 13)


def test_an_edge_counts_once() -> None:
    """Of the same edge around two opened nodes the stronger count is kept."""
    assert keep_strongest([_join(1, 2, 3), _join(1, 2, 5)], {NODES[1]}) == (_join(1, 2, 5),)


def test_what_is_connected_stays_connected() -> None:
    """A group of people who know each other well keeps its weak edge to the centre's paper."""
    strong = [_join(4, 5, 9), _join(4, 6, 9), _join(5, 6, 9), _join(5, 7, 9), _join(6, 7, 9)]
    weak = [_join(3, 4), _join(3, 5)]
    kept = keep_strongest([_join(0, 3), *strong, *weak], {NODES[0]})
    assert weak[0] in kept
    assert find_connected(kept, [NODES[0]]) == {NODES[at] for at in (0, 3, 4, 5, 6, 7)}
    assert find_connected(strong, [NODES[0]]) == {NODES[0]}
