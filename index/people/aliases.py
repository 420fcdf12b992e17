"""Answers: under which other names has the author of a name published?

`index.people.alias_writer` writes the file ``aliases`` of a generation, if its dumps tell of
people with several names.
"""

from contextlib import closing
from pathlib import Path

from index.names.parser import make_author_key, parse_name

ALIASES = "aliases"
"""The file's name in a generation's folder."""

_OF_NAME = "SELECT names FROM people JOIN aliases ON person = number WHERE name = ?"


class Aliases:
    """The other names of the people of a generation; false where its dumps tell of none.

    Nothing stays open or in memory: few queries hold a name, and few names have another.
    """

    def __init__(self, folder: Path) -> None:
        """Look whether there are any.

        Args:
            folder: The generation's.
        """
        self._path = folder / ALIASES
        self._any = self._path.is_file()

    def __bool__(self) -> bool:
        """Tell whether anybody has another name."""
        return self._any

    def find_others(self, name: str) -> dict[str, str]:
        """Give the other names of the one person who has a name.

        Args:
            name: A name in any order, with its homonym's number if it has one.

        Returns:
            The names as a dump writes them, by their author keys, the one in use first; none if
            nobody or more than one has this name, and none that somebody else has too.
        """
        key = make_author_key(parse_name(name))
        if not (self._any and key):
            return {}
        import sqlite3  # here, since it takes 5 ms to load

        uri = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(uri, uri=True)) as base:
                people = base.execute(_OF_NAME, (key,)).fetchall()
                names = parse_names(people[0][0]) if len(people) == 1 else {}
                return {
                    other: written
                    for other, written in names.items()
                    if other != key and len(base.execute(_OF_NAME, (other,)).fetchall()) == 1
                }
        except sqlite3.Error:
            return {}  # as without the file; `papers verify` says what is wrong with it


def parse_names(told: str) -> dict[str, str]:
    """Read a person's names, by author key, as `index.people.alias_writer` writes them."""
    return dict(line.split("\t", 1) for line in told.split("\n"))
