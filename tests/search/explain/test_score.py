"""Test that every engine explains the whole score of a hit in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.build.operations import build
from index.engines.engine import ENGINES
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from search.errors import QueryError
from search.explain.score import REST, Reason, explain_scores
from search.language.parser import parse
from search.planning.plan import (
    AllOf,
    AnyOf,
    Exact,
    Flat,
    Near,
    Node,
    Plan,
    Term,
    Tokens,
    Weighted,
    Without,
)
from search.request.facets import Selection, Selections
from search.request.search_request import SearchRequest
from tests.support.engine_queries import QUERIES
from tests.support.paths import SAMPLE

if TYPE_CHECKING:
    from search.answers.results import Hit

ATTENTION = "vaswani-2017-attention"


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over the sample, for each engine."""
    directory = tmp_path_factory.mktemp("explained") / "index"
    build(directory, (str(SAMPLE),), BuildSettings(engine=request.param))
    return Searcher(directory)


def search_explained(searcher: Searcher, query: str, **asked: object) -> tuple[Hit, ...]:
    """Return the hits of a query with their reasons."""
    hits = searcher.explain(SearchRequest(query, facets=(), **asked)).hits  # type: ignore[arg-type]  # each of its own type
    assert all(hit.reasons is not None for hit in hits)
    return hits


def reasons(hit: Hit) -> set[tuple[str, str, str]]:
    """Return the words, field and kind of each reason of a hit."""
    return {(one.words, one.field, one.kind) for one in hit.reasons or ()}


def of_plan(searcher: Searcher, *parts: Node, score: float = 0.0) -> tuple[Reason, ...]:
    """Explain the score of one paper under a given plan."""
    plan = Plan(parts[0], parts[1:])
    found = explain_scores(plan, parse("").query, {ATTENTION: score}, searcher.engine, {})
    return found[ATTENTION]


def test_weights_add_up_to_the_score(searcher: Searcher) -> None:
    """For every construct, also in widened queries, the reasons of a hit add up to its score."""
    widened = scored = 0
    for query in QUERIES:
        try:
            results = searcher.explain(SearchRequest(query, per_page=100, facets=()))
        except QueryError:
            continue
        widened += results.relaxed is not None
        for hit in results.hits:
            scored += hit.score > 0
            given = sum(reason.weight for reason in hit.reasons or ())
            assert given == pytest.approx(hit.score, rel=1e-5, abs=REST), query
            assert "the rest" not in {reason.kind for reason in hit.reasons or ()}, query
    assert widened > 3
    assert scored > 300


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("attention", {"venue": Selection(("NeurIPS", "ICLR", "ICML"))}),
        ("attention", {"year": Selection(low=1990)}),
        ("attention", {"year": Selection(low=1990), "status": Selection((), ("oral",))}),
        ("attention *", {}),
        ("* 2017", {}),
    ],
)
def test_what_only_selects_papers_adds_nothing(
    searcher: Searcher, query: str, chosen: Selections
) -> None:
    """The score of a hit is the same with selected values, or beside a lone ``*``, as without."""
    plain = searcher.search(SearchRequest(query.replace("*", "").strip(), per_page=100, facets=()))
    scores = {hit.paper.id: hit.score for hit in plain.hits}
    hits = search_explained(searcher, query, selections=chosen, per_page=100)
    assert len(hits) > 1
    for hit in hits:
        assert hit.score == pytest.approx(scores[hit.paper.id])
        assert sum(reason.weight for reason in hit.reasons or ()) == pytest.approx(hit.score)


def test_the_largest_reason_comes_first(searcher: Searcher) -> None:
    """Reasons are ordered by weight, the largest first."""
    hits = search_explained(searcher, "attention is all you need vaswani 2017")
    weights = [[reason.weight for reason in hit.reasons or ()] for hit in hits]
    assert weights == [sorted(one, reverse=True) for one in weights]
    assert min(map(len, weights)) > 5


REASONS = [
    ("Attention", ("Attention", "text", "word")),
    ("attentions", ("attentions", "text", "word")),
    ("attention", ("attention", "title", "word as written")),
    ("Translations attention", ("Translations", "text", "word")),
    ("vaswani attention", ("vaswani", "author", "name")),
    ('author:"Ashish Vaswani" attention', ("ashish vaswani", "author", "name")),
    ("attention 2017", ("2017", "year", "number")),
    ("attention year:2016..2018", ("2016..2018", "year", "number")),
    ("attention date:2016..2018-12-31", ("2016..2018", "year", "number")),
    ("attention neurips", ("neurips", "venue", "word")),
    ("attention is all you need", ("attention is all you need", "title", "whole title")),
    ("attention transform*", ("transform*", "abstract", "beginning")),
    ("attention tr?nsformer", ("tr?nsformer", "abstract", "pattern")),
    ("attention transfomer~", ("transfomer", "abstract", "respelt")),
    ("attention transfomer~", ("attention", "text", "word")),
    ('title:"all you need"', ("all you need", "title", "neighbours")),
    ("attention type:preprint", ("preprint", "type", "value")),
    ("attention OR NOT quantum", ("quantum", "text", "not there")),
    ("attention OR *", ("", "", "every paper")),
    ("topic:transformers attention", ("transformers", "topic", "word")),
]


