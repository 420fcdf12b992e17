"""Answers: how is a plan evaluated over plain lists of postings?

For engines that only read: sets decide what matches, and BM25 with the constants and the
rounding of lengths that Tantivy has gives the scores, so that engines rank alike.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol, assert_never

from search.engines.bm25 import K1, rarity
from search.engines.engine import needs_pairs, split_into_pairs
from search.planning.plan import (
    AllOf,
    AnyOf,
    Anything,
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

Papers = AbstractSet[int]
"""Papers by the numbers that the index gave them."""

Counts = Mapping[int, float]
"""How often each of some papers has something."""


class Lists(Protocol):
    """What is read from an index."""

    @property
    def everything(self) -> Papers:
        """Return all papers."""

    def postings(self, field: str, token: str) -> Counts:
        """Give the papers that have a token, each with how often."""

    def positions(self, field: str, token: str, among: Papers) -> Mapping[int, list[int]]:
        """Give where a token stands in papers that all have it."""

    def frequency(self, field: str, token: str) -> int:
        """Count the papers that were ever added with a token."""

    def vocabulary(self, field: str, prefix: str = "") -> Sequence[str]:
        """Give the tokens of a field that begin so, in order."""

    def numbers(self, field: str, low: int | None, high: int | None) -> Sequence[str]:
        """Give the tokens of a field's numbers in a range, ends included."""

    def norms(self, field: str) -> tuple[Sequence[float], int]:
        """Give the norm of every paper in a field, see `norms`, and how many papers there are."""


