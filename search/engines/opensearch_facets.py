"""Count the values of facets on OpenSearch, exactly on any number of shards.

One request counts all facets of a search: each condition is a filter aggregation that holds the
choices in the *other* facets, with the facets that share it inside. Each shard returns only its
most frequent values, and the cluster says by how much a count may be too low. Then the values are
counted again by name, and those are listed that no value left out can precede. Only where these are
hardly any, or more are wanted than a page lists, the cluster walks through all values.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, TypeAlias

from index.fields import FIELDS, Kind
from search.engines.engine import FacetCounts, ValueCounts, rank_values

Json: TypeAlias = dict[str, Any]
Pair: TypeAlias = tuple[str, int]
Ask: TypeAlias = Callable[[Json, Json], Json]
"""Runs aggregations, given by name, over the papers of a query, and returns what each found."""

MATCH_ALL: Json = {"match_all": {}}

NUMBERS = 10_000
"""Values that are requested of a facet of numbers, more than there are years: numbers break ties in
another order than their texts."""

SURPLUS = 1_000
"""Values that are requested beyond those wanted where several shards count. With as many, counts
are exact in one request unless a facet has more values that are about as frequent. Chosen."""

MOST_REQUESTED = 6_000
"""Values of a facet that are requested at once; more are walked through. Nine facets stay below the
65,535 values that a cluster returns in one answer."""

ENOUGH = 20
"""Fewer values than these are worth a walk through all. Chosen: a page of results shows eight."""

WALKED = 5_000
"""Values of one request of a walk through all. Chosen."""


@dataclass(frozen=True, slots=True)
class Column:
    """What is counted of a column.

    Attributes:
        name: The column.
        limit: The maximum number of values.
        prefix: What the values begin with.
        shards: The number of shards that count.
    """

    name: str
    limit: int
    prefix: str = ""
    shards: int = 1

    @property
    def size(self) -> int:
        """Return how many values to request."""
        if FIELDS.get(self.name) is Kind.INTEGER:
            return NUMBERS
        return self.limit + (SURPLUS if self.shards > 1 else 0)

    def request(self, only: list[str] | None = None) -> Json:
        """Return an aggregation of the most frequent values, or of the given ones.

        Args:
            only: The values, or None for all.
        """
        size = self.size if only is None else max(1, len(only))
        order = [{"_count": "desc"}, {"_key": "asc"}]
        terms: Json = {"field": self.name, "size": size, "order": order}
        if only is not None:
            terms["include"] = only
        elif self.prefix:
            terms["include"] = re.sub(r"([^\w\s])", r"\\\1", self.prefix) + ".*"
        if self.shards > 1:
            terms["shard_size"] = 2 * size
        return {"terms": terms}


def count_values(ask: Ask, query: Json, facets: Mapping[Column, Json | None]) -> FacetCounts:
    """Count the values of columns over all papers of a query.

    Args:
        ask: Runs aggregations.
        query: The papers.
        facets: For each column, a condition that applies to it alone, or None.
    """
    narrowed = {column: _narrow(query, only) for column, only in facets.items()}
    walked = {column for column in facets if column.limit > MOST_REQUESTED}
    found = _request_all(ask, query, {c: facets[c] for c in facets if c not in walked})
    counted = {column.name: _rank(ask, narrowed[column], column, found[column]) for column in found}
    for column in walked:
        counted[column.name] = _rank_walked(ask, narrowed[column], column)
    return {column.name: counted[column.name] for column in facets}


def _request_all(ask: Ask, query: Json, facets: Mapping[Column, Json | None]) -> dict[Column, Json]:
    """Run one request for all columns; those with the same condition share a filter."""
    if not facets:
        return {}
    conditions: list[Json | None] = []
    aggregations: Json = {}
    for column, only in facets.items():
        if only not in conditions:
            conditions.append(only)
        inner = {column.name: column.request()}
        name = f"filter{conditions.index(only)}"
        filtered = aggregations.setdefault(name, {"filter": only or MATCH_ALL, "aggs": {}})
        filtered["aggs"] |= inner
    found = ask(query, aggregations)
    return {
        column: found[f"filter{conditions.index(only)}"][column.name]
        for column, only in facets.items()
    }


def _narrow(query: Json, only: Json | None) -> Json:
    return query if only is None else {"bool": {"filter": [query, only]}}


def _rank(ask: Ask, query: Json, column: Column, found: Json) -> ValueCounts:
    """Rank the values that an aggregation returned, after counting again what shards cut short."""
    counts, others = _read_counts(found), bool(found.get("sum_other_doc_count"))
    error = int(found.get("doc_count_error_upper_bound", 0))
    if not error:
        ranked = rank_values(counts, column.limit)
        return ValueCounts(ranked.counts, complete=ranked.complete and not others)
    # A value that was left out is in no more papers than this.
    missed = error + min((count for _, count in counts), default=0)
    again = ask(query, {"again": column.request([value for value, _ in counts])})["again"]
    ranked = rank_values(_read_counts(again), column.limit)
    certain = list(takewhile(lambda pair: pair[1] > missed, ranked.counts))
    if len(certain) >= min(ENOUGH, column.limit):
        return ValueCounts(certain, complete=False)
    return _rank_walked(ask, query, column)


def _rank_walked(ask: Ask, query: Json, column: Column) -> ValueCounts:
    return rank_values(_walk_values(ask, query, column), column.limit)


def _walk_values(ask: Ask, query: Json, column: Column) -> Iterator[Pair]:
    """Count all values of a column in alphabetical order, some thousands at a time."""
    composite: Json = {"size": WALKED, "sources": [{"value": {"terms": {"field": column.name}}}]}
    while True:
        found = ask(query, {"walk": {"composite": composite}})["walk"]
        for bucket in found["buckets"]:
            value = str(bucket["key"]["value"])
            if value.startswith(column.prefix):
                yield value, int(bucket["doc_count"])
        if len(found["buckets"]) < WALKED or "after_key" not in found:
            return
        composite = {**composite, "after": found["after_key"]}


def _read_counts(found: Json) -> list[Pair]:
    return [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in found["buckets"]]
