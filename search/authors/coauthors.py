"""Count the people with whom an author has written."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from heapq import nlargest

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


_Joint = list[tuple[Author, int | None]]
"""A co-author as each joint paper names them, with its year."""


def list_coauthors(mentions: Iterable[Mention], most: int | None = None) -> tuple[Coauthor, ...]:
    """List the co-authors of an author, the one of most joint papers first, then by name.

    Spellings of a name count as one, as on the page of the name. Papers of more than
    `MOST_TOGETHER` authors are left out.

    Args:
        mentions: The papers of the author.
        most: The most co-authors to list; all if None.
    """
    joint: dict[tuple[str, str], _Joint] = {}
    for mention in mentions:
        paper = mention.paper
        if len(paper.authors) > MOST_TOGETHER:
            continue
        year = paper.shown.year
        others = {_identify_name(author): author for author in paper.authors}
        others.pop(_identify_name(mention.author))
        for name, author in others.items():
            if (known := joint.get(name)) is None:
                known = joint[name] = []
            known.append((author, year))
    found = [_describe(one) for one in _select(joint.values(), most)]
    return tuple(sorted(found, key=lambda one: (-one.papers, one.key))[:most])


def _select(joint: Collection[_Joint], most: int | None) -> Iterable[_Joint]:
    """Leave out those who have fewer joint papers than the last that is listed."""
    if most is None or len(joint) <= most:
        return joint
    least = nlargest(most, map(len, joint))[-1]
    return (one for one in joint if len(one) >= least)


def _identify_name(author: Author) -> tuple[str, str]:
    """Return what spellings of a name share; of names without a given name, the whole key."""
    core = reduce_name(author.name)
    return (core.first, core.family) if core.first else ("", author.key)


def _describe(joint: _Joint) -> Coauthor:
    if len(joint) == 1:  # most of them
        author, year = joint[0]
        return Coauthor(strip_homonym_number(author.key), author.name, 1, year, year)
    years = [year for _, year in joint if year is not None]
    return Coauthor(
        choose_spelling(Counter(strip_homonym_number(author.key) for author, _ in joint)),
        choose_spelling(Counter(author.name for author, _ in joint)),
        len(joint),
        min(years, default=None),
        max(years, default=None),
    )
