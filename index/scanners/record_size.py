"""Bound the size of a record and the number of its values, before it is decoded.

A record is in memory as a whole while it is decoded, and its values take many times the bytes that
they are written with: an author of six bytes takes 250. A record beyond a bound is rejected alone,
and no more than the bound of it is held.
"""

from collections.abc import Iterable
from typing import AnyStr

MAX_RECORD = 24 << 20
"""Bytes of one record of JSON or XML. Chosen: 15,000 authors, the most that a paper has had, take
14 MB in OpenAlex, which writes most about each."""

MAX_CHARACTERS = 8 << 20
"""Characters of one record in other formats, where a character may take four bytes and is copied
more often. Chosen: 15,000 authors with their addresses take 4.5 MB in MEDLINE."""

MAX_VALUES = 1_000_000
"""Values in one record. Chosen: 15,000 authors have 600,000 in OpenAlex; a million short texts as
authors take 250 MB while they are converted."""

SMALL = 1 << 20
"""Bytes of a record that is not searched, as its values cannot take much memory."""

TOO_LONG = f"is over {MAX_RECORD >> 20} MiB long"
TOO_LONG_TEXT = f"is over {MAX_CHARACTERS >> 20} million characters long"
TOO_MANY = f"has over {MAX_VALUES:,} values"
"""The reasons for which such records are rejected."""

JSON_MARKS = (b",", b"[", b"{")
XML_MARKS = (b"<", b"=", b"&")
"""The signs of which at least one stands for each value; in texts there are few of them."""


def describe_excess(content: bytes, marks: Iterable[bytes]) -> str:
    """Return why a record is too large to be decoded; empty if it is not.

    Args:
        content: The record; no more than a byte over `MAX_RECORD` of it needs to be there.
        marks: The signs that are counted.
    """
    if len(content) <= SMALL:
        return ""
    if len(content) > MAX_RECORD:
        return TOO_LONG
    return TOO_MANY if count_marks(content, marks) > MAX_VALUES else ""


def count_marks(text: AnyStr, marks: Iterable[AnyStr]) -> int:
    """Return how often any of some signs is in a text."""
    return sum(map(text.count, marks))
