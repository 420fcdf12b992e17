"""Translate plans into queries of OpenSearch.

Typed text only ever becomes the value of a clause; no query is parsed by the cluster. Factors are
multiplied on the way down, so that a plan needs no clause of its own for them: a sum of boosted
clauses is the boosted sum.
"""

from typing import Any, TypeAlias

from index.engines.cluster_mapping import GAP, PHRASES
from index.fields import FIELDS, Kind
from search.engines.engine import needs_pairs, split_into_pairs
from search.engines.opensearch_edits import match_near
from search.errors import QueryTooCostly
from search.planning.plan import (
    AllOf,
    AnyOf,
    Anything,
    ConditionalBoosts,
    Exact,
    Flat,
    Near,
    Node,
    Numbers,
    Pattern,
    Plan,
    Term,
    Tokens,
    Weighted,
    Without,
)

Json: TypeAlias = dict[str, Any]

MAX_CLAUSES = 1_024
"""Clauses of one query that a cluster accepts unless it is configured otherwise."""

MANY = 100
"""Values of an OR from which on they are one clause, so that they do not count as many."""

MAX_VALUES = 65_536
"""Values of one such clause that a cluster accepts unless it is configured otherwise."""

NONE: Json = {"match_none": {}}


class Translation:
    """The translation of one plan, which may not have too many clauses.

    Attributes:
        clauses: The clauses so far.
    """

    def __init__(self, bm25_factor: float) -> None:
        """Prepare to translate.

        Args:
            bm25_factor: What the cluster's BM25 scores are multiplied by, see
                `search.engines.opensearch.choose_factor`.
        """
        self._bm25_factor = bm25_factor
        self.clauses = 0

    def translate_plan(self, plan: Plan) -> Json:
        """Return the query of a plan whose hits are ranked by score.

        Boosts for which there is no room are left out, from the last one on.

        Raises:
            QueryTooCostly: What hits must match has too many clauses.
        """
        must = self.translate(plan.match)
        should = []
        for boost in plan.boosts:
            query = self._convert(boost, 1.0)
            if self.clauses > MAX_CLAUSES:
                break
            should.append(query)
        return {"bool": {"must": [must], "should": should}} if should else must

    def translate(self, node: Node) -> Json:
        """Return the query of a node.

        Raises:
            QueryTooCostly: It has too many clauses.
        """
        query = self._convert(node, 1.0)
        if self.clauses > MAX_CLAUSES:
            raise QueryTooCostly("clauses", self.clauses, MAX_CLAUSES)
        return query

    def _convert(self, node: Node, factor: float) -> Json:  # noqa: PLR0911 - one case per node
        match node:
            case AllOf(children):
                return self._convert_all(children, factor)
            case AnyOf(children, at_least):
                return self._convert_any(children, at_least, factor)
            case Without():
                return self._convert_all((Anything(), node), factor)
            case Weighted(child, weight):
                return self._convert(child, factor * weight)
            case Flat(child, score):
                return _score_constantly(self._convert(child, 1.0), factor * score)
            case ConditionalBoosts(condition, boosts):
                should = [self._convert(boost, factor) for boost in boosts]
                return {"bool": {"filter": [self._convert(condition, 1.0)], "should": should}}
            case Tokens() if needs_pairs(node):
                return self._convert(split_into_pairs(node), factor)
            case _:
                self.clauses += 1
                return self._convert_leaf(node, factor)

    def _convert_leaf(self, node: Node, factor: float) -> Json:  # noqa: PLR0911 - one case per leaf
        match node:
            case Term(field, token):
                return {"term": {field: {"value": token, "boost": factor * self._bm25_factor}}}
            case Tokens():
                return self._convert_phrase(node, factor * self._bm25_factor)
            case Exact(field, value):
                return _score_constantly({"term": {field: {"value": value}}}, factor)
            case Numbers(field, low, high):
                ends = {"gte": low, "lte": high}
                given = {name: end for name, end in ends.items() if end is not None}
                query = {"range": {field: given}} if given else {"exists": {"field": field}}
                return _score_constantly(query, factor)
            case Pattern(field, pattern):
                escaped = pattern.replace("\\", "\\\\")
                return _score_constantly({"wildcard": {field: {"value": escaped}}}, factor)
            case Near(field, token, distance):
                return _score_constantly(match_near(field, token, distance), factor)
            case _:
                return {"match_all": {"boost": factor}}

    def _convert_phrase(self, row: Tokens, boost: float) -> Json:
        """Return the query of a phrase; a gap takes the place of a token that may be any.

        A token that may stand on its own place twice is one token to us, and two to the cluster.
        """
        placed = [(place, token) for place, token in enumerate(row.tokens) if token]
        (first, one), (last, other) = placed[0], placed[-1]
        if one == other and 0 < last - first <= row.slop:
            return {"term": {row.field: {"value": one, "boost": 2 * boost}}}
        text = " ".join(token or GAP for token in row.tokens)
        asked = {"query": text, "slop": row.slop, "analyzer": PHRASES, "boost": boost}
        return {"match_phrase": {row.field: asked}}

    def _convert_all(self, children: tuple[Node, ...], factor: float) -> Json:
        """Join with AND; what adds nothing to the score is a filter, which clusters cache."""
        clauses: dict[str, list[Json]] = {"must": [], "filter": [], "must_not": []}
        for child in children:
            match child:
                case Without(excluded):
                    clauses["must_not"].append(self._convert(excluded, 1.0))
                case Flat(inner, score) if not score:
                    clauses["filter"].append(self._convert(inner, 1.0))
                case _:
                    clauses["must"].append(self._convert(child, factor))
        if not clauses["must"] and not clauses["filter"]:
            clauses["must"].append({"match_all": {"boost": factor}})
        return {"bool": {name: found for name, found in clauses.items() if found}}

    def _convert_any(self, children: tuple[Node, ...], at_least: int, factor: float) -> Json:
        if not children or at_least > len(children):
            return NONE
        if at_least == 1 and len(children) >= MANY and (found := _list_values(children)):
            self.clauses += -(-len(children) // MAX_VALUES)
            return _score_constantly(_match_values(*found), factor)
        should = [self._convert(child, factor) for child in children]
        return {"bool": {"should": should, "minimum_should_match": at_least}}


def _score_constantly(query: Json, score: float) -> Json:
    return {"constant_score": {"filter": query, "boost": score}}


def _list_values(children: tuple[Node, ...]) -> tuple[str, list[str]] | None:
    """Return the field and values that an OR of nothing but values of one field asks for.

    A paper with several of the values scores 1 then, as it does for the ids that are meant.
    """
    fields = {child.field if isinstance(child, Exact) else "" for child in children}
    field = fields.pop()
    if fields or not field or (field != "id" and len(children) <= MAX_CLAUSES):
        return None
    return field, [child.value for child in children if isinstance(child, Exact)]


def _match_values(field: str, values: list[str]) -> Json:
    """Match papers with any of some values, in as many clauses as a cluster needs for them."""
    parts = [values[start : start + MAX_VALUES] for start in range(0, len(values), MAX_VALUES)]
    queries = [{"terms": {field: part}} for part in parts]
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries}}


def sort_hits(field: str, *, descending: bool) -> list[Json]:
    """Return the sort by a field, in which papers without a value come last; ties break by id."""
    order = "desc" if descending else "asc"
    if field == "id":
        return [{"id": {"order": order}}]
    ends = {"order": order, "missing": "_last"}
    if FIELDS[field] is Kind.INTEGER:
        ends["mode"] = "max" if descending else "min"
    return [{field: ends}, {"id": {"order": "asc"}}]


BY_SCORE: list[Json] = [{"_score": {"order": "desc"}}, {"id": {"order": "asc"}}]
"""The sort by score; ties break by id."""
