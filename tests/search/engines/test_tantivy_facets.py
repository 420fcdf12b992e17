"""Test that facets are counted exactly on Tantivy, however few values it returns at once."""

import random
from collections import Counter

import pytest
import tantivy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.engines.tantivy import build_schema, register_tokenizer
from index.fields import FIELDS, Kind
from search.engines import tantivy_facets
from search.engines.engine import MOST_BOUNDED, ValueCounts, rank_values
from search.engines.tantivy_facets import (
    ALL,
    BUCKETS,
    ENOUGH,
    MAX_BUCKETS,
    NUMBERS,
    Matches,
    count_values,
    is_plain,
)
from search.planning.plan import (
    AllOf,
    AnyOf,
    Anything,
    Exact,
    Flat,
    Node,
    Pattern,
    Term,
    Tokens,
    Weighted,
    Without,
)
from search.request.facets import FACETS, find_index_field

SEGMENTS = 4
LANGUAGES = ("de", "en", "fr")
Row = dict[str, list[str]]


def make_rows() -> list[list[Row]]:
    """Return the papers of each segment.

    The frequencies of topics fall slowly, most venues have a single paper, and of institutions
    every segment has others that are frequent.
    """
    choice = random.Random(5)
    topics = [f"topic {n}" for n in range(40)]
    places = [f"place {n}" for n in range(30)]
    return [
        [
            {
                "language": [choice.choice(LANGUAGES)],
                "topic": sorted({*choice.choices(topics, [1 / (n + 1) for n in range(40)], k=3)}),
                "venue": [f"venue {choice.randint(0, 60)}"],
                "institution": sorted(
                    {*choice.choices(places, [1 + 20 * (n % SEGMENTS == at) for n in range(30)])}
                ),
            }
            for _ in range(60)
        ]
        for at in range(SEGMENTS)
    ]


ROWS = make_rows()
FIELD_NAMES = ("topic", "venue", "institution", "language")


class NotingSearcher:
    """Runs what it is asked to on an index, and notes the calls."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self.calls: list[str] = []

    def aggregate(self, query: tantivy.Query, request: dict[str, object]) -> object:
        """Aggregate."""
        self.calls.append("aggregate")
        return self._searcher.aggregate(query, request)

    def terms_with_prefix(self, *asked: object) -> object:
        """Walk through the values of a field."""
        self.calls.append("walk")
        return self._searcher.terms_with_prefix(*asked)  # type: ignore[arg-type]

    def search(self, *asked: object) -> object:
        """Count one value."""
        self.calls.append("count")
        return self._searcher.search(*asked)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def index() -> tantivy.Index:
    """Return an index in memory with several segments."""
    made = tantivy.Index(build_schema())
    register_tokenizer(made)
    writer = made.writer(15_000_000, 1)
    for rows in ROWS:
        for row in rows:
            document = tantivy.Document()
            for field, values in row.items():
                for value in values:
                    document.add_text(field, value)
            writer.add_document(document)
        writer.commit()
    made.reload()
    assert made.searcher().num_segments == SEGMENTS
    return made


def count_by_hand(field: str, language: str | None, limit: int) -> ValueCounts:
    """Count the values of a field in the papers of a language, or in all."""
    rows = (row for rows in ROWS for row in rows if language in (None, *row["language"]))
    return rank_values(Counter(value for row in rows for value in row[field]).items(), limit)


def make_query(index: tantivy.Index, language: str | None) -> tantivy.Query:
    """Return a query for the papers of a language, or for all."""
    if language is None:
        return tantivy.Query.all_query()
    return tantivy.Query.term_query(index.schema, "language", language, "basic")


@pytest.fixture
def no_complete_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Request no value of a small result a second time, as of the results that are large."""
    monkeypatch.setattr(tantivy_facets, "ALL", 0)


def check_first(found: ValueCounts, expected: ValueCounts) -> None:
    """Check that values are the first of those counted by hand, and enough of them."""
    assert found.counts == expected.counts[: len(found.counts)]
    assert len(found.counts) >= min(len(expected.counts), ENOUGH)
    if found.complete or len(found.counts) == len(expected.counts):
        assert found == expected


