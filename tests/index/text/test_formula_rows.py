"""Check how indices, accents, fractions and roots are written in a row."""

import pytest

from index.text import formula_rows as rows

WRITTEN = [
    (rows.add_below("x", "12"), "x₁₂"),
    (rows.add_below("x", "max"), "x_max"),
    (rows.add_below("x", "i + 1"), "x_{i + 1}"),
    (rows.add_below("x", "i = 1"), "x_{i=1}"),
    (rows.add_raised("f", "′"), "f′"),
    (rows.add_above("o", "¨"), "o\u0308"),
    (rows.add_above("ab", "¨"), "ab"),
    (rows.add_both("∑", "i", "n"), "∑_i^n"),
    (rows.divide("a+1", "b"), "(a+1)/b"),
    (rows.take_root("ab"), "√(ab)"),
    (rows.take_root(""), ""),
    (rows.join_row(["sin", "x"]), "sin x"),
    (rows.join_row(["2", "", "x", "3"]), "2x3"),
]


@pytest.mark.parametrize(("row", "expected"), WRITTEN)
def test_rows(row: str, expected: str) -> None:
    """Digits are raised or lowered; everything else has a sign before it."""
    assert row == expected
