"""Count the values of facets on Tantivy, exactly and within a bound of time and memory.

Tantivy's aggregation refuses to return more than 65,000 values in all, and takes long to return
many. So it is asked for some thousands of each facet; mostly that is all of them. Otherwise it says
by how much a count may be too low, because a segment returned only its own most frequent values.
Of the values that may be among the most frequent ones the exact numbers are then counted, and those
are listed that no value left out can precede. Only where these are hardly any, or more are wanted
than a page lists, Tantivy walks through all values of the field, which takes 2 s at 2 million
papers.
"""

from collections.abc import Iterable
from itertools import takewhile
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur, Query

from index.fields import FIELDS, Kind
from search.engines.engine import MOST_BOUNDED, FacetCounts, ValueCounts, rank_values
from search.planning.plan import (
    AllOf,
    AnyOf,
    Anything,
    Exact,
    Flat,
    Node,
    Term,
    Weighted,
    Without,
)

MAX_BUCKETS = 65_000
"""Values that Tantivy returns from one aggregation at most, of all its facets together."""

BUCKETS = 2_000
"""Values of a facet that are requested at first, of the whole and of each segment. Tried 1,000,
2,000, 4,000 and 6,000 for the authors of a word in 1.1 of 2 million papers: .19, .20, .24 and .31 s
of processor time, while counts may be too low by 126, 74, 49 and 35."""

ALL = 20_000
"""Occurrences of values up to which all of them are requested, if the first were not all. Of a word
in 3,600 of 2 million papers these take .11 s, and a walk through all authors takes 1.3 s."""

SURE = 200
"""Values that are listed of a facet where segments returned only some of theirs. Tried 200 and
1,000 for the authors of that frequent word: 249 and 1,482 values were counted again."""

ENOUGH = 20
"""Fewer than these are worth a walk through all values. Chosen: a page of results shows eight."""

SINGLE = 400
"""Values that are counted one by one, if the query is plain: 250 of that frequent word take .12 s,
of a rarer one less, and another pass takes .25 s."""

NUMBERS = 10_000
"""Values that are requested of a facet of numbers: more than there are years."""

PLAIN = 30
"""Words and values of a query up to which it is plain. Chosen: most titles have fewer."""

Pair = tuple[str, int]


class Matches(NamedTuple):
    """The papers to count over.

    Attributes:
        searcher: The index.
        schema: Its schema.
        query: The query that they match.
        plain: Whether the query is quick to begin, so that it may be run some hundred times.
    """

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    query: Query
    plain: bool = False


def count_values(
    matches: Matches, fields: Iterable[str], limit: int, buckets: int = BUCKETS
) -> FacetCounts:
    """Count the values of fields over all matches.

    Args:
        matches: The papers to count over.
        fields: Columnar fields; all are counted in one pass.
        limit: The maximum number of values of each field that are returned. Up to `MOST_BOUNDED`
            fewer may be returned than there are; beyond, it takes as long as it takes.
        buckets: The number of values that are requested at first.
    """
    asked = {field: _request_values(field, buckets) for field in fields}
    found = matches.searcher.aggregate(matches.query, asked)
    return {field: _rank_found(matches, field, result, limit) for field, result in found.items()}


def is_plain(*nodes: Node) -> bool:
    """Return whether nodes are few words and values, which are looked up at once."""
    leaves, waiting = 0, list(nodes)
    while waiting and leaves <= PLAIN:
        match waiting.pop():
            case Term() | Exact() | Anything():
                leaves += 1
            case AllOf(children) | AnyOf(children):
                waiting += children
            case Without(child) | Weighted(child, _) | Flat(child, _):
                waiting.append(child)
            case _:
                return False
    return leaves <= PLAIN


def _rank_found(matches: Matches, field: str, result: dict[str, Any], limit: int) -> ValueCounts:
    """Rank the values that an aggregation returned, after counting again what it cut short."""
    counts, error = _read_counts(result), result["doc_count_error_upper_bound"]
    others = result["sum_other_doc_count"]
    if not (error or others):
        return rank_values(counts, limit)
    if sum(count for _, count in counts) + others <= ALL:
        return rank_values(_request_again(matches, field, ALL), limit)
    if limit > MOST_BOUNDED:
        return rank_values(_walk_values(matches, field, limit + 1), limit)
    missed = min(count for _, count in counts) + error  # no other value is in more papers
    ranked = rank_values(counts, min(limit, SURE) if error else limit).counts
    if error:
        ranked = _count_again(matches, field, counts, ranked[-1][1] - error)[: len(ranked)]
    sure = list(takewhile(lambda pair: pair[1] > missed, ranked))
    if len(sure) < min(limit, ENOUGH):
        return rank_values(_walk_values(matches, field, limit + 1), limit)
    return ValueCounts(sure, complete=False)


def _count_again(matches: Matches, field: str, counts: list[Pair], least: int) -> list[Pair]:
    """Count the values exactly of which at least so many papers were counted; rank them."""
    values = [value for value, count in counts if count >= least]
    if matches.plain and len(values) <= SINGLE:
        exact = [(value, _count_value(matches, field, value)) for value in values]
    else:
        exact = _request_again(matches, field, len(values), values)
    return rank_values(exact, len(exact)).counts


def _count_value(matches: Matches, field: str, value: str) -> int:
    """Count the matches that have a value."""
    having = Query.term_query(matches.schema, field, value, "basic")
    both = Query.boolean_query([(Occur.Must, having), (Occur.Must, matches.query)])
    return int(matches.searcher.search(both, 1).count)  # type: ignore[attr-defined]  # no stub


def _request_again(
    matches: Matches, field: str, size: int, only: list[str] | None = None
) -> list[Pair]:
    request = {field: _request_values(field, size, only)}
    return _read_counts(matches.searcher.aggregate(matches.query, request)[field])


def _walk_values(matches: Matches, field: str, limit: int) -> list[Pair]:
    """Count every value of a field, and return the most frequent ones."""
    found = matches.searcher.terms_with_prefix(field, "", matches.query, limit)
    return [(value, count) for value, count in found if count]


def _request_values(field: str, size: int, only: list[str] | None = None) -> dict[str, Any]:
    """Return an aggregation of the most frequent values of a field, or of the given values."""
    if FIELDS[field] is Kind.INTEGER:
        size = NUMBERS
    request = {"field": field, "size": size, "segment_size": size}
    return {"terms": request if only is None else {**request, "include": only}}


def _read_counts(result: dict[str, Any]) -> list[Pair]:
    return [(str(bucket["key"]), bucket["doc_count"]) for bucket in result["buckets"]]
