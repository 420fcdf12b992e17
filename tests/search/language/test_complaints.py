"""Check queries that users of other search engines report as broken.

The rows are complaints that recur in public threads, grouped by what users asked for.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.text.analyser import tokenise
from index.text.cleaning import clean_title
from search.answers.searcher import Searcher
from search.language.parser import parse
from search.request.search_request import SORTS, SearchRequest
from tests.support.hit_lists import list_matches

PAPERS: list[dict[str, object]] = [
    {"id": "solr", "title": "SOLR at Scale"},
    {"id": "solve", "title": "How to Solve Anything", "abstract": "We solved and are solving it."},
    {"id": "learned", "title": "Learned Indexes", "abstract": "What is learned stays learned."},
    {"id": "learning", "title": "Learning Indexes"},
    {"id": "smith", "title": "Botany", "authors": ["John Smith"]},
    {"id": "jane", "title": "Botany", "authors": ["Jane Smith", "John Brown"]},
    {"id": "johns", "title": "Botany", "authors": ["Johns Smithson"]},
    {"id": "jsmith", "title": "Botany", "authors": ["J. Smith"]},
    {"id": "xiaoming", "title": "Botany", "authors": ["Xiaoming Li"]},
    {"id": "accent", "title": "Vision of Bees", "authors": ["José Núñez"], "year": 2020},
    {"id": "tax20", "title": "Steuern 2020"},
    {"id": "tax21", "title": "Steuerrecht 2021"},
    {"id": "steuer", "title": "Steuer"},
    {"id": "zh", "title": "神经网络机器翻译"},
    {"id": "w2", "title": "Filing Form W-2"},
    {"id": "ww", "title": "W and Form 2"},
    {"id": "one", "title": "One-to-one Tutoring"},
    {"id": "case", "title": "File 02091-C-71"},
    {"id": "r", "title": "R for Botanists"},
    {"id": "photo", "title": "Photosynthesis"},
    {"id": "n2041", "title": "Report 2041"},
    {"id": "n2042", "title": "Report 2042", "ids": {"doi": "10.1000/2042"}},
    {"id": "hoffman", "title": "Proofs", "authors": ["Ada Hoffman"]},
    {"id": "hoffmann", "title": "Proofs", "authors": ["Ida Hoffmann"]},
    {"id": "tex", "title": "Bounds on $\\alpha$-divergence", "abstract": "An $O(n^2)$ bound."},
    {"id": "uni", "title": "Bounds on α-divergence"},
    {"id": "title", "title": 'Is "Attention" (Really) All You Need? -- A Study: Part 2'},
]
ALL = {str(paper["id"]) for paper in PAPERS}
BOTANY = {"smith", "jane", "johns", "jsmith", "xiaoming"}

FOUND = [
    # 2: quoted words match exactly, not their stems
    ('"solr"', {"solr"}),
    ("solr", {"solr"}),
    ('"learned"', {"learned"}),
    ('"learning"', {"learning"}),
    ('"learned indexes"', {"learned"}),
    ("learned indexes", {"learned", "learning"}),
    # 3: names
    ('author:"John Smith"', {"smith", "jsmith"}),
    ('author:"Smith, J"', {"smith", "jane", "jsmith"}),
    ('author:"Ming Li"', set()),
    ("author:núñez bees", {"accent"}),
    ("author:nunez bees 2020", {"accent"}),
    ("josé vision", {"accent"}),
    # 10: an operator never silently becomes something else
    ("steuer*", {"tax20", "tax21", "steuer"}),
    ("title:steuer*", {"tax20", "tax21", "steuer"}),
    ("title:*202?", {"tax20", "tax21"}),
    ("title:*uern", {"tax20"}),
    ("steuer", {"steuer"}),
    # 11: Chinese
    ("神经网络", {"zh"}),
    ("机器翻译", {"zh"}),
    ("title:翻译", {"zh"}),
    ('"神经网络"', {"zh"}),
    ("神网", set()),
    # 12: hyphens, single letters, digits
    ("W-2", {"w2"}),
    ("one-to-one", {"one"}),
    ('"one-to-one"', {"one"}),
    ("02091-C-71", {"case"}),
    ("C-71", {"case"}),
    ("title:r", {"r"}),
    ("R", {"r"}),
    # 13: parts of words, when they are asked for
    ("photosyn*", {"photo"}),
    ("*synthesis", {"photo"}),
    ("*synth*", {"photo"}),
    ("photosyn", set()),
    # 14: no tolerance for numbers and identifiers
    ("2041", {"n2041"}),
    ("Report 2041", {"n2041"}),
    ("10.1000/2042", {"n2042"}),
    ("10.1000/2041", set()),
    ("author:hoffman", {"hoffman"}),
    ("author:hoffman~", {"hoffman", "hoffmann"}),
    # 23, 24: accents and formulas
    ("α-divergence", {"tex", "uni"}),
    ("alpha-divergence", {"tex", "uni"}),
    ("$\\alpha$-divergence", {"tex", "uni"}),
    ("\\alpha", {"tex", "uni"}),
    ("Nu\u0301n\u0303ez", set()),
    # 27: nothing but what is excluded
    ("-botany", ALL - BOTANY),
    ("NOT botany", ALL - BOTANY),
    ("-title:botany -author:jos*", ALL - BOTANY - {"accent"}),
    ("NOT (botany OR steuer*)", ALL - BOTANY - {"tax20", "tax21", "steuer"}),
    ("-nothinglikethis", ALL),
]

REPORTED = [  # 10: what is not understood is reported, with its place
    ("title:*202[0-4]", (6, 15)),
    ("deep NEAR/3 nets || x", (17, 19)),
    ("(deep", (0, 1)),
    ("titel:deep", (0, 6)),
    ('"deep', (0, 1)),
    ("year:soon", (5, 9)),
    ("word~0.8", (0, 8)),
]


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over the papers above."""
    return Searcher(index_of(*PAPERS))


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_reported_queries_find_the_papers(
    searcher: Searcher, query: str, expected: set[str]
) -> None:
    """A query that fails elsewhere finds the papers that its users wanted."""
    if "\u0301" in query:  # decomposed, as some systems type it: the same as composed
        expected = set(list_matches(searcher, "Núñez"))
        assert expected
    assert set(list_matches(searcher, query)) == expected


