"""The interface of search engines, and what they share.

An engine translates plans of `search.planning.plan` into its own queries and does nothing else.
Other modules know engines only through `Engine` and by name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, repeat
from typing import Protocol

from search.planning.plan import AllOf, Node, Plan, Tokens, Weighted

MOST_VALUES = 1_000
"""Values of a facet that are listed. Chosen: these are about 70 kB of JSON."""

MOST_BOUNDED = 2 * MOST_VALUES
"""Values up to which an engine counts them within a bound of time, and may list fewer. Views that
leave out some of the values ask for a few more than are listed."""


@dataclass(frozen=True, slots=True)
class ValueCounts:
    """The values of a facet, each with its exact number of papers.

    Attributes:
        counts: Pairs of value and number, the most frequent value first; ties break alphabetically.
        complete: Whether these are all values. Otherwise the less frequent ones are left out.
    """

    counts: list[tuple[str, int]]
    complete: bool = True

    def join(self, others: Iterable[tuple[str, int]]) -> "ValueCounts":
        """Return these values and others, which were counted separately, in one order."""
        return replace(self, counts=sorted([*self.counts, *others], key=_rank))


def rank_values(counts: Iterable[tuple[str, int]], limit: int) -> ValueCounts:
    """Sort the values of a facet, and keep the most frequent ones.

    Args:
        counts: Pairs of value and number of papers, of all values.
        limit: The maximum number of values.
    """
    ranked = sorted(counts, key=_rank)
    return ValueCounts(ranked[:limit], complete=len(ranked) <= limit)


def _rank(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


FacetCounts = dict[str, ValueCounts]
"""The values of each facet, by its field."""


@dataclass(frozen=True, slots=True)
class Order:
    """A sort by a field. Papers without a value come last; ties break by id.

    Attributes:
        field: A columnar field of `index.fields`.
        descending: Whether the largest value comes first.
    """

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class HitPage:
    """One page of hits.

    Attributes:
        total: The exact number of papers that match.
        hits: Pairs of score and encoded paper, in order; the score is 0 in a sort by a field.
    """

    total: int
    hits: list[tuple[float, bytes]]


class Engine(Protocol):
    """Runs plans over one generation.

    An engine sees all documents, both works and the records they were merged from;
    `search.answers.index_views` hides one or the other.
    """

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers with a token in a field."""

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """List the tokens of a field with a prefix.

        Args:
            field: A field of tokens or of whole values.
            prefix: The prefix; not empty.
            limit: The maximum number of tokens.
            within: A node that papers must match to be counted, or None for all papers.

        Returns:
            Pairs of token and number of papers, the most frequent first; ties break
            alphabetically.
        """

    def find(self, plan: Plan, order: Order | None, offset: int, limit: int) -> HitPage:
        """Return one page of hits.

        Args:
            plan: The plan.
            order: The sort, or None to rank by score.
            offset: The number of hits before the page.
            limit: The maximum number of hits on the page.
        """

    def count_matches(self, match: Node) -> int:
        """Return the exact number of papers that match."""

    def count_facets(
        self, match: Node, facets: Mapping[str, Node | None], limit: int = MOST_VALUES
    ) -> FacetCounts:
        """Count the values of facets over all papers that match.

        Args:
            match: The papers to count over.
            facets: For each facet, a condition that applies to it alone, or None.
            limit: The maximum number of values of each facet that are returned.
        """

    def read_paper(self, paper_id: str) -> bytes | None:
        """Return the encoded paper or work with an id, or None; merged records are not found."""


def needs_pairs(row: Tokens) -> bool:
    """Return whether a phrase is run as pairs of tokens, see `split_into_pairs`."""
    return row.slop > 0 and len([token for token in row.tokens if token]) > _PAIR


_PAIR = 2


def split_into_pairs(row: Tokens) -> Node:
    """Rewrite a phrase of three or more tokens with slop as pairs of tokens with slop.

    Every two tokens may be at most `slop` moves from their places in the phrase. Engines disagree
    about slop in longer phrases: Tantivy's hits depend on how rare the tokens are, and differ
    between searching and counting.

    Returns:
        A node that scores about as much as one phrase.
    """
    pairs = [
        Tokens(row.field, (one, *repeat("", there - here - 1), other), row.slop)
        for (here, one), (there, other) in combinations(enumerate(row.tokens), _PAIR)
    ]
    return Weighted(AllOf(tuple(pairs)), 1 / (len(row.tokens) - 1))


def convert_pattern(pattern: str) -> str:
    """Convert a pattern of letters, ``*`` and ``?`` into a regular expression for whole tokens."""
    wildcards = {"*": ".*", "?": "."}
    return "".join(wildcards.get(char) or re.escape(char) for char in pattern)
