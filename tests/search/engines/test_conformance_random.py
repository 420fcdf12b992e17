"""Check that all engines agree on random queries and plans.

Random trees are printed and searched; random plans are given to the engines directly.
"""

import re

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from index.build.operations import build
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from search.errors import QueryError
from search.language.tree import (
    And,
    Boost,
    Dates,
    Everything,
    Fuzzy,
    Not,
    Or,
    Phrase,
    Query,
    Range,
    Required,
    Value,
    Wildcard,
    Word,
)
from search.planning.plan import Plan
from search.request.search_request import MAX_QUERY, SORTS, SearchRequest
from tests.support.cluster import list_engines, scores_exactly, sorts_exactly
from tests.support.engine_queries import make_records
from tests.support.paths import SAMPLE
from tests.support.random_plans import PLANS, YEARS

WORDS = st.sampled_from(
    "deep learning graph neural network translation machine theory of the a c++ 机器学习 2019 icml"
    " li bengio hinton lerning netwrok attention nothingness o'brien q-learning".split()
)
PARTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
TEXT_FIELDS = st.sampled_from(["", "", "title", "abstract", "author", "venue", "topic"])
WRITTEN = st.sampled_from(["", "title", "abstract", "author"])

DATES = st.sampled_from(["", "2019", "2019-03", "2019-07-15", "2020-02", "2020-02-29", "2021"])

LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.just(Everything()),
    st.builds(Word, WORDS, TEXT_FIELDS),
    st.builds(Word, WORDS),
    st.builds(Phrase, PARTS, TEXT_FIELDS),
    st.builds(Phrase, PARTS, st.sampled_from(["", "title"]), st.integers(1, 6)),
    st.builds(Wildcard, st.sampled_from(["neur*", "*ing", "l?", "d*p", "gr?ph*"]), WRITTEN),
    st.builds(Fuzzy, WORDS.filter(str.isalpha), st.integers(1, 2), WRITTEN),
    st.builds(Range, st.sampled_from(["year", "citations"]), YEARS, YEARS),
    st.builds(Dates, st.just("date"), DATES, DATES),
    st.builds(Value, st.just("has"), st.sampled_from(["abstract", "author", "doi", "date"])),
    st.builds(Value, st.just("type"), st.sampled_from(["preprint", "thesis", "nothing"])),
    st.builds(Value, st.just("status"), st.sampled_from(["oral", "withdrawn"])),
)


def nest_queries(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    """Combine trees into a larger one."""
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Not, inner),
        st.builds(Required, inner),
        st.builds(Boost, inner, st.sampled_from([0.5, 2.0])),
    )


QUERIES = st.recursive(LEAVES, nest_queries, max_leaves=8)

SETTINGS = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def searchers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Searcher]:
    """Return a searcher over the same papers for every engine."""
    folder = tmp_path_factory.mktemp("random")
    dump = folder / "made.jsonl"
    dump.write_bytes(b"\n".join(msgspec.json.encode(record) for record in make_records()))
    for name in list_engines():
        build(folder / name, (str(SAMPLE), str(dump)), BuildSettings(engine=name))
    return {name: Searcher(folder / name) for name in list_engines()}


def summarise(searcher: Searcher, request: SearchRequest, *, ordered: bool) -> tuple[object, ...]:
    """Return what engines must agree on, which may be the reason for a refusal."""
    try:
        found = searcher.search(request)
    except QueryError as error:
        return (str(error),)
    order = [hit.paper.id for hit in found.hits] if ordered else []
    return found.total, found.facets, found.relaxed, found.concealed, order


@SETTINGS
@given(query=QUERIES, hidden=st.booleans(), sort=st.sampled_from(sorted(SORTS)))
def test_engines_agree_on_queries(
    searchers: dict[str, Searcher], query: Query, sort: str, *, hidden: bool
) -> None:
    """Any tree has the same total, facets and sorts on every engine."""
    text = str(query)
    assume(len(text) <= MAX_QUERY)
    request = SearchRequest(text, sort=sort, per_page=10, hidden=hidden)
    ordered = sort != "relevance" and all(sorts_exactly(name, sort) for name in searchers)
    one, *others = [
        summarise(searcher, request, ordered=ordered) for searcher in searchers.values()
    ]
    assert all(other == one for other in others)


@SETTINGS
@given(plan=PLANS)
def test_engines_agree_on_plans(searchers: dict[str, Searcher], plan: Plan) -> None:
    """Any plan finds the same papers, and mostly with the same scores.

    Scores may differ for phrases with slop, and for nodes that match all papers: Tantivy may or
    may not add a score that all papers share.
    """
    found = {name: searcher.engine.find(plan, None, 0, 600) for name, searcher in searchers.items()}
    one, *others = found.values()
    scores = {record: score for score, record in one.hits}
    comparable = not re.search(r"slop=[1-9]|Anything|Without", str(plan))
    assert one.total == len(one.hits)
    assert [other.total for other in others] == [one.total] * (len(found) - 1)
    for name, other in found.items():
        other_scores = {record: score for score, record in other.hits}
        assert other_scores.keys() == scores.keys()
        if comparable and scores_exactly(name):
            assert other_scores == pytest.approx(scores, rel=1e-4, abs=1e-5)
