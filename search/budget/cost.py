"""Estimate the processor time that an engine takes to match a node of a plan.

An estimate needs only the number of documents of each token, which costs a microsecond. It says
what Tantivy's lists read: a node that must match together with a rare word is read only near that
word, and a pattern is expanded in full whatever stands beside it. All times are those of one of two
shared cores at 95,000 papers, and the same per document at 2 million.
"""

from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from index.text.memo import weaken_method
from search.engines.engine import Engine, needs_pairs
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
    Term,
    Tokens,
    Weighted,
    Without,
)

PER_NODE = 10e-6
"""Seconds to convert a node and to open its lists."""

PER_POSTING = 12e-9
"""Seconds to read one posting. Measured: 10 to 13 ns alone, 4 ns in a long OR, 10 ns in an AND."""

PER_PHRASE = 170e-9
PER_PHRASE_TOKEN = 25e-9
"""Seconds to look for a phrase in one paper with its words, and for each of its tokens. Measured:
"of the" takes 170 to 260 ns in an abstract and 80 ns in a title, with and without ``~``; 500 tokens
take 2 us."""

FURTHER_PAIR = 0.45
"""Share of its papers in which a further pair of a phrase with ``~`` is looked for: the earlier
pairs must match. Measured: the 15 pairs of six stop words take as long as 6 to 9 single ones."""

PER_COUNTED = 35e-9
"""Further seconds for each posting where several of some nodes must match."""

PER_DOCUMENT = 10e-9
"""Seconds to list one document where all match. Measured: 8 ns."""

PER_NUMBER = {"year": 20e-9, "date": 20e-9}
"""Seconds to compare the number of one paper with a range. Measured: 6 to 19 ns for years."""

PER_NUMBER_ELSEWHERE = 40e-9
"""The same in other fields. Measured: 6 to 51 ns for citations, the more the more papers match."""

PER_EXPANDED = {"abstract_exact": 350e-9, "author": 280e-9, "title_exact": 120e-9}
"""Seconds for each document of the index to expand a pattern that fits all words of a field.
Measured: ``*e*n*`` takes 310 ns, ``*an*`` 250 ns and ``*in*`` 110 ns."""

PER_EXPANDED_ELSEWHERE = 100e-9
"""The same in another field, such as the titles as a whole."""

NEAR_SHARE = 0.18
"""Share of that time for a word within two edits. Measured: .17 for ``the``, less for others."""

MOST_EXPANDED = 1_000
"""Words of a pattern up to which their papers are added up."""

SHORTEST_EXPANDED = 3
"""Letters before the first ``*`` or ``?`` of such a pattern; fewer begin too many words."""

WINDOW = 8_192
"""Documents that an OR reads around each document that it is asked for: Tantivy reads 4,096 at a
time, and twice to find the first one."""

SEEK = 50
"""Postings that are read for each document that a list is asked for: part of a block of 128."""

PHRASE_SEEK = 8
"""The same for a phrase, in papers with its words."""

CACHED = 1 << 14
"""Tokens whose numbers of documents are cached."""


class Cost(NamedTuple):
    """What an engine does to match a node.

    Attributes:
        most: The most papers that match.
        build: Seconds before the first paper is known, whatever else must match.
        scan: Seconds to list all papers.
        reach: The share of `scan` that it takes to tell whether one given paper matches.
    """

    most: float
    build: float
    scan: float
    reach: float

    def read(self, papers: float) -> float:
        """Return the seconds to tell which of some papers match, without `build`."""
        return self.scan * min(1.0, papers * self.reach)


