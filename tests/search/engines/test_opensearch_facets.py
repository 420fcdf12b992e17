"""Check the counts of facets where shards return only their most frequent values.

The shards here are made of lists of papers, and answer as a cluster's do: each returns its own most
frequent values, and the sums say by how much they may be too low.
"""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines import opensearch_facets
from search.engines.engine import rank_values
from search.engines.opensearch_facets import MATCH_ALL, Column, count_values

Json = dict[str, Any]
Shard = list[str]


class Shards:
    """Answers aggregations over shards that each hold one value for each of its papers.

    Attributes:
        asked: The aggregations that were asked for.
    """

    def __init__(self, shards: list[Shard]) -> None:
        """Hold the values of the papers of each shard."""
        self._shards = [Counter(shard) for shard in shards]
        self.asked: list[Json] = []

    def ask(self, query: Json, aggregations: Json) -> Json:
        """Run aggregations over all papers."""
        assert query == MATCH_ALL
        self.asked.append(aggregations)
        return {name: self._run(one) for name, one in aggregations.items()}

    def _run(self, one: Json) -> Json:
        if "filter" in one:
            inner = {name: self._run(each) for name, each in one["aggs"].items()}
            return {"doc_count": 0, **inner}
        if "composite" in one:
            return self._walk(one["composite"])
        return self._count(one["terms"])

    def _count(self, terms: Json) -> Json:
        if isinstance(only := terms.get("include"), list):
            every = sum(self._shards, Counter[str]())
            found = [(value, every[value]) for value in only if every[value]]
            return {"buckets": _list_buckets(found), "doc_count_error_upper_bound": 0}
        most = int(terms.get("shard_size") or terms["size"])
        parts = [rank_values(shard.items(), most).counts for shard in self._shards]
        sums = Counter[str]()
        for part in parts:
            sums.update(dict(part))
        ranked = rank_values(sums.items(), terms["size"]).counts
        cut = zip(parts, self._shards, strict=True)
        missed = sum(part[-1][1] for part, shard in cut if len(part) < len(shard))
        others = sum(map(len, self._shards)) - len(ranked)
        return {
            "buckets": _list_buckets(ranked),
            "doc_count_error_upper_bound": missed,
            "sum_other_doc_count": max(0, len(set().union(*self._shards)) - len(ranked), 0)
            or (others if missed else 0),
        }

    def _walk(self, composite: Json) -> Json:
        every = sorted(sum(self._shards, Counter[str]()).items())
        after = composite.get("after", {}).get("value", "")
        page = [pair for pair in every if pair[0] > after][: composite["size"]]
        buckets = [{"key": {"value": value}, "doc_count": count} for value, count in page]
        return {"buckets": buckets, **({"after_key": buckets[-1]["key"]} if buckets else {})}


def _list_buckets(pairs: list[tuple[str, int]]) -> list[Json]:
    return [{"key": value, "doc_count": count} for value, count in pairs]


VALUES = st.lists(st.sampled_from("abcdefgh"), max_size=30)


@given(st.lists(VALUES, min_size=1, max_size=4), st.integers(1, 9), st.integers(0, 2))
def test_listed_counts_are_exact(shards: list[Shard], limit: int, surplus: int) -> None:
    """What is listed is exact and in order, and nothing is left out but the less frequent."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opensearch_facets, "SURPLUS", surplus)
        patch.setattr(opensearch_facets, "ENOUGH", 2)
        patch.setattr(opensearch_facets, "WALKED", 3)
        cluster, column = Shards(shards), Column("venue", limit, shards=len(shards))
        found = count_values(cluster.ask, MATCH_ALL, {column: None})["venue"]
    every = rank_values(sum(map(Counter, shards), Counter[str]()).items(), 100).counts
    assert found.counts == every[: len(found.counts)]
    assert found.complete == (len(found.counts) == len(every))
    assert len(found.counts) >= min(limit, len(every), 2)


def test_facets_of_one_search_are_one_request() -> None:
    """Facets with the same condition share a filter; one request counts them all."""
    cluster, only = Shards([["a", "b", "a"]]), {"term": {"year": 2020}}
    columns = {Column("venue", 9): None, Column("topic", 9): only, Column("type", 9): only}
    found = count_values(cluster.ask, MATCH_ALL, columns)
    assert list(found) == ["venue", "topic", "type"]
    assert found["topic"].counts == [("a", 2), ("b", 1)]
    (asked,) = cluster.asked
    assert [list(one["aggs"]) for one in asked.values()] == [["venue"], ["topic", "type"]]
    assert [one["filter"] for one in asked.values()] == [MATCH_ALL, only]


def test_signs_of_a_prefix_stand_for_themselves() -> None:
    """A prefix is no pattern, whatever signs it has."""
    terms = Column("topic", 9, prefix="c++ (a|b").request()["terms"]
    assert terms["include"] == "c\\+\\+ \\(a\\|b.*"


def test_very_many_values_are_walked_through() -> None:
    """More values than one request should return are read some thousands at a time."""
    shard = [f"v{number:05}" for number in range(opensearch_facets.WALKED + 2)]
    cluster, column = Shards([shard]), Column("topic", 100_000)
    found = count_values(cluster.ask, MATCH_ALL, {column: None})["topic"]
    assert [value for value, _ in found.counts] == shard
    assert found.complete
    assert len(cluster.asked) == 2
