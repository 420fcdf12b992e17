"""Check how plans become queries of OpenSearch."""

from typing import Any

import msgspec
import pytest
from hypothesis import given

from index.engines.cluster_mapping import GAP, PHRASES
from search.engines.opensearch_plan import (
    MANY,
    MAX_CLAUSES,
    MAX_VALUES,
    Translation,
    sort_hits,
)
from search.errors import QueryTooCostly
from search.planning.plan import (
    NOTHING,
    AllOf,
    AnyOf,
    Anything,
    Exact,
    Flat,
    Node,
    Numbers,
    Pattern,
    Plan,
    Term,
    Tokens,
    Weighted,
    Without,
)
from tests.support.random_plans import PLANS

DEEP, NETS, ICML = Term("text", "deep"), Term("text", "net"), Exact("venue", "ICML")


def constant(query: dict[str, Any], boost: float = 1.0) -> dict[str, Any]:
    """Return a query that scores the same for all papers."""
    return {"constant_score": {"filter": query, "boost": boost}}


def term(token: str, boost: float = 2.0) -> dict[str, Any]:
    """Return the query for a word of a text."""
    return {"term": {"text": {"value": token, "boost": boost}}}


VENUE = constant({"term": {"venue": {"value": "ICML"}}})

TRANSLATED: list[tuple[Node, dict[str, Any]]] = [
    (DEEP, term("deep")),
    (ICML, VENUE),
    (Weighted(DEEP, 0.25), term("deep", 0.5)),
    (Weighted(Weighted(AnyOf((DEEP, ICML)), 2.0), 3.0),
     {"bool": {"should": [term("deep", 12.0), {**constant(VENUE["constant_score"]["filter"], 6.0)}],
               "minimum_should_match": 1}}),
    (Weighted(Flat(DEEP, 8.0), 2.0), constant(term("deep"), 16.0)),
    (AllOf((DEEP, Without(ICML))), {"bool": {"must": [term("deep")], "must_not": [VENUE]}}),
    (AllOf((DEEP, Flat(ICML, 0.0))), {"bool": {"must": [term("deep")], "filter": [VENUE]}}),
    (Without(ICML), {"bool": {"must": [{"match_all": {"boost": 1.0}}], "must_not": [VENUE]}}),
    (AnyOf((DEEP, NETS), 2),
     {"bool": {"should": [term("deep"), term("net")], "minimum_should_match": 2}}),
    (AnyOf((DEEP, NETS), 3), {"match_none": {}}),
    (NOTHING, {"match_none": {}}),
    (Anything(), {"match_all": {"boost": 1.0}}),
    (Numbers("year", 2019, None), constant({"range": {"year": {"gte": 2019}}})),
    (Numbers("year", 2019, 2021), constant({"range": {"year": {"gte": 2019, "lte": 2021}}})),
    (Numbers("year", None, None), constant({"exists": {"field": "year"}})),
    (Pattern("title_exact", "a\\*?"),
     constant({"wildcard": {"title_exact": {"value": "a\\\\*?"}}})),
    (Tokens("author", ("deep", "", "deep"), 2),
     {"term": {"author": {"value": "deep", "boost": 4.0}}}),
]  # fmt: skip


@pytest.mark.parametrize(("node", "expected"), TRANSLATED, ids=lambda value: str(value)[:60])
def test_nodes_become_queries(node: Node, expected: dict[str, Any]) -> None:
    """Every node has its query; factors reach the clauses that score."""
    assert Translation(2.0).translate(node) == expected


def test_a_phrase_keeps_its_gaps() -> None:
    """A gap of a phrase takes a place that any token may have."""
    query = Translation(1.0).translate(Tokens("text", ("deep", "", "net"), 1))
    asked = {"query": f"deep {GAP} net", "slop": 1, "analyzer": PHRASES, "boost": 1.0}
    assert query == {"match_phrase": {"text": asked}}


def test_long_phrases_with_slop_are_pairs() -> None:
    """A phrase of three words with slop is every pair of them, as for the other engines."""
    query = Translation(1.0).translate(Tokens("text", ("deep", "graph", "net"), 2))
    pairs = [one["match_phrase"]["text"]["query"] for one in query["bool"]["must"]]
    assert pairs == ["deep graph", f"deep {GAP} net", "graph net"]


@pytest.mark.parametrize("count", [MANY - 1, MANY, MAX_VALUES + 1])
def test_many_ids_are_one_clause(count: int) -> None:
    """Many ids are looked up as sets that a cluster accepts; a few are clauses of an OR."""
    every = AnyOf(tuple(Exact("id", str(number)) for number in range(count)))
    translation = Translation(1.0)
    text = str(translation.translate(every))
    assert text.count("'terms'") == (0 if count < MANY else -(-count // MAX_VALUES))
    assert translation.clauses == (count if count < MANY else -(-count // MAX_VALUES))


def test_values_that_may_score_twice_stay_clauses() -> None:
    """A paper with two of the venues of an OR scores 2, so they are not looked up as a set."""
    venues = AnyOf(tuple(Exact("venue", str(number)) for number in range(MANY)))
    assert len(Translation(1.0).translate(venues)["bool"]["should"]) == MANY


def test_the_number_of_clauses_is_limited() -> None:
    """What must match is refused beyond the limit; boosts beyond it are left out."""
    words = tuple(Term("text", str(number)) for number in range(MAX_CLAUSES - 1))
    query = Translation(1.0).translate_plan(Plan(AllOf(words), (DEEP, NETS)))
    assert query["bool"]["should"] == [term("deep", 1.0)]
    with pytest.raises(QueryTooCostly, match="1,025 clauses; the limit is 1,024"):
        Translation(1.0).translate(AllOf((*words, DEEP, NETS)))


def test_a_plan_requires_its_match_only() -> None:
    """Boosts add to the score of hits and select nothing."""
    assert Translation(2.0).translate_plan(Plan(DEEP, (ICML,))) == {
        "bool": {"must": [term("deep")], "should": [VENUE]}
    }
    assert Translation(2.0).translate_plan(Plan(DEEP)) == term("deep")


def test_sorts_put_missing_values_last() -> None:
    """Papers without a value come last in both directions, and ties break by id."""
    assert sort_hits("citations", descending=True) == [
        {"citations": {"order": "desc", "missing": "_last", "mode": "max"}},
        {"id": {"order": "asc"}},
    ]
    assert sort_hits("id", descending=False) == [{"id": {"order": "asc"}}]


@given(PLANS)
def test_any_plan_has_a_query(plan: Plan) -> None:
    """Every plan has a query that is JSON, with one clause for each leaf or pair of a phrase."""
    translation = Translation(2.2)
    query = translation.translate_plan(plan)
    assert msgspec.json.decode(msgspec.json.encode(query)) == query
    assert b"query_string" not in msgspec.json.encode(query)
    assert translation.clauses <= MAX_CLAUSES
