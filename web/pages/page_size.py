"""Bound how much of long values and lists a page shows, so that no page is of absurd size.

A request of 20,000 characters that each of 200 links repeats made a page of 14 MB, and so would a
paper of 20,000 authors. What a page leaves out is in its JSON twin, which has everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from web.wording import shorten_text

LONGEST_ADDRESS = 4_000
"""Characters of an address that one link repeats. Chosen: a page has up to 30 such links."""

LONGEST_ADDRESSES = 60_000
"""Characters of the addresses of one list of links. Chosen: 100 bars of a histogram with addresses
of 600 characters, which is a query of 20 words with five filters."""

LONGEST_VALUE_ADDRESS = 1_000
"""Characters of an address in a list of 200 venues or topics; chosen, longer ones are not linked.
"""

LONGEST_LABEL = 100
"""Characters of a name, a venue or a value in a list; chosen."""

LONGEST_ECHO = 2_000
"""Characters of an interpreted query on a page; chosen: about 300 words."""

MOST_ITEMS = 100
"""Items of one list of a page, such as the identifiers or the records of a work; chosen."""

MOST_AUTHORS = 200
"""Authors on the page of a paper. Chosen: the names of 200 fill a screen."""

MOST_VERSIONS = 50
"""Versions on the page of a paper; chosen."""

MOST_SOURCES = 10
"""Sources of one version, or names of its venue, on the page of a paper; chosen."""

LONGEST_TEXT = 30_000
"""Characters of an abstract on the page of a paper; chosen: six times a long one."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cut(Generic[T]):
    """The beginning of a list, and the number of items that it leaves out."""

    shown: tuple[T, ...]
    more: int


def cut_list(values: Iterable[T], most: int = MOST_ITEMS) -> Cut[T]:
    """Cut a list to a number of items, and count the others."""
    rest = iter(values)
    shown = tuple(islice(rest, most))
    return Cut(shown, sum(1 for _ in rest))


def shorten_label(text: str) -> str:
    """Return a name or a value in one line, cut if it is absurdly long."""
    return text if len(text) <= LONGEST_LABEL else shorten_text(text, LONGEST_LABEL)


def shorten_echo(text: str) -> str:
    """Return what a request or an index says about itself, cut if it is absurdly long."""
    return text if len(text) <= LONGEST_ECHO else shorten_text(text, LONGEST_ECHO)


def cut_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, of which the last is cut if it is absurdly long."""
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT].rstrip() + "…"
    return text.split("\n\n")