class Evaluation:
    """One plan being answered; what a node matches is found once."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._found: dict[Node, Papers] = {}
        self._rows: dict[Tokens, Counts] = {}

    def matches(self, node: Node) -> Papers:
        """Give the papers that a node matches."""
        found = self._found.get(node)
        if found is None:
            found = self._found[node] = self._matches(node)
        return found

    def scores(self, plan: Plan, papers: Papers) -> dict[int, float]:
        """Score papers that all match a plan."""
        into = dict.fromkeys(papers, 0.0)
        for node in (plan.match, *plan.boosts):
            self._add(node, 1.0, papers, into)
        return into

    def _matches(self, node: Node) -> Papers:  # noqa: C901, PLR0911 - one case a node
        match node:
            case Term(field, token) | Exact(field, token):
                return self._lists.postings(field, token).keys()
            case Tokens() if needs_pairs(node):
                return self.matches(split_into_pairs(node))
            case Tokens():
                row = self._rows[node] = self._row(node, None)
                return row.keys()
            case Numbers(field, low, high):
                return self._having(field, self._lists.numbers(field, low, high))
            case Pattern(field, pattern):
                return self._having(field, self._fitting(field, pattern))
            case Near(field, token, distance):
                return self._having(field, self._near(field, token, distance))
            case Anything():
                return self._lists.everything
            case AllOf(children):
                return self._all(children)
            case AnyOf(children, at_least):
                return _most([self.matches(child) for child in children], at_least)
            case Without(child):
                return self._lists.everything - self.matches(child)
            case Weighted(child, _) | Flat(child, _):
                return self.matches(child)
            case _:
                assert_never(node)

    def _all(self, children: tuple[Node, ...]) -> Papers:
        """Join with AND; what is left out is taken from the rest."""
        needed = [self.matches(child) for child in children if not isinstance(child, Without)]
        found = _common(needed) if needed else self._lists.everything
        for child in children:
            if isinstance(child, Without):
                found = found - self.matches(child.child)
        return found

    def _row(self, node: Tokens, among: Papers | None) -> Counts:
        """Give the papers that have tokens in a row, each with how often."""
        placed = [(place, token) for place, token in enumerate(node.tokens) if token]
        lists: list[Papers] = [
            self._lists.postings(node.field, token).keys() for _, token in placed
        ]
        papers = _common(lists if among is None else [among, *lists])
        found = [
            (place, self._lists.positions(node.field, token, papers)) for place, token in placed
        ]
        counts: dict[int, float] = {}
        for paper in papers:
            shifted = [[at - place for at in positions[paper]] for place, positions in found]
            count = _not_far(shifted[0], shifted[1], node.slop) if node.slop else _in_a_row(shifted)
            if count:
                counts[paper] = count
        return counts

    def _having(self, field: str, tokens: Iterable[str]) -> Papers:
        """Give the papers that have any of these tokens."""
        return set[int]().union(*(self._lists.postings(field, token) for token in tokens))

    def _fitting(self, field: str, pattern: str) -> list[str]:
        """Give the tokens that a pattern of letters, ``*`` and ``?`` fits."""
        signs = {"*": ".*", "?": "."}
        written = "".join(signs.get(sign) or re.escape(sign) for sign in pattern)
        fits = re.compile(written, re.DOTALL).fullmatch
        prefix = re.split(r"[*?]", pattern)[0]
        return [token for token in self._lists.vocabulary(field, prefix) if fits(token)]

    def _near(self, field: str, token: str, distance: int) -> list[str]:
        """Give the tokens at most so many edits away; a swap of neighbours is one edit."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract_iter

        known = self._lists.vocabulary(field)
        near = extract_iter(token, known, scorer=OSA.distance, score_cutoff=distance)
        return [found for found, _, _ in near]

    def _add(self, node: Node, factor: float, papers: Papers, into: dict[int, float]) -> None:
        """Add to each of the papers what a node gives to those that it matches."""
        match node:
            case Tokens() if needs_pairs(node):
                self._add(split_into_pairs(node), factor, papers, into)
            case Term() | Tokens():
                for paper, gain in self._gains(node, papers):
                    into[paper] += factor * gain
            case Weighted(child, weight):
                self._add(child, factor * weight, papers, into)
            case AllOf(children) if not all(isinstance(child, Without) for child in children):
                needed = [child for child in children if not isinstance(child, Without)]
                self._add_each(needed, factor, papers & self.matches(node), into)
            case AnyOf(children, at_least):
                among = papers & self.matches(node) if at_least > 1 else papers
                self._add_each(children, factor, among, into)
            case _:
                gain = factor * (node.score if isinstance(node, Flat) else 1.0)
                for paper in papers & self.matches(node):
                    into[paper] += gain

    def _add_each(
        self, nodes: Iterable[Node], factor: float, papers: Papers, into: dict[int, float]
    ) -> None:
        for node in nodes:
            self._add(node, factor, papers, into)

    def _gains(self, node: Term | Tokens, papers: Papers) -> Iterator[tuple[int, float]]:
        """Give the BM25 of a token or a row for each of the papers that have it."""
        if isinstance(node, Term):
            tokens: tuple[str, ...] = (node.token,)
            counts = self._lists.postings(node.field, node.token)
        else:
            tokens = tuple(token for token in node.tokens if token)
            row = self._rows.get(node)
            counts = self._row(node, papers) if row is None else row
        having = [self._lists.frequency(node.field, token) for token in tokens]
        norms, total = self._lists.norms(node.field)
        weight = sum(rarity(count, total) for count in having) * (K1 + 1)
        for paper in papers & counts.keys():
            count = counts[paper]
            yield paper, weight * count / (count + norms[paper])


def _common(lists: list[Papers]) -> Papers:
    """Give what is in all of some lists, of which there is at least one."""
    first, *others = sorted(lists, key=len)
    for other in others:
        first = first & other
    return first


def _most(lists: list[Papers], at_least: int) -> Papers:
    """Give what is in at least so many lists."""
    if at_least <= 1:
        return set[int]().union(*lists)
    counts = Counter(paper for found in lists for paper in found)
    return {paper for paper, count in counts.items() if count >= at_least}


def _in_a_row(shifted: list[list[int]]) -> int:
    """Count the places that all tokens share once each is moved to where the first stands."""
    return len(set(shifted[0]).intersection(*shifted[1:]))


def _not_far(one: list[int], other: list[int], slop: int) -> int:
    """Count the pairs of places at most so far apart, each place used once, from the left."""
    count = left = right = 0
    while left < len(one) and right < len(other):
        if abs(one[left] - other[right]) <= slop:
            while left + 1 < len(one) and one[left + 1] <= other[right]:
                left += 1
            count, left, right = count + 1, left + 1, right + 1
        elif one[left] < other[right]:
            left += 1
        else:
            right += 1
    return count
