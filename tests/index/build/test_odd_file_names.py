"""Answers: is a dump read whose name is no UTF-8, as Linux allows?"""

import gzip
import os
from pathlib import Path

import msgspec
import pytest

from index.build import dump_reader as reading
from index.build.operations import add, build
from index.build.resume import PLAN, Plan, note, plan
from index.errors import DumpTruncated, IndexMisnamed
from index.settings import BuildSettings, Input
from index.store.generations import find_current_folder
from index.store.manifest import read_manifest

ODD = os.fsdecode(b"dump-\xff\xfe")
SHOWN = "dump-\ufffd\ufffd"
LINES = b"".join(b'{"id": "x%d", "title": "On Case %d"}\n' % (n, n) for n in range(3_000))


@pytest.fixture(params=[1, 1 << 30], ids=["read apart", "read here"])
def folder(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with one file and one of no known format, all of odd names."""
    monkeypatch.setattr(reading, "LARGE", request.param)
    path = tmp_path / ODD
    try:
        path.mkdir()
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no names that are no UTF-8")
    (path / f"{ODD}.jsonl").write_bytes(LINES)
    (path / f"{ODD}.bin").write_bytes(b"\x00\x01")
    return path


@pytest.mark.parametrize("inside", ["", f"{ODD}.jsonl"])
def test_odd_names_are_read(folder: Path, inside: str, tmp_path: Path) -> None:
    """A folder and a file are read, known again, and named as well as can be."""
    directory, dump = tmp_path / "index", str(folder / inside)
    manifest, report = build(directory, (dump,), BuildSettings())
    assert report.indexed == 3_000
    assert report.unread_files == (() if inside else (f"{SHOWN}.bin",))
    assert read_manifest(find_current_folder(directory)) == manifest
    assert [one.name for one in manifest.dumps] == [SHOWN + (".jsonl" if inside else "")]
    _, report = add(directory, (dump,), BuildSettings())
    assert (report.unchanged, report.new, report.changed) == (3_000, 0, 0)


def test_a_plan_names_them(folder: Path, tmp_path: Path) -> None:
    """What is to be built of them is noted, so that it can be gone on with."""
    planned = plan((Input(str(folder)),), "tantivy", BuildSettings())
    note(tmp_path, planned)
    assert msgspec.json.decode((tmp_path / PLAN).read_bytes(), type=Plan) == planned
    assert planned.inputs[0].path.endswith(SHOWN)
    assert len(planned.files) == 2


def test_errors_name_them(folder: Path, tmp_path: Path) -> None:
    """A damaged one is told of in one sentence."""
    path = folder / f"{ODD}.gz"
    path.write_bytes(gzip.compress(LINES)[:-2_000])
    with pytest.raises(DumpTruncated, match="dump-"):
        build(tmp_path / "index", (str(path),), BuildSettings())


def test_an_index_of_such_a_name_is_refused(tmp_path: Path) -> None:
    """Engines take none; what to do is said, and nothing is made."""
    (tmp_path / "d.jsonl").write_bytes(LINES)
    with pytest.raises(IndexMisnamed, match="--index"):
        build(tmp_path / ODD, (str(tmp_path / "d.jsonl"),), BuildSettings())
    assert not (tmp_path / ODD).exists()
