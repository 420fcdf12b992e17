"""Size and shape the nodes of a drawing: a shape for each kind, so that colour is not needed."""

from math import log10, sqrt

from search.graph.elements import EdgeKind, Node, NodeKind

SMALLEST, LARGEST, CENTRE = 5.0, 13.0, 15.0
"""Radii in pixels: of a node that hardly counts, of one that counts most, of the centre. Chosen."""

_AREA = {
    NodeKind.PERSON: 1.0,
    NodeKind.PAPER: 0.89,
    NodeKind.TOPIC: 1.25,
    NodeKind.INSTITUTION: 1.1,
}
"""What a radius is multiplied by, so that all shapes of one weight have about the same area."""

UNKNOWN = 0.25
"""The share of a node where no weight of its kind is known, as of citations; chosen: middling."""

SHADES = {
    "shade-1": "until 2012",
    "shade-2": "2013 to 2016",
    "shade-3": "2017 to 2020",
    "shade-4": "2021 or later",
}
"""The classes of papers by year, the oldest first, and their years in words. Chosen: more
shades could not be told apart."""

_FIRST_YEARS = {"shade-4": 2021, "shade-3": 2017, "shade-2": 2013}

LINES = {
    EdgeKind.WROTE: "wrote",
    EdgeKind.COAUTHOR: "coauthor",
    EdgeKind.TOPIC: "topic",
    EdgeKind.AFFILIATION: "affiliation",
    EdgeKind.CITES: "cites",
    EdgeKind.RELATED: "related",
}
"""The class of a line by its reason."""


def measure_radius(node: Node, heaviest: int, *, centre: bool) -> float:
    """Return the radius of a node: the root of its weight, compared with the heaviest of its kind.

    Citations differ by thousands, so papers are compared by their logarithm.
    """
    if centre:
        return CENTRE
    weight, most = float(node.weight), float(max(1, heaviest))
    share = log10(1 + weight) / log10(1 + most) if node.kind is NodeKind.PAPER else weight / most
    if heaviest <= 0:
        share = UNKNOWN
    return round(SMALLEST + (LARGEST - SMALLEST) * sqrt(max(0.0, min(1.0, share))), 1)


def draw_outline(kind: NodeKind, radius: float) -> str:
    """Return the path of a shape around (0, 0): circle, square, diamond or triangle."""
    r = round(radius * _AREA[kind], 1)
    if kind is NodeKind.PERSON:
        return f"M{-r} 0a{r} {r} 0 1 0 {2 * r:g} 0a{r} {r} 0 1 0 {-2 * r:g} 0z"
    if kind is NodeKind.PAPER:
        return f"M{-r} {-r}h{2 * r:g}v{2 * r:g}h{-2 * r:g}z"
    if kind is NodeKind.TOPIC:
        return f"M0 {-r}L{r} 0L0 {r}L{-r} 0z"
    low, half = round(r * 0.75, 1), round(r * 1.05, 1)
    return f"M0 {-r}L{half} {low}H{-half}z"


def date_shade(year: int | None) -> str:
    """Return the class of a paper by its year; one without a year looks like an old one."""
    found = (shade for shade, first in _FIRST_YEARS.items() if year is not None and year >= first)
    return next(found, "shade-1")
