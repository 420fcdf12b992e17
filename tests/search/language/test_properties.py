"""Answers: does the language keep its promises for any text, not only for the examples?"""

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.answers.searcher import Searcher
from search.language.parser import parse
from search.request.search_request import SearchRequest

LONGEST = 10_000
"""Characters that are read; a request is refused long before, see
`search.request.search_request`."""

WORDS = (
    "learning deep neural networks attention translation sorting hash turing shannon graph search "
    "retrieval kumar levine hinton neurips 2017 2020 transformers q-learning c++ optimisation "
    "quantum compilers of the what is crytography lerning"
).split()
CLAUSES = [
    "learning", "deep", '"neural networks"', "title:graph", "author:hinton", "author:^turing",
    "year:2010..2020", "venue:neurips", "neur*", "learnig~", "citations:>5", "type:preprint",
    "2017", "Q-learning", "the", "quantum", "shannon", '"of the"', "abstract:model",
]  # fmt: skip
SIGNS = "()[]{}\"^~*?:+-<>=.,;!/&|#@$\\'“”«» "
PIECES = [
    *SIGNS, " AND ", " OR ", " NOT ", "NOT ", "title:", "author:^", "year:", "id:", "status:",
    "[1 TO 2]", "{1 TO", "..", "10.1000/x(1)", "2006.04779", "a", "word", "é", "日本", "β", "ｶﾞ",
    "O'B", "~2", "^2", "*a*", "\u0661", "\ud800", "\x00", "||", "ANDNOT",
]  # fmt: skip
UNITS = [
    "deep learning ", "(a OR b) AND c ", "title:(a -b) ", '"a b"~2 ', "x-y ", "author:^kumar ",
    "é日本 ", "a* b? c~ ", "10.1000/x(1) ", "[1 TO 2] ", "'a b' ", "“a” ", "a||b !c ", "NOT ", "(",
]  # fmt: skip

TEXT = st.text(max_size=LONGEST) | st.lists(st.sampled_from(PIECES), max_size=400).map("".join)


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_parse_never_raises(text: str) -> None:
    """Any text up to 10,000 characters is read; what is reported lies inside it."""
    text = text[:LONGEST]
    parsed = parse(text)
    for notice in parsed.notices:
        assert 0 <= notice.at[0] < notice.at[1] <= len(text)
        assert notice.message
        assert not notice.message.endswith(".")


@given(TEXT)
@settings(max_examples=200, deadline=None)
def test_a_stored_query_keeps_its_meaning(text: str) -> None:
    """A query that was parsed and printed is parsed into the same tree, and printed alike."""
    query = parse(text).query
    assert parse(str(query)).query == query
    assert str(parse(str(query)).query) == str(query)


def calls(work: Callable[[], object]) -> int:
    """Count the calls, of Python and of built-in functions, that some work makes."""
    count = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        del frame, argument
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("unit", UNITS)
def test_the_cost_of_reading_grows_with_the_text_and_no_faster(unit: str) -> None:
    """Reading 200 characters takes a bounded number of calls, eight times as many eight times."""
    short, long = (calls(partial(parse, (unit * length)[:length])) for length in (200, 1600))
    assert short <= 200 * 60
    assert long <= 8 * short * 1.2 + 500


def strict(searcher: Searcher, query: str) -> set[str]:
    """Give the ids of all papers that have all of a query."""
    found: list[str] = []
    while True:
        page = len(found) // 100 + 1
        request = SearchRequest(query, page=page, per_page=100, hidden=True, facets=())
        results = searcher.search(request)
        total = results.total if results.relaxed is None else results.relaxed.strict
        found += [hit.paper.id for hit in results.hits]
        if len(found) >= total:
            return set(found[:total])


@given(st.sampled_from(CLAUSES), st.sampled_from(CLAUSES), st.sampled_from(["AND", "AND NOT"]))
@settings(max_examples=150, deadline=None)
def test_and_never_finds_more(sample_searcher: Searcher, one: str, other: str, joint: str) -> None:
    """What AND joins finds no paper that its first part does not, and is never widened."""
    both = f"{one} {joint} {other}"
    assert sample_searcher.search(SearchRequest(both)).relaxed is None
    assert everything(sample_searcher, both) <= everything(sample_searcher, one)
    assert strict(sample_searcher, both) <= strict(sample_searcher, one)


@given(st.sampled_from(CLAUSES), st.sampled_from(CLAUSES), st.sampled_from([" ", " -", " NOT "]))
@settings(max_examples=100, deadline=None)
def test_a_further_clause_never_adds_papers_that_have_all(
    sample_searcher: Searcher, one: str, other: str, joint: str
) -> None:
    """Side by side too, what has all of it is no more than what has the first part.

    But for a function word, which is needed alone and not beside another word.
    """
    if one != "the":
        assert strict(sample_searcher, f"{one}{joint}{other}") <= strict(sample_searcher, one)


@given(st.sampled_from(CLAUSES), st.sampled_from(CLAUSES))
@settings(max_examples=100, deadline=None)
def test_or_never_finds_less(sample_searcher: Searcher, one: str, other: str) -> None:
    """OR finds the papers of both sides; NOT finds exactly the rest."""
    first, second = strict(sample_searcher, one), strict(sample_searcher, other)
    assert strict(sample_searcher, f"{one} OR {other}") == first | second
    assert strict(sample_searcher, f"NOT {one}") == strict(sample_searcher, "*") - first


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_order_of_words_never_changes_the_set(
    sample_searcher: Searcher, data: st.DataObject
) -> None:
    """The same words in another order find the same papers, widened or not."""
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=8))
    turned = data.draw(st.permutations(words))
    assert everything(sample_searcher, " ".join(words)) == everything(
        sample_searcher, " ".join(turned)
    )


def everything(searcher: Searcher, query: str) -> set[str]:
    """Give the ids of all hits, those of a widened search too."""
    found: set[str] = set()
    page = 1
    while True:
        results = searcher.search(SearchRequest(query, page=page, per_page=100, facets=()))
        found |= {hit.paper.id for hit in results.hits}
        if page * 100 >= results.total:
            return found
        page += 1
