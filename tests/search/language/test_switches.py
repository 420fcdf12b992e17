"""Answers: is a switch of the query language told from what is searched for?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.parser import parse

PARTED = [
    ("a", "a", None),
    ("dup:no", "*", True),
    ("dup:yes", "*", False),
    ("DUP:No a", "a", True),
    ('dup:"no" a', "a", True),
    ("a dup:no b", "a b", True),
    ("a AND dup:no", "a", True),
    ("dup:no AND a", "a", True),
    ("a AND dup:no AND b", "a AND b", True),
    ("a OR dup:no b", "a OR b", True),
    ("a OR b dup:no", "a OR b", True),
    ("(a dup:no) OR b", "a OR b", True),
    ("a (dup:no)", "a", True),
    ("+dup:no a", "a", True),
    ("dup:no^3 a", "a", True),
    ("title:(dup:no deep) x", "title:deep x", True),
    ("title:dup:no a", "a", True),
    ("dup:no dup:no", "*", True),
    ('"dup:no"', '"dup:no"', None),
    ("id:dup:no", 'id:"dup:no"', None),
    ("dup", "dup", None),
]


@pytest.mark.parametrize(("typed", "rest", "raw"), PARTED)
def test_switches_are_taken_out(typed: str, rest: str, raw: bool | None) -> None:  # noqa: FBT001
    """A switch leaves with what joins it, and the rest is read as if it had never stood there."""
    parsed = parse(typed)
    assert (str(parsed.query), parsed.raw, parsed.notices) == (rest, raw, ())
    for first, last in parsed.switches:
        assert typed[first:last].lower().replace('"', "") in {"dup:no", "dup:yes"}
    assert bool(parsed.switches) == (raw is not None)


REPORTED = [
    ("dup:maybe a", "maybe a", None, "'dup' takes yes or no; what follows is read as words."),
    ("dup:(no) a", "no a", None, "'dup' takes yes or no; what follows is read as words."),
    ("dup:no* a", "no* a", None, "'dup' takes yes or no; what follows is read as words."),
    ("dup: a", "dup a", None, 'Nothing follows "dup:": searched as a word'),
    ("-dup:no a", "a", True, "- means nothing here: dup is for the whole query."),
    ("NOT dup:yes a", "a", False, "NOT means nothing here: dup is for the whole query."),
    ("a OR dup:no", "a", True, "OR means nothing here: dup is for the whole query."),
    ("dup:no OR a", "a", True, "OR means nothing here: dup is for the whole query."),
    ("dup:no a dup:yes", "a", False, "'dup' was said before; this counts."),
]


@pytest.mark.parametrize(("typed", "rest", "raw", "message"), REPORTED)
def test_what_a_switch_cannot_be_is_told(
    typed: str,
    rest: str,
    raw: bool | None,  # noqa: FBT001
    message: str,
) -> None:
    """Values that there are not, and signs that do nothing beside a switch, are reported."""
    parsed = parse(typed)
    assert (str(parsed.query), parsed.raw) == (rest, raw)
    assert [notice.message for notice in parsed.notices] == [message]
    start, end = parsed.notices[0].at
    assert "dup" in typed[start:end].lower()


PIECES = ["a", "b", "AND", "OR", "NOT", "-", "+", "(", ")", "title:", "dup:no", "dup:yes", "dup:",
          "^2", '"', "~"]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " "])), max_size=9))
def test_the_last_switch_counts_anywhere(pieces: list[tuple[str, str]]) -> None:
    """Wherever switches stand, the last one counts, and what is echoed is read the same."""
    text = "".join(piece + space for piece, space in pieces)
    parsed = parse(text)
    said = [text[first:last] for first, last in parsed.switches]
    assert parsed.raw == (said[-1].endswith("no") if said else None)
    echoed = parse(f"{parsed.query} dup:no")
    assert (echoed.query, echoed.raw) == (parse(str(parsed.query)).query, True)
