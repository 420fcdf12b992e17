"""Test what is not packed; `test_unpacking` tests that what is packed survives."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index.build.operations import build
from index.errors import GenerationCorrupt
from index.packs.errors import EngineUnpackable
from index.packs.packing import pack_index
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from tests.support.cluster import OPENSEARCH, use_cluster


def test_damage_is_not_packed(index_of: Callable[..., Path]) -> None:
    """A file that differs from the manifest is named."""
    index = index_of({"id": "p1", "title": "First paper"})
    words = find_current_folder(index) / "words"
    content, times = words.read_bytes(), words.stat()
    words.write_bytes(b"x" + content[1:])
    os.utime(words, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(GenerationCorrupt, match="words has changed"):
        pack_index(index, io.BytesIO(), "x.pack")


def test_an_index_of_a_cluster_is_not_packed(tmp_path: Path) -> None:
    """A generation whose papers a cluster keeps is refused with a way out."""
    use_cluster()
    dump = tmp_path / "a.jsonl"
    dump.write_text('{"id": "a", "title": "A title"}\n')
    build(tmp_path / "ix", [str(dump)], BuildSettings(engine=OPENSEARCH, processes=0))
    with pytest.raises(EngineUnpackable, match="snapshot"):
        pack_index(tmp_path / "ix", io.BytesIO(), "x.pack")
