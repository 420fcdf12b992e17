"""Answers: nothing was found; what could be dropped so that something is?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.answers.index_views import asks_for_records, seeing
from search.answers.searcher import Searcher
from search.language.parser import parse
from search.language.tree import And, all_of
from search.request.search_request import MAX_QUERY, SearchRequest

MOST_TRIED = 12
"""Searches made to find out; each takes about a millisecond."""


@dataclass(frozen=True, slots=True)
class Relief:
    """A wider search that finds something.

    Attributes:
        label: What it drops, for the reader.
        request: The wider search.
        total: How many papers it finds.
    """

    label: str
    request: SearchRequest
    total: int


def reliefs(searcher: Searcher, request: SearchRequest) -> tuple[Relief, ...]:
    """Try what could be dropped from a search that found nothing.

    Args:
        searcher: The index.
        request: The search.

    Returns:
        What helps, the narrowest first.
    """
    found = []
    for tried, (label, wider) in enumerate(_wider(request)):
        if tried == MOST_TRIED:
            break
        # One hit and no facets: only the total is wanted.
        probe = replace(wider, per_page=1, facets=())
        if total := searcher.search(probe).total:
            found.append(Relief(label, wider, total))
    return tuple(sorted(found, key=lambda relief: relief.total))


def _wider(request: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    request = replace(request, page=1)
    parsed = parse(request.query)
    raw = asks_for_records(request, parsed)
    if raw:
        yield "works instead of their records", seeing(request, raw=False)
    if not request.hidden:
        yield "show withdrawn, rejected and retracted papers", replace(request, hidden=True)
    for name in request.selections:
        rest = {other: chosen for other, chosen in request.selections.items() if other != name}
        yield f"any {name}", replace(request, selections=rest)
    if len(request.selections) > 1:
        yield "no filters", replace(request, selections={})
    query = parsed.query
    if isinstance(query, And):
        for place, part in enumerate(query.children):
            rest_of = [child for at, child in enumerate(query.children) if at != place]
            written = str(all_of(rest_of))
            if len(written) <= MAX_QUERY:  # with its operators spelt out it may be too long
                yield f"without {part}", replace(request, query=written, raw=raw)
