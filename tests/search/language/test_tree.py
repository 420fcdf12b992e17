"""Answers: do trees compare by meaning, list their leaves, and print what can be typed again?"""

import pytest

from search.language.fields import BY_NAME, FieldKind
from search.language.parser import parse
from search.language.tree import (
    And,
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


def test_every_name_of_a_field_is_a_field() -> None:
    """Each name and alias can be typed, in either case, and is echoed under the name."""
    for alias, field in BY_NAME.items():
        if field.kind is FieldKind.SWITCH:
            assert parse(f"{alias.upper()}:no").records is (alias in field.former)
            continue
        for name in (alias, alias.upper()):
            parsed = parse(f"{name}:2019")
            assert str(parsed.query).startswith(f"{field.name}:")
            assert not parsed.notices


def test_no_two_fields_share_a_name() -> None:
    """A name or alias names one field only."""
    fields = set(BY_NAME.values())
    names = [name for one in fields for name in (one.name, *one.aliases, *one.former)]
    assert len(names) == len(set(names)) == len(BY_NAME)


def test_where_a_node_stands_is_no_part_of_it() -> None:
    """Two trees are the same if they ask the same, wherever they stand in the text."""
    assert parse("deep").query == parse("   deep").query
    assert parse("a b").query == parse("a  (b)").query
    assert parse("a AND b").query == parse("(a) AND (b)").query != parse("a b").query


def test_leaves_know_where_they_stand() -> None:
    """A leaf points at the token it was made of, so that notices and marks can."""
    text = 'x title:"deep nets" year:2019 doi:10.1/y levine~ neur*'
    found = list_leaves(parse(text).query)
    at = [leaf.at for leaf in found if not isinstance(leaf, Everything)]
    places = ["x", '"deep nets"', "2019", "10.1/y", "levine~", "neur*"]
    assert [text[start:end] for start, end in at] == places


def test_leaves_under_not_are_left_out() -> None:
    """Only what a paper may match is listed, unless what it must not match is wanted too."""
    query = parse("a -b (c OR NOT (d e)) +f^2").query
    assert [str(leaf) for leaf in list_leaves(query)] == ["a", "c", "f"]
    assert [str(leaf) for leaf in list_leaves(query, negated=True)] == [
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
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
    """One child stays itself, none asks for everything, like joints become one."""
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
        Value("id", "openreview:a(b) OR c:^2~"),
        Value("type", "conference paper"),
        Not(Or((A, And((B, Not(C)))))),
        And((Or((A, B)), Or((B, C)), Not(And((A, C))))),
    ],
    ids=str,
)
def test_a_tree_that_was_not_typed_can_be(query: Query) -> None:
    """What a program puts together prints as text that is read as the same tree."""
    parsed = parse(str(query))
    assert parsed.query == query
    assert not parsed.notices
