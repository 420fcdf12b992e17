"""Answers: does what is still being typed find its title, author, venue, topic or field?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.answers.searcher import Searcher
from search.language.parser import parse
from search.request.search_request import MAX_QUERY, SearchRequest
from search.suggest.partial_input import unfinished

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from search.suggest.completions import Completion

PAPERS: list[dict[str, object]] = [
    {"id": "one", "title": "Deep reinforcement learning", "authors": ["Sergey Levine"],
     "venue": "NeurIPS", "year": 2018, "citations": 5,
     "topics": ["reinforcement learning", "cs.LG"], "type": "conference paper"},
    {"id": "two", "title": "Deep reinforcement", "authors": ["Sergey Levine", "Aviral Kumar"],
     "venue": "NeurIPS", "year": 2019, "citations": 50, "topics": ["reinforcement learning"],
     "type": "preprint"},
    {"id": "three", "title": "The reinforced deep", "authors": ["David Levin", 'Wei "Al" Wang'],
     "venue": "ICML", "year": 2020, "citations": 500, "topics": ["reinforcing"],
     "type": "preprint"},
    {"id": "gone", "title": "Deep reinforcement withdrawn", "status": "withdrawn"},
    {"id": "q", "title": "Q-learning", "authors": ["Jürgen Zürn-Smith"], "citations": 1},
]  # fmt: skip


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Give a searcher over these papers."""
    return Searcher(index_of(*PAPERS))


def of_kind(completions: tuple[Completion, ...], kind: str) -> list[tuple[str, int | None]]:
    """Give (text, count) of the completions of one kind, in order."""
    return [(one.text, one.count) for one in completions if one.kind == kind]


DEEP: list[tuple[str, int | None]] = [
    ("Deep reinforcement", 1),
    ("Deep reinforcement learning", 1),
    ("The reinforced deep", 1),
]

