"""Define what the maintainer of an index says about people.

The file ``authors.toml`` in the folder of an index says it (`index.people.curation_parser`). It is
no part of a generation: no build, rollback or removal of old generations changes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from index.names.parser import make_author_key, parse_name, strip_homonym_number

CURATION = "authors.toml"
"""The file's name in the folder of an index."""

PAPER = "paper"
"""The scheme of the key of an identity that no source identifies: that of one of its papers."""

SCHEMES = ("orcid", "openreview", "s2", "openalex", "dblp", PAPER)
"""The schemes of keys of identities."""


def make_name_key(name: str) -> str:
    """Return the key by which a name is looked up: folded, given name first, without a number."""
    return strip_homonym_number(make_author_key(parse_name(name)))


@dataclass(frozen=True, slots=True)
class Person:
    """What the maintainer says about one person.

    Attributes:
        name: The name to show: ``Ada Lovelace``.
        id: The key of the person's identity, with its scheme: ``orcid:0000-0002-1825-0097``;
            empty if none is named.
        same: The keys of other identities that are this person.
        different: The keys of identities that are not.
        papers: The ids of papers that the person wrote.
        not_papers: The ids of papers that the person did not write.
        alias: Other names under which the person publishes.
        hidden: Former names, which are never shown.
        note: A remark that nobody but the maintainer sees.
        line: The line of the entry in its file, from 1; 0 if it is in none.
    """

    name: str
    id: str = ""
    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    not_papers: tuple[str, ...] = ()
    alias: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    note: str = ""
    line: int = field(default=0, compare=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every key of the person's identity, the one that names it first."""
        return (self.id, *self.same) if self.id else self.same

    @property
    def key(self) -> str:
        """Return the key that names the identity; empty if the entry has neither key nor paper."""
        papers = (f"{PAPER}:{paper}" for paper in sorted(self.papers))
        return next(iter((*self.keys, *papers)), "")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names that may be shown, the one to show first."""
        return (self.name, *self.alias)


class Curation:
    """What the maintainer says about all people; false if that is nothing."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        """Keep the entries.

        Args:
            people: The entries in the order of the file.
        """
        self.people = tuple(people)

    def __bool__(self) -> bool:
        """Return whether there is any entry."""
        return bool(self.people)

    def __eq__(self, other: object) -> bool:
        """Return whether the entries are the same."""
        return isinstance(other, Curation) and self.people == other.people

    def __hash__(self) -> int:
        """Return a hash of the entries."""
        return hash(self.people)

    def find_person(self, key: str) -> Person | None:
        """Return the person of the key of an identity, or None."""
        return self._by_key.get(key)

    def list_writers(self, paper_id: str) -> tuple[Person, ...]:
        """Return the people who are said to have written a paper."""
        return self._by_paper.get(paper_id, ())

    def list_denied(self, paper_id: str) -> tuple[Person, ...]:
        """Return the people who are said not to have written a paper."""
        return self._by_denied.get(paper_id, ())

    def list_different(self, key: str) -> tuple[Person, ...]:
        """Return the people who are said not to be an identity."""
        return self._by_different.get(key, ())

    def find_namesakes(self, name: str) -> tuple[Person, ...]:
        """Return the people who have a name, also as an alias or a former one."""
        return self._by_name.get(make_name_key(name), ()) if self.people else ()

    def find_shown_name(self, name: str) -> str:
        """Return the name to show for a former one; empty for other names.

        A former name of several people is never shown either: the first of them is.
        """
        person = self.hidden.get(make_name_key(name)) if self.hidden else None
        return person.name if person else ""

    @cached_property
    def hidden(self) -> dict[str, Person]:
        """The person of each former name, by `make_name_key`."""
        return _group_first(
            (make_name_key(name), one) for one in self.people for name in one.hidden
        )

    @cached_property
    def _by_key(self) -> dict[str, Person]:
        return _group_first((key, one) for one in self.people for key in one.keys)

    @cached_property
    def _by_paper(self) -> dict[str, tuple[Person, ...]]:
        return _group_all((paper, one) for one in self.people for paper in one.papers)

    @cached_property
    def _by_denied(self) -> dict[str, tuple[Person, ...]]:
        return _group_all((paper, one) for one in self.people for paper in one.not_papers)

    @cached_property
    def _by_different(self) -> dict[str, tuple[Person, ...]]:
        return _group_all((key, one) for one in self.people for key in one.different)

    @cached_property
    def _by_name(self) -> dict[str, tuple[Person, ...]]:
        names = ((name, one) for one in self.people for name in (*one.names, *one.hidden))
        return _group_all((make_name_key(name), one) for name, one in names)


def _group_first(pairs: Iterable[tuple[str, Person]]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for key, person in pairs:
        found.setdefault(key, person)
    return found


def _group_all(pairs: Iterable[tuple[str, Person]]) -> dict[str, tuple[Person, ...]]:
    found: dict[str, dict[Person, None]] = {}
    for key, person in pairs:
        found.setdefault(key, {})[person] = None
    return {key: tuple(people) for key, people in found.items()}
