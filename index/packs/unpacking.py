"""Unpack an index from a stream, and put its generation in use.

What is read is checked against what the pack declares before anything else trusts it: names, order,
sizes and digests. The generation is built in a folder beside the others and published like that of
a build, so that a failure or a kill at any moment leaves the index as it was.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b, sha256
from io import BufferedReader
from pathlib import Path

import zstandard
from msgspec import Struct
from msgspec.structs import replace

from index.build.generation_builder import verify_content
from index.errors import GenerationOutdated
from index.packs.contents import (
    FIRST,
    FOLDER,
    LAST,
    MOST_FIRST,
    Contents,
    Member,
    decode_contents,
    list_sums,
)
from index.packs.errors import PackDamaged, PackOutdated, PackTooLarge, PackUnknown, PackUnreadable
from index.packs.packing import OnBytes, PackReport
from index.packs.tar_stream import PIECE, Readable, pad_content, read_exactly, read_header
from index.people.curation import CURATION
from index.people.curation_parser import read_curation
from index.store.additions import ADDITIONS
from index.store.generations import make_generation, publish_generation
from index.store.history import find_serving_name, list_generations, prune_generations
from index.store.lock import hold_lock
from index.store.manifest import MANIFEST, Manifest, read_manifest, utc_now, write_json

ZSTD = b"\x28\xb5\x2f\xfd"
"""The first bytes of what Zstandard packed."""

WINDOW = 1 << 27
"""Bytes that a Zstandard stream may make its reader hold; ``--level 19`` needs 8 MB. Chosen."""

Check = Callable[[Path], None]


class UnpackSettings(Struct, frozen=True):
    """What unpacking may do.

    Attributes:
        keep: Number of generations to keep, the new one included.
        replace: Whether the pack's ``authors.toml`` replaces that of the index.
    """

    keep: int = 2
    replace: bool = False


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
            self._file: Readable = source
            if source.peek(len(ZSTD))[: len(ZSTD)] == ZSTD:
                unpacker = zstandard.ZstdDecompressor(max_window_size=WINDOW)
                self._file = unpacker.stream_reader(source, closefd=False)
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
            if read_header(self._file) is not None:
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


def unpack_index(
    directory: Path,
    pack: Pack,
    settings: UnpackSettings,
    watch: OnBytes | None = None,
    check: Check | None = None,
) -> PackReport:
    """Make a generation from a pack, and put it in use.

    Args:
        directory: The index; created if it does not exist.
        pack: The pack, of which the first member is read.
        settings: What may be done.
        watch: Called with the progress, or None.
        check: Checks the new generation, or None.

    Raises:
        PackUnusable: The pack is damaged, hostile, too large, or of another version.
        CurationUnusable: Its ``authors.toml`` is wrong.
        IndexUnusable: The index is locked or cannot be written.
        EngineMissing: The engine is not installed.
    """
    started = time.monotonic()
    _check_room(directory, pack)
    with hold_lock(directory):
        prune_generations(directory, settings.keep)
        with make_generation(directory, _choose_name(directory, pack.contents)) as folder:
            _fill_folder(directory, folder, pack, watch)
            if check is not None:
                check(folder)
            authors = _install_authors(directory, folder, replace_other=settings.replace)
            publish_generation(directory, folder)
        prune_generations(directory, settings.keep)
    contents = pack.contents
    seconds = round(time.monotonic() - started, 3)
    return PackReport(
        folder.stem, contents.papers, len(contents.members), contents.size, authors, seconds
    )


def _fill_folder(directory: Path, folder: Path, pack: Pack, watch: OnBytes | None) -> None:
    """Make a complete generation in a folder, and check it."""
    _write_members(folder, pack, watch or (lambda _done, _all: None))
    manifest = _check_manifest(folder, pack)
    read_curation(folder / CURATION)
    verify_content(folder, manifest)
    _write_manifest(directory, folder, manifest)


def _check_room(directory: Path, pack: Pack) -> None:
    """Check that the disk has room for all members.

    Raises:
        PackTooLarge: It has not.
    """
    place = next(one for one in (directory, *directory.absolute().parents) if one.exists())
    free = shutil.disk_usage(place).free
    if pack.contents.size > free:
        needed, available = (f"{count / 1e6:,.0f} MB" for count in (pack.contents.size, free))
        raise PackTooLarge(pack.named, str(directory), needed, available)


def _choose_name(directory: Path, contents: Contents) -> str:
    """Return the name of the generation, or a new one if the index has a generation of that name.

    Copies on several servers keep one name, so that a cursor from one continues on another.
    """
    if contents.generation not in list_generations(directory):
        return contents.generation
    digest = blake2b(contents.generation.encode(), digest_size=4).hexdigest()
    return f"{utc_now():%Y%m%dT%H%M%S%fZ}-{digest}"


def _write_members(folder: Path, pack: Pack, watch: OnBytes) -> None:
    """Write the members of a pack below a folder, and make them durable."""
    done = 0
    for member in pack.contents.members:
        path = folder / member.name.removeprefix(FOLDER)
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as file:
            for piece in pack.read_member(member):
                file.write(piece)
                done += len(piece)
                watch(done, pack.contents.size)
            file.flush()
            os.fsync(file.fileno())
    pack.check_end()


def _check_manifest(folder: Path, pack: Pack) -> Manifest:
    """Check that the manifest lists exactly what came with it.

    Raises:
        PackOutdated: Another version made the generation.
        PackDamaged: It does not.
    """
    try:
        manifest = read_manifest(folder)
    except GenerationOutdated as error:
        raise PackOutdated(pack.named, str(error)) from error
    listed = {FOLDER + file.name: (file.size, file.sha256) for file in manifest.files}
    came = {member.name: (member.size, member.sha256) for member in pack.contents.members}
    for name in (CURATION, *(FOLDER + name for name in (MANIFEST, *ADDITIONS))):
        came.pop(name, None)
    if came != listed or manifest.name != pack.contents.generation:
        raise PackDamaged(pack.named, f"its {MANIFEST} lists other files than it holds")
    return manifest


def _write_manifest(directory: Path, folder: Path, manifest: Manifest) -> None:
    """Write the manifest again, last, with the generation that this one replaces here."""
    here = replace(manifest, name=folder.stem, replaced=find_serving_name(directory))
    write_json(folder / MANIFEST, here)
    with (folder / MANIFEST).open("rb") as file:
        os.fsync(file.fileno())


def _install_authors(directory: Path, folder: Path, *, replace_other: bool) -> str:
    """Move ``authors.toml`` of the pack into the index, if it has none or its own may go.

    Returns:
        What became of it, as `PackReport.authors` says.
    """
    packed, present = folder / CURATION, directory / CURATION
    if not packed.exists():
        return "kept" if present.exists() else ""
    if present.exists() and not replace_other and present.read_bytes() != packed.read_bytes():
        packed.unlink()
        return "kept"
    packed.replace(present)
    return "unpacked"
