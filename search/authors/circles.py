"""Find co-authors of a name who wrote papers together without it.

Two papers of a name that share no author may still come from one group: if an author of the one
wrote another paper with an author of the other.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations, product

import msgspec

from index.names.parser import strip_homonym_number
from search.engines.engine import Engine
from search.planning.plan import AnyOf, Exact, Node, Plan, Without, all_of, any_of

MOST_COAUTHORS = 400
"""Co-authors whose papers are looked for, those with the fewest papers of the name first: papers
that share many co-authors need no further evidence. 434 take 45 ms at 95,099 papers."""

MOST_JOINT = 1_000
"""Papers that are read; chosen."""

MOST_CIRCLES = 5_000
"""Pairs of co-authors that count, in alphabetical order; a name of 500 papers has 600 at most."""

MOST_AUTHORS = 40
"""Authors of a paper that tells who works with whom; chosen, as in `search.authors.features`."""

MOST_PAPERS = 10
"""Papers of a co-author that are compared with those of another; chosen. More share an author."""


class _Authors(msgspec.Struct):
    """The authors of a paper, decoded without the rest."""

    class Key(msgspec.Struct):
        """The key of an author."""

        key: str = ""

    authors: tuple[Key, ...] = ()


_decode_authors = msgspec.msgpack.Decoder(_Authors).decode


def count_circles(
    engine: Engine, coauthors: Sequence[Collection[str]], names: Collection[str]
) -> Counter[tuple[int, int]]:
    """Count the pairs of co-authors, one of each paper, who wrote a paper without the name.

    Args:
        engine: The index.
        coauthors: The keys of the co-authors of each paper of the name.
        names: The keys of the name.

    Returns:
        The number for each pair of papers that has some; authors of both papers do not count.
    """
    papers: dict[str, list[int]] = defaultdict(list)
    for place, keys in enumerate(coauthors):
        for key in keys:
            papers[key].append(place)
    found: Counter[tuple[int, int]] = Counter()
    for one, other in _find_joint(engine, papers, names):
        for first, second in product(papers[one][-MOST_PAPERS:], papers[other][-MOST_PAPERS:]):
            if first != second and _are_of_one_each(
                (one, other), coauthors[first], coauthors[second]
            ):
                found[min(first, second), max(first, second)] += 1
    return found


def _are_of_one_each(
    pair: tuple[str, str], first: Collection[str], second: Collection[str]
) -> bool:
    """Return whether the one is an author of the first paper alone, the other of the second."""
    one, other = pair
    return other not in first and one not in second


def _find_joint(
    engine: Engine, papers: Mapping[str, Sequence[int]], names: Collection[str]
) -> list[tuple[str, str]]:
    """Return the pairs of co-authors who wrote a paper without the name, in order."""
    asked = sorted(papers, key=lambda key: (len(papers[key]), key))[:MOST_COAUTHORS]
    if len(asked) <= 1:
        return []
    ways: tuple[Node, ...] = tuple(Exact("author_key", key) for key in asked)
    without = Without(any_of([Exact("author_key", key) for key in sorted(names)]))
    plan = Plan(all_of([AnyOf(ways, at_least=2), without]), scored=False)
    known = set(asked)
    found: set[tuple[str, str]] = set()
    for _, record in engine.find(plan, None, 0, MOST_JOINT).hits:
        keys = {strip_homonym_number(author.key) for author in _decode_authors(record).authors}
        if len(keys) <= MOST_AUTHORS:
            found.update(combinations(sorted(keys & known), 2))
    return sorted(found)[:MOST_CIRCLES]
