"""Check which words the nearest papers add to a passage, and what they change."""

from collections.abc import Callable
from math import sqrt
from pathlib import Path

import pytest

from index.records import Paper
from search.answers.passage_feedback import WEIGHT, WORDS, build_passage_boosts
from search.answers.related_words import WordChooser
from search.answers.searcher import Searcher
from search.planning.boosts import PASSAGE
from search.planning.plan import Term, Weighted
from search.planning.telling_words import MOST_WORDS
from search.request.search_request import SearchRequest

OWN = [f"{a}{b}x" for a in ("ba", "cor", "dil", "fen", "gam") for b in "aeioum"]
"""The words of the passage: more than `PASSAGE`, and no more than are searched."""

PAPERS = [
    *({"id": f"near{n}", "title": f"River {n}", "abstract": f"{' '.join(OWN[:10])} silt"}
      for n in range(5)),
    {"id": "plain", "title": "Hill", "abstract": f"{' '.join(OWN[10:12])} gravel"},
    {"id": "silted", "title": "Fell", "abstract": f"{' '.join(OWN[10:12])} silt"},
    *({"id": f"other{n}", "title": f"Moor {n}", "abstract": f"clay peat {' '.join(OWN[12:])}"}
      for n in range(5)),
]  # fmt: skip


@pytest.fixture
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Open an index of papers near to the passage, and of others."""
    return Searcher(index_of(PAPERS))


def test_words_are_weighted_by_the_nearest_papers(searcher: Searcher) -> None:
    """The squares of a paper's weights add up to a share of the number of words."""
    chooser = WordChooser(searcher.engine, searcher.manifest.papers)
    boosts = build_passage_boosts([Paper(id="a", title="", abstract="clay silt peat")], 75, chooser)
    assert sorted(str(one.child) for one in boosts if isinstance(one, Weighted)) == sorted(
        str(Term("text", word)) for word in ("clay", "silt", "peat")
    )
    squares = sum(one.factor**2 for one in boosts if isinstance(one, Weighted))
    assert sqrt(squares) == pytest.approx(WEIGHT * sqrt(75))


def test_only_the_best_words_are_added(searcher: Searcher) -> None:
    """Long papers add no more than `WORDS` words."""
    chooser = WordChooser(searcher.engine, searcher.manifest.papers)
    paper = Paper(id="a", title="", abstract=" ".join(OWN))
    assert len(build_passage_boosts([paper], 75, chooser)) == WORDS


def test_papers_with_words_of_the_nearest_rise(searcher: Searcher) -> None:
    """Of two papers with the same words of a passage, the one like its nearest papers is first."""
    assert PASSAGE < len(OWN) <= MOST_WORDS
    results = searcher.explain(SearchRequest(" ".join(OWN), per_page=20))
    found = [hit.paper.id for hit in results.hits]
    assert found.index("silted") < found.index("plain")
    assert results.total == searcher.search(SearchRequest(" ".join(OWN), facets=())).total
    for hit in results.hits:
        assert sum(reason.weight for reason in hit.reasons or ()) == pytest.approx(hit.score)


def test_another_order_needs_no_feedback(searcher: Searcher) -> None:
    """The words of the nearest papers are looked for only if the score orders the hits."""
    newest = searcher.search(SearchRequest(" ".join(OWN), sort="newest"))
    best = searcher.search(SearchRequest(" ".join(OWN)))
    assert len(best.plan.boosts) > len(newest.plan.boosts)
    assert best.total == newest.total
