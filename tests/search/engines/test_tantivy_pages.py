"""Check that a deep page holds the same hits as when everything is sorted."""

from collections.abc import Callable
from pathlib import Path

import pytest

import search.engines.tantivy as engine
import search.engines.tantivy_pages as deep
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest

ALIKE = ("a new", "a  ", "中文 学习", "中文学习", "zoë", "zzz", "same", "same", "\U0001f600 é")
"""Beginnings of titles that follow each other at characters of every size."""

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


@pytest.mark.parametrize("sort", ["title", "author"])
def test_titles_that_begin_alike_are_skipped(
    index_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    """Pages are reached through many titles that share a beginning, or are the same."""
    shared = Searcher(
        index_of(
            *(
                {
                    "id": f"{n}",
                    "title": ALIKE[n % 9],
                    "authors": [f"Ab {ALIKE[n % 5]}"],
                    "abstract": "common",
                }
                for n in range(90)
            )
        )
    )
    for query in ("*", "common"):
        asked = [SearchRequest(query, sort=sort, per_page=4, page=n, facets=()) for n in (1, 9, 17)]
        whole = [[hit.paper.id for hit in shared.search(request).hits] for request in asked]
        with monkeypatch.context() as patch:
            for module in (deep, engine):
                patch.setattr(module, "NEAR", 2)
            assert whole == [
                [hit.paper.id for hit in shared.search(request).hits] for request in asked
            ]
