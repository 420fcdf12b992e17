"""Describe what the mentions of a name have in common, pair by pair.

Only pairs that share something are compared: a co-author, an institution, or co-authors who wrote
together elsewhere. Most pairs of a frequent name share nothing, so the cost grows with what is
shared rather than with the square of the papers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import log1p
from typing import NamedTuple

from index.names.parser import strip_homonym_number
from search.authors.affiliations import key_institution
from search.authors.mentions import Mention
from search.authors.rarity import Rarity

PAIR_FEATURES = {
    "coauthor": "1 if an author of both papers is known besides the name",
    "coauthors": "the logarithm of the rarity of all these authors together",
    "institution": "the logarithm of the rarity of the author's institutions on both papers",
    "paper_institution": "1 if any institution, of whatever author, is on both papers",
    "circle": "the logarithm of the pairs of co-authors, one of each paper, who wrote together",
    "venue": "1 if the venue is the same",
    "years": "the years between the papers, in tens",
}
"""What two papers have in common, in the order of the values of a comparison. Tried too, with no
gain by cross-validation in `tests.bench.identities`: words of titles, topics and abstracts,
institutions that differ, the rarest co-author alone, the place in the list of authors."""

NAME_FEATURE = "ambiguity"
"""The same for all pairs of a name, see `measure_ambiguity`."""

MOST_AUTHORS = 40
"""Authors of a paper up to which its co-authors tell something; chosen. Members of a collaboration
share thousands of papers with people they have never met."""

ALL_PAIRS = 40
"""Papers that share one thing and are all compared with each other. Of more, each is compared with
the `NEXT_PAPERS` that follow in time, so that 500 papers of one institution make 5,000 pairs."""

NEXT_PAPERS = 10
"""Tried for both: 40 and 10, 20 and 8, 12 and 6: B-cubed F1 .969, .968, .967 in the half to tune on
of `tests.bench.identities`, with 83,537, 74,911 and 69,063 pairs."""

MOST_PAIRS = 30_000
"""Pairs beyond which no more are looked for; 500 papers have 4,000 to 8,000. They take .2 s."""

LONGEST_GAP = 10
"""Years between two papers beyond which more make no difference; chosen."""

Pair = tuple[int, int]
"""The places of two mentions, the smaller one first."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a paper says about one of its authors, apart from the name.

    Attributes:
        coauthors: The names of the other authors by their keys.
        institutions: The author's institutions by their folded names.
        paper_institutions: The folded names of all authors' institutions.
        venue: The short name of the venue; empty if unknown.
        year: The year; None if unknown.
    """

    coauthors: Mapping[str, str]
    institutions: Mapping[str, str]
    paper_institutions: frozenset[str]
    venue: str
    year: int | None


class Comparison(NamedTuple):
    """What two mentions have in common.

    Attributes:
        coauthors: The keys of the authors of both papers.
        institutions: The folded names of the author's institutions on both papers.
        joint: The number of pairs of co-authors, one of each paper, who wrote another paper.
        values: The values of `PAIR_FEATURES`.
    """

    coauthors: tuple[str, ...]
    institutions: tuple[str, ...]
    joint: int
    values: tuple[float, ...]


def read_traits(mention: Mention) -> Traits:
    """Read what a paper says about one of its authors.

    Institutions are folded by case alone, not by `affiliations.key_institution`: the weights of
    `pair_model` were fitted so.
    """
    paper, author = mention.paper, mention.author
    others = [one for at, one in enumerate(paper.authors) if at != mention.position]
    few = len(others) < MOST_AUTHORS
    return Traits(
        {strip_homonym_number(one.key): one.name for one in others} if few else {},
        {name.casefold(): name for name in author.affiliations if key_institution(name)},
        frozenset(
            name.casefold()
            for one in paper.authors
            for name in one.affiliations
            if key_institution(name)
        )
        if few
        else frozenset(),
        paper.shown.venue,
        paper.shown.year,
    )


def find_pairs(traits: Sequence[Traits], circles: Iterable[Pair]) -> list[Pair]:
    """Return the pairs of mentions that share something, in order.

    Args:
        traits: The mentions, from old to new.
        circles: Pairs whose co-authors wrote together.
    """
    sharing: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(traits):
        for key in one.coauthors:
            sharing["author", key].append(place)
        for name in one.paper_institutions.union(one.institutions):
            sharing["institution", name].append(place)
    found = set(circles)
    for _, places in sorted(sharing.items(), key=_rank_shared):
        if len(found) >= MOST_PAIRS:
            break
        found.update(_pair_up(places))
    return sorted(found)


def _rank_shared(shared: tuple[tuple[str, str], list[int]]) -> tuple[int, tuple[str, str]]:
    """Rank what fewer papers share first, since it tells more."""
    what, places = shared
    return len(places), what


def _pair_up(places: list[int]) -> Iterator[Pair]:
    if len(places) <= ALL_PAIRS:
        yield from combinations(places, 2)
        return
    for at, place in enumerate(places):
        yield from ((place, other) for other in islice(places, at + 1, at + 1 + NEXT_PAPERS))


def compare(one: Traits, other: Traits, joint: int, rarity: Rarity) -> Comparison:
    """Compare two mentions of one name.

    Args:
        one: A mention.
        other: Another one.
        joint: The number of pairs of their co-authors who wrote another paper together.
        rarity: How rare names and institutions are in the index.
    """
    coauthors = _intersect(one.coauthors, other.coauthors)
    institutions = _intersect(one.institutions, other.institutions)
    gap = abs(one.year - other.year) if one.year and other.year else 0
    values = (
        1.0 if coauthors else 0.0,
        rarity.add_up("author_key", coauthors),
        rarity.add_up("institution", tuple([one.institutions[key] for key in institutions])),
        0.0 if one.paper_institutions.isdisjoint(other.paper_institutions) else 1.0,
        log1p(joint) if joint else 0.0,
        1.0 if one.venue == other.venue != "" else 0.0,
        min(gap, LONGEST_GAP) / LONGEST_GAP,
    )
    return Comparison(coauthors, institutions, joint, values)


def _intersect(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of both, in the order of the first, so that sums are always the same."""
    if not one or not other or one.keys().isdisjoint(other):
        return ()
    return tuple([key for key in one if key in other])
