"""Read the entries of somebody's BibTeX file as papers, each with the place where it is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.errors import RecordError
from index.formats.bibtex import convert, find_volume, select_inherited
from index.normalise.paper import normalise
from index.normalise.record_bounds import bound_record
from index.records import Paper, Source
from index.scanners.bibtex_entries import BibEntry
from index.scanners.bibtex_spans import WrittenEntry, find_written_entries

UTF_8, LATIN_1 = "utf-8", "latin-1"

NOT_PAPERS = frozenset(
    ("proceedings", "mvproceedings", "xdata", "set", "ieeetranbstctl", "control")
)
"""Types of entries that are volumes or settings, which are not looked for."""

_SOURCE = Source()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a bibliography.

    Attributes:
        written: Where it is written.
        line: The number of its first line, from 1.
        fields: Its own values and those of the volume that it refers to, by name.
        paper: What it says, as a paper; None if it cannot be read.
        problem: Why it cannot be read: ``is not well-formed BibTeX``; empty if it can.
    """

    written: WrittenEntry
    line: int
    fields: dict[str, str]
    paper: Paper | None
    problem: str = ""


def decode_bibliography(raw: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding, from which the same bytes can be made again."""
    try:
        return raw.decode(UTF_8), UTF_8
    except UnicodeDecodeError:
        return raw.decode(LATIN_1), LATIN_1


def read_entries(text: str, limit: int) -> tuple[list[Entry], int]:
    """Read the entries of a bibliography that stand for papers.

    Args:
        text: The whole file.
        limit: The most entries to read.

    Returns:
        The entries in the order of the file, and how many were left out.
    """
    written = list(find_written_entries(text))
    volumes = {entry.key.lower(): entry.texts for entry in reversed(written) if entry.key}
    papers = [entry for entry in written if entry.type not in NOT_PAPERS]
    lines = _count_lines(text, papers[:limit])
    read = [_read_entry(one, line, volumes) for one, line in zip(papers, lines, strict=False)]
    return read, max(0, len(papers) - limit)


def _count_lines(text: str, entries: list[WrittenEntry]) -> Iterator[int]:
    """Yield the number of the line on which each entry begins."""
    line, at = 1, 0
    for entry in entries:
        line += text.count("\n", at, entry.start)
        at = entry.start
        yield line


def _read_entry(written: WrittenEntry, line: int, volumes: dict[str, dict[str, str]]) -> Entry:
    if written.broken:
        return Entry(written, line, {}, None, "is not well-formed BibTeX")
    own, name = written.texts, find_volume(written.texts)
    above = select_inherited(volumes.get(name, {})) if name != written.key.lower() else {}
    raw = convert(BibEntry(_SOURCE, written.type, written.key, own), above)
    try:
        paper = normalise(bound_record(raw))
    except RecordError as error:
        return Entry(written, line, above | own, None, str(error))
    return Entry(written, line, above | own, paper)
