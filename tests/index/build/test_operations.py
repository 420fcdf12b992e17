"""Check that a build accounts for every record and only switches to a complete generation."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from index.build.ingest import FEW_REJECTS
from index.build.operations import build
from index.engines.engine import load_engine
from index.errors import DumpEmpty, DumpUnknown, IndexMissing, TooManyRejects
from index.records import Paper, decode_paper
from index.settings import BuildSettings
from index.store.generations import ENGINE, find_current_folder, read_current_name
from index.store.history import list_generations, roll_back
from index.store.integrity import check_digests
from index.store.manifest import Counts, Manifest, Report, read_manifest, read_report
from index.store.rejects import REJECTS, read_rejects
from tests.support.paths import ROOT

SETTINGS = BuildSettings(date="2024-01-02")

ARXIV = {"id": "0704.0001", "title": "From arXiv", "categories": "cs.LG", "authors_parsed": []}
PAPERLISTS = {"id": "1", "title": "From a list", "author": "Ann Lee", "track": "main", "aff": "",
              "status": "Poster"}  # fmt: skip


def make_record(name: str, **more: object) -> bytes:
    """Make one line."""
    return json.dumps({"id": name, "title": f"Paper {name}"} | more).encode() + b"\n"


BAD = b'{"id": "bad", "title": ""}\n'


def write_dump(path: Path, *content: bytes) -> str:
    """Write a dump of lines and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(content))
    return str(path)


