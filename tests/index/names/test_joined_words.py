"""Check which parts of a name are joined."""

import pytest

from index.names.joined_words import (
    LONGEST_NAME,
    is_joiner,
    join_particles,
    join_syllables,
    remove_hyphens,
)


@pytest.mark.parametrize(("text", "expected"), [
    ("van der Hoek", "vanderHoek"), ("Piet van den Hoek", "Piet vandenHoek"),
    ("O Shea", "OShea"), ("d angelo r", "dangelo r"), ("'t Zand", "'tZand"), ("Mc Rae", "McRae"),
    ("De La Torre, Ana", "DeLaTorre, Ana"), ("O. Shea", "O. Shea"), ("Hoek van", "Hoek van"),
    ("Shea O", "Shea O"), ("van L", "van L"),
    ("Min-De Roy", "Min-De Roy"), ("Alvan Roy", "Alvan Roy"), ("", ""),
])  # fmt: skip
def test_particles_join_the_next_word(text: str, expected: str) -> None:
    """Particles and letters of elision join a word of two letters or more."""
    assert join_particles(text) == expected


def test_a_long_text_is_no_name() -> None:
    """Joining takes time that grows with the square of a row of particles, so it is limited."""
    text = "o " * LONGEST_NAME + "Shea"
    assert join_particles(text) == text


@pytest.mark.parametrize(("text", "expected"), [
    ("Seo-Jun Kang", "SeoJun Kang"), ("J.-L. Aubert", "J.-L. Aubert"), ("X-Y", "X-Y"),
    ("Fox-Lane-Roy", "FoxLaneRoy"), ("J-Luc", "J-Luc"),
])  # fmt: skip
def test_hyphens_between_words_are_removed(text: str, expected: str) -> None:
    """A hyphen between initials stays."""
    assert remove_hyphens(text) == expected


@pytest.mark.parametrize(("given", "expected"), [
    ("seo jun", "seojun"), ("seo jun k", "seojun k"), ("seo", ""), ("s jun", ""), ("seo j", ""),
    ("gabriela ines", ""), ("jan van", ""), ("", ""),
])  # fmt: skip
def test_short_given_names_may_be_one(given: str, expected: str) -> None:
    """Two given names of at most six letters each may be one word; particles are none."""
    assert join_syllables(given.split()) == expected.split()


@pytest.mark.parametrize(("word", "after", "expected"), [
    ("van", "Hoek", True), ("Mc", "Rae", True), ("O", "Shea", True), ("O.", "Shea", False),
    ("D", "Angelo", True), ("D", "Martin", False), ("D", "Souza", True), ("'t", "Zand", True),
    ("M", "Roy", False), ("Anna", "Roy", False),
])  # fmt: skip
def test_a_joiner_belongs_to_the_next_word(word: str, after: str, *, expected: bool) -> None:
    """A letter joins the words that it begins in some language; an initial has a period."""
    assert is_joiner(word, after) == expected
