"""Test the notices about words of other query languages."""

import pytest

from search.language.parser import parse

REPORTED = [
    ("a ||", (2, 4), "write OR"),
    ("&& b", (0, 2), "write AND"),
    ("a adj3 b", (2, 6), 'write "two words"~3'),
    ("a REQUIRE b", (2, 9), "write AND"),
    ("sorting~0.7", (0, 11), "read as ~1"),
    ("/graph.*/ x", (0, 9), "Regular expressions"),
    ("a | b", (2, 3), "write OR"),
    ("x a||b", (2, 6), "write OR and AND"),
    ("a !b", (2, 4), "write -word"),
    ("a >=2019", (2, 8), "needs a field"),
    ("a [1 TO 2]", (2, 10), "needs a field"),
    ("title:[a", (6, 8), "Only numbers"),
    ("author:Stone, A", (7, 13), "quote a whole name"),
]


@pytest.mark.parametrize(("typed", "place", "says"), REPORTED)
def test_words_of_other_languages(typed: str, place: tuple[int, int], says: str) -> None:
    """A notice says what a word does not mean, and what to type instead."""
    (notice,) = parse(typed).notices
    assert notice.at == place
    assert says in notice.message


@pytest.mark.parametrize("typed", ["what!", "Wow !", "a < b", "R&D", "x,y", "[0, 1]", "/s/"])
def test_ordinary_text(typed: str) -> None:
    """Signs of ordinary text are not reported."""
    assert not parse(typed).notices


@pytest.mark.parametrize("typed", ["/gra.*h/", "/gra[fp]+h/", "/gra.*h$/"])
def test_a_regular_expression_is_no_pattern(typed: str) -> None:
    """The words of a regular expression are searched, so it is never refused as a pattern."""
    assert "*" not in str(parse(typed).query)
    assert "gra" in str(parse(typed).query)
