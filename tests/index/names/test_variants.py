"""Answers: under which rows is a name found, and do typed forms meet them?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import BREAK, FIRST
from index.names.plain_names import CAPITALS, SMALL
from index.names.variants import list_index_forms, list_query_forms, spell_out

INDEXED = [  # a name, its rows
    ("Aviral Kumar", "aviral kumar/a kumar"),
    ("A. Kumar", "a kumar/a. kumar"),
    ("A. F. Kumar", "a f kumar/a. f. kumar/a. . kumar"),
    ("JW Smith", "jw smith/j w smith/j. w. smith/j. . smith"),
    ("Anil F. Kumar", "anil f kumar/a f kumar/anil kumar/a kumar/anil f. kumar"),
    ("Ana Paz Gil", "ana paz gil/a p gil/ana gil/a gil/ana p gil/a paz gil"),
    ("Jean-Luc Roux", "jean luc roux/j l roux/jean roux/j roux/jean l roux/j luc roux"),
    ("Laurens van der Maaten", "laurens van der maaten/l van der maaten/laurens maaten/l maaten"),
    ("L. van der Maaten", "l van der maaten/l. van der maaten/l maaten/l. maaten"),
    ("Jan Van Dijk", "jan van dijk/j v dijk/jan dijk/j dijk/jan v dijk/j van dijk"),
    ("Jürgen Müller", "jurgen muller/j muller/juergen mueller/j mueller"),
    ("Søren Åberg", "soren aberg/s aberg/soeren aaberg/s aaberg"),
    ("Groß", "gross"),
    ("Plato", "plato"),
    ("王伟", "王 伟"),
    ("ATLAS Collaboration", "atlas collaboration"),
    ("", ""),
]
FIRSTS = [
    ("Aviral Kumar", "kumar"),
    ("V. A. Kumar", "kumar"),
    ("Laurens van der Maaten", "van der maaten/maaten"),
    ("Jürgen Müller", "muller/mueller"),
    ("Gabriel García Márquez", "marquez/garcia marquez"),
    ("García Márquez, Gabriel", "garcia marquez"),
    ("Plato", ""),
]
ASKED = [  # a typed name, its rows; those after | are only found at the start of a name
    ("Kumar, A", "| a kumar/| a. kumar/| a. . kumar"),
    ("Kumar, Aviral", "| aviral kumar/| a. kumar/| a. . kumar"),
    ("Kumar, Aviral V.", "| aviral v kumar/| aviral v. kumar/| a. kumar/| a. v. kumar"),
    ("Kumar, AK", "| ak kumar/| a k kumar"),
    ("Aviral Kumar", "aviral kumar/| a. kumar/| a. . kumar/kumar aviral"),
    ("Kumar A", "kumar a/| k. a/| k. . a/| a kumar/| a. kumar/| a. . kumar"),
    ("Müller", "muller/mueller"),
    ("", ""),
]
PARTS = (
    "Ana J. J JW J.-P. Min-su Min-Su McDonald DeVito kumar Kumar Lee-Jones X-Y van De El Al Le "
    "and And Dr. Dr for The Jr Jr. III Iv Sr Team Group. Collaboration y E e LIU Yi Y.-a. Chr. "
    "José Müller-Straße Ö. É. Łódź Øye Dé Æsa Æ. Þór ÉÖ İpek Ĳsbrand D'Souza O'Brien-Å D'A Ken'ichi"
).split()
PLACES = ["{}", "{} Lee", "Ana {}", "Ana {} Lee", "{} J. Lee", "Ana J. {}", "Ana Paz {} Gil"]
SORTED = [
    ("Aviral Kumar", "kumar aviral"),
    ("Guy L. Steele Jr.", "steele guy l"),
    ("Jürgen Müller", "muller jurgen"),
    ("Laurens van der Maaten", "van der maaten laurens"),
    ("Plato", "plato"),
    ("", ""),
]
NAMES = st.text("aBüØß. ,'-vander王JR", max_size=30) | st.text(max_size=20)


def rows(text: str, mark: str = "") -> set[tuple[str, ...]]:
    """Read rows that are written with slashes between them."""
    return {tuple(f"{mark} {row}".split()) for row in text.split("/") if row}


def split(joined: str) -> list[tuple[str, ...]]:
    """Cut joined rows into rows of words."""
    return [tuple(row.split()) for row in joined.split(BREAK) if row]


@pytest.mark.parametrize(("name", "expected"), INDEXED)
def test_rows_of_a_name(name: str, expected: str) -> None:
    """A name is found as written, by initials, without particles and with ü spelt out."""
    assert set(split(list_index_forms(name).rows)) == rows(expected)


@pytest.mark.parametrize(("name", "expected"), FIRSTS)
def test_rows_of_a_first_author(name: str, expected: str) -> None:
    """A first author is found by the family name alone, with its particles and without."""
    assert set(split(list_index_forms(name).alone)) == rows(expected, FIRST)


@pytest.mark.parametrize(("name", "expected"), ASKED)
def test_rows_of_a_typed_name(name: str, expected: str) -> None:
    """A typed name asks for its rows; without a comma the family name may stand first."""
    assert set(list_query_forms(name)) == rows(expected)


def test_spelt_out() -> None:
    """What Germans and Danes write with two letters is; other letters stay."""
    assert spell_out("Ärger über Öl, Åse Bjørn, Łódź") == "Aerger ueber Oel, Aase Bjoern, Łódź"


@pytest.mark.parametrize(("name", "expected"), SORTED)
def test_a_name_is_sorted_by_its_family_name(name: str, expected: str) -> None:
    """The family name comes first, with its particles and without its suffix."""
    assert list_index_forms(name).family_first == expected


@pytest.mark.parametrize("part", PARTS)
def test_a_plain_name_is_read_like_any_other(part: str) -> None:
    """The short way that plain names go gives the rows that the long one gives.

    A footnote's mark is no part of a name, but it makes a name go the long way.
    """
    for place in PLACES:
        name = place.format(part)
        assert list_index_forms(name) == list_index_forms(f"{name}†")


@given(
    st.text("aBc .-", max_size=15)
    | st.text("aBCéßæüÖÅÆŁ .-'", max_size=15)
    | st.lists(st.sampled_from(PARTS), max_size=5).map(" ".join)
)
def test_letters_and_signs_are_read_the_same_on_either_way(name: str) -> None:
    """Wherever the short way is taken, it gives what the long one gives."""
    assert list_index_forms(name) == list_index_forms(f"{name}†")


@pytest.mark.parametrize("letter", sorted({*SMALL, *CAPITALS} - {"-"}))
def test_every_letter_is_read_the_same_on_either_way(letter: str) -> None:
    """A letter of plain names may be first or last in a name, or all of it."""
    for name in (letter, f"{letter}.", f"A{letter}", f"{letter}o", f"Jo-{letter}."):
        for place in PLACES:
            text = place.format(name)
            assert list_index_forms(text) == list_index_forms(f"{text}†")


@pytest.mark.parametrize("name", ["A" + 120 * "b", "Ö" + 60 * "ß", "J. " + 99 * "B-" + 99 * "Ab"])
def test_long_names_are_read_the_same_on_either_way(name: str) -> None:
    """What is longer than a token may be is cut."""
    assert list_index_forms(f"Ana {name} Gil") == list_index_forms(f"Ana {name} Gil†")


@given(NAMES)
def test_a_name_finds_itself(name: str) -> None:
    """Whatever is indexed is found when it is typed as it stands."""
    asked = {row[1:] if row[0] == BREAK else row for row in list_query_forms(name)}
    rows_found = set(split(list_index_forms(name).rows))
    assert asked & rows_found or not rows_found


@given(NAMES)
def test_rows_are_rows_of_words(name: str) -> None:
    """No row is empty, has an empty word, a space in a word, or a mark of the fields' own."""
    asked = [row[1:] if row[0] == BREAK else row for row in list_query_forms(name)]
    for row in [*split(list_index_forms(name).rows), *asked]:
        assert row
        assert all(word and word.split() == [word] for word in row)
        assert not {BREAK, FIRST} & set(row)
