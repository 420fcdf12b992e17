"""Counts of an imaginary index, for planning without an engine."""

from collections.abc import Mapping

from search.planning.plan import Node


class Counts:
    """Counts that planning may ask for, from a table.

    Attributes:
        table: For each field, the number of papers with each token.
    """

    def __init__(self, table: Mapping[str, Mapping[str, int]]) -> None:
        self.table = table

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers with a token in a field."""
        return self.table.get(field, {}).get(token, 0)

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """List the tokens of a field with a prefix, the most frequent first."""
        assert within is None
        known = self.table.get(field, {}).items()
        found = [(token, count) for token, count in known if count and token.startswith(prefix)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]
