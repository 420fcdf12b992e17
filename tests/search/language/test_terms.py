"""Check which leaves one token becomes in each kind of field."""

import pytest

from search.language.fields import BY_NAME
from search.language.lexer import lex
from search.language.ranges import MAX_NUMBER
from search.language.terms import parse_leaves
from search.language.tree import (
    Dates,
    Everything,
    Fuzzy,
    Leaf,
    Phrase,
    Range,
    Value,
    Wildcard,
    Word,
)

LEAVES: list[tuple[str, str, list[Leaf]]] = [  # field, token, leaves
    ("", "deep", [Word("deep")]),
    ("", "deep,learning", [Word("deep,learning")]),
    ("", "a=b", [Word("a"), Word("b")]),
    ("", "...", []),
    ("", "*", [Everything()]),
    ("", "neur*", [Wildcard("neur*")]),
    ("", "what?", [Word("what")]),
    ("", "levine~", [Fuzzy("levine", 1)]),
    ("", "levine~2", [Fuzzy("levine", 2)]),
    ("", '"a  b"~2', [Phrase("a b", slop=2)]),
    ("", '""', []),
    ("", "10.1000/x", [Value("doi", "10.1000/x")]),
    ("title", "deep", [Word("deep", "title")]),
    ("title", "*ing", [Wildcard("*ing", "title")]),
    ("title", "^deep", [Word("deep", "title")]),
    ("author", "^kumar", [Word("kumar", "author", first=True)]),
    ("author", '^"A Kumar"', [Phrase("A Kumar", "author", first=True)]),
    ("year", "2019", [Range("year", 2019, 2019)]),
    ("year", "2022..2019", [Range("year", 2019, 2022)]),
    ("year", "{2019", [Word("2019")]),
    ("year", ">2019", [Range("year", 2020, None)]),
    ("year", "{2019 TO 2022]", [Range("year", 2020, 2022)]),
    ("year", "{2019 TO 2020}", [Range("year", 2019, 2020)]),
    ("year", '"[* TO 99999999999]"', [Range("year", None, MAX_NUMBER)]),
    ("citations", "..5", [Range("citations", None, 5)]),
    ("year", "2020-05", [Range("year", 2020, 2020)]),
    ("year", "soon", [Word("soon")]),
    ("year", "*", [Value("has", "year")]),
    ("date", "2020-05", [Dates("date", "2020-05", "2020-05")]),
    ("date", "[2020-05 TO 2020-08-09]", [Dates("date", "2020-05", "2020-08-09")]),
    ("date", "soon", [Word("soon")]),
    ("has", "abs", [Value("has", "abstract")]),
    ("has", "nothing", [Word("nothing")]),
    ("status", "oral", [Value("status", "oral")]),
    ("status", '"oral"', [Value("status", "oral")]),
    ("status", "*", [Value("has", "status")]),
]

NOTICES = [  # field, token, how the message begins
    ("", "a||b", '"||" and "&&" are not operators: write OR and AND'),
    ("", "ANDNOT", '"ANDNOT" is not an operator: write AND NOT'),
    ("", "!deep", '"!" does not exclude a word: write -word or NOT word'),
    ("", ">=2020", "A range needs a field, as in year:2019..2022"),
    ("", "AI~", '"AI" is searched as typed: numbers, ids and short words have no'),
    ("", ".a.org/x~", '"a.org/x" is searched as typed: numbers, ids and short words'),
    ("", "levine~7", "At most 2 edits are possible: searched as ~2"),
    ("", "a~b", '"~" ignored: it follows a word (word~) or,'),
    ("", "深*", "Words of scripts without spaces are found by any part: * and ? are not needed"),
    ("title", "202[0-4]*", "Only letters, digits, * and ? form a pattern: other"),
    ("title", "[a", "Only numbers have ranges: searched as words"),
    ("author", "Kumar,", 'Only "Kumar," is searched as the author: quote a whole name'),
    ("year", "soon", '"year" takes a number or a range such as 2019..2022: searched as words'),
    ("year", "2020-05", '"year" takes years: searched for 2020; for months write date:2020-05'),
    ("date", "soon", '"date" takes a date or a range such as 2019-05..2019-08: searched as words'),
    ("has", "nothing", '"has" takes a field or a kind of identifier, such as abstract, '),
    ("title", "*", '"title:*" is read as has:title'),
    ("year", "2022..2019", "The range is reversed: searched for 2019..2022"),
    ("year", "{2019 TO 2020}", "No number lies between the ends: both are included"),
    ("type", "pre*", '"type" takes a whole value: "*" is matched literally'),
    ("", '"..."', "No word between the quotation marks: ignored"),
]  # fmt: skip


def parse_one(field: str, text: str) -> tuple[list[Leaf], list[str]]:
    """Return the leaves of the one token of a text in a field, and the notices about it."""
    messages: list[str] = []
    (token,) = lex(text, lambda message, _: messages.append(message))
    found = parse_leaves(
        token, BY_NAME[field] if field else None, lambda message, _: messages.append(message)
    )
    return found, messages


@pytest.mark.parametrize(("field", "text", "leaves"), LEAVES)
def test_a_token_becomes_leaves(field: str, text: str, leaves: list[Leaf]) -> None:
    """A token becomes the leaves listed here, depending on its field."""
    assert parse_one(field, text)[0] == leaves


@pytest.mark.parametrize(("field", "text", "message"), NOTICES)
def test_what_does_not_fit_is_reported(field: str, text: str, message: str) -> None:
    """Syntax of other languages, and values that do not fit the field, are reported."""
    (found,) = parse_one(field, text)[1]
    assert found.startswith(message)
