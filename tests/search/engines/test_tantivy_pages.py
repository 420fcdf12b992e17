"""Check that a deep page holds the same hits as when everything is sorted."""

from collections.abc import Callable
from pathlib import Path

import pytest

import search.engines.tantivy as engine
import search.engines.tantivy_pages as deep
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest

SORTS = ("title", "author", "newest", "oldest", "cited")
STARTS = ("a", "A ", "Zoo", "élan", "ß", "深度", "1st", "-minus", "x y", "x-y", "~", "TO", "OR", "")


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over ids and titles that share prefixes or begin oddly."""
    return Searcher(
        index_of(
            *(
                {
                    "id": f"{('dump:', 'Dump/', 'other~', 'é:')[n % 4]}{n % 7}{start or n}_{n}",
                    "title": f"{start} title {n % 5} of {n}",
                    "authors": [f"{start} Kumar {n % 3}"] if n % 3 else [],
                    "year": 2000 + n % 4,
                    "abstract": "common",
                }
                for n in range(12)
                for start in STARTS
            )
        )
    )


@pytest.mark.parametrize("query", ["*", "common", "year:2001", "-zoo"])
@pytest.mark.parametrize("sort", ["relevance", *SORTS])
def test_deep_pages_equal_those_of_the_whole_list(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch, query: str, sort: str
) -> None:
    """Pages after hits that were skipped are the same as when all hits are sorted."""

    def list_pages() -> list[tuple[int, list[str]]]:
        first = searcher.search(SearchRequest(query, sort=sort, per_page=7, facets=()))
        requests = (
            SearchRequest(query, sort=sort, per_page=7, page=number, facets=())
            for number in range(1, first.pages + 1)
        )
        found = map(searcher.search, requests)
        return [(results.total, [hit.paper.id for hit in results.hits]) for results in found]

    whole = list_pages()
    for module in (deep, engine):
        monkeypatch.setattr(module, "NEAR", 3)
    assert list_pages() == whole
    assert len({name for _, names in whole for name in names}) == whole[0][0]
