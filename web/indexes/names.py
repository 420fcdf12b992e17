"""Read which indexes a server has, and by which names."""

import re
from collections.abc import Sequence
from pathlib import Path

from index.settings import expand_home

LONGEST_NAME = 40
"""Characters of a name; chosen."""

RESERVED = frozenset(
    """about account api author authors bib changes claim export facet following graph healthz help
    index indexes messages paper report search sign-in sign-out similar sitemap static suggest topic
    topics venue venues why-not""".split()
)
"""Names that addresses of a server begin with. A test compares them with the addresses."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OTHERS = re.compile(r"[^a-z0-9]+")


def parse_indexes(values: Sequence[str]) -> dict[str, Path]:
    """Return the folders of several indexes by their names, in the order given.

    Args:
        values: Each a folder, whose own name then names the index, or ``NAME=FOLDER``.

    Raises:
        ValueError: A name cannot be part of an address, belongs to another page, or is given twice.
    """
    found: dict[str, Path] = {}
    for value in values:
        name, folder = _split(value)
        if len(name) > LONGEST_NAME or not _NAME.fullmatch(name) or name in RESERVED:
            raise ValueError(
                f"'{name[:LONGEST_NAME]}' cannot name an index in an address. Write NAME=DIR with "
                f"a name of at most {LONGEST_NAME} lower-case letters, digits and hyphens that no "
                "page has."
            )
        if name in found:
            raise ValueError(f"two indexes are named '{name}'. Write NAME=DIR for one of them.")
        found[name] = folder
    return found


def _split(value: str) -> tuple[str, Path]:
    """Split a value; a folder with such a name is that folder."""
    name, sign, folder = value.partition("=")
    if sign and folder and "/" not in name and not expand_home(value).exists():
        return name, expand_home(folder)
    path = expand_home(value)
    return _OTHERS.sub("-", path.resolve().name.lower()).strip("-"), path