@pytest.mark.parametrize(("query", "place"), REPORTED)
def test_what_is_not_understood_is_reported(query: str, place: tuple[int, int]) -> None:
    """Nothing is ignored silently: a notice has the span of what was not understood."""
    assert place in [notice.at for notice in parse(query).notices]


@pytest.mark.parametrize("title", sorted({str(paper["title"]) for paper in PAPERS}))
def test_an_exact_title_is_found(searcher: Searcher, title: str) -> None:
    """A pasted title, with all its punctuation, ranks its paper first."""
    hits = searcher.search(SearchRequest(title)).hits
    words = tokenise(clean_title(title))
    same = {p["id"] for p in PAPERS if tokenise(clean_title(str(p["title"]))) == words}
    assert hits[0].paper.id in same


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_no_sort_drops_a_paper(searcher: Searcher, sort: str) -> None:
    """A query finds the same papers in every sort."""
    for query in ("-botany", "proofs", "author:smith", "report", "*"):
        found = list_matches(searcher, query, sort=sort)
        assert sorted(found) == sorted(list_matches(searcher, query))


def test_a_fuzzy_match_ranks_below_an_exact_one(searcher: Searcher) -> None:
    """A word ranks above its neighbours."""
    hits = searcher.search(SearchRequest("author:hoffmann OR author:hoffmann~")).hits
    assert [hit.paper.id for hit in hits] == ["hoffmann", "hoffman"]


def test_results_show_the_interpreted_query(searcher: Searcher) -> None:
    """The interpreted query names fields in full and brackets its parts."""
    results = searcher.search(SearchRequest("ti:solr OR au:smith -y:2020"))
    assert results.interpreted == "title:solr OR (author:smith (NOT year:2020))"