class Estimator:
    """Estimates what nodes cost in one index."""

    def __init__(self, engine: Engine, documents: int) -> None:
        """Prepare to estimate costs.

        Args:
            engine: The engine that will match the nodes.
            documents: The number of documents in the index.
        """
        self.documents = max(1, documents)
        self._count = lru_cache(CACHED)(engine.count_documents)
        self._expand = lru_cache(CACHED)(engine.complete)
        self._bound_phrase = lru_cache(CACHED)(weaken_method(self._weigh_rarest))

    def bound(self, *nodes: Node) -> float:
        """Return seconds that matching nodes cannot exceed, counting only the words of phrases."""
        # Every search pays for this loop, so it has no calls for the most frequent nodes.
        waiting: list[Any] = list(nodes)
        lists, seconds = 0, 0.0
        while waiting:
            node = waiting.pop()
            kind = type(node)
            if kind is Term or kind is Exact:
                lists += 1
            elif kind is Weighted or kind is Flat or kind is Without:
                waiting.append(node.child)
                lists += 1
            elif kind is AllOf:
                waiting += node.children
            elif kind is ConditionalBoosts:
                waiting += (node.condition, *node.boosts)
            elif kind is AnyOf:
                waiting += node.children
                if node.at_least > 1:
                    seconds += PER_COUNTED * len(node.children)
            elif kind is Tokens:
                seconds += self._bound_phrase(node)
            elif kind is Numbers or kind is Anything:
                seconds += PER_NUMBER_ELSEWHERE
            else:
                share = NEAR_SHARE if kind is Near else 1.0
                seconds += PER_POSTING + share * _weigh_field(node.field)
        return self.documents * (seconds + lists * PER_POSTING)

    def _weigh_rarest(self, node: Tokens) -> float:
        """Return the seconds to look for a phrase, for each document of the index."""
        readings = 1 + _repeats_token(node)
        return readings * _weigh_phrase(node) * self._count_rarest(node) / self.documents

    def estimate(self, node: Node) -> Cost:  # noqa: C901, PLR0911 - one case per node
        """Estimate the cost of a node from the documents of its tokens."""
        match node:
            case Term() | Exact():
                return self._estimate_token(node)
            case AllOf():
                return self._estimate_all(node)
            case AnyOf(children, at_least):
                return self.combine([self.estimate(child) for child in children], at_least)
            case Weighted(child, _) | Flat(child, _):
                return self.estimate(child)
            case ConditionalBoosts(condition, boosts):
                return self._estimate_boosts(condition, boosts)
            case Tokens():
                return self._estimate_tokens(node)
            case Without():
                return self._estimate_all(AllOf((node,)))
            case Numbers(field, _, _):
                return self._list_all(PER_NUMBER.get(field, PER_NUMBER_ELSEWHERE))
            case Pattern():
                return self._estimate_pattern(node)
            case Near(field, _, _):
                build = self.documents * NEAR_SHARE * _weigh_field(field)
                return self._list_set(self.documents, build)
            case Anything():
                return self._list_all(PER_DOCUMENT)

    def combine(self, children: list[Cost], at_least: int = 1) -> Cost:
        """Return the cost of an OR of children."""
        found = sum(child.most for child in children)
        return Cost(
            min(found, self.documents),
            sum(child.build for child in children) + PER_NODE,
            sum(child.scan for child in children) + (PER_COUNTED * found if at_least > 1 else 0.0),
            max([WINDOW / self.documents, *(child.reach for child in children)]),
        )

    def _estimate_boosts(self, condition: Node, boosts: tuple[Node, ...]) -> Cost:
        """Return the cost of boosts that look only at the papers that match a condition."""
        cost = self.estimate(condition)
        added = self.combine([self.estimate(boost) for boost in boosts])
        return Cost(
            cost.most,
            cost.build + added.build,
            cost.scan + added.read(cost.most),
            max(cost.reach, added.reach),
        )

    def _estimate_token(self, node: Term | Exact) -> Cost:
        token = node.token if isinstance(node, Term) else node.value
        having = self._count(node.field, token)
        return Cost(having, PER_NODE, having * PER_POSTING, SEEK / max(SEEK, having))

    def _estimate_tokens(self, node: Tokens) -> Cost:
        having = self._count_rarest(node)
        scan = having * _weigh_phrase(node)
        build = PER_NODE * (len(node.tokens) ** 2 if needs_pairs(node) else len(node.tokens))
        if _repeats_token(node):
            # Few papers have a word twice in such a place, so even the first one is far. Measured:
            # nine times "the the the the the the"~50 beside a filter without papers took .27 s.
            build += scan
        return Cost(having, build, scan, PHRASE_SEEK / max(PHRASE_SEEK, having))

    def _count_rarest(self, node: Tokens) -> int:
        """Count the papers with the rarest token of a phrase, of which few have the phrase."""
        count, field = self._count, node.field
        return min([count(field, token) for token in node.tokens if token])

    def _list_all(self, each: float) -> Cost:
        """Return the cost of a node that looks at every document."""
        return Cost(self.documents, PER_NODE, self.documents * each, 1 / self.documents)

    def _estimate_pattern(self, node: Pattern) -> Cost:
        prefix = node.pattern.split("*", 1)[0].split("?", 1)[0]
        having, build = float(self.documents), self.documents * _weigh_field(node.field)
        if len(prefix) >= SHORTEST_EXPANDED:
            found = self._expand(node.field, prefix, MOST_EXPANDED + 1)
            if len(found) <= MOST_EXPANDED:
                postings = sum(count for _, count in found)
                build = min(build, PER_POSTING * postings + PER_NODE * len(found))
                having = min(having, postings)
        return self._list_set(having, build)

    def _list_set(self, having: float, build: float) -> Cost:
        """Return the cost of a node whose papers are collected first."""
        return Cost(having, build + PER_NODE, having * PER_POSTING, 1 / self.documents)

    def _estimate_all(self, node: AllOf) -> Cost:
        costs = [self.estimate(child) for child in node.children if type(child) is not Without]
        # An exclusion looks only at the papers that match the rest.
        others = [self.estimate(c.child) for c in node.children if isinstance(c, Without)]
        if not costs:
            costs = [self._list_all(PER_DOCUMENT)]
        rarest = min(costs, key=_count_most)
        most = rarest.most
        read = sum(cost.read(most) for cost in (*costs, *others) if cost is not rarest)
        return Cost(
            most,
            sum(cost.build for cost in (*costs, *others)) + PER_NODE,
            rarest.scan + read,
            max(cost.reach for cost in (*costs, *others)),
        )


def _count_most(cost: Cost) -> float:
    return cost.most


def _repeats_token(node: Tokens) -> bool:
    words = [token for token in node.tokens if token]
    return len(set(words)) < len(words)


def _weigh_phrase(node: Tokens) -> float:
    """Return the seconds to look for a phrase in one paper with its words."""
    if not needs_pairs(node):
        return PER_PHRASE + PER_PHRASE_TOKEN * len(node.tokens)
    pairs = sum(1 for _ in combinations(filter(None, node.tokens), 2))
    return (PER_PHRASE + 2 * PER_PHRASE_TOKEN) * (1 + FURTHER_PAIR * (pairs - 1))


def _weigh_field(field: str) -> float:
    return PER_EXPANDED.get(field, PER_EXPANDED_ELSEWHERE)
