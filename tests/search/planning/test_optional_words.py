"""Check which words of a query need not match."""

import pytest

from index.text.analyser import tokenise
from search.planning.optional_words import find_optional_words

QUERIES = [  # query, the words that must match
    ("theory of graphs", "theory graphs"),
    ("Moor et al., 2014", "Moor 2014"),
    ("Moor et. al. (2014)", "Moor 2014"),
    ("Moor et.al. 2014", "Moor 2014"),
    ("Moor and others 2014", "Moor 2014"),
    ("Moor und andere 2014", "Moor 2014"),
    ("Moor y otros", "Moor"),
    ("Moor & al., 2014", "Moor 2014"),
    ("He et al., 2016", "He 2016"),
    ("So and others", "So"),
    ("et tu", "et tu"),
    ("alloys of al and cu", "alloys al cu"),
    ("al rahman 2014", "al rahman 2014"),
    ("CAN bus", "CAN bus"),
    ("Moor m.fl. 2014", "Moor 2014"),
    ("Moor ve ark., 2014", "Moor 2014"),
    ("Moor ym. 2014", "Moor 2014"),
    ("unit u a tests", "unit u tests"),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_stop_words_and_what_replaces_authors_are_optional(query: str, expected: str) -> None:
    """``et al.`` is optional in any language; a stop word before it is a name."""
    words = [word.strip(".,()&") for word in query.split()]
    typed = [(word, tuple(tokenise(word))) for word in words if tokenise(word)]
    pairs = zip(typed, find_optional_words(typed), strict=True)
    assert [text for (text, _), optional in pairs if not optional] == expected.split()


def test_other_parts_of_a_query_are_required() -> None:
    """A phrase or a field between plain words has no tokens here, and is never dropped."""
    assert find_optional_words([("", ()), ("of", ("of",)), ("", ())]) == [False, True, False]
