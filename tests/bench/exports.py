"""Export a whole index in each format, measure the memory that it takes, and read the files back.

Each export runs in a process of its own: first `papers export`, then a server that is asked for all
hits. Both must send the same bytes, which other programs and our own reader then read to the end::

    python -m tests.bench.exports INDEX
    python -m tests.bench.exports INDEX bibtex csv
"""

import argparse
import csv
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

import msgspec
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc.source.json import CiteProcJSON

from index.records import Paper, RawRecord
from tests.bench.speed_http import HOST, serving
from tests.support.dump_records import read_records
from web.exports.formats import FORMATS

EVERY = 0.2
"""Seconds between two looks at the memory of a process."""

CHUNK = 1 << 16
_MEMORY = re.compile(r"^(VmHWM|RssAnon|RssFile):\s+(\d+) kB$", re.MULTILINE)


class Memory(NamedTuple):
    """The most memory of a process in bytes: of any kind, of its own, and of mapped files."""

    whole: int = 0
    own: int = 0
    mapped: int = 0

    def __str__(self) -> str:
        """Return the three in MB."""
        whole, own, mapped = (size / 1e6 for size in self)
        return f"{whole:,.0f} MB at most, {own:,.0f} MB of its own, {mapped:,.0f} MB of files"


class Watch:
    """Keeps the most memory of a process, of which Linux tells."""

    def __init__(self, process: int) -> None:
        """Prepare without looking yet."""
        self._status = Path(f"/proc/{process}/status")
        self._next = 0.0
        self.most = Memory()

    def look(self) -> Self:
        """Look at the memory unless that was done a moment ago."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY
            sizes = {name: int(size) * 1024 for name, size in _MEMORY.findall(self._read())}
            if len(sizes) == len(self.most):
                now = Memory(sizes["VmHWM"], sizes["RssAnon"], sizes["RssFile"])
                self.most = Memory(*map(max, self.most, now))
        return self

    def _read(self) -> str:
        try:
            return self._status.read_text("ascii")
        except OSError:  # it has just ended
            return ""


def export_by_command(index: Path, name: str, file: Path) -> Memory:
    """Write all papers by `papers export`, withdrawn ones too."""
    chosen = ["--index", str(index), "--hidden", "--format", name, "--output", str(file)]
    with subprocess.Popen([sys.executable, "-m", "web.cli", "export", *chosen]) as process:
        watch = Watch(process.pid)
        while process.poll() is None:
            watch.look()
            time.sleep(EVERY)
    if process.returncode:
        sys.exit(f"The export as {name} failed with exit code {process.returncode}.")
    return watch.most


def export_by_server(index: Path, name: str, file: Path) -> Memory:
    """Write all papers that a server of its own streams, withdrawn ones too."""
    with serving(index) as (port, process), file.open("wb") as written:
        watch, connection = Watch(process), HTTPConnection(HOST, port)
        connection.request("GET", f"/search{FORMATS[name].suffix}?hidden=show")
        answer = connection.getresponse()
        while chunk := answer.read(CHUNK):
            written.write(chunk)
            watch.look()
        connection.close()
    return watch.most


def _count_bibtex(file: Path) -> int:
    library = parse_string(file.read_text("utf-8"))
    if library.failed_blocks:
        sys.exit(f"bibtexparser failed in {len(library.failed_blocks)} blocks of {file.name}.")
    return len(library.entries_dict)


def _count_ris(file: Path) -> int:
    with file.open(encoding="utf-8", newline="") as lines:
        return len(rispy.load(lines))


def _count_csl(file: Path) -> int:
    return len(CiteProcJSON(json.loads(file.read_bytes())))


def _count_csv(file: Path) -> int:
    with file.open(encoding="utf-8", newline="") as lines:
        return sum(1 for row in csv.DictReader(lines, strict=True) if row["Title"])


def _count_jsonl(file: Path) -> int:
    decode = msgspec.json.Decoder(Paper).decode
    with file.open("rb") as lines:
        return sum(1 for line in lines if decode(line).title)


COUNTS: dict[str, tuple[str, Callable[[Path], int]]] = {
    "bibtex": ("bibtexparser", _count_bibtex),
    "ris": ("rispy", _count_ris),
    "csl": ("citeproc", _count_csl),
    "csv": ("csv", _count_csv),
    "jsonl": ("msgspec", _count_jsonl),
}
"""By format, what reads it beside our own reader, and the function that counts the papers."""


def _count_our_records(file: Path, name: str) -> int:
    return sum(isinstance(record, RawRecord) for record in read_records(file, name))


@contextmanager
def _report(what: str) -> Iterator[list[object]]:
    """Print what the block finds out, and how long it took."""
    found: list[object] = []
    started = time.monotonic()
    yield found
    print(f"{what}: {', '.join(map(str, found))}, {time.monotonic() - started:.0f} s", flush=True)


def measure_format(index: Path, name: str, folder: Path) -> None:
    """Export all papers in one format in both ways, and read the file."""
    suffix = FORMATS[name].suffix
    digests = set()
    for how, export in (("command", export_by_command), ("server", export_by_server)):
        file = folder / f"{how}{suffix}"
        with _report(f"{name} by {how}") as found:
            found += [export(index, name, file), f"{file.stat().st_size / 1e6:,.0f} MB written"]
        with file.open("rb") as written:
            digest = blake2b()
            while chunk := written.read(CHUNK):
                digest.update(chunk)
            digests.add(digest.digest())
    if len(digests) > 1:
        sys.exit(f"The command and the server wrote different {FORMATS[name].label}.")
    reader, count = COUNTS[name]
    with _report(f"{name} read by {reader}") as found:
        found.append(f"{count(file):,} papers")
    with _report(f"{name} read by our own reader") as found:
        found.append(f"{_count_our_records(file, name):,} papers")


def main() -> None:
    """Measure the formats that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=", ".join(FORMATS))
    chosen = parser.parse_args()
    if unknown := set(chosen.formats) - set(FORMATS):
        parser.error(f"unknown format: {', '.join(sorted(unknown))}")
    with TemporaryDirectory() as folder:
        for name in chosen.formats or FORMATS:
            measure_format(chosen.index, name, Path(folder))


if __name__ == "__main__":
    main()
