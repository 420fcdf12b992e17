"""Answers: in which format is this file, and who reads it?

A format is recognised by what the file holds, never by its name. Each reader is a module
of this package with a `FORMAT`; this table lists them, the most particular first.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from index.formats.encodings import utf8_beginning, wide_encoding
from index.records import RawRecord, Reject
from index.streams import Stream

Read = Callable[[Stream], Iterator[RawRecord | Reject]]

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
"""No column of a table has been named by the user."""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file, looked at once for all formats.

    Attributes:
        start: The first byte that is no white space or byte-order mark, or ``b""``.
        keys: The JSON keys of the first records; empty where the file is no JSON.
        beginning: The first bytes of the file, without a byte-order mark and white space; of
            one in UTF-16 as UTF-8 has them, and without keys: JSON is never in UTF-16.
    """

    start: bytes
    keys: frozenset[str]
    beginning: bytes = b""


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        source: Its short name, the value of the papers' ``source`` facet.
        name: Its name for people.
        recognises: Tells from the beginning of a file whether it is in this format.
        read: Gives the records of such a file.
        line_key: A key of every record of a file that has one a line, so that parts of it can
            be read apart; empty if there is no such file.
    """

    source: str
    name: str
    recognises: Callable[[Head], bool]
    read: Read
    line_key: str = ""


_KEY = re.compile(rb'"([^"\\]{1,60})"\s*:')


def head_of(beginning: bytes) -> Head:
    """Look at the first bytes of a file."""
    text = utf8_beginning(beginning).lstrip()
    start = text[:1]
    json = start in (b"{", b"[") and not wide_encoding(beginning)
    keys = _KEY.findall(text) if json else []
    return Head(start, frozenset(key.decode("utf-8", "replace") for key in keys), text)


def is_blank(stream: Stream) -> bool:
    """Tell whether a file holds no records at all: white space, or an empty array."""
    return stream.head().removeprefix(b"\xef\xbb\xbf").split() in ([], [b"[]"], [b"[", b"]"])


def formats(columns: Mapping[str, str] = NO_COLUMNS) -> tuple[Format, ...]:
    """List the formats in the order in which they are tried.

    Args:
        columns: Fields by the header of a table's column, as the user named them.
    """
    from index.formats import (
        arxiv,
        bibtex,
        crossref,
        csl,
        delimited,
        jsonl,
        openalex,
        openreview,
        paperlists,
        ris,
        semantic_scholar,
    )

    return (
        *_xml_formats(),
        openalex.FORMAT,
        semantic_scholar.FORMAT,
        arxiv.FORMAT,
        openreview.FORMAT,
        paperlists.FORMAT,
        crossref.FORMAT,
        csl.FORMAT,
        jsonl.FORMAT,
        ris.FORMAT,
        bibtex.FORMAT,
        delimited.table_format(columns),
    )


def _xml_formats() -> tuple[Format, ...]:
    from index.formats import acl, dblp, oai, pubmed

    return (pubmed.FORMAT, dblp.FORMAT, acl.FORMAT, oai.FORMAT)


def format_of(stream: Stream, columns: Mapping[str, str] = NO_COLUMNS) -> Format | None:
    """Recognise the format of a stream from its first bytes, or give None.

    Args:
        stream: The file, before any of it is read.
        columns: Fields by the header of a table's column, as the user named them.
    """
    head = head_of(stream.head())
    return next((known for known in formats(columns) if known.recognises(head)), None)


def format_named(source: str) -> Format:
    """Give the format of a short name.

    Raises:
        LookupError: There is none.
    """
    for known in formats():
        if known.source == source:
            return known
    raise LookupError(source)


def is_by_line(form: Format, stream: Stream) -> bool:
    """Tell whether the lines of a stream, before any is read, are a record each."""
    line, end, _ = stream.head().removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not (form.line_key and end):
        return False
    try:
        return form.line_key in msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
