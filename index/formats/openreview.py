"""Read the notes of both versions of OpenReview's API.

A file is a list of notes, ``{"notes": [...]}``, or one note a line. Version 1 writes a field of a
note as it is, version 2 as ``{"value": ...}``. Reviews, comments and decisions are not papers; they
are skipped and counted. The profile of an author (``~Name1``) is kept, but no e-mail address.

In version 1 a paper under blind review is two notes: the public blind note, and its original, which
has the authors. Both get the id of the original. The blind note is the paper; an original that is
not public adds its authors to it and nothing else.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from index.errors import RecordError
from index.formats.format import Format
from index.formats.openreview_words import YEAR, find_group_status, parse_decision, parse_group
from index.names.author_lists import split_names
from index.normalise.dates import drop_placeholder
from index.normalise.identifier_search import find_arxiv_id
from index.normalise.raw_values import drop_empty
from index.records import Appearance, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json
from index.scanners.json_texts import find_text

NAME = "openreview"

SITE = "https://openreview.net"

_ANONYMOUS = re.compile(r"(?i)anonymous(?: authors?)?")


class Reply(Struct):
    """A note in reply to a paper, such as a decision or a review."""

    invitation: str | None = None
    invitations: tuple[str, ...] | None = None
    content: dict[str, object] | None = None


class Details(Struct, rename={"direct": "directReplies"}):
    """What the API adds to a note on request."""

    direct: tuple[Reply, ...] | None = None
    replies: tuple[Reply, ...] | None = None
    original: "Note | None" = None


class Note(Struct, rename={"licence": "license"}):
    """One note, with the keys that are read."""

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
    """Convert one note to a raw record.

    Raises:
        RecordError: It has no id.
    """
    if not note.id.strip():
        message = "has an empty id"
        raise RecordError(message)
    hidden = _is_hidden(note)
    is_reply = note.replyto or (note.forum or note.id) != note.id
    if is_reply or note.ddate:
        name = "" if is_reply or hidden else _build_id(note)
        return RawRecord(source, NAME, name, deleted=True, updated=_find_updated(note))
    return _convert_hidden(note, source) if hidden else _convert_paper(note, source)


def _is_hidden(note: Note) -> bool:
    """Return whether a note is an original that only authors and organisers may read."""
    first_version = bool(note.invitation) and not note.original
    return first_version and note.readers is not None and "everyone" not in note.readers


def _convert_hidden(note: Note, source: Source) -> RawRecord:
    """Return a part that adds the authors to the blind note, which alone may be shown."""
    return RawRecord(
        source=source,
        format=NAME,
        id=_build_id(note),
        part="original",
        authors=tuple(_convert_authors(_unwrap_content(note))),
        updated=_find_updated(note),
    )


def _build_id(note: Note) -> str:
    return f"{NAME}:{note.original or note.id}"


def _find_updated(note: Note) -> str:
    changed = _parse_date(note.mdate or note.tmdate)
    return changed.isoformat() if changed else ""


def _unwrap_content(note: Note) -> dict[str, object]:
    return {name: _unwrap_value(field) for name, field in (note.content or {}).items()}


def _convert_paper(note: Note, source: Source) -> RawRecord:
    content = _unwrap_content(note)
    forum = note.forum or note.id
    original = note.details.original if note.details else None
    authors = tuple(_convert_authors(content))
    if not authors and original:
        authors = tuple(_convert_authors(_unwrap_content(original)))
    pdf = _strip_text(content.get("pdf"))
    return RawRecord(
        source=replace(source, licence=note.licence) if note.licence else source,
        format=NAME,
        id=_build_id(note),
        title=_strip_text(content.get("title")),
        abstract=_strip_text(content.get("abstract")),
        authors=authors,
        appearances=(_find_appearance(note, content),),
        topics=tuple(_collect_topics(content)),
        ids=drop_empty(
            {NAME: forum, "arxiv": find_arxiv_id(pdf), "doi": _strip_text(content.get("doi"))}
        ),
        urls=drop_empty(
            {
                "page": f"{SITE}/forum?id={forum}",
                "pdf": SITE + pdf if pdf.startswith("/") else pdf,
                "code": _strip_text(content.get("code")),
            }
        ),
        status=_find_status(note, content),
        updated=_find_updated(note),
    )


def _unwrap_value(field: object) -> object:
    return field["value"] if isinstance(field, dict) and "value" in field else field


def _strip_text(value: object) -> str:
    return value.strip() if isinstance(value, str) else find_text(value).strip()


def _list_values(value: object) -> list[object]:
    if isinstance(value, str):
        return list(split_names(value))
    return list(value) if isinstance(value, list) else []


def _convert_authors(content: dict[str, object]) -> Iterator[RawAuthor]:
    found = _list_values(content.get("authors"))
    profiles = _list_values(content.get("authorids"))
    aligned = len(profiles) == len(found)
    for at, author in enumerate(found):
        if isinstance(author, dict):  # a profile instead of a name
            name = _strip_text(author.get("fullname")) or _strip_text(author.get("name"))
            profile, places = author.get("username"), _list_values(author.get("institutions"))
        else:
            name, profile, places = _strip_text(author), profiles[at] if aligned else "", []
        if "@" in name or _ANONYMOUS.fullmatch(name):
            continue
        tilde = _strip_text(profile)
        institutions = (
            _strip_text(place.get("name")) for place in places if isinstance(place, dict)
        )
        yield RawAuthor(
            name=name,
            ids={NAME: tilde} if tilde.startswith("~") and "@" not in tilde else {},
            affiliations=tuple(filter(None, institutions)),
        )


def _collect_topics(content: dict[str, object]) -> Iterator[str]:
    keywords = content.get("keywords")
    if isinstance(keywords, str):
        yield from re.split(r"[;,]", keywords)
    else:
        yield from filter(None, map(_strip_text, _list_values(keywords)))
    yield _strip_text(content.get("primary_area"))


def _find_appearance(note: Note, content: dict[str, object]) -> Appearance:
    """Return a paper's venue: that of its group, or else the text that its page shows."""
    shown = _strip_text(content.get("venue"))
    group = _strip_text(content.get("venueid")) or _find_group(note)
    venue, workshop = parse_group(group)
    published = _parse_date(note.pdate)  # the other days are those of the submission
    dates = (note.pdate, note.odate, note.cdate, note.tcdate)
    years = [int(found[0]) for text in (group, shown) if (found := YEAR.search(text))]
    return Appearance(
        venue=venue or YEAR.split(shown)[0].removeprefix("Submitted to ").strip(),
        venue_name=shown,
        venue_kind="workshop" if workshop else "",
        year=years[0]
        if years
        else next((day.year for day in map(_parse_date, dates) if day), None),
        date=drop_placeholder(published.isoformat()) if published else "",
    )


