"""Check the phrases of indexed names and that typed names match them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import BREAK, FIRST
from index.names.plain_names import CAPITALS, SMALL
from index.names.query_forms import list_query_forms
from index.names.variants import list_index_forms, spell_out

INDEXED = [  # a name, its phrases
    ("Aviral Kumar", "aviral kumar/a kumar"),
    ("A. Kumar", "a kumar/a. kumar"),
    ("A. F. Kumar", "a f kumar/a. f. kumar/a. . kumar"),
    ("JW Smith", "jw smith/j w smith/j. w. smith/j. . smith"),
    ("Anil F. Kumar", "anil f kumar/a f kumar/anil kumar/a kumar/anil f. kumar"),
    ("Ana Paz Gil", "ana paz gil/a p gil/ana gil/a gil/ana p gil/a paz gil/anapaz gil"),
    (
        "Jean-Luc Roux",
        "jean luc roux/j l roux/jean roux/j roux/jean l roux/j luc roux/jeanluc roux",
    ),
    ("J.-L. Roux", "j l roux/j. l. roux/j. . roux"),
    (
        "Chuanzhang Akhil Rao",
        "chuanzhang akhil rao/c a rao/chuanzhang rao/c rao/chuanzhang a rao/c akhil rao",
    ),
    (
        "L. van der Maaten",
        "l van der maaten/l. van der maaten/l maaten/l. maaten/l vandermaaten/l. vandermaaten",
    ),
    (
        "Jan Van Dijk",
        "jan van dijk/j v dijk/jan dijk/j dijk/jan v dijk/j van dijk/jan vandijk/j vandijk",
    ),
    ("Ida Ben-Ari", "ida ben ari/i ben ari/ida benari/i benari"),
    ("Cian O Shea", "cian o shea/c o shea/cian shea/c shea/cian o. shea/cian oshea/c oshea"),
    ("Cian O. Shea", "cian o shea/c o shea/cian shea/c shea/cian o. shea"),
    ("Ida Al-Sayed", "ida al sayed/i al sayed/ida alsayed/i alsayed/ida sayed/i sayed"),
    ("A. Paz Gil", "a paz gil/a p gil/a gil/a. paz gil/a. gil"),
    ("Roux JL", "roux jl/r jl/j l roux/j. l. roux/j. . roux"),
    ("Roux J. L.", "roux j l/r j l/roux l/r l/roux j. l/j l roux/j. l. roux/j. . roux"),
    ("Paz Gil K", "paz gil k/p g k/paz k/p k/paz g k/p gil k/k paz gil/k. paz gil/pazgil k"),
    ("KJE Roux", "kje roux/k roux/k j e roux/k. j. e. roux/k. . roux/k j roux"),
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
    ("Laurens van der Maaten", "vandermaaten/maaten"),
    ("Jürgen Müller", "muller/mueller"),
    ("Gabriel García Márquez", "marquez"),
    ("García Márquez, Gabriel", "marquez"),
    ("Roux JL", "roux/jl"),
    ("Plato", ""),
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


def phrases(text: str, mark: str = "") -> set[tuple[str, ...]]:
    """Parse phrases that are separated by slashes."""
    return {tuple(f"{mark} {phrase}".split()) for phrase in text.split("/") if phrase}


def split(joined: str) -> list[tuple[str, ...]]:
    """Split joined phrases into phrases of words."""
    return [tuple(phrase.split()) for phrase in joined.split(BREAK) if phrase]


@pytest.mark.parametrize(("name", "expected"), INDEXED)
def test_phrases_of_a_name(name: str, expected: str) -> None:
    """A name is indexed as written, with initials, without particles and with ü spelled out."""
    assert set(split(list_index_forms(name).phrases)) == phrases(expected)


@pytest.mark.parametrize(("name", "expected"), FIRSTS)
def test_phrases_of_a_first_author(name: str, expected: str) -> None:
    """A first author is also indexed by a family name of one word, without particles or joined."""
    assert set(split(list_index_forms(name).first_phrases)) == phrases(expected, FIRST)


def test_spell_out() -> None:
    """Letters that German and Danish spell out are replaced; all others stay."""
    assert spell_out("Ärger über Öl, Åse Bjørn, Łódź") == "Aerger ueber Oel, Aase Bjoern, Łódź"


@pytest.mark.parametrize(("name", "expected"), SORTED)
def test_a_name_is_sorted_by_its_family_name(name: str, expected: str) -> None:
    """The family name comes first, with its particles and without its suffix."""
    assert list_index_forms(name).family_first == expected


INITIALS = ["T.", "D.", "O.", "T", "O", "A.", "Ana", "Hooft", "Silva", "O'Neil", "Müller", "de"]
"""Parts among which a letter may be an initial, or join the word after it."""


@pytest.mark.parametrize("part", PARTS)
def test_plain_parts_take_either_path(part: str) -> None:
    """The fast path for plain names yields the phrases of the general one.

    A footnote mark is not part of a name, but it makes a name take the general path.
    """
    names = [place.format(part) for place in PLACES]
    assert [*map(list_index_forms, names)] == [list_index_forms(f"{name}†") for name in names]


@given(
    st.text("aBc .-", max_size=15)
    | st.text("aBCéßæüÖÅÆŁ .-'", max_size=15)
    | st.lists(st.sampled_from(PARTS), max_size=5).map(" ".join)
    | st.lists(st.sampled_from(INITIALS), max_size=5).map(" ".join)
)
def test_any_name_takes_either_path(name: str) -> None:
    """Whenever the fast path is taken, it yields what the general one yields."""
    assert list_index_forms(name) == list_index_forms(f"{name}†")


@pytest.mark.parametrize("letter", sorted({*SMALL, *CAPITALS} - {"-"}))
def test_every_letter_takes_either_path(letter: str) -> None:
    """A letter may be the first, the last or the only one of a name."""
    words = (letter, f"{letter}.", f"A{letter}", f"{letter}o", f"Jo-{letter}.")
    names = [place.format(word) for word in words for place in PLACES]
    assert [*map(list_index_forms, names)] == [list_index_forms(f"{name}†") for name in names]


@pytest.mark.parametrize("name", ["A" + 120 * "b", "Ö" + 60 * "ß", "J. " + 99 * "B-" + 99 * "Ab"])
def test_long_names_take_either_path(name: str) -> None:
    """A word longer than a token may be is truncated on both paths."""
    assert list_index_forms(f"Ana {name} Gil") == list_index_forms(f"Ana {name} Gil†")


@given(NAMES)
def test_a_name_finds_itself(name: str) -> None:
    """An indexed name matches when it is typed as written."""
    typed = {form[1:] if form[0] == BREAK else form for form in list_query_forms(name).likely}
    indexed = set(split(list_index_forms(name).phrases))
    assert typed & indexed or not indexed


@given(NAMES)
def test_phrases_consist_of_words(name: str) -> None:
    """No phrase is empty, and no word is empty or contains a space or a reserved token.

    In a typed name, an empty word after `BREAK` stands for any word.
    """
    forms = [form for part in list_query_forms(name) for form in part]
    typed = [form[1 + (form[1] == "") :] if form[0] == BREAK else form for form in forms]
    for phrase in [*split(list_index_forms(name).phrases), *typed]:
        assert phrase
        assert all(word and word.split() == [word] for word in phrase)
        assert not {BREAK, FIRST} & set(phrase)
