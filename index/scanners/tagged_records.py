"""Cut files of tagged lines into records, and each record into its fields.

RIS, Web of Science, MEDLINE and Refer differ in how a line says its tag; a `Layout` describes it. A
record ends at a line of its own (``ER``), or at a blank line before the next one. Whatever is
damaged in a record, those around it are cut alike.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.dumps.streams import Stream
from index.scanners.record_size import MAX_CHARACTERS
from index.scanners.text_lines import read_line_pairs

LINE = 32
"""Characters that a line counts for beside its own, as an empty one takes memory too: 250,000
lines are a record's most. Chosen: 15,000 authors have 120,000 in MEDLINE."""

_INDENT = "   "
"""What Web of Science puts before a line that continues a field."""

SplitLine = Callable[[str], tuple[str, str] | None]
"""Splits a line into its tag and text; None if the line continues the field before it."""


class Layout(NamedTuple):
    """How records begin and end in a kind of file.

    Attributes:
        begins: Matches the first line of a record, wherever it is.
        splits: Splits a line into its tag and text.
        titles: The tags of titles. Lines that are in no record are a damaged one if there is a
            title among them.
        ends: Matches the last line of a record; None if records end with a blank line.
        starts: The first two characters of all lines that `begins` and `ends` match, for layouts
            with `ends`. Most lines have others, which is tested at a third of the cost.
        opens: Matches what else begins a record, but only after a blank line; the line that
            `begins` matches may then follow it.
    """

    begins: re.Pattern[str]
    splits: SplitLine
    titles: frozenset[str]
    ends: re.Pattern[str] | None = None
    starts: frozenset[str] = frozenset()
    opens: re.Pattern[str] | None = None


class CutRecord(NamedTuple):
    """The lines of one record.

    Attributes:
        offset: Where it starts in the file, in bytes; -1 if unknown.
        lines: Its lines; those that are beyond the limit are missing.
        begun: Whether its first line is that of a record; if not, its beginning is damaged.
        whole: Whether it is within `MAX_CHARACTERS`.
    """

    offset: int
    lines: list[str]
    begun: bool
    whole: bool


@dataclass(slots=True)
class _Part:
    """The lines since the last record."""

    offset: int = -1
    begun: bool = False
    size: int = 0
    titled: bool = False
    lines: list[str] = field(default_factory=list)
    gap: int = 0
    """The number of lines before the last blank line."""

    resumed: int = -1
    """The offset of the first line after it."""

    indented: bool = False
    """Whether its first line is indented, so that tags may be."""

    started: bool = False
    """Whether a line that begins a record is among them, or only one that may."""

    def add(self, offset: int, text: str) -> None:
        """Add a line, unless the record is too long already."""
        if not self.lines:
            self.offset, self.indented = offset, text[:1] == " "
        self.size += len(text) + LINE
        if self.size <= MAX_CHARACTERS:
            self.lines.append(text)

    def split(self) -> "_Part":
        """Remove and return the lines after the last blank line, which begin another record."""
        rest = _Part()
        for text in self.lines[self.gap :]:
            rest.add(self.resumed, text)
        del self.lines[self.gap :]
        return rest

    def cut(self) -> CutRecord:
        """Return the record."""
        return CutRecord(self.offset, self.lines, self.begun, self.size <= MAX_CHARACTERS)


def cut_records(stream: Stream, layout: Layout) -> Iterator[CutRecord]:
    """Cut a file into records.

    Lines between two records belong to none, such as the numbers and links that some databases
    write there; but with a title or an end of their own they are a record whose first line is
    damaged.
    """
    return _cut_at_ends(stream, layout) if layout.ends else _cut_at_blank_lines(stream, layout)


def _cut_at_ends(stream: Stream, layout: Layout) -> Iterator[CutRecord]:
    part, starts = _Part(), layout.starts
    for offset, text in read_line_pairs(stream):
        if part.begun and (text[:2] not in starts or (text[:3] == _INDENT and not part.indented)):
            if text != "\n":
                part.add(offset, text)
        elif layout.begins.match(text):
            if _is_record(part):
                yield part.cut()
            part = _Part(begun=True)
            part.add(offset, text)
        elif layout.ends and layout.ends.match(text):
            if part.lines:
                yield part.cut()
            part = _Part()
        elif part.begun or part.lines or _find_tag(layout, text):
            part.add(offset, text)
            part.titled = part.begun or part.titled or _find_tag(layout, text) in layout.titles
    if _is_record(part):
        yield part.cut()


