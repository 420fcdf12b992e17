"""List the files of a dump that is a folder, and say which files are not part of a dump."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from index.dumps.location import FileLocation, format_path
from index.dumps.members import Omission, find_omission
from index.dumps.natural_order import NaturalKey, make_natural_key

_MERGED = "merged_ids"
"""The folder of an OpenAlex snapshot that lists works which were merged into others."""


def list_locations(path: str, left_out: Counter[str] | None = None) -> list[FileLocation]:
    """Return the locations of a dump's files in reading order.

    Args:
        path: A file, or a folder. Of a folder, hidden files and those that accompany a dump
            (README, LICENSE, check sums, DTDs) are left out, and so are links to folders.
        left_out: Counts what is left out, by `Omission`; a hidden folder counts once.
    """
    root = Path(path)
    dump = format_path(root.absolute().name)
    if not root.is_dir():
        return [FileLocation(path, dump, dump)]
    counted = Counter[str]() if left_out is None else left_out
    names = sorted(_walk_files(root, counted), key=_make_key)
    return [
        FileLocation(str(root / name), dump, shown, f"{shown}/")
        for name, shown in ((name, format_path(str(name))) for name in names)
    ]


def _make_key(name: PurePosixPath) -> tuple[bool, NaturalKey]:
    return lists_merged_works(name), make_natural_key(name)


def lists_merged_works(name: PurePosixPath) -> bool:
    """Return whether a file tells of works that were merged; such files are read last."""
    return _MERGED in name.parts


def _walk_files(folder: Path, left_out: Counter[str]) -> Iterator[PurePosixPath]:
    """Yield the files under a folder; do not follow links to folders, so nothing cycles."""

    def raise_error(error: OSError) -> None:
        raise error

    for top, folders, files in os.walk(folder, onerror=raise_error):
        hidden = [name for name in folders if find_omission(name) is Omission.HIDDEN]
        folders[:] = [name for name in folders if name not in hidden]
        left_out[Omission.HIDDEN] += len(hidden)
        left_out[Omission.LINK] += sum(Path(top, name).is_symlink() for name in folders)
        for path in (Path(top, name) for name in files):
            name = path.relative_to(folder).as_posix()
            if omission := find_omission(name) or _find_kind(path):
                left_out[omission] += 1
            else:
                yield PurePosixPath(name)


def _find_kind(path: Path) -> Omission | None:
    """Return that a path is that of a device, a pipe or a socket, or a link to one."""
    # Keep a dangling link: a missing part of the dump has to be reported.
    return None if path.is_file() or not path.exists() else Omission.SPECIAL
