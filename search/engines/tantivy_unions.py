"""Rewrite the parts of plans that join many papers into forms that Tantivy runs faster.

Of "any two of these words", Tantivy reads all papers of all words, and beside an OR it reads all
papers of each of its parts, phrases above all. Both are rewritten into an OR of ANDs, of which it
reads no more than the rarest word has. The papers and, but for rounding, the scores stay the same.
"""

from collections.abc import Sequence
from itertools import combinations, product
from math import comb, prod

from search.planning.plan import (
    AllOf,
    AnyOf,
    ConditionalBoosts,
    Flat,
    Near,
    Node,
    Pattern,
    Tokens,
    Weighted,
    Without,
    any_of,
)

MOST_WAYS = 16
"""ANDs that one node is rewritten into at most. Chosen: any two of six words are fifteen."""

MOST_SCORED = 3
"""The same where papers are scored. Of any two of three words, which 162,000 of 2 million papers
have, ten hits take 53 ms of processor time instead of 86 on a busy machine; of any two of four,
which 252,000 have, 107 instead of 80. Facets of these take 14 ms instead of 44, and 42 instead of
47."""


def match_only(node: Node) -> Node:
    """Return a node that matches the same papers faster; its scores mean nothing."""
    match node:
        case Weighted(child, _) | Flat(child, _) | ConditionalBoosts(child, _):
            return match_only(child)
        case Without(child):
            return Without(match_only(child))
        case AnyOf(children, at_least):
            parts = tuple(map(match_only, children))
            few = _has_few_ways(node)
            return any_of(_list_ways(parts, at_least)) if few else AnyOf(parts, at_least)
        case AllOf(children):
            return _spread(tuple(map(match_only, children)))
        case _:
            return node


def rewrite_some(node: AnyOf) -> Node:
    """Rewrite an OR of which several parts must match; return others as they are."""
    few = _has_few_ways(node, MOST_SCORED)
    return ConditionalBoosts(match_only(node), node.children) if few else node


def rewrite_all(node: AllOf) -> Node:
    """Rewrite an AND with an OR of which a part is a phrase; return others as they are.

    Args:
        node: The AND, without exclusions.
    """
    matched = match_only(node)
    if isinstance(matched, AllOf):
        return node
    ways = [_list_alternatives(child) for child in node.children]
    sure = [Flat(way[0], 0.0) for way in ways if len(way) == 1]
    boosts = (
        AllOf((*sure, one)) if _is_phrase(one) and len(way) > 1 else one
        for way in ways
        for one in way
    )
    return ConditionalBoosts(matched, tuple(boosts))


def _has_few_ways(node: AnyOf, most: int = MOST_WAYS) -> bool:
    """Return whether a node asks for several of its parts, in few combinations."""
    return 1 < node.at_least < len(node.children) and (
        comb(len(node.children), node.at_least) <= most
    )


def _list_ways(parts: Sequence[Node], at_least: int) -> list[Node]:
    """List the ANDs of so many parts; a part that is slow to look up is in as few as possible."""
    if at_least > len(parts):
        return []
    slow = next((at for at, part in enumerate(parts) if _is_slow(part)), None)
    if slow is None or at_least in (1, len(parts)):
        rows = combinations(parts, at_least)
        return [_spread(row) if at_least > 1 else row[0] for row in rows]
    others = (*parts[:slow], *parts[slow + 1 :])
    with_it = AllOf((parts[slow], any_of(_list_ways(others, at_least - 1))))
    return [with_it, *_list_ways(others, at_least)]


def _spread(parts: tuple[Node, ...]) -> Node:
    """Join parts with AND; an OR with a phrase becomes an OR of ANDs, if these are few."""
    if len(parts) < 2 or any(map(_is_slow, parts)):  # noqa: PLR2004 - nothing to join
        return AllOf(parts)
    listed = ((part, _list_alternatives(part)) for part in parts)
    ways = [way if any(map(_is_phrase, way)) else [part] for part, way in listed]
    if not 1 < prod(map(len, ways)) <= MOST_WAYS:
        return AllOf(parts)
    return AnyOf(tuple(AllOf(row) for row in product(*ways)))


def _list_alternatives(node: Node) -> list[Node]:
    """List the parts of an OR, also of those in it; a node that is none is its only part."""
    match node:
        case AnyOf(children, 1) if children:
            return [one for child in children for one in _list_alternatives(child)]
        case _:
            return [node]


def _is_phrase(node: Node) -> bool:
    match node:
        case Weighted(child, _):
            return _is_phrase(child)
        case _:
            return isinstance(node, Tokens)


def _is_slow(node: Node) -> bool:
    """Return whether the tokens of a node have to be looked for."""
    match node:
        case Near() | Pattern():
            return True
        case AllOf(children) | AnyOf(children):
            return any(map(_is_slow, children))
        case Without(child):
            return _is_slow(child)
        case _:
            return False