def _cut_at_blank_lines(stream: Stream, layout: Layout) -> Iterator[CutRecord]:
    """Cut at the lines that begin a record; a second title after a blank line is another's too."""
    part, blank = _Part(), True
    for offset, text in read_line_pairs(stream):
        if not text.strip():
            blank, part.gap = True, len(part.lines)
            continue
        begins = bool(layout.begins.match(text))
        opened = blank and layout.opens and layout.opens.match(text)
        if opened or (begins and (part.started or part.titled or not part.begun)):
            if _is_record(part):
                yield part.cut()
            part = _Part(begun=True)
        blank, part.started = False, part.started or begins
        tag = "" if text[0] == " " else _find_tag(layout, text)
        if tag or part.lines:
            if len(part.lines) == part.gap:
                part.resumed = offset
            part.add(offset, text)
        if tag in layout.titles and part.titled and 0 < part.gap < len(part.lines):
            rest = part.split()
            yield part.cut()
            part = rest
        part.titled = part.titled or tag in layout.titles
    if _is_record(part):
        yield part.cut()


def _is_record(part: _Part) -> bool:
    return bool(part.lines) and (part.begun or part.titled)


def _find_tag(layout: Layout, text: str) -> str:
    found = layout.splits(text)
    return found[0] if found else ""


class Fields:
    """The fields of a record by tag, each with the lines of its text."""

    def __init__(self, by_tag: dict[str, list[tuple[int, list[str]]]]) -> None:
        self._by_tag = by_tag

    def first(self, *tags: str) -> str:
        """Return the first text that is not empty: of the first of some tags that has one."""
        fields = self._by_tag
        for tag in tags:
            if tag in fields:  # most are absent, and this is called for 40 tags of a record
                for _, lines in fields[tag]:
                    if text := " ".join(lines).strip():
                        return text
        return ""

    def firsts(self, *tags: str) -> list[str]:
        """Return the first text of each of some tags that has one, in the order of the tags."""
        present = [tag for tag in tags if tag in self._by_tag]
        return [text for tag in present if (text := self.first(tag))]

    def pairs(self, *tags: str) -> list[tuple[str, str]]:
        """Return some tags with their texts in the order of the file."""
        found = [(at, tag, lines) for tag in tags for at, lines in self._by_tag.get(tag, ())]
        return [(tag, " ".join(lines).strip()) for _, tag, lines in sorted(found)]

    def texts(self, *tags: str) -> list[str]:
        """Return the texts of some tags in the order of the file, without empty ones."""
        return [text for lines in self._find(tags) if (text := " ".join(lines).strip())]

    def lines(self, *tags: str) -> list[str]:
        """Return the lines of some tags in the order of the file, each a value of a list."""
        return [line for lines in self._find(tags) for line in lines if line]

    def _find(self, tags: Sequence[str]) -> list[list[str]]:
        present = [tag for tag in tags if tag in self._by_tag]
        if not present:
            return []
        if len(present) == 1:
            return [lines for tag in present for _, lines in self._by_tag[tag]]
        found = [one for tag in present for one in self._by_tag[tag]]
        return [lines for _, lines in sorted(found, key=lambda one: one[0])]


def parse_fields(
    lines: Iterable[str], splits: SplitLine, dashed: frozenset[str] = frozenset()
) -> Fields:
    """Parse the lines of a record; what precedes the first tag is dropped.

    Args:
        lines: The lines of the record.
        splits: Splits a line into its tag and text.
        dashed: Tags of two characters that two spaces and a dash follow as a rule. A line of this
            form is not given to `splits`, which would take three times as long.
    """
    by_tag: dict[str, list[tuple[int, list[str]]]] = {}
    texts: list[str] = []
    for at, line in enumerate(lines):
        if line[2:5] == "  -" and line[:2] in dashed:
            tag, text = line[:2], line[5:]
        elif found := splits(line.rstrip()):
            tag, text = found
        else:
            if text := line.strip():
                texts.append(text)
            continue
        texts = [text.strip()]
        if tag in by_tag:
            by_tag[tag].append((at, texts))
        else:
            by_tag[tag] = [(at, texts)]
    return Fields(by_tag)
