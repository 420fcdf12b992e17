"""Check which words are taken from the top results, and what they change."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.records import Paper
from search.answers.searcher import Searcher
from search.planning.plan import Term, Weighted
from search.planning.relevance_feedback import ORIGINAL_WEIGHT, WORDS, build_feedback_boosts
from search.request.search_request import SearchRequest


def test_words_are_weighted_by_their_share() -> None:
    """Weights are proportional to a word's share of the papers' text, and sum to a fixed mass."""
    papers = [Paper(id="a", title="graph graph tree"), Paper(id="b", title="graph")]
    boosts = build_feedback_boosts(papers, words=3)
    mass = 3 * (1 - ORIGINAL_WEIGHT) / ORIGINAL_WEIGHT
    weights = {boost.child: boost.factor for boost in boosts if isinstance(boost, Weighted)}
    assert weights == pytest.approx(
        {
            Term("text", "graph"): mass * (2 / 3 + 1) / 2,
            Term("text", "tree"): mass * (1 / 3) / 2,
        }
    )


def test_ties_break_alphabetically() -> None:
    """The words do not depend on the order of the papers."""
    papers = [Paper(id=word, title=word) for word in ("cat", "ant", "bee")]
    expected = ["ant", "bee", "cat"]
    for order in (papers, papers[::-1]):
        found = build_feedback_boosts(order, words=1)
        assert [boost.child for boost in found if isinstance(boost, Weighted)] == [
            Term("text", word) for word in expected
        ]


def test_at_most_a_number_of_content_words_are_taken() -> None:
    """Stop words, numbers and single letters are skipped."""
    title = " ".join(f"word{'abcdefghijklmnopqrstuvwxyz'[n]}x" for n in range(WORDS + 5))
    assert len(build_feedback_boosts([Paper(id="a", title=title)], words=1)) == WORDS
    found = build_feedback_boosts([Paper(id="a", title="the graph of 2019 x")], words=1)
    assert [boost.child for boost in found if isinstance(boost, Weighted)] == [
        Term("text", "graph")
    ]


def test_papers_that_share_words_of_the_top_results_rise(index_of: Callable[..., Path]) -> None:
    """A paper that shares words of the top results rises above one that does not."""
    shared = "offline policy value estimation"
    papers = [
        {"id": f"first{n}", "title": f"Conservative Learning {n}", "abstract": shared}
        for n in range(5)
    ]
    papers += [
        {"id": "alone", "title": "On it", "abstract": "conservative hats hats hats at sea"},
        {
            "id": "shares",
            "title": "On it",
            "abstract": f"{shared} conservative all hats of the sea",
        },
    ]
    searcher = Searcher(index_of(*papers))

    def find(*, expand: bool) -> list[str]:
        hits = searcher.search(SearchRequest("conservative", expand=expand)).hits
        return [hit.paper.id for hit in hits]

    assert find(expand=False)[-2:] == ["alone", "shares"]
    assert find(expand=True)[-2:] == ["shares", "alone"]
