"""Answers: how is BibTeX read?

Every entry but ``@proceedings`` is a paper; what a volume tells its papers (``crossref``) is put
into them, wherever in the file it stands. LaTeX is left as it is for `index.text.cleaning`.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b

from index.dumps.streams import Stream
from index.formats.format import Format
from index.normalise.reference_words import (
    addresses,
    arxiv_in,
    count_of,
    ids_in,
    kind_of,
    language_of,
    status_of,
    topics_of,
    type_of,
)
from index.records import RawAuthor, RawRecord, Reject
from index.scanners.bibtex_entries import BibEntry, bib_entries
from index.scanners.head import Head
from index.text.analyser import fold

NAME = "bibtex"

MAX_WAITING = 64 << 20
"""Characters of entries that wait until the volume they refer to is read; more go without it."""

MAX_VOLUMES = 50_000
"""Volumes that are remembered for the entries after them."""

MAX_TOLD = 500
"""Characters of each field of a volume that are remembered."""

_VOLUMES = {"proceedings", "mvproceedings", "book", "mvbook", "collection", "mvcollection", "xdata"}
_NO_PAPERS = {"proceedings", "mvproceedings", "xdata", "set"}
_INHERITED = ("booktitle", "journal", "year", "date", "publisher", "series", "language", "school")
_VENUES = ("booktitle", "maintitle", "journal", "journaltitle", "eventtitle", "school",
           "institution", "organization", "series", "howpublished")  # fmt: skip
_KEYWORDS = ("keywords", "keyword", "author_keywords", "author-keywords", "keywords-plus")
_DBLP = re.compile(r"DBLP:(.+)|.*dblp\.(?:org|uni-trier\.de)/rec/(?:bib/)?(.+?)(?:\.bib)?$")
_HOWPUBLISHED = re.compile(r"\\url|://|^\s*(?:accessed|online)", re.IGNORECASE)
_ARXIV_VENUE = re.compile(r"arxiv|^corr\b", re.IGNORECASE)
_AND = re.compile(r"\\.|[{}]|\s+and(?=\s)", re.IGNORECASE | re.DOTALL)
_CORPORATE = re.compile(r"\{[^{}]*\}")
_OTHERS = frozenset(("others", "et al.", "et al", ""))
_GROUP = re.compile(r"\{(?!\\)((?:[^{}]++|\{\\[^{}]*\})*+)\}")
_ARGUMENT_OF = re.compile(r"(?:\\[A-Za-z]+\*?\s*|[\\}_^])$")
_LONGEST_COMMAND = 30
_SIGN = re.compile(r"\{(\\[%&#_])\}")
_MAX_NESTED = 4
_ENTRY_BEGINS = re.compile(
    rb"^[ \t]*@[ \t]*(?:[A-Za-z]\w*[ \t]*\{"
    rb"|(?i:article|inproceedings|book|incollection|misc|string|proceedings|phdthesis)[ \t]*\()"
    rb"\s*[^{}(),=@\"\s]{0,200}[^{}(),=@\"\n]{0,50}\s*[,=]",
    re.MULTILINE,
)


def read(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Read a BibTeX file.

    Args:
        stream: The file.

    Yields:
        A record, or a reject that says what is wrong with it; records that refer to a volume
        further down come after it.
    """
    volumes: dict[str, dict[str, str]] = {}
    waiting: dict[str, list[BibEntry]] = {}
    size = 0
    for entry in bib_entries(stream):
        if isinstance(entry, Reject):
            yield entry
            continue
        volume = _volume(entry)
        if volume and volume not in volumes and size < MAX_WAITING:
            waiting.setdefault(volume, []).append(entry)
            size += _size(entry)
        else:
            yield convert(entry, volumes.get(volume, {}))
        key = entry.key.lower()
        if (entry.type in _VOLUMES or key in waiting) and len(volumes) < MAX_VOLUMES:
            told = volumes[key] = _told(entry)
            released = waiting.pop(key, [])
            size -= sum(map(_size, released))
            yield from (convert(child, told) for child in released)
    for children in waiting.values():
        yield from (convert(child, {}) for child in children)


def _size(entry: BibEntry) -> int:
    return sum(map(len, entry.fields.values())) + len(entry.key)


def _volume(entry: BibEntry) -> str:
    return (entry.fields.get("crossref") or entry.fields.get("xdata") or "").lower()


def _told(volume: BibEntry) -> dict[str, str]:
    """Give what a volume tells its papers; its title is their book's."""
    told = {name: volume.fields[name][:MAX_TOLD] for name in _INHERITED if name in volume.fields}
    if title := volume.fields.get("title"):
        told.setdefault("booktitle", title[:MAX_TOLD])
    return told


