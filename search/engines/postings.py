"""Evaluate plans over posting lists.

This serves engines that can only read postings. Matching is done on sets; scores are BM25 with
Tantivy's constants and rounding of lengths, so that all engines rank alike.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol, assert_never

from search.engines.bm25 import K1, compute_idf
from search.engines.engine import convert_pattern, needs_pairs, split_into_pairs
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

Papers = AbstractSet[int]
"""Papers, by their numbers in the index."""

Frequencies = Mapping[int, float]
"""The frequency of something in each of some papers."""


class PostingLists(Protocol):
    """What an index must provide."""

    @property
    def everything(self) -> Papers:
        """All papers."""

    def read_postings(self, field: str, token: str) -> Frequencies:
        """Return the papers with a token, each with its frequency."""

    def read_positions(self, field: str, token: str, among: Papers) -> Mapping[int, list[int]]:
        """Return the positions of a token in papers that all contain it."""

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers ever added with a token, including deleted ones."""

    def list_tokens(self, field: str, prefix: str = "") -> Sequence[str]:
        """List the tokens of a field with a prefix, in order."""

    def list_numbers(self, field: str, low: int | None, high: int | None) -> Sequence[str]:
        """List the tokens of the numbers of a field in a range, ends included."""

    def read_norms(self, field: str) -> tuple[Sequence[float], int]:
        """Return the norm of every paper in a field, and the number of papers.

        For norms see `search.engines.bm25.compute_norms`.
        """


