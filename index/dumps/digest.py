"""Compute the SHA-256 of a dump from the bytes that its readers fetch anyway.

A dump is hashed while it is read, so no byte is fetched twice. Bytes that no reader asked for
(after a limit, of a file in an unknown format, of an ignored README) are read once at the end:
the digest always covers whole files, whatever became of their content.
"""

from hashlib import sha256
from pathlib import Path

from index.dumps.file_state import FileState, read_state
from index.dumps.location import STDIN, translate_os_errors

CHUNK_BYTES = 1 << 20


class FileDigest:
    """The SHA-256 of one file up to a position.

    Attributes:
        end: Bytes hashed so far, from the start of the file.
        complete: Whether the end of the file has been reached.
        state: The state of the file when its reader opened it; None if there was no reader yet,
            or if it is a pipe.
    """

    __slots__ = ("_hash", "complete", "end", "state")

    def __init__(self) -> None:
        self._hash = sha256()
        self.end = 0
        self.complete = False
        self.state: FileState | None = None

    def update(self, start: int, content: memoryview) -> None:
        """Hash bytes that continue the hashed part; pass over bytes that lie elsewhere.

        Args:
            start: The position of the bytes in the file.
            content: The bytes; none at the end of the file.
        """
        known = self.end - start
        if 0 <= known < len(content):
            self._hash.update(content[known:])
            self.end = start + len(content)
        elif not content and not known:
            self.complete = True

    def read_rest(self, path: str) -> None:
        """Read and hash the rest of a file, without opening it if nothing is left.

        Raises:
            DumpChanged: The file was written, replaced or removed since it was opened.
        """
        if not self.complete:
            with translate_os_errors(path), Path(path).open("rb", buffering=0) as file:
                self.state = self.state or read_state(path, file.fileno())
                file.seek(self.end)
                while content := file.read(CHUNK_BYTES):
                    self._hash.update(content)
        if self.state is not None:
            self.state.check()

    def hexdigest(self) -> str:
        """Return the digest of the bytes hashed so far, in hexadecimal."""
        return self._hash.hexdigest()


class DumpDigest:
    """The SHA-256 of a dump: of a file its own, of a folder that of its files' digests."""

    def __init__(self, path: str) -> None:
        """Prepare to hash a dump.

        Args:
            path: A file, a folder, or ``-`` for standard input.
        """
        self._path = path
        self._files: dict[str, FileDigest] = {}

    def add_file(self, path: str) -> FileDigest:
        """Return a new digest that a reader of one of the dump's files has to update."""
        return self._files.setdefault(str(Path(path)), FileDigest())

    def finish(self) -> str:
        """Read what no reader asked for, and return the digest of the whole dump.

        Returns:
            The SHA-256 in hexadecimal: of a file, of its bytes; of a folder, of the hexadecimal
            digests of all files below it, hidden ones too, in the order of their paths; of
            standard input or another pipe, of its bytes if it was read to its end, else empty.

        Raises:
            DumpChanged: A file was written, replaced or removed since it was opened.
        """
        root = Path(self._path)
        if self._path == STDIN or not (root.is_file() or root.is_dir()):
            found = self._files.get(str(root))
            if found and found.state and self._path != STDIN:
                found.state.check()  # it was a file
            return found.hexdigest() if found and found.complete else ""
        if root.is_file():
            return self._finish_file(root)
        whole = sha256()
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            whole.update(self._finish_file(path).encode())
        return whole.hexdigest()

    def _finish_file(self, path: Path) -> str:
        digest = self.add_file(str(path))
        digest.read_rest(str(path))
        return digest.hexdigest()