@pytest.mark.parametrize(("query", "reason"), REASONS)
def test_reasons_use_the_words_of_the_query(
    searcher: Searcher, query: str, reason: tuple[str, str, str]
) -> None:
    """A reason has the words as typed, the field as the query language names it, and a kind."""
    hits = {hit.paper.id: hit for hit in search_explained(searcher, query, per_page=100)}
    assert reason in reasons(hits[ATTENTION])


def test_only_matching_alternatives_are_reasons(searcher: Searcher) -> None:
    """Of alternatives, a hit's reasons list those that the paper contains and no others."""
    listed: dict[str, set[str]] = {}
    expected: dict[str, set[str]] = {}
    for hit in search_explained(searcher, "attention OR turing", per_page=100):
        paper = hit.paper
        listed[paper.id] = {one.words for one in hit.reasons or ()}
        text = f"{paper.title} {paper.abstract} {paper.topics} {paper.authors}".lower()
        expected[paper.id] = {word for word in ("attention", "turing") if word[:7] in text}
    assert listed == expected
    assert set(map(frozenset, listed.values())) >= {frozenset({"attention"}), frozenset({"turing"})}


def test_sorting_by_a_field_keeps_the_reasons(searcher: Searcher) -> None:
    """Sorted by a field, hits have no score but the same reasons as by relevance."""
    one = {hit.paper.id: hit for hit in search_explained(searcher, "attention vaswani")}
    other = search_explained(searcher, "attention vaswani", sort="newest")
    assert other
    assert [hit.score for hit in other] == [0.0] * len(other)
    assert {hit.paper.id: hit.reasons for hit in other} == {i: h.reasons for i, h in one.items()}


def test_queries_without_words_have_no_weight(searcher: Searcher) -> None:
    """The reasons of a query that does not rank have the weight 0."""
    hits = search_explained(searcher, "year:2017")
    assert {reasons_of.weight for hit in hits for reasons_of in hit.reasons or ()} == {0.0}


def test_plain_searches_have_no_reasons(searcher: Searcher) -> None:
    """A plain search returns the same hits in the same order, without reasons."""
    plain = searcher.search(SearchRequest("attention", facets=())).hits
    assert {hit.reasons for hit in plain} == {None}
    assert [hit.paper.id for hit in plain] == [
        h.paper.id for h in search_explained(searcher, "attention")
    ]


ONE, TWO, NONE = Term("text", "attent"), Term("author", "vaswani"), Term("text", "zebra")
SPLITS: list[tuple[Node, set[tuple[str, str, str]]]] = [
    (Flat(AllOf((ONE, TWO)), 5.0), {("attent vaswani", "", "all the words")}),
    (Flat(ONE, 5.0), {("attent", "text", "word")}),
    (Flat(AnyOf((ONE, TWO)), 5.0), {("attent vaswani", "", "any")}),
    (Flat(AnyOf((TWO, Near("author", "vaswani", 1))), 5.0), {("vaswani", "author", "name")}),
    (Flat(AnyOf((Near("author", "vaswni", 1), NONE)), 5.0), {("vaswni", "author", "respelt")}),
    (Weighted(Flat(AnyOf((ONE, NONE)), 2.5), 2.0), {("attent", "text", "word")}),
    (Weighted(Weighted(Flat(ONE, 1.0), 2.5), 2.0), {("attent", "text", "word")}),
    (AnyOf((AllOf((ONE, NONE)), Flat(TWO, 5.0))), {("vaswani", "author", "name")}),
    (AllOf((Flat(TWO, 5.0), Without(NONE))), {("vaswani", "author", "name")}),
    (Weighted(Exact("id", ATTENTION), 5.0), {(ATTENTION, "id", "value")}),
    (
        AnyOf((Flat(ONE, 2.0), Flat(TWO, 3.0), NONE), 2),
        {("attent", "text", "word"), ("vaswani", "author", "name")},
    ),
    (NONE, set()),
]


@pytest.mark.parametrize(("part", "expected"), SPLITS, ids=range(len(SPLITS)))
@pytest.mark.parametrize("boost", [False, True])
def test_every_plan_can_be_split(
    searcher: Searcher, part: Node, expected: set[tuple[str, str, str]], *, boost: bool
) -> None:
    """Each part of a nested plan contributes its own weight, as a match or as a boost."""
    parts = (Flat(Exact("id", ATTENTION), 0.0), part) if boost else (part,)
    found = [reason for reason in of_plan(searcher, *parts) if reason.weight]
    assert {(one.words, one.field, one.kind) for one in found} == expected
    assert sum(one.weight for one in found) == pytest.approx(5.0 if expected else 0.0)


def test_the_unexplained_rest_is_listed(searcher: Searcher) -> None:
    """If the parts do not add up to the score, the difference is listed as a reason."""
    found = of_plan(searcher, Flat(Tokens("text", ("all", "you")), 2.0), score=3.5)
    assert [(one.kind, one.weight) for one in found] == [("neighbours", 2.0), ("the rest", 1.5)]


def test_equal_parts_are_combined(searcher: Searcher) -> None:
    """Equal parts of a plan become one reason with the sum of their weights."""
    found = of_plan(
        searcher, AnyOf((Flat(ONE, 1.0), Flat(ONE, 1.5))), Weighted(Flat(ONE, 1.0), 2.0)
    )
    assert found == (Reason("attent", "text", "word", 4.5),)
