"""Recognise compressed data by its first bytes and decompress it as a stream."""

import bz2
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import zstandard

from index.dumps.location import DAMAGE, FileLocation
from index.dumps.raw_files import BUFFER_BYTES

FEED_BYTES = 1 << 12
"""The most compressed bytes given to a decoder at once. It bounds a decompression bomb: the
densest zstd block has 4 bytes and unpacks to 128 KiB, so 4 KiB yield at most 128 MiB."""

WINDOW_BYTES = 1 << 31
"""The most memory a decoder may use; the largest window of ``zstd --long=31``."""

MAGIC_BYTES = 10
"""The length of the longest magic number, that of bzip2."""


class _Decoder(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Compression:
    """One way of compressing a file.

    Attributes:
        name: Its name for people, ``gzip``.
        magic: Matches the first bytes of compressed data.
        suffix: Matches the end of a compressed file's name.
        decoder: Makes a decoder of one frame.
    """

    name: str
    magic: re.Pattern[bytes]
    suffix: re.Pattern[str]
    decoder: Callable[[], _Decoder]


_COMPRESSIONS = (
    Compression(
        "gzip",
        re.compile(rb"\x1f\x8b\x08"),
        re.compile(r"\.gz(ip)?$", re.IGNORECASE),
        lambda: zlib.decompressobj(16 + zlib.MAX_WBITS),
    ),
    Compression(
        "bzip2",
        re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),
        re.compile(r"\.bz2?$", re.IGNORECASE),
        bz2.BZ2Decompressor,
    ),
    Compression(
        "xz",
        re.compile(rb"\xfd7zXZ\0"),
        re.compile(r"\.xz$", re.IGNORECASE),
        lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=WINDOW_BYTES),
    ),
    Compression(
        "zstd",  # the second form is a skippable frame
        re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
        re.compile(r"\.zstd?$", re.IGNORECASE),
        lambda: zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES).decompressobj(),
    ),
)


def find_compression(head: bytes) -> Compression | None:
    """Return how a file with these first bytes is compressed, or None."""
    return next((each for each in _COMPRESSIONS if each.magic.match(head)), None)


def decompress(
    source: io.BufferedReader, compression: Compression, location: FileLocation
) -> Iterator[bytes]:
    """Yield the content of all frames of a compressed file, one after the other.

    Raises:
        DumpTruncated: The data are damaged, end too early, or are followed by other bytes.
    """
    data = source.read(FEED_BYTES)
    while data:
        if not compression.magic.match(data):
            location.fail(f"other bytes follow the {compression.name} data")
        decoder = compression.decoder()
        while not decoder.eof:
            # Not all decoders report truncated input: they just wait for more.
            if not data:
                location.fail(f"the {compression.name} data end too early")
            try:
                plain = decoder.decompress(data)
            except DAMAGE as error:
                location.fail(f"the {compression.name} data are damaged", error)
            for start in range(0, len(plain), BUFFER_BYTES):
                yield plain[start : start + BUFFER_BYTES]  # no copy, unless it is a bomb
            del plain  # free it before the next is made
            data = decoder.unused_data if decoder.eof else source.read(FEED_BYTES)
        data = _skip_padding(data, source)


def _skip_padding(data: bytes, source: io.BufferedReader) -> bytes:
    """Return the first bytes of the next frame; none if only zeros are left."""
    data = data.lstrip(b"\0")
    while len(data) < MAGIC_BYTES and (more := source.read(FEED_BYTES)):
        data = (data + more).lstrip(b"\0")
    return data
