"""Define what a format is: its names, how to recognise it and how to read it."""

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
        short_name: The value of the ``source`` facet for papers read from this format: ``acl``.
        title: The name shown to people: ``ACL Anthology XML``.
        recognises: Returns whether a file is in this format, judging by its beginning.
        read: Yields the records of such a file, and a reject for each that cannot be read.
        line_key: A key that every record has where each line of the file is one JSON record, so
            that a build may read parts of the file separately; empty if no such files exist.
    """

    short_name: str
    title: str
    recognises: Callable[[Head], bool]
    read: Read
    line_key: str = ""


def is_line_based(form: Format, stream: Stream) -> bool:
    """Return whether each line of an unread stream is one record.

    The first line decides: it must end in the stream's head and be a JSON object with the
    format's `line_key`.
    """
    line, end, _ = stream.head().removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not (form.line_key and end):
        return False
    try:
        return form.line_key in msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
