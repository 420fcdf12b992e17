"""Say in words what a slice shows, for those who do not see the drawing."""

from search.graph.elements import Node, NodeKind, Slice
from web.wording import format_count

NOUNS = {
    NodeKind.PERSON: "person",
    NodeKind.PAPER: "paper",
    NodeKind.TOPIC: "topic",
    NodeKind.INSTITUTION: "institution",
}
"""What one node of each kind is called."""

HEADINGS = {
    NodeKind.PERSON: "People",
    NodeKind.PAPER: "Papers",
    NodeKind.TOPIC: "Topics",
    NodeKind.INSTITUTION: "Institutions",
}
"""What the nodes of each kind are called together."""


def count_nodes(count: int, kind: NodeKind) -> str:
    """Return a number of nodes in words: ``3 people``."""
    if kind is NodeKind.PERSON and count != 1:
        return f"{count:,} people"
    return format_count(count, NOUNS[kind])


def describe_node(node: Node) -> str:
    """Return what is known about a node in a few words: ``paper, 2017, 62 citations``."""
    return ", ".join((NOUNS[node.kind], *list_facts(node)))


def list_facts(node: Node) -> tuple[str, ...]:
    """Return the year and citations of a paper, or the papers of anything else, in words."""
    if node.kind is not NodeKind.PAPER:
        return (format_count(node.weight, "paper"),) if node.weight else ()
    facts = (str(node.year or ""), format_count(node.weight, "citation") if node.weight else "")
    return tuple(filter(None, facts))


def summarise_slice(shown: Slice) -> str:
    """Return what a slice contains in one sentence."""
    kinds = ((kind, len(shown.list_kind(kind))) for kind in NodeKind)
    counts = [count_nodes(count, kind) for kind, count in kinds if count]
    if not counts:
        return "Nothing else is connected to it."
    listed = ", ".join(counts[:-1]) + (" and " if counts[1:] else "") + counts[-1]
    return f"{listed} around it."
