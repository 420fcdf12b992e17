"""List the files of a dump that is a folder, and say which files are not part of a dump."""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from index.dumps.location import FileLocation, format_path
from index.dumps.natural_order import NaturalKey, make_natural_key

_IGNORED = re.compile(r"\..*|README.*|LICENSE.*|.*\.(?:md|md5|sha256|dtd)", re.DOTALL)
_MERGED = "merged_ids"
"""The folder of an OpenAlex snapshot that lists works which were merged into others."""


def list_locations(path: str) -> list[FileLocation]:
    """Return the locations of a dump's files in reading order.

    Args:
        path: A file, or a folder.
    """
    root = Path(path)
    dump = format_path(root.absolute().name)
    if not root.is_dir():
        return [FileLocation(path, dump, dump)]
    names = sorted((name for name in _walk_files(root) if not is_ignored(name)), key=_make_key)
    return [
        FileLocation(str(root / name), dump, shown, f"{shown}/")
        for name, shown in ((name, format_path(str(name))) for name in names)
    ]


def _make_key(name: PurePosixPath) -> tuple[bool, NaturalKey]:
    return lists_merged_works(name), make_natural_key(name)


def lists_merged_works(name: PurePosixPath) -> bool:
    """Return whether a file tells of works that were merged; such files are read last."""
    return _MERGED in name.parts


def is_ignored(name: PurePosixPath) -> bool:
    """Return whether a file is hidden, or only accompanies a dump: a README, a check sum."""
    hidden = any(part.startswith(".") for part in name.parts)
    return hidden or _IGNORED.fullmatch(name.name) is not None


def _walk_files(folder: Path) -> Iterator[PurePosixPath]:
    """Yield the files under a folder; do not follow links to folders, so nothing cycles."""

    def raise_error(error: OSError) -> None:
        raise error

    for top, folders, files in os.walk(folder, onerror=raise_error):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for file in (Path(top, name) for name in files):
            # Keep a dangling link: a missing part of the dump has to be reported.
            if file.is_file() or file.is_symlink():
                yield PurePosixPath(file.relative_to(folder).as_posix())
