"""Answers: which records were rejected, and why?

``rejects.jsonl.zst`` in the generation: one JSON object a line with ``source``, ``reason``
and ``excerpt``.
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

SHOWN = 5
"""Rejects that are repeated in the report, so that their reasons can be printed."""


class RejectWriter:
    """Writes rejects as they come, in a ``with`` block, and remembers the first few."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / REJECTS).open("wb")
        self._stream = zstandard.ZstdCompressor().stream_writer(self._file)
        self.first: list[Reject] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        """Finish the file; if something failed already, that is what counts."""
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
    """Read the rejects of a generation, in the order of the build."""
    decoder = msgspec.json.Decoder(Reject)
    with (folder / REJECTS).open("rb") as file:
        stream = zstandard.ZstdDecompressor().stream_reader(file)
        for line in io.TextIOWrapper(stream, encoding="utf-8"):
            yield decoder.decode(line)
