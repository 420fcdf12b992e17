"""Test nodes, edges and slices."""

from search.graph.elements import Node, NodeKind, Place, Slice


def test_a_place_is_written_as_its_kind_and_key() -> None:
    """The address of the explorer names nodes in this form."""
    assert str(Place(NodeKind.PAPER, "arxiv:1706.03762")) == "paper:arxiv:1706.03762"


def test_a_slice_lists_its_kinds_without_the_centre() -> None:
    """The centre is a node, but not around itself."""
    nodes = tuple(Node(Place(NodeKind.TOPIC, key), key) for key in ("cats", "dogs"))
    shown = Slice(nodes, ())
    assert shown.centre.label == "cats"
    assert [node.label for node in shown.list_kind(NodeKind.TOPIC)] == ["dogs"]
    assert shown.list_kind(NodeKind.PAPER) == ()
