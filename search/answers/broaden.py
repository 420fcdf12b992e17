"""Find what can be dropped from a search that found nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.answers.index_views import switch_view
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.language.tree import And, all_of
from search.request.search_request import MAX_QUERY, SearchRequest, View

MOST_TRIED = 12
"""Searches tried for one request; each takes about a millisecond."""


@dataclass(frozen=True, slots=True)
class Broader:
    """A broader search that finds something.

    Attributes:
        label: What it drops, for the reader.
        request: The broader search.
        total: How many papers it finds.
    """

    label: str
    request: SearchRequest
    total: int


def broaden(searcher: Searcher, results: Results) -> tuple[Broader, ...]:
    """Try to drop each filter and each clause of a search that found nothing.

    Args:
        searcher: The index.
        results: The results of the search.

    Returns:
        The searches that find something, the one with the fewest papers first.
    """
    found = []
    for tried, (label, broader) in enumerate(_list_broader(results)):
        if tried == MOST_TRIED:
            break
        # Only the total is needed, so one hit and no facets.
        probe = replace(broader, per_page=1, facets=())
        parsed = results.parsed if probe.query == results.request.query else None
        if total := searcher.search(probe, parsed).total:
            found.append(Broader(label, broader, total))
    return tuple(sorted(found, key=lambda one: one.total))


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
    query = parsed.query
    if isinstance(query, And):
        for place, part in enumerate(query.children):
            kept = [child for at, child in enumerate(query.children) if at != place]
            written = str(all_of(kept))
            if len(written) <= MAX_QUERY:  # spelling out the operators may make it too long
                yield f"without {part}", replace(request, query=written, view=results.view)
