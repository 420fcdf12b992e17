"""Check where a name may be divided."""

import pytest

from index.names.parser import parse_name
from index.names.splits import list_splits, split_initials, turn_initials


@pytest.mark.parametrize(("text", "expected"), [
    ("Ida Roy", "Ida/Roy"),
    ("Plotinus", "/Plotinus"),
    ("Piet van den Hoek", "Piet/van den Hoek; Piet/Hoek"),
    ("Jan Van Dijk", "Jan Van/Dijk; Jan/Dijk; Jan/Van Dijk"),
    ("Cian O Shea", "Cian O/Shea; Cian/O Shea"),
    ("Rui da Paz Gil", "Rui/da Paz Gil; Rui/Paz Gil; Rui Paz/Gil; Rui/Paz Gil"),
    ("Ana Soto y Luna", "Ana/Soto y Luna; Ana Soto/Luna"),
    ("Omar Al-Sayed", "Omar/Al-Sayed; Omar/Sayed"),
    ("Abd al-Karim Nuri", "Abd al-Karim/Nuri; Abd Karim/Nuri"),
])  # fmt: skip
def test_splits_of_a_name(text: str, expected: str) -> None:
    """Particles, connectors and the first of two surnames may be left out of the family name."""
    found = [f"{name.given}/{name.family}" for name in list_splits(parse_name(text))]
    assert found == expected.split("; ")


@pytest.mark.parametrize(("text", "expected"), [
    ("Roux JL", "J L/Roux"), ("Soto Luna MP", "M P/Soto Luna"), ("Roux J. L.", "J L/Roux"),
    ("Deepak Nair K", "K/Deepak Nair"), ("KJE Roux", "K J E/Roux"), ("Reed AB Jr.", "A B/Reed"),
    ("J. L. Roux", ""), ("Ida Roux", ""), ("JL", ""), ("JL KM", ""), ("", ""), ("Ida ROUX", ""),
])  # fmt: skip
def test_initials_at_the_end_are_given_names(text: str, expected: str) -> None:
    """Initials after a full word, and three at the beginning, are read as given names."""
    found = [f"{name.given}/{name.family}" for name in turn_initials(parse_name(text))]
    assert found == [part for part in [expected] if part]


@pytest.mark.parametrize(("word", "expected"), [
    ("JL", "J L"), ("jl", "j l"), ("J.-L.", "J L"), ("JMPF", "J M P F"), ("JLMNO", ""), ("3D", ""),
    ("", ""),
])  # fmt: skip
def test_initials_written_together_are_split(word: str, expected: str) -> None:
    """Up to four letters are split."""
    assert split_initials(word) == expected
