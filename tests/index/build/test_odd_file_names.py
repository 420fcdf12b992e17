"""Check that a dump is read whose name is not UTF-8, which Linux allows."""

import gzip
import os
from pathlib import Path

import msgspec
import pytest

from index.build import dump_reader
from index.build.operations import add, build
from index.build.resume import PLAN, Plan, make_plan, write_plan
from index.errors import DumpTruncated, IndexMisnamed
from index.settings import BuildSettings, Input
from index.store.generations import find_current_folder
from index.store.manifest import read_manifest

ODD = os.fsdecode(b"dump-\xff\xfe")
SHOWN = "dump-\ufffd\ufffd"
LINES = b"".join(b'{"id": "x%d", "title": "On Case %d"}\n' % (n, n) for n in range(3_000))


@pytest.fixture(params=[1, 1 << 30], ids=["own process", "this process"])
def folder(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a dump and a file in no known format, all with names not in UTF-8."""
    monkeypatch.setattr(dump_reader, "LARGE", request.param)
    path = tmp_path / ODD
    try:
        path.mkdir()
    except (OSError, UnicodeError):
        pytest.skip("this file system only takes names in UTF-8")
    (path / f"{ODD}.jsonl").write_bytes(LINES)
    (path / f"{ODD}.bin").write_bytes(b"\x00\x01")
    return path


@pytest.mark.parametrize("inside", ["", f"{ODD}.jsonl"])
def test_odd_names_are_read(folder: Path, inside: str, tmp_path: Path) -> None:
    """A folder and a file are read, recognised again, and named with replacement characters."""
    directory, dump = tmp_path / "index", str(folder / inside)
    manifest, report = build(directory, (dump,), BuildSettings())
    assert report.indexed == 3_000
    assert report.unread_files == (() if inside else (f"{SHOWN}.bin",))
    assert read_manifest(find_current_folder(directory)) == manifest
    assert [one.name for one in manifest.dumps] == [SHOWN + (".jsonl" if inside else "")]
    _, report = add(directory, (dump,), BuildSettings())
    assert (report.unchanged, report.new, report.changed) == (3_000, 0, 0)


def test_a_plan_names_odd_files(folder: Path, tmp_path: Path) -> None:
    """The plan of a build from them can be written, so that the build can be resumed."""
    plan = make_plan((Input(str(folder)),), "tantivy", BuildSettings())
    write_plan(tmp_path, plan)
    assert msgspec.json.decode((tmp_path / PLAN).read_bytes(), type=Plan) == plan
    assert plan.inputs[0].path.endswith(SHOWN)
    assert len(plan.files) == 2


def test_errors_name_odd_files(folder: Path, tmp_path: Path) -> None:
    """The error about a damaged file has its name."""
    path = folder / f"{ODD}.gz"
    path.write_bytes(gzip.compress(LINES)[:-2_000])
    with pytest.raises(DumpTruncated, match="dump-"):
        build(tmp_path / "index", (str(path),), BuildSettings())


def test_an_index_needs_a_name_in_utf8(tmp_path: Path) -> None:
    """Engines only take UTF-8: the error says what to do, and nothing is created."""
    (tmp_path / "d.jsonl").write_bytes(LINES)
    with pytest.raises(IndexMisnamed, match="--index"):
        build(tmp_path / ODD, (str(tmp_path / "d.jsonl"),), BuildSettings())
    assert not (tmp_path / ODD).exists()
