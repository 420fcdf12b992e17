"""Join identifiers that were split, read lists of numbers as PMIDs, split addresses into words.

A DOI that is copied from a PDF is often split behind a slash, a full stop or a hyphen:
``10.4321/reed.`` and ``2017.004``. Parts are joined, and numbers read, only if some paper has the
identifier.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from index.normalise.identifier_search import identify
from search.language.lexer import read_identifier
from search.language.tree import Leaf, Query, Value, Word

SHORTEST_NUMBER = 5
"""Digits of a number in a list that may be a PMID; fewer may be a year. Chosen."""

MOST_GAP = 4
"""Characters between the parts of one identifier, including the punctuation at its split."""

_JOINTS = ("", "/", ".", "-")
"""What may have stood at the split; the lexer has removed it from the end of a word."""

_DOI_PREFIX = re.compile(r"(?:doi:)?10\.\d{4,9}", re.IGNORECASE)

PAPER_FIELDS = frozenset(("id", "doi", "arxiv"))
"""The fields of the query language whose values are identifiers of papers."""

Knows = Callable[[Value], bool]
"""A function that tells whether some paper has an identifier."""

_ADDRESS_START = re.compile(r"^(?:https?:/+)?(?:www\.)?", re.IGNORECASE)
_ADDRESS_WORD = re.compile(r"[^\W_](?:[\w./+@$-]*[^\W_])?")
"""A word of an address; capitals are made small, since AND is an operator."""


def has_split_identifier(leaves: Sequence[Leaf]) -> bool:
    """Return whether words may be parts of identifiers: one begins a DOI, or all are numbers."""
    words = [leaf.text for leaf in leaves if isinstance(leaf, Word)]
    numbers = 1 < len(words) == len(leaves) and all(map(str.isdecimal, words))
    return numbers or any(word[:3] == "10." and _DOI_PREFIX.fullmatch(word) for word in words)


def join_split_identifiers(children: Sequence[Query], knows: Knows) -> list[Query]:
    """Join neighbours of a query that together are an identifier of some paper.

    Args:
        children: The parts of a query that stand side by side.
        knows: Tells whether some paper has an identifier.

    Returns:
        The parts, with each joined identifier in place of its two parts.
    """
    joined: list[Query] = []
    for child in children:
        before = joined[-1] if joined else None
        if before is not None and (whole := _join(before, child, knows)):
            joined[-1] = whole
        else:
            joined.append(child)
    return joined


def read_numbers(children: Sequence[Query], knows: Knows) -> list[Query]:
    """Read the numbers of a query as identifiers, if all of it is numbers and identifiers.

    Args:
        children: The parts of a query that stand side by side.
        knows: Tells whether some paper has an identifier.
    """
    read = [_read_number(child) for child in children]
    if len(read) < 2 or not all(value and knows(value) for value in read):  # noqa: PLR2004 - a list
        return list(children)
    return [value for value in read if value]


def _read_number(child: Query) -> Value | None:
    if isinstance(child, Value) and child.field in PAPER_FIELDS:
        return child
    if isinstance(child, Word) and not child.field and child.text.isdecimal():
        return Value("id", child.text, child.at) if len(child.text) >= SHORTEST_NUMBER else None
    return None


def _join(before: Query, after: Query, knows: Knows) -> Value | None:
    """Return the identifier of which two neighbours are the parts, or None."""
    if not (isinstance(before, Value | Word) and isinstance(after, Word)) or after.field:
        return None
    if not (before.at and after.at and 0 <= after.at[0] - before.at[1] <= MOST_GAP):
        return None
    if isinstance(before, Word) and not (
        before.field in {"", "doi"} and _DOI_PREFIX.fullmatch(before.text)
    ):
        return None
    if isinstance(before, Value) and (before.field not in PAPER_FIELDS or knows(before)):
        return None
    at = (before.at[0], after.at[1])
    whole = (replace(value, at=at) for value in _list_joined(before.text, after.text))
    return next(filter(knows, whole), None)


def _list_joined(start: str, end: str) -> Iterator[Value]:
    for joint in _JOINTS:
        if found := identify(f"{start}{joint}{end}"):
            field, text = read_identifier(found)
            yield Value(field.name, text)


def split_address(address: str) -> list[Word]:
    """Split an address into words without a span, since no part of it is a misspelt word."""
    place = _ADDRESS_START.sub("", address, count=1)
    words = _ADDRESS_WORD.findall(place)
    return [Word(word.lower() if word.isupper() else word) for word in words]