def convert(entry: BibEntry, volume: dict[str, str]) -> RawRecord:
    """Give one entry as a raw record.

    Args:
        entry: The entry.
        volume: Fields that it takes over where it has none of its own.
    """
    fields = volume | entry.fields
    ids = _ids(entry, fields)
    venue, kind, paper_type = _appearance(entry.type, fields, ids)
    title = _title(fields)
    return RawRecord(
        source=entry.source,
        kind=NAME,
        id=_id(entry.key, title),
        title=title,
        abstract=_ungrouped(fields.get("abstract", "")),
        authors=_authors(fields.get("author") or fields.get("editor") or ""),
        venue=venue,
        venue_kind=kind,
        year=fields.get("year") or fields.get("date") or fields.get("eventdate"),
        type=paper_type,
        topics=tuple(
            word for name in _KEYWORDS for word in topics_of(_ungrouped(fields.get(name, "")))
        ),
        ids=ids,
        urls=addresses([fields.get("url", ""), fields.get("pdf", "")]),
        citations=count_of(fields.get("times-cited") or fields.get("note", "")),
        status=status_of(fields.get("note", "")[:100], fields.get("type", "")),
        language=language_of(fields.get("language") or fields.get("langid") or ""),
        deleted=entry.type in _NO_PAPERS,
    )


def _id(key: str, title: str) -> str:
    """Give an id that holds across builds, and keeps two papers under one key apart."""
    if not key:
        return ""
    digest = blake2b(fold(title[:1000]).encode("utf-8", "replace"), digest_size=3).hexdigest()
    return f"{NAME}:{key[:150]}/{digest}"


def _title(fields: dict[str, str]) -> str:
    title, subtitle = fields.get("title", ""), fields.get("subtitle", "")
    return _ungrouped(f"{title}: {subtitle}" if title and subtitle else title)


def _ungrouped(text: str) -> str:
    """Drop braces that only keep capitals; those of accents, commands and formulas stay.

    In other dumps such braces may be a set's, so `index.text.cleaning` leaves them where words are
    apart in them: ``{Deep Learning}``.
    """
    text = _SIGN.sub(r"\1", text)
    for _ in range(_MAX_NESTED):
        before = text
        if "{" not in text or (text := _GROUP.sub(_content, text)) == before:
            break
    return text


def _content(group: re.Match[str]) -> str:
    """Give what stands in a group's braces, and the braces too if a command needs them."""
    at = group.start()
    before = group.string[max(0, at - _LONGEST_COMMAND) : at]
    return group[0] if _ARGUMENT_OF.search(before) else group[1]


def _appearance(
    entry_type: str, fields: dict[str, str], ids: dict[str, str]
) -> tuple[str, str, str]:
    """Give the venue, its kind and the paper's type."""
    paper_type = type_of(f"{entry_type};{fields.get('type', '')[:100]}")
    venue = _ungrouped(next((text for name in _VENUES if (text := fields.get(name, ""))), ""))
    if _HOWPUBLISHED.search(venue):
        venue = ""
    unplaced = not venue or _ARXIV_VENUE.match(venue)
    if "arxiv" in ids and unplaced and paper_type in {"", "journal article", "report"}:
        return "arXiv", "repository", "preprint"
    return venue, kind_of(paper_type) if venue else "", paper_type


def _authors(text: str) -> tuple[RawAuthor, ...]:
    names = (name.strip(" ,;\n\t") for name in _names(f" {text}"))
    return tuple(_author(name) for name in names if name.lower() not in _OTHERS)


def _names(text: str) -> Iterator[str]:
    r"""Cut names at each ``and`` outside braces.

    The parser's own function takes ``\'E`` off a name that begins with it.
    """
    start = depth = 0
    for found in _AND.finditer(text):
        if found[0] in "{}":
            depth = max(0, depth + (1 if found[0] == "{" else -1))
        elif not depth and found[0][0] != "\\":
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _author(name: str) -> RawAuthor:
    if _CORPORATE.fullmatch(name):  # a body's name has no parts to be told apart by a comma
        return RawAuthor(name=name[1:-1].replace(",", ""))
    family, *rest = name.split(",")
    if len(rest) == 2:  # noqa: PLR2004 - Last, Jr., First
        return RawAuthor(family=family, suffix=rest[0].strip(), given=rest[1].strip())
    return RawAuthor(name=name)


def _ids(entry: BibEntry, fields: dict[str, str]) -> dict[str, str]:
    dblp = _DBLP.match(entry.key) or _DBLP.match(entry.fields.get("biburl", ""))
    ids = {
        "doi": fields.get("doi", ""),
        "arxiv": _arxiv(fields),
        "dblp": (dblp[1] or dblp[2]) if dblp else "",
        "pmid": fields.get("pmid", ""),
        "pmc": fields.get("pmcid") or fields.get("pmc", ""),
        "wos": fields.get("unique-id", "").removeprefix("WOS:"),
        "bibtex": entry.key,
    }
    found = ids_in(fields.get("url", ""), fields.get("pdf", ""), fields.get("ee", ""))
    return found | {scheme: value for scheme, value in ids.items() if value}


def _arxiv(fields: dict[str, str]) -> str:
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
    if fields.get("eprint") and archive in {"", "arxiv"}:
        found = arxiv_in(fields["eprint"], bare=True)
    else:
        found = arxiv_in(fields.get("arxivid") or fields.get("arxiv") or "", bare=True)
    if not found and fields.get("journal", "").lower() == "corr":
        found = arxiv_in(fields.get("volume", ""), bare=True)
    return found or arxiv_in(f"{fields.get('journal', '')} {fields.get('note', '')[:100]}")


def _recognises(head: Head) -> bool:
    if head.start in (b"", b"{", b"[", b"<"):
        return False
    return _ENTRY_BEGINS.search(head.beginning) is not None


FORMAT = Format(NAME, "BibTeX", _recognises, read)
