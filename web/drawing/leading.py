"""Choose the labels that are shown where a drawing shrinks and letters are magnified."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from search.graph.elements import NodeKind, Slice
from search.graph.layout import Box, Canvas, Point
from web.drawing.labels import LEADING, measure_width

MAGNIFIED = 2.0
"""How much larger labels are in a narrow frame, at least; the style sheet has the same."""

NARROW = 360
"""Pixels of a narrow frame, in which letters have the size that they have elsewhere: of a phone."""

MEDIUM = 1.7
"""How much larger labels of the explorer are in a medium frame; the style sheet has the same.
Chosen: in 608 pixels, a window of 1,280 at a zoom of 200 %, letters have 10.5 pixels, not 6.2."""

SPOT = 6.0
"""Pixels around the centre of a node that no label of another may cover; chosen."""


class Rectangle(NamedTuple):
    """A rectangle by its sides."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Rectangle") -> bool:
        """Return whether two rectangles have a part in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def choose_leading(
    shown: Slice,
    points: Sequence[Point],
    labels: Sequence[Sequence[str]],
    boxes: Sequence[Box],
    canvas: Canvas,
) -> dict[str, set[int]]:
    """Choose nodes whose magnified labels fit: the centre, then the first of each kind.

    Args:
        shown: The slice.
        points: Where its nodes are.
        labels: The lines of their labels.
        boxes: The room that each has.
        canvas: The size of the drawing.

    Returns:
        Their numbers by their class: `leading` in a narrow frame, `medium` in a medium one.
    """

    def measure(scale: float, number: int) -> Rectangle:
        return _magnify(points[number], labels[number], boxes[number], scale)

    spots = [Rectangle(x - SPOT, y - SPOT, x + SPOT, y + SPOT) for x, y in points]
    frame = Rectangle(0, 0, canvas.width, canvas.height)
    order = _order_nodes(shown)
    scales = {"leading": max(MAGNIFIED, canvas.width / NARROW), "medium": MEDIUM}
    return {
        name: _choose_fitting(order, spots, frame, partial(measure, scale))
        for name, scale in scales.items()
    }


def _choose_fitting(
    order: Iterable[int],
    spots: Sequence[Rectangle],
    frame: Rectangle,
    measure: Callable[[int], Rectangle],
) -> set[int]:
    """Choose labels in order, each unless it covers an earlier one or a node, or is cut off."""
    chosen: dict[int, Rectangle] = {}
    for number in order:
        label = measure(number)
        others = (spot for place, spot in enumerate(spots) if place != number)
        taken = [*others, *chosen.values()]
        fits = _is_inside(label, frame) and not any(label.overlaps(one) for one in taken)
        if fits or not number:
            chosen[number] = label
    return set(chosen)


def _order_nodes(shown: Slice) -> list[int]:
    """Return the numbers of the nodes: the centre, the first of each kind, the second of each."""
    ranks = dict.fromkeys(NodeKind, 0)
    ranked = [(0, 0)]
    for number, node in enumerate(shown.nodes[1:], start=1):
        ranks[node.kind] += 1
        ranked.append((ranks[node.kind], number))
    return [number for _, number in sorted(ranked)]


def _magnify(point: Point, lines: Sequence[str], box: Box, scale: float) -> Rectangle:
    """Return the rectangle of a magnified label, which begins where the node ends."""
    half = scale * max(map(measure_width, lines)) / 2
    top = point[1] + box.above
    return Rectangle(point[0] - half, top, point[0] + half, top + scale * LEADING * len(lines))


def _is_inside(label: Rectangle, frame: Rectangle) -> bool:
    across = label.left >= frame.left and label.right <= frame.right
    return across and label.bottom <= frame.bottom
