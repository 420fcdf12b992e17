"""Test how the names of authors are split for references."""

import pytest

from web.exports.people import Person, split_person


@pytest.mark.parametrize(
    ("shown", "person"),
    [
        ("Ashish Vaswani", Person("Vaswani", "Ashish")),
        ("Laurens van der Maaten", Person("Maaten", "Laurens", "van der")),
        ("Martin Luther King Jr.", Person("King", "Martin Luther", suffix="Jr.")),
        ("Hugo De Vries", Person("De Vries", "Hugo")),
        ("Santiago Ramón y Cajal", Person("Ramón y Cajal", "Santiago")),
        ("Plato", Person("Plato")),
        ("ATLAS Collaboration", Person("ATLAS Collaboration", body=True)),
        ("王伟", Person("王伟")),
        ("...", Person("...")),
    ],
)
def test_names_are_split(shown: str, person: Person) -> None:
    """Particles, suffixes, groups and names of one part are recognised."""
    assert split_person(shown) == person


def test_the_family_name_can_be_had_with_its_particle() -> None:
    """Formats without a field for particles write both together."""
    assert split_person("Laurens van der Maaten").whole_family == "van der Maaten"
