"""Test the JSON of slices."""

from search.graph.elements import Edge, EdgeKind, Node, NodeKind, Place, Slice
from web.api.graphs import GraphEdgeDocument, describe_graph

PLACES = [Place(NodeKind.PAPER, "arxiv:1"), Place(NodeKind.TOPIC, "cats")]
SHOWN = Slice(
    (Node(PLACES[0], "Cats on mats", 40, 2015), Node(PLACES[1], "cats", 2)),
    (Edge(PLACES[0], PLACES[1], EdgeKind.TOPIC),),
    opened=(PLACES[1],),
    left_out={NodeKind.TOPIC: 3, NodeKind.PERSON: 0},
    read=7,
    unread=1,
)


def test_a_slice_has_ids_and_places() -> None:
    """Edges name nodes by the ids that `open` takes."""
    found = describe_graph(SHOWN, {PLACES[0]: (10, 20), PLACES[1]: (30, 40)}, (100, 50))
    assert found.centre == "paper:arxiv:1"
    paper, topic = found.nodes
    assert (paper.id, paper.weight, paper.year, paper.x, paper.y) == (
        found.centre,
        40,
        2015,
        10,
        20,
    )
    assert (topic.opened, paper.opened) == (True, False)
    assert found.edges == (GraphEdgeDocument("paper:arxiv:1", "topic:cats", "topic", 1),)
    assert found.left_out == {"topic": 3}
    assert (found.papers, found.unread, found.width, found.height) == (7, 1, 100, 50)
