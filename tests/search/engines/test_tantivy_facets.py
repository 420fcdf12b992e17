"""Test that facets are counted exactly on Tantivy, however few values it returns at once."""

import random
from collections import Counter

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from index.engines.tantivy import build_schema, register_tokenizer
from index.fields import FIELDS, Kind
from search.engines.engine import ValueCounts, rank_values
from search.engines.tantivy_facets import BUCKETS, MAX_BUCKETS, NUMBERS, count_values
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


@given(
    fields=st.sets(st.sampled_from(FIELD_NAMES), min_size=1),
    language=st.sampled_from([None, *LANGUAGES, "none"]),
    limit=st.integers(1, 70),
    buckets=st.integers(1, 70),
)
def test_counts_equal_those_by_hand(
    index: tantivy.Index, fields: set[str], language: str | None, limit: int, buckets: int
) -> None:
    """The most frequent values have exact counts, however few values a pass returns."""
    query = make_query(index, language)
    found = count_values(index.searcher(), query, sorted(fields), limit, buckets)
    assert found == {field: count_by_hand(field, language, limit) for field in fields}


@pytest.mark.parametrize(
    ("field", "limit", "buckets", "calls"),
    [
        ("language", 10, 10, ["aggregate"]),  # all values are returned
        ("topic", 3, 100, ["aggregate"]),
        ("topic", 3, 38, ["aggregate"]),  # those of the segments are, and clearly enough in all
        ("topic", 3, 20, ["aggregate", "aggregate"]),  # counted again
        ("topic", 12, 15, ["aggregate", "aggregate", "walk"]),  # others may be as frequent
        ("venue", 50, 50, ["aggregate", "walk"]),  # others are certainly as frequent
        ("venue", 30, 20, ["aggregate", "walk"]),  # too few are returned
    ],
)
def test_every_way_of_counting_is_used(
    index: tantivy.Index, field: str, limit: int, buckets: int, calls: list[str]
) -> None:
    """A facet is counted in as few passes as make it exact."""
    noting = NotingSearcher(index.searcher())
    found = count_values(noting, make_query(index, None), [field], limit, buckets)  # type: ignore[arg-type]
    assert found == {field: count_by_hand(field, None, limit)}
    assert noting.calls == calls


def test_all_facets_fit_into_one_pass() -> None:
    """Together the facets request fewer values than Tantivy returns."""
    kinds = [FIELDS[find_index_field(name)] for name in FACETS]
    assert sum(NUMBERS if kind is Kind.INTEGER else BUCKETS for kind in kinds) <= MAX_BUCKETS
