"""Run plans on a cluster of OpenSearch or Elasticsearch.

Counts of tokens come from a local file of the generation (`index.engines.token_counts`), so a
search asks the cluster only for hits and facets. The index of a generation does not change while it
is in use, so what was counted on it is remembered.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote
from weakref import finalize

import msgspec

from index.engines.cluster_folder import Location, read_location
from index.engines.cluster_mapping import COLUMNS, RECORD, TOKENS, decode_record
from index.engines.opensearch import check_cluster
from index.engines.opensearch_client import Cluster, connect
from index.engines.token_counts import TokenCounts
from index.fields import PART, ROW
from index.text.memo import weaken_method
from search.engines.engine import MOST_VALUES, FacetCounts, HitPage, Order
from search.engines.opensearch_counts import LocalCounts
from search.engines.opensearch_facets import Column, count_values
from search.engines.opensearch_pages import DeepPages
from search.engines.opensearch_plan import BY_SCORE, Translation, sort_hits
from search.planning.plan import AllOf, Anything, Exact, Node, Plan, Without

Json: TypeAlias = dict[str, Any]
Counts: TypeAlias = list[tuple[str, int]]

BM25_FACTOR = 2.2
"""What BM25 scores of OpenSearch 3 are multiplied by: it leaves the factor k1 + 1 out, and the
other scores of a plan are chosen beside those that have it."""

REMEMBERED = 1 << 12
"""Numbers of papers that are remembered, at most about 8 MB. Chosen."""

LONGEST = 2_000
"""Bytes of a query whose number of papers is remembered. Chosen: sets of ids are longer."""

CANDIDATES = 500
"""Tokens of one request that are counted where there is no column to count. Chosen: a cluster
accepts 1,024 clauses."""

STEMS = frozenset({"text", "title", "abstract"})
"""The fields of tokens without a column, see `index.engines.cluster_mapping.COLUMNS`."""


def open_folder(folder: Path) -> "OpenSearchEngine":
    """Open an index that `index.engines.opensearch` made.

    Raises:
        ClusterUnusable: The cluster cannot be used, or is another one.
    """
    location, cluster = read_location(folder), connect()
    check_cluster(cluster, location, folder)
    counts = TokenCounts(folder)
    engine = OpenSearchEngine(cluster, location, counts)
    finalize(engine, counts.close)
    return engine


def choose_factor(version: str) -> float:
    """Return what the BM25 scores of a cluster are multiplied by.

    Args:
        version: Its product and version, such as ``opensearch 3.1.0``.
    """
    product, _, number = version.partition(" ")
    major = number.partition(".")[0]
    return BM25_FACTOR if product == "opensearch" and major not in {"1", "2"} else 1.0


class OpenSearchEngine:
    """Runs plans over one index of a cluster; safe to use from many threads.

    Attributes:
        pages: Reads the pages that lie too deep to be found by their number.
    """

    def __init__(self, cluster: Cluster, location: Location, counts: TokenCounts) -> None:
        """Prepare to search.

        Args:
            cluster: The cluster.
            location: Where it keeps the papers.
            counts: How many papers have each token.
        """
        self._cluster, self._shards = cluster, location.shards
        self._index = quote(location.index, safe="")
        self._factor = choose_factor(cluster.version)
        self._local = LocalCounts(counts)
        self.pages = DeepPages(cluster, self._index)
        self._count = lru_cache(REMEMBERED)(weaken_method(self._count_papers))

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers with a token in a field."""
        known = self._local.count_documents(field, token)
        return self.count_matches(Exact(field, token)) if known is None else known

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """List the tokens of a field with a prefix, the most frequent first."""
        known = self._local.complete(field, prefix, limit, within)
        if known is not None:
            return known
        starting = {"prefix": {field: {"value": prefix}}}
        match = self._translate(Anything() if within is None else within)
        if field in STEMS:
            return self._count_candidates(field, prefix, limit, match)
        name = field + TOKENS if field in COLUMNS else field
        column = Column(name, limit, prefix, self._shards)
        query = {"bool": {"filter": [match, starting]}}
        return count_values(self._aggregate, query, {column: None})[name].counts

    def _count_candidates(self, field: str, prefix: str, limit: int, match: Json) -> Counts:
        """Count tokens that have no column, those that are the most frequent anywhere first.

        None is in more of the matches than in all papers, which tells when to stop.
        """
        found: Counts = []
        for part in self._local.list_candidates(field, prefix, CANDIDATES):
            if len(found) >= limit and found[limit - 1][1] > max(part.values()):
                break
            filters = {token: {"term": {field: token}} for token in part}
            counted = self._aggregate(match, {"tokens": {"filters": {"filters": filters}}})
            buckets = counted["tokens"]["buckets"].items()
            found += [(token, one["doc_count"]) for token, one in buckets if one["doc_count"]]
            found.sort(key=lambda pair: (-pair[1], pair[0]))
        return found[:limit]

    def find(self, plan: Plan, order: Order | None, offset: int, limit: int) -> HitPage:
        """Return one page of hits, by score or by a field."""
        ranked = order is None and plan.scored
        body: Json = {"_source": [RECORD], "track_total_hits": True}
        params: Json = {}
        if ranked:
            body |= {"query": self._new_translation().translate_plan(plan), "sort": BY_SCORE}
            if self._shards > 1:
                params["search_type"] = "dfs_query_then_fetch"
        else:
            chosen = order or Order("id")
            match = {"bool": {"filter": [self._translate(plan.match)]}}
            body |= {"query": match, "sort": sort_hits(chosen.field, descending=chosen.descending)}
        total, hits = self._read_page(body, offset, limit, params)
        return HitPage(total, [_decode_hit(hit, ranked=ranked) for hit in hits])

    def _read_page(
        self, body: Json, offset: int, limit: int, params: Json
    ) -> tuple[int, list[Json]]:
        """Return the number of hits, and those of a page, which may be deep or long."""
        window = self.pages.window
        # Copies of a shard may differ in documents that were removed, and so in scores. Pages of
        # one search come from the same copies; searches are spread over all of them.
        params = {**params, "preference": sha256(msgspec.json.encode(body)).hexdigest()}
        first = max(0, min(limit, window - offset))
        start = offset if first else 0
        answer = self._search({**body, "from": start, "size": first}, params)
        total, hits = int(answer["hits"]["total"]["value"]), list(answer["hits"]["hits"])
        del params["preference"]
        bare = {**body, "track_total_hits": False}
        while len(hits) < limit and offset + len(hits) < total:
            size = min(window, limit - len(hits))
            more = self.pages.read(bare, offset + len(hits), size, params)
            if not more:
                break
            hits += more
        return total, hits

    def count_matches(self, match: Node) -> int:
        """Return the exact number of papers that match."""
        known = self._local.count_matches(match)
        if known is not None:
            return known
        query = msgspec.json.encode(self._translate(match))
        return self._count(query) if len(query) < LONGEST else self._count_papers(query)

    def _count_papers(self, query: bytes) -> int:
        body = {"query": msgspec.json.decode(query), "size": 0, "track_total_hits": True}
        return int(self._search(body)["hits"]["total"]["value"])

    def count_facets(
        self, match: Node, facets: Mapping[str, Node | None], limit: int = MOST_VALUES
    ) -> FacetCounts:
        """Count the values of facets over all matches, all of them in one request."""
        conditions = {
            Column(name, limit, shards=self._shards): None
            if only is None
            else self._translate(only)
            for name, only in facets.items()
        }
        return count_values(self._aggregate, self._translate(match), conditions)

    def read_paper(self, paper_id: str) -> bytes | None:
        """Return the encoded paper or work with an id, or None; merged records are not found."""
        others = (Without(Exact("dup", dup)) for dup in (ROW, PART))
        plan = Plan(AllOf((Exact("id", paper_id), *others)), scored=False)
        hits = self.find(plan, None, 0, 1).hits
        return hits[0][1] if hits else None

    def _aggregate(self, query: Json, aggregations: Json) -> Json:
        answer = self._search({"query": query, "size": 0, "aggs": aggregations})
        found: Json = answer["aggregations"]
        return found

    def _search(self, body: Json, params: Json | None = None) -> Json:
        return self._cluster.search(self._index, body, params)

    def _translate(self, node: Node) -> Json:
        return self._new_translation().translate(node)

    def _new_translation(self) -> Translation:
        return Translation(self._factor)


def _decode_hit(hit: Json, *, ranked: bool) -> tuple[float, bytes]:
    return float(hit["sort"][0]) if ranked else 0.0, decode_record(hit["_source"][RECORD])
