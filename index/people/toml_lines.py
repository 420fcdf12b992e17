"""Find the lines of tables, keys and items in a TOML file, for error messages.

`tomllib` gives the line of what is not TOML, but not where a value was read that is wrong for other
reasons. Only arrays of tables and the keys directly in them are found.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKENS = re.compile(
    r"""
    (?P<string> \"\"\"(?:\\.|[^\\])*?\"{3,5} | '''.*?'{3,5}
      | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
    | (?P<comment> \#[^\n]*) | (?P<open> [\[{]) | (?P<close> [\]}]) | (?P<end> \n)
    | (?P<word> [\w.+:-]+) | (?P<sign> [=,])
    """,
    re.VERBOSE | re.DOTALL,
)
_HEADER = re.compile(r"[ \t]*\[(?P<array>\[?)[ \t]*(?P<quote>[\"']?)(?P<name>[\w-]+)")
_KEY = re.compile(r"[ \t]*(?P<quote>[\"']?)(?P<name>[\w-]+)(?P=quote)[ \t]*[.=]")


class Place(NamedTuple):
    """A place in a file.

    Attributes:
        table: The number of the table among those of its array, from 0; -1 before the first.
        key: The key in it; empty for the table itself.
        item: The number of the text in the key's value, from 0; -1 for the key itself.
    """

    table: int
    key: str = ""
    item: int = -1


class TomlLines:
    """The lines of the tables of one array, of their keys, and of the texts in their values."""

    def __init__(self, text: str, array: str) -> None:
        """Locate the tables.

        Args:
            text: A file that is valid TOML.
            array: The name of the array, which is written ``[[array]]``.
        """
        self._lines: dict[Place, int] = {}
        self.tables = 0
        for place, line in _find_places(text, array):
            self._lines.setdefault(place, line)
            self.tables = max(self.tables, place.table + 1)

    def find(self, table: int, key: str = "", item: int = -1) -> int:
        """Return the line of a text, else of its key, else of its table, from 1; 0 if unknown."""
        places = (Place(table, key, item), Place(table, key), Place(table))
        return next((self._lines[one] for one in places if one in self._lines), 0)

    def find_first(self, key: str) -> int:
        """Return the first line with a key, in whatever table; 0 if unknown."""
        lines = (line for place, line in self._lines.items() if place.key == key)
        return min(lines, default=0)


def _find_places(text: str, array: str) -> Iterator[tuple[Place, int]]:
    """Yield the places of a file with their lines."""
    table, key, item, outside = -1, "", 0, False
    for line, statement, begins in _split_statements(text):
        start = 0
        if begins and (header := _HEADER.match(statement)):
            outside = not header["array"] or header["name"] != array
            table, key = table + (not outside), ""
            yield Place(-1, header["name"]) if outside else Place(table), line
        elif begins:
            found = None if outside else _KEY.match(statement)
            key, item = found["name"] if found else "", 0
            start = found.end() if found else 0
            yield Place(table, key), line
        for text_line in _find_texts(statement[start:]) if key else ():
            yield Place(table, key, item), line + text_line
            item += 1


def _find_texts(value: str) -> Iterator[int]:
    """Yield the line of each text of a value, from 0."""
    line = 0
    for token in _TOKENS.finditer(value):
        if token.lastgroup == "string":
            yield line
        line += token[0].count("\n")


def _split_statements(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the lines of a file with their numbers, and whether a statement begins there.

    A string of several lines is one line.
    """
    line, start, lines, depth, begins = 1, 0, 0, 0, True
    for token in _TOKENS.finditer(text):
        kind = token.lastgroup
        depth += (kind == "open") - (kind == "close")
        if kind == "end":
            yield line, text[start : token.start()], begins
            line, start, lines, begins = line + lines + 1, token.end(), 0, depth <= 0
        else:
            lines += token[0].count("\n")
    yield line, text[start:], begins
