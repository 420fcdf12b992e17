"""Test that a deep check finds what is wrong where sizes and digests agree."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from index.build.operations import add, build, remove
from index.engines.document import analyse_paper
from index.engines.engine import load_engine
from index.records import decode_paper
from index.settings import BuildSettings
from index.store.generations import ENGINE, find_current_folder
from index.store.integrity import digest_file
from index.store.manifest import MANIFEST, File, read_manifest, write_json
from index.verification.deep_check import Findings, check_deeply
from tests.support.paths import SAMPLE

SETTINGS = BuildSettings(processes=0)
RECORDS = [
    {"id": "a", "title": "Deep learning for the detection of rare birds", "year": 2020,
     "authors": ["Ada Lovelace"], "venue": "ICML", "references": ["b", "c"]},
    {"id": "b", "title": "A survey of bird songs", "year": 2019, "authors": ["Bea Smith"]},
    {"id": "c", "title": "Counting ships at sea", "year": 2018, "references": ["b"]},
    {"id": "a2", "title": "Deep learning for the detection of rare birds", "year": 2020,
     "authors": ["Ada Lovelace"], "doi": "10.1234/5"},
]  # fmt: skip


def write_dump(path: Path, records: list[dict[str, object]]) -> str:
    """Write records as JSON lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return str(path)


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index with a work of two records, and with references; tests copy it."""
    folder = tmp_path_factory.mktemp("made")
    settings = replace(SETTINGS, engine=request.param)
    build(folder / "ix", [write_dump(folder / "a.jsonl", RECORDS)], settings)
    return folder / "ix"


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Return the folder of a copy of its generation."""
    shutil.copytree(made, tmp_path / "ix")
    return find_current_folder(tmp_path / "ix")


def check(folder: Path) -> Findings:
    """Check a generation, and that the progress ends with all records."""
    calls: list[tuple[int, int]] = []
    found = check_deeply(folder, lambda done, every: calls.append((done, every)))
    assert calls == [(number, len(calls)) for number in range(1, len(calls) + 1)]
    return found


def change_ledger(folder: Path, statement: str) -> None:
    """Run a statement on the ledger."""
    with sqlite3.connect(folder / "ledger") as base:
        base.execute(statement)


def change_engine(folder: Path, title: str) -> None:
    """Store another title for paper ``b``, whose tokens stay those of the old one."""
    module = load_engine(read_manifest(folder).engine)
    with module.open_reader(folder / ENGINE) as reader:
        old = decode_paper(reader.read_paper("b") or b"")
    writer = module.open_writer(folder / ENGINE)
    writer.remove("b")
    document = replace(analyse_paper(old), added=1)
    writer.add(document, msgspec.msgpack.encode(replace(old, title=title)))
    writer.close()


def seal(folder: Path) -> None:
    """Write the manifest anew, so that sizes and digests agree with whatever the files hold."""
    manifest = read_manifest(folder)
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    )
    files = tuple(File(n, (folder / n).stat().st_size, digest_file(folder / n)) for n in names)
    write_json(folder / MANIFEST, replace(manifest, files=files))


def test_an_intact_generation_has_no_faults(made: Path) -> None:
    """Nothing is wrong with what a build has made; values are counted by work."""
    found = check(find_current_folder(made))
    assert found.faults == ()
    assert found.values is not None
    assert found.values["year"] == {"2020": 1, "2019": 1, "2018": 1}
    assert found.values["venue"]["ICML"] == 1


def test_the_sample_has_no_faults_after_updates(tmp_path: Path) -> None:
    """Nor with what updates and removals have made of the sample."""
    lines = SAMPLE.read_text().splitlines(keepends=True)
    (tmp_path / "a.jsonl").write_text("".join(lines[:120]))
    (tmp_path / "b.jsonl").write_text("".join(lines[80:150]))
    build(tmp_path / "ix", [str(tmp_path / "a.jsonl")], SETTINGS)
    add(tmp_path / "ix", [str(tmp_path / "b.jsonl")], SETTINGS)
    remove(tmp_path / "ix", [json.loads(lines[3])["id"]], SETTINGS)
    assert check(find_current_folder(tmp_path / "ix")).faults == ()


