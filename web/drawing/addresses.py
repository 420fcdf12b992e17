"""Find the page that a node stands for."""

from urllib.parse import urlencode

from search.graph.elements import Node, NodeKind
from search.request.facets import write_value
from web.api.addresses import author_path, paper_path, value_path

LONGEST = 1_000
"""Characters of an address that is linked; chosen, as in lists of venues and topics."""


def find_page(node: Node) -> str:
    """Return the address of the page of a node; empty if it is absurdly long.

    An institution has no page of its own but a search for its papers.
    """
    address = _find_address(node)
    return address if len(address) <= LONGEST else ""


def _find_address(node: Node) -> str:
    if node.kind is NodeKind.PERSON:
        return author_path(node.label)
    if node.kind is NodeKind.PAPER:
        return paper_path(node.place.key)
    if node.kind is NodeKind.TOPIC:
        return value_path("topic", node.place.key)
    return f"/search?{urlencode({'institution': write_value(node.place.key)})}"
