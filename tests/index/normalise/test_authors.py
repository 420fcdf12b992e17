"""Check that authors get clean names, and that groups become authors of their own."""

import pytest

from index.normalise.authors import MAX_AUTHORS, clean_authors
from index.records import RawAuthor

AUTHORS: list[tuple[RawAuthor, tuple[str, str] | None]] = [
    (RawAuthor(name="Kumar, Aviral"), ("Aviral Kumar", "aviral kumar")),
    (RawAuthor(family="Daumé", given="Hal", suffix="III"), ("Hal Daumé III", "hal daume iii")),
    (RawAuthor(family="ATLAS Collaboration"), ("ATLAS Collaboration", "atlas collaboration")),
    (
        RawAuthor(name="Proof Group, Section A", body=True),
        ("Proof Group Section A", "proof group section a"),
    ),
    (RawAuthor(name="Wei Wang 0001"), ("Wei Wang", "wei wang 0001")),
    (RawAuthor(name="Wei Wang", ids={"dblp": "0002"}), ("Wei Wang", "wei wang 0002")),
    (RawAuthor(name="Wei Wang", ids={"dblp": "35/7092"}), ("Wei Wang", "wei wang")),
    (RawAuthor(name=" \0 "), None),
    (RawAuthor(name="et al.", body=True), None),
    (RawAuthor(family="et al"), None),
    (RawAuthor(), None),
]


@pytest.mark.parametrize(("author", "expected"), AUTHORS)
def test_author(author: RawAuthor, expected: tuple[str, str] | None) -> None:
    """An author has a displayed name and a key; an empty name is dropped."""
    found = [(a.name, a.key) for a in clean_authors((author,))]
    assert found == ([expected] if expected else [])


def test_persons_who_write_for_a_group() -> None:
    """A person keeps id and affiliation; a group for which several write is an author once."""
    authors = (
        RawAuthor(family="Lind for the LUMEN Group", given="Maja", affiliations=("Fjord",)),
        RawAuthor(name="Ray, Bob, on behalf of the LUMEN Group", ids={"orcid": "x"}),
        RawAuthor(name="and the ARC, North", body=True),
        RawAuthor(name="Wei Wang"),
        RawAuthor(name="Wei Wang"),
    )
    found = clean_authors(authors)
    assert [one.name for one in found] == [
        "Maja Lind", "LUMEN Group", "Bob Ray", "ARC North", "Wei Wang", "Wei Wang",
    ]  # fmt: skip
    assert [one.affiliations for one in found[:2]] == [("Fjord",), ()]
    assert [one.ids for one in found[1:3]] == [{}, {"orcid": "x"}]


def test_authors_are_limited() -> None:
    """Authors beyond the limit are dropped, and groups do not count towards it."""
    many = (RawAuthor(name="Lind for the LUMEN Group, Maja"),) * (MAX_AUTHORS + 1)
    found = clean_authors(many)
    assert len(found) == MAX_AUTHORS + 1
    assert [one.name for one in found[:3]] == ["Maja Lind", "LUMEN Group", "Maja Lind"]


def test_long_affiliations_are_not_remembered() -> None:
    """Affiliations of absurd length are cleaned like others, but do not stay in memory."""
    long, short = ("University of X " * 100, "Institute"), ("Institute",)
    (first,), (second,) = (clean_authors((RawAuthor("Ada Kay", affiliations=long),)) for _ in "ab")
    assert first.affiliations == second.affiliations == (long[0].strip(), "Institute")
    assert first.affiliations is not second.affiliations
    (first,), (second,) = (clean_authors((RawAuthor("Ada Kay", affiliations=short),)) for _ in "ab")
    assert first.affiliations is second.affiliations
