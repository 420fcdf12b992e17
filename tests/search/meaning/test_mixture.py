"""Check that words and meaning are mixed into one order of hits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.meaning.mixture import (
    LONG,
    LONG_WEIGHT,
    SHORT,
    TIER,
    WEIGHT,
    Hit,
    choose_weight,
    rank_hits,
    weigh_meaning,
)

closeness = st.none() | st.floats(-1, 1)
first_hits = st.lists(st.tuples(st.floats(0, 2 * TIER), closeness), max_size=30).map(
    lambda hits: sorted(hits, key=lambda hit: -hit[0])
)


@given(first_hits, st.floats(0.1, 0.9))
def test_any_hits_stay_in_the_order_of_their_scores(hits: list[Hit], weight: float) -> None:
    """Each hit comes once, the new scores descend, and none is lower than before."""
    ranked = rank_hits(hits, weight)
    assert sorted(place for place, _ in ranked) == list(range(len(hits)))
    scores = [score for _, score in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(score >= hits[place][0] for place, score in ranked)


@given(first_hits, st.floats(0.1, 0.9))
def test_hits_of_unknown_meaning_keep_their_ranks(hits: list[Hit], weight: float) -> None:
    """So do those that a large boost has put on top, as it does with the paper of a title."""
    places = [place for place, _ in rank_hits(hits, weight)]
    kept = [n for n, (score, close) in enumerate(hits) if close is None or score >= TIER]
    assert [places[rank] for rank in kept] == kept


@pytest.mark.parametrize(
    ("hits", "order"),
    [
        ([], []),
        ([(9.0, 0.1)], [0]),
        ([(9.0, 0.1), (8.0, 0.9), (2.0, 0.1)], [1, 0, 2]),
        ([(9.0, 0.5), (8.0, 0.5), (2.0, 0.5)], [0, 1, 2]),
        ([(5.0, 0.1), (5.0, 0.2), (5.0, 0.3)], [2, 1, 0]),
        ([(9.0, 0.1), (8.5, None), (8.0, 0.9), (2.0, 0.1)], [2, 1, 0, 3]),
        ([(TIER, 0.1), (8.0, 0.1), (7.9, 0.9), (2.0, 0.1)], [0, 2, 1, 3]),
    ],
)
def test_the_closer_hit_rises(hits: list[Hit], order: list[int]) -> None:
    """It passes hits that the words place a little higher, but none with all the words."""
    assert [place for place, _ in rank_hits(hits, WEIGHT)] == order


def test_the_weight_decides_how_far_a_hit_rises() -> None:
    """Nearly all of it for the meaning orders by meaning, nearly none by words."""
    hits = [(9.0, 0.1), (8.0, 0.5), (2.0, 0.9)]
    orders = [[place for place, _ in rank_hits(hits, weight)] for weight in (0.01, 0.99)]
    assert orders == [[0, 1, 2], [2, 1, 0]]


def test_the_farthest_hit_gets_nothing() -> None:
    """So its score stays comparable with those of later hits."""
    assert weigh_meaning([(3.0, 0.2), (2.0, 0.4), (1.0, 0.6)], 0.5)[0] == 0.0
    assert weigh_meaning([], 0.5) == []


@pytest.mark.parametrize(
    ("words", "weight"),
    [(0, WEIGHT), (SHORT, WEIGHT), (LONG, LONG_WEIGHT), (10 * LONG, LONG_WEIGHT),
     ((SHORT + LONG) // 2, (WEIGHT + LONG_WEIGHT) / 2)],
)  # fmt: skip
def test_the_weight_grows_with_the_text(words: int, weight: float) -> None:
    """It grows from short to long texts and no further."""
    assert choose_weight("word " * words) == pytest.approx(weight)
