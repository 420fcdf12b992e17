"""Read the tables that are data: TOML files beside the modules that use them."""

import tomllib
from pathlib import Path

Table = dict[str, dict[str, list[str]]]
"""Sections by name; in each, lists of texts by key. The order is that of the file."""


def read_table(name: str, beside: str = __file__) -> Table:
    """Return a table, by default one of this room.

    Args:
        name: The name of its file, without ``.toml``.
        beside: The ``__file__`` of a module in the same folder.
    """
    table: Table = tomllib.loads((Path(beside).parent / f"{name}.toml").read_text("utf-8"))
    return table
