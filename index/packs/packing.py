"""Pack the generation in use of an index into one stream."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import zstandard
from msgspec import Struct

from index import __version__
from index.engines.cluster_folder import has_location
from index.errors import GenerationCorrupt
from index.packs.contents import (
    FIRST,
    FOLDER,
    LAST,
    VERSION,
    Contents,
    Member,
    encode_contents,
    list_sums,
)
from index.packs.errors import EngineUnpackable, PackUnwritable
from index.packs.tar_stream import END, PIECE, encode_header, pad_content
from index.people.curation import CURATION
from index.people.curation_parser import read_curation
from index.store.additions import ADDITIONS
from index.store.generations import ENGINE, open_current
from index.store.manifest import MANIFEST, Manifest, read_manifest

LEVEL = 3
"""The level of Zstandard. Of the 249 MB of an index of 95,099 papers, level 1 leaves 187 MB, 3
leaves 179, 6 leaves 175, 9 leaves 172 and 15 leaves 170; they take 1.3, 3, 6, 10 and 66 s of
processors."""

OnBytes = Callable[[int, int], None]
"""Called with the bytes done, and those of all files."""


class PackReport(Struct, frozen=True):
    """What was packed or unpacked.

    Attributes:
        generation: The name of the generation, as the index has it.
        papers: Number of papers.
        files: Number of files.
        bytes: Their size.
        authors: What became of ``authors.toml``: ``packed``, ``unpacked``, ``kept`` if that of the
            index stays, or empty if there is none.
        seconds: Duration.
    """

    generation: str
    papers: int
    files: int
    bytes: int
    authors: str
    seconds: float


class _File:
    """One file to pack, opened before the first is read, so that a build cannot remove it."""

    def __init__(self, name: str, path: Path, stack: ExitStack) -> None:
        try:
            self.content = stack.enter_context(path.open("rb"))
        except OSError as error:
            reason = f"{path.name} cannot be read: {error.strerror}"
            raise GenerationCorrupt(path.parent.name, reason) from error
        self.name, self.path = name, path

    def describe(self) -> Member:
        """Return its entry in the first member, by reading all of it."""
        self.content.seek(0)
        digest, size = sha256(), 0
        while piece := self.content.read(PIECE):
            digest.update(piece)
            size += len(piece)
        self.content.seek(0)
        return Member(self.name, size, digest.hexdigest())


def pack_index(
    directory: Path, target: BinaryIO, named: str, level: int = LEVEL, watch: OnBytes | None = None
) -> PackReport:
    """Write the generation in use, and what belongs to the index, into a stream.

    Args:
        directory: The index.
        target: Takes the pack; it is only written to, and stays open.
        named: What an error message calls it.
        level: The level of Zstandard, or 0 for a plain tar archive.
        watch: Called with the progress, or None.

    Raises:
        IndexUnusable: There is no index, or a file differs from what its manifest says.
        CurationUnusable: The file that says who is who is wrong.
        EngineUnpackable: The engine keeps the papers elsewhere.
        PackUnwritable: The stream cannot be written.
    """
    started = time.monotonic()
    read_curation(directory / CURATION)
    with ExitStack() as stack:
        manifest, files = open_current(directory, lambda folder: _open_files(folder, stack))
        if (directory / CURATION).is_file():
            files.insert(0, _File(CURATION, directory / CURATION, stack))
        contents = _describe_files(manifest, files)
        with _open_stream(target, named, level) as write:
            _write_pack(write, contents, files, watch or (lambda _done, _all: None))
    return PackReport(
        manifest.name,
        manifest.papers,
        len(files),
        contents.size,
        "packed" if files[0].name == CURATION else "",
        round(time.monotonic() - started, 3),
    )


def _open_files(folder: Path, stack: ExitStack) -> tuple[Manifest, list[_File]]:
    """Open the manifest of a generation, all files that it lists, and those added since."""
    manifest = read_manifest(folder)
    if has_location(folder / ENGINE):
        raise EngineUnpackable(manifest.engine)
    added = [name for name in ADDITIONS if (folder / name).is_file()]
    names = (MANIFEST, *(file.name for file in manifest.files), *added)
    return manifest, [_File(FOLDER + name, folder / name, stack) for name in names]


def _describe_files(manifest: Manifest, files: list[_File]) -> Contents:
    """Declare all members; of files in the manifest, with what it says."""
    known = {FOLDER + each.name: each for each in manifest.files}
    members = [
        Member(file.name, known[file.name].size, known[file.name].sha256)
        if file.name in known
        else file.describe()
        for file in files
    ]
    return Contents(VERSION, manifest.name, manifest.papers, __version__, tuple(members))


Write = Callable[[bytes], object]


@contextmanager
def _open_stream(target: BinaryIO, named: str, level: int) -> Iterator[Write]:
    """Compress what is written, and report failures of the target."""

    def write(piece: bytes) -> None:
        left = memoryview(piece)
        try:
            while left:  # an unbuffered stream may take a part, as on a disk that is nearly full
                left = left[target.write(left) or 0 :]
        except OSError as error:
            raise PackUnwritable(named, error.strerror or str(error)) from error

    if not level:
        yield write
        return
    packer = zstandard.ZstdCompressor(level, write_checksum=True, threads=-1).compressobj()
    yield lambda piece: write(packer.compress(piece))
    write(packer.flush())


def _write_pack(write: Write, contents: Contents, files: list[_File], watch: OnBytes) -> None:
    first = encode_contents(contents)
    last = list_sums(first, contents)
    now = int(time.time())
    _write_text(write, FIRST, first, now)
    done = 0
    for file, member in zip(files, contents.members, strict=True):
        write(encode_header(member.name, member.size, int(file.path.stat().st_mtime)))
        for piece in _read_checked(file, member):
            write(piece)
            done += len(piece)
            watch(done, contents.size)
        write(pad_content(member.size))
    _write_text(write, LAST, last, now)
    write(END)


def _write_text(write: Write, name: str, content: bytes, changed: int) -> None:
    write(encode_header(name, len(content), changed) + content + pad_content(len(content)))


def _read_checked(file: _File, member: Member) -> Iterator[bytes]:
    """Yield the content of a file, and check that it is what was declared.

    Raises:
        GenerationCorrupt: It is not.
    """
    digest, left = sha256(), member.size
    while left and (piece := file.content.read(min(left, PIECE))):
        digest.update(piece)
        left -= len(piece)
        yield piece
    if left or digest.hexdigest() != member.sha256:
        reason = f"{file.path.name} has changed since it was written"
        raise GenerationCorrupt(file.path.parent.name, reason)
