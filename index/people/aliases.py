"""Find the other names under which an author has published.

They are read from the file ``aliases`` of a generation, which `index.people.alias_writer` writes if
its dumps describe people of several names, and from what the maintainer says about people.
"""

import logging
from contextlib import closing
from pathlib import Path

from index.names.parser import make_author_key, parse_name
from index.people.curation import Curation, Person, make_name_key
from index.people.curation_watch import CurationWatch
from index.store.integrity import VERIFY

ALIASES = "aliases"
"""The file's name in a generation's folder."""

_OF_NAME = "SELECT names FROM people JOIN aliases ON person = number WHERE name = ?"


class Aliases:
    """The names of the people of a generation; false if nobody is known to have several names.

    The file is opened for each look-up and nothing is cached: few queries contain a name, and few
    names have another.
    """

    def __init__(self, folder: Path, watch: CurationWatch | None = None) -> None:
        """Check whether the generation has the file.

        Args:
            folder: The folder of the generation.
            watch: What the maintainer says about people.
        """
        self._path = folder / ALIASES
        self._exists = self._path.is_file()
        self._watch = watch
        self._warned = False

    def __bool__(self) -> bool:
        """Return whether anybody has another name."""
        return self._exists or bool(self._curation)

    def find_others(self, name: str) -> dict[str, str]:
        """Return the other names of the one person who has a name.

        Args:
            name: A name in either order, with its homonym number if it has one.

        Returns:
            The names as a dump or the maintainer writes them, by author key, the current one first.
            Names that other people share are left out, and former names that are never shown. Empty
            if nobody, or more than one person, has the name.
        """
        person = self._find_person(name)
        said = {make_author_key(parse_name(one)): one for one in person.names} if person else {}
        found = said | self._read_others(name)
        known = make_author_key(parse_name(name)), make_name_key(name)
        hidden = self._curation.hidden
        return {key: one for key, one in found.items() if key not in known and key not in hidden}

    def find_former(self, name: str) -> tuple[str, ...]:
        """Return the former names of the one person who has a name, which are never shown."""
        person = self._find_person(name)
        return tuple(make_name_key(one) for one in person.hidden) if person else ()

    @property
    def _curation(self) -> Curation:
        return self._watch.curation if self._watch else Curation()

    def _find_person(self, name: str) -> Person | None:
        """Return the one person whom the maintainer names so, unless it is a former name."""
        people = self._curation.find_namesakes(name)
        key = make_name_key(name)
        shown = [one for one in people if key in map(make_name_key, one.names)]
        return shown[0] if len(shown) == len(people) == 1 else None

    def _read_others(self, name: str) -> dict[str, str]:
        """Return the other names that dumps give."""
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
