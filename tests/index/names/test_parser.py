"""Check that names parse in any order, display as expected and have the right keys."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.names.parser import (
    Name,
    format_name,
    is_collaboration,
    list_initials,
    make_author_key,
    parse_name,
    read_name,
)

PARSED = [
    ("Kumar, Aviral", Name("Aviral", "Kumar")),
    ("Aviral Kumar", Name("Aviral", "Kumar")),
    ("  Aviral\u00a0 Kumar ", Name("Aviral", "Kumar")),
    ("KUMAR, AVIRAL", Name("Aviral", "Kumar")),
    ("van der Maaten, Laurens", Name("Laurens", "van der Maaten")),
    ("Laurens van der Maaten", Name("Laurens", "van der Maaten")),
    ("Santiago Ramón y Cajal", Name("Santiago", "Ramón y Cajal")),
    ("García Márquez, Gabriel", Name("Gabriel", "García Márquez")),
    ("King, Jr., Martin Luther", Name("Martin Luther", "King", "Jr.")),
    ("King, Martin Luther, Jr", Name("Martin Luther", "King", "Jr.")),
    ("King Jr., Martin Luther", Name("Martin Luther", "King", "Jr.")),
    ("Martin Luther King Jr.", Name("Martin Luther", "King", "Jr.")),
    ("Martin Luther King, Jr.", Name("Martin Luther", "King", "Jr.")),
    ("Hal Daumé Iii", Name("Hal", "Daumé", "III")),
    ("Jong II Park", Name("Jong II", "Park")),
    ("Wei Wang 0001", Name("Wei", "Wang", "", "0001")),
    ("Wang 0001, Wei", Name("Wei", "Wang", "", "0001")),
    ("Wang, Wei 0001", Name("Wei", "Wang", "", "0001")),
    ("O'Brien, Conan", Name("Conan", "O'Brien")),
    ("James O’ Neill", Name("James", "O'Neill")),
    ("Samelson,K.", Name("K.", "Samelson")),
    ("Perlis, A. J.", Name("A. J.", "Perlis")),
    ("A.J. Perlis", Name("A. J.", "Perlis")),
    ("Udo W. Pooch", Name("Udo W.", "Pooch")),
    ("Fuchs, J. -N.", Name("J.-N.", "Fuchs")),
    ("JW Smith", Name("JW", "Smith")),
    ("JW SMITH JONES", Name("JW Smith", "Jones")),
    ("MARY-ANN O'BRIEN", Name("Mary-Ann", "O'Brien")),
    ("Hao OUYANG", Name("Hao", "Ouyang")),
    ("YI LIU", Name("YI", "LIU")),
    ("danah boyd", Name("danah", "boyd")),
    ("Plato", Name("", "Plato")),
    ("Sudha, ,", Name("", "Sudha")),
    ("Jr.", Name("", "Jr.")),
    ("李明", Name("", "李明")),
    ("高橋, 洋一", Name("", "高橋 洋一")),
    ("高橋 洋一", Name("", "高橋 洋一")),
    ("ATLAS Collaboration", Name("", "ATLAS Collaboration")),
    ("for the BABAR Collaboration", Name("", "BABAR Collaboration")),
    ("Dr.Saman Amarasinghe", Name("Saman", "Amarasinghe")),
    ("Prof. Dr. Paul Lukowicz", Name("Paul", "Lukowicz")),
    ("and Joan Gimeno", Name("Joan", "Gimeno")),
    ("Jianmin Chen*", Name("Jianmin", "Chen")),
    ("Ze Liu(†)", Name("Ze", "Liu")),
    ("Pengfei Ren⁸", Name("Pengfei", "Ren")),
    ("Sujith Ravi[2]", Name("Sujith", "Ravi")),
    ("1Radu Bogdan Rusu", Name("Radu Bogdan", "Rusu")),
    ("Issam Hadj Laradji)", Name("Issam Hadj", "Laradji")),
    ("Zhiyuan (Paul) Zhou", Name("Zhiyuan (Paul)", "Zhou")),
    ("", Name()),
    (" , ", Name()),
    (")*", Name()),
]

KEYS = [
    ("Serre, Jean-Pierre", "jean pierre serre"),
    ("Conan O’Brien", "conan obrien"),
    ("Wei Wang 0001", "wei wang 0001"),
    ("Martin Luther King, Jr.", "martin luther king jr"),
    ("Thorbjørn Łącki-Weiß", "thorbjorn lacki weiss"),
    ("Martı́n López-Garcı́a", "martin lopez garcia"),
    ("A.J. Perlis", "a j perlis"),
    ("Zhiyuan (Paul) Zhou", "zhiyuan zhou"),
    ('William "Red" Whittaker', "william whittaker"),
    ("(Paul)", "paul"),
    ("李明", "李明"),
    ("हिन्दी कुमार", "हिन्दी कुमार"),
    ("...", ""),
]

word = st.from_regex(re.compile(r"\A[A-Z][a-z]{3,9}\Z"))


@pytest.mark.parametrize(("text", "expected"), PARSED)
def test_parts(text: str, expected: Name) -> None:
    """A name in any order is split into given names, family name, suffix and number."""
    assert parse_name(text) == expected


@pytest.mark.parametrize(("text", "expected"), KEYS)
def test_key(text: str, expected: str) -> None:
    """A key omits case, accents, punctuation and nicknames and keeps the homonym number."""
    assert make_author_key(parse_name(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A. J. Perlis", ("a", "j")),
        ("Jean-Pierre Serre", ("j", "p")),
        ("Zhiyuan (Paul) Zhou", ("z",)),
        ("Øystein Linge", ("o",)),
        ("JW Smith", ("j", "w")),
        ("LIU Yi", ("l",)),
        ("Plato", ()),
        ("ATLAS Collaboration", ()),
    ],
)
def test_initials(text: str, expected: tuple[str, ...]) -> None:
    """Each given name has one folded initial; initials without periods count one by one."""
    assert list_initials(parse_name(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ATLAS Collaboration", True),
        ("Gemini Team", True),
        ("LHCb Working Group", True),
        ("Human Genome Project", True),
        ("Team", False),
        ("Team Gemini", False),
        ("Aviral Kumar", False),
        ("", False),
    ],
)
def test_collaborations(text: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    """A group of authors is recognised by its last word."""
    assert is_collaboration(text) is expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Wei Wang 0001", "Wei Wang"),
        ("King, Jr., M. L.", "M. L. King Jr."),
        ("A.J. Ng", "A. J. Ng"),
    ],
)
def test_shown_without_number(text: str, shown: str) -> None:
    """The display form has the given names first and no homonym number."""
    assert format_name(parse_name(text)) == shown


@given(st.text(max_size=60) | st.text("aB,. -'()\"1&;ïΣİß李", max_size=25))
def test_round_trip(text: str) -> None:
    """Any text can be parsed, and its display form has the same key except for the number."""
    name = parse_name(text)
    again = make_author_key(parse_name(format_name(name)))
    assert f"{again} {name.homonym}".strip() == make_author_key(name)
    assert read_name(text) == (format_name(name), make_author_key(name))
    assert bool(name.family) == bool(make_author_key(name))


@given(st.text("aBéßŁĲŉǅ  .,-'", max_size=20))
def test_cleaning_changes_no_plain_name(text: str) -> None:
    """A name of plain letters, which skips cleaning, parses as it would with cleaning.

    A footnote mark is not part of a name, but it makes the parser clean the name.
    """
    assert parse_name(text) == parse_name(f"{text}†")


@given(st.lists(word, min_size=1, max_size=3), word)
def test_order_is_free(firsts: list[str], last: str) -> None:
    """The forms "Last, First" and "First Last" have the same key."""
    first = " ".join(firsts)
    assert read_name(f"{last}, {first}")[1] == read_name(f"{first} {last}")[1]


@given(st.lists(st.text("abcxyzäçéñøšß", min_size=2, max_size=8), min_size=1, max_size=4))
def test_case_and_accents_are_free(words: list[str]) -> None:
    """Case and accents never change a key."""
    text = " ".join(words)
    plain = text.translate(str.maketrans("äçéñøš", "acenos"))
    assert {read_name(form)[1] for form in (text.title(), text.upper(), plain)} == {
        read_name(text)[1]
    }


def test_a_long_text_is_not_cached() -> None:
    """A very long "name" is parsed completely and is not cached."""
    shown, key = read_name("Ab, " * 100_000)
    assert len(key) == len(shown) == 299_999


def test_a_number_in_brackets_is_no_part_of_a_name() -> None:
    """Figshare adds the number of a person; a nickname stays."""
    assert format_name(parse_name("Ann B. Lee (15649)")) == "Ann B. Lee"
    assert format_name(parse_name("Lee (15649), Ann")) == "Ann Lee"
    assert format_name(parse_name("Ann (Anny) Lee")) == "Ann (Anny) Lee"
