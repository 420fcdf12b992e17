"""Describe a paper as COinS, an OpenURL in the title of a span, which reference managers read.

Source: ANSI/NISO Z39.88-2004 with the key/encoded-value formats for journals, books, dissertations.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from index.records import Paper
from web.exports.entry_types import CHAPTER, CONFERENCE, PREPRINT, SUBMISSION, TYPES
from web.exports.reference import Reference, make_reference

MOST_AUTHORS = 20
"""Authors that are named; chosen, since a page of results has an OpenURL for every hit."""

LONGEST = 500
"""Characters of a value; chosen."""

_FORMATS = {
    TYPES["thesis"]: ("dissertation", ""),
    TYPES["book"]: ("book", "book"),
    TYPES["proceedings"]: ("book", "proceeding"),
    CHAPTER: ("book", "bookitem"),
    TYPES["reference entry"]: ("book", "bookitem"),
    TYPES["report"]: ("book", "report"),
    CONFERENCE: ("journal", "proceeding"),
    PREPRINT: ("journal", "preprint"),
    SUBMISSION: ("journal", "preprint"),
}
"""The format and the genre of a kind of document; all others are articles of journals."""


def write_coins(paper: Paper) -> str:
    """Return the OpenURL of a paper, which a page escapes."""
    reference = make_reference(paper)
    form, genre = _FORMATS.get(reference.kind, ("journal", "article"))
    found = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"),
        *_list_identifiers(paper),
        ("rft.genre", genre),
        *_list_titles(reference, form, genre),
        *(("rft.au", author.name) for author in paper.authors[:MOST_AUTHORS]),
        ("rft.date", paper.shown.when),
        *_list_places(reference),
    ]
    return urlencode([(name, value[:LONGEST]) for name, value in found if value])


def _list_identifiers(paper: Paper) -> Iterator[tuple[str, str]]:
    for scheme in ("doi", "pmid"):
        if value := paper.ids.get(scheme):
            yield "rft_id", f"info:{scheme}/{value}"


def _list_titles(reference: Reference, form: str, genre: str) -> Iterator[tuple[str, str]]:
    if form == "journal":
        yield "rft.atitle", reference.title
        yield "rft.jtitle", reference.container
    elif genre == "bookitem":
        yield "rft.atitle", reference.title
        yield "rft.btitle", reference.container
    elif form == "dissertation":
        yield "rft.title", reference.title
        yield "rft.inst", reference.container or reference.publisher
    else:
        yield "rft.btitle", reference.title


def _list_places(reference: Reference) -> Iterator[tuple[str, str]]:
    first, _, last = reference.pages.partition("-")
    yield "rft.volume", reference.volume
    yield "rft.issue", reference.issue
    yield "rft.spage", first
    yield "rft.epage", last
    yield "rft.pub", reference.publisher
