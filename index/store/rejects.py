"""Write and read the rejected records of a generation.

The file ``rejects.jsonl.zst`` has one JSON object per line, with ``source``, ``reason`` and
``excerpt``.
"""

import io
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Self

import msgspec
import zstandard

from index.records import Reject

REJECTS = "rejects.jsonl.zst"
"""The name of the file in the folder of a generation."""

SHOWN = 5
"""Number of rejects that the report repeats, so that their reasons can be printed."""


class RejectWriter:
    """Writes rejects within a ``with`` block, and remembers the first few.

    Attributes:
        first: The first `SHOWN` rejects.
    """

    def __init__(self, folder: Path) -> None:
        self._file = (folder / REJECTS).open("wb")
        self._stream = zstandard.ZstdCompressor().stream_writer(self._file)
        self.first: list[Reject] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        """Finish the file; if the block failed, suppress further errors of the file."""
        with suppress(OSError) if failure else nullcontext():
            self._close()

    def add(self, reject: Reject) -> None:
        """Write one reject."""
        self._stream.write(msgspec.json.encode(reject) + b"\n")
        if len(self.first) < SHOWN:
            self.first.append(reject)

    def _close(self) -> None:
        with self._file:
            self._stream.close()  # type: ignore[no-untyped-call]


def read_rejects(folder: Path) -> Iterator[Reject]:
    """Yield the rejects of a generation in the order of the build."""
    decoder = msgspec.json.Decoder(Reject)
    with (folder / REJECTS).open("rb") as file:
        stream = zstandard.ZstdDecompressor().stream_reader(file)
        for line in io.TextIOWrapper(stream, encoding="utf-8"):
            yield decoder.decode(line)
