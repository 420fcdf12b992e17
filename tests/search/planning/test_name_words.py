"""Check that words typed without quotes are found as names, and that other words are not."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest

PAPERS = {  # id: title, authors
    "graph": ("Attention over graphs", "Mary T. Keane; Ida Roux"),
    "tree": ("Attention over trees", "Mary Keane"),
    "mt": ("Attention for mt systems", "Keane, Paul"),
    "shea": ("Rings and ideals", "Cian O'Shea"),
    "angelo": ("Ideals of the early universe", "Rita D'Angelo"),
    "hoek": ("Grammar of dunes", "Piet van den Hoek"),
    "rae": ("Grammar of tides", "Ian McRae"),
    "kang": ("Grammar of rivers", "Seo-Jun Kang"),
    "seojun": ("Grammar of lakes", "Seojun Kang"),
    "vega": ("Grammar of clouds", "Lucía Inés Robles Vega"),
    "deep": ("Deep rl with trees", "Kusum Deep"),
    "deep2": ("Deep rl for robots", "Ron L. Fox"),
}

FOUND = [  # query, ids of all hits
    ("keane mt attention", "graph mt"),
    ("Keane MT attention", "graph mt"),
    ("mt keane", "graph mt"),
    ("keane tm attention", ""),
    ("o shea", "shea"),
    ("oshea ideals", "shea"),
    ("d angelo", "angelo"),
    ("d shea", ""),
    ("vandenhoek grammar", "hoek"),
    ("van den hoek grammar", "hoek"),
    ("mc rae tides", "rae"),
    ("seojun kang", "kang seojun"),
    ("kang seo-jun", "kang seojun"),
    ("seo-jun rivers", "kang"),
    ("seo-jin kang", ""),
    ("robles vega li", "vega"),
    ("vega li clouds", "vega"),
    ("author:o shea", "shea"),
    ("author:(mt keane)", "graph"),
    ("author:keane author:mt", "graph"),
    ("author:(o shea) ideals", "shea"),
    ("deep rl", "deep deep2"),
    ("keane AND mt AND graphs", "graph"),
    ("keane -mt attention", "graph tree"),
]


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over papers whose authors' names are typed in parts."""
    return Searcher(
        index_of(
            *(
                {"id": name, "title": title, "authors": authors.split("; ")}
                for name, (title, authors) in PAPERS.items()
            )
        )
    )


def find_papers(searcher: Searcher, query: str) -> list[str]:
    """Return the ids of the hits with all the words, in order."""
    results = searcher.search(SearchRequest(query))
    return [] if results.relaxed else [hit.paper.id for hit in results.hits]


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_words_of_a_name_are_found(searcher: Searcher, query: str, expected: str) -> None:
    """A short word beside a surname is looked for in names."""
    assert sorted(find_papers(searcher, query)) == sorted(expected.split())


@pytest.mark.parametrize("query", ["keane mt attention", "o shea", "li vega robles"])
def test_the_order_of_the_words_does_not_matter(searcher: Searcher, query: str) -> None:
    """The same papers are found in any order."""
    orders = [" ".join(order) for order in permutations(query.split())]
    assert len({tuple(sorted(find_papers(searcher, order))) for order in orders}) == 1


@pytest.mark.parametrize(("query", "expected"), [
    ("keane mt", "graph"), ("o shea ideals", "shea"), ("mc rae grammar", "rae"),
])  # fmt: skip
def test_a_name_ranks_above_mentions(searcher: Searcher, query: str, expected: str) -> None:
    """The paper with the name comes before others that have the words or most of them."""
    assert searcher.search(SearchRequest(query)).hits[0].paper.id == expected
