"""Find the other names under which an author has published.

They are read from the file ``aliases`` of a generation, which `index.people.alias_writer` writes if
its dumps describe people of several names.
"""

import logging
from contextlib import closing
from pathlib import Path

from index.names.parser import make_author_key, parse_name
from index.store.integrity import VERIFY

ALIASES = "aliases"
"""The file's name in a generation's folder."""

_OF_NAME = "SELECT names FROM people JOIN aliases ON person = number WHERE name = ?"


class Aliases:
    """The names of the people of a generation; false if no dump describes people of several names.

    The file is opened for each look-up and nothing is cached: few queries contain a name, and few
    names have another.
    """

    def __init__(self, folder: Path) -> None:
        """Check whether the generation has the file.

        Args:
            folder: The folder of the generation.
        """
        self._path = folder / ALIASES
        self._exists = self._path.is_file()
        self._warned = False

    def __bool__(self) -> bool:
        """Return whether anybody has another name."""
        return self._exists

    def find_others(self, name: str) -> dict[str, str]:
        """Return the other names of the one person who has a name.

        Args:
            name: A name in either order, with its homonym number if it has one.

        Returns:
            The names as a dump writes them, by author key, the current one first. Names that other
            people share are left out. Empty if nobody, or more than one person, has the name.
        """
        key = make_author_key(parse_name(name))
        if not (self._exists and key):
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
        except (sqlite3.Error, ValueError, TypeError, AttributeError) as error:
            self._warn(error)
            return {}

    def _warn(self, error: Exception) -> None:
        """Log once that searches go on as if there were no file, since it is damaged."""
        if not self._warned:
            self._warned = True
            message = "Searching without other names of authors: %s is damaged (%s). %s"
            logging.getLogger(__name__).warning(message, ALIASES, error, VERIFY)


def parse_names(lines: str) -> dict[str, str]:
    """Parse the names of a person, by author key, as `index.people.alias_writer` writes them."""
    return dict(line.split("\t", 1) for line in lines.split("\n"))
