"""Read BibTeX.

Every entry but ``@proceedings`` and the like is a paper. A paper inherits fields of the volume that
it refers to (``crossref``), wherever in the file the volume is. LaTeX is left as it is for
`index.text.cleaning`.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b

from index.dumps.streams import Stream
from index.formats.format import Format
from index.normalise.dates import join_date
from index.normalise.identifier_search import find_arxiv_id, find_bare_arxiv_id, find_link_ids
from index.normalise.raw_values import drop_empty
from index.normalise.reference_words import (
    choose_links,
    find_first_language,
    find_listed_type,
    find_retraction,
    parse_citations,
    split_topics,
)
from index.normalise.work_types import find_venue_kind
from index.records import RawAuthor, RawRecord, Reject
from index.scanners.bibtex_entries import BibEntry, find_entries
from index.scanners.head import Head
from index.text.folding import fold

NAME = "bibtex"

MAX_WAITING = 64 << 20
"""Characters of entries that wait for a volume further down; entries beyond do without it."""

MAX_VOLUMES = 50_000
"""Number of volumes that are remembered for the entries after them."""

MAX_INHERITED = 500
"""Characters of each field of a volume that are remembered."""

_VOLUMES = {"proceedings", "mvproceedings", "book", "mvbook", "collection", "mvcollection", "xdata"}
_NOT_PAPERS = {"proceedings", "mvproceedings", "xdata", "set"}
_INHERITED = ("booktitle", "journal", "year", "date", "month", "publisher", "series",
              "language", "school")  # fmt: skip
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
    rb"(?:^|(?<=\r))(?:[ \t]|\xef\xbb\xbf)*@[ \t]*(?:[A-Za-z][\w-]*\s*\{"
    rb"|(?i:article|inproceedings|book|incollection|misc|string|proceedings|phdthesis)\s*\()"
    rb"(?:\s*[^{}(),=@\"\s]{0,200}[^{}(),=@\"\r\n]{0,50}\s*[,=]|[^{},=@\"\s]{1,200},)",
    re.MULTILINE,
)
_USUAL_ENTRY = re.compile(
    rb"@(?i:article|inproceedings|book|incollection|misc|techreport|phdthesis)"
    rb"\{\s*[^{},=@\"\s]{0,200}(?:,|\s|=)[^@{}]{0,100}=\s*[{\"]"
)
"""An entry with a field, after other text on its line."""


def read(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Read a BibTeX file.

    Args:
        stream: The file.

    Yields:
        A record, or a reject with the reason. A record that refers to a volume further down
        follows that volume.
    """
    volumes: dict[str, dict[str, str]] = {}
    waiting: dict[str, list[BibEntry]] = {}
    size = 0
    for entry in find_entries(stream):
        if isinstance(entry, Reject):
            yield entry
            continue
        volume = _find_volume(entry)
        if volume and volume not in volumes and size < MAX_WAITING:
            waiting.setdefault(volume, []).append(entry)
            size += _measure_size(entry)
        else:
            yield convert(entry, volumes.get(volume, {}))
        key = entry.key.lower()
        if (entry.type in _VOLUMES or key in waiting) and len(volumes) < MAX_VOLUMES:
            inherited = volumes[key] = _select_inherited(entry)
            released = waiting.pop(key, [])
            size -= sum(map(_measure_size, released))
            yield from (convert(child, inherited) for child in released)
    for children in waiting.values():
        yield from (convert(child, {}) for child in children)


def _measure_size(entry: BibEntry) -> int:
    return sum(map(len, entry.fields.values())) + len(entry.key)


def _find_volume(entry: BibEntry) -> str:
    return (entry.fields.get("crossref") or entry.fields.get("xdata") or "").lower()


def _select_inherited(volume: BibEntry) -> dict[str, str]:
    """Return the fields that papers inherit from a volume; its title is their ``booktitle``."""
    fields = volume.fields
    inherited = {name: fields[name][:MAX_INHERITED] for name in _INHERITED if name in fields}
    if title := fields.get("title"):
        inherited.setdefault("booktitle", title[:MAX_INHERITED])
    return inherited


def convert(entry: BibEntry, volume: dict[str, str]) -> RawRecord:
    """Convert one entry to a raw record.

    Args:
        entry: The entry.
        volume: The fields of its volume, which count where the entry has none of its own.
    """
    fields = volume | entry.fields
    ids = _collect_ids(entry, fields)
    venue, kind, paper_type = _find_appearance(entry.type, fields, ids)
    title = _build_title(fields)
    return RawRecord(
        source=entry.source,
        format=NAME,
        id=_build_id(entry.key, title),
        title=title,
        abstract=_drop_braces(fields.get("abstract", "")),
        authors=_convert_authors(fields.get("author") or fields.get("editor") or ""),
        venue=venue,
        venue_kind=kind,
        year=fields.get("year") or fields.get("date") or fields.get("eventdate"),
        date=_find_date(fields),
        type=paper_type,
        topics=tuple(
            word for name in _KEYWORDS for word in split_topics(_drop_braces(fields.get(name, "")))
        ),
        ids=ids,
        urls=choose_links([fields.get("url", ""), fields.get("pdf", "")]),
        citations=parse_citations(fields.get("times-cited") or fields.get("note", "")),
        status=find_retraction(fields.get("note", "")[:100], fields.get("type", "")),
        language=find_first_language(fields.get("language") or fields.get("langid") or ""),
        deleted=entry.type in _NOT_PAPERS,
    )


