"""Describe a slice of the research graph for assistants, as lists."""

from collections.abc import Mapping
from typing import Any

from search.answers.searcher import Searcher
from search.errors import ParameterInvalid
from search.graph.centres import slice_around
from search.graph.elements import Edge, Node, NodeKind, Place, Slice
from search.graph.scope import Scope
from web.wording import shorten_text

LONGEST_LABEL = 120
"""Characters of a name or a title; chosen."""

MOST_LINKS = 60
"""Connections of an answer besides those of the centre, the strongest first; chosen: about 1,000
tokens."""


def describe_surroundings(
    searcher: Searcher, named: Mapping[NodeKind, str], identity: str
) -> dict[str, Any]:
    """Return what surrounds a person, a paper, a topic or an institution.

    Args:
        searcher: The index.
        named: What may be in the centre; one of them is named.
        identity: The key of one person of a name; empty for all of them.

    Raises:
        ParameterInvalid: None is named, or several are.
        QueryError: The index does not have it.
    """
    chosen = [(kind, value) for kind, value in named.items() if value.strip()]
    if len(chosen) != 1:
        count = "nothing" if not chosen else f"{len(chosen)} of them"
        raise ParameterInvalid("centre", count, "one of author, paper, topic and institution")
    return _describe_slice(slice_around(searcher, *chosen[0], Scope(), identity))


def _describe_slice(found: Slice) -> dict[str, Any]:
    names = {node.place: _name_node(node) for node in found.nodes}
    centre = found.centre.place
    others = [edge for edge in found.edges if centre not in {edge.one, edge.other}]
    return {
        "centre": {"kind": found.centre.kind.value, **_describe_node(found.centre)},
        "papers_read": found.read,
        "people": [_describe_node(node) for node in found.list_kind(NodeKind.PERSON)],
        "papers": [_describe_node(node) for node in found.list_kind(NodeKind.PAPER)],
        "topics": [_describe_node(node) for node in found.list_kind(NodeKind.TOPIC)],
        "institutions": [_describe_node(node) for node in found.list_kind(NodeKind.INSTITUTION)],
        "links": [_describe_edge(edge, names) for edge in others[:MOST_LINKS]],
    }


def _describe_node(node: Node) -> dict[str, Any]:
    label = shorten_text(node.label, LONGEST_LABEL)
    if node.kind is NodeKind.PAPER:
        cited = {"id": node.place.key, "title": label, "year": node.year, "citations": node.weight}
        return {name: value for name, value in cited.items() if value}
    return {"name": label, "papers": node.weight} if node.weight else {"name": label}


def _name_node(node: Node) -> str:
    """Return what a connection calls a node: the id of a paper, or a name."""
    return (
        node.place.key if node.kind is NodeKind.PAPER else shorten_text(node.label, LONGEST_LABEL)
    )


def _describe_edge(edge: Edge, names: Mapping[Place, str]) -> str:
    """Return an edge in words: ``Ann Lee - Bo Quist: coauthor (3)``."""
    times = f" ({edge.weight})" if edge.weight > 1 else ""
    return f"{names[edge.one]} - {names[edge.other]}: {edge.kind.value}{times}"
