"""Unpack an index from a stream, and put its generation in use.

What is read is checked against what the pack declares before anything else trusts it: names, order,
sizes and digests. The generation is built in a folder beside the others and published like that of
a build, so that a failure or a kill at any moment leaves the index as it was.
"""

import os
import shutil
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from index.build.generation_builder import verify_content
from index.errors import GenerationCorrupt, GenerationOutdated
from index.packs.contents import FOLDER, Contents
from index.packs.errors import PackDamaged, PackOutdated, PackTooLarge
from index.packs.pack_reader import Pack
from index.packs.packing import OnBytes, PackReport
from index.people.curation import CURATION
from index.people.curation_parser import read_curation
from index.store.additions import ADDITIONS
from index.store.generations import make_generation, publish_generation
from index.store.history import find_serving_name, list_generations, prune_generations
from index.store.lock import hold_lock
from index.store.manifest import MANIFEST, Manifest, read_manifest, utc_now, write_json

Check = Callable[[Path], None]


class UnpackSettings(Struct, frozen=True):
    """What unpacking may do.

    Attributes:
        keep: Number of generations to keep, the new one included.
        replace: Whether the pack's ``authors.toml`` replaces that of the index.
    """

    keep: int = 2
    replace: bool = False


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
            _fill_folder(directory, folder, pack, watch, check)
            authors = _choose_authors(directory, folder, replace_other=settings.replace)
            final = publish_generation(directory, folder)
            if authors == "unpacked":
                (final / CURATION).replace(directory / CURATION)
        prune_generations(directory, settings.keep)
    contents = pack.contents
    seconds = round(time.monotonic() - started, 3)
    return PackReport(
        folder.stem, contents.papers, len(contents.members), contents.size, authors, seconds
    )


def _fill_folder(
    directory: Path, folder: Path, pack: Pack, watch: OnBytes | None, check: Check | None
) -> None:
    """Make a complete generation in a folder, and check it.

    Raises:
        PackDamaged: Its files are those that were packed, but they are damaged.
    """
    _write_members(folder, pack, watch or (lambda _done, _all: None))
    try:
        manifest = _check_manifest(folder, pack)
        read_curation(folder / CURATION)
        verify_content(folder, manifest)
        _write_manifest(directory, folder, manifest)
        if check is not None:
            check(folder)
    except GenerationCorrupt as error:
        raise PackDamaged(pack.named, error.reason) from error


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


def _choose_authors(directory: Path, folder: Path, *, replace_other: bool) -> str:
    """Choose whether ``authors.toml`` of the pack moves to the index, and remove it if not.

    It moves after the generation is in use, so that a kill before leaves the index as it was.

    Returns:
        What becomes of it, as `PackReport.authors` says.
    """
    packed, present = folder / CURATION, directory / CURATION
    if not packed.exists():
        return "kept" if present.exists() else ""
    if present.exists() and not replace_other and present.read_bytes() != packed.read_bytes():
        packed.unlink()
        return "kept"
    return "unpacked"
