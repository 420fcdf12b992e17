"""Test the sizes, shapes and shades of nodes."""

import pytest

from search.graph.elements import Node, NodeKind, Place
from web.drawing.shapes import (
    CENTRE,
    LARGEST,
    SHADES,
    SMALLEST,
    date_shade,
    draw_outline,
    measure_radius,
)


@pytest.mark.parametrize("kind", NodeKind)
def test_a_radius_grows_with_the_weight(kind: NodeKind) -> None:
    """The heaviest of a kind is largest, and one without weight can still be seen."""
    radii = [
        measure_radius(Node(Place(kind, "a"), "A", weight), 100, centre=False)
        for weight in (0, 1, 50, 100)
    ]
    assert radii == sorted(radii)
    assert (radii[0], radii[-1]) == (SMALLEST, LARGEST)
    assert measure_radius(Node(Place(kind, "a"), "A"), 100, centre=True) == CENTRE


def test_each_kind_has_a_shape() -> None:
    """Kinds differ in more than colour."""
    outlines = {draw_outline(kind, 10) for kind in NodeKind}
    assert len(outlines) == len(NodeKind)
    assert all(one.startswith("M") and one.endswith("z") for one in outlines)


@pytest.mark.parametrize(
    ("year", "shade"),
    [(None, 1), (1950, 1), (2012, 1), (2013, 2), (2016, 2), (2017, 3), (2020, 3), (2021, 4)],
)  # fmt: skip
def test_shades(year: int | None, shade: int) -> None:
    """A newer paper never has an older shade, and each shade says its years."""
    name = date_shade(year)
    assert name == f"shade-{shade}"
    assert year is None or year < 2013 or str((year - 2013) // 4 * 4 + 2013) in SHADES[name]


def test_nodes_of_unknown_weight_have_a_middling_size() -> None:
    """Papers of an index without citations are as easy to see and to hit as others."""
    paper = Node(Place(NodeKind.PAPER, "one"), "One")
    assert SMALLEST < measure_radius(paper, 0, centre=False) < LARGEST
    assert measure_radius(paper, 5, centre=False) == SMALLEST
