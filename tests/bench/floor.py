"""Compare figures of quality with the best that were recorded.

``floor.json`` holds them; they only ever rise.
"""

import json
from pathlib import Path

FLOOR = Path(__file__).with_name("floor.json")

SLACK = 0.0005
"""Figures are recorded with four digits; a smaller difference does not count."""

Figures = dict[str, float]
"""Values by measure, each from 0 to 1."""


def read_floor() -> dict[str, Figures]:
    """Return the recorded figures by collection or kind of query."""
    floor: dict[str, Figures] = json.loads(FLOOR.read_text("utf-8"))
    return floor


def find_falls(figures: dict[str, Figures]) -> list[str]:
    """Return a sentence for every figure below the floor."""
    return [
        f"{name}: {measure} fell from {least:.4f} to {figures[name][measure]:.4f}"
        for name, measures in read_floor().items()
        if name in figures
        for measure, least in measures.items()
        if figures[name][measure] < least - SLACK
    ]


def compare(figures: dict[str, Figures], *, record: bool) -> int:
    """Print what fell below the floor, and raise the floor if asked.

    Args:
        figures: By collection or kind of query.
        record: Write down the figures that rose.

    Returns:
        The exit code: 1 if anything fell.
    """
    falls = find_falls(figures)
    for line in falls:
        print(line)
    if record:
        FLOOR.write_text(json.dumps(_raise_floor(figures), indent=1) + "\n", "utf-8")
    if not falls:
        print("Nothing is below the recorded floor.")
    return 1 if falls else 0


def _raise_floor(figures: dict[str, Figures]) -> dict[str, Figures]:
    floor = read_floor()
    for name, measures in figures.items():
        recorded = floor.setdefault(name, {})
        for measure, value in measures.items():
            recorded[measure] = max(recorded.get(measure, 0.0), round(value, 4))
    return floor
