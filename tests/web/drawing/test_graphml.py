"""Test that GraphML says what a slice says."""

from io import BytesIO

import networkx as nx

from search.graph.elements import Edge, EdgeKind, Node, NodeKind, Place, Slice
from web.drawing.graphml import write_graphml

PLACES = [Place(NodeKind.PAPER, "a"), Place(NodeKind.PAPER, "b"), Place(NodeKind.TOPIC, "é & <x>")]
SHOWN = Slice(
    (
        Node(PLACES[0], 'Cats </node> "on" mats\x00', 40, 2015),
        Node(PLACES[1], "Dogs"),
        Node(PLACES[2], "é & <x>", 2),
    ),
    (
        Edge(PLACES[0], PLACES[1], EdgeKind.CITES),
        Edge(PLACES[0], PLACES[1], EdgeKind.RELATED),
        Edge(PLACES[0], PLACES[2], EdgeKind.TOPIC, 3),
    ),
)
POINTS = {PLACES[0]: (1, 2), PLACES[1]: (3, 4), PLACES[2]: (5, 6)}


def test_a_file_reads_back() -> None:
    """Another reader finds the same nodes and edges, whatever labels hold."""
    graph = nx.read_graphml(BytesIO(write_graphml(SHOWN, POINTS).encode()))
    assert list(graph.nodes) == ["paper:a", "paper:b", "topic:é & <x>"]
    assert graph.nodes["paper:a"] == {
        "label": 'Cats </node> "on" mats\N{REPLACEMENT CHARACTER}',
        "kind": "paper",
        "key": "a",
        "weight": 40,
        "year": 2015,
        "x": 1,
        "y": 2,
    }
    assert "year" not in graph.nodes["paper:b"]
    edges = [
        (one, other, told["kind"], told["weight"]) for one, other, told in graph.edges(data=True)
    ]
    assert sorted(edges) == [
        ("paper:a", "paper:b", "cites", 1),
        ("paper:a", "paper:b", "related", 1),
        ("paper:a", "topic:é & <x>", "topic", 3),
    ]