def _find_date(fields: dict[str, str]) -> str:
    """Return the date of BibLaTeX, or else the month of BibTeX, which may contain the day."""
    date, month = fields.get("date", ""), fields.get("month", "")
    if not month or "-" in date:
        return date
    return join_date(date or fields.get("year", ""), month, fields.get("day", ""))


def _build_id(key: str, title: str) -> str:
    """Return an id that is stable across builds and differs for two papers with one key."""
    if not key:
        return ""
    digest = blake2b(fold(title[:1000]).encode("utf-8", "replace"), digest_size=3).hexdigest()
    return f"{NAME}:{key[:150]}/{digest}"


def _build_title(fields: dict[str, str]) -> str:
    title, subtitle = fields.get("title", ""), fields.get("subtitle", "")
    return _drop_braces(f"{title}: {subtitle}" if title and subtitle else title)


def _drop_braces(text: str) -> str:
    """Drop braces that only protect capitals; those of accents, commands and formulas stay.

    In other formats such braces may denote a set, so `index.text.cleaning` keeps them around
    several words: ``{Deep Learning}``.
    """
    text = _SIGN.sub(r"\1", text)
    for _ in range(_MAX_NESTED):
        before = text
        if "{" not in text or (text := _GROUP.sub(_unwrap_group, text)) == before:
            break
    return text


def _unwrap_group(group: re.Match[str]) -> str:
    """Return the content of a pair of braces, with the braces if they hold a command's argument."""
    at = group.start()
    before = group.string[max(0, at - _LONGEST_COMMAND) : at]
    return group[0] if _ARGUMENT_OF.search(before) else group[1]


def _find_appearance(
    entry_type: str, fields: dict[str, str], ids: dict[str, str]
) -> tuple[str, str, str]:
    """Return the venue, its kind and the paper's type."""
    paper_type = find_listed_type(f"{entry_type};{fields.get('type', '')[:100]}")
    venue = _drop_braces(next((text for name in _VENUES if (text := fields.get(name, ""))), ""))
    if _HOWPUBLISHED.search(venue):
        venue = ""
    unplaced = not venue or _ARXIV_VENUE.match(venue)
    if "arxiv" in ids and unplaced and paper_type in {"", "journal article", "report"}:
        return "arXiv", "repository", "preprint"
    return venue, find_venue_kind(paper_type) if venue else "", paper_type


def _convert_authors(text: str) -> tuple[RawAuthor, ...]:
    names = (name.strip(" ,;\n\t") for name in _split_authors(f" {text}"))
    return tuple(_convert_author(name) for name in names if name.lower() not in _OTHERS)


def _split_authors(text: str) -> Iterator[str]:
    r"""Split names at each ``and`` outside braces.

    The BibTeX parser's own function drops ``\'E`` at the beginning of a name.
    """
    start = depth = 0
    for found in _AND.finditer(text):
        if found[0] in "{}":
            depth = max(0, depth + (1 if found[0] == "{" else -1))
        elif not depth and found[0][0] != "\\":
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _convert_author(name: str) -> RawAuthor:
    if _CORPORATE.fullmatch(name):  # an organisation; a comma in its name does not separate parts
        return RawAuthor(name=name[1:-1].replace(",", ""))
    family, *rest = name.split(",")
    if len(rest) == 2:  # noqa: PLR2004 - Last, Jr., First
        return RawAuthor(family=family, suffix=rest[0].strip(), given=rest[1].strip())
    return RawAuthor(name=name)


def _collect_ids(entry: BibEntry, fields: dict[str, str]) -> dict[str, str]:
    dblp = _DBLP.match(entry.key) or _DBLP.match(entry.fields.get("biburl", ""))
    ids = {
        "doi": fields.get("doi", ""),
        "arxiv": _find_arxiv(fields),
        "dblp": (dblp[1] or dblp[2]) if dblp else "",
        "pmid": fields.get("pmid", ""),
        "pmc": fields.get("pmcid") or fields.get("pmc", ""),
        "wos": fields.get("unique-id", "").removeprefix("WOS:"),
        "bibtex": entry.key,
    }
    found = find_link_ids(fields.get("url", ""), fields.get("pdf", ""), fields.get("ee", ""))
    return found | drop_empty(ids)


def _find_arxiv(fields: dict[str, str]) -> str:
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
    if fields.get("eprint") and archive in {"", "arxiv"}:
        found = find_bare_arxiv_id(fields["eprint"])
    else:
        found = find_bare_arxiv_id(fields.get("arxivid") or fields.get("arxiv") or "")
    if not found and fields.get("journal", "").lower() == "corr":
        found = find_bare_arxiv_id(fields.get("volume", ""))
    return found or find_arxiv_id(f"{fields.get('journal', '')} {fields.get('note', '')[:100]}")


def _recognises(head: Head) -> bool:
    if head.keys or head.start in (b"", b"<"):
        return False
    return any(entry.search(head.beginning) for entry in (_ENTRY_BEGINS, _USUAL_ENTRY))


FORMAT = Format(NAME, "BibTeX", _recognises, read)
