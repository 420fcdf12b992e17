"""Restrict what a request finds to papers that are not hidden and to those that it selects."""

from search.language.tree import Query, Value, list_leaves
from search.planning.plan import Anything, Exact, Flat, Node, Without, all_of, any_of
from search.request.facets import HIDDEN_STATUSES
from search.request.search_request import SearchRequest

_SHOWS_HIDDEN = {"status", "id", "doi", "arxiv"}
"""A query on one of these fields disables the hidden-status filter: it asks for certain papers."""

HIDDEN: Node = any_of([Exact("status", status) for status in HIDDEN_STATUSES])
NOT_HIDDEN: Node = Without(HIDDEN)
"""Matches all papers but withdrawn, rejected and retracted ones."""


def hides_papers(request: SearchRequest, query: Query) -> bool:
    """Return whether withdrawn, rejected and retracted papers are hidden from a request."""
    if request.hidden or request.selections.get("status"):
        return False
    return not any(
        isinstance(leaf, Value) and leaf.field in _SHOWS_HIDDEN for leaf in list_leaves(query)
    )


def exclude_hidden(match: Node, *, hiding: bool) -> Node:
    """Exclude hidden papers from a match, if they are hidden."""
    return all_of([match, NOT_HIDDEN]) if hiding else match


def join_condition(match: Node, condition: Node | None) -> Node:
    """Restrict a match to a condition, which adds nothing to scores."""
    if condition is None:
        return match
    if isinstance(match, Anything):
        return condition
    return all_of([match, condition if isinstance(condition, Without) else Flat(condition, 0.0)])
