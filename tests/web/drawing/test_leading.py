"""Test which labels a narrow drawing shows."""

from search.graph.elements import Node, NodeKind, Place, Slice
from search.graph.layout import Box, Canvas
from web.drawing.leading import Rectangle, choose_leading

CANVAS = Canvas(400, 300)
BOX = Box(60, 10, 30)


def _choose(*placed: tuple[NodeKind, int, int], frame: str = "leading") -> set[int]:
    nodes = tuple(Node(Place(kind, str(at)), "Label") for at, (kind, *_) in enumerate(placed))
    points = [(x, y) for _, x, y in placed]
    labels = [("Label",)] * len(placed)
    return choose_leading(Slice(nodes, ()), points, labels, [BOX] * len(placed), CANVAS)[frame]


def test_labels_do_not_cover_each_other_or_nodes() -> None:
    """The first of two that would overlap is shown, the centre always."""
    person, paper = NodeKind.PERSON, NodeKind.PAPER
    assert _choose((person, 200, 150), (person, 100, 60), (paper, 300, 240)) == {0, 1, 2}
    assert _choose((person, 200, 150), (person, 100, 60), (person, 110, 70)) == {0, 2}
    assert _choose((person, 200, 150), (person, 100, 60), (paper, 140, 60)) == {0, 1}


def test_labels_stay_inside() -> None:
    """One that would be cut off is left out."""
    assert _choose((NodeKind.PERSON, 200, 150), (NodeKind.PAPER, 10, 60)) == {0}
    assert _choose((NodeKind.PERSON, 200, 150), (NodeKind.PAPER, 100, 290)) == {0}


def test_a_medium_frame_shows_more() -> None:
    """Labels that a narrow frame has no room for fit where letters are smaller."""
    placed = ((NodeKind.PERSON, 200, 150), (NodeKind.PERSON, 100, 60), (NodeKind.PAPER, 160, 60))
    assert _choose(*placed) == {0, 1}
    assert _choose(*placed, frame="medium") == {0, 1, 2}


def test_every_kind_has_its_turn() -> None:
    """The first paper comes before the second person."""
    person, paper = NodeKind.PERSON, NodeKind.PAPER
    assert _choose((person, 200, 150), (person, 300, 40), (person, 100, 60), (paper, 120, 75)) == {
        0,
        1,
        3,
    }


def test_rectangles_overlap() -> None:
    """Rectangles that only touch do not overlap."""
    one = Rectangle(0, 0, 10, 10)
    assert one.overlaps(Rectangle(9, 9, 20, 20))
    assert not one.overlaps(Rectangle(10, 0, 20, 10))
