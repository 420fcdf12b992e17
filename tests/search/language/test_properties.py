"""Check properties of the query language on arbitrary texts and random queries."""

from functools import cache, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.answers.searcher import Searcher
from search.language.parser import parse
from search.request.search_request import SearchRequest
from tests.support.cost import count_calls
from tests.support.hit_lists import list_hits, list_matches

LONGEST = 10_000
"""Characters that are parsed. A request refuses far shorter queries, see
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
OPERATORS = "()[]{}\"^~*?:+-<>=.,;!/&|#@$\\'“”«» "
PIECES = [
    *OPERATORS, " AND ", " OR ", " NOT ", "NOT ", "title:", "author:^", "year:", "id:", "status:",
    "[1 TO 2]", "{1 TO", "..", "10.1000/x(1)", "2006.04779", "a", "word", "é", "日本", "β", "ｶﾞ",
    "O'B", "~2", "^2", "*a*",
    "f(x)", "SE(3)", "L^2", "^{-1}", "^n", "k-(n)", ")-", "^*", "a=",
    "\u0661", "\ud800", "\x00", "||", "ANDNOT",
    "THE ", "LEARNING", "CAN ", "[ti]", "[au] ", "TI=(", "AU=", "TITLE(", ".ti. ", ":ti,ab ",
    "$", "_", "\\alpha", "$_x$", "IT ", "pmid ", "12", "isbn{978-3-16-148410-0",
    " NEAR/3 ", "allintitle:", '"Abstract":', "after:2019 ", "PUBYEAR > 2018 ", " and ",
]  # fmt: skip
UNITS = [
    "deep learning ", "(a OR b) AND c ", "title:(a -b) ", '"a b"~2 ', "x-y ", "author:^kumar ",
    "é日本 ", "a* b? c~ ", "10.1000/x(1) ", "[1 TO 2] ", "'a b' ", "“a” ", "a||b !c ", "NOT ", "(",
    "f(x) ", "sin(", "x^2 ", "x^", "x[ti] ", "a b[au] ", "TI=(a) ", "a.ti. ", "a[",
    "allintitle:a ", "a^2 ", "(2+1)-x ",
]  # fmt: skip

JOINTS = [" ", " AND ", " OR ", " NOT ", " TO ", "\u00a0"]
JUMBLE = st.lists(st.sampled_from([*PIECES, *JOINTS]), max_size=16).map("".join)
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
TEXT = st.text(max_size=LONGEST) | st.lists(st.sampled_from(PIECES), max_size=400).map("".join)


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_every_text_is_parsed(text: str) -> None:
    """Parsing never raises, and each notice has a message and a span within the text."""
    text = text[:LONGEST]
    parsed = parse(text)
    assert str(parsed.query)
    for notice in parsed.notices:
        assert 0 <= notice.at[0] < notice.at[1] <= len(text)
        assert notice.message
        assert not notice.message.endswith(".")


@given(TEXT)
@settings(max_examples=200, deadline=None)
def test_a_printed_query_parses_into_the_same_tree(text: str) -> None:
    """A query that is parsed and printed keeps its meaning, and prints the same again."""
    query = parse(text).query
    assert parse(str(query)).query == query
    assert str(parse(str(query)).query) == str(query)


@given(JUMBLE)
@settings(max_examples=1_000, deadline=None)
def test_a_jumble_of_operators_parses_into_the_same_tree(text: str) -> None:
    """The same holds for short texts of the language's own operators."""
    query = parse(text).query
    assert parse(str(query)).query == query


BORDERLINE = [
    "O^$_7", "H\u00a0$_9^a", "1$ ND;^0", "1$t al.^2", "O\\IT", "\\é$_I", "1^*\u00a0^2", "0^IT ^2",
    "1}^_", "l_a’[au]", "author:Oa=07__O", "author:^stone_a", ".a.rg/x~", "x(1)TITLE(ha)",
    'date:"0^"', 'year:")^0"', 'date:"x a^2 (b"', "pmid{12", "author:pmid{12",
    "$_x$R^-1", "x^+_", "^_’L^2", "$THE THE ^2", "TO ^2($NOT",
]  # fmt: skip


