"""Make small dumps, compressed and archived in every way."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import zstandard

from index.dumps.streams import open_dump

# Half of it is incompressible, so that a cut falls into real data of every format.
TEXT = b'{"title": "A paper on search"}\n' * 2000 + Random(1).randbytes(60_000)
FILES = {"p/b.json": TEXT, "p/a.json": b"[]\n", "p/deep/c.xml": b"<x/>" * 50_000}


def zst(data: bytes) -> bytes:
    """Compress with a checksum, as the command-line tool does."""
    return zstandard.ZstdCompressor(write_checksum=True).compress(data)


def tar(files: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """Make a tar archive with a folder and a link, which are not files of the dump."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, kind in (("p", tarfile.DIRTYPE), ("p/link.json", tarfile.SYMTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "b.json"
            archive.addfile(entry)
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """Make a zip archive with a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("p")
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zst,
}
SKIPPABLE = b"\x5a\x2a\x4d\x18\x03\x00\x00\x00any"

# file name, its bytes, the streams in it


def read(path: Path | str) -> dict[str, bytes]:
    """Read a dump; return the content of its files by name."""
    return {stream.name: stream.file.read() for stream in open_dump(str(path))}


def write(path: Path, data: bytes) -> Path:
    """Write a file and the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