def _find_group(note: Note) -> str:
    """Return the group whose invitation a note follows: ``ICLR.cc/2019/Conference``."""
    first = next(iter((note.invitation,) if note.invitation else note.invitations or ()), "")
    return first.partition("/-/")[0]


def _parse_date(milliseconds: float | None) -> date | None:
    if not milliseconds:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def _find_status(note: Note, content: dict[str, object]) -> str:
    """Return the status of a paper.

    The most reliable sign is the group that the paper was moved to, such as that of the withdrawn
    or of the rejected papers. The next ones are the text that the page shows, the decisions among
    the replies, and the invitation under which the paper was submitted, in this order.
    """
    group = _strip_text(content.get("venueid"))
    groups = [group] if group else [note.invitation or "", *(note.invitations or ())]
    of_groups = [status for group in groups if (status := find_group_status(group))]
    final = [status for status in of_groups if status != "submitted"]
    texts = (_strip_text(content.get("venue")), *_find_decisions(note, content))
    shown = [parse_decision(text) for text in texts]
    return next(filter(None, [*final, *shown, *of_groups[:1]]), "")


def _find_decisions(note: Note, content: dict[str, object]) -> Iterable[str]:
    details = note.details or Details()
    for reply in (*(details.direct or ()), *(details.replies or ())):
        names = (reply.invitation or "", *(reply.invitations or ()))
        if any(name.endswith("Decision") for name in names):
            yield _strip_text(_unwrap_value((reply.content or {}).get("decision")))
    yield _strip_text(content.get("decision"))


def _recognises(head: Head) -> bool:
    if head.start not in (b"{", b"[") or not {"content", "forum"} <= head.keys:
        return False
    return bool({"invitation", "invitations", "signatures", "cdate", "tcdate"} & head.keys)


FORMAT = Format(
    NAME,
    "OpenReview notes",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT)),
    line_key="id",
)
