"""Yield the members of a zip archive."""

import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import IO

from index.dumps.folder_files import lists_merged_works
from index.dumps.location import FileLocation
from index.dumps.members import Omission
from index.errors import DumpUnknown

ZIP_DAMAGED = "the zip archive ends too early or is damaged"

_START = re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")
_MARK_BYTES = 4
"""The length of the mark of an archive in parts, which may precede the only part. Whatever else
precedes the first member is another archive, which the directory does not list."""

_ENCRYPTED = 0x41
"""The flags of a member that is encrypted, weakly or strongly."""

_UNPACK = "Unpack it with another program, and build from its files."


def is_zip(head: bytes) -> bool:
    """Return whether a file with these first bytes is a zip archive."""
    return _START.match(head) is not None


def read_zip_members(whole: IO[bytes], location: FileLocation) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the name and the content of each member that is a file, lists of merged works last.

    Args:
        whole: The archive, which can be sought in.
        location: Its location, which counts the members that are left out.

    Raises:
        DumpTruncated: The archive is damaged, or follows other bytes.
        DumpUnknown: It needs a later version of the format.
    """
    with ExitStack() as stack:
        try:
            with location.translate_damage(ZIP_DAMAGED):
                archive = stack.enter_context(zipfile.ZipFile(whole))
        except NotImplementedError as error:
            raise DumpUnknown(location.path, str(error), _UNPACK) from error
        members = archive.infolist()
        if min((one.header_offset for one in members), default=archive.start_dir) > _MARK_BYTES:
            location.fail("other bytes precede the zip archive")
        members.sort(key=lambda one: lists_merged_works(PurePosixPath(one.filename)))
        for member in members:
            if member.filename.endswith("/") and not member.file_size:
                continue
            if omission := _find_omission(member):
                location.leave_out(omission)
            elif content := _open_member(archive, member, location):
                with content:
                    yield member.filename, content


def _find_omission(member: zipfile.ZipInfo) -> Omission | None:
    if member.flag_bits & _ENCRYPTED:
        return Omission.ENCRYPTED
    return Omission.LINK if stat.S_ISLNK(member.external_attr >> 16) else None


def _open_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, location: FileLocation
) -> IO[bytes] | None:
    """Open a member, or leave it out if `zipfile` lacks its method of compression."""
    try:
        with location.translate_damage(ZIP_DAMAGED):
            return archive.open(member)
    except (NotImplementedError, RuntimeError):
        location.leave_out(Omission.METHOD)
        return None
