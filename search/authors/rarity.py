"""Measure how rare names and institutions are in an index."""

from collections.abc import Iterable
from math import log1p

from search.engines.bm25 import compute_idf
from search.engines.engine import Engine


class Rarity:
    """The rarity of tokens in one index, each looked up once.

    Attributes:
        papers: The number of papers in the index, at least 1.
    """

    def __init__(self, engine: Engine, papers: int) -> None:
        """Prepare to look tokens up.

        Args:
            engine: Counts the papers with a token.
            papers: The number of papers in the index.
        """
        self._engine = engine
        self.papers = max(1, papers)
        self._known: dict[tuple[str, str], float] = {}
        self._sums: dict[tuple[str, tuple[str, ...]], float] = {}

    def measure(self, field: str, token: str) -> float:
        """Return the inverse document frequency of a token of a field."""
        found = self._known.get((field, token))
        if found is None:
            having = self._engine.count_documents(field, token)
            found = compute_idf(min(having, self.papers), self.papers)
            self._known[field, token] = found
        return found

    def add_up(self, field: str, tokens: tuple[str, ...]) -> float:
        """Return the logarithm of the sum of the rarities of tokens; 0 without any."""
        if not tokens:
            return 0.0
        found = self._sums.get((field, tokens))
        if found is None:
            found = log1p(sum([self.measure(field, token) for token in tokens]))
            self._sums[field, tokens] = found
        return found

    def count_rarest(self, field: str, tokens: Iterable[str]) -> int:
        """Return the number of papers with the rarest of some tokens; 0 without any."""
        counts = (self._engine.count_documents(field, token) for token in tokens)
        return min(counts, default=0)
