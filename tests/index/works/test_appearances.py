"""Check that the appearances of a work complete each other, the one to show first."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from index.records import SUBMISSION, Appearance, Paper, Source
from index.works.appearances import collect_appearances, rank_appearance
from index.works.merge import merge_records
from tests.support.work_pairs import CONFERENCE, JOURNAL, PREPRINT


def make_rows(shows: Iterable[Appearance]) -> list[Paper]:
    """Make a record for each appearance."""
    return [
        Paper(str(n), "Tides", appearances=(replace(show, source=Source(f"dump{n}")),))
        for n, show in enumerate(shows)
    ]


def describe(show: Appearance) -> str:
    """Write the details of an appearance in short, with the number of its dump."""
    dump = show.source.dump.removeprefix("dump") if show.source else ""
    return f"{show.volume}/{show.issue}/{show.pages}/{show.publisher}/{show.date}/{dump}"


def make_show(text: str) -> Appearance:
    """Make an appearance of ``volume/issue/pages/publisher/date``."""
    volume, issue, pages, publisher, date = text.split("/")
    return replace(JOURNAL, volume=volume, issue=issue, pages=pages, publisher=publisher, date=date)


COMPLETED = [
    (["////", "33/2/101-110//"], ["33/2/101-110//"] * 2),
    (["33//101//", "33/2/101-110//"], ["33/2/101-110//"] * 2),
    (["33//e1234//", "33//1234//"], ["33//e1234//"] * 2),
    (["33//1234//", "33//e1234//"], ["33//e1234//"] * 2),
    (["33////2022-05", "//7-9/Tide Press/"], ["33//7-9/Tide Press/2022-05"] * 2),
    (["33/2/7//2022-05", "///Tide/2022-05-03"], ["33/2/7/Tide/2022-05-03"] * 2),
    (["///Tide/", "///Tide Press/"], ["///Tide Press/"] * 2),
    (["33/2/7//", "34/2/7//", "///Tide/"], ["33/2/7/Tide/", "34/2/7/Tide/", "///Tide/"]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "expected"), COMPLETED)
def test_appearances_complete_each_other(shows: list[str], expected: list[str]) -> None:
    """All get the details of all, unless they contradict each other; each keeps its source."""
    rows = make_rows(map(make_show, shows))
    found = collect_appearances(rows)
    assert sorted(map(describe, found)) == sorted(
        f"{text}/{dump}" for dump, text in enumerate(expected)
    )
    assert collect_appearances(rows[::-1]) == found


def test_an_appearance_read_twice_is_listed_once() -> None:
    """Two records of one location are one appearance, and no source says less than another."""
    rows = make_rows([replace(JOURNAL, volume="3"), replace(JOURNAL, pages="7")])
    same = [replace(row, appearances=(replace(row.shown, source=None),)) for row in rows]
    assert [describe(show) for show in collect_appearances(same)] == ["3//7///"]


def test_another_venue_year_or_type_is_another_appearance() -> None:
    """Only appearances at one venue in one year are compared."""
    shows = [JOURNAL, CONFERENCE, PREPRINT, replace(JOURNAL, year=2023), replace(JOURNAL, type="")]
    assert len(collect_appearances(make_rows(shows))) == len(shows)


def test_all_get_the_longest_list_of_editors() -> None:
    """A record that names no editors, or fewer, gets those of the other."""
    lists = [(), ("Cy Do",), ("Cy Do", "Di Po")]
    found = collect_appearances(make_rows(replace(CONFERENCE, editors=one) for one in lists))
    assert [show.editors for show in found] == [("Cy Do", "Di Po")] * 3


def test_the_fuller_one_is_shown() -> None:
    """At one venue in one year the appearance with more details comes first."""
    poor = replace(JOURNAL, volume="1", type="")
    full = replace(JOURNAL, volume="9", issue="2", pages="7")
    assert [show.volume for show in collect_appearances(make_rows([poor, full]))] == ["9", "1"]
    assert rank_appearance(full) < rank_appearance(poor)


def test_a_submission_is_told_from_an_appearance() -> None:
    """What was turned down at a venue is marked if the work appeared elsewhere."""
    kept, turned_down = make_rows([replace(JOURNAL, volume="3"), JOURNAL])
    turned_down = replace(turned_down, status="rejected")
    types = [show.type for show in collect_appearances([turned_down, kept])]
    assert types == [JOURNAL.type, SUBMISSION]
    assert [show.type for show in collect_appearances([turned_down])] == [JOURNAL.type]


rows_of_one = st.lists(
    st.builds(
        replace,
        st.sampled_from([JOURNAL, PREPRINT]),
        volume=st.sampled_from(["", "3"]),
        pages=st.sampled_from(["", "7", "7-9"]),
        publisher=st.sampled_from(["", "Tide Press", "Tide Press Ltd"]),
        date=st.sampled_from(["", "2022-05", "2022-05-03"]),
    ),
    min_size=2,
    max_size=5,
).map(make_rows)


@settings(deadline=None, max_examples=60)
@given(rows_of_one, st.integers(1, 4))
def test_merging_in_steps_changes_nothing(rows: list[Paper], at: int) -> None:
    """The records may be merged in two steps, in any order, unless they contradict each other."""
    whole = merge_records(rows).appearances
    assert merge_records(rows[::-1]).appearances == whole
    assert merge_records([merge_records(rows[:at]), *rows[at:]]).appearances == whole
