"""Write and read the members of a tar archive one after another, without seeking.

Only what packs hold is read: regular files, whose name or size may come in a header of the pax
form. Links, devices, folders and everything else are refused, and no header makes the reader hold
more than some kilobytes. `tarfile` codes the headers, but reads whatever size a pax header claims.
"""

from tarfile import AREGTYPE, BLOCKSIZE, PAX_FORMAT, REGTYPE, XHDTYPE, HeaderError, TarInfo
from typing import NamedTuple, Protocol

MOST_HEADER = 64_000
"""Bytes of a pax header; ours have some dozens. Chosen."""

PIECE = 1 << 20
"""Bytes that are read and written at once. Chosen."""

END = bytes(2 * BLOCKSIZE)
"""What ends an archive."""


class Readable(Protocol):
    """Where an archive is read from."""

    def read(self, size: int, /) -> bytes:
        """Return some bytes, at most as many as asked for; none at the end."""


class Entry(NamedTuple):
    """A member of an archive: its name, and its size in bytes."""

    name: str
    size: int


def encode_header(name: str, size: int, changed: int) -> bytes:
    """Return what precedes the content of a member.

    Args:
        name: Its name.
        size: Its size in bytes.
        changed: When it last changed, in seconds since 1970.
    """
    entry = TarInfo(name)
    entry.size, entry.mtime = size, changed
    return entry.tobuf(PAX_FORMAT, "utf-8", "strict")


def pad_content(size: int) -> bytes:
    """Return what follows the content of a member of a size."""
    return bytes(-size % BLOCKSIZE)


def read_header(file: Readable) -> Entry | None:
    """Read what precedes the content of the next member.

    Returns:
        The member, or None at the end mark of the archive.

    Raises:
        ValueError: The archive ends too early, is damaged, or holds something else than a file.
    """
    further: dict[str, str] = {}
    while True:
        block = read_exactly(file, BLOCKSIZE)
        if not any(block):
            return None
        try:
            entry = TarInfo.frombuf(block, "utf-8", "strict")
        except (HeaderError, UnicodeDecodeError) as error:
            message = f"a header is not valid ({error})"
            raise ValueError(message) from error
        if entry.type in {REGTYPE, AREGTYPE}:
            return _complete_entry(entry, further)
        if entry.type != XHDTYPE or further or not 0 < entry.size <= MOST_HEADER:
            message = f"'{entry.name[:100]}' is not a regular file"
            raise ValueError(message)
        further = _parse_records(read_exactly(file, entry.size))
        read_exactly(file, -entry.size % BLOCKSIZE)


def _complete_entry(entry: TarInfo, further: dict[str, str]) -> Entry:
    size = further.get("size", str(entry.size))
    if not size.isascii() or not size.isdigit():
        message = f"the size of '{entry.name[:100]}' is not a number"
        raise ValueError(message)
    return Entry(further.get("path", entry.name), int(size[:20]))


def _parse_records(packed: bytes) -> dict[str, str]:
    """Parse the records of a pax header, ``LENGTH KEY=VALUE`` and the end of the line each."""
    records = {}
    while packed:
        length, _, _ = packed.partition(b" ")
        if not length.isdigit() or not len(length) < int(length[:9]) <= len(packed):
            message = "a pax header is not valid"
            raise ValueError(message)
        line, packed = packed[len(length) + 1 : int(length) - 1], packed[int(length) :]
        key, _, value = line.decode("utf-8", "replace").partition("=")
        records[key] = value
    return records


def read_exactly(file: Readable, size: int) -> bytes:
    """Return as many bytes as asked for; call it for small sizes.

    Raises:
        ValueError: There are fewer.
    """
    pieces = []
    while size > 0:
        if not (piece := file.read(min(size, PIECE))):
            message = "it ends too early"
            raise ValueError(message)
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
