"""Test how close a paper is said to come to a clause that it does not match."""

import pytest

from search.answers.searcher import Searcher
from search.explain.near_miss import NearMiss, find_near_miss, list_values
from search.language.parser import parse
from search.language.tree import list_leaves

ATTENTION = "vaswani-2017-attention"

NEAR = [
    ("atention", NearMiss(missing=("atention",), near=("attention",))),
    ("zebra", NearMiss(missing=("zebra",))),
    ("author:shazer", NearMiss(missing=("shazer",), near=("shazeer",))),
    ("title:recurrence", NearMiss(missing=("recurrence",), where=("abstract",))),
    ("author:attention", NearMiss(missing=("attention",), where=("title",))),
    ('"need all you"', NearMiss()),
    ('"all zebras need"', NearMiss(missing=("zebras",))),
    ('"layer alone"', NearMiss(missing=("layer",), near=("layers",))),
    ("transfromer~1", NearMiss(missing=("transfromer",), near=("transformer", "transformers"))),
    ("attentoin*", NearMiss(missing=("attentoin",), near=("attention",))),
    ("year:2019", NearMiss(has=("2017",))),
    ("citations:>5", NearMiss()),
    ("type:thesis", NearMiss(has=("conference paper", "preprint"))),
    ("arxiv:1234.56789", NearMiss(has=("1706.03762",))),
    ("doi:10.1000/x", NearMiss()),
    ("venue:icml", NearMiss(missing=("icml",))),
    ("*", None),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), NEAR)
def test_a_near_miss_lists_missing_and_similar_words(
    sample_searcher: Searcher, query: str, expected: NearMiss | None
) -> None:
    """A near miss has the missing words, similar ones, other fields and the paper's own values."""
    (leaf,) = list_leaves(parse(query).query)
    assert find_near_miss(leaf, sample_searcher.read_paper(ATTENTION)) == expected


def test_values_of_every_facet(sample_searcher: Searcher) -> None:
    """The values listed are those that the facets count for the paper."""
    paper = sample_searcher.read_paper(ATTENTION)
    assert list_values(paper, "venue") == ("NeurIPS", "arXiv")
    assert list_values(paper, "topic") == paper.topics
    assert list_values(paper, "author")[1] == "Noam Shazeer"
    assert list_values(paper, "status") == list_values(paper, "institution") == ()
