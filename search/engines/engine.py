"""Answers: what must an engine do to answer a plan?

An engine translates `search.planning.plan` into its own queries and nothing else; the rest of the
search knows engines only through `Engine` and by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Protocol, cast

from index.engines.engine import import_engine
from search.planning.plan import AllOf, Node, Plan, Tokens, Weighted

FacetCounts = dict[str, list[tuple[str, int]]]
"""Facet values with counts, by facet, most frequent first, then by value."""


@dataclass(frozen=True, slots=True)
class Order:
    """A sort by a field: papers without a value come last, ties by id.

    Attributes:
        field: A columnar field of `index.fields`.
        descending: The largest first.
    """

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class HitPage:
    """One page of hits.

    Attributes:
        total: How many papers match, exactly.
        hits: (score, the paper's bytes) in order; the score is 0 where a field orders.
    """

    total: int
    hits: list[tuple[float, bytes]]


class Engine(Protocol):
    """Answers plans over one generation.

    It sees all documents, works and rows; `search.answers.index_views` leaves out the ones or
    the others.
    """

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers that have a token in a field."""

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """Give the tokens of a field that begin so.

        Args:
            field: A field of tokens or of whole values.
            prefix: Not empty.
            limit: At most so many.
            within: Only those of papers that match.

        Returns:
            (token, papers that have it and match) pairs, the most frequent first, then by
            the alphabet.
        """

    def find(self, plan: Plan, order: Order | None, offset: int, limit: int) -> HitPage:
        """Give one page of hits, by score or by a field."""

    def count_matches(self, match: Node) -> int:
        """Count the papers that match, exactly."""

    def count_facets(self, match: Node, facets: Mapping[str, Node | None]) -> FacetCounts:
        """Count the values of facets over all matches.

        Args:
            match: The papers to count over.
            facets: For each facet the condition that holds for it alone, or None.
        """

    def read_paper(self, paper_id: str) -> bytes | None:
        """Give the bytes of the paper of this id, neither row nor part of a work, or None."""


def needs_pairs(row: Tokens) -> bool:
    """Tell whether `split_into_pairs` says what a row means."""
    return row.slop > 0 and len([token for token in row.tokens if token]) > _PAIR


_PAIR = 2


def split_into_pairs(row: Tokens) -> Node:
    """Say a row of three or more tokens that may move by pairs that may move.

    Every two of them must stand at most so many moves from where the row has them. Engines have
    their own meanings of more than two; Tantivy's hits differ with the rarity of the tokens, and
    between a search that scores and one that counts.

    Returns:
        What matches the same papers, with about the score of one phrase.
    """
    pairs = [
        Tokens(row.field, (one, *[""] * (there - here - 1), other), row.slop)
        for (here, one), (there, other) in combinations(enumerate(row.tokens), _PAIR)
    ]
    return Weighted(AllOf(tuple(pairs)), 1 / (len(row.tokens) - 1))


def open_engine(name: str, folder: Path) -> Engine:
    """Open the engine files of a generation for reading.

    Raises:
        EngineMissing: No such engine, or its package is not installed.
        GenerationCorrupt: The engine cannot read its files.
    """
    return cast("Engine", import_engine("search", name).open_folder(folder))
