"""Test how the words that describe a paper are weighted and chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Paper
from search.answers.related_words import (
    FEEDBACK,
    REPEATED,
    TITLE_WEIGHT,
    WordChooser,
    add_feedback,
    weight_words,
)
from search.answers.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def make_paper(title: str, abstract: str = "", *topics: str) -> Paper:
    """Make a paper that has nothing but texts."""
    return Paper(
        id="p", title=title, abstract=abstract, authors=(), appearances=(), topics=topics,
        ids={}, urls={}, citations=None, status="", language="", sources=(),
    )  # fmt: skip


def test_frequent_words_weigh_more() -> None:
    """A weight is the square root of a frequency; the title counts more than the abstract."""
    words = weight_words(make_paper("Gluon", "jets jets jets jets fields", "plasma"))
    assert words["jet"] == pytest.approx(2 * words["field"])
    assert words["gluon"] == pytest.approx(TITLE_WEIGHT**0.5 * words["field"])
    assert words["plasma"] == pytest.approx(words["field"])


def test_function_words_letters_and_numbers_have_no_weight() -> None:
    """Function words, single letters and numbers say little about a paper."""
    assert weight_words(make_paper("The q of 1984", "and x is 7")) == {}


@given(st.text(max_size=60), st.text(max_size=200))
def test_weights_do_not_depend_on_length(title: str, abstract: str) -> None:
    """The squares of the weights add up to 1, so a long paper adds as much as a short one."""
    words = weight_words(make_paper(title, abstract))
    assert sum(weight**2 for weight in words.values()) == pytest.approx(1 if words else 0)


def test_the_nearest_papers_add_their_mean() -> None:
    """Feedback adds the mean of the nearest papers' words; without any, nothing changes."""
    own = {"gluon": 1.0}
    assert add_feedback(own, [], 0) == own
    nearest = [make_paper("Gluon"), make_paper("Hadron")]
    assert add_feedback(own, nearest, 0) == pytest.approx(
        {"gluon": 1 + FEEDBACK / 2, "hadron": FEEDBACK / 2}
    )


def test_passing_words_of_the_nearest_papers_are_not_added() -> None:
    """A word that the abstract of a nearest paper contains once says little about both papers."""
    nearest = [make_paper("Gluon", "jets and jets near a plasma")]
    assert add_feedback({}, nearest, REPEATED).keys() == {"gluon", "jet"}


def test_rare_words_are_chosen_first(index_of: Callable[..., Path]) -> None:
    """A word is chosen by weight times rarity; one that only one paper contains is left out."""
    titles = ["gluon jets once", "gluon jets", "jets", "jets", "other", "more"]
    records = ({"id": f"p{n}", "title": title} for n, title in enumerate(titles))
    searcher = Searcher(index_of(*records))
    chooser = WordChooser(searcher.engine, searcher.manifest.papers)
    weights = {"once": 9.0, "jet": 1.0, "gluon": 1.0, "other": 1.0}
    assert list(chooser.choose_words(weights, 9)) == ["gluon", "jet"]
    assert list(chooser.choose_words(weights | {"jet": 4.0}, 9).items()) == [
        ("jet", 1.0),
        ("gluon", 0.25),
    ]
    assert chooser.choose_words(weights, 1) == {"gluon": 1.0}
    assert chooser.choose_words({}, 9) == {}
