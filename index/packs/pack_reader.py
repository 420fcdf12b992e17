"""Read a pack member by member, and check each against what the pack declares."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BufferedReader

import zstandard

from index.packs.contents import FIRST, LAST, MOST_FIRST, Member, decode_contents, list_sums
from index.packs.errors import PackDamaged, PackUnknown, PackUnreadable
from index.packs.tar_stream import END, PIECE, Readable, pad_content, read_exactly, read_header

ZSTD = b"\x28\xb5\x2f\xfd"
"""The first bytes of what Zstandard packed."""

WINDOW = 1 << 27
"""Bytes that a Zstandard stream may make its reader hold; ``--level 19`` needs 8 MB. Chosen."""

_SEAL = b"the file ends here"
"""What is read after the file itself, which shows that it ends where it should. Without it, a
stream of Zstandard that lacks its last bytes reads like a whole one."""


class _Sealed:
    """A file with something to read after its end."""

    def __init__(self, file: BufferedReader, seal: bytes) -> None:
        self._file, self._seal = file, seal

    def read(self, size: int, /) -> bytes:
        """Return some bytes of the file, then the seal, then none."""
        if piece := self._file.read(size):
            return piece
        piece, self._seal = self._seal[:size], self._seal[size:]
        return piece


class Pack:
    """A pack that is being read."""

    def __init__(self, source: BufferedReader, named: str) -> None:
        """Read the first member.

        Args:
            source: The pack; it is only read, never sought.
            named: What an error message calls it.

        Raises:
            PackUnusable: It cannot be read, or does not begin like a pack.
        """
        self.named = named
        with self.translate_errors():
            self._file: Readable = _Sealed(source, _SEAL)
            if source.peek(len(ZSTD))[: len(ZSTD)] == ZSTD:
                unpacker = zstandard.ZstdDecompressor(max_window_size=WINDOW)
                sealed = _Sealed(source, zstandard.compress(_SEAL))
                self._file = unpacker.stream_reader(
                    sealed,  # type: ignore[arg-type] # of which only `read` is called
                    read_across_frames=True,
                )
            try:
                entry = read_header(self._file)
            except (ValueError, zstandard.ZstdError) as error:
                raise PackUnknown(named) from error
            if entry is None or entry.name != FIRST or entry.size > MOST_FIRST:
                raise PackUnknown(named)
            self._first = read_exactly(self._file, entry.size)
            read_exactly(self._file, len(pad_content(entry.size)))
            self.contents = decode_contents(self._first)

    @contextmanager
    def translate_errors(self) -> Iterator[None]:
        """Report what is wrong with the pack.

        Raises:
            PackUnusable: For every failure of the block to read or check the pack.
        """
        try:
            yield
        except OSError as error:
            raise PackUnreadable(self.named, error.strerror or str(error)) from error
        except (ValueError, zstandard.ZstdError) as error:
            raise PackDamaged(self.named, str(error)) from error

    def read_member(self, member: Member) -> Iterator[bytes]:
        """Yield the content of the next member, and check that it is the declared one."""
        with self.translate_errors():
            self._expect(member.name, member.size)
        digest, left = sha256(), member.size
        while left:
            with self.translate_errors():
                piece = self._read(min(left, PIECE))
            digest.update(piece)
            left -= len(piece)
            yield piece
        with self.translate_errors():
            self._skip_padding(member.size)
            if digest.hexdigest() != member.sha256:
                message = f"the content of {member.name} has changed"
                raise ValueError(message)

    def check_end(self) -> None:
        """Read the last member, and check it.

        Raises:
            PackDamaged: It is missing or wrong.
        """
        expected = list_sums(self._first, self.contents)
        with self.translate_errors():
            self._expect(LAST, len(expected))
            if read_exactly(self._file, len(expected)) != expected:
                message = f"{LAST} does not agree with {FIRST}"
                raise ValueError(message)
            self._skip_padding(len(expected))
            end = read_exactly(self._file, len(END) + len(_SEAL))
            if end != END + _SEAL or self._file.read(1):
                message = f"something follows {LAST}"
                raise ValueError(message)

    def _expect(self, name: str, size: int) -> None:
        entry = read_header(self._file)
        if entry is None or entry != (name, size):
            found = "ends" if entry is None else f"has '{entry.name[:100]}' ({entry.size:,} bytes)"
            message = f"it {found} where '{name}' ({size:,} bytes) is declared"
            raise ValueError(message)

    def _read(self, most: int) -> bytes:
        if not (piece := self._file.read(most)):
            message = "it ends too early"
            raise ValueError(message)
        return piece

    def _skip_padding(self, size: int) -> None:
        read_exactly(self._file, len(pad_content(size)))
