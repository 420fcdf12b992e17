"""Carry files that were added to a finished generation over to the one that replaces it.

The manifest does not list such a file, which has a check sum of its own. It is made by a step that
follows a build, and is worth keeping since that step takes long.
"""

from pathlib import Path

from index.store.generations import GENERATIONS, link_file
from index.store.history import find_serving_name, list_earlier

VECTORS = "vectors"
"""The vectors of papers, see `index.meaning`."""

ADDITIONS = (VECTORS,)
"""The names of all files that are added to a finished generation."""


def carry_additions(directory: Path, folder: Path) -> None:
    """Link added files into a sealed generation from the one in use, or the last that has them.

    Args:
        directory: The index, locked.
        folder: The folder of the new generation, which is not yet in use.

    Raises:
        OSError: The disk is full or read-only, or permission is denied.
    """
    present = find_serving_name(directory)
    earlier = [present, *list_earlier(directory, present)] if present else []
    for name in ADDITIONS:
        found = (directory / GENERATIONS / one / name for one in earlier)
        for path in found:
            if path.is_file():
                link_file(path, folder / name)
                break
