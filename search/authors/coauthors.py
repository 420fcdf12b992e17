"""Count the people with whom an author has written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from index.names.parser import strip_homonym_number
from index.records import Author
from search.authors.affiliations import choose_spelling
from search.authors.core_names import reduce_name
from search.authors.mentions import Mention

CLOSE = 2
"""Joint papers of a close co-author. Asked for by the project's plan."""

MOST_TOGETHER = 100
"""Authors of a paper whose co-authors are counted. Chosen: the authors of a larger one are a
collaboration, who need not know each other, and some have thousands."""


@dataclass(frozen=True, slots=True)
class Coauthor:
    """A person with whom an author has written.

    Attributes:
        key: The most frequent spelling of the name, folded and without dblp's number.
        name: The name as most papers write it.
        papers: The number of joint papers.
        first_year: The year of the earliest of them; None if no year is known.
        last_year: The year of the latest of them; None if no year is known.
    """

    key: str
    name: str
    papers: int
    first_year: int | None
    last_year: int | None

    @property
    def is_close(self) -> bool:
        """Return whether they have written at least two papers together."""
        return self.papers >= CLOSE


@dataclass(slots=True)
class _Joint:
    """What the joint papers say of a co-author."""

    names: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)
    years: list[int] = field(default_factory=list)

    def add(self, author: Author, year: int | None) -> None:
        self.names[author.name] += 1
        self.keys[strip_homonym_number(author.key)] += 1
        if year is not None:
            self.years.append(year)


def list_coauthors(mentions: Iterable[Mention]) -> tuple[Coauthor, ...]:
    """List the co-authors of an author, the one of most joint papers first, then by name.

    Spellings of a name count as one, as on the page of the name. Papers of more than
    `MOST_TOGETHER` authors are left out.

    Args:
        mentions: The papers of the author.
    """
    joint: dict[tuple[str, str], _Joint] = {}
    for mention in mentions:
        paper = mention.paper
        if len(paper.authors) > MOST_TOGETHER:
            continue
        others = {_identify_name(author): author for author in paper.authors}
        others.pop(_identify_name(mention.author))
        for name, author in others.items():
            joint.setdefault(name, _Joint()).add(author, paper.shown.year)
    found = map(_describe, joint.values())
    return tuple(sorted(found, key=lambda one: (-one.papers, one.key)))


def _identify_name(author: Author) -> tuple[str, str]:
    """Return what spellings of a name share; of names without a given name, the whole key."""
    core = reduce_name(author.name)
    return (core.first, core.family) if core.first else ("", author.key)


def _describe(joint: _Joint) -> Coauthor:
    return Coauthor(
        choose_spelling(joint.keys),
        choose_spelling(joint.names),
        joint.names.total(),
        min(joint.years, default=None),
        max(joint.years, default=None),
    )
