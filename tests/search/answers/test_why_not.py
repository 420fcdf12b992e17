"""Answers: is the clause or filter named that keeps a paper out, and no other?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.errors import PaperMissing, QueryTooCostly
from search.answers.paper_lookup import find_paper
from search.answers.searcher import MAX_CLAUSES, Searcher
from search.answers.why_not import Clause, WhyNot, explain_absence
from search.explain.near_miss import NearMiss, find_near_miss, list_values
from search.language.parser import parse
from search.language.tree import list_leaves
from search.request.facets import HIDDEN_STATUSES
from search.request.search_request import SearchRequest, parse_parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ATTENTION = "vaswani-2017-attention"
WITHDRAWN = "blum-2017-solution"


def judged(searcher: Searcher, query: str, paper: str = ATTENTION, *more: str) -> WhyNot:
    """Judge a paper of the sample in a search, parameters written as in an address."""
    pairs = [tuple(pair.split("=", 1)) for pair in more]
    request = parse_parameters([("q", query), *((name, value) for name, value in pairs)])
    return explain_absence(searcher, request, paper)


def unmet(clause: Clause) -> Iterator[str]:
    """Give the parts that keep a paper out, written."""
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
    ("author:shazeer year:2018", ["year:2018..2018"]),
    ("transform* zeb*", ["zeb*"]),
    ("trnsformer~ zebra~", ["zebra~1"]),
    ("type:preprint type:thesis", ['type:"thesis"']),
    ("(attention (need (zebra)))", ["zebra"]),
    ("*", []),
    ("", []),
]


@pytest.mark.parametrize(("query", "expected"), UNMET)
def test_the_clauses_that_keep_it_out(
    sample_searcher: Searcher, query: str, expected: list[str]
) -> None:
    """Just the clauses that the paper does not satisfy are told as such."""
    answer = judged(sample_searcher, query)
    assert list(unmet(answer.clause)) == expected
    assert answer.clause.met == (not expected)
    assert answer.found or expected


def test_function_words_are_not_needed(sample_searcher: Searcher) -> None:
    """A function word among other words is told as not needed; alone it is needed."""
    parts = judged(sample_searcher, "of attention").clause.parts
    assert [(part.written, part.needed) for part in parts] == [("of", False), ("attention", True)]
    assert all(part.needed for part in judged(sample_searcher, "of the").clause.parts)


@pytest.mark.parametrize("query", ["attention", "learning -graph", "year:2017", "vaswani", "deep"])
def test_the_rank_is_that_of_the_search(sample_searcher: Searcher, query: str) -> None:
    """A paper that the search finds has the rank that it has there; another is not found."""
    ranks: dict[str, int] = {}
    page = 1
    while True:
        results = sample_searcher.search(SearchRequest(query, page=page, per_page=100))
        ranks |= {hit.paper.id: hit.rank for hit in results.hits}
        if page == results.pages:
            break
        page += 1
    for paper in [*list(ranks)[::7], ATTENTION, "turing-1936-computable"]:
        answer = judged(sample_searcher, query, paper)
        assert (answer.found, answer.rank) == (paper in ranks, ranks.get(paper))


def test_a_rank_beyond_the_first_thousand_is_not_told(index_of: Callable[..., Path]) -> None:
    """A paper that is found after a thousand others has no rank, but is found."""
    numbers = range(1, 1103)
    searcher = Searcher(index_of(*({"id": f"p{n:04}", "title": "Deep"} for n in numbers)))
    answers = {n: judged(searcher, "*", f"p{n:04}") for n in (1000, 1101)}
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
def test_each_filter_is_judged_alone(
    sample_searcher: Searcher, chosen: list[str], expected: dict[str, bool]
) -> None:
    """Each facet's selection passes or not whatever the others and the query say."""
    for query in ("attention", "zebra"):
        answer = judged(sample_searcher, query, ATTENTION, *chosen)
        assert {one.name: one.met for one in answer.filters} == expected
        assert answer.found == (query == "attention" and all(expected.values()))


def test_a_filter_tells_what_was_asked_and_what_the_paper_has(sample_searcher: Searcher) -> None:
    """A filter names the selected values as the index writes them, and the paper's own."""
    (one,) = judged(sample_searcher, "attention", ATTENTION, "venue=icml", "venue=-acl").filters
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
def test_what_is_hidden_for_its_status(
    sample_searcher: Searcher, query: str, more: list[str], hidden: str
) -> None:
    """A withdrawn paper is told to be hidden unless it is asked for; then it is found."""
    answer = judged(sample_searcher, query, WITHDRAWN, *more)
    assert answer.hidden == hidden
    assert answer.found == (not hidden)
    assert answer.paper.status in HIDDEN_STATUSES


