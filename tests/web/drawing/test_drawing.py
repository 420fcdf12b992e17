"""Test drawings of slices."""

from search.graph.elements import Edge, EdgeKind, Node, NodeKind, Place, Slice
from web.drawing.drawing import PANEL_CANVAS, THICKEST, THINNEST, draw_slice

PLACES = [
    Place(NodeKind.PERSON, "ada bell"),
    Place(NodeKind.PAPER, "a"),
    Place(NodeKind.TOPIC, "cats"),
]
SHOWN = Slice(
    (
        Node(PLACES[0], "Ada Bell", 3),
        Node(PLACES[1], "Cats on mats", 40, 2015),
        Node(PLACES[2], "cats", 2),
    ),
    (
        Edge(PLACES[0], PLACES[1], EdgeKind.WROTE),
        Edge(PLACES[0], PLACES[2], EdgeKind.TOPIC, 1_000),
    ),
)


def test_nodes_are_drawn() -> None:
    """A node has its place, classes, label, link and a title in words."""
    drawing = draw_slice(SHOWN, PANEL_CANVAS, lambda node: f"/{node.place.key}")
    centre, paper, topic = drawing.nodes
    assert (centre.x, centre.y) == (360, 230)
    assert centre.classes == "node person centre leading medium"
    assert paper.classes.startswith("node paper shade-2")
    assert (paper.address, paper.lines) == ("/a", ("Cats on mats",))
    assert paper.title == "Cats on mats: paper, 2015, 40 citations"
    assert topic.title == "cats: topic, 2 papers"
    assert drawing.summary == "1 paper and 1 topic around it."
    assert drawing.points[PLACES[1]] == (paper.x, paper.y)


def test_edges_end_at_their_nodes() -> None:
    """A line begins and ends at nodes, and a strong edge is thicker, but not without bound."""
    drawing = draw_slice(SHOWN, PANEL_CANVAS, lambda _: "/")
    weak, strong = drawing.edges
    assert weak.ends == (drawing.points[PLACES[0]], drawing.points[PLACES[1]])
    assert (weak.one, weak.other) == (0, 1)
    assert (weak.width, strong.width) == (THINNEST, THICKEST)


def test_the_same_slice_has_the_same_drawing() -> None:
    """A page that is loaded again looks the same."""
    first, second = (draw_slice(SHOWN, PANEL_CANVAS, lambda _: "/") for _ in range(2))
    assert first == second
