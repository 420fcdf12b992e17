"""Describe one format: how it is recognised, and what reads it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from index.dumps.streams import Stream
from index.records import RawRecord, Reject
from index.scanners.head import Head

Read = Callable[[Stream], Iterator[RawRecord | Reject]]


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


def is_by_line(form: Format, stream: Stream) -> bool:
    """Tell whether the lines of a stream, before any is read, are a record each."""
    line, end, _ = stream.head().removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not (form.line_key and end):
        return False
    try:
        return form.line_key in msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
