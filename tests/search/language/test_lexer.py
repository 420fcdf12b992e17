"""Answers: does reading a query survive whatever is typed, and in time?"""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.language.parser import parse
from search.language.tree import MAX_DEPTH, Query

SIGNS = "()[]{}\"^~*?:+-<>=.,;!/&|#@$\\' "
PIECES = (
    "a b deep title: author: author:^ year: status: id: foo: 10.1000/x 2006.04779 2019 .. é 日本 "
    'ß C++ C# ^2 ^1.5 ~2 [2019 "a "~2 hep-th/9901001 https://arxiv.org/abs/ http:// \u0661 ² ’ İ'
).split()
JOINTS = [" ", " ", " AND ", " OR ", " NOT ", " TO ", "\u00a0"]
JUMBLE = st.lists(st.sampled_from([*SIGNS, *PIECES, *JOINTS]), max_size=16).map("".join)

BOMBS = '(|)|-|+|NOT |NOT(|-(|(-|title:|title:(|-title:|title:-|"|a OR |OR |-+|+(|^|a^2 '.split("|")
RUNS = [
    *SIGNS,
    *"a 1 é a. a' a- 1. a_ a/ .. ~1 a~ a* a? 10.1000/ 1- - TO [1 {* ^1 日 (a 10.1/(a “ «a".split(),
    "'a ",
]


def check(text: str) -> None:
    """See that a text is read, that its notices stand inside it, and that its echo is alike."""
    parsed = parse(text)
    assert all(0 <= start < end <= len(text) for start, end in (n.at for n in parsed.notices))
    assert parse(str(parsed.query)).query == parsed.query


@given(st.text(max_size=2_000))
@example("\ud800 \x00 \u202e")
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text: str) -> None:
    """Nothing that can be typed raises; what is printed is read as the same tree."""
    check(text)


@given(JUMBLE)
@settings(max_examples=2_000, deadline=None)
def test_any_jumble_of_signs_is_read(text: str) -> None:
    """The same where the text is made of the language's own signs."""
    check(text)


OPENING = [
    "(",
    "-(",
    "NOT ",
    "NOT (",
    "+(",
    "+",
    "a OR (",
    "a (",
    "title:(",
    "a OR b -(",
    "title:-",
]
CLOSING = [")", ")^2", " b)", " OR b)", " b)^2", "", " a=b"]


@given(
    st.lists(st.sampled_from(OPENING), min_size=15, max_size=90),
    st.sampled_from(["x", "a=b", "a=b^2", "-x", "x^2", "(x y)^2", "-a=b", "NOT a=b^3"]),
    st.lists(st.sampled_from(CLOSING), max_size=90),
)
@settings(max_examples=400, deadline=None)
def test_any_depth_is_read_back(opening: list[str], inside: str, closing: list[str]) -> None:
    """However deep brackets and signs stand in each other, the echo is read as the same tree."""
    check("".join(opening) + inside + "".join(closing))


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.timeout(10)
def test_depth_and_length_are_harmless(bomb: str) -> None:
    """Ten thousand signs in a row are read into a shallow tree."""
    for text in (bomb * 10_000, bomb * 10_000 + "deep", "deep " + bomb * 10_000):
        assert depth(parse(text).query) <= MAX_DEPTH + 3
        check(text)


@pytest.mark.parametrize("unit", RUNS)
@pytest.mark.timeout(10)
def test_no_pattern_runs_away(unit: str) -> None:
    """No expression takes more than linear time over 10,000 repetitions."""
    run = unit * 10_000
    for text in (run, f"x{run}y", f"doi:{run} y", f"year:{run}x", f'"{run}"~', f"http://{run}"):
        parse(text)


def test_what_is_deeper_than_the_bound_is_still_searched() -> None:
    """A word in very many brackets is found; a notice says that the brackets are too many."""
    parsed = parse("(" * 100 + "deep" + ")" * 100)
    assert re.findall(r"\w+", str(parsed.query)) == ["deep"]
    assert any("too deeply" in notice.message for notice in parsed.notices)


def depth(query: Query) -> int:
    """Count the nodes on the longest way down a tree."""
    children = getattr(query, "children", (getattr(query, "child", None),))
    return 1 + max((depth(child) for child in children if child is not None), default=0)
