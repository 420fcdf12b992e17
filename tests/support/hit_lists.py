"""Collect the hits of a query from all pages of its results."""

from dataclasses import replace

from search.answers.results import Results
from search.answers.searcher import Searcher
from search.request.search_request import MAX_PER_PAGE, SearchRequest


def read_pages(searcher: Searcher, request: SearchRequest) -> list[Results]:
    """Return all pages of results of a request; only the first has facets."""
    pages = [searcher.search(request)]
    while len(pages) < pages[0].pages:
        pages.append(searcher.search(replace(request, page=len(pages) + 1, facets=())))
    return pages


def list_ids(pages: list[Results]) -> list[str]:
    """Return the ids of all hits, in order."""
    return [hit.paper.id for page in pages for hit in page.hits]


def list_hits(searcher: Searcher, query: str) -> list[str]:
    """Return the ids of all hits of a query in order, including those of a widened search."""
    request = SearchRequest(query, per_page=MAX_PER_PAGE, facets=())
    return list_ids(read_pages(searcher, request))


def list_matches(
    searcher: Searcher, query: str, *, hidden: bool = False, sort: str = "relevance"
) -> list[str]:
    """Return the ids of the papers that have all of a query, in order.

    In a widened search these are the first hits.

    Args:
        searcher: The searcher.
        query: The query.
        hidden: Whether to include withdrawn, rejected and retracted papers.
        sort: The name of a sort.
    """
    request = SearchRequest(query, sort=sort, per_page=MAX_PER_PAGE, hidden=hidden, facets=())
    pages = read_pages(searcher, request)
    relaxed = pages[0].relaxed
    return list_ids(pages)[: pages[0].total if relaxed is None else relaxed.strict]
