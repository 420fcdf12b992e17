"""Answers: do AND, OR and NOT do to the hits what they do to sets?"""

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from index.text.analyser import stem_all, tokenise
from search.answers.searcher import Searcher
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
from search.planning.stopwords import STOP_WORDS
from search.request.search_request import SearchRequest

WORDS = "deep graph sort sorted sorting tree index query model speech the of q".split()
NAMES = ["Ada Stone", "Bob Stack", "Ada Stack", "A. Stone", "Wei Wang", "Deep Graph"]
VENUES = ["ICML", "ICLR", "Graph Letters", ""]
COUNT = 300

Hits = frozenset[str]


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Give an index of papers of very few words, so that everything meets everything."""
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
def hits(searcher: Searcher, query: Query | str) -> Hits:
    """Give the ids that a query finds, hidden ones too, seeing that it was not widened."""
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


def tree(choice: random.Random, depth: int) -> Query:
    """Give a random tree of fields and quotes, none of which is ever widened."""
    if depth == 0 or choice.random() < 0.2:
        return choice.choice(LEAVES)
    children = [tree(choice, depth - 1) for _ in range(choice.randint(2, 3))]
    kind = choice.randrange(6)
    if kind < 2:
        return all_of(children)
    if kind < 4:
        return any_of(children)
    return Not(children[0]) if kind == 4 else choice.choice([Required(children[0]), children[0]])


def by_sets(searcher: Searcher, query: Query, everything: Hits) -> Hits:
    """Work out the hits of a tree from those of its leaves."""
    match query:
        case And(children):
            return everything.intersection(*(by_sets(searcher, c, everything) for c in children))
        case Or(children):
            return frozenset().union(*(by_sets(searcher, c, everything) for c in children))
        case Not(child):
            return everything - by_sets(searcher, child, everything)
        case Required(child) | Boost(child, _):
            return by_sets(searcher, child, everything)
        case _:
            return hits(searcher, query)


@pytest.mark.parametrize("seed", range(150))
def test_trees_do_what_sets_do(searcher: Searcher, seed: int) -> None:
    """The hits of any tree are those of its leaves, met, joined and complemented."""
    query = tree(random.Random(seed), depth=3)
    everything = hits(searcher, "*")
    assert len(everything) == COUNT
    assert hits(searcher, query) == by_sets(searcher, query, everything)


@pytest.mark.parametrize("seed", range(60))
def test_clauses_narrow_and_alternatives_widen(searcher: Searcher, seed: int) -> None:
    """Adding AND never finds more, OR never less; NOT finds exactly the rest."""
    choice = random.Random(seed)
    one, two = choice.sample(LEAVES, 2)
    a, b = hits(searcher, one), hits(searcher, two)
    assert hits(searcher, f"({one}) ({two})") == a & b
    assert hits(searcher, f"({one}) OR ({two})") == a | b
    assert len(a) + len(hits(searcher, f"NOT {one}")) == COUNT
    assert hits(searcher, f"({one}) -({two})") == a - b


def test_leaves_find_what_they_say(searcher: Searcher) -> None:
    """The leaves themselves agree with reading the papers."""
    papers = [searcher.read_paper(name) for name in hits(searcher, "*")]
    for word in WORDS:
        exact = {paper.id for paper in papers if word in tokenise(paper.title)}
        assert hits(searcher, f'title:"{word}"') == exact
        stemmed = {p.id for p in papers if stem_all([word])[0] in stem_all(tokenise(p.title))}
        assert hits(searcher, f"title:{word}") == stemmed
    late = {paper.id for paper in papers if (paper.shown.year or 0) >= 2020}
    assert hits(searcher, "year:>=2020") == late


@pytest.mark.parametrize("query", ["deep", "deep graph", "tree sort index", "deep 2018"])
def test_stop_words_and_weights_change_no_hit(searcher: Searcher, query: str) -> None:
    """A stop word beside other words, a boost and a plus change the order, not the hits."""
    found = hits(searcher, query)
    assert hits(searcher, f"the {query} of") == found
    assert hits(searcher, f"+{query}") == found
    assert hits(searcher, f"({query})^3") == found
    assert hits(searcher, query.replace("deep", "deep^0.2")) == found


@pytest.mark.parametrize("query", ["the", "of the", "the of"])
def test_stop_words_alone_are_searched(searcher: Searcher, query: str) -> None:
    """A query of nothing but stop words asks for papers that have them all."""
    assert STOP_WORDS.issuperset(query.split())
    expected = hits(searcher, " ".join(f'"{word}"' for word in query.split()))
    assert hits(searcher, query) == expected
