"""Check which volumes, issues and pages are the same place, two places, or cannot be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from index.records import SUBMISSION, Appearance
from index.works.places import (
    LATE_PAGE,
    Pages,
    Place,
    are_different,
    compare_places,
    have_other_pages,
    list_places,
    read_numbers,
    read_pages,
    share_place,
)

JOURNAL = Appearance("Tidal Letters", venue_kind="journal", year=2020, type="journal article")
CONFERENCE = Appearance("ICML", venue_kind="conference", year=2020, type="conference paper")
BARE = Appearance()


def make_place(text: str, show: Appearance = JOURNAL) -> Place:
    """Make a place of ``volume/issue/pages`` and perhaps ``/year`` and ``/venue``."""
    volume, issue, pages, year, venue = [*text.split("/"), "", ""][:5]
    show = replace(show, volume=volume, issue=issue, pages=pages)
    show = replace(show, year=int(year or show.year or 0) or None, venue=venue or show.venue)
    (place,) = list_places([show])
    return place


@pytest.mark.parametrize(("text", "expected"), [
    ("33", {33}), ("33 (2020)", {33, 2020}), ("XXXIII", {33}), ("E102-D", {102}), ("4-5", {4, 5}),
    ("A", set()), ("C", set()), ("V", {5}), ("MCMXC", {1990}), ("Suppl. 2", {2}), ("", set()),
    ("9" * 12, set()), ("Nova 3", {3}),
])  # fmt: skip
def test_numbers(text: str, expected: set[int]) -> None:
    """The numbers count, also Roman ones; letters of a series do not."""
    assert read_numbers(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("101-110", Pages(101, 110)), ("101", Pages(101)), ("1101-10", Pages(1101, 1110)),
    ("e1234", Pages(1234, article=True)), ("Article 12", Pages(12, article=True)),
    ("17:1-17:20", Pages(17, article=True)), ("S12-S19", Pages(12, 19)),
    ("xii", Pages(12, roman=True)), ("iv-xii", Pages(4, roman=True)), ("1-5, 9-12", Pages(1, 5)),
    ("unpaged", None), ("", None), ("1", None),
])  # fmt: skip
def test_pages(text: str, expected: Pages | None) -> None:
    """First and last page are read, and what is surely the number of an article."""
    assert read_pages(text) == expected


PLACES = [
    ("33/2/101-110", "33/2/101-110", True),
    ("33/2/101-110", "33 (2020)//101", True),
    ("33/1-2/101-110", "XXXIII/1/101-110", True),
    ("33//e1234", "33//1234", True),
    ("33//1101-10", "33//1105-1112", True),
    ("33/2/101-110", "33/2/", None),
    ("33/2/", "33/2/", None),
    ("33/2/3-4", "34/2/3-4", False),
    ("33/2/3-4", "33/3/3-4", False),
    ("33/2/3-4", "33/2/17-18", False),
    ("//3-4", "//17-18", False),
    ("33/2/3-4", "33//", None),
    ("33/2/", "/133/", None),
    ("33/2/", "2020/2/", None),
    ("2019/2//2019", "2020/2//2020", False),
    ("33/4/301-310", "33/5/301-310", None),
    ("33/4/301-310", "34/4/301-310", None),
    ("33/4/301-310/2020", "34/4/301-310/2021", False),
    ("33//17:1-17:20", "33//1-20", None),
    ("33//1-20", "33//211-230", None),
    ("33//10", "33//101-110", None),
    ("33//105432", "33//1-15", None),
    ("33//105432", "33//1-3", None),
    ("33//17", "33//1-3", False),
    ("//1-16", "33/2/113-127", None),
    ("//1-3", "33/2/113-127", False),
    ("33//1-16", "33/2/113-127", False),
    ("PP/99/1", "33/4/101-110", None),
    ("33//iv-ix", "33//101-110", None),
    ("33/2/3-4", "34/2/3-4//Waves", None),
    ("33/2/3-4//Tidal Lett.", "34/2/3-4//Tidal Letters", False),
]


@pytest.mark.parametrize(("one", "other", "expected"), PLACES)
def test_places_of_a_journal(one: str, other: str, *, expected: bool | None) -> None:
    """Numbers that dumps write in two ways agree, and what only one dump has tells nothing."""
    mine, theirs = make_place(one), make_place(other)
    assert compare_places(mine, theirs) is compare_places(theirs, mine) is expected
    assert are_different([mine], [theirs]) is (expected is False)
    assert share_place([mine], [theirs]) is (expected is True)


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("12345//101-110", "1//101-110", True), ("12345//101-110", "1//201-210", None),
    ("//101-110", "//201-210/2021", False), ("//1-6", "//123-128/2021", None),
    ("119//", "33//", None),
])  # fmt: skip
def test_places_of_a_conference(one: str, other: str, *, expected: bool | None) -> None:
    """Volumes of proceedings are not compared; pages of two years are."""
    mine, theirs = make_place(one, CONFERENCE), make_place(other, CONFERENCE)
    assert compare_places(mine, theirs) is compare_places(theirs, mine) is expected


def test_an_unknown_venue() -> None:
    """It may be any venue of the same kind, but is never surely the same."""
    unknown, journal = make_place("33/2/101-110", BARE), make_place("34/2/3-4")
    assert compare_places(unknown, journal) is False
    assert compare_places(unknown, make_place("33/2/101-110")) is None
    nowhere = replace(CONFERENCE, venue="")
    assert compare_places(make_place("//201-210", nowhere), journal) is None


def test_a_record_of_two_places() -> None:
    """Two records are published at one place if any of their places is the same one."""
    first, second = make_place("33/2/101-110"), make_place("34/2/3-4")
    assert are_different([first], [second])
    assert not are_different([first, second], [second])
    assert share_place([first, second], [second])


def test_appearances_without_a_place() -> None:
    """Preprints and submissions have none, nor has an appearance without volume and pages."""
    shows = [
        JOURNAL,
        Appearance("arXiv", venue_kind="repository", volume="1"),
        replace(JOURNAL, type=SUBMISSION, volume="1"),
    ]
    assert list_places(shows) == []


@given(st.text(max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    """Any text can be a volume or pages; a page is positive or there is none."""
    assert all(number >= 0 for number in read_numbers(text))
    pages = read_pages(text)
    assert pages is None or pages.first >= 0
    assert LATE_PAGE > 1


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("//11-30", "//31-44", True), ("//11-30", "//30-44", False), ("//11-30", "3//", False),
    ("//1-20", "//111-130", False),
])  # fmt: skip
def test_other_pages(one: str, other: str, *, expected: bool) -> None:
    """Pages are others if both are known and neither counts from another start."""
    mine, theirs = make_place(one, CONFERENCE), make_place(other, CONFERENCE)
    assert have_other_pages([mine], [theirs]) is have_other_pages([theirs], [mine]) is expected
    assert not have_other_pages([mine], [])
