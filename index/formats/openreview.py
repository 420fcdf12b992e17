"""Answers: how are notes of OpenReview read, of both versions of its API?

A file is a list of notes, ``{"notes": [...]}``, or one note a line. The first version writes a
field of a note as it is, the second as ``{"value": ...}``. Reviews, comments and decisions are
no papers and count as left out. Of authors the profile (``~Name1``) is kept, never an e-mail.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from index.errors import RecordError
from index.formats import Format, Head
from index.formats.identifiers import arxiv_id, given
from index.formats.json_envelopes import Layout, enveloped
from index.formats.json_records import read_json
from index.formats.prose_mail import prose_without_mail
from index.names import split_names
from index.records import Appearance, RawAuthor, RawRecord, Source

NAME = "openreview"

SITE = "https://openreview.net"

_GROUP_STATUSES = {
    "desk_reject": "rejected",
    "reject": "rejected",
    "withdraw": "withdrawn",
    "retract": "retracted",
    "under_review": "submitted",
    "submission": "submitted",
}
"""What the last part of a group says where it begins so, or has it in it."""

_DECISION = re.compile(r"(?i)\b(oral|spotlight|poster|talk|notable|accept|reject|withdr|retract)")
_DECIDED = {"accept": "accepted", "reject": "rejected", "withdr": "withdrawn", "talk": "oral",
            "retract": "retracted"}  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NO_VENUE = re.compile(r"(?i)conf(?:erence)?s?|journals?|track|main|rec(?:ord)?|-|.*submission.*")
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


class Note(Struct):
    """One note, the keys that are used."""

    id: str
    content: dict[str, object] | None = None
    forum: str | None = None
    replyto: str | None = None
    invitation: str | None = None
    invitations: tuple[str, ...] | None = None
    pdate: float | None = None
    odate: float | None = None
    cdate: float | None = None
    tcdate: float | None = None
    ddate: float | None = None
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
    forum = note.forum or note.id
    if forum != note.id or note.replyto:
        return RawRecord(source=source, kind=NAME, deleted=True)
    if note.ddate:
        return RawRecord(source=source, kind=NAME, id=f"{NAME}:{note.id}", deleted=True)
    content = {name: _value(field) for name, field in (note.content or {}).items()}
    pdf = _text(content.get("pdf"))
    return RawRecord(
        source=source,
        kind=NAME,
        id=f"{NAME}:{note.id}",
        title=_text(content.get("title")),
        abstract=prose_without_mail(_text(content.get("abstract"))),
        authors=tuple(_authors(content)),
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
    venue, workshop = _venue(group)
    dates = (note.pdate, note.odate, note.cdate, note.tcdate)
    years = [int(found[0]) for text in (group, shown) if (found := _YEAR.search(text))]
    return Appearance(
        venue=venue or _YEAR.split(shown)[0].removeprefix("Submitted to ").strip(),
        venue_name=shown,
        venue_kind="workshop" if workshop else "",
        year=years[0] if years else next(filter(None, map(_year, dates)), None),
    )


def _group(note: Note) -> str:
    """Give the group whose invitation a note answers: ``ICLR.cc/2019/Conference``."""
    first = next(iter((note.invitation,) if note.invitation else note.invitations or ()), "")
    return first.partition("/-/")[0]


def _venue(group: str) -> tuple[str, bool]:
    """Read a group: ``ICLR.cc/2025/Conference``, ``thecvf.com/ECCV/2020/Workshop/VIPriors``.

    Returns:
        The venue's name, and whether it is a workshop.
    """
    parts = [part for part in group.split("/") if part]
    workshop = any(re.fullmatch(r"(?i).*workshops?(?:_proposals)?", part) for part in parts)
    named = [part for part in parts if not (_YEAR.fullmatch(part) or _NO_VENUE.fullmatch(part))]
    if not named:
        return "", workshop
    if "ARR" in named:  # papers under review there are not yet of any conference
        return "ARR", workshop
    site, *rest = named
    venue = site
    if "." in site:  # a conference's own site, or that of who holds several
        owned = not rest or bool(_YEAR.fullmatch(parts[1]))
        venue = site.rpartition(".")[0] if owned else rest[0]
    if workshop:
        inner = [part for part in named if part not in (site, venue) and "orkshop" not in part]
        venue = " ".join([venue, "Workshop", *inner[:1]])
    return venue.replace("_", " "), workshop


def _year(milliseconds: float | None) -> int | None:
    if not milliseconds:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).year
    except (OverflowError, ValueError, OSError):
        return None


def _status(note: Note, content: dict[str, object]) -> str:
    """Tell what became of a paper.

    Where it is moved to says so surely: the group of withdrawn papers, of rejected ones; then
    the text that the page shows, the decision among the replies, and what it was handed in as.
    """
    group = _text(content.get("venueid"))
    groups = [group] if group else [note.invitation or "", *(note.invitations or ())]
    said = [status for group in groups if (status := _group_status(group))]
    decided = [status for status in said if status != "submitted"]
    shown = [_decision(text) for text in (_text(content.get("venue")), *_decisions(note, content))]
    return next(filter(None, [*decided, *shown, *said[:1]]), "")


def _group_status(group: str) -> str:
    last = group.rpartition("/")[2].lower()
    return next((status for sign, status in _GROUP_STATUSES.items() if sign in last), "")


def _decisions(note: Note, content: dict[str, object]) -> Iterable[str]:
    details = note.details or Details()
    for reply in (*(details.direct or ()), *(details.replies or ())):
        names = (reply.invitation or "", *(reply.invitations or ()))
        if any(name.endswith("Decision") for name in names):
            yield _text(_value((reply.content or {}).get("decision")))
    yield _text(content.get("decision"))


def _decision(text: str) -> str:
    """Read ``ICLR 2025 Oral``, ``Accept (Spotlight)`` or ``Reject``."""
    found = [word.lower() for word in _DECISION.findall(text)]
    surest = [word for word in found if word != "accept"] or found
    return _DECIDED.get(surest[0], surest[0]) if surest else ""


def _recognises(head: Head) -> bool:
    if head.start not in (b"{", b"[") or not {"content", "forum"} <= head.keys:
        return False
    return bool({"invitation", "invitations", "signatures", "cdate", "tcdate"} & head.keys)


FORMAT = Format(
    NAME,
    "OpenReview notes",
    _recognises,
    lambda stream: read_json(stream, _DECODER.decode, convert, enveloped(_LAYOUT)),
)
