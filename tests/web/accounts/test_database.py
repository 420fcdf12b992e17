"""Test that the database of accounts is made, brought up to date, and private."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.support.accounts import ADA, BOB
from web.accounts.database import OWNER_ONLY, Database, open_database
from web.accounts.doors import is_banned
from web.accounts.tables import MIGRATIONS
from web.errors import AccountsMisconfigured, AccountsUnavailable

if TYPE_CHECKING:
    from pathlib import Path

INSERT = "INSERT INTO people (orcid, name, created, signed_in) VALUES (?, 'A', 1, 1)"


def _count_people(path: Path) -> int:
    with open_database(path).read() as connection:
        return int(connection.execute("SELECT count(*) FROM people").fetchone()[0])


def _fail_after_writing(database: Database) -> None:
    with database.write() as connection:
        connection.execute(INSERT, ("1",))
        raise ZeroDivisionError


def _fill(database: Database) -> None:
    with database.write() as connection:
        connection.execute("PRAGMA max_page_count = 1")
        for number in range(1_000):
            connection.execute(INSERT, (f"{number}" * 100,))


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """The database and its log can be read by nobody else."""
    database = open_database(tmp_path / "a.db")
    with database.write() as connection:
        connection.execute(INSERT, ("1",))
        files = list(tmp_path.iterdir())
        assert {path.stat().st_mode & 0o777 for path in files} == {OWNER_ONLY}
        assert len(files) > 1


def test_opening_again_keeps_everything(tmp_path: Path) -> None:
    """A second start changes nothing, and runs no script twice."""
    path = tmp_path / "a.db"
    with open_database(path).write() as connection:
        connection.execute(INSERT, ("1",))
    assert _count_people(path) == 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_older_files_are_brought_up_to_date(tmp_path: Path, version: int) -> None:
    """A file of each older version gets the scripts that it lacks, and no other."""
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        for script in MIGRATIONS[:version]:
            connection.executescript(script)
        connection.execute(f"PRAGMA user_version = {version}")
    assert _count_people(path) == 0


def test_upheld_reports_of_an_older_file_stay_bans(tmp_path: Path) -> None:
    """A person whom the maintainer had blocked is blocked after the update, and nobody else is."""
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        for script in MIGRATIONS[:2]:
            connection.executescript(script)
        connection.executemany(INSERT, [(ADA,), (BOB,)])
        connection.execute(
            "INSERT INTO reports (reporter, reported, reason, copy, created, upheld)"
            " VALUES (1, 2, '', '', 1, 5), (2, 1, '', '', 1, 0)"
        )
        connection.execute("PRAGMA user_version = 2")
        connection.commit()
    with open_database(path).read() as connection:
        assert [is_banned(connection, person) for person in (1, 2)] == [False, True]


def test_changes_are_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    """A block that raises leaves nothing behind, and the next one can write."""
    database = open_database(tmp_path / "a.db")
    with pytest.raises(ZeroDivisionError):
        _fail_after_writing(database)
    assert _count_people(tmp_path / "a.db") == 0
    with database.write() as connection:
        connection.execute(INSERT, ("1",))
    assert _count_people(tmp_path / "a.db") == 1


def test_unusable_files_are_refused(tmp_path: Path) -> None:
    """One sentence says what is wrong: no folder, a folder, no database, a newer one."""
    text = tmp_path / "text"
    text.write_text("no database " * 100, encoding="utf-8")
    newer = tmp_path / "newer"
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
    for path in (tmp_path / "none" / "a.db", tmp_path, text, newer):
        with pytest.raises(AccountsMisconfigured, match="PAPERS_DATABASE names a file that cannot"):
            open_database(path)


def test_failures_while_serving_have_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is locked, full or gone is one kind of failure, which names no path."""
    monkeypatch.setattr("web.accounts.database.BUSY_SECONDS", 0.01)
    path = tmp_path / "a.db"
    database = open_database(path)
    locked = pytest.raises(AccountsUnavailable, match="database is locked")
    with database.write(), locked, database.write():
        pass
    with pytest.raises(AccountsUnavailable, match="full"):
        _fill(database)
    assert _count_people(path) == 0
    for one in tmp_path.iterdir():
        one.unlink()
    with pytest.raises(AccountsUnavailable) as caught, database.read():
        pass
    assert str(tmp_path) not in str(caught.value)


def test_what_belongs_to_a_person_goes_with_them(tmp_path: Path) -> None:
    """Every table that refers to people loses the rows of a person who is deleted."""
    with open_database(tmp_path / "a.db").read() as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        keys = [
            (table["name"], key["on_delete"])
            for table in rows.fetchall()
            for key in connection.execute(f"PRAGMA foreign_key_list({table['name']})")
            if key["table"] == "people"
        ]
    assert {"sessions", "claims"} <= {table for table, _ in keys}
    assert {action for _, action in keys} == {"CASCADE"}
