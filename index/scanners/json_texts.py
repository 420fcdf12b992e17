"""Find the texts in a JSON value of any type."""

import math
from collections.abc import Iterator

MAX_DEPTH = 24
"""Values inside one another that are read; deeper ones are dropped. Chosen: no format needs more
than 6."""

NAMES = ("name", "literal", "value", "text", "#text", "display_name", "en", "raw", "date-time")
"""Keys for the text that stands for a whole object, in either direction; the first one counts."""


def find_text(value: object) -> str:
    """Return the first text in a value of any type; empty if there is none."""
    return next(find_texts(value), "")


def find_texts(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the texts in a value: a number is one, and an object has one under a key."""
    if depth > MAX_DEPTH or isinstance(value, bool):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, int):
        yield str(value)
    elif isinstance(value, float) and math.isfinite(value):
        yield str(int(value) if value.is_integer() else value)
    elif isinstance(value, list):
        for one in value:
            yield from find_texts(one, depth + 1)
    elif isinstance(value, dict):
        only = next(iter(value.values())) if len(value) == 1 else None
        named = (value[name] for name in NAMES if value.get(name))
        yield from find_texts(next(named, only), depth + 1)
