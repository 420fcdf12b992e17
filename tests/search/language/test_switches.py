"""Test that switches are found anywhere in a query and removed from it without a trace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.parser import parse

EXTRACTED = [
    ("a b", "a b", None),
    ("records:yes", "*", True),
    ("records:no", "*", False),
    ("RECORDS:Yes a", "a", True),
    ('records:"yes" a', "a", True),
    ("dup:no", "*", True),
    ("dup:yes", "*", False),
    ("DUP:No a", "a", True),
    ("a records:yes b", "a b", True),
    ("a AND records:yes", "a", True),
    ("records:yes AND a", "a", True),
    ("a AND records:yes AND b", "a AND b", True),
    ("a OR records:yes b", "a OR b", True),
    ("a OR b records:yes", "a OR b", True),
    ("(a records:yes) OR b", "a OR b", True),
    ("a (records:yes)", "a", True),
    ("+records:yes a", "a", True),
    ("records:yes^3 a", "a", True),
    ("title:(records:yes deep) x", "title:deep x", True),
    ("title:records:yes a", "a", True),
    ("records:yes records:yes", "*", True),
    ("records:yes dup:no", "*", True),
    ('"records:yes"', '"records:yes"', None),
    ("id:records:yes", 'id:"records:yes"', None),
]


@pytest.mark.parametrize(("typed", "rest", "records"), EXTRACTED)
def test_switches_are_extracted(typed: str, rest: str, records: bool | None) -> None:  # noqa: FBT001
    """The rest of a query is parsed as if the switch and its operators were absent."""
    parsed = parse(typed)
    assert (str(parsed.query), parsed.records, parsed.notices) == (rest, records, ())
    known = {"records:yes", "records:no", "dup:no", "dup:yes"}
    found = {typed[first:last].lower().replace('"', "") for first, last in parsed.switches}
    assert found <= known
    assert bool(found) == (records is not None)


TAKES = '"{}:" takes yes or no: searched as words'
IGNORED = '"{}" ignored: "{}:" applies to the whole query'
REPORTED = [
    ("records:maybe a", "maybe a", None, TAKES.format("records")),
    ("records:(no) a", "no a", None, TAKES.format("records")),
    ("records:no* a", "no* a", None, TAKES.format("records")),
    ("dup:maybe a", "maybe a", None, TAKES.format("dup")),
    ("-records:yes a", "a", True, IGNORED.format("-", "records")),
    ("NOT records:no a", "a", False, IGNORED.format("NOT", "records")),
    ("a OR records:yes", "a", True, IGNORED.format("OR", "records")),
    ("records:yes OR a", "a", True, IGNORED.format("OR", "records")),
    ("-dup:no a", "a", True, IGNORED.format("-", "dup")),
    ("records:yes a records:no", "a", False,
     '"records:" given twice: the last one applies'),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "rest", "records", "message"), REPORTED)
def test_ignored_parts_of_a_switch_are_reported(
    typed: str,
    rest: str,
    records: bool | None,  # noqa: FBT001
    message: str,
) -> None:
    """Unknown values, ignored operators and contradictions are reported with their place."""
    parsed = parse(typed)
    assert (str(parsed.query), parsed.records) == (rest, records)
    assert [notice.message for notice in parsed.notices] == [message]
    start, end = parsed.notices[0].at
    assert typed[start:end].lower().lstrip("-").startswith(("records:", "dup:"))


@pytest.mark.parametrize("typed", ["records: a", "dup: a"])
def test_a_switch_without_a_value_is_a_word(typed: str) -> None:
    """Followed by a space, the name of a switch is a word of the query."""
    parsed = parse(typed)
    assert (str(parsed.query), parsed.records) == (typed.replace(":", ""), None)


PIECES = ["a", "b", "AND", "OR", "NOT", "-", "+", "(", ")", "title:", "records:yes", "records:no",
          "dup:no", "records:", "^2", '"', "~"]  # fmt: skip
SAYS = {"records:yes": True, "records:no": False, "dup:no": True}


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " "])), max_size=9))
def test_the_last_switch_applies_anywhere(pieces: list[tuple[str, str]]) -> None:
    """Wherever switches are, the last one applies, and the echo parses to the same query."""
    text = "".join(piece + space for piece, space in pieces)
    parsed = parse(text)
    typed = [text[first:last] for first, last in parsed.switches]
    assert parsed.records is (SAYS[typed[-1]] if typed else None)
    echoed = parse(f"{parsed.query} records:yes")
    assert (echoed.query, echoed.records) == (parse(str(parsed.query)).query, True)
