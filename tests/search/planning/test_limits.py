"""Check that expensive queries are refused with the limit, and that others are answered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.answers.searcher import Searcher
from search.errors import PatternTooWide, QueryError
from search.planning.limits import (
    MAX_CLAUSES,
    MAX_INEXACT,
    MAX_LEADING_WILDCARDS,
    MAX_PATTERN,
    MAX_PHRASE_WORDS,
    MAX_PHRASES,
    MAX_SLOP_WORDS,
    MAX_WILDCARDS,
    MAX_WORDS,
    check_expansion,
)
from search.planning.plan import Node
from search.request.search_request import MAX_QUERY, SORTS, SearchRequest

PIECES = (
    '( ) [ ] " ^ ~ * ? : + - < > .. a deep title: author: author:^ year: status: id: venue: topic: '
    "citations:> 10.1000/x 2006.04779 2019 é 日本 ß C++ C# ^2 ^0 ~2 the of learning network* *work "
    '"deep "learning "~2 "~99 \u0661 ² İ foo: type:thesis 999999999999 \x00 \x01 |'
).split(" ")
JUMBLE = st.lists(
    st.sampled_from([*PIECES, *[" "] * 15, " AND ", " OR ", " NOT "]), max_size=16
).map("".join)

REFUSED = [  # query, part of the error message
    (" OR ".join(["deep"] * (MAX_CLAUSES + 1)), "201 clauses; the limit is 200"),
    ("NOT (" + " OR ".join(["deep"] * (MAX_CLAUSES + 1)) + ")", "201 clauses"),
    (
        '"' + "of the " * (MAX_PHRASE_WORDS // 2) + 'the"',
        "501 words in phrases and hyphenated words",
    ),
    ("-".join(["a"] * (MAX_PHRASE_WORDS + 1)), "501 words in phrases and hyphenated"),
    (" ".join(["neur*"] * (MAX_INEXACT + 1)), "11 words and phrases with *, ? or ~"),
    ("-(" + " OR ".join(["neur~"] * (MAX_INEXACT + 1)) + ")", "11 words and phrases with"),
    (" ".join(['"a b"~2'] * (MAX_INEXACT + 1)), "11 words and phrases with"),
    (" ".join(['"of the"'] * (MAX_PHRASES + 1)), "21 phrases; the limit is 20"),
    ("*a" * (MAX_WILDCARDS + 1), "11 wildcards * and ? in one word; the limit is 10"),
    ("a" + "?" * (MAX_WILDCARDS + 1) + "b", "11 wildcards * and ?"),
    (
        " ".join(["*former"] * (MAX_LEADING_WILDCARDS + 1)),
        "4 words that begin with * or ?; the limit is 3",
    ),
    ("*a", "'*a' matches more than 10,000 words. Add letters"),
    ("title:*12*", "'*12*' matches more than"),
    ("-?a*", "'?a*' matches more than"),
    ("*" * (MAX_QUERY - 1) + "a", "'*a' matches more than"),
    ("a" * MAX_PATTERN + "*", "61 characters in one word with * or ?; the limit is 60"),
    ('"' + "the " * (MAX_SLOP_WORDS + 1) + '"~1', "7 words in one phrase with ~; the limit is 6"),
]
ALLOWED = [
    " OR ".join(["deep"] * MAX_CLAUSES),
    " ".join(["neur*"] * MAX_INEXACT),
    "*x" * MAX_WILDCARDS,
    "a" + "?" * MAX_WILDCARDS + "x" * (MAX_PATTERN - MAX_WILDCARDS - 1),
    " ".join(["*former"] * MAX_LEADING_WILDCARDS),
    "a* s* t* e* c*",
    "*" * (MAX_QUERY - 3) + "ing",
    '"' + "the " * MAX_SLOP_WORDS + '"~99999',
    '"' + "the " * 490 + '"',
    "-".join(["a"] * MAX_PHRASE_WORDS),
    "日" * MAX_QUERY,
    "a" * (MAX_QUERY - 2) + "~2",
    "-" * MAX_QUERY,
    "(" * MAX_QUERY,
    "NOT " * (MAX_QUERY // 4),
    "title:-" * (MAX_QUERY // 7),
    "year:999999999 citations:>999999999",
    "deep^0 learning^0.0001",
]


@pytest.mark.parametrize(("query", "says"), REFUSED)
def test_queries_over_a_limit_are_refused(sample_searcher: Searcher, query: str, says: str) -> None:
    """The error names the limit, also for a part under NOT."""
    with pytest.raises(QueryError) as caught:
        sample_searcher.search(SearchRequest(query))
    assert says in str(caught.value)


@pytest.mark.parametrize("query", ALLOWED, ids=lambda query: query[:12])
def test_queries_at_a_limit_are_answered(sample_searcher: Searcher, query: str) -> None:
    """The most expensive query that is allowed is neither refused nor rejected by the engine."""
    results = sample_searcher.search(SearchRequest(query))
    assert len(results.hits) == min(results.total, 10)


@given(st.text(max_size=80) | JUMBLE, st.sampled_from(sorted(SORTS)), st.booleans())
@settings(max_examples=600, deadline=None)
def test_any_query_is_answered_or_refused(
    sample_searcher: Searcher,
    query: str,
    sort: str,
    hidden: bool,  # noqa: FBT001 - drawn
) -> None:
    """Any text gives consistent results, or an error with a message every time."""
    request = SearchRequest(query, sort=sort, hidden=hidden)
    try:
        results = sample_searcher.search(request)
    except QueryError:
        with pytest.raises(QueryError, match=r"\w"):
            sample_searcher.search(request)
        return
    assert len(results.hits) == min(results.total, 10)
    assert len({hit.paper.id for hit in results.hits}) == len(results.hits)


class Vocabulary:
    """Counts of an index in which a given number of words share any prefix."""

    def __init__(self, words: int) -> None:
        self._words = words

    def count_documents(self, field: str, token: str) -> int:
        """Return zero."""
        del field, token
        return 0

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """Return words with a prefix, at most `limit`."""
        del field, within
        return [(f"{prefix}{n}", 1) for n in range(min(self._words, limit))]


def test_a_prefix_of_too_many_words_is_refused() -> None:
    """A pattern matches all words that fit it or is refused; no word is left out."""
    check_expansion("a*", ("title_exact",), Vocabulary(MAX_WORDS))
    check_expansion("a?", ("title_exact",), Vocabulary(MAX_WORDS + 1))
    with pytest.raises(PatternTooWide, match="matches more than 10,000 words"):
        check_expansion("a*", ("title_exact",), Vocabulary(MAX_WORDS + 1))
