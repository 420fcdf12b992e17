"""Sort file names as people count: ``part_2`` before ``part_10``."""

import re
from pathlib import PurePath

_DIGITS = re.compile(r"([0-9]+)")

NaturalKey = tuple[list[list[str | int]], str]


def make_natural_key(path: PurePath) -> NaturalKey:
    """Return a sort key that compares numbers in the parts of a path by value.

    Paths that differ only in leading zeros are ordered as text: ``01.json`` before ``1.json``.
    """
    # Text and numbers alternate in each part, so that only like is compared with like.
    pieces = map(_DIGITS.split, path.parts)
    parts = [[int(s) if at % 2 else s for at, s in enumerate(piece)] for piece in pieces]
    return parts, str(path)
