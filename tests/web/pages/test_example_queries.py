"""Test which example queries are made of papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Appearance, Author, Paper
from web.pages.example_queries import LONGEST_EXAMPLE, write_examples

RESNET = Paper(
    "r",
    "Deep Residual Learning for Image Recognition",
    authors=(Author("Kaiming He"),),
    appearances=(Appearance("CVPR", year=2016),),
)
GAN = Paper("g", "Generative Adversarial Nets", appearances=(Appearance("ACM MM", year=2014),))


@pytest.mark.parametrize(
    ("papers", "examples"),
    [
        ([], []),
        ([Paper("x", "On tides")], ['"On tides"']),
        (
            [RESNET, GAN],
            [
                'author:"Kaiming He" year:2016',
                '"Generative Adversarial Nets"',
                'venue:"ACM MM" generative',
            ],
        ),
        ([RESNET], ['author:"Kaiming He" year:2016', "venue:CVPR residual"]),
        ([Paper("x", "T", topics=("tides", "Sea Level", "a b c d e" * 9))], ["sea level"]),
    ],
)
def test_examples(papers: list[Paper], examples: list[str]) -> None:
    """There is an example of each kind that the papers allow."""
    assert write_examples(papers) == examples


@given(st.lists(st.builds(Paper, id=st.just("x"), title=st.text(), topics=st.tuples(st.text()))))
def test_any_papers(papers: list[Paper]) -> None:
    """Whatever the papers say, an example is short and of one line."""
    for example in write_examples(papers):
        assert 0 < len(example) <= LONGEST_EXAMPLE
    assert len(write_examples(papers)) <= 4
