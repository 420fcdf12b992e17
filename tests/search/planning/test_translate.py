"""Check that AND, OR and NOT combine hits as sets are combined."""

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from index.text.analyser import tokenise
from index.text.stems import stem_all
from search.answers.searcher import Searcher
from search.language.stopwords import STOP_WORDS
from search.language.tree import (
    And,
    Boost,
    Not,
    Or,
    Phrase,
    Query,
    Range,
    Required,
    Word,
    all_of,
    any_of,
)
from search.request.search_request import SearchRequest

WORDS = "deep graph sort sorted sorting tree index query model speech the of q".split()
NAMES = ["Ada Stone", "Bob Stack", "Ada Stack", "A. Stone", "Wei Wang", "Deep Graph"]
VENUES = ["ICML", "ICLR", "Graph Letters", ""]
COUNT = 300

Hits = frozenset[str]


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over papers made from very few words, so that all combinations occur."""
    choice = random.Random(3)
    return Searcher(
        index_of(
            *(
                {
                    "id": f"p{number}",
                    "title": " ".join(choice.choices(WORDS, k=choice.randint(1, 4))),
                    "abstract": " ".join(choice.choices(WORDS, k=choice.randint(0, 5))),
                    "authors": choice.sample(NAMES, choice.randint(0, 2)),
                    "venue": choice.choice(VENUES),
                    "year": choice.choice([None, *range(2015, 2024)]),
                    "status": choice.choice(["", "", "withdrawn"]),
                }
                for number in range(COUNT)
            )
        )
    )


@cache
def find_hits(searcher: Searcher, query: Query | str) -> Hits:
    """Return the ids that a query finds, hidden ones too, and check that it was not widened."""
    found: list[str] = []
    while True:
        page = len(found) // 100 + 1
        request = SearchRequest(str(query), page=page, per_page=100, hidden=True, facets=())
        results = searcher.search(request)
        assert results.relaxed is None
        found += [hit.paper.id for hit in results.hits]
        if len(found) == results.total:
            assert len(set(found)) == len(found)
            return frozenset(found)


LEAVES: list[Query] = [
    *(Phrase(word, "title") for word in WORDS),
    *(Phrase(word) for word in WORDS[:6]),
    *(Word(word, "title") for word in WORDS[:9]),
    Phrase("deep graph"),
    Phrase("graph deep", slop=3),
    Word("ada", "author"),
    Phrase("Ada Stone", "author"),
    Word("stone", "author", first=True),
    Word("icml", "venue"),
    Range("year", 2018, 2020),
    Range("year", None, 2016),
    Range("year", 2030, None),
]


def make_tree(choice: random.Random, depth: int) -> Query:
    """Make a random tree of fields and phrases, which is never widened."""
    if depth == 0 or choice.random() < 0.2:
        return choice.choice(LEAVES)
    children = [make_tree(choice, depth - 1) for _ in range(choice.randint(2, 3))]
    kind = choice.randrange(6)
    if kind < 2:
        return all_of(children)
    if kind < 4:
        return any_of(children)
    return Not(children[0]) if kind == 4 else choice.choice([Required(children[0]), children[0]])


def combine_sets(searcher: Searcher, query: Query, everything: Hits) -> Hits:
    """Compute the hits of a tree from those of its leaves."""
    match query:
        case And(children):
            return everything.intersection(
                *(combine_sets(searcher, c, everything) for c in children)
            )
        case Or(children):
            return frozenset().union(*(combine_sets(searcher, c, everything) for c in children))
        case Not(child):
            return everything - combine_sets(searcher, child, everything)
        case Required(child) | Boost(child, _):
            return combine_sets(searcher, child, everything)
        case _:
            return find_hits(searcher, query)


@pytest.mark.parametrize("seed", range(150))
def test_trees_combine_as_sets(searcher: Searcher, seed: int) -> None:
    """The hits of any tree follow from those of its leaves by set operations."""
    query = make_tree(random.Random(seed), depth=3)
    everything = find_hits(searcher, "*")
    assert len(everything) == COUNT
    assert find_hits(searcher, query) == combine_sets(searcher, query, everything)


@pytest.mark.parametrize("seed", range(60))
def test_clauses_narrow_and_alternatives_widen(searcher: Searcher, seed: int) -> None:
    """AND intersects, OR unites, and NOT finds exactly the other papers."""
    choice = random.Random(seed)
    one, two = choice.sample(LEAVES, 2)
    a, b = find_hits(searcher, one), find_hits(searcher, two)
    assert find_hits(searcher, f"({one}) ({two})") == a & b
    assert find_hits(searcher, f"({one}) OR ({two})") == a | b
    assert len(a) + len(find_hits(searcher, f"NOT {one}")) == COUNT
    assert find_hits(searcher, f"({one}) -({two})") == a - b


def test_leaves_find_their_papers(searcher: Searcher) -> None:
    """The leaves find the papers that contain their words, each read by itself."""
    papers = [searcher.read_paper(name) for name in find_hits(searcher, "*")]
    for word in WORDS:
        exact = {paper.id for paper in papers if word in tokenise(paper.title)}
        assert find_hits(searcher, f'title:"{word}"') == exact
        stemmed = {p.id for p in papers if stem_all([word])[0] in stem_all(tokenise(p.title))}
        assert find_hits(searcher, f"title:{word}") == stemmed
    late = {paper.id for paper in papers if (paper.shown.year or 0) >= 2020}
    assert find_hits(searcher, "year:>=2020") == late


@pytest.mark.parametrize("query", ["deep", "deep graph", "tree sort index", "deep 2018"])
def test_stop_words_and_boosts_change_no_hit(searcher: Searcher, query: str) -> None:
    """A stop word beside other words, a boost and a plus change only the order of hits."""
    found = find_hits(searcher, query)
    assert find_hits(searcher, f"the {query} of") == found
    assert find_hits(searcher, f"+{query}") == found
    assert find_hits(searcher, f"({query})^3") == found
    assert find_hits(searcher, query.replace("deep", "deep^0.2")) == found


@pytest.mark.parametrize("query", ["the", "of the", "the of"])
def test_stop_words_alone_are_searched(searcher: Searcher, query: str) -> None:
    """A query of stop words alone finds the papers that have all of them."""
    assert STOP_WORDS.issuperset(query.split())
    expected = find_hits(searcher, " ".join(f'"{word}"' for word in query.split()))
    assert find_hits(searcher, query) == expected
