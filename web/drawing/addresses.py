"""Find the page that a node stands for."""

from urllib.parse import urlencode

from search.graph.elements import Node, NodeKind
from search.request.facets import write_value
from web.api.addresses import author_path, paper_path, value_path


def find_page(node: Node) -> str:
    """Return the address of the page of a node; an institution has its papers as a search."""
    if node.kind is NodeKind.PERSON:
        return author_path(node.label)
    if node.kind is NodeKind.PAPER:
        return paper_path(node.place.key)
    if node.kind is NodeKind.TOPIC:
        return value_path("topic", node.place.key)
    return f"/search?{urlencode({'institution': write_value(node.place.key)})}"
