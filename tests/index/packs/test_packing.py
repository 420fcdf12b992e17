"""Test what is not packed; `test_unpacking` tests that what is packed survives."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import pytest

from index.build.operations import build
from index.errors import GenerationCorrupt
from index.packs.errors import EngineUnpackable, PackUnwritable
from index.packs.pack_reader import Pack
from index.packs.packing import pack_index
from index.packs.unpacking import UnpackSettings, unpack_index
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from tests.support.cluster import OPENSEARCH, use_cluster

if TYPE_CHECKING:
    from typing_extensions import Buffer


def test_damage_is_not_packed(index_of: Callable[..., Path]) -> None:
    """A file that differs from the manifest is named."""
    index = index_of({"id": "p1", "title": "First paper"})
    words = find_current_folder(index) / "words"
    content, times = words.read_bytes(), words.stat()
    words.write_bytes(b"x" + content[1:])
    os.utime(words, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(GenerationCorrupt, match="words has changed"):
        pack_index(index, io.BytesIO(), "x.pack")


class _Small(io.RawIOBase):
    """A stream that takes at most 1,000 bytes at once, and has room for some."""

    def __init__(self, room: int) -> None:
        self.content, self._room = bytearray(), room

    def writable(self) -> bool:
        return True

    def write(self, piece: "Buffer", /) -> int:
        taken = bytes(piece)[: min(1_000, self._room - len(self.content))]
        if not taken:
            raise OSError(28, "No space left on device")
        self.content += taken
        return len(taken)


@pytest.mark.parametrize("level", [0, 3])
def test_an_unbuffered_stream_may_take_a_part(
    index_of: Callable[..., Path], tmp_path: Path, level: int
) -> None:
    """Standard output may be unbuffered: the rest is written too, or its failure is reported."""
    index = index_of({"id": "p1", "title": "First paper"})
    target = _Small(1_000_000)
    pack_index(index, cast("BinaryIO", target), "-", level)
    packed = Pack(io.BufferedReader(io.BytesIO(target.content)), "-")
    assert unpack_index(tmp_path, packed, UnpackSettings()).papers == 1
    half = _Small(len(target.content) // 2)
    with pytest.raises(PackUnwritable, match="No space left"):
        pack_index(index, cast("BinaryIO", half), "-", level)


def test_an_index_of_a_cluster_is_not_packed(tmp_path: Path) -> None:
    """A generation whose papers a cluster keeps is refused with a way out."""
    use_cluster()
    dump = tmp_path / "a.jsonl"
    dump.write_text('{"id": "a", "title": "A title"}\n')
    build(tmp_path / "ix", [str(dump)], BuildSettings(engine=OPENSEARCH, processes=0))
    with pytest.raises(EngineUnpackable, match="snapshot"):
        pack_index(tmp_path / "ix", io.BytesIO(), "x.pack")
