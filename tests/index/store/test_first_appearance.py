"""Check when the index first had a record, across rebuilds, updates and merges."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import index.build.operations
from index.build.operations import add, build, remove
from index.settings import BuildSettings
from index.store.first_appearance import FirstAppearances, parse_generation_time
from index.store.generations import find_current_folder, read_current_name
from index.store.ledger import LEDGER
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.two_generations import KEPT, TURN, WALK, Record, write_dump

SETTINGS = BuildSettings(processes=0, keep=2)
PREPRINT: Record = WALK | {"id": "pre", "venue": "arXiv", "year": 2019, "type": "preprint"}
DAYS = [datetime(2026, 11, day, 12, 0, 0, tzinfo=UTC) for day in (1, 8, 15)]

Begin = Callable[[int], None]


@pytest.fixture
def begin(monkeypatch: pytest.MonkeyPatch) -> Begin:
    """Return a function that makes the next build begin on one of `DAYS`."""

    def begin(number: int) -> None:
        monkeypatch.setattr(index.build.operations, "utc_now", lambda: DAYS[number])

    return begin


def make_dump(tmp_path: Path, *records: Record) -> tuple[str]:
    """Write a dump."""
    return (write_dump(tmp_path / "dumps", list(records)),)


def find_all(directory: Path) -> dict[str, datetime]:
    """Return when each paper first came."""
    hits = Searcher(directory).search(SearchRequest()).hits
    ids = [hit.paper.id for hit in hits]
    return FirstAppearances(find_current_folder(directory)).find(ids)


def list_added(directory: Path, **request: str) -> list[str]:
    """Return the ids of the hits of a request."""
    return [hit.paper.id for hit in Searcher(directory).search(SearchRequest(**request)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize("update", [True, False], ids=["update", "build"])
def test_times_are_carried_over(tmp_path: Path, begin: Begin, *, update: bool) -> None:
    """A record keeps its time in an update and in a build from nothing, also if it changes."""
    directory = tmp_path / "ix"
    begin(0)
    build(directory, make_dump(tmp_path, KEPT, WALK), SETTINGS)
    begin(1)
    renamed = KEPT | {"title": "This paper has a new title now"}
    dump = make_dump(tmp_path, renamed, WALK, TURN)
    (add if update else build)(directory, dump, SETTINGS)
    assert find_all(directory) == {"kept": DAYS[0], "walk": DAYS[0], "turn": DAYS[1]}
    assert list_added(directory, sort="added") == ["turn", "walk", "kept"]
    assert list_added(directory, since="2026-11-08") == ["turn"]
    assert list_added(directory, query="added:2026-11-01..2026-11-07", sort="added")[0] == "walk"
    assert list_added(directory, since=read_current_name(directory)) == []


@pytest.mark.parametrize("update", [True, False], ids=["update", "build"])
def test_a_work_came_with_the_first_of_its_records(
    tmp_path: Path, begin: Begin, *, update: bool
) -> None:
    """A preprint that is published later is not new, and its publication is."""
    directory = tmp_path / "ix"
    begin(0)
    build(directory, make_dump(tmp_path, PREPRINT, KEPT), SETTINGS)
    begin(1)
    (add if update else build)(directory, make_dump(tmp_path, PREPRINT, KEPT, WALK), SETTINGS)
    assert set(find_all(directory).values()) == {DAYS[0]}
    assert len(find_all(directory)) == 2
    assert list_added(directory, query="records:yes", since="2026-11-02") == ["walk"]


def test_a_work_that_loses_its_first_record_is_as_old_as_the_others(
    tmp_path: Path, begin: Begin
) -> None:
    """The time of a work is that of the records it has; a removed record is new if it returns."""
    directory = tmp_path / "ix"
    begin(0)
    build(directory, make_dump(tmp_path, PREPRINT, KEPT), SETTINGS)
    begin(1)
    add(directory, make_dump(tmp_path, WALK), SETTINGS)
    begin(2)
    remove(directory, ["pre"], SETTINGS)
    assert find_all(directory)["walk"] == DAYS[1]
    add(directory, make_dump(tmp_path, PREPRINT), SETTINGS)
    assert set(find_all(directory).values()) == {DAYS[0], DAYS[1]}


def test_an_older_ledger_without_times_counts_as_its_generation(
    tmp_path: Path, begin: Begin
) -> None:
    """A build that replaces a generation of an earlier version keeps the time of that one."""
    directory = tmp_path / "ix"
    begin(0)
    build(directory, make_dump(tmp_path, KEPT), SETTINGS)
    with closing(sqlite3.connect(find_current_folder(directory) / LEDGER)) as base:
        base.execute("ALTER TABLE records DROP COLUMN added")
    begin(1)
    build(directory, make_dump(tmp_path, KEPT, TURN), SETTINGS)
    assert find_all(directory) == {"kept": DAYS[0], "turn": DAYS[1]}


def test_a_damaged_ledger_makes_all_papers_new(
    tmp_path: Path, begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    """A build repairs an index whatever its ledger is like, and says what it could not read."""
    directory = tmp_path / "ix"
    begin(0)
    build(directory, make_dump(tmp_path, KEPT), SETTINGS)
    (find_current_folder(directory) / LEDGER).write_bytes(b"no ledger" * 1000)
    begin(1)
    build(directory, make_dump(tmp_path, KEPT), SETTINGS)
    assert find_all(directory) == {"kept": DAYS[1]}
    assert "Papers count as new" in caplog.text


def test_unknown_ids_and_missing_ledgers_have_no_time(tmp_path: Path) -> None:
    """Nothing is raised, and nothing is found."""
    directory = tmp_path / "ix"
    build(directory, make_dump(tmp_path, KEPT), SETTINGS)
    assert FirstAppearances(find_current_folder(directory)).find(["none"]) == {}
    assert FirstAppearances(tmp_path / "nowhere").find(["kept"]) == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("20261101T120000000000Z-1f2e3d4c", DAYS[0]),
        ("20261101T120000", DAYS[0]),
        ("20261399T120000Z", None),
        ("today", None),
        ("", None),
    ],
)
def test_names_of_generations_have_a_time(name: str, expected: datetime | None) -> None:
    """The second is read from the name; other texts have none."""
    found = parse_generation_time(name)
    assert (None if found is None else datetime.fromtimestamp(found, UTC)) == expected
