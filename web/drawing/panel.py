"""Put together what a page shows of the graph: the drawing, its key, a list, and links."""

from collections.abc import Callable
from dataclasses import dataclass

from search.graph.elements import Node, NodeKind, Slice
from web.drawing.addresses import find_page
from web.drawing.drawing import PANEL_CANVAS, Drawing, draw_slice
from web.drawing.explorer_state import ExplorerState, centre_on
from web.drawing.shapes import SHADES, date_shade, draw_outline
from web.drawing.wording import HEADINGS, list_facts

KEY_RADIUS = 6.0
"""Pixels of the shapes in the key of a drawing; chosen."""


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A shape and a colour of a drawing, and what they mean."""

    outline: str
    classes: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A node in the list that says the same as the drawing."""

    node: Node
    address: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The nodes of one kind: heading, entries, and how many more there are."""

    kind: NodeKind
    heading: str
    entries: tuple[Entry, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Panel:
    """A drawing with what belongs to it.

    Attributes:
        drawing: The drawing.
        key: What its shapes and colours mean.
        groups: The nodes as a list, by kind.
        explorer: The address of the explorer around the same centre.
    """

    drawing: Drawing
    key: tuple[KeyEntry, ...]
    groups: tuple[Group, ...]
    explorer: str


def draw_panel(shown: Slice, state: ExplorerState | None = None) -> Panel | None:
    """Draw a slice for a page; None if there is nothing around its centre.

    Args:
        shown: The slice.
        state: The explorer that the panel leads to; None for the one around the centre.
    """
    if not shown.nodes[1:]:
        return None
    explorer = (state or centre_on(shown.centre)).find_path()

    def find_address(node: Node) -> str:
        return explorer if node is shown.centre else find_page(node)

    drawing = draw_slice(shown, PANEL_CANVAS, find_address)
    return Panel(drawing, list_key(shown), group_nodes(shown, find_page), explorer)


def list_key(shown: Slice) -> tuple[KeyEntry, ...]:
    """Return the key of a drawing: the kinds in it, and the shades of its papers by year."""
    others = [
        KeyEntry(draw_outline(kind, KEY_RADIUS), f"node {kind.value}", HEADINGS[kind])
        for kind in NodeKind
        if kind is not NodeKind.PAPER and _has_kind(shown, kind)
    ]
    papers = [node for node in shown.nodes if node.kind is NodeKind.PAPER]
    found = {date_shade(node.year) for node in papers}
    square = draw_outline(NodeKind.PAPER, KEY_RADIUS)
    shades = [
        KeyEntry(square, f"node paper {shade}", f"Papers {years}")
        for shade, years in SHADES.items()
        if shade in found
    ]
    return *others, *shades


def _has_kind(shown: Slice, kind: NodeKind) -> bool:
    return any(node.kind is kind for node in shown.nodes)


def group_nodes(shown: Slice, address_of: Callable[[Node], str]) -> tuple[Group, ...]:
    """Return the nodes around the centre as lists, one for each kind."""
    return tuple(
        Group(
            kind,
            HEADINGS[kind],
            tuple(Entry(node, address_of(node), list_facts(node)) for node in nodes),
            shown.left_out.get(kind, 0),
        )
        for kind in NodeKind
        if (nodes := shown.list_kind(kind))
    )