def test_a_widened_search_is_judged_as_it_was_made(sample_searcher: Searcher) -> None:
    """A paper that only a widened search finds is found, though a clause is not met."""
    answer = judged(sample_searcher, "attention recurrence transformer zebras")
    assert answer.results.relaxed
    assert (answer.found, answer.clause.met, answer.widened) == (True, False, True)
    other = judged(sample_searcher, "attention recurrence transformer zebras", WITHDRAWN)
    assert (other.found, other.widened) == (False, False)


def test_what_widening_would_do_is_told(sample_searcher: Searcher) -> None:
    """Of a search that was not widened it is told whether widening would find the paper."""
    has_most = sample_searcher.search(SearchRequest("learning networks -neural")).hits[0].paper.id
    near = judged(sample_searcher, "learning neural networks", has_most)
    assert not near.results.relaxed
    assert (near.found, near.widened) == (False, True)
    assert (
        judged(sample_searcher, "deep residual learning", "turing-1936-computable").widened is False
    )
    assert judged(sample_searcher, "title:zebra").widened is None


def test_too_costly_a_query_is_refused(sample_searcher: Searcher) -> None:
    """The bounds of a search are those of its explanation."""
    with pytest.raises(QueryTooCostly):
        judged(sample_searcher, "a " * (MAX_CLAUSES + 1))


NEAR = [
    ("atention", NearMiss(missing=("atention",), near=("attention",))),
    ("zebra", NearMiss(missing=("zebra",))),
    ("author:shazer", NearMiss(missing=("shazer",), near=("shazeer",))),
    ("title:recurrence", NearMiss(missing=("recurrence",), where=("abstract",))),
    ("author:attention", NearMiss(missing=("attention",), where=("title",))),
    ('"need all you"', NearMiss()),
    ('"all zebras need"', NearMiss(missing=("zebras",))),
    ('"layer alone"', NearMiss(missing=("layer",), near=("layers",))),
    ("transfromer~1", NearMiss(missing=("transfromer",), near=("transformer", "transformers"))),
    ("attentoin*", NearMiss(missing=("attentoin",), near=("attention",))),
    ("year:2019", NearMiss(has=("2017",))),
    ("citations:>5", NearMiss()),
    ("type:thesis", NearMiss(has=("conference paper", "preprint"))),
    ("arxiv:1234.56789", NearMiss(has=("1706.03762",))),
    ("doi:10.1000/x", NearMiss()),
    ("venue:icml", NearMiss(missing=("icml",))),
    ("*", None),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), NEAR)
def test_near_misses(sample_searcher: Searcher, query: str, expected: NearMiss | None) -> None:
    """Told are the words that are missing, those like them, other places, and own values."""
    (leaf,) = list_leaves(parse(query).query)
    assert find_near_miss(leaf, sample_searcher.read_paper(ATTENTION)) == expected


def test_what_may_not_be_there_is_said_to_be_where(sample_searcher: Searcher) -> None:
    """Of a word that keeps a paper out by standing in it, the places are told."""
    clause = judged(sample_searcher, "-recurrence").clause
    assert clause.miss == NearMiss(where=("abstract",))


def test_values_of_every_facet(sample_searcher: Searcher) -> None:
    """The values that a facet counts for a paper are those that are told."""
    paper = sample_searcher.read_paper(ATTENTION)
    assert list_values(paper, "venue") == ("NeurIPS", "arXiv")
    assert list_values(paper, "topic") == paper.topics
    assert list_values(paper, "author")[1] == "Noam Shazeer"
    assert list_values(paper, "status") == list_values(paper, "institution") == ()


NAMES = [
    "vaswani-2017-attention",
    "1706.03762",
    "arXiv:1706.03762v5",
    "https://arxiv.org/abs/1706.03762",
    "Attention is all you need",
    '"Attention Is All You Need"',
    " attention is all you need. ",
]


@pytest.mark.parametrize("name", NAMES)
def test_papers_are_named_in_many_ways(sample_searcher: Searcher, name: str) -> None:
    """An id, another identifier, an address or a whole title names the paper."""
    assert find_paper(sample_searcher, name).id == ATTENTION


def test_a_doi_names_a_paper(sample_searcher: Searcher) -> None:
    """A DOI names its paper, in any case and as an address, hidden or not."""
    for name in ("10.1016/S0140-6736(97)11096-0", "https://doi.org/10.1016/s0140-6736(97)11096-0"):
        assert find_paper(sample_searcher, name).id == "wakefield-1998-hyperplasia"


@pytest.mark.parametrize("name", ["", " ", "attention", "attention is all you", "10.1/x", "(", "*"])
def test_what_names_no_paper_is_told(sample_searcher: Searcher, name: str) -> None:
    """A part of a title or an unknown id names nothing."""
    with pytest.raises(PaperMissing):
        find_paper(sample_searcher, name)