@pytest.mark.usefixtures("no_complete_pass")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=st.sets(st.sampled_from(FIELD_NAMES), min_size=1),
    language=st.sampled_from([None, *LANGUAGES, "none"]),
    sizes=st.tuples(st.integers(1, 70), st.integers(1, 70)),
    plain=st.booleans(),
)
def test_counts_equal_those_by_hand(
    index: tantivy.Index,
    fields: set[str],
    language: str | None,
    sizes: tuple[int, int],
    *,
    plain: bool,
) -> None:
    """The most frequent values have exact counts, however few values a pass returns."""
    limit, buckets = sizes
    query = make_query(index, language)
    matches = Matches(index.searcher(), index.schema, query, plain=plain)
    found = count_values(matches, sorted(fields), limit, buckets)
    assert set(found) == fields
    for field in fields:
        check_first(found[field], count_by_hand(field, language, limit))


@pytest.mark.parametrize(
    ("field", "limit", "buckets", "calls"),
    [
        ("language", 10, 10, ["aggregate"]),  # all values are returned
        ("topic", 3, 100, ["aggregate"]),
        ("topic", 3, 38, ["aggregate"]),  # those of the segments are, and clearly enough in all
        ("topic", 3, 20, ["aggregate", "aggregate"]),  # counted again
        ("topic", 12, 15, ["aggregate", "aggregate", "walk"]),  # others may be as frequent
        ("venue", 50, 50, ["aggregate"]),  # many are certainly among the first
        ("venue", 30, 20, ["aggregate", "aggregate", "walk"]),  # too few are returned
        ("venue", MOST_BOUNDED + 1, 20, ["aggregate", "walk"]),  # more are wanted than a page lists
    ],
)
@pytest.mark.usefixtures("no_complete_pass")
def test_every_way_of_counting_is_used(
    index: tantivy.Index, field: str, limit: int, buckets: int, calls: list[str]
) -> None:
    """A facet is counted in as few passes as make it exact."""
    noting = NotingSearcher(index.searcher())
    matches = Matches(noting, index.schema, make_query(index, None))  # type: ignore[arg-type]
    found = count_values(matches, [field], limit, buckets)
    check_first(found[field], count_by_hand(field, None, limit))
    assert noting.calls == calls


def test_few_occurrences_are_counted_in_a_second_pass(index: tantivy.Index) -> None:
    """All values of a small result are requested at once, rather than walked through."""
    noting = NotingSearcher(index.searcher())
    matches = Matches(noting, index.schema, make_query(index, None))  # type: ignore[arg-type]
    assert count_values(matches, ["venue"], 50, 20) == {"venue": count_by_hand("venue", None, 50)}
    assert noting.calls == ["aggregate", "aggregate"]


@pytest.mark.usefixtures("no_complete_pass")
def test_values_of_a_plain_query_are_counted_one_by_one(index: tantivy.Index) -> None:
    """The values that may be among the first are few, so no other pass is needed."""
    noting = NotingSearcher(index.searcher())
    query = make_query(index, None)
    matches = Matches(noting, index.schema, query, plain=True)  # type: ignore[arg-type]
    check_first(count_values(matches, ["topic"], 3, 20)["topic"], count_by_hand("topic", None, 3))
    assert noting.calls.count("aggregate") == 1
    assert noting.calls.count("count") >= len("abc")


@pytest.mark.parametrize(
    ("node", "plain"),
    [
        (Term("text", "graph"), True),
        (AllOf((Weighted(Term("text", "graph"), 2.0), Without(Exact("dup", "row")))), True),
        (Flat(AnyOf((Anything(), Exact("status", "main"))), 0.0), True),
        (AnyOf(tuple(Exact("id", str(n)) for n in range(100))), False),
        (AllOf((Term("text", "graph"), Pattern("text", "a*"))), False),
        (Tokens("text", ("graph", "theori"), 50), False),
    ],
)
def test_a_few_words_and_values_are_plain(node: Node, *, plain: bool) -> None:
    """A query that takes long to begin is not run once for each value."""
    assert is_plain(node) is plain


def test_all_facets_fit_into_one_pass() -> None:
    """Together the facets request fewer values than Tantivy returns."""
    kinds = [FIELDS[find_index_field(name)] for name in FACETS]
    assert sum(NUMBERS if kind is Kind.INTEGER else BUCKETS for kind in kinds) <= MAX_BUCKETS
    assert ALL <= MAX_BUCKETS
