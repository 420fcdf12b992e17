"""Check that files of an opened generation that change in place are noticed."""

import os
from pathlib import Path

import pytest

from index.errors import GenerationCorrupt
from index.store.file_watch import INTERVAL_SECONDS, FileWatch
from index.store.integrity import check_sizes
from index.store.manifest import read_manifest
from tests.support.clock import Clock
from tests.support.made_generations import publish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Publish a generation of two small files."""
    return publish(tmp_path, "g1")


def test_a_change_in_place_is_noticed(folder: Path) -> None:
    """Other content is reported once the interval has passed, until it is mended."""
    clock = Clock()
    watch, segment = FileWatch(folder, read_manifest(folder), clock), folder / "engine" / "segment"
    segment.write_bytes(b"c0ntent")
    watch.check()
    clock.now += INTERVAL_SECONDS
    for _ in range(3):
        with pytest.raises(GenerationCorrupt, match="engine/segment has changed"):
            watch.check()
    segment.write_bytes(b"short")
    clock.now += INTERVAL_SECONDS
    with pytest.raises(GenerationCorrupt, match="has 5 bytes instead of 7"):
        watch.check()
    segment.write_bytes(b"content")
    os.utime(segment, ns=(0, 0))
    clock.now += INTERVAL_SECONDS
    watch.check()


def test_a_removed_or_replaced_file_does_no_harm(folder: Path) -> None:
    """What is mapped into memory stays, so only the file itself counts."""
    clock = Clock()
    (folder / "empty").unlink()
    watch, segment = FileWatch(folder, read_manifest(folder), clock), folder / "engine" / "segment"
    (folder / "other").write_bytes(b"x")
    (folder / "other").replace(segment)
    clock.now += INTERVAL_SECONDS
    watch.check()
    segment.unlink()
    (folder / "empty").write_bytes(b"x")
    clock.now += INTERVAL_SECONDS
    watch.check()
    with pytest.raises(GenerationCorrupt, match="empty has 1 bytes"):
        check_sizes(folder, read_manifest(folder))
