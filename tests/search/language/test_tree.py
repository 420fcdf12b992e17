"""Check that trees compare by meaning, list their leaves and print as queries."""

import pytest

from search.language.parser import parse
from search.language.tree import (
    And,
    Dates,
    Everything,
    Not,
    Or,
    Phrase,
    Query,
    Range,
    Value,
    Word,
    all_of,
    any_of,
    list_leaves,
)

A, B, C = Word("a"), Word("b"), Word("c")


def test_trees_compare_by_meaning() -> None:
    """Two trees are equal if they mean the same, whatever their spans."""
    assert parse("deep").query == parse("   deep").query
    assert parse("a b").query == parse("a  (b)").query
    assert parse("a AND b").query == parse("(a) AND (b)").query != parse("a b").query


def test_leaves_have_spans() -> None:
    """A leaf has the span of the token it was made of."""
    text = 'x title:"deep nets" year:2019 doi:10.1/y levine~ neur*'
    found = list_leaves(parse(text).query)
    at = [leaf.at for leaf in found if not isinstance(leaf, Everything)]
    places = ["x", '"deep nets"', "2019", "10.1/y", "levine~", "neur*"]
    assert [text[start:end] for start, end in at] == places


def test_leaves_under_not_are_excluded() -> None:
    """Leaves under NOT are listed only on request."""
    query = parse("a -b (c OR NOT (d e)) +ff^2").query
    assert [str(leaf) for leaf in list_leaves(query)] == ["a", "c", "ff"]
    assert [str(leaf) for leaf in list_leaves(query, negated=True)] == [
        "a",
        "b",
        "c",
        "d",
        "e",
        "ff",
    ]


@pytest.mark.parametrize(
    ("joined", "expected"),
    [
        (all_of([]), Everything()),
        (any_of([]), Everything()),
        (all_of([A]), A),
        (any_of([A]), A),
        (all_of([A, And((B, C))]), And((A, B, C))),
        (any_of([Or((A, B)), C]), Or((A, B, C))),
        (all_of([A, Or((B, C))]), And((A, Or((B, C))))),
        (any_of([A, And((B, C))]), Or((A, And((B, C))))),
        (all_of([Not(A), Not(A)]), And((Not(A), Not(A)))),
    ],
)
def test_joining_flattens(joined: Query, expected: Query) -> None:
    """One node stays as it is, no nodes match everything, and nested nodes are flattened."""
    assert joined == expected


@pytest.mark.parametrize(
    "query",
    [
        Everything(),
        Not(Everything()),
        Word("C++", "title"),
        Word("kumar", "author", first=True),
        Phrase("a AND b", slop=4),
        Phrase("Kumar, A", "author", first=True),
        Range("year", None, 2020),
        Range("citations", 5, None),
        Dates("date", "2019-05", ""),
        Dates("date", "2019-05", "2019-05"),
        Value("id", "openreview:a(b) OR c:^2~"),
        Value("type", "conference paper"),
        Not(Or((A, And((B, Not(C)))))),
        And((Or((A, B)), Or((B, C)), Not(And((A, C))))),
    ],
    ids=str,
)
def test_a_built_tree_can_be_typed(query: Query) -> None:
    """A tree built by code prints as a query that parses into the same tree."""
    parsed = parse(str(query))
    assert parsed.query == query
    assert not parsed.notices
