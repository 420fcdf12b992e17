"""Check which interrupted builds can be resumed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from index.build.resume import PLAN, Plan, find_resumable, make_plan, write_plan
from index.settings import BuildSettings, Input
from index.store.generations import BUILDING, GENERATIONS
from index.store.ledger import LEDGER, Ledger
from index.store.manifest import FORMAT_VERSION


def leave_build(directory: Path, name: str, plan: Plan) -> Path:
    """Make the folder that an interrupted build of a plan leaves behind."""
    folder = directory / GENERATIONS / f"{name}{BUILDING}"
    folder.mkdir(parents=True)
    write_plan(folder, plan)
    Ledger(folder / LEDGER, writable=True).close()
    return folder


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """Return a folder of two files."""
    folder = tmp_path / "dump"
    folder.mkdir()
    for name in ("a.jsonl", "b.jsonl"):
        (folder / name).write_bytes(b"{}\n")
    return folder


def plan_build(dump: Path, **settings: object) -> Plan:
    """Return the plan of a build from a dump as it is now."""
    chosen = replace(BuildSettings(), **settings)
    return make_plan((Input(str(dump)),), "tantivy", chosen)


def test_the_last_build_of_the_same_plan_is_resumed(tmp_path: Path, dump: Path) -> None:
    """Of several interrupted builds of one plan the last one is found."""
    assert find_resumable(tmp_path, plan_build(dump)) is None
    leave_build(tmp_path, "1", plan_build(dump))
    second = leave_build(tmp_path, "2", plan_build(dump))
    leave_build(tmp_path, "3", plan_build(dump, limit=5))
    assert find_resumable(tmp_path, plan_build(dump)) == second


def test_a_plan_that_is_a_pipe_is_not_read(tmp_path: Path, dump: Path) -> None:
    """Reading it would block."""
    left = leave_build(tmp_path, "1", plan_build(dump))
    (left / PLAN).unlink()
    os.mkfifo(left / PLAN)
    assert find_resumable(tmp_path, plan_build(dump)) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda dump: (dump / "a.jsonl").write_bytes(b"{} \n"),
        lambda dump: os.utime(dump / "a.jsonl", (1, 1)),
        lambda dump: (dump / "c.jsonl").write_bytes(b"{}\n"),
        lambda dump: (dump / "b.jsonl").unlink(),
    ],
    ids=["size", "time", "new file", "missing file"],
)
def test_a_changed_dump_is_not_resumed(
    tmp_path: Path, dump: Path, change: Callable[[Path], object]
) -> None:
    """Every file of the dump must have the same name, size and time."""
    leave_build(tmp_path, "1", plan_build(dump))
    change(dump)
    assert find_resumable(tmp_path, plan_build(dump)) is None


@pytest.mark.parametrize(
    "settings",
    [{"licence": "MIT"}, {"date": "2024-01-02"}, {"columns": {"A": "title"}}, {"since": "2024"}],
    ids=lambda settings: next(iter(settings)),
)
def test_other_settings_are_not_resumed(
    tmp_path: Path, dump: Path, settings: dict[str, object]
) -> None:
    """Settings that change what records become must be the same."""
    leave_build(tmp_path, "1", plan_build(dump))
    assert find_resumable(tmp_path, plan_build(dump, **settings)) is None


def test_settings_that_do_not_matter_may_differ(tmp_path: Path, dump: Path) -> None:
    """The number of processes and of generations kept do not change what is built."""
    folder = leave_build(tmp_path, "1", plan_build(dump))
    assert find_resumable(tmp_path, plan_build(dump, processes=0, keep=7)) == folder


@pytest.mark.parametrize("version", [FORMAT_VERSION - 1, 0])
def test_builds_of_other_versions_are_not_resumed(tmp_path: Path, dump: Path, version: int) -> None:
    """What was left in another version of the format is not resumed."""
    leave_build(tmp_path, "1", replace(plan_build(dump), format_version=version))
    assert find_resumable(tmp_path, plan_build(dump)) is None


def test_a_build_from_standard_input_has_no_plan(tmp_path: Path) -> None:
    """Standard input cannot be read again, so nothing is written."""
    write_plan(tmp_path, make_plan((Input("-"),), "tantivy", BuildSettings()))
    assert not (tmp_path / PLAN).exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]"])
def test_a_damaged_plan_is_not_resumed(tmp_path: Path, dump: Path, content: bytes) -> None:
    """A plan that cannot be read is as good as none."""
    folder = leave_build(tmp_path, "1", plan_build(dump))
    (folder / PLAN).write_bytes(content)
    assert find_resumable(tmp_path, plan_build(dump)) is None


def test_a_build_without_a_ledger_is_not_resumed(tmp_path: Path, dump: Path) -> None:
    """A build that was killed before its ledger was made has nothing to go on from."""
    (leave_build(tmp_path, "1", plan_build(dump)) / LEDGER).unlink()
    assert find_resumable(tmp_path, plan_build(dump)) is None