@pytest.mark.parametrize("text", BORDERLINE)
def test_what_a_sign_hid_parses_into_the_same_tree(text: str) -> None:
    """The same holds where printing moves or drops a sign that kept two meanings apart."""
    query = parse(text).query
    assert parse(str(query)).query == query


@given(
    st.lists(st.sampled_from(OPENING), min_size=15, max_size=90),
    st.sampled_from(["x", "a=b", "a=b^2", "-x", "x^2", "(x y)^2", "-a=b", "NOT a=b^3"]),
    st.lists(st.sampled_from(CLOSING), max_size=90),
)
@settings(max_examples=200, deadline=None)
def test_a_deep_query_parses_into_the_same_tree(
    opening: list[str], inside: str, closing: list[str]
) -> None:
    """The same holds however deep brackets and operators are nested."""
    query = parse("".join(opening) + inside + "".join(closing)).query
    assert parse(str(query)).query == query


@pytest.mark.parametrize("unit", UNITS)
def test_parsing_takes_linear_time(unit: str) -> None:
    """Parsing 200 characters takes a bounded number of calls, 1,600 at most eight times as many."""
    short, long = (count_calls(partial(parse, (unit * length)[:length])) for length in (200, 1600))
    assert short <= 200 * 60
    assert long <= 8 * short * 1.2 + 500


@cache
def find_matches(searcher: Searcher, query: str) -> frozenset[str]:
    """Return the ids of the papers that have all of a query, including hidden ones."""
    return frozenset(list_matches(searcher, query, hidden=True))


@cache
def find_hits(searcher: Searcher, query: str) -> frozenset[str]:
    """Return the ids of all hits of a query, widened or not."""
    return frozenset(list_hits(searcher, query))


@given(st.sampled_from(CLAUSES), st.sampled_from(CLAUSES), st.sampled_from(["AND", "AND NOT"]))
@settings(max_examples=150, deadline=None)
def test_and_never_finds_more(sample_searcher: Searcher, one: str, other: str, joint: str) -> None:
    """A query with AND finds no paper that its first part does not find, and is never widened."""
    both = f"{one} {joint} {other}"
    assert sample_searcher.search(SearchRequest(both)).relaxed is None
    assert find_hits(sample_searcher, both) <= find_hits(sample_searcher, one)
    assert find_matches(sample_searcher, both) <= find_matches(sample_searcher, one)


CONTENT_CLAUSES = [clause for clause in CLAUSES if clause != "the"]
"""A stop word is required alone, but optional beside other words."""


@given(
    st.sampled_from(CONTENT_CLAUSES),
    st.sampled_from(CLAUSES),
    st.sampled_from([" ", " -", " NOT "]),
)
@settings(max_examples=100, deadline=None)
def test_another_clause_adds_no_match(
    sample_searcher: Searcher, one: str, other: str, joint: str
) -> None:
    """A clause beside another one adds no paper that has all of the query."""
    both = find_matches(sample_searcher, f"{one}{joint}{other}")
    assert both <= find_matches(sample_searcher, one)


@given(st.sampled_from(CLAUSES), st.sampled_from(CLAUSES))
@settings(max_examples=100, deadline=None)
def test_or_finds_the_union(sample_searcher: Searcher, one: str, other: str) -> None:
    """OR finds the papers of both sides, and NOT finds exactly the other papers."""
    first, second = find_matches(sample_searcher, one), find_matches(sample_searcher, other)
    assert find_matches(sample_searcher, f"{one} OR {other}") == first | second
    others = find_matches(sample_searcher, "*") - first
    assert find_matches(sample_searcher, f"NOT {one}") == others


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_order_of_words_does_not_change_the_hits(
    sample_searcher: Searcher, data: st.DataObject
) -> None:
    """The same words in another order find the same papers, widened or not."""
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=8))
    shuffled = data.draw(st.permutations(words))
    expected = find_hits(sample_searcher, " ".join(words))
    assert find_hits(sample_searcher, " ".join(shuffled)) == expected
