"""Check which short tokens are within some edits, against the distance itself."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search.engines.opensearch_edits import list_short_forms, match_near

LETTERS = "abx"
TOKENS = ["".join(letters) for size in range(1, 7) for letters in product(LETTERS, repeat=size)]


def find_pattern(token: str, distance: int) -> str:
    """Return the regular expression in the query for the tokens near a token."""
    query = match_near("title_exact", token, distance)
    return str(query["bool"]["should"][1]["regexp"]["title_exact"]["value"])


@pytest.mark.parametrize("distance", [1, 2])
@pytest.mark.parametrize("token", ["a", "ab", "aa", "abx", "abxa", "xxab"])
def test_forms_are_those_that_keep_no_letter(token: str, distance: int) -> None:
    """Every token in as many edits as letters fits a form, and every form is near enough."""
    forms = list_short_forms(token, distance)
    shapes = [re.compile("".join(letter or "." for letter in form)) for form in forms]
    assert bool(forms) == (len(token) <= 2 * distance)
    for other in TOKENS:
        edits = OSA.distance(token, other)
        fits = any(shape.fullmatch(other) for shape in shapes)
        if forms and min(len(token), len(other)) <= edits <= distance:
            assert fits, other
        assert not fits or edits <= distance, other


def test_long_tokens_need_no_pattern() -> None:
    """A token of more letters than two for each edit is left to the cluster's own query."""
    assert list(match_near("author", "bengio", 2)) == ["fuzzy"]
    assert list(match_near("author", "ben", 1)) == ["fuzzy"]


@given(st.text('ab.*+?|(){}[]\\"~@#&<>^$-', min_size=1, max_size=2))
def test_signs_stand_for_themselves(token: str) -> None:
    """No sign of a token has a meaning in the pattern; the token itself fits it."""
    assert re.fullmatch(find_pattern(token, 2), token)
    assert not re.fullmatch(find_pattern(token, 2), "zzzzzzzz")
