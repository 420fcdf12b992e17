"""Count and complete tokens without asking the cluster, from the counts beside a generation."""

from collections.abc import Iterator
from itertools import islice

from index.engines.token_counts import COUNTED, TokenCounts
from search.planning.plan import AllOf, Anything, Exact, Node, Without

View = tuple[str, ...]
"""Values of ``dup`` whose documents are left out."""


class LocalCounts:
    """Answers what the counts of a generation can tell."""

    def __init__(self, counts: TokenCounts) -> None:
        self._counts = counts

    def count_documents(self, field: str, token: str) -> int | None:
        """Count the papers with a token in a field; None if the field is not counted."""
        return self._counts.count(field, token) if field in COUNTED else None

    def count_matches(self, match: Node) -> int | None:
        """Count the papers that match, if that is one token, perhaps in one view of the index."""
        found = _split_view(match)
        if found is None or not isinstance(found[0], Exact) or found[0].field not in COUNTED:
            return None
        return self._counts.count(found[0].field, found[0].value, found[1])

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None
    ) -> list[tuple[str, int]] | None:
        """List the tokens with a prefix in all papers, or in one view of the index.

        Returns:
            Pairs of token and number of papers, see `search.engines.engine.Engine`; None if the
            papers or the field are others.
        """
        found = (None, ()) if within is None else _split_view(within)
        if found is None or found[0] is not None or field not in COUNTED:
            return None
        return self._counts.list_tokens(field, prefix, limit, found[1])

    def list_candidates(self, field: str, prefix: str, some: int) -> Iterator[dict[str, int]]:
        """Yield the tokens with a prefix, some at a time, the most frequent in all papers first."""
        every = iter(self._counts.list_tokens(field, prefix, _ALL))
        while part := dict(islice(every, some)):
            yield part


_ALL = -1


def _split_view(match: Node) -> tuple[Exact | None, View] | None:
    """Return the one value that papers must have, if any, and the view; None for other nodes.

    These are the nodes by which `search.answers.index_views` counts within a view.
    """
    parts = match.children if isinstance(match, AllOf) else (match,)
    value: Exact | None = None
    view: list[str] = []
    for part in parts:
        match part:
            case Anything():
                pass
            case Without(Exact("dup", dup)):
                view.append(dup)
            case Exact() if value is None:
                value = part
            case _:
                return None
    return value, tuple(view)
