"""Describe a paper as COinS, an OpenURL in the title of a span, which reference managers read.

Source: ANSI/NISO Z39.88-2004 with the key/encoded-value formats for journals, books, dissertations.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from index.records import Appearance, Paper
from web.metadata.names import find_full_name

MOST_AUTHORS = 20
"""Authors that are named; chosen, since a page of results has an OpenURL for every hit."""

LONGEST = 500
"""Characters of a value; chosen."""

_FORMATS = {
    "thesis": ("dissertation", ""),
    "book": ("book", "book"),
    "proceedings": ("book", "proceeding"),
    "book chapter": ("book", "bookitem"),
    "reference entry": ("book", "bookitem"),
    "report": ("book", "report"),
    "conference paper": ("journal", "proceeding"),
    "preprint": ("journal", "preprint"),
}
"""The format and the genre of a type; all others are articles of journals."""


def write_coins(paper: Paper) -> str:
    """Return the OpenURL of a paper, which a page escapes."""
    form, genre = _FORMATS.get(paper.shown.type, ("journal", "article"))
    found = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"),
        *_list_identifiers(paper),
        ("rft.genre", genre),
        *_list_titles(paper, form, genre),
        *(("rft.au", author.name) for author in paper.authors[:MOST_AUTHORS]),
        *_list_places(paper.shown),
    ]
    return urlencode([(name, value[:LONGEST]) for name, value in found if value])


def _list_identifiers(paper: Paper) -> Iterator[tuple[str, str]]:
    for scheme in ("doi", "pmid"):
        if value := paper.ids.get(scheme):
            yield "rft_id", f"info:{scheme}/{value}"


def _list_titles(paper: Paper, form: str, genre: str) -> Iterator[tuple[str, str]]:
    around = find_full_name(paper.shown)
    if form == "journal":
        yield "rft.atitle", paper.title
        yield "rft.jtitle", around
    elif genre == "bookitem":
        yield "rft.atitle", paper.title
        yield "rft.btitle", around
    elif form == "dissertation":
        yield "rft.title", paper.title
        yield "rft.inst", around or paper.shown.publisher
    else:
        yield "rft.btitle", paper.title


def _list_places(shown: Appearance) -> Iterator[tuple[str, str]]:
    first, _, last = shown.pages.partition("-")
    yield "rft.date", shown.when
    yield "rft.volume", shown.volume
    yield "rft.issue", shown.issue
    yield "rft.spage", first
    yield "rft.epage", last
    yield "rft.pub", shown.publisher
