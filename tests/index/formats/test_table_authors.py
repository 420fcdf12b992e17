"""Test that the authors of a table's cell are read in all forms that people and programs write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats.table_authors import convert_authors
from index.normalise.paper import normalise
from index.records import RawRecord, Source
from tests.support.cost import Work, grows_linearly

HOLM = "Åse Holm"

CELLS: list[tuple[str, list[str]]] = [
    ("['Holm, Åse', 'Quist, Bo']", [HOLM, "Bo Quist"]),
    ('["Åse Holm", null]', [HOLM]),
    ("['Åse Holm' 'Bo Quist']", [HOLM, "Bo Quist"]),
    ("['Åse Holm; Bo Quist']", [HOLM, "Bo Quist"]),
    ("['Holm Dahl, Åse Li']", ["Åse Li Holm Dahl"]),
    ("['Holm Å.', 'Quist B.']", ["Å. Holm", "B. Quist"]),
    ("[{'authorId': '7', 'name': 'Åse Holm'}, {'authorId': '8', 'name': None}]", [HOLM]),
    ("[{'given': 'Åse', 'family': 'Holm', 'sequence': 'first'}]", [HOLM]),
    ("[{'name': 'Harbour Group, Kiel', 'sequence': 'first'}]", ["Harbour Group Kiel"]),
    ("[{'firstName': 'Åse', 'lastName': 'Holm'}]", [HOLM]),
    ("[{'author': {'display_name': 'Åse Holm'}, 'institutions': []}]", [HOLM]),
    ("{'name': 'Åse Holm'}", [HOLM]),
    ("[['Holm', 'Åse', ''], ['Quist', 'Bo', 'Jr.']]", [HOLM, "Bo Quist Jr."]),
    ("[('Åse Holm', 'Kiel'), ()]", [HOLM]),
    ("[Åse Holm, Bo Quist]", [HOLM, "Bo Quist"]),
    ("Holm, Åse|Quist, Bo", [HOLM, "Bo Quist"]),
    ("Åse Holm\nBo Quist", [HOLM, "Bo Quist"]),
    ("Åse Holm,\nBo Quist", [HOLM, "Bo Quist"]),
    ("Holm, Åse; Quist, Bo (Eds.)", [HOLM, "Bo Quist"]),
    ("Å Holm, B Quist\u2026", ["Å Holm", "B Quist"]),
    ("Å Holm, B Quist...", ["Å Holm", "B Quist"]),
    ("Holm ÅB, Quist BC.", ["ÅB Holm", "BC Quist"]),
    ("Na", ["Na"]),
    ("Null, Bo", ["Bo Null"]),
    *((none, []) for none in ("NA", "N/A", "nan", "None", "NULL", "[]", "-", "?", "")),
]  # fmt: skip

GLUED: list[tuple[str, list[str]]] = [
    ("Åse HolmBo Quist", [HOLM, "Bo Quist"]),
    ("Åse HolmÖmer AkÉva Kis", [HOLM, "Ömer Ak", "Éva Kis"]),
    ("Bo McAdamÅse Holm", ["Bo McAdam", HOLM]),
    ("Bo DeLangeÅse MacLeod", ["Bo DeLange", "Åse MacLeod"]),
    ("Bo (Bob) QuistÅse Holm", ["Bo Quist", HOLM]),
    ("B. QuistÅ. Holm", ["B. Quist", "Å. Holm"]),
    ("Bo Quist Jr.Åse Holm", ["Bo Quist Jr.", HOLM]),
    ("Åse Holm", [HOLM]),
    ("QuistGroup", ["QuistGroup"]),
    ("Åse Holm; Bo Quist", [HOLM, "Bo Quist"]),
]  # fmt: skip


def read_names(cell: str, *, glued: bool = False) -> list[str]:
    """Return the names that a cell's authors have in the index, without dots and hyphens."""
    authors = tuple(convert_authors(cell, glued=glued))
    paper = normalise(RawRecord(Source("d.csv", "", 1, 0), "csv", "x", "T", authors=authors))
    return [author.name.removesuffix(" (Bob)") for author in paper.authors]


@pytest.mark.parametrize(("cell", "names"), CELLS)
def test_authors(cell: str, names: list[str]) -> None:
    """Lists of names, of parts and of mappings are read as such, placeholders as nobody."""
    assert read_names(cell) == names


@pytest.mark.parametrize(("cell", "names"), GLUED)
def test_glued_authors(cell: str, names: list[str]) -> None:
    """Names that nothing separates are split where both parts are whole names."""
    assert [name.replace(" (Bob)", "") for name in read_names(cell, glued=True)] == names


def test_what_apis_say_of_authors() -> None:
    """Ids and institutions are kept."""
    (author,) = convert_authors(
        "[{'author': {'display_name': 'Holm', 'orcid': 'https://orcid.org/0000-0002-1825-0097'},"
        " 'institutions': [{'display_name': 'Kiel'}], 'authorId': 7}]"
    )
    assert author.ids == {"s2": "7", "orcid": "0000-0002-1825-0097"}
    assert author.affiliations == ("Kiel",)
    (numbered,) = convert_authors("Holm, Åse (57216694711)")
    assert (numbered.name, numbered.ids) == ("Holm, Åse", {"scopus": "57216694711"})


def test_a_database_that_writes_initials_last() -> None:
    """A single name of initials is turned only in the tables of databases that write so."""
    (author,) = convert_authors("Holm A", certain=True)
    assert (author.family, author.given) == ("Holm", "A")
    (author,) = convert_authors("Malcolm X")
    assert author.name == "Malcolm X"


@given(st.text("[]{}()'\":, aZé.|;\n1", max_size=60), st.booleans())
def test_any_cell(cell: str, glued: bool) -> None:  # noqa: FBT001 - made by Hypothesis
    """No cell raises an error."""
    assert all(author.name or author.family for author in convert_authors(cell, glued=glued))


@pytest.mark.parametrize("unit", ["aB ", "McA ", "A. b", "(A", "['a', ", "A|", "a, "])
def test_long_cells(unit: str) -> None:
    """The time that a cell takes grows with its length."""

    def make(count: int) -> Work:
        return lambda: convert_authors(unit * count, glued=True)

    assert grows_linearly(make, 5_000)