def read_paper(index: Path, name: str) -> Paper | None:
    """Return a paper of the generation in use, or None."""
    found = load_engine("tantivy").probe(find_current_folder(index) / ENGINE, name)[1]
    return None if found is None else decode_paper(found)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Return a folder of dumps in three formats, with a README and a file in no format."""
    folder = tmp_path / "dumps"
    write_dump(
        folder / "own.jsonl",
        *(make_record(f"p{n}") for n in range(10)),
        make_record("p3"),
        BAD,
        b"{\n",
    )
    write_dump(folder / "arxiv.json", json.dumps(ARXIV).encode() + b"\n", b'{"id": 1}\n')
    write_dump(
        folder / "iclr" / "iclr2024.json", json.dumps([PAPERLISTS, {"title": None}]).encode()
    )
    write_dump(folder / "README.md", b"read me")
    write_dump(folder / "notes.txt", b"no papers")
    return folder


def test_the_report_adds_up(tmp_path: Path, mixed: Path) -> None:
    """Each record read is indexed, merged, skipped or rejected, in total and by format."""
    manifest, report = build(tmp_path / "index", (str(mixed),), SETTINGS)
    assert report.sources == {
        "jsonl": Counts(read=13, indexed=10, merged=1, rejected=2),
        "arxiv": Counts(read=2, indexed=1, rejected=1),
        "paperlists": Counts(read=2, indexed=1, rejected=1),
    }
    assert (report.read, report.indexed, report.merged, report.rejected) == (17, 12, 1, 4)
    assert report.adds_up()
    assert all(counts.adds_up() for counts in report.sources.values())
    assert manifest.papers == 12
    assert report.unread_files == ("notes.txt",)
    folder = find_current_folder(tmp_path / "index")
    assert read_report(folder) == report
    assert read_manifest(folder) == manifest


def test_the_manifest_describes_the_dumps(tmp_path: Path) -> None:
    """The manifest has the name, size, digest, date, licence and number of records of each dump."""
    content = make_record("a") + make_record("b")
    dumps = (
        write_dump(tmp_path / "a.jsonl", content),
        write_dump(tmp_path / "b.jsonl", make_record("c")),
    )
    settings = BuildSettings(date="2024-01-02", licence="CC0-1.0")
    manifest, _ = build(tmp_path / "index", dumps, settings)
    first, second = manifest.dumps
    assert (first.name, first.size, first.records) == ("a.jsonl", len(content), 2)
    assert first.sha256 == hashlib.sha256(content).hexdigest()
    assert (first.date, first.licence) == ("2024-01-02", "CC0-1.0")
    assert (second.name, second.size, second.records) == ("b.jsonl", len(make_record("c")), 1)
    folder = find_current_folder(tmp_path / "index")
    assert {file.name for file in manifest.files} >= {"report.json", REJECTS, "engine/meta.json"}
    check_digests(folder, manifest)
    found = read_paper(tmp_path / "index", "a")
    assert found is not None
    assert found.shown.source is not None
    assert (found.shown.source.date, found.shown.source.licence) == ("2024-01-02", "CC0-1.0")


def test_the_date_defaults_to_that_of_the_file(tmp_path: Path) -> None:
    """Without a date, a dump has the day on which its file was last written."""
    dump = write_dump(tmp_path / "a.jsonl", make_record("a"))
    os.utime(dump, (1_000_000_000, 1_000_000_000))
    manifest, _ = build(tmp_path / "index", (dump,), BuildSettings())
    assert manifest.dumps[0].date == "2001-09-09"


def test_a_later_record_replaces_an_earlier_one(tmp_path: Path) -> None:
    """Of two records with one id the later counts, within a dump and across dumps."""
    one = write_dump(
        tmp_path / "1.jsonl",
        make_record("a", year=2001),
        make_record("b"),
        make_record("a", year=2002),
    )
    two = write_dump(tmp_path / "2.jsonl", make_record("b", year=2003))
    manifest, report = build(tmp_path / "index", (one, two), SETTINGS)
    assert (report.read, report.indexed, report.merged, manifest.papers) == (4, 2, 2, 2)
    years = [found.shown.year for name in "ab" if (found := read_paper(tmp_path / "index", name))]
    assert years == [2002, 2003]


def test_rejects_say_where_and_why(tmp_path: Path) -> None:
    """Each reject has its file, number, offset, reason and an excerpt."""
    good = b"".join(make_record(f"p{n}") for n in range(5))
    write_dump(tmp_path / "d" / "sub" / "x.jsonl", good, BAD, b'{"id": "c"}\n')
    build(tmp_path / "index", (str(tmp_path / "d"),), SETTINGS)
    first, second = read_rejects(find_current_folder(tmp_path / "index"))
    source = first.source
    assert (source.dump, source.file, source.record) == ("d", "sub/x.jsonl", 6)
    assert (source.offset, second.source.offset) == (len(good), len(good + BAD))
    assert first.reason == "has no title"
    assert "missing required field `title`" in second.reason
    assert second.excerpt == '{"id": "c"}'


PASSING = [
    (100, FEW_REJECTS, 0.05),
    (400, 20, 0.05),
    (100, 0, 0.0),
    (1, 50, 1.0),
]
FAILING = [
    (100, FEW_REJECTS + 1, 0.05),
    (380, 21, 0.05),
    (100, 1, 0.0),
    (0, 1, 1.0),
    (0, FEW_REJECTS, 0.5),
]


def write_mixture(folder: Path, good: int, bad: int) -> str:
    """Write a dump of a number of good and bad records."""
    return write_dump(folder / "d.jsonl", *(make_record(f"p{n}") for n in range(good)), BAD * bad)


@pytest.mark.parametrize(("good", "bad", "limit"), PASSING)
def test_a_few_rejects_pass(tmp_path: Path, good: int, bad: int, limit: float) -> None:
    """A build succeeds while the rejects are few, or their share is within the limit."""
    settings = BuildSettings(max_rejects=limit)
    report = build(tmp_path / "index", (write_mixture(tmp_path, good, bad),), settings)[1]
    assert (report.indexed, report.rejected) == (good, bad)


@pytest.mark.parametrize(("good", "bad", "limit"), FAILING)
def test_too_many_rejects_fail(tmp_path: Path, good: int, bad: int, limit: float) -> None:
    """A build of more rejects than the limit, or of nothing else, fails and leaves nothing."""
    index = tmp_path / "index"
    with pytest.raises(TooManyRejects, match=r"has no title.*--max-rejects"):
        build(index, (write_mixture(tmp_path, good, bad),), BuildSettings(max_rejects=limit))
    with pytest.raises(IndexMissing):
        read_current_name(index)
    assert not list((index / "generations").iterdir())


USELESS: list[tuple[str, bytes, type[Exception]]] = [
    ("empty", b"", DumpEmpty),
    ("text", b"some text\n", DumpUnknown),
    ("other json", b'{"name": "x"}\n', DumpUnknown),
    ("binary", bytes(range(256)), DumpUnknown),
]


@pytest.mark.parametrize(("content", "error"), [pytest.param(*u[1:], id=u[0]) for u in USELESS])
def test_a_useless_dump_leaves_the_index(
    tmp_path: Path, content: bytes, error: type[Exception]
) -> None:
    """If one of two dumps cannot be used, the build fails as a whole, and the old index stays."""
    index = tmp_path / "index"
    good = write_dump(tmp_path / "good.jsonl", make_record("a"))
    build(index, (good,), SETTINGS)
    before = read_current_name(index)
    with pytest.raises(error):
        build(index, (good, write_dump(tmp_path / "bad", content)), SETTINGS)
    assert list_generations(index) == [before] == [path.name for path in _generations(index)]
    assert read_paper(index, "a") is not None


def _generations(index: Path) -> list[Path]:
    return list((index / "generations").iterdir())


def test_standard_input(tmp_path: Path) -> None:
    """A dump may come through standard input; it has a digest like any other."""
    content = b"".join(make_record(f"p{n}") for n in range(3))
    command = [sys.executable, "-m", "web.cli", "build", "-", "--index", str(tmp_path / "index")]
    done = subprocess.run(command, input=content, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    (dump,) = read_manifest(find_current_folder(tmp_path / "index")).dumps
    sha256 = hashlib.sha256(content).hexdigest()
    assert (dump.name, dump.size, dump.sha256, dump.records) == ("stdin", len(content), sha256, 3)


def test_a_rebuild_has_the_same_papers(tmp_path: Path, mixed: Path) -> None:
    """A rebuild from the same dump differs only in its name and time."""
    index = tmp_path / "index"
    first, second = (build(index, (str(mixed),), SETTINGS) for _ in range(2))
    unlike: dict[str, Any] = {"name": "", "created": "", "replaced": "", "files": ()}
    assert msgspec.structs.replace(first[0], **unlike) == msgspec.structs.replace(
        second[0], **unlike
    )
    assert first[0].name < second[0].name
    assert (first[0].replaced, second[0].replaced) == ("", first[0].name)
    names = [f"p{n}" for n in range(10)] + ["arxiv:0704.0001", "paperlists:iclr2024/1"]
    now = [read_paper(index, name) for name in names]
    assert roll_back(index).name == first[0].name
    assert [read_paper(index, name) for name in names] == now
    assert None not in now


def test_progress_adds_up(tmp_path: Path) -> None:
    """The bytes and records reported as progress add up to those of the dump."""
    content = b"".join(make_record(f"p{n}") for n in range(50))
    calls: list[tuple[int, int]] = []
    dump = write_dump(tmp_path / "d.jsonl", content)
    build(tmp_path / "index", (dump,), SETTINGS, lambda *counts: calls.append(counts))
    assert sum(size for size, _ in calls) == len(content)
    assert sum(count for _, count in calls) == 50


def test_a_dump_named_by_a_dot_has_the_name_of_its_folder(
    tmp_path: Path, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manifest names the folder itself."""
    monkeypatch.chdir(mixed)
    built: tuple[Manifest, Report] = build(tmp_path / "index", (".",), SETTINGS)
    assert built[0].dumps[0].name == "dumps"
    assert len(built[0].dumps[0].sha256) == 64


@pytest.mark.parametrize("keep", [1, 2, 3])
def test_old_generations_are_removed(tmp_path: Path, keep: int) -> None:
    """Each build leaves `keep` generations, the newest of them in use."""
    dump = write_dump(tmp_path / "d.jsonl", make_record("a"))
    names = [build(tmp_path / "index", (dump,), BuildSettings(keep=keep))[0].name for _ in range(4)]
    assert list_generations(tmp_path / "index") == names[-keep:]
    assert read_current_name(tmp_path / "index") == names[-1]
