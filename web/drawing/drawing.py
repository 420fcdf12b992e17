"""Lay out a slice of the research graph as a drawing whose nodes are links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2

from search.graph.elements import Edge, Node, NodeKind, Place, Slice
from search.graph.layout import Box, Canvas, Point, place_nodes
from web.drawing.labels import FONT, LEADING, measure_width, word_label
from web.drawing.leading import choose_leading
from web.drawing.shapes import LINES, date_shade, draw_outline, measure_radius
from web.drawing.wording import describe_node, summarise_slice

PANEL_CANVAS = Canvas(720, 460)
"""The drawing on a page: as wide as the middle column. Chosen."""

EXPLORER_CANVAS = Canvas(1180, 720)
"""The drawing of the explorer: as wide as a page. Chosen."""

CENTRE_FONT = 14.0
"""Pixels of the letters of the centre's label; the style sheet has the same."""

THINNEST, THICKEST = 1.0, 4.5
"""Pixels of the line of one paper, and the most that a line has. Chosen."""

BELOW = 3.0
"""Pixels between a node and its label; chosen."""


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node as it is drawn.

    Attributes:
        node: The node.
        x: Pixels from the left.
        y: Pixels from the top.
        outline: The path of its shape around (0, 0).
        below: Where its label begins, in pixels below its centre.
        lines: The lines of its label.
        classes: What the style sheet colours it by.
        address: Where it links to.
        title: What it is, in words.
    """

    node: Node
    x: int
    y: int
    outline: str
    below: float
    lines: tuple[str, ...]
    classes: str
    address: str
    title: str


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """An edge as it is drawn: from one node of the drawing to another, by their numbers."""

    edge: Edge
    one: int
    other: int
    ends: tuple[Point, Point]
    width: float

    @property
    def classes(self) -> str:
        """Return what the style sheet colours it by."""
        return LINES[self.edge.kind]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing.

    Attributes:
        shown: The slice.
        canvas: Its size.
        nodes: The nodes, the centre first.
        edges: The edges, the strongest first.
    """

    shown: Slice
    canvas: Canvas
    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]

    @property
    def summary(self) -> str:
        """Return what it shows in one sentence."""
        return summarise_slice(self.shown)

    @property
    def points(self) -> dict[Place, Point]:
        """Return where each node is."""
        return {one.node.place: (one.x, one.y) for one in self.nodes}


def draw_slice(shown: Slice, canvas: Canvas, address_of: Callable[[Node], str]) -> Drawing:
    """Lay out a slice.

    Args:
        shown: The slice.
        canvas: The size of the drawing.
        address_of: Returns where a node links to.
    """
    labels = [word_label(node) for node in shown.nodes]
    radii = _measure_radii(shown)
    boxes = [
        _measure_box(*pair, centre=not n) for n, pair in enumerate(zip(labels, radii, strict=True))
    ]
    points = place_nodes(shown, boxes, canvas)
    leading = choose_leading(shown, points, labels, boxes, canvas)
    nodes = tuple(
        DrawnNode(
            node,
            *points[number],
            draw_outline(node.kind, radii[number]),
            radii[number] + BELOW,
            labels[number],
            _list_classes(shown, node, [one for one in leading if number in leading[one]]),
            address_of(node),
            f"{' '.join(node.label.split())}: {describe_node(node)}",
        )
        for number, node in enumerate(shown.nodes)
    )
    numbers = {node.place: number for number, node in enumerate(shown.nodes)}
    pairs = ((edge, numbers[edge.one], numbers[edge.other]) for edge in shown.edges)
    edges = (
        DrawnEdge(edge, one, other, (points[one], points[other]), _measure_line(edge))
        for edge, one, other in pairs
    )
    return Drawing(shown, canvas, nodes, tuple(edges))


def _measure_radii(shown: Slice) -> list[float]:
    heaviest = {
        kind: max((node.weight for node in shown.list_kind(kind)), default=1) for kind in NodeKind
    }
    centre = shown.centre
    return [
        measure_radius(node, heaviest[node.kind], centre=node is centre) for node in shown.nodes
    ]


def _measure_box(lines: Sequence[str], radius: float, *, centre: bool) -> Box:
    font = CENTRE_FONT * 1.08 if centre else FONT
    width = max(2 * radius, *(measure_width(line, font) for line in lines))
    return Box(width + 6, radius + 1, radius + BELOW + LEADING * len(lines))


def _list_classes(shown: Slice, node: Node, leading: Sequence[str]) -> str:
    shade = date_shade(node.year) if node.kind is NodeKind.PAPER else ""
    states = {
        "centre": node is shown.centre,
        "opened": node.place in shown.opened,
    }
    held = (name for name, holds in states.items() if holds)
    names = ("node", node.kind.value, shade, *held, *leading)
    return " ".join(filter(None, names))


def _measure_line(edge: Edge) -> float:
    return round(min(THICKEST, THINNEST + 0.8 * log2(edge.weight)), 1)
