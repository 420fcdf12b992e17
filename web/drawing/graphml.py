"""Write a slice of the research graph as GraphML, which Gephi, Cytoscape and yEd read."""

from collections.abc import Mapping

from search.graph.elements import Place, Slice
from web.unprintable import replace_unprintable


def write_graphml(shown: Slice, points: Mapping[Place, tuple[int, int]]) -> str:
    """Return a slice as GraphML.

    Args:
        shown: The slice.
        points: Where each of its nodes is drawn.

    Returns:
        XML in which a node has a label, kind, key, weight, x and y, and a paper its year; an edge
        has a kind and a weight. A citation leads from the citing paper to the cited one.
    """
    import networkx as nx

    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for node in shown.nodes:
        x, y = points[node.place]
        told: dict[str, str | int] = {
            "label": replace_unprintable(node.label),
            "kind": node.kind.value,
            "key": replace_unprintable(node.place.key),
            "weight": node.weight,
            "x": x,
            "y": y,
        }
        graph.add_node(_write_id(node.place), **told, **({"year": node.year} if node.year else {}))
    for edge in shown.edges:
        ends = (_write_id(edge.one), _write_id(edge.other))
        graph.add_edge(*ends, kind=edge.kind.value, weight=edge.weight)
    return "\n".join(nx.generate_graphml(graph, encoding="utf-8")) + "\n"


def _write_id(place: Place) -> str:
    return replace_unprintable(str(place))
