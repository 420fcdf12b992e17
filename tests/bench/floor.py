"""Answers: has the quality of search fallen below what was reached before?

``floor.json`` holds the best figures recorded; they only ever rise.
"""

import json
from pathlib import Path

FLOOR = Path(__file__).with_name("floor.json")

SLACK = 0.0005
"""Figures are recorded with four digits; less than this is no difference."""

Figures = dict[str, float]
"""Values by measure, each from 0 to 1."""


def fallen(figures: dict[str, Figures]) -> list[str]:
    """Give a sentence for every figure that lies below the floor."""
    floor: dict[str, Figures] = json.loads(FLOOR.read_text("utf-8"))
    return [
        f"{name}: {measure} fell from {least:.4f} to {figures[name][measure]:.4f}"
        for name, measures in floor.items()
        if name in figures
        for measure, least in measures.items()
        if figures[name][measure] < least - SLACK
    ]


def compare(figures: dict[str, Figures], *, record: bool) -> int:
    """Print what fell below the floor; raise it where asked.

    Args:
        figures: By collection or kind of query.
        record: Write down what rose.

    Returns:
        The exit code: 1 if anything fell.
    """
    below = fallen(figures)
    for line in below:
        print(line)
    if record:
        FLOOR.write_text(json.dumps(_raised(figures), indent=1) + "\n", "utf-8")
    if not below:
        print("Nothing is below the recorded floor.")
    return 1 if below else 0


def _raised(figures: dict[str, Figures]) -> dict[str, Figures]:
    floor: dict[str, Figures] = json.loads(FLOOR.read_text("utf-8"))
    for name, measures in figures.items():
        known = floor.setdefault(name, {})
        for measure, value in measures.items():
            known[measure] = max(known.get(measure, 0.0), round(value, 4))
    return floor
