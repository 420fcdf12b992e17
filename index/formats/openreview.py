"""Answers: how are notes of OpenReview read, of both versions of its API?

A file is a list of notes, ``{"notes": [...]}``, or one note a line. The first version writes a
field of a note as it is, the second as ``{"value": ...}``. Reviews, comments and decisions are
no papers and count as left out. Of authors the profile (``~Name1``) is kept, never an e-mail.

In the first version a paper under blind review is two notes: the blind one, which is public, and
its original, which has the authors. Both have the id of the original; the blind one is the paper,
and an original that is not public adds its authors to it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from index.errors import RecordError
from index.formats.format import Format
from index.formats.openreview_words import YEAR, decision_in, group_status, venue_in
from index.names.parser import split_names
from index.normalise.identifiers import arxiv_id, given
from index.records import Appearance, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "openreview"

SITE = "https://openreview.net"

_ANONYMOUS = re.compile(r"(?i)anonymous(?: authors?)?")


class Reply(Struct):
    """A note that answers a paper: a decision, a review."""

    invitation: str | None = None
    invitations: tuple[str, ...] | None = None
    content: dict[str, object] | None = None


class Details(Struct, rename={"direct": "directReplies"}):
    """What the API adds to a note if it is asked to."""

    direct: tuple[Reply, ...] | None = None
    replies: tuple[Reply, ...] | None = None
    original: "Note | None" = None


class Note(Struct, rename={"licence": "license"}):
    """One note, the keys that are used."""

    id: str
    content: dict[str, object] | None = None
    forum: str | None = None
    replyto: str | None = None
    invitation: str | None = None
    invitations: tuple[str, ...] | None = None
    original: str | None = None
    readers: tuple[str, ...] | None = None
    pdate: float | None = None
    odate: float | None = None
    cdate: float | None = None
    tcdate: float | None = None
    ddate: float | None = None
    mdate: float | None = None
    tmdate: float | None = None
    licence: str | None = None
    details: Details | None = None


_DECODER = msgspec.json.Decoder(Note)
_LAYOUT = Layout("notes", frozenset({"forum", "content"}))


def convert(note: Note, source: Source) -> RawRecord:
    """Give one note as a raw record.

    Raises:
        RecordError: It has no id.
    """
    if not note.id.strip():
        message = "has an empty id"
        raise RecordError(message)
    hidden = _is_hidden(note)
    answers = note.replyto or (note.forum or note.id) != note.id
    if answers or note.ddate:
        name = "" if answers or hidden else _name(note)
        return RawRecord(source, NAME, name, deleted=True, updated=_updated(note))
    return _hidden(note, source) if hidden else _paper(note, source)


def _is_hidden(note: Note) -> bool:
    """Tell the original of a blind note that only the authors and the organisers may read."""
    first_version = bool(note.invitation) and not note.original
    return first_version and note.readers is not None and "everyone" not in note.readers


def _hidden(note: Note, source: Source) -> RawRecord:
    """Give the authors to the blind note, and nothing else: that one is what may be seen."""
    return RawRecord(
        source=source,
        kind=NAME,
        id=_name(note),
        part="original",
        authors=tuple(_authors(_content(note))),
        updated=_updated(note),
    )


def _name(note: Note) -> str:
    return f"{NAME}:{note.original or note.id}"


def _updated(note: Note) -> str:
    changed = _date(note.mdate or note.tmdate)
    return changed.isoformat() if changed else ""


def _content(note: Note) -> dict[str, object]:
    return {name: _value(field) for name, field in (note.content or {}).items()}


def _paper(note: Note, source: Source) -> RawRecord:
    content = _content(note)
    forum = note.forum or note.id
    original = note.details.original if note.details else None
    authors = tuple(_authors(content)) or tuple(_authors(_content(original) if original else {}))
    pdf = _text(content.get("pdf"))
    return RawRecord(
        source=replace(source, licence=note.licence) if note.licence else source,
        kind=NAME,
        id=_name(note),
        title=_text(content.get("title")),
        abstract=_text(content.get("abstract")),
        authors=authors,
        appearances=(_appearance(note, content),),
        topics=tuple(_topics(content)),
        ids=given({NAME: forum, "arxiv": arxiv_id([pdf]), "doi": _text(content.get("doi"))}),
        urls=given(
            {
                "page": f"{SITE}/forum?id={forum}",
                "pdf": SITE + pdf if pdf.startswith("/") else pdf,
                "code": _text(content.get("code")),
            }
        ),
        status=_status(note, content),
        updated=_updated(note),
    )


def _value(field: object) -> object:
    return field["value"] if isinstance(field, dict) and "value" in field else field


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    if isinstance(value, str):
        return list(split_names(value))
    return list(value) if isinstance(value, list) else []


def _authors(content: dict[str, object]) -> Iterator[RawAuthor]:
    found = _list(content.get("authors"))
    profiles = _list(content.get("authorids"))
    aligned = len(profiles) == len(found)
    for at, author in enumerate(found):
        if isinstance(author, dict):  # a profile in place of a name and an id
            name = _text(author.get("fullname")) or _text(author.get("name"))
            profile, places = author.get("username"), _list(author.get("institutions"))
        else:
            name, profile, places = _text(author), profiles[at] if aligned else "", []
        if "@" in name or _ANONYMOUS.fullmatch(name):
            continue
        tilde = _text(profile)
        named = (_text(place.get("name")) for place in places if isinstance(place, dict))
        yield RawAuthor(
            name=name,
            ids={NAME: tilde} if tilde.startswith("~") and "@" not in tilde else {},
            affiliations=tuple(filter(None, named)),
        )


def _topics(content: dict[str, object]) -> Iterator[str]:
    keywords = content.get("keywords")
    if isinstance(keywords, str):
        yield from re.split(r"[;,]", keywords)
    else:
        yield from filter(None, map(_text, _list(keywords)))
    yield _text(content.get("primary_area"))


def _appearance(note: Note, content: dict[str, object]) -> Appearance:
    """Give the venue of a paper: the group it is in, else the text that the page shows."""
    shown = _text(content.get("venue"))
    group = _text(content.get("venueid")) or _group(note)
    venue, workshop = venue_in(group)
    dates = (note.pdate, note.odate, note.cdate, note.tcdate)
    years = [int(found[0]) for text in (group, shown) if (found := YEAR.search(text))]
    return Appearance(
        venue=venue or YEAR.split(shown)[0].removeprefix("Submitted to ").strip(),
        venue_name=shown,
        venue_kind="workshop" if workshop else "",
        year=years[0] if years else next((day.year for day in map(_date, dates) if day), None),
    )


def _group(note: Note) -> str:
    """Give the group whose invitation a note answers: ``ICLR.cc/2019/Conference``."""
    first = next(iter((note.invitation,) if note.invitation else note.invitations or ()), "")
    return first.partition("/-/")[0]


def _date(milliseconds: float | None) -> date | None:
    if not milliseconds:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def _status(note: Note, content: dict[str, object]) -> str:
    """Tell what became of a paper.

    Where it is moved to says so surely: the group of withdrawn papers, of rejected ones; then
    the text that the page shows, the decision among the replies, and what it was handed in as.
    """
    group = _text(content.get("venueid"))
    groups = [group] if group else [note.invitation or "", *(note.invitations or ())]
    said = [status for group in groups if (status := group_status(group))]
    decided = [status for status in said if status != "submitted"]
    shown = [
        decision_in(text) for text in (_text(content.get("venue")), *_decisions(note, content))
    ]
    return next(filter(None, [*decided, *shown, *said[:1]]), "")


def _decisions(note: Note, content: dict[str, object]) -> Iterable[str]:
    details = note.details or Details()
    for reply in (*(details.direct or ()), *(details.replies or ())):
        names = (reply.invitation or "", *(reply.invitations or ()))
        if any(name.endswith("Decision") for name in names):
            yield _text(_value((reply.content or {}).get("decision")))
    yield _text(content.get("decision"))


def _recognises(head: Head) -> bool:
    if head.start not in (b"{", b"[") or not {"content", "forum"} <= head.keys:
        return False
    return bool({"invitation", "invitations", "signatures", "cdate", "tcdate"} & head.keys)


FORMAT = Format(
    NAME,
    "OpenReview notes",
    _recognises,
    lambda stream: read_json(stream, _DECODER.decode, convert, make_finder(_LAYOUT)),
    line_key="id",
)
