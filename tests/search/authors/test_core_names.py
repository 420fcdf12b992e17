"""Check `search.authors.core_names`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.authors.core_names import may_be_same, reduce_name, reduce_parsed

SAME = [
    ("Geoffrey Hinton", "Geoffrey E. Hinton"),
    ("Geoffrey Hinton", "Hinton, G. E."),
    ("Min-Jun Kim", "Minjun Kim"),
    ("Laurens van der Maaten", "Maaten, Laurens"),
    ("Wei Wang 0001", "WEI WANG"),
    ("José García", "Jose Garcia"),
    ("J. Smith", "J. A. Smith"),
]
DIFFERENT = [
    ("Geoffrey Hinton", "Grace Hinton"),
    ("Geoffrey Hinton", "Geoffrey Hint"),
    ("J. A. Smith", "J. B. Smith"),
    ("G. Hinton", "Anna Hinton"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_may_be_the_same(one: str, other: str) -> None:
    """The order of both does not matter."""
    assert may_be_same(reduce_name(one), reduce_name(other))
    assert may_be_same(reduce_name(other), reduce_name(one))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_are_not_the_same(one: str, other: str) -> None:
    """Another first name, family name or initial makes another name."""
    assert not may_be_same(reduce_name(one), reduce_name(other))


def test_initials_have_no_first_name() -> None:
    """Initials that are written together are initials too."""
    assert reduce_name("JW Smith") == ("", "smith", ("j", "w"))
    assert reduce_name("John Smith") == ("john", "smith", ("j",))


@given(
    st.from_regex(r"[A-Z][a-z]{1,40}|And|Van|De|Team|Jr|Ii", fullmatch=True),
    st.sampled_from(["", "E. ", "E ", "y ", "Van ", "Jr "]),
    st.from_regex(r"[A-Z][a-z]{1,40}|Team|Jr|Iii|Group|Van|And", fullmatch=True),
)
def test_matching_a_plain_name_is_the_same_as_parsing_it(
    first: str, middle: str, family: str
) -> None:
    """Names that have a special word, such as `Atlas Team`, are parsed."""
    text = f"{first} {middle}{family}"
    assert reduce_name(text) == reduce_parsed(text)
