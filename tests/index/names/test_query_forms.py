"""Check the phrases that a typed name searches."""

import pytest

from index.names.query_forms import list_query_forms

ASKED = [  # a typed name, its phrases; after | only matched at the start of a name
    ("Kumar, A", "| a kumar/| a. kumar/| a. . kumar"),
    ("Kumar, Aviral", "| aviral kumar/| a. kumar/| a. . kumar"),
    ("Kumar, Aviral V.", "| aviral v kumar/| aviral v. kumar/| a. kumar/| a. v. kumar"),
    ("Kumar, AK", "| ak kumar/| a k kumar"),
    ("Aviral Kumar", "aviral kumar/| a. kumar/| a. . kumar/kumar aviral"),
    ("Kumar A", "kumar a/| k. a/| k. . a/| a kumar/| a. kumar/| a. . kumar"),
    ("Müller", "muller/mueller"),
    ("Fox-Lane", "fox lane/foxlane"),
    ("Al-Go, A", "| a al go/| a. al go/| a. . al go/| a algo/| a. algo/| a. . algo"),
    ("", ""),
]  # fmt: skip

POSSIBLE = [  # a typed name, its phrases in which a short word is a row of initials
    ("li qu", "| l i qu/| q u li"),
    ("qu, li", "| l i qu"),
    ("Qu, Li", ""),
    ("Li Qu", ""),
    ("li ng", "| l i ng/| n g li"),
    ("roux mja", "| m j a roux"),
    ("roux jl", ""),
    ("Roux JA", ""),
    ("ROUX JA", "| j a roux"),
    ("roux ja", "| j a roux"),
    ("ng a", ""),
    ("Paz Gil JR", "| j r paz gil"),
    ("Paz Gil, Jr.", ""),
    ("王 伟", ""),
    ("Ida Roux", ""),
]


def phrases(text: str) -> set[tuple[str, ...]]:
    """Parse phrases that are separated by slashes."""
    return {tuple(phrase.split()) for phrase in text.split("/") if phrase}


@pytest.mark.parametrize(("name", "expected"), ASKED)
def test_phrases_of_a_typed_name(name: str, expected: str) -> None:
    """A typed name searches its phrases; without a comma the family name may come first."""
    assert set(list_query_forms(name).likely) == phrases(expected)


@pytest.mark.parametrize(("name", "expected"), POSSIBLE)
def test_a_short_word_may_be_initials(name: str, expected: str) -> None:
    """Capitals beside small letters, and letters without a vowel, are likely to be initials."""
    assert set(list_query_forms(name).possible) == phrases(expected)


def test_a_surname_typed_apart_is_no_given_name() -> None:
    """A surname of two typed words is searched as one word behind a given name."""
    assert ("|", "", "oshea") in list_query_forms("O Shea").likely
    assert ("|", "", "vandenhoek") in list_query_forms("van den Hoek").likely


@pytest.mark.parametrize("length", [2, 6, 7, 400])
def test_a_long_text_has_few_phrases(length: int) -> None:
    """The number of phrases does not grow with the length of a text that is no name."""
    forms = list_query_forms(" ".join(["ann"] * length))
    assert len(forms.likely) + len(forms.possible) < 100
