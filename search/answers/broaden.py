"""Find what can be dropped from a search that found nothing, or asked for less exactly."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from search.answers.index_views import switch_view
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.budget.budget import check_budget
from search.budget.errors import BudgetSpent
from search.language.tree import And, Dates, Query, Range, all_of
from search.request.search_request import MAX_QUERY, SearchRequest, View

MOST_TRIED = 12
"""Searches tried for one request. Their hits are only counted, which takes about a millisecond."""


@dataclass(frozen=True, slots=True)
class Broader:
    """A broader search that finds something.

    Attributes:
        label: What it drops or replaces, for the reader.
        request: The broader search.
        total: How many papers it finds.
    """

    label: str
    request: SearchRequest
    total: int


@dataclass(frozen=True, slots=True)
class BroaderSearches:
    """The broader searches of a search that found nothing.

    Attributes:
        found: Those that find something, the one with the fewest papers first.
        complete: Whether all were tried; else the budget of the request did not allow more.
    """

    found: tuple[Broader, ...] = ()
    complete: bool = True


def broaden(searcher: Searcher, results: Results) -> BroaderSearches:
    """Try to drop each filter and each clause of a search that found nothing, and its exact dates.

    Args:
        searcher: The index.
        results: The results of the search.
    """
    found, complete = [], True
    for label, broader in islice(_list_broader(results), MOST_TRIED):
        parsed = results.parsed if broader.query == results.request.query else None
        try:
            check_budget()  # parsing a long query takes long too
            total = searcher.count_hits(broader, parsed)
        except BudgetSpent:
            complete = False  # others may cost less
            continue
        if total:
            found.append(Broader(label, broader, total))
    return BroaderSearches(tuple(sorted(found, key=lambda one: one.total)), complete)


def _list_broader(results: Results) -> Iterator[tuple[str, SearchRequest]]:
    request, parsed = replace(results.request, page=1), results.parsed
    if results.view is View.RECORDS:
        yield "merge duplicates", switch_view(request, parsed, View.WORKS)
    if not request.hidden:
        label = "include withdrawn, rejected and retracted papers"
        yield label, replace(request, hidden=True)
    for name in request.selections:
        rest = {other: chosen for other, chosen in request.selections.items() if other != name}
        yield f"any {name}", replace(request, selections=rest)
    if len(request.selections) > 1:
        yield "no filters", replace(request, selections={})
    for label, written in _list_queries(parsed.query):
        if len(written) <= MAX_QUERY:  # spelling out the operators may make it too long
            yield label, replace(request, query=written, view=results.view)


def _list_queries(query: Query) -> Iterator[tuple[str, str]]:
    """Yield broader queries: one without each clause, and one with the years of each date."""
    parts = query.children if isinstance(query, And) else (query,)
    for place, part in enumerate(parts):
        others = (parts[:place], parts[place + 1 :])
        if len(parts) > 1:
            yield f"without {part}", str(all_of([*others[0], *others[1]]))
        if isinstance(part, Dates) and (years := _widen(part)) is not None:
            yield f"{years} instead of {part}", str(all_of([*others[0], years, *others[1]]))


def _widen(dates: Dates) -> Range | None:
    """Return the years of dates, which most papers have; None if they are years already."""
    if max(len(dates.low), len(dates.high)) == len("2019"):
        return None
    low, high = (int(end[:4]) if end else None for end in (dates.low, dates.high))
    return Range("year", low, high)