def truncate(folder: Path) -> None:
    """Cut a file."""
    (folder / "words").write_bytes(b"")


def forget_words(folder: Path) -> None:
    """Write other words, of which the manifest knows."""
    (folder / "words").write_text("text 4 bi*\tbird\n")


def forget_keys(folder: Path) -> None:
    """Leave out the last matching key."""
    (folder / "keys").write_bytes((folder / "keys").read_bytes()[:-8])


def invent_record(folder: Path) -> None:
    """List a record in the ledger that the engine does not have."""
    change_ledger(folder, "INSERT INTO records VALUES (9, 'z', 1, 9, 'jsonl', 1)")


def turn_back_numbers(folder: Path) -> None:
    """Let the next record have a number that is in use."""
    change_ledger(folder, "UPDATE counters SET value = 3")


def keep_removed(folder: Path) -> None:
    """Leave a removed record of the update before."""
    change_ledger(folder, "INSERT INTO gone VALUES (2, 'x', 1, 2, 'jsonl', 1)")


def split_work(folder: Path) -> None:
    """Let a record belong to a work that is not there."""
    change_ledger(folder, "UPDATE records SET work = 77 WHERE key = 'c'")


def change_title(folder: Path) -> None:
    """Store another title than the one whose tokens the engine has."""
    change_engine(folder, "Entirely different zebras")


def change_citations(folder: Path) -> None:
    """Let no paper cite another."""
    content = (folder / "citations").read_bytes()
    (folder / "citations").write_bytes(content[:-4] + b"\x09\0\0\0")


def miscount(folder: Path) -> None:
    """Let the report not add up."""
    report = json.loads((folder / "report.json").read_text())
    (folder / "report.json").write_text(json.dumps(report | {"read": 99}))


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (forget_words, "words: it does not agree with the papers"),
        (forget_keys, "keys: it has"),
        (invent_record, "record 'z': the ledger lists it, but the engine does not find it"),
        (invent_record, "ledger: it has 5 records, the manifest 4"),
        (turn_back_numbers, "ledger: record 'a2' has the number 3, and the next one is 3"),
        (keep_removed, "ledger: it would remove 'x' again"),
        (split_work, "record 'c': its work 77 is not in the ledger"),
        (change_title, "engine, field title_exact: 'zebras' finds 0 papers of 1"),
        (change_citations, "citations: it does not agree with the papers"),
        (miscount, "report.json: its counts do not add up"),
    ],
)
def test_damage_that_digests_agree_with(
    folder: Path, damage: Callable[[Path], None], line: str
) -> None:
    """Each kind of damage is a line that names the file or the paper, and a way out."""
    damage(folder)
    seal(folder)
    lines = [str(fault) for fault in check(folder).faults]
    assert any(found.startswith(line) for found in lines), lines
    assert all(found.count("papers build") == 1 for found in lines), lines


def test_a_work_is_what_its_records_make(folder: Path) -> None:
    """A work whose record has changed is named with its records."""
    change_ledger(folder, "UPDATE records SET work = (SELECT number FROM works) WHERE key = 'c'")
    seal(folder)
    (line,) = (str(f) for f in check(folder).faults if f.place.startswith("paper"))
    assert "it is not what its records make" in line


def test_every_damaged_file_is_listed(folder: Path) -> None:
    """Faults of several files are all found, where the plain check stops at the first."""
    truncate(folder)
    (folder / "rejects.jsonl.zst").write_bytes(b"x")
    places = {fault.place for fault in check(folder).faults}
    assert {"words", "rejects.jsonl.zst"} <= places
