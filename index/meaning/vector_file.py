"""Write, find and check the file of vectors in the folder of a generation.

The file ``vectors`` is written once, beside its final name, and never changed. After a header in
JSON it has one column after another, each with a row for every paper, ordered by digest:

- ``heads`` and ``tails``: the two halves of the digest of the paper's text, 8 bytes each,
- ``signs``: the sign of each component, one bit each, filled up to a multiple of 8 bytes,
- ``ends``: where the paper's id ends among the ids, 4 bytes,

and the ids, joined. All numbers are little-endian. A row of a text that has since changed does no
harm, since nothing has its digest.
"""

import os
from collections.abc import Sequence
from hashlib import blake2b, file_digest, sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from index.meaning.errors import VectorsCorrupt, VectorsUnreadable
from index.records import Paper
from index.store.additions import VECTORS
from index.store.generations import sync_folder

MAGIC = b"PAPERVEC"
"""The first bytes of the file; after them come the length and the check sum of the header."""

VERSION = 1
"""Version of the file and of what is embedded; a file of another version is replaced."""

DIGEST_BYTES = 16
"""Bytes of a digest of a text."""

ALIGNED = 64
"""The columns begin at a multiple of this number of bytes."""


class Header(Struct, frozen=True):
    """What the file of vectors holds.

    Attributes:
        version: `VERSION` when it was written.
        model: The digest of the model, see `index.meaning.model.Model`.
        folder: The folder of the model; None for the installed one.
        dimension: The number of components of a vector.
        pooling: How the model makes one vector of a text, see `index.meaning.model.Model`.
        rows: The number of papers.
        id_bytes: The length of the ids.
        generation: The generation whose papers these are. A later generation that has taken the
            file over may have other papers.
        sha256: The digest of everything after the header.
    """

    version: int
    model: str
    folder: str | None
    dimension: int
    pooling: str
    rows: int
    id_bytes: int
    generation: str
    sha256: str = ""


class Place(NamedTuple):
    """Where a column is in the file, in bytes."""

    start: int
    size: int


def make_text(paper: Paper) -> str:
    """Return the text that stands for a paper: its title and its abstract."""
    return f"{paper.title}\n{paper.abstract}".strip()


def digest_text(text: str) -> bytes:
    """Return the digest of a text that is embedded."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


def digest_paper(paper: Paper) -> bytes:
    """Return the digest of the text that stands for a paper."""
    return digest_text(make_text(paper))


def measure_row(dimension: int) -> int:
    """Return the bytes that the signs of one vector take: 48 for 384 components."""
    return -(-dimension // 64) * 8


def locate_columns(header: Header, start: int) -> dict[str, Place]:
    """Return where each column is in a file whose header ends before `start`."""
    row = measure_row(header.dimension)
    places = {}
    for name, width in (("heads", 8), ("tails", 8), ("signs", row), ("ends", 4)):
        places[name] = Place(start, header.rows * width)
        start += header.rows * width
    return places | {"ids": Place(start, header.id_bytes)}


def write_file(folder: Path, header: Header, columns: Sequence[bytes | memoryview]) -> Header:
    """Write the file of vectors beside its name, and put it there.

    Args:
        folder: The folder of a generation.
        header: What the file holds; its digest is filled in.
        columns: The columns in their order, and the ids.

    Returns:
        The header with the digest.

    Raises:
        OSError: The disk is full or read-only, or permission is denied.
    """
    digest = sha256()
    for column in columns:
        digest.update(column)
    header = replace(header, sha256=digest.hexdigest())
    beside = folder / f"{VECTORS}.new"
    try:
        with beside.open("wb") as file:
            file.write(_encode_header(header))
            for column in columns:
                file.write(column)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(folder.stat().st_mode & 0o666)
        beside.replace(folder / VECTORS)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(folder)
    return header


def _encode_header(header: Header) -> bytes:
    packed = msgspec.json.encode(header)
    numbers = len(packed).to_bytes(4, "little") + crc32(packed).to_bytes(4, "little")
    whole = MAGIC + numbers + packed
    return whole + b" " * (-len(whole) % ALIGNED)


def read_header(folder: Path) -> tuple[Header, int] | None:
    """Read the header of the file of vectors, and check the size of the file.

    Args:
        folder: The folder of a generation.

    Returns:
        The header, and where the columns start; None if the generation has no vectors, or those of
        another version of this program.

    Raises:
        VectorsCorrupt: The file is damaged.
        VectorsUnreadable: It cannot be read.
    """
    try:
        with (folder / VECTORS).open("rb") as file:
            return parse_header(file, folder.name)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise VectorsUnreadable(folder.name, error) from error


def parse_header(file: BinaryIO, generation: str) -> tuple[Header, int] | None:
    """Read the header of an open file of vectors; see `read_header`."""
    first = file.read(len(MAGIC) + 8)
    packed = file.read(int.from_bytes(first[8:12], "little"))
    size = os.fstat(file.fileno()).st_size
    if first[:8] != MAGIC or crc32(packed) != int.from_bytes(first[12:], "little"):
        raise VectorsCorrupt(generation, "the header has changed")
    if msgspec.json.decode(packed, type=_Version).version != VERSION:
        return None
    header = msgspec.json.decode(packed, type=Header)
    start = len(first) + len(packed)
    start += -start % ALIGNED
    if size != sum(locate_columns(header, start)["ids"]):
        raise VectorsCorrupt(generation, f"it has {size:,} bytes")
    return header, start


class _Version(Struct):
    """The version of a file, readable whatever else the header has."""

    version: int


def check_file(folder: Path) -> Header | None:
    """Check the whole content of the file of vectors by reading it.

    Returns:
        What it holds, or None if the generation has no vectors.

    Raises:
        VectorsCorrupt: The file is damaged.
        VectorsUnreadable: It cannot be read.
    """
    if (found := read_header(folder)) is None:
        return None
    header, start = found
    try:
        with (folder / VECTORS).open("rb") as file:
            file.seek(start)
            digest = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise VectorsUnreadable(folder.name, error) from error
    if digest != header.sha256:
        raise VectorsCorrupt(folder.name, "it has changed since it was written")
    return header
