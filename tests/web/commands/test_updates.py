"""Test what ``papers add`` and ``papers remove`` print, and how they fail."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from web.cli import main

Line = dict[str, Any]

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


def run(*arguments: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, arguments)


def works(*arguments: str) -> str:
    """Run a command that has to succeed."""
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    return done.output


def dump(path: Path, records: list[Line]) -> str:
    """Write records."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return str(path)


@pytest.fixture
def index(tmp_path: Path) -> str:
    """Return an index of the old records."""
    directory = str(tmp_path / "index")
    works("build", dump(tmp_path / "old.jsonl", OLD), "--index", directory)
    return directory


def test_an_update_says_what_it_did(tmp_path: Path, index: str) -> None:
    """New, changed and joined records are counted, and a second time there is nothing to do."""
    path = dump(tmp_path / "new.jsonl", NEW)
    said = works("add", path, "--index", index)
    assert said.startswith(f"1 new, 1 changed, 0 deleted records: 2 papers in {index}\n")
    assert "2 read = 1 indexed + 1 merged + 0 unchanged + 0 skipped + 0 rejected" in said
    assert works("add", path, "--index", index).startswith("Nothing changed: 2 papers in")
    status = works("status", "--index", index)
    assert status.startswith(f"2 papers from 3 records in {index}\n  dumps: old.jsonl, new.jsonl\n")
    assert "updated 20" in status
    assert works("show", "pre", "--index", index) == works("show", "pub", "--index", index)


def test_an_update_as_json(tmp_path: Path, index: str) -> None:
    """The account of an update is one document."""
    said = works("add", dump(tmp_path / "new.jsonl", NEW), "--index", index, "--json")
    document = json.loads(said)
    assert [document[name] for name in ("read", "new", "changed", "deleted")] == [2, 1, 1, 0]


def test_dumps_hold_in_their_order(tmp_path: Path, index: str) -> None:
    """Of two dumps that are added at once, the second has the last word."""
    one = dump(tmp_path / "1.jsonl", [{"id": "c", "title": "First saying"}])
    two = dump(tmp_path / "2.jsonl", [{"id": "c", "title": "Last saying"}])
    works("add", one, two, "--index", index)
    assert works("show", "c", "--index", index).startswith("Last saying\n")


def test_a_dry_run_says_so(tmp_path: Path, index: str) -> None:
    """Every command announces a dry run."""
    path = dump(tmp_path / "new.jsonl", NEW)
    for arguments in (("build", path), ("add", path), ("remove", "b")):
        said = works(*arguments, "--index", index, "--dry-run")
        assert said.splitlines()[-5:][0].startswith(("Dry run", "removed", "2 papers", "1 new"))
        assert "Dry run: nothing was changed.\n" in said
    assert works("status", "--index", index).startswith("2 papers in ")


def test_removed_papers_go_with_their_records(tmp_path: Path, index: str) -> None:
    """Any id of a work removes all of it; what is not there is told, and nothing is removed."""
    works("add", dump(tmp_path / "new.jsonl", NEW), "--index", index)
    done = run("remove", "b", "nosuch", "--index", index)
    assert (done.exit_code, "No paper has the id 'nosuch'" in done.output) == (1, True)
    said = works("remove", "pre", "--index", index)
    assert said.startswith("removed pub\n0 new, 0 changed, 2 deleted records: 1 paper in ")
    assert run("show", "pub", "--index", index).exit_code == 1
    assert works("show", "b", "--index", index).startswith("Second one\n")


def test_since_and_limit(tmp_path: Path, index: str) -> None:
    """Records that have not changed since are skipped, and so many are read."""
    lines: list[Line] = [
        {"id": f"n{n}", "title": f"Number {n}", "updated": f"2024-01-0{n}"} for n in (1, 2, 3)
    ]
    path = dump(tmp_path / "lines.jsonl", lines)
    assert "1 skipped" in works("add", path, "--since", "2024-01-02", "--index", index)
    assert "2 read" in works("add", path, "--limit", "2", "--index", index)
    assert run("add", path, "--since", "soon", "--index", index).exit_code == 2