class Evaluation:
    """The evaluation of one plan, in which each node is matched once."""

    def __init__(self, lists: PostingLists) -> None:
        self._lists = lists
        self._found: dict[Node, Papers] = {}
        self._rows: dict[Tokens, Frequencies] = {}

    def match(self, node: Node) -> Papers:
        """Return the papers that a node matches."""
        found = self._found.get(node)
        if found is None:
            found = self._found[node] = self._find_matches(node)
        return found

    def score(self, plan: Plan, papers: Papers) -> dict[int, float]:
        """Score papers that all match a plan."""
        into = dict.fromkeys(papers, 0.0)
        for node in (plan.match, *plan.boosts):
            self._add_scores(node, 1.0, papers, into)
        return into

    def _find_matches(self, node: Node) -> Papers:  # noqa: C901, PLR0911 - one case per node
        match node:
            case Term(field, token) | Exact(field, token):
                return self._lists.read_postings(field, token).keys()
            case Tokens() if needs_pairs(node):
                return self.match(split_into_pairs(node))
            case Tokens():
                row = self._rows[node] = self._match_row(node, None)
                return row.keys()
            case Numbers(field, low, high):
                return self._match_any(field, self._lists.list_numbers(field, low, high))
            case Pattern(field, pattern):
                return self._match_any(field, self._list_fitting(field, pattern))
            case Near(field, token, distance):
                return self._match_any(field, self._list_near(field, token, distance))
            case Anything():
                return self._lists.everything
            case AllOf(children):
                return self._match_all(children)
            case AnyOf(children, at_least):
                return _unite([self.match(child) for child in children], at_least)
            case Without(child):
                return self._lists.everything - self.match(child)
            case Weighted(child, _) | Flat(child, _) | ConditionalBoosts(child, _):
                return self.match(child)
            case _:
                assert_never(node)

    def _match_all(self, children: tuple[Node, ...]) -> Papers:
        """Intersect the matches of all children; exclusions are subtracted from the result."""
        needed = [self.match(child) for child in children if not isinstance(child, Without)]
        found = _intersect(needed) if needed else self._lists.everything
        for child in children:
            if isinstance(child, Without):
                found = found - self.match(child.child)
        return found

    def _match_row(self, node: Tokens, among: Papers | None) -> Frequencies:
        """Return the papers with a phrase, each with its frequency."""
        placed = [(place, token) for place, token in enumerate(node.tokens) if token]
        lists: list[Papers] = [
            self._lists.read_postings(node.field, token).keys() for _, token in placed
        ]
        papers = _intersect(lists if among is None else [among, *lists])
        found = [
            (place, self._lists.read_positions(node.field, token, papers))
            for place, token in placed
        ]
        counts: dict[int, float] = {}
        for paper in papers:
            shifted = [[at - place for at in positions[paper]] for place, positions in found]
            if node.slop:
                count = _count_close(shifted[0], shifted[1], node.slop)
            else:
                count = _count_aligned(shifted)
            if count:
                counts[paper] = count
        return counts

    def _match_any(self, field: str, tokens: Iterable[str]) -> Papers:
        """Return the papers with any of some tokens."""
        return set[int]().union(*(self._lists.read_postings(field, token) for token in tokens))

    def _list_fitting(self, field: str, pattern: str) -> list[str]:
        """List the tokens that fit a pattern of letters, ``*`` and ``?``."""
        fits = re.compile(convert_pattern(pattern), re.DOTALL).fullmatch
        prefix = re.split(r"[*?]", pattern)[0]
        return [token for token in self._lists.list_tokens(field, prefix) if fits(token)]

    def _list_near(self, field: str, token: str, distance: int) -> list[str]:
        """List the tokens within an edit distance; a swap of two neighbours is one edit."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract_iter

        known = self._lists.list_tokens(field)
        near = extract_iter(token, known, scorer=OSA.distance, score_cutoff=distance)
        return [found for found, _, _ in near]

    def _add_scores(
        self, node: Node, factor: float, papers: Papers, into: dict[int, float]
    ) -> None:
        """Add the score of a node to each of the papers that it matches."""
        match node:
            case Tokens() if needs_pairs(node):
                self._add_scores(split_into_pairs(node), factor, papers, into)
            case Term() | Tokens():
                for paper, gain in self._score_tokens(node, papers):
                    into[paper] += factor * gain
            case Weighted(child, weight):
                self._add_scores(child, factor * weight, papers, into)
            case ConditionalBoosts(condition, boosts):
                self._add_all_scores(boosts, factor, papers & self.match(condition), into)
            case AllOf(children) if not all(isinstance(child, Without) for child in children):
                needed = [child for child in children if not isinstance(child, Without)]
                self._add_all_scores(needed, factor, papers & self.match(node), into)
            case AnyOf(children, at_least):
                among = papers & self.match(node) if at_least > 1 else papers
                self._add_all_scores(children, factor, among, into)
            case _:
                gain = factor * (node.score if isinstance(node, Flat) else 1.0)
                for paper in papers & self.match(node):
                    into[paper] += gain

    def _add_all_scores(
        self, nodes: Iterable[Node], factor: float, papers: Papers, into: dict[int, float]
    ) -> None:
        for node in nodes:
            self._add_scores(node, factor, papers, into)

    def _score_tokens(self, node: Term | Tokens, papers: Papers) -> Iterator[tuple[int, float]]:
        """Yield the BM25 score of a token or a phrase for each of the papers that contain it."""
        if isinstance(node, Term):
            tokens: tuple[str, ...] = (node.token,)
            counts = self._lists.read_postings(node.field, node.token)
        else:
            tokens = tuple(token for token in node.tokens if token)
            row = self._rows.get(node)
            counts = self._match_row(node, papers) if row is None else row
        frequencies = [self._lists.count_documents(node.field, token) for token in tokens]
        norms, total = self._lists.read_norms(node.field)
        weight = sum(compute_idf(count, total) for count in frequencies) * (K1 + 1)
        for paper in papers & counts.keys():
            count = counts[paper]
            yield paper, weight * count / (count + norms[paper])


def _intersect(lists: list[Papers]) -> Papers:
    """Return the papers that are in all lists; there is at least one list."""
    first, *others = sorted(lists, key=len)
    for other in others:
        first = first & other
    return first


def _unite(lists: list[Papers], at_least: int) -> Papers:
    """Return the papers that are in at least `at_least` lists."""
    if at_least <= 1:
        return set[int]().union(*lists)
    counts = Counter(paper for found in lists for paper in found)
    return {paper for paper, count in counts.items() if count >= at_least}


def _count_aligned(shifted: list[list[int]]) -> int:
    """Count the positions that all tokens share after each is shifted to the first token's."""
    return len(set(shifted[0]).intersection(*shifted[1:]))


def _count_close(one: list[int], other: list[int], slop: int) -> int:
    """Count pairs of positions at most `slop` apart, from the left, using each position once."""
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