FOUND: list[tuple[str, str, list[tuple[str, int | None]]]] = [
    # Titles: those that begin so, then those with the words anywhere; the most cited first.
    ("deep reinf", "title", DEEP),
    ("learning dee", "title", [("Deep reinforcement learning", 1)]),
    ("deep ", "title", DEEP),
    ("dee ", "title", []),
    ("q-lear", "title", [("Q-learning", 1)]),
    ('"deep reinf', "title", DEEP),
    ("title:reinforced", "title", [("The reinforced deep", 1)]),
    ("venue:ICML reinf", "title", [("The reinforced deep", 1)]),
    ("deep withd", "title", []),
    # Authors: any word of the name may come first, the last may be a beginning.
    ("ser", "author", [("Sergey Levine", 2)]),
    ("lev", "author", [("Sergey Levine", 2), ("David Levin", 1)]),
    ("levine ser", "author", [("Sergey Levine", 2)]),
    ("sergey lev", "author", [("Sergey Levine", 2)]),
    ("levin ", "author", [("David Levin", 1)]),
    ("author:lev", "author", [("Sergey Levine", 2), ("David Levin", 1)]),
    ("by:kumar", "author", [("Aviral Kumar", 1)]),
    ('author:"sergey l', "author", [("Sergey Levine", 2)]),
    ('author:^"sergey l', "author", [("Sergey Levine", 2)]),
    ("jurgen z", "author", [("Jürgen Zürn-Smith", 1)]),
    ("zürn-sm", "author", [("Jürgen Zürn-Smith", 1)]),
    ("deep reinforcement aviral ku", "author", [("Aviral Kumar", 1)]),
    # Venues by any of their names, topics and fields by their beginnings.
    ("neu", "venue", [("NeurIPS", 2)]),
    ("nips", "venue", [("NeurIPS", 2)]),
    ("neural information pro", "venue", [("NeurIPS", 2)]),
    ("venue:", "venue", [("NeurIPS", 2), ("ICML", 1)]),
    ("in:ic", "venue", [("ICML", 1)]),
    ("reinforc", "topic", [("reinforcement learning", 2), ("reinforcing", 1)]),
    ("reinforcement l", "topic", [("reinforcement learning", 2)]),
    ("cs.l", "topic", [("cs.LG", 1)]),
    ("topic:reinforcement", "topic", [("reinforcement learning", 2)]),
    ("ye", "field", [("year:", None)]),
    ("type:", "field", [("type:preprint", 2), ('type:"conference paper"', 1)]),
    ("type:Con", "field", [('type:"conference paper"', 1)]),
    ("status:w", "field", [("status:withdrawn", 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "kind", "expected"), FOUND)
def test_completions(
    searcher: Searcher, typed: str, kind: str, expected: list[tuple[str, int | None]]
) -> None:
    """A beginning finds what it may become, the most frequent first, with exact counts."""
    assert of_kind(searcher.suggest(typed), kind) == expected


QUERIES = [
    ("sergey lev", "author", 'author:"Sergey Levine"'),
    ("offline rl sergey lev", "author", 'offline rl author:"Sergey Levine"'),
    ("-x (author:lev", "author", '-x (author:"Sergey Levine"'),
    ('venue:ICML author:"david l', "author", 'venue:ICML author:"David Levin"'),
    ("wei al wa", "author", 'author:"Wei  Al  Wang"'),
    ("deep neu", "venue", "deep venue:NeurIPS"),
    ("a OR venue:neu", "venue", "a OR venue:NeurIPS"),
    ("deep reinforcement l", "topic", 'deep topic:"reinforcement learning"'),
    ("levine ye", "field", None),
    ("levine yea", "field", "levine year:"),
    ("x type:con", "field", 'x type:"conference paper"'),
    ("q-lear", "title", 'title:"Q-learning"'),
    ("venue:ICML reinf", "title", 'title:"The reinforced deep"'),
]


@pytest.mark.parametrize(("typed", "kind", "query"), QUERIES)
def test_queries(searcher: Searcher, typed: str, kind: str, query: str | None) -> None:
    """Only the last words are completed; what stands before them stays as typed."""
    queries = [one.query for one in searcher.suggest(typed) if one.kind == kind]
    assert queries[:1] == ([query] if query else [])


NOTHING = ["", " ", "a", "(", '"', "-deep", "deep*", "levin~", "deep^2", "year:20", "10.1145/3",
           "x AND", "id:one", "zzzz", "deep)", "^", ":", "author:", "topic:", "title:"]  # fmt: skip


@pytest.mark.parametrize("typed", NOTHING)
def test_nothing_to_complete(searcher: Searcher, typed: str) -> None:
    """Signs, patterns, numbers, what is not wanted and single letters are not completed."""
    assert searcher.suggest(typed) == ()


def test_a_title_leads_to_its_paper(searcher: Searcher) -> None:
    """The completion of a title names the paper; the others name none."""
    assert {one.paper_id for one in searcher.suggest("deep reinf") if one.kind == "title"} == {
        "one",
        "two",
        "three",
    }
    assert {one.paper_id for one in searcher.suggest("sergey l")} == {""}


@pytest.mark.parametrize(("limit", "expected"), [(1, 1), (2, 2), (3, 3), (50, 5)])
def test_limit(searcher: Searcher, limit: int, expected: int) -> None:
    """There are at most so many, and every kind gets a turn before one gets two."""
    found = searcher.suggest("reinf", limit)
    assert len(found) == expected
    assert len({one.kind for one in found}) == min(limit, 2)


def test_what_stands_for_more_words_comes_first(searcher: Searcher) -> None:
    """A completion of all the words is listed before one of the last word alone."""
    found = searcher.suggest("the deep rein")
    assert [(one.kind.value, one.words) for one in found] == [
        *[("title", 3)] * 3,
        *[("topic", 1)] * 2,
    ]


def test_counts_are_what_the_completion_finds(searcher: Searcher) -> None:
    """An author, venue or topic that is taken by itself finds as many papers as it said."""
    for typed in ("lev", "neu", "reinforcement", "type:pre"):
        for one in searcher.suggest(typed):
            if one.kind != "title":
                assert searcher.search(SearchRequest(one.query)).total == one.count, one


UNFINISHED = [
    ("deep lear", "", "", ("deep", "lear")),
    ("venue:ICML deep lear", "venue:ICML ", "", ("deep", "lear")),
    ("(a OR deep", "(a OR ", "", ("deep",)),
    ("x author:lev", "x ", "author", ("lev",)),
    ('x au:"sergey lev', "x ", "author", ("sergey", "lev")),
    ('"deep lear', "", "", ("deep", "lear")),
    ('a "deep" lear', 'a "deep" ', "", ("lear",)),
    ("http://x", "", "", ()),
    ("nofield:deep", "nofield:deep", "", ()),
]


@pytest.mark.parametrize(("text", "before", "field", "words"), UNFINISHED)
def test_unfinished(text: str, before: str, field: str, words: tuple[str, ...]) -> None:
    """The part that is still being typed ends the text and begins after signs and fields."""
    found = unfinished(text)
    if words:
        assert found.before == before
    assert (found.field, found.typed.words) == (field, words)


TYPED = st.lists(
    st.sampled_from(['"', "(", ")", "^", "~", "-", ":", "author:", "venue:", "deep", "Lev", "é",
                     "type:", "ß", "AND ", " ", "*", "深", "year:20", "\x00", "\u0130"]),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(TYPED | st.text(max_size=30))
def test_nothing_typed_fails(searcher: Searcher, typed: str) -> None:
    """Whatever is typed is completed or not; what is given can be parsed and searched."""
    for one in searcher.suggest(typed):
        parse(one.query)
        assert one.text
        assert one.count != 0


def test_a_long_text_is_cut(searcher: Searcher) -> None:
    """A text beyond a query's length is cut to it, however long."""
    assert searcher.suggest("deep " * 100_000) is not None
    assert searcher.suggest("x" * MAX_QUERY + " deep") == ()


def test_sample(sample_searcher: Searcher) -> None:
    """In the shipped sample a few letters find a well-known paper and its author."""
    titles = of_kind(sample_searcher.suggest("attention is"), "title")
    assert titles[0] == ("Attention Is All You Need", 1)
    assert sample_searcher.suggest("vasw")[0].text == "Ashish Vaswani"
