"""Check that the fast reader of plain names agrees with the parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.names.parser import format_name, make_author_key, parse_name
from index.names.plain_names import read_clean_name

PIECES = st.sampled_from(
    "Wei Wang wei A. A B. JW VAN Van van der de Jr. Jr III iii Ii Team team for on The And and & "
    "dr. Dr. Prof. O'Brien D' Angelo LeCun McDonald Jean-Luc J.-P. (Paul) 0001 Müller , , 王 y e i "
    "Ramón Cajal - -- * [2] K. KIM Collaboration St. Chr. AIs -P. É. ÉÖ Æ Þór Łódź Straße İpek Ĳ "
    "D'Angelo D'A Ken'ichi o'B ' Dé-Team -Jr".split()
)
NAMES = st.lists(PIECES, min_size=1, max_size=6).map(" ".join)


LETTERS = st.text("aBcéßÖÆŁ  .-',", max_size=15)


@given(
    st.one_of(NAMES, NAMES.map(lambda name: name.replace(" ,", ",")), LETTERS, st.text(max_size=30))
)
def test_the_fast_reader_agrees_with_the_parser(text: str) -> None:
    """The fast reader returns the display form and key that the parser returns."""
    name = parse_name(text)
    assert read_clean_name(text) == (format_name(name), make_author_key(name))


@pytest.mark.parametrize(("text", "homonym", "expected"), [
    ("Aviral Kumar", "", ("Aviral Kumar", "aviral kumar")),
    ("Kumar, A.-B.", "", ("A.-B. Kumar", "a b kumar")),
    ("Wei Wang", "0002", ("Wei Wang", "wei wang 0002")),
    ("Wei Wang 0001", "0002", ("Wei Wang", "wei wang 0001")),
    ("Müller, Ann", "0003", ("Ann Müller", "ann muller 0003")),
    ("Serre, J. -P.", "", ("J.-P. Serre", "j p serre")),
    ("D'Souza, Łucja Weiß", "", ("Łucja Weiß D'Souza", "lucja weiss dsouza")),
    ("?", "0002", ("", "")),
])  # fmt: skip
def test_a_homonym_number_is_part_of_the_key(
    text: str, homonym: str, expected: tuple[str, str]
) -> None:
    """The key contains a separate number unless the name has its own or is empty."""
    assert read_clean_name(text, homonym) == expected
