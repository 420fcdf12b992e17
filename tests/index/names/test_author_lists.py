"""Check that lists of authors are split into names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.names.author_lists import drop_nobody, invert_names, split_names

LISTS = [
    ("A; B; C", ["A", "B", "C"]),
    ("Kumar, Aviral; Levine, Sergey", ["Kumar, Aviral", "Levine, Sergey"]),
    ("Ann Lee; ; Bob Ray;", ["Ann Lee", "Bob Ray"]),
    ("A and B", ["A", "B"]),
    ("A, B and C", ["A", "B", "C"]),
    ("Ann Lee, Bob Ray, and Cy Tan", ["Ann Lee", "Bob Ray", "Cy Tan"]),
    ("Kumar, Aviral and Levine, Sergey", ["Kumar, Aviral", "Levine, Sergey"]),
    ("Kumar, Aviral\nand Sergey Levine", ["Kumar, Aviral", "Sergey Levine"]),
    ("Kumar, Aviral and others", ["Kumar, Aviral"]),
    ("Ann Lee, Bob Ray et al.", ["Ann Lee", "Bob Ray"]),
    ("Ann Lee, Bob Ray Et. Al", ["Ann Lee", "Bob Ray"]),
    ("Ann Lee, Bob Ray", ["Ann Lee", "Bob Ray"]),
    ("Mausam, Ann Lee, Bob Ray", ["Mausam", "Ann Lee", "Bob Ray"]),
    ("Guy L. Steele, Jr., Ann Lee", ["Guy L. Steele Jr.", "Ann Lee"]),
    ("Kumar, A., Levine, S.-J.", ["Kumar, A.", "Levine, S.-J."]),
    ("Kumar, Aviral", ["Kumar, Aviral"]),
    ("García Márquez, Gabriel", ["García Márquez, Gabriel"]),
    ("van der Maaten, Laurens J. P.", ["van der Maaten, Laurens J. P."]),
    ("King, Jr., Martin Luther", ["King, Jr., Martin Luther"]),
    ("Anderson, Andy and Sandy Andrews", ["Anderson, Andy", "Sandy Andrews"]),
    ("Science and Technology Group", ["Science and Technology Group"]),
    ("LIGO Collaboration and Virgo Collaboration", ["LIGO Collaboration", "Virgo Collaboration"]),
    ("Ann Lee and Bob Ray for the LUMEN Group", ["Ann Lee", "Bob Ray", "LUMEN Group"]),
    ("Ann Lee and Bob Ray and the LUMEN Group", ["Ann Lee", "Bob Ray", "LUMEN Group"]),
    ("R. Vidal;R. Vidal", ["R. Vidal"]),
    ("Ann Lee; Bob Ray; Ann Lee; Bob Ray", ["Ann Lee", "Bob Ray"]),
    ("Jie Zhou; Le Tian; Jie Zhou", ["Jie Zhou", "Le Tian", "Jie Zhou"]),
    (" and ", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_lists(text: str, expected: list[str]) -> None:
    """A list is split at semicolons, else at "and", else at commas between whole names."""
    assert split_names(text) == expected


@given(st.text(max_size=200) | st.text("aB,;& \nand", max_size=60))
def test_lists_never_fail(text: str) -> None:
    """Any text can be split; no name is empty or begins or ends with a separator."""
    assert all(name and name == name.strip(" ,;\t\r\n") for name in split_names(text))


INVERTED = [
    (["Muster E.M.", "van der Tann J."], ["E.M. Muster", "J. van der Tann"]),
    (["Muster E.M."], ["E.M. Muster"]),
    (["Lee A", "Tann BC"], ["A Lee", "BC Tann"]),
    (["Ivanov Yu.A.", "O'Tann Ch."], ["Yu.A. Ivanov", "Ch. O'Tann"]),
    (["\u00d6rn \u00c5.", "Dupont J.-P."], ["\u00c5. \u00d6rn", "J.-P. Dupont"]),
    (
        ["\u0418\u0432\u0430\u043d\u043e\u0432 \u0418.\u0418."],
        ["\u0418.\u0418. \u0418\u0432\u0430\u043d\u043e\u0432"],
    ),
    (["Tann GL Jr", "Doe J 3rd", "Roe K II"], ["GL Tann Jr", "J Doe III", "K Roe II"]),
    (
        ["Lee A", "World Tide Organization", "Tann B"],
        ["A Lee", "World Tide Organization", "B Tann"],
    ),
    (["Li X", "Wang Y"], ["X Li", "Y Wang"]),
    (["Li X", "Y Wang"], []),
    (["X Li", "Y Wang"], []),
    (["J. Roe K.", "Lee A."], []),
    (["Malcolm X"], []),
    (["Lee A."], []),
    (["Malcolm X", "Ann Lee"], []),
    (["Lee, A.", "Tann B."], []),
    (["Bo XU", "Ming WANG"], []),
    (["Ann LEE", "Bob RAY"], []),
    (
        ["Lee A", "Tann BC", "Roe K", "Dune Study Investigators"],
        ["A Lee", "BC Tann", "K Roe", "Dune Study Investigators"],
    ),
    (["Lee A", "Tann BC", "Dune Study Investigators"], []),
    (["Bo XU", "Ana LI", "Wei WU", "Ann Lee"], []),
    (["Malcolm X", "Ann Lee", "Bob Ray", "Eve Tann"], []),
    (["Plato"], []),
    ([], []),
]


@pytest.mark.parametrize(("names", "expected"), INVERTED)
def test_names_are_turned_if_the_whole_list_says_so(names: list[str], expected: list[str]) -> None:
    """All people of a list end in initials, or none is turned."""
    found = invert_names(names)
    parts = [(one.given, one.name or one.family, one.suffix) for one in found]
    assert [" ".join(filter(None, part)) for part in parts] == expected


def test_a_known_source_needs_one_name() -> None:
    """A single name is turned if its source is known to write the family name first."""
    assert [one.family for one in invert_names(["Lee A"], certain=True)] == ["Lee"]
    assert not invert_names(["Ann Lee"], certain=True)
    assert not invert_names(["Ming WANG"], certain=True)


@given(st.lists(st.text("aB. -'\u00c9\u0416,J", max_size=30), max_size=4), st.booleans())
def test_turning_never_fails(names: list[str], certain: bool) -> None:  # noqa: FBT001
    """Any names give all of them or none."""
    assert len(invert_names(names, certain=certain)) in (0, len(names))


def test_placeholders_name_nobody() -> None:
    """What stands for authors who are not named is dropped."""
    names = ["Ann Lee", "et al.", "[Anonymous]", "Anon", "Others"]
    assert drop_nobody(names) == ["Ann Lee"]
