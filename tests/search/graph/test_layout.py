"""Test the places of nodes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from search.graph.elements import Edge, EdgeKind, Node, NodeKind, Place, Slice
from search.graph.layout import Box, Canvas, place_nodes

CANVAS = Canvas(720, 460)
BOX = Box(90, 10, 40)


def _make_star(size: int, pairs: list[tuple[int, int]] | None = None) -> Slice:
    places = [Place(NodeKind.TOPIC, str(number)) for number in range(size)]
    joined = {*((0, number) for number in range(1, size)), *(pairs or ())}
    edges = [
        Edge(places[one], places[other], EdgeKind.RELATED)
        for one, other in sorted(joined)
        if one < other < size
    ]
    return Slice(tuple(Node(place, place.key) for place in places), tuple(edges))


def _count_overlaps(points: tuple[tuple[int, int], ...]) -> int:
    height = BOX.above + BOX.below
    return sum(
        abs(x - a) < BOX.width - 1 and abs(y - b) < height - 1
        for number, (x, y) in enumerate(points)
        for a, b in points[:number]
    )


def test_the_same_slice_has_the_same_places() -> None:
    """Nothing of a layout is random."""
    shown = _make_star(23, [(1, 2), (2, 3), (7, 9)])
    first = place_nodes(shown, [BOX] * 23, CANVAS)
    assert place_nodes(shown, [BOX] * 23, CANVAS) == first
    assert len(set(first)) == 23


def test_labels_do_not_overlap() -> None:
    """As many nodes as a panel has find room for their labels."""
    points = place_nodes(_make_star(23, [(1, 2), (2, 3), (7, 9)]), [BOX] * 23, CANVAS)
    assert _count_overlaps(points) == 0


@settings(max_examples=30)
@given(
    st.integers(1, 60),
    st.lists(st.tuples(st.integers(1, 59), st.integers(1, 59)), max_size=80),
)
def test_nodes_stay_inside(size: int, pairs: list[tuple[int, int]]) -> None:
    """Every node is in the rectangle with its label, and the centre is in the middle."""
    points = place_nodes(_make_star(size, pairs), [BOX] * size, CANVAS)
    assert points[0] == (CANVAS.width // 2, CANVAS.height // 2)
    for x, y in points:
        assert BOX.width / 2 - 1 <= x <= CANVAS.width - BOX.width / 2 + 1
        assert BOX.above - 1 <= y <= CANVAS.height - BOX.below + 1


def test_unconnected_nodes_are_placed() -> None:
    """Nodes without any edge do not fly off or meet."""
    nodes = tuple(Node(Place(NodeKind.TOPIC, str(one)), "") for one in range(5))
    points = place_nodes(Slice(nodes, ()), [BOX] * 5, CANVAS)
    assert _count_overlaps(points) == 0
