"""Test that the part of a text that is still being typed is found."""

import pytest

from search.suggest.partial_input import Prefix, find_partial_input

PARTIAL = [
    ("deep lear", "", "", ("deep", "lear")),
    ("venue:ICML deep lear", "venue:ICML ", "", ("deep", "lear")),
    ("(a OR deep", "(a OR ", "", ("deep",)),
    ("x author:lev", "x ", "author", ("lev",)),
    ('x au:"sergey lev', "x ", "author", ("sergey", "lev")),
    ('"deep lear', "", "", ("deep", "lear")),
    ('a "deep" lear', 'a "deep" ', "", ("lear",)),
    ("http://x", "http://x", "", ()),
    ("nofield:deep", "nofield:deep", "", ()),
]


@pytest.mark.parametrize(("text", "before", "field", "words"), PARTIAL)
def test_only_the_last_part_is_partial(
    text: str, before: str, field: str, words: tuple[str, ...]
) -> None:
    """The part reaches to the end of the text and begins after operators and fields."""
    found = find_partial_input(text)
    assert (found.before, found.field, found.prefix.words) == (before, field, words)


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("a deep q-lear", 0, ("", Prefix((), complete=False))),
        ("a deep q-lear", 1, None),
        ("a deep q-lear", 2, ("a deep ", Prefix(("q", "lear"), complete=False, typed="q-lear"))),
        ("a deep ", 1, ("a ", Prefix(("deep",), complete=True, typed="deep "))),
    ],
)
def test_last_words_are_split_off(
    text: str, count: int, expected: tuple[str, Prefix] | None
) -> None:
    """The last words are split off unless they begin inside of a word."""
    assert find_partial_input(text).split_last(count) == expected


def test_a_complete_prefix_ends_with_a_space() -> None:
    """A value must continue after the space that follows a complete word."""
    assert find_partial_input("Deep Lear").prefix.text == "deep lear"
    assert find_partial_input("Deep Lear ").prefix.text == "deep lear "
