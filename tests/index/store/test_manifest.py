"""Check that manifests are read as written, and that other versions are refused."""

import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import GenerationCorrupt, GenerationOutdated
from index.records import Reject, Source
from index.store.manifest import (
    MANIFEST,
    REPORT,
    Counts,
    Dump,
    File,
    Manifest,
    Report,
    read_manifest,
    read_report,
    utc_now,
    write_json,
)

MANIFEST_OF_ONE = Manifest(
    name="g",
    created="2024-01-02T03:04:05Z",
    papers=1,
    documents=1,
    records=1,
    probe="x",
    engine="tantivy",
    engine_version="tantivy 1",
    dumps=(Dump("d.jsonl", 10, "ab", "2024-01-01", "CC0-1.0", 1),),
    files=(File("engine/meta.json", 3, "cd"),),
    code_version="1",
)


def test_a_manifest_is_read_as_written(tmp_path: Path) -> None:
    """A manifest and a report are read as they were written."""
    report = Report(read=3, indexed=1, merged=1, rejected=1, seconds=1.5, unread_files=("a",))
    report.sources["jsonl"] = Counts(read=3, indexed=1, merged=1, rejected=1)
    report.first_rejects = (Reject(Source("d", "", 1, 0), "has no title"),)
    write_json(tmp_path / MANIFEST, MANIFEST_OF_ONE)
    write_json(tmp_path / REPORT, report)
    assert read_manifest(tmp_path) == MANIFEST_OF_ONE
    assert read_report(tmp_path) == report
    assert (tmp_path / MANIFEST).read_text("utf-8").startswith('{\n  "name": "g",\n')


OUTDATED = [("format_version", 99, "format 99"), ("schema_version", 0, "schema 0"),
            ("analyser", "0+old", "analyser 0+old")]  # fmt: skip


def test_an_older_manifest_says_rebuild(tmp_path: Path) -> None:
    """A manifest without a required field is outdated rather than damaged."""
    known = msgspec.to_builtins(MANIFEST_OF_ONE)
    old = {name: value for name, value in known.items() if name not in ("documents", "records")}
    (tmp_path / MANIFEST).write_bytes(msgspec.json.encode(old | {"format_version": 1}))
    with pytest.raises(GenerationOutdated, match="format 1"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(("field", "value", "versions"), OUTDATED)
def test_another_version_says_rebuild(
    tmp_path: Path, field: str, value: int | str, versions: str
) -> None:
    """The error names the version found, the version expected and the way out."""
    write_json(tmp_path / MANIFEST, msgspec.structs.replace(MANIFEST_OF_ONE, **{field: value}))
    with pytest.raises(GenerationOutdated) as raised:
        read_manifest(tmp_path)
    assert f"has {versions}; this version of Papersearch reads" in str(raised.value)
    assert "papers build DUMP" in str(raised.value)


DAMAGED = [b"", b"{", b"null", b"[]", b'{"name": 1}', b"\xff\xfe", b"{}", b"[" * 100_000]


CASES = [(MANIFEST, content) for content in DAMAGED] + [
    (REPORT, content) for content in DAMAGED if not content.endswith(b"}")
]


@pytest.mark.parametrize(("name", "content"), CASES)
def test_a_damaged_file_is_reported(tmp_path: Path, name: str, content: bytes) -> None:
    """Whatever the file contains, the error tells the user what to do."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GenerationCorrupt, match=f"{name} is damaged"):
        (read_manifest if name == MANIFEST else read_report)(tmp_path)


@pytest.mark.parametrize("name", [MANIFEST, REPORT])
def test_what_is_no_file_is_not_read(tmp_path: Path, name: str) -> None:
    """Reading a pipe would block, and reading a device without an end would fill the memory."""
    read = read_manifest if name == MANIFEST else read_report
    os.mkfifo(tmp_path / name)
    with pytest.raises(GenerationCorrupt, match=f"{name} is not a file"):
        read(tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).symlink_to(os.devnull)
    with pytest.raises(GenerationCorrupt, match=f"{name} is not a file"):
        read(tmp_path)


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    """Without its manifest a generation is not complete."""
    with pytest.raises(GenerationCorrupt, match="No such file"):
        read_manifest(tmp_path)
    with pytest.raises(GenerationCorrupt, match="No such file"):
        read_report(tmp_path / "nowhere")


NUMBERS = st.integers(0, 5)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_counts_that_add_up(  # noqa: PLR0913, PLR0917 - one number a count
    read: int, indexed: int, merged: int, unchanged: int, skipped: int, rejected: int
) -> None:
    """The outcomes must add up to the number of records read."""
    counts = Counts(read, indexed, merged, unchanged, skipped, rejected)
    assert counts.adds_up() is (read == indexed + merged + unchanged + skipped + rejected)


def test_the_clock_is_utc() -> None:
    """Names and dates do not depend on the time zone of the machine."""
    offset = utc_now().utcoffset()
    assert offset is not None
    assert not offset
