"""Check how SQLite files are written and read, and how their failures are reported."""

from pathlib import Path

import pytest

from index.store.sqlite import Database

SCHEMA = "CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY, count INTEGER)"
INSERT = "INSERT INTO words VALUES (?, ?)"


def test_queued_statements_run_before_the_next_query(tmp_path: Path) -> None:
    """What was queued is seen by every later statement, in order."""
    base = Database(tmp_path / "words", SCHEMA)
    base.queue(INSERT, "tide", 1)
    base.queue(INSERT, "wave", 2)
    base.queue("UPDATE words SET count = count + ? WHERE word = ?", 5, "tide")
    base.execute_many("DELETE FROM words WHERE word = ?", [("wave",)])
    assert base.query("SELECT * FROM words") == [("tide", 6)]
    assert base.query_number("SELECT count(*) FROM words") == 1


def test_only_committed_rows_are_durable(tmp_path: Path) -> None:
    """Closing discards what was not committed; queued rows count as written by a commit."""
    base = Database(tmp_path / "words", SCHEMA)
    base.queue(INSERT, "kept", 1)
    base.commit()
    base.queue(INSERT, "lost", 1)
    base.close()
    base.close()
    again = Database(tmp_path / "words")
    assert again.query("SELECT word FROM words") == [("kept",)]


def test_failures_name_the_file(tmp_path: Path) -> None:
    """Each failure is an OSError with the name of the file."""
    with pytest.raises(OSError, match=r"^words: "):
        Database(tmp_path / "words").query("SELECT 1 FROM words")
    base = Database(tmp_path / "words", SCHEMA)
    for _ in range(2):
        base.queue(INSERT, "twice", 1)
    with pytest.raises(OSError, match=r"^words: UNIQUE"):
        base.commit()
    (tmp_path / "broken").write_bytes(b"no database" * 100)
    with pytest.raises(OSError, match=r"^broken: "):
        Database(tmp_path / "broken").query("SELECT 1 FROM words")
