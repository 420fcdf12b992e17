"""Test `papers add` and `papers remove`: what they print and what they change."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Line = dict[str, Any]
Papers = Callable[..., Result]
Run = Callable[..., str]

WORK: Line = {
    "title": "Attention to Old Records",
    "authors": ["Ada Lee"],
    "abstract": "On records.",
}
OLD: list[Line] = [
    WORK | {"id": "pre", "venue": "arXiv", "year": 2020},
    {"id": "b", "title": "Second"},
]
NEW: list[Line] = [
    WORK | {"id": "pub", "venue": "ICML", "year": 2021},
    {"id": "b", "title": "Second one"},
]


@pytest.fixture
def run(papers: Papers) -> Run:
    """Return a function that runs a command, fails unless it succeeds, and returns its output."""

    def run_successfully(*arguments: str, index: Path) -> str:
        result = papers(*arguments, index=index)
        assert result.exit_code == 0, result.output
        return result.output

    return run_successfully


def write_dump(path: Path, records: list[Line]) -> str:
    """Write records as a dump, and return its path."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return str(path)


@pytest.fixture
def index(tmp_path: Path, run: Run) -> Path:
    """Return an index of the old records."""
    directory = tmp_path / "index"
    run("build", write_dump(tmp_path / "old.jsonl", OLD), index=directory)
    return directory


def test_an_update_prints_its_counts(tmp_path: Path, index: Path, run: Run) -> None:
    """An update counts new, changed and merged records; repeated, it changes nothing."""
    path = write_dump(tmp_path / "new.jsonl", NEW)
    output = run("add", path, index=index)
    assert output.startswith(f"1 new, 1 changed, 0 deleted records: 2 papers in {index}\n")
    assert "2 read = 1 indexed + 1 merged + 0 unchanged + 0 skipped + 0 rejected" in output
    output = run("add", path, index=index)
    assert output.startswith("Nothing changed: 2 papers in")
    status = run("status", index=index)
    assert status.startswith(f"2 papers from 3 records in {index}\n  dumps: old.jsonl, new.jsonl\n")
    assert "updated 20" in status
    shown = [run("show", one, index=index) for one in ("pre", "pub")]
    assert shown[0] == shown[1]


def test_an_update_as_json(tmp_path: Path, index: Path, run: Run) -> None:
    """With --json the report of an update is one document."""
    path = write_dump(tmp_path / "new.jsonl", NEW)
    output = run("add", path, "--json", index=index)
    document = json.loads(output)
    assert [document[name] for name in ("read", "new", "changed", "deleted")] == [2, 1, 1, 0]


def test_later_dumps_take_precedence(tmp_path: Path, index: Path, run: Run) -> None:
    """If two dumps added together hold the same id, the record of the later one wins."""
    one = write_dump(tmp_path / "1.jsonl", [{"id": "c", "title": "First title"}])
    two = write_dump(tmp_path / "2.jsonl", [{"id": "c", "title": "Last title"}])
    run("add", one, two, index=index)
    assert run("show", "c", index=index).startswith("Last title\n")


def test_a_dry_run_changes_nothing(tmp_path: Path, index: Path, run: Run) -> None:
    """With --dry-run each command prints that nothing was changed, and changes nothing."""
    path = write_dump(tmp_path / "new.jsonl", NEW)
    for arguments in (("build", path), ("add", path), ("remove", "b")):
        output = run(*arguments, "--dry-run", index=index)
        assert output.removeprefix("removed b\n").startswith("Dry run: nothing was changed.\n")
    assert run("status", index=index).startswith("2 papers in ")


def test_removal_takes_all_records_of_a_work(
    tmp_path: Path, index: Path, run: Run, papers: Papers
) -> None:
    """Any id of a work removes all its records; an unknown id is an error and removes nothing."""
    run("add", write_dump(tmp_path / "new.jsonl", NEW), index=index)
    done = papers("remove", "b", "nosuch", index=index)
    assert (done.exit_code, "No paper has the id 'nosuch'" in done.output) == (1, True)
    output = run("remove", "pre", index=index)
    assert output.startswith("removed pub\n0 new, 0 changed, 2 deleted records: 1 paper in ")
    assert papers("show", "pub", index=index).exit_code == 1
    assert run("show", "b", index=index).startswith("Second one\n")


def test_since_and_limit(tmp_path: Path, index: Path, run: Run, papers: Papers) -> None:
    """--since skips records unchanged since a day, and --limit bounds the records read."""
    lines: list[Line] = [
        {"id": f"n{n}", "title": f"Number {n}", "updated": f"2024-01-0{n}"} for n in (1, 2, 3)
    ]
    path = write_dump(tmp_path / "lines.jsonl", lines)
    assert "1 skipped" in run("add", path, "--since", "2024-01-02", index=index)
    assert "2 read" in run("add", path, "--limit", "2", index=index)
    refused = papers("add", path, "--since", "soon", index=index)
    assert refused.exit_code == 2
    assert "'soon' is not a date such as 2026-11-01.\n" in refused.stderr
