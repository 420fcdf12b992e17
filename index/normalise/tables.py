"""Read the tables that are data: TOML files beside the modules that use them."""

import tomllib
from pathlib import Path

Table = dict[str, dict[str, list[str]]]
"""Sections by name; in each, lists of texts by key. The order is that of the file."""


def read_table(name: str) -> Table:
    """Return a table of this room.

    Args:
        name: Of the file, without ``.toml``.
    """
    table: Table = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
    return table
