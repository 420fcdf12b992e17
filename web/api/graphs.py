"""Describe as JSON a slice of the research graph."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from search.graph.elements import Node, Place, Slice

NodeKindName = Literal["person", "paper", "topic", "institution"]
EdgeKindName = Literal["wrote", "coauthor", "topic", "affiliation", "cites", "related"]


class GraphNodeDocument(Struct, frozen=True):
    """One node."""

    id: Annotated[str, Meta(description="Its kind and key, as the parameter `open` takes it.")]
    kind: Annotated[NodeKindName, Meta(description="What it stands for.")]
    key: Annotated[
        str,
        Meta(description="An author key, the id of a paper, or a topic or institution."),
    ]
    label: Annotated[str, Meta(description="The name or title as a paper writes it.")]
    weight: Annotated[
        int,
        Meta(description="The citations of a paper; of anything else, its papers in the slice."),
    ]
    year: Annotated[int | None, Meta(description="The year of a paper, else null.")]
    x: Annotated[int, Meta(description="Its place in the drawing, from the left.")]
    y: Annotated[int, Meta(description="Its place in the drawing, from the top.")]
    opened: Annotated[bool, Meta(description="Whether its own surroundings are included.")]


class GraphEdgeDocument(Struct, frozen=True):
    """One edge."""

    one: Annotated[str, Meta(description="The id of its first node; the citing paper.")]
    other: Annotated[str, Meta(description="The id of its second node.")]
    kind: Annotated[EdgeKindName, Meta(description="Why the two are joined.")]
    weight: Annotated[int, Meta(description="The number of papers for which they are.")]


class GraphDocument(Struct, frozen=True):
    """A slice of the research graph."""

    centre: Annotated[str, Meta(description="The id of the node that the slice is about.")]
    nodes: Annotated[
        tuple[GraphNodeDocument, ...], Meta(description="At most 60 nodes, the centre first.")
    ]
    edges: Annotated[
        tuple[GraphEdgeDocument, ...], Meta(description="The edges, the strongest first.")
    ]
    left_out: Annotated[
        dict[str, int], Meta(description="How many candidates of each kind were not chosen.")
    ]
    papers: Annotated[int, Meta(description="The papers of the centre that were read.")]
    unread: Annotated[int, Meta(description="Its further papers, which were not read.")]
    width: Annotated[int, Meta(description="The width of the drawing.")]
    height: Annotated[int, Meta(description="The height of the drawing.")]


def describe_graph(
    shown: Slice, points: Mapping[Place, tuple[int, int]], size: tuple[int, int]
) -> GraphDocument:
    """Return a slice as JSON.

    Args:
        shown: The slice.
        points: Where each of its nodes is drawn.
        size: The width and height of the drawing.
    """
    edges = (
        GraphEdgeDocument(str(one.one), str(one.other), one.kind.value, one.weight)
        for one in shown.edges
    )
    return GraphDocument(
        str(shown.centre.place),
        tuple(_describe_node(shown, node, points[node.place]) for node in shown.nodes),
        tuple(edges),
        {kind.value: count for kind, count in sorted(shown.left_out.items()) if count},
        shown.read,
        shown.unread,
        *size,
    )


def _describe_node(shown: Slice, node: Node, point: tuple[int, int]) -> GraphNodeDocument:
    return GraphNodeDocument(
        str(node.place),
        node.kind.value,
        node.place.key,
        node.label,
        node.weight,
        node.year,
        *point,
        opened=node.place in shown.opened,
    )
