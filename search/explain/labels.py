"""Label the parts of a plan for the reader, by the words as typed, their field and their kind."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TypeAlias

from index.fields import BREAK, FIRST
from index.normalise.dates import decode_date
from index.text.analyser import tokenise_word
from index.text.stems import stem
from search.language.tree import Fuzzy, Phrase, Query, Word, list_leaves
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

Label: TypeAlias = tuple[str, str, str]
"""The words, field and kind of a reason."""

MEANING = ("", "", "meaning")
"""The label of what the meaning of a hit adds to its score."""

_FIELDS = {
    "title_exact": "title",
    "title_key": "title",
    "abstract_exact": "abstract",
    "author_key": "author",
    "first_author_key": "author",
    "venue_words": "venue",
    "venue_short": "venue",
    "topic_words": "topic",
    "institution_words": "institution",
    "cited": "citations",
}
"""The name shown for a field of the index, if it differs."""

_KINDS = {
    Term: "word",
    Tokens: "neighbours",
    Exact: "value",
    Numbers: "number",
    Near: "respelt",
    Pattern: "pattern",
    Anything: "every paper",
}
"""The name shown for each kind of leaf, unless its field has a more specific one."""

_NAMED_BY_YEAR = ({"author", "year"}, {"venue", "year"}, {"author", "venue", "year"})

_MARKS = frozenset((BREAK, FIRST, ""))
"""Words of a row that nobody typed."""

_COMPOSITE = (AllOf, AnyOf, Weighted, Flat, ConditionalBoosts, Without, Anything)


def drop_tolerant(node: Node, had: list[Node]) -> list[Node]:
    """Drop approximate alternatives if an exact one matched."""
    if not (isinstance(node, Flat) and isinstance(node.child, AnyOf)):
        return had
    return [leaf for leaf in had if not isinstance(leaf, Near | Pattern)] or had


def describe_part(node: Node, had: list[Node], typed: Mapping[str, str]) -> Label:
    """Describe a scored part for the reader.

    Args:
        node: The part.
        had: Those of its leaves that the paper matches.
        typed: The words as typed, by token and by stem.
    """
    rows = [typed.get(row, row) for leaf in had for row in _list_words(leaf, typed)]
    names = {_name_field(leaf) for leaf in had}
    kinds = {_name_kind(leaf) for leaf in had}
    if isinstance(node, Without):
        kind = "not there"
    elif isinstance(node, Flat) and isinstance(node.child, AllOf):
        kind = "name and year" if names in _NAMED_BY_YEAR else "all the words"
    else:
        kind = kinds.pop() if len(kinds) == 1 else "any"
    words = " ".join(dict.fromkeys(rows))
    return words, names.pop() if len(names) == 1 else "", kind


def iterate_leaves(node: Node) -> Iterator[Node]:
    """Yield the leaves of a part; excluded ones only if the part is an exclusion itself."""
    match node:
        case AllOf(children) | AnyOf(children):
            for child in children:
                if not isinstance(child, Without):
                    yield from iterate_leaves(child)
        case Weighted(child, _) | Flat(child, _) | Without(child):
            yield from iterate_leaves(child)
        case _:
            yield node


def _list_words(leaf: Node, typed: Mapping[str, str]) -> list[str]:
    """List the words that a leaf searches for."""
    match leaf:
        case Term(_, token) | Near(_, token, _):
            return [token]
        case Tokens(_, row):
            return [" ".join(typed.get(token, token) for token in row if token not in _MARKS)]
        case Exact(field, value):
            return [] if field == "cited" else [value]  # one reason for all steps of citations
        case Pattern(_, pattern):
            return [pattern]
        case Numbers(field, low, high):
            write = decode_date if field == "date" else str
            ends = ["" if end is None else write(end) for end in (low, high)]
            return ["..".join(dict.fromkeys(ends))]
        case _:
            return []


def _name_field(leaf: Node) -> str:
    name = "" if isinstance(leaf, _COMPOSITE) else leaf.field
    return _FIELDS.get(name, name)


def _name_kind(leaf: Node) -> str:
    match leaf:
        case Term("author") | Tokens("author"):
            kind = "name"
        case Term(field) if field.endswith("_exact"):
            kind = "word as written"
        case Exact("title_key"):
            kind = "whole title"
        case Exact("cited"):
            kind = "number"
        case Pattern(_, pattern) if pattern.find("*") == len(pattern) - 1:
            kind = "beginning"
        case _:
            kind = _KINDS[type(leaf)]
    return kind


def map_typed_words(query: Query) -> dict[str, str]:
    """Map each token and each stem of a query to the word as typed, or as otherwise spelt."""
    typed: dict[str, str] = {}
    for leaf in list_leaves(query, negated=True):
        if isinstance(leaf, Word | Phrase | Fuzzy):
            found = tokenise_word(leaf.text)
            for token in found:
                word = leaf.text if len(found) == 1 else token
                typed.setdefault(token, word)
                typed.setdefault(stem(token), word)
        if isinstance(leaf, Word):
            for token in chain.from_iterable(leaf.also):
                typed.setdefault(stem(token), token)
    return typed
