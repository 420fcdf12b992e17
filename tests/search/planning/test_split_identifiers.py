"""Test that split identifiers are joined and lists of numbers read, if some paper has them."""

import pytest

from search.language.parser import parse
from search.language.tree import And, Query, Value, list_leaves
from search.planning.split_identifiers import (
    has_split_identifier,
    join_split_identifiers,
    read_numbers,
)

KNOWN = {Value("doi", "10.1000/fern.31"), Value("id", "3141592"), Value("id", "2718281")}


def knows(value: Value) -> bool:
    """Return whether some paper has an identifier."""
    return value in KNOWN


def read(typed: str) -> list[Query]:
    """Return the parts of a query."""
    query = parse(typed).query
    return list(query.children) if isinstance(query, And) else [query]


@pytest.mark.parametrize(
    "typed",
    [
        "10.1000/fern.\n31",
        "10.1000/fern. 31",
        "10.1000/ fern.31",
        "https://doi.org/10.1000/\nfern.31",
    ],
)
def test_parts_of_a_known_doi_are_joined(typed: str) -> None:
    """The end of a line or a space may split a DOI at a slash or a full stop."""
    assert join_split_identifiers(read(typed), knows) == [Value("doi", "10.1000/fern.31")]


@pytest.mark.parametrize("typed", ["10.1000/fern. 32", "10.1000 fern", "fern.31 moss", "10.5 moss"])
def test_what_no_paper_has_stays_apart(typed: str) -> None:
    """Nothing is joined to an identifier that no paper has."""
    parts = read(typed)
    assert join_split_identifiers(parts, knows) == parts


def test_a_list_of_known_numbers_is_read_as_identifiers() -> None:
    """A number beside a word, an unknown one and a short one are words."""
    listed = [Value("id", "3141592"), Value("id", "2718281")]
    assert read_numbers(read("3141592, 2718281"), knows) == listed
    for typed in ("3141592 cells", "3141592 1", "3141592 2020", "3141592 5555555"):
        assert read_numbers(read(typed), knows) == read(typed)


def test_few_queries_may_have_split_identifiers() -> None:
    """Only a word that begins a DOI, or nothing but numbers, is looked up."""
    assert has_split_identifier(list_leaves(parse("10.1000/ fern").query))
    assert has_split_identifier(list_leaves(parse("3141592 2718281").query))
    assert not has_split_identifier(list_leaves(parse("10.5 fern 31").query))
