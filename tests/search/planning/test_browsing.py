"""Test which queries rank papers and which only select them."""

import pytest

from search.language.parser import parse
from search.planning.browsing import ranks_hits

RANKING = [
    "attention",
    '"neural networks"',
    "title:attention",
    'abstract:"a model"',
    "venue:NeurIPS attention",
    "venue:NeurIPS OR attention",
    "+attention",
    "attention -venue:ICML",
    'author:"Ashish Vaswani"',
    "venue:NeurIPS^3 OR venue:ICML",
    "author:hoffmann OR author:hoffmann~",
    "attention OR *",
]
SELECTING = [
    "",
    "*",
    "venue:NeurIPS",
    'venue:"Neural Information" year:2017',
    'topic:"object detection"',
    "author:hinton",
    'author:"hinton"',
    "author:^hinton year:2012",
    "institution:MIT OR institution:Google",
    "+venue:NeurIPS",
    "has:doi type:preprint",
    "date:2019-01..2019-06",
    "id:10.48550/arxiv.1706.03762",
    "-attention",
    "venue:NeurIPS -attention",
    "transform*",
    "atention~",
    "atention~ OR transform*",
]


@pytest.mark.parametrize("query", RANKING)
def test_words_rank_papers(query: str) -> None:
    """Words, phrases, full names and typed weights rank papers, whatever is beside them."""
    assert ranks_hits(parse(query).query)


@pytest.mark.parametrize("query", SELECTING)
def test_values_only_select_papers(query: str) -> None:
    """Values, ranges, excluded words, patterns, and single words of lists rank no paper."""
    assert not ranks_hits(parse(query).query)
