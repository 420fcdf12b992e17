"""Test that exactly the clauses and filters that exclude a paper are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from search.answers.searcher import Searcher
from search.answers.why_not import Clause, WhyNot, explain_absence, restrict_to
from search.budget.budget import Budget, open_budget
from search.budget.errors import SearchTooLong
from search.errors import QueryTooCostly
from search.explain.near_miss import NearMiss
from search.planning.limits import MAX_CLAUSES
from search.planning.plan import AllOf, Exact, Plan
from search.request.facets import HIDDEN_STATUSES
from search.request.parameters import parse_parameters
from search.request.search_request import SearchRequest
from tests.support.random_plans import PLANS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ATTENTION = "vaswani-2017-attention"
WITHDRAWN = "blum-2017-solution"


def judge(searcher: Searcher, query: str, paper: str = ATTENTION, *more: str) -> WhyNot:
    """Judge a paper of the sample in a search, with parameters as in an address."""
    pairs = [tuple(pair.split("=", 1)) for pair in more]
    request = parse_parameters([("q", query), *((name, value) for name, value in pairs)])
    return explain_absence(searcher, request, paper)


def unmet(clause: Clause) -> Iterator[str]:
    """Yield the clauses that exclude the paper, in the query language."""
    inner = [one for part in clause.parts if part.needed for one in unmet(part)]
    if not clause.met and clause.joint != "not":
        yield from inner or [clause.written]
    elif not clause.met:
        yield clause.written


UNMET = [
    ("attention", []),
    ("attention quantum", ["quantum"]),
    ("the attention of zebras", ["zebras"]),
    ("attention AND (turing OR shannon)", ["turing", "shannon"]),
    ("attention AND (turing OR vaswani)", []),
    ("attention -recurrence", ["NOT recurrence"]),
    ("attention -zebra", []),
    ("attention NOT (recurrence OR zebra)", ["NOT (recurrence OR zebra)"]),
    ("+zebra attention", ["+zebra"]),
    ("attention zebra^2", ["zebra^2"]),
    ("title:recurrence", ["title:recurrence"]),
    ('"all need you"', ['"all need you"']),
    ("author:shazeer year:2018", ["year:2018"]),
    ("transform* zeb*", ["zeb*"]),
    ("trnsformer~ zebra~", ["zebra~1"]),
    ("type:preprint type:thesis", ['type:"thesis"']),
    ("(attention (need (zebra)))", ["zebra"]),
    ("*", []),
    ("", []),
]


@pytest.mark.parametrize(("query", "expected"), UNMET)
def test_unmet_clauses_are_named(
    sample_searcher: Searcher, query: str, expected: list[str]
) -> None:
    """Exactly the clauses that the paper does not meet are unmet."""
    answer = judge(sample_searcher, query)
    assert list(unmet(answer.clause)) == expected
    assert answer.clause.met == (not expected)
    assert answer.found or expected


def test_function_words_are_optional(sample_searcher: Searcher) -> None:
    """A function word is optional among other words and needed if there are none."""
    parts = judge(sample_searcher, "of attention").clause.parts
    assert [(part.written, part.needed) for part in parts] == [("of", False), ("attention", True)]
    assert all(part.needed for part in judge(sample_searcher, "of the").clause.parts)


@pytest.mark.parametrize("query", ["attention", "learning -graph", "year:2017", "vaswani", "deep"])
def test_the_rank_is_that_of_the_search(sample_searcher: Searcher, query: str) -> None:
    """A paper has the rank that the search gives it; a paper without one is not found."""
    ranks: dict[str, int] = {}
    page = 1
    while True:
        results = sample_searcher.search(SearchRequest(query, page=page, per_page=100))
        ranks |= {hit.paper.id: hit.rank for hit in results.hits}
        if page == results.pages:
            break
        page += 1
    for paper in [*list(ranks)[::7], ATTENTION, "turing-1936-computable"]:
        answer = judge(sample_searcher, query, paper)
        assert (answer.found, answer.rank) == (paper in ranks, ranks.get(paper))


def test_ranks_end_at_one_thousand(index_of: Callable[..., Path]) -> None:
    """A paper after more than a thousand hits is found but has no rank."""
    numbers = range(1, 1103)
    searcher = Searcher(index_of(*({"id": f"p{n:04}", "title": "Deep"} for n in numbers)))
    answers = {n: judge(searcher, "*", f"p{n:04}") for n in (1000, 1101)}
    assert [(n, one.found, one.rank) for n, one in answers.items()] == [
        (1000, True, 1000),
        (1101, True, None),
    ]


FILTERS = [
    (["venue=ICML"], {"venue": False}),
    (["venue=ICML", "venue=NeurIPS"], {"venue": True}),
    (["venue=nips"], {"venue": True}),
    (["venue=-NeurIPS"], {"venue": False}),
    (["year=2016..2018", "type=thesis"], {"year": True, "type": False}),
    (["year=2018..", "author=noam shazeer"], {"year": False, "author": True}),
    (["topic=attention", "source=arxiv"], {"topic": True, "source": False}),
    (["language=de", "institution=nowhere"], {"language": False, "institution": False}),
    ([], {}),
]  # fmt: skip


@pytest.mark.parametrize(("chosen", "expected"), FILTERS)
def test_each_filter_is_judged_separately(
    sample_searcher: Searcher, chosen: list[str], expected: dict[str, bool]
) -> None:
    """The selection of a facet is judged regardless of the others and of the query."""
    for query in ("attention", "zebra"):
        answer = judge(sample_searcher, query, ATTENTION, *chosen)
        assert {one.name: one.met for one in answer.filters} == expected
        assert answer.found == (query == "attention" and all(expected.values()))


def test_a_filter_shows_selected_and_own_values(sample_searcher: Searcher) -> None:
    """A filter has the selected values as the index writes them, and those of the paper."""
    (one,) = judge(sample_searcher, "attention", ATTENTION, "venue=icml", "venue=-acl").filters
    assert (one.asked, one.has) == (("ICML", "-ACL"), ("NeurIPS", "arXiv"))


@pytest.mark.parametrize(
    ("query", "more", "hidden"),
    [
        ("np problem", [], "withdrawn"),
        ("np problem", ["hidden=show"], ""),
        ("np problem", ["status=withdrawn"], ""),
        ("np problem status:withdrawn", [], ""),
        ("zebra", [], "withdrawn"),
    ],
)
def test_hidden_papers_are_reported(
    sample_searcher: Searcher, query: str, more: list[str], hidden: str
) -> None:
    """A withdrawn paper is reported as hidden unless the search includes such papers."""
    answer = judge(sample_searcher, query, WITHDRAWN, *more)
    assert answer.hidden == hidden
    assert answer.found == (not hidden)
    assert answer.paper.status in HIDDEN_STATUSES


def test_a_widened_search_is_judged_as_widened(sample_searcher: Searcher) -> None:
    """A paper that only the widened search finds is found although a clause is unmet."""
    answer = judge(sample_searcher, "attention recurrence transformer zebras")
    assert answer.results.relaxed
    assert (answer.found, answer.clause.met, answer.widened) == (True, False, True)
    other = judge(sample_searcher, "attention recurrence transformer zebras", WITHDRAWN)
    assert (other.found, other.widened) == (False, False)


def test_the_effect_of_widening_is_predicted(sample_searcher: Searcher) -> None:
    """If a search was not widened, the answer says whether widening would find the paper."""
    has_most = sample_searcher.search(SearchRequest("learning networks -neural")).hits[0].paper.id
    near = judge(sample_searcher, "learning neural networks", has_most)
    assert not near.results.relaxed
    assert (near.found, near.widened) == (False, True)
    assert (
        judge(sample_searcher, "deep residual learning", "turing-1936-computable").widened is False
    )
    assert judge(sample_searcher, "title:zebra").widened is None


def test_expensive_queries_are_refused(sample_searcher: Searcher) -> None:
    """The limits of a search apply to its explanation."""
    with pytest.raises(QueryTooCostly):
        judge(sample_searcher, " OR ".join(["a"] * (MAX_CLAUSES + 1)))


class CallClock:
    """A clock that counts how often it is read, as each call of an engine does."""

    def __init__(self) -> None:
        self.reads = 0

    def read(self) -> float:
        """Return the number of times it was read."""
        self.reads += 1
        return float(self.reads)


def test_what_the_budget_does_not_allow_is_named(sample_searcher: Searcher) -> None:
    """With more time, more clauses are judged; those that are not count as unknown."""
    query = "attention -recurrence (zebra OR quantum OR turing) need^2 title:shannon"
    whole, counts = judge(sample_searcher, query), []
    assert whole.left_out == ()
    for calls in range(1, 200, 3):
        clock = CallClock()
        budget = Budget(10, clock.read)
        clock.reads = 1 - calls
        with open_budget(budget):
            try:
                answer = judge(sample_searcher, query)
            except SearchTooLong:
                continue
        assert answer.found == whole.found
        assert ("Some clauses of the query" in answer.left_out) == (
            not all(list_judgements(answer.clause))
        )
        counts.append(sum(list_judgements(answer.clause)))
        if counts[-1] == sum(list_judgements(whole.clause)) and not answer.left_out:
            assert (answer.clause, answer.widened) == (whole.clause, whole.widened)
    assert counts[0] < counts[-1] == len(list(list_judgements(whole.clause)))


def list_judgements(clause: Clause) -> Iterator[bool]:
    """Yield of a clause and its parts whether each is judged."""
    yield clause.judged
    for part in clause.parts:
        yield from list_judgements(part)


@given(PLANS)
def test_a_node_restricted_to_a_paper_matches_only_it(
    sample_searcher: Searcher, plan: Plan
) -> None:
    """It matches that paper exactly if the whole node does."""
    engine, itself = sample_searcher.engine, Exact("id", ATTENTION)
    found = engine.count_matches(AllOf((itself, plan.match)))
    assert engine.count_matches(restrict_to(itself, plan.match)) == found


def test_an_excluded_word_is_located(sample_searcher: Searcher) -> None:
    """If an excluded word occurs in the paper, the fields that contain it are listed."""
    clause = judge(sample_searcher, "-recurrence").clause
    assert clause.miss == NearMiss(where=("abstract",))
