"""Yield the members of a tar archive from a stream."""

import io
import tarfile
from collections.abc import Iterator
from typing import IO, Self

from index.dumps.location import FileLocation
from index.dumps.members import Omission

TAR_DAMAGED = "the tar archive ends too early or is damaged"

LONGEST_HEADER = 1 << 17
"""Bytes of a header that is read whole: of a long name or of further attributes. Up to a thousand
of them may precede a member. Chosen."""

_BLOCK = 512


def is_tar(head: bytes) -> bool:
    """Return whether a file with these first bytes is a tar archive."""
    if head[257:262] == b"ustar":
        return True
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "replace")
    except tarfile.HeaderError:
        return len(head) >= 2 * _BLOCK and not head[: 2 * _BLOCK].strip(b"\0")
    return True


def read_tar_members(
    file: io.BufferedReader, location: FileLocation
) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the name and the content of each member that is a file, in their order.

    Args:
        file: The archive.
        location: Its location, which counts the members that are left out.

    Raises:
        DumpTruncated: The archive is damaged or has no end mark.
    """
    with location.translate_damage(TAR_DAMAGED):
        # `ignore_zeros` makes it read past the end mark: to the end of the compressed data, which
        # verifies them, and into a second archive where two were concatenated.
        tar = tarfile.open(  # noqa: SIM115 - closed by the next `with`
            fileobj=file,
            mode="r|",
            tarinfo=_Header,
            ignore_zeros=True,
            encoding="utf-8",
            errors="replace",
        )
    end = 0
    with tar:
        while member := _read_next_header(tar, location):
            end = tar.offset
            if omission := _find_omission(member):
                location.leave_out(omission)
            elif content := tar.extractfile(member) if member.isfile() else None:
                yield member.name, content
        if tar.offset == end:
            location.fail("the tar archive has no end mark")


def _find_omission(member: tarfile.TarInfo) -> Omission | None:
    """Return why a member is left out; None for a file and for a folder."""
    if member.issym() or member.islnk():
        return Omission.LINK
    if member.issparse():  # a few bytes may stand for any number of zeros
        return Omission.SPARSE
    return None if member.isfile() or member.isdir() else Omission.SPECIAL


def _read_next_header(tar: tarfile.TarFile, location: FileLocation) -> tarfile.TarInfo | None:
    with location.translate_damage(TAR_DAMAGED):
        member = tar.next()
    # They would grow with every member, or with every header for all members.
    tar.members = []  # type: ignore[attr-defined]
    tar.pax_headers = {}
    return member


class _Header(tarfile.TarInfo):
    """A header that raises on damage, where `tarfile` takes a damaged one for the end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            header = super().frombuf(buf, encoding, errors)
        except (tarfile.EOFHeaderError, tarfile.EmptyHeaderError):  # type: ignore[attr-defined]
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(str(error)) from error
        if header.size < 0 or (header.size > LONGEST_HEADER and header.type in b"xgXLK"):
            message = "invalid size in a header"
            raise tarfile.ReadError(message)
        return header
