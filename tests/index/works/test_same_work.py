"""Check which bonds join two records, and which records contradict each other."""

import pytest
from msgspec.structs import replace

from index.records import Paper
from index.works.features import Features
from index.works.same_work import (
    Bond,
    contradict,
    differ_by_number,
    find_bond,
    has_generic_title,
)
from tests.support.work_pairs import ONE_WORK, TWO_WORKS, paper

BONDS = [
    ("the same DOI under another title", Bond.SAME_IDENTIFIER),
    ("an arXiv id and its DOI", Bond.SAME_IDENTIFIER),
    ("title, author and year", Bond.SAME_TITLE),
    ("initials for a name", Bond.SAME_TITLE),
    ("an extended abstract", Bond.SAME_TITLE),
    ("a generic title, abstracts alike", Bond.ALIKE),
    ("years far apart, abstracts alike", Bond.ALIKE),
    ("retitled, abstracts alike", Bond.ALIKE),
    ("a generic title at the same place", Bond.SAME_TITLE),
    ("another volume, all else the same", Bond.ALIKE),
    ("registered by two publishers", Bond.SAME_TITLE),
    ("an early version counted from page 1", Bond.SAME_TITLE),
    ("a DOI under another title, pages counted anew", Bond.SAME_IDENTIFIER),
    ("a report that became an article", Bond.ALIKE),
]


def features_of(pair: tuple[Paper, Paper]) -> tuple[Features, Features]:
    """Return the features of two records."""
    one, other = pair
    return Features(one), Features(other)


def make_features(title: str) -> Features:
    """Return the features of a record with a title."""
    return Features(paper(title))


@pytest.mark.parametrize("name", ONE_WORK)
def test_records_of_one_work_share_a_bond(name: str) -> None:
    """There is a bond, the same in both directions, and no contradiction."""
    one, other = features_of(ONE_WORK[name])
    assert find_bond(one, other) == find_bond(other, one) > Bond.NONE
    assert not contradict(one, other)


@pytest.mark.parametrize("name", TWO_WORKS)
def test_records_of_two_works_share_no_bond(name: str) -> None:
    """No bond is found in either direction."""
    one, other = features_of(TWO_WORKS[name])
    assert find_bond(one, other) == find_bond(other, one) == Bond.NONE


@pytest.mark.parametrize(("name", "expected"), BONDS)
def test_the_strongest_bond(name: str, expected: Bond) -> None:
    """The most certain rule that applies gives the bond."""
    assert find_bond(*features_of(ONE_WORK[name])) == expected


def test_the_same_id_is_the_strongest_bond() -> None:
    """Records of one id are one work, even a part without a title."""
    one = paper()
    assert find_bond(Features(one), Features(replace(one, title=""))) == Bond.SAME_ID
    assert find_bond(Features(one), Features(replace(one, title="", id="2"))) == Bond.NONE


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("another part", True),
        ("another number", True),
        ("a remark", True),
        ("two arXiv ids", True),
        ("editorials", True),
        ("the DOI of a volume", True),
        ("the DOI of a volume, other pages", True),
        ("chapters of two books", True),
        ("titles alike only", True),
        ("columns of two volumes", True),
        ("columns with a DOI each", True),
        ("generic titles in two volumes", True),
        ("reports with a DOI each", True),
        ("reports with a number each", True),
        ("reports on two topics", True),
        ("titles alike, no abstract", False),
        ("years three apart", False),
        ("initials in common", False),
    ],
)
def test_contradictions(name: str, *, expected: bool) -> None:
    """Different arXiv ids, numbers or abstracts contradict; missing evidence does not."""
    one, other = features_of(TWO_WORKS[name])
    assert contradict(one, other) is contradict(other, one) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Tides", "Tides II", True),
        ("Tides 2019", "Tides 2020", True),
        ("Two Tides", "Three Tides", True),
        ("Tides, Part A", "Tides, Part B", True),
        ("Tides of the Third Quarter", "Tides of the Fourth Quarter", True),
        ("Tides in June", "Tides in July", True),
        ("Tides in June", "Tides", False),
        ("Tides, Part A", "Tides", False),
        ("Tides", "Erratum: Tides", True),
        ("Tides", "D5RL: Tides", False),
        ("Tides 2020", "2020 Tides", False),
        ("Tides", "Waves", False),
    ],
)
def test_titles_that_differ_by_a_number(one: str, other: str, *, expected: bool) -> None:
    """Numbers, parts and remarks tell titles apart; a name with a digit does not."""
    assert differ_by_number(make_features(one), make_features(other)) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Editorial", True),
        ("Introduction to the Special Issue on Search", True),
        ("Book Review", True),
        ("Plato", True),
        ("From the Guest Editor's Desk", True),
        ("A Letter from the President", True),
        ("Chair's Message", True),
        ("Puzzle Corner", True),
        ("Letters from the Harbour", False),
        ("Reviewing Books", False),
        ("Deep Value Learning", False),
    ],
)
def test_generic_titles(title: str, *, expected: bool) -> None:
    """A single word and the titles of journal sections are generic."""
    assert has_generic_title(make_features(title)) is expected
