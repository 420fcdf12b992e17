"""List all values of one facet of a search, counted on demand, to be searched and paged."""

from collections.abc import Iterable
from dataclasses import dataclass

from index.text.folding import fold
from search.answers.searcher import Searcher
from search.errors import ChoiceUnknown, PageInvalid, ParameterInvalid
from search.request.facets import FACETS, FacetValue, Selection, mark_values
from search.request.search_request import SearchRequest

PER_PAGE = 100
"""Values on a page; chosen."""

MOST_COUNTED = 250_000
"""Values that are counted at most, the most frequent ones. Chosen: 95,099 papers have 152,000
authors, whose names take 20 MB while they are counted."""

LONGEST_FIND = 200
"""Characters that are looked for in values; chosen."""

ORDERS = ("count", "name")
"""How values are ordered: the most frequent first, or from A to Z."""


@dataclass(frozen=True, slots=True)
class FacetPage:
    """One page of the values of a facet.

    Attributes:
        name: The facet.
        request: The search, its selected values as the index writes them.
        find: What the values contain.
        order: One of `ORDERS`.
        page: The page, from 1.
        pages: The number of pages, at least 1.
        values: The values of this page.
        total: The number of values that contain what is looked for.
        complete: Whether every value was counted.
    """

    name: str
    request: SearchRequest
    find: str
    order: str
    page: int
    pages: int
    values: tuple[FacetValue, ...]
    total: int
    complete: bool


def list_facet_values(
    searcher: Searcher, request: SearchRequest, name: str, find: str = "", order: str = ORDERS[0]
) -> FacetPage:
    """List one page of the values of a facet.

    Args:
        searcher: The index.
        request: The search; its page is that of the values.
        name: The facet. Its values are counted without its own selection.
        find: Words that a value must contain, in any order; case and accents are ignored.
        order: One of `ORDERS`.

    Raises:
        ChoiceUnknown: The facet or the order is unknown.
        ParameterInvalid: What is looked for is too long.
        PageInvalid: The page is beyond the last one.
        QueryError: `search.answers.searcher.Searcher.search` would refuse the request.
    """
    if name not in FACETS:
        raise ChoiceUnknown("facet", name, FACETS)
    if order not in ORDERS:
        raise ChoiceUnknown("order", order, ORDERS)
    if len(find) > LONGEST_FIND:
        raise ParameterInvalid("find", find, f"at most {LONGEST_FIND} characters")
    found, request = searcher.count_values(request, name, MOST_COUNTED)
    pairs = _find_values(found.counts, find)
    if order == "name":
        pairs.sort(key=lambda pair: fold(pair[0]))
    pages = max(1, -(-len(pairs) // PER_PAGE))
    if request.page > pages:
        raise PageInvalid(request.page, pages)
    shown = pairs[(request.page - 1) * PER_PAGE : request.page * PER_PAGE]
    selection = request.selections.get(name, Selection())
    values = mark_values(shown, selection)
    return FacetPage(
        name, request, find, order, request.page, pages, values, len(pairs), found.complete
    )


def _find_values(counts: Iterable[tuple[str, int]], find: str) -> list[tuple[str, int]]:
    """Return the values that contain every word that is looked for."""
    words = fold(find).split()
    pairs = [pair for pair in counts if pair[1]]
    for word in words:
        pairs = [pair for pair in pairs if word in _fold_value(pair[0])]
    return pairs


def _fold_value(value: str) -> str:
    return value.lower() if value.isascii() else fold(value)
