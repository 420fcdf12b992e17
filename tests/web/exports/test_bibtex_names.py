"""Test how names are written as values of BibTeX."""

from __future__ import annotations

import pytest

from web.exports.bibtex_names import write_names
from web.exports.people import Person, split_person


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Laurens van der Maaten", "van der Maaten, Laurens"),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("ATLAS Collaboration", "{ATLAS Collaboration}"),
        ("Santiago Ramón y Cajal", "{Ramón y Cajal}, Santiago"),
        ("Plato", "Plato"),
    ],
)
def test_names_are_written(name: str, written: str) -> None:
    """The family name comes first, and the names of groups are in braces."""
    assert write_names((split_person(name),)) == written


def test_names_that_would_be_split_are_in_braces() -> None:
    """The word "and" and a comma separate names unless braces hide them."""
    people = (Person("Tools and Methods Group", body=True), Person("Smith, Inc", "Ann And"))
    assert write_names(people) == "{Tools and Methods Group} and {Smith, Inc}, {Ann And}"
