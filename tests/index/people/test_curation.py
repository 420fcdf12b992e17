"""Check how what is said about people is looked up."""

import pytest

from index.people.curation import Curation, Person

ADA = Person("Ada Lovelace", "s2:1", same=("dblp:ada king 0001",), alias=("Ada King",))
BEA = Person("Bea Byron", papers=("p2", "p1"), hidden=("Bo Byron",))
CURATION = Curation((ADA, BEA, Person("Bob Byron", "s2:3", hidden=("Bo Byron",))))


def test_people_are_found_by_keys_and_papers() -> None:
    """Each key belongs to one person, a paper to several."""
    assert CURATION.find_person("s2:1") is ADA
    assert CURATION.find_person("dblp:ada king 0001") is ADA
    assert CURATION.find_person("s2:2") is None
    assert CURATION.list_writers("p1") == (BEA,)
    assert CURATION.list_writers("p3") == ()
    assert [one.key for one in CURATION.people] == ["s2:1", "paper:p1", "s2:3"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("King, Ada", ["Ada Lovelace"]), ("BO BYRON", ["Bea Byron", "Bob Byron"]), ("Nobody", [])],
)
def test_people_are_found_by_names(name: str, expected: list[str]) -> None:
    """Every name of a person counts, in any order and case."""
    assert [one.name for one in CURATION.find_namesakes(name)] == expected


def test_former_names_are_replaced() -> None:
    """A former name of two people is replaced by the first of them."""
    assert CURATION.find_shown_name("Byron, Bo") == "Bea Byron"
    assert CURATION.find_shown_name("Bea Byron") == ""


def test_an_empty_curation_is_false() -> None:
    """It is equal to another one, and finds nothing."""
    assert not Curation()
    assert Curation() == Curation(())
    assert hash(Curation()) == hash(Curation(()))
    assert Curation().find_namesakes("Ada King") == ()
