"""Correct a bibliography by its findings, and leave every other character as it is.

A correction replaces one value, adds one field behind the last one in the layout of its entry,
replaces the type of an entry, or removes a field that was true of the preprint alone.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from index.scanners.bibtex_spans import WrittenEntry, WrittenField
from index.text.bibtex_text import escape_address, escape_pages, escape_text, write_title
from search.bibliography.check import CheckedEntry, Report
from search.bibliography.findings import Finding, Kind

CHANGES = (Kind.PUBLISHED, Kind.MISSING, Kind.DIFFERS, Kind.STATUS)
"""What can be corrected."""

USUAL_CHANGES = (Kind.PUBLISHED, Kind.MISSING)
"""What is corrected unless somebody says otherwise: nothing that contradicts what was written."""

_UNFIXABLE = frozenset(("author",))
"""Fields whose findings are no text that could be written."""

_WRITERS = {"doi": escape_address, "pages": escape_pages, "title": write_title}
"""What writes the values of fields that are not plain prose."""

_PREPRINT_PLACES = ("journal", "booktitle", "journaltitle", "howpublished")
_PARTS = ("volume", "number", "pages", "publisher", "institution", "type", "pubstate")
_FINER_DATES = ("month", "day")
_PREPRINT = re.compile(r"arxiv|corr\b|abs/|preprint|prepublished|bioRxiv", re.IGNORECASE)
_SEPARATOR = re.compile(r",\s*")
_EQUALS = re.compile(r"\s*=\s*")


class Edit(NamedTuple):
    """One replacement in a text.

    Attributes:
        start: Where it begins.
        end: Where what it replaces ends; the same as `start` to insert.
        text: What comes instead.
    """

    start: int
    end: int
    text: str


def fix_bibliography(
    report: Report, encoding: str, changes: Collection[Kind] = USUAL_CHANGES
) -> str:
    """Return the corrected text of a bibliography.

    Args:
        report: What was found out about it.
        encoding: Its encoding; a value that it cannot express is not written.
        changes: What to correct.
    """
    edits = sorted(
        edit for checked in report.entries for edit in _list_edits(report.text, checked, changes)
        if _can_encode(edit.text, encoding)
    )  # fmt: skip
    parts, at = [], 0
    for edit in edits:
        parts += [report.text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, report.text[at:]])


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _list_edits(text: str, checked: CheckedEntry, changes: Collection[Kind]) -> Iterator[Edit]:
    """Yield the edits of one entry, none of which overlap."""
    written = checked.entry.written
    if not written.fields:
        return
    added: list[tuple[str, str]] = []
    for finding in checked.findings:
        if finding.kind not in changes or finding.field in _UNFIXABLE:
            continue
        value, old = _write_value(finding), _find_replaced(written, finding)
        if finding.field == "type":
            yield Edit(written.type_start, written.type_end, value)
        elif old is None:
            added.append((finding.field, value))
        else:
            yield from _replace_value(text, old, finding, value)
    if checked.has(Kind.PUBLISHED) and Kind.PUBLISHED in changes:
        yield from _drop_preprint_fields(written, checked.findings)
    if added:
        yield _add_fields(text, written, added)


def _replace_value(text: str, old: WrittenField, finding: Finding, value: str) -> Iterator[Edit]:
    """Yield the edits of a field that is there; a note keeps what it says."""
    if finding.kind is Kind.STATUS:
        inside = old.value_start + 1
        if text[old.value_start] in '{"' and value.lower() not in old.text.lower():
            yield Edit(inside, inside, f"{value}. ")
        return
    if old.name != finding.field:
        equals = _align(text, old, finding.field)
        yield Edit(old.start, old.value_start, f"{finding.field}{equals}")
    yield Edit(old.value_start, old.end, _delimit(text, old, value))


def _write_value(finding: Finding) -> str:
    """Return a value as BibTeX, as its field needs it."""
    if finding.kind is Kind.STATUS:
        return finding.known.capitalize()
    return _WRITERS.get(finding.field, escape_text)(finding.known)


def _find_replaced(written: WrittenEntry, finding: Finding) -> WrittenField | None:
    """Return the field whose value a finding replaces; the place of a preprint is renamed."""
    found = written.find_field(finding.field)
    if found is None and finding.kind is Kind.PUBLISHED:
        if finding.field in ("journal", "booktitle"):
            return _find_preprint_place(written)
        return written.find_field("date") if finding.field == "year" else None
    return found


def _find_preprint_place(written: WrittenEntry) -> WrittenField | None:
    """Return the field that says that the entry is a preprint."""
    fields = (written.find_field(name) for name in _PREPRINT_PLACES)
    return next((field for field in fields if field and _PREPRINT.search(field.text)), None)


def _drop_preprint_fields(written: WrittenEntry, findings: tuple[Finding, ...]) -> Iterator[Edit]:
    """Yield the removals of fields of the preprint that the publication has no value for."""
    replaced = {finding.field for finding in findings if finding.field != "type"}
    place = "journal" if "journal" in replaced else "booktitle"
    used = written.find_field(place) or _find_preprint_place(written)
    for at, field in enumerate(written.fields[1:], 1):
        stale = field.name in (*_PARTS, *_PREPRINT_PLACES) and field.name not in replaced
        dated = field.name in _FINER_DATES and "year" in replaced
        if (stale and field is not used and _PREPRINT.search(field.text)) or dated:
            yield Edit(written.fields[at - 1].end, field.end, "")


def _delimit(text: str, old: WrittenField, value: str) -> str:
    """Return a value in the delimiters of the one that it replaces."""
    first = text[old.value_start]
    whole = old.end - old.value_start == len(old.text)
    if first == '"' and '"' not in value:
        return f'"{value}"'
    return value if whole and value.isdecimal() and first != "{" else f"{{{value}}}"


def _add_fields(text: str, written: WrittenEntry, added: list[tuple[str, str]]) -> Edit:
    """Return the edit that adds fields behind the last one, laid out like it."""
    last = written.fields[-1]
    before = written.fields[-2].end if len(written.fields) > 1 else written.head_end
    gap = text[before : last.start]
    newline = "\r\n" if "\r\n" in text[written.start : written.end] else "\n"
    gap = gap if _SEPARATOR.fullmatch(gap) else f",{newline}  "
    lines = "".join(f"{gap}{name}{_align(text, last, name)}{{{value}}}" for name, value in added)
    return Edit(last.end, last.end, lines)


def _align(text: str, old: WrittenField, name: str) -> str:
    """Return the equals sign for a name, in the column of a field whose sign is aligned."""
    equals = text[old.name_end : old.value_start]
    if not _EQUALS.fullmatch(equals):
        return " = "
    sign = equals.lstrip(" ")
    spaces = len(equals) - len(sign)
    return " " * max(1, spaces + len(old.name) - len(name)) + sign if spaces > 1 else equals
