"""Describe a file in no known format: what it seems to be, and what to do about it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from index.dumps.streams import Stream
from index.formats.table_columns import list_known_columns
from index.scanners.head import Head, parse_head
from index.scanners.table_rows import DELIMITERS, split_beginning
from index.scanners.text_lines import decode_beginning

MOST_NAMES = 12
"""Columns or keys that a message lists."""

LONGEST_LIST = 160
"""Characters after which no further name is listed: two lines of a terminal."""

LONGEST_NAME = 30
"""Characters of a column, a key or a text that a message shows."""

_EXPORT = "Export the records as BibTeX, RIS, CSV or JSON instead."
_CONVERT = "Convert each record to a line of Papersearch's own JSON (see `papers schema`)."

_ADD = "Add a column, such as authors or year."
_UNPACK = "Convert it to CSV or to JSON lines."

_BINARY = (
    (b"%PDF-", "a PDF document", _EXPORT),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", "Save it as CSV."),
    (b"SQLite format 3\0", "an SQLite database", "Export its table as CSV."),
    (b"PAR1", "a Parquet file", _UNPACK),
    (b"ARROW1", "an Arrow file", _UNPACK),
    (b"FEA1", "a Feather file", _UNPACK),
    (b"\x89HDF", "an HDF5 file", _UNPACK),
    (b"RDX", "a file of R", "Write its table with write.csv."),
    (b"X\n\0\0\0", "a file of R", "Write its table with write.csv."),
    (b"\x80\x02", "a Python pickle", _UNPACK),
    (b"\x80\x03", "a Python pickle", _UNPACK),
    (b"\x80\x04", "a Python pickle", _UNPACK),
    (b"\x80\x05", "a Python pickle", _UNPACK),
    (b"\x89PNG", "a PNG picture", _EXPORT),
    (b"\xff\xd8\xff", "a JPEG picture", _EXPORT),
    (b"GIF8", "a GIF picture", _EXPORT),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"{\\rtf", "an RTF document", _EXPORT),
)
"""First bytes, what such a file is, and the way out."""

_OFFICE = (
    ("xl/", "an Excel workbook", "Save its sheet as CSV."),
    ("word/", "a Word document", _EXPORT),
    ("ppt/", "a PowerPoint presentation", _EXPORT),
    ("META-INF/", "an OpenDocument file or an e-book", "Save a sheet as CSV."),
)
"""Folders in the zip archives that office programs write."""

_TEXTS = (
    (re.compile(r"version https://git-lfs"), "a pointer of Git LFS", "Run `git lfs pull` first."),
    (re.compile(r"(?s).{0,400}\\(?:documentclass|begin\{|bibitem)"), "LaTeX",
     "Use its .bib file instead."),
)  # fmt: skip
_HTML = re.compile(rb"<!doctype html|<html|<head|<body", re.IGNORECASE)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]{0,60})")
_KEY_OR_BRACKET = re.compile(rb'"((?:[^"\\]|\\.)*+)"\s*+(:?)|[{}\[\]]')
_EMPTY = re.compile(
    rb'"(?:@?total[\w-]*|numFound|hitCount|count|resultcount)"\s*:\s*"?0\b', re.IGNORECASE
)
"""The number of records in an answer of an API that has none."""

_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f]")


class Description(NamedTuple):
    """The kind of a file, and what to do about it.

    Attributes:
        kind: What follows "is" in a sentence: ``a table with the columns Item, When``.
        way_out: One sentence that says what to do.
    """

    kind: str
    way_out: str


def describe_file(stream: Stream, assigned: Mapping[str, str]) -> Description:
    """Describe an unread file that no format recognises.

    Args:
        stream: The file.
        assigned: Fields by header, as the user assigned them.
    """
    beginning = stream.head()
    head = parse_head(beginning)
    text = decode_beginning(beginning)
    if found := _find_signature(beginning, text):
        return found
    if head.start == b"<":
        return _describe_xml(head)
    if _CONTROLS.search(text[:1000]):
        return Description("binary data", _EXPORT)
    json = _describe_json(head) if head.start in (b"{", b"[") else None
    table = json or _describe_table(text, assigned)
    return table or Description(f"text that begins with '{_show(text)}'", _EXPORT)


def _find_signature(beginning: bytes, text: str) -> Description | None:
    """Describe a file whose first bytes or words are those of a known kind of file."""
    for start, *binary in _BINARY:
        if beginning.startswith(start):
            return Description(*binary)
    for pattern, *written in _TEXTS:
        if pattern.match(text):
            return Description(*written)
    return None


def describe_files(found: Sequence[tuple[str, Description]]) -> Description:
    """Describe the files of a folder or an archive, none of which is in a known format.

    Args:
        found: The names of some files, and what they are.
    """
    found = _join_office_files(found)
    if len(found) == 1:
        return found[0][1]
    kinds = [f"{_show(PurePosixPath(name).name)} is {kind}" for name, (kind, _) in found[:2]]
    more = len(found) - len(kinds)
    return Description(
        ", ".join(kinds) + (f" and {more:,} more" if more else ""), found[0][1].way_out
    )


def _join_office_files(found: Sequence[tuple[str, Description]]) -> list[tuple[str, Description]]:
    """Describe the members of each office file, which is a zip archive, as that one file."""
    if len(found) == 1:
        return [*found]
    joined: dict[str, Description] = {}
    for name, _ in found:
        for folder, *written in _OFFICE:
            before, inside, _ = f"/{name}".partition(f"/{folder}")
            if inside:
                joined.setdefault(before[1:], Description(*written))
    starts = tuple(f"{name}/".lstrip("/") for name in joined)
    return [*joined.items(), *(one for one in found if not one[0].startswith(starts))]


def _describe_xml(head: Head) -> Description:
    if _HTML.search(head.beginning[:2000]):
        return Description("a web page (HTML)", "Download the file that the page links to.")
    root = _ROOT.search(head.beginning)
    if not root:
        return Description("XML without an element", _EXPORT)
    return Description(f"XML with the root element <{_show(root[1].decode())}>", _EXPORT)


def _describe_json(head: Head) -> Description | None:
    """Describe JSON by the keys of its outermost objects."""
    depth, object_depth = 0, 0
    keys: dict[str, None] = {}
    for token in _KEY_OR_BRACKET.finditer(head.beginning):
        if token[2] and depth == object_depth:
            keys[token[1].decode("utf-8", "replace")] = None
        elif token[0] in (b"{", b"["):
            depth += 1
            if token[0] == b"{" and not object_depth:
                object_depth = depth
        elif token[0] in (b"}", b"]"):
            depth -= 1
    if not keys:
        return Description("JSON without objects", _CONVERT) if depth == 0 else None
    if b"[]" in b"".join(head.beginning.split()) and _EMPTY.search(head.beginning):
        return Description("an answer without records", "Change the search, and download it again.")
    return Description(f"JSON objects with the keys {_join(keys)}", _CONVERT)


def _describe_table(text: str, assigned: Mapping[str, str]) -> Description | None:
    """Describe a table by its header; its second row must have as many cells."""
    title = text[:LONGEST_NAME].partition("\n")[0].strip(' "\r')
    if "title" in list_known_columns([title], assigned).values():
        return Description(f"a table with the column {_show(title)} alone", _ADD)
    for delimiter in DELIMITERS:
        rows = split_beginning(text, delimiter)
        header = rows[0] if rows else []
        if len(header) < 2 or (len(rows) > 1 and len(rows[1]) != len(header)):  # noqa: PLR2004
            continue
        if len(rows) == 1 and not all(cell and len(cell) <= LONGEST_NAME for cell in header):
            continue  # a line of prose
        named = [cell for cell in header if cell]
        known = list_known_columns(header, assigned)
        advice = _advise_columns(named, known)
        return Description(f"a table with the columns {_join(named)}", advice)
    return None


def _advise_columns(named: Sequence[str], known: Mapping[str, str]) -> str:
    """Return the advice to assign the columns that are needed."""
    others = [name for name in named if name not in known] or list(named)
    options = []
    if "title" not in known.values():
        likely = [name for name in others if re.search("titl|name|paper|work", name, re.IGNORECASE)]
        chosen = (likely or others)[0]
        options.append(f"--map '{_show(chosen, LONGEST_LIST)}=title'")
        others = [name for name in others if name != chosen]
    if others and not set(known.values()) - {"title"}:
        options.append(f"--map '{_show(others[0], LONGEST_LIST)}=FIELD'")
    return f"Say what its columns hold with {' '.join(options)}."


def _join(names: Iterable[str]) -> str:
    """Return the first of some names, separated by commas."""
    shown = [*map(_show, names)]
    listed = shown[:MOST_NAMES]
    while len(listed) > 1 and sum(map(len, listed)) > LONGEST_LIST:
        listed.pop()
    more = len(shown) - len(listed)
    return ", ".join(listed) + (f" and {more:,} more" if more else "")


def _show(text: str, longest: int = LONGEST_NAME) -> str:
    """Return the beginning of a text on one line, without characters that control terminals."""
    line = " ".join(text[: 4 * longest].split())
    shown = "".join(c if c.isprintable() else "\ufffd" for c in line)
    return shown if len(shown) <= longest else f"{shown[:longest].rstrip()}..."
