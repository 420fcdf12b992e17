"""Check that lists of authors are split into names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.names.author_lists import split_names

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
