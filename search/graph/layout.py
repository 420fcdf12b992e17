"""Place the nodes of a slice in a rectangle: the same slice, the same places.

Springs move the nodes, which start on a circle in their order instead of at random. What springs do
not know is that nodes have labels, so boxes that overlap are then pushed apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import tau
from typing import Any, TypeAlias

from search.graph.elements import Slice

Points: TypeAlias = Any
"""An array with a row for each node, in which x comes before y."""

ROUNDS = 60
"""Rounds of the springs. Tried 20, 40, 60, 120 on the panels of 35 people, papers and topics of
paperlists: 4.1, 1.4, .9, 2.3 % of labels overlap; .67, .58, .54, .57 crossings for each line."""

PUSHES = 60
"""Rounds in which overlapping boxes are pushed apart, each half of the way, at most. Tried 30, 60,
120, 240 on the same slices: all leave the same labels on each other."""

START = 0.8
"""Radius of the circle on which the nodes start, as a share of the rectangle; chosen."""

FIRST_STEP = 0.1
"""Share of the drawing that a node moves in the first round, and less in each later one. As in
networkx, whose `spring_layout` takes 4.4 ms for the median of 40 panels, and this module 1.0 ms;
1.2 % of labels overlap with both, and there are .38 crossings for each line."""

NEAREST = 0.01
"""The least distance, and the least force, that is calculated with, as in networkx."""

LONG_WAY = frozenset((20, 21, 22, 40, 41, 42))
"""Rounds in which boxes are pushed the longer way, which frees those stuck between others. On 68
panels 1.0 % of labels overlap without them, none with them; in every eighth round, 2.4 %."""

STEP = tau / 37
"""Angle from one node to the next on that circle, on which the nodes of the explorer fit once. It
does not depend on their number, so that nodes keep about their places when others are added. With
the circle divided by the number of nodes there are as many crossings: .54 for each line of panels,
.94 (.96) of explorers."""

GAP = 6.0
"""Pixels between the boxes of two nodes; chosen."""

MARGIN = 6.0
"""Pixels between a box and the edge of the rectangle; chosen."""


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a node needs with its label.

    Attributes:
        width: Its width, centred on the node.
        above: Pixels above the centre of the node.
        below: Pixels below it, where the label is.
    """

    width: float
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Canvas:
    """A rectangle to draw in, in pixels."""

    width: int
    height: int


Point = tuple[int, int]


def place_nodes(shown: Slice, boxes: Sequence[Box], canvas: Canvas) -> tuple[Point, ...]:
    """Place the nodes of a slice, its centre in the middle.

    Args:
        shown: The slice.
        boxes: The room that each node needs, in the order of the nodes.
        canvas: The rectangle. Coordinates grow to the right and downwards from its corner.

    Returns:
        A point for each node, in whole pixels: computers round the last digits differently.
    """
    placed = _separate(_fit(_relax(shown), boxes, canvas), boxes, canvas)
    return tuple((round(x), round(y)) for x, y in placed.tolist())


def _relax(shown: Slice) -> Points:
    """Let springs pull joined nodes together; the centre stays at (0, 0).

    The forces are those of Fruchterman and Reingold: all nodes push each other away by k^2 / d,
    joined ones are pulled together by d^2 / k. Points are complex numbers, which takes fewer
    operations.
    """
    import numpy as np

    size = len(shown.nodes)
    points = START * np.exp(1j * STEP * np.arange(size))
    points[0] = 0
    if size == 1:
        return np.zeros((1, 2))
    ideal = max(points.real.max(), points.imag.max()) / size**0.5
    pulls = _weigh_pairs(shown) / ideal
    step = max(np.ptp(points.real), np.ptp(points.imag)) * FIRST_STEP
    cooling = step / (ROUNDS + 1)
    for _ in range(ROUNDS):
        apart = points[:, None] - points
        distances = np.maximum(np.abs(apart), NEAREST)
        force = (apart * ((ideal / distances) ** 2 - pulls * distances)).sum(axis=1)
        force[0] = 0
        points += force * (step / np.maximum(np.abs(force), NEAREST))
        step -= cooling
    return np.stack([points.real, points.imag], axis=1)


def _weigh_pairs(shown: Slice) -> Points:
    """Return how strongly each pair of nodes is joined, as a square matrix."""
    import numpy as np

    numbers = {node.place: number for number, node in enumerate(shown.nodes)}
    weights = np.zeros((len(numbers), len(numbers)))
    for edge in shown.edges:
        one, other = numbers[edge.one], numbers[edge.other]
        weights[one, other] = weights[other, one] = 1 + edge.weight**0.5
    return weights


def _find_limits(boxes: Sequence[Box], canvas: Canvas) -> tuple[Points, Points]:
    """Return the least and the greatest place of each node with which its box is inside."""
    import numpy as np

    half = np.array([box.width / 2 for box in boxes])
    above, below = (np.array([getattr(box, side) for box in boxes]) for side in ("above", "below"))
    low = np.stack([half, above], axis=1) + MARGIN
    high = np.stack([canvas.width - half, canvas.height - below], axis=1) - MARGIN
    return low, high


def _fit(points: Points, boxes: Sequence[Box], canvas: Canvas) -> Points:
    """Stretch each side of the drawing to the rectangle, so that the centre stays in its middle."""
    import numpy as np

    low, high = _find_limits(boxes, canvas)
    middle = np.array([canvas.width / 2, canvas.height / 2])
    least, most = (np.abs(side) for side in (points.min(axis=0), points.max(axis=0)))
    # A side on which there is hardly anything is not stretched to the edge.
    reach = np.maximum(np.maximum(least, most) / 3, 1e-9)
    share = np.where(
        points < 0, points / np.maximum(least, reach), points / np.maximum(most, reach)
    )
    room = np.where(points < 0, middle - low, high - middle)
    return np.clip(middle + share * room, low, high)


def _separate(points: Points, boxes: Sequence[Box], canvas: Canvas) -> Points:
    """Push overlapping boxes apart along the shorter way, and keep them inside; not the centre."""
    import numpy as np

    low, high = _find_limits(boxes, canvas)
    one, other = np.triu_indices(len(boxes), 1)
    width = np.array([box.width for box in boxes]) + GAP
    above, below = (np.array([getattr(box, side) for box in boxes]) for side in ("above", "below"))
    height = above + below + GAP
    needed = np.stack([width[one] + width[other], height[one] + height[other]], axis=1) / 2
    # From the node to the middle of its box, which is lower, since labels are below.
    shift = np.stack([np.zeros(len(boxes)), (below - above) / 2], axis=1)
    middle = points[0].copy()
    for turn in range(PUSHES):
        boxed = points + shift
        apart = boxed[one] - boxed[other]
        over = needed - np.abs(apart)
        hits = np.flatnonzero((over > 0).all(axis=1))
        if not len(hits):
            break
        # The axis on which the smaller part of the box is covered: 0 is sideways, 1 is upright.
        axis = (over[hits] / needed[hits]).argmin(axis=1)
        if turn in LONG_WAY:
            axis = 1 - axis
        # Of two nodes in one place, the later one moves right or down.
        side = np.where(apart[hits, axis] > 0, 1, -1)
        move = side * over[hits, axis] / 2
        np.add.at(points, (one[hits], axis), move)
        np.subtract.at(points, (other[hits], axis), move)
        points = np.clip(points, low, high)
        points[0] = middle
    return points
