"""Test completions of titles, authors, venues, topics and fields."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.answers.searcher import Searcher
from search.budget.budget import SECONDS_PER_DOCUMENT, Budget, open_budget
from search.language.parser import parse
from search.request.search_request import SearchRequest
from search.suggest.completions import LONGEST

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
    """Return a searcher over the papers above."""
    return Searcher(index_of(*PAPERS))


def of_kind(completions: tuple[Completion, ...], kind: str) -> list[tuple[str, int | None]]:
    """Return the (text, count) pairs of the completions of one kind."""
    return [(one.text, one.count) for one in completions if one.kind == kind]


DEEP: list[tuple[str, int | None]] = [
    ("Deep reinforcement", 1),
    ("Deep reinforcement learning", 1),
    ("The reinforced deep", 1),
]

FOUND: list[tuple[str, str, list[tuple[str, int | None]]]] = [
    # Titles that begin with the words, then those that contain them; the most cited first.
    ("deep reinf", "title", DEEP),
    ("learning dee", "title", [("Deep reinforcement learning", 1)]),
    ("deep ", "title", DEEP),
    ("dee ", "title", []),
    ("q-lear", "title", [("Q-learning", 1)]),
    ('"deep reinf', "title", DEEP),
    ("title:reinforced", "title", [("The reinforced deep", 1)]),
    ("venue:ICML reinf", "title", [("The reinforced deep", 1)]),
    ("deep withd", "title", []),
    # Authors by the words of the name in any order; the last may be incomplete.
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
    # Venues by any of their names; topics and fields by their prefixes.
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
def test_completions_of_each_kind(
    searcher: Searcher, typed: str, kind: str, expected: list[tuple[str, int | None]]
) -> None:
    """Completions are listed by frequency, with exact counts."""
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
def test_completed_queries(searcher: Searcher, typed: str, kind: str, query: str | None) -> None:
    """Only the last words are replaced; the text before them stays as typed."""
    queries = [one.query for one in searcher.suggest(typed) if one.kind == kind]
    assert queries[:1] == ([query] if query else [])


NOTHING = ["", " ", "a", "(", '"', "-deep", "deep*", "levin~", "deep^2", "year:20", "10.1145/3",
           "x AND", "id:one", "zzzz", "deep)", "^", ":", "author:", "topic:", "title:"]  # fmt: skip


@pytest.mark.parametrize("typed", NOTHING)
def test_nothing_to_complete(searcher: Searcher, typed: str) -> None:
    """Operators, patterns, numbers, excluded words and single letters have no completions."""
    assert searcher.suggest(typed) == ()


def test_a_title_leads_to_its_paper(searcher: Searcher) -> None:
    """The completion of a title has the id of its paper; the others have none."""
    assert {one.paper_id for one in searcher.suggest("deep reinf") if one.kind == "title"} == {
        "one",
        "two",
        "three",
    }
    assert {one.paper_id for one in searcher.suggest("sergey l")} == {""}


@pytest.mark.parametrize(("limit", "expected"), [(1, 1), (2, 2), (3, 3), (50, 5)])
def test_limit(searcher: Searcher, limit: int, expected: int) -> None:
    """The limit holds, and each kind is listed once before any is listed twice."""
    found = searcher.suggest("reinf", limit)
    assert len(found) == expected
    assert len({one.kind for one in found}) == min(limit, 2)


def test_completions_of_more_words_come_first(searcher: Searcher) -> None:
    """A completion of all words comes before one of only the last word."""
    found = searcher.suggest("the deep rein")
    assert [(one.kind.value, one.words) for one in found] == [
        *[("title", 3)] * 3,
        *[("topic", 1)] * 2,
    ]


@pytest.mark.parametrize(
    ("typed", "count"), [("lev", 2), ("neu", 1), ("reinforcement", 1), ("type:pre", 1)]
)
def test_a_completion_finds_as_many_papers_as_counted(
    searcher: Searcher, typed: str, count: int
) -> None:
    """An author, venue, topic or value finds by itself the number of papers shown with it."""
    offered = [one for one in searcher.suggest(typed) if one.kind != "title"]
    found = [searcher.search(SearchRequest(one.query)).total for one in offered]
    assert found == [one.count for one in offered]
    assert len(found) == count


TYPED = st.lists(
    st.sampled_from(['"', "(", ")", "^", "~", "-", ":", "author:", "venue:", "deep", "Lev", "é",
                     "type:", "ß", "AND ", " ", "*", "深", "year:20", "\x00", "\u0130"]),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(TYPED | st.text(max_size=30))
def test_any_text_can_be_completed(searcher: Searcher, typed: str) -> None:
    """No text raises an error, and no completion is empty or finds nothing."""
    offered = searcher.suggest(typed)
    assert [one for one in offered if not one.text or one.count == 0] == []
    assert [str(parse(one.query).query) for one in offered].count("") == 0


def test_a_long_text_has_no_completions(searcher: Searcher) -> None:
    """A text that was pasted is not completed."""
    assert searcher.suggest("deep " * (LONGEST // 5)) != ()
    assert searcher.suggest("deep " * (LONGEST // 5 + 1)) == ()


def test_sample(sample_searcher: Searcher) -> None:
    """In the sample, a few letters find a well-known paper and its author."""
    titles = of_kind(sample_searcher.suggest("attention is"), "title")
    assert titles[0] == ("Attention Is All You Need", 1)
    assert sample_searcher.suggest("vasw")[0].text == "Ashish Vaswani"


def test_completions_end_with_the_budget(sample_searcher: Searcher) -> None:
    """With less time there are fewer completions, and none are an answer too."""
    whole, found, reads = sample_searcher.suggest("learn", 10), [], count()
    for calls in (0, 1, 3, 9, 27, 999):
        # Every look at the clock takes a second of the documents' time.
        with open_budget(Budget(round(calls / SECONDS_PER_DOCUMENT), lambda: float(next(reads)))):
            found.append(sample_searcher.suggest("learn", 10))
    assert found[0] == ()
    assert found[-1] == whole
    assert all(set(one) <= set(whole) for one in found)
