"""Check the parts of the BM25 score."""

from math import log

import pytest

from search.engines.bm25 import K1, B, compute_idf, compute_norms, round_length


@pytest.mark.parametrize(("frequency", "total", "expected"), [
    (0, 0, log(2)), (1, 1, log(1 + 0.5 / 1.5)), (1, 3, log(1 + 2.5 / 1.5)),
    (3, 3, log(1 + 0.5 / 3.5)),
])  # fmt: skip
def test_idf(frequency: int, total: int, expected: float) -> None:
    """The inverse document frequency follows its formula."""
    assert compute_idf(frequency, total) == pytest.approx(expected)


def test_idf_falls_with_the_frequency() -> None:
    """A rarer token weighs more, and every token weighs something."""
    weights = [compute_idf(frequency, 100) for frequency in range(101)]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0


@pytest.mark.parametrize(("length", "rounded"), [
    (0, 0), (1, 1), (39, 39), (40, 40), (41, 40), (42, 42), (55, 54), (56, 56), (59, 56),
    (1_000, 984),
])  # fmt: skip
def test_lengths_are_rounded_as_in_tantivy(length: int, rounded: int) -> None:
    """Lengths below 40 are exact; the excess over 24 keeps four binary digits."""
    assert round_length(length) == rounded


def test_norms_grow_with_the_length() -> None:
    """A text of mean length has norm `K1`; longer texts have larger norms."""
    assert compute_norms([10, 10]) == [pytest.approx(K1)] * 2
    assert compute_norms([5, 15]) == [
        pytest.approx(K1 * (1 - B + B * length / 10)) for length in (5, 15)
    ]


def test_empty_texts_have_norms() -> None:
    """Texts without tokens do not cause a division by zero."""
    assert compute_norms([0, 0]) == [pytest.approx(K1 * (1 - B))] * 2
