"""Read BibTeX.

Every entry but ``@proceedings`` and the like is a paper. A paper inherits fields of the volume that
it refers to (``crossref``), wherever in the file the volume is. LaTeX is left as it is for
`index.text.cleaning`.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b

from index.dumps.streams import Stream
from index.formats.bibtex_braces import drop_braces, unwrap
from index.formats.bibtex_names import convert_authors
from index.formats.bibtex_places import find_place
from index.formats.format import Format
from index.normalise.dates import join_date
from index.normalise.identifier_search import find_arxiv_id, find_bare_arxiv_id, find_link_ids
from index.normalise.identifiers import parse_identifier
from index.normalise.latex_signs import unescape_latex
from index.normalise.raw_values import drop_empty
from index.normalise.reference_words import (
    choose_links,
    find_first_language,
    find_retraction,
    parse_citations,
    split_topics,
)
from index.records import RawRecord, Reject
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
_NOT_PAPERS = {"proceedings", "mvproceedings", "xdata", "set", "ieeetranbstctl", "control"}
_INHERITED = ("booktitle", "journal", "journaltitle", "eventtitle", "volume", "number", "year",
              "date", "month", "publisher", "series", "language", "school",
              "editor")  # fmt: skip
_BOOKS = frozenset(("book", "mvbook", "collection", "mvcollection", "software", "softwareversion"))
_KEYWORDS = ("keywords", "keyword", "author_keywords", "author-keywords", "keywords-plus")
_PEOPLE = frozenset(("author", "editor"))
_LINKS = ("url", "pdf", "ee", "bdsk-url-1", "adsurl")
_ADDRESSES = frozenset(
    (*_LINKS, "doi", "eprint", "arxivid", "arxiv", "biburl", "pmid", "pmc", "pmcid")
)
_NUMBER = re.compile(r"[\dXx][\dXx \u2010-\u2015-]{8,16}[\dXx]")
_DBLP = re.compile(r"DBLP:(.+)|.*dblp\.(?:org|uni-trier\.de)/rec/(?:bib/)?(.+?)(?:\.bib)?$")
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
        volume = find_volume(entry.fields)
        if volume and volume not in volumes and size < MAX_WAITING:
            waiting.setdefault(volume, []).append(entry)
            size += _measure_size(entry)
        else:
            yield convert(entry, volumes.get(volume, {}))
        key = entry.key.lower()
        if (entry.type in _VOLUMES or key in waiting) and len(volumes) < MAX_VOLUMES:
            inherited = volumes[key] = select_inherited(entry.fields)
            released = waiting.pop(key, [])
            size -= sum(map(_measure_size, released))
            yield from (convert(child, inherited) for child in released)
    for children in waiting.values():
        yield from (convert(child, {}) for child in children)


def _measure_size(entry: BibEntry) -> int:
    return sum(map(len, entry.fields.values())) + len(entry.key)


def find_volume(fields: Mapping[str, str]) -> str:
    """Return the key of the volume that an entry refers to, in lower case; empty if none."""
    return (fields.get("crossref") or fields.get("xdata") or "").lower()


def select_inherited(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that papers inherit from a volume; its title is their ``booktitle``."""
    inherited = {name: fields[name][:MAX_INHERITED] for name in _INHERITED if name in fields}
    if len(fields.get("editor", "")) > MAX_INHERITED:
        inherited["editor"] = inherited["editor"].rpartition(" and ")[0]
    if title := fields.get("title"):
        inherited.setdefault("booktitle", title[:MAX_INHERITED])
    return inherited


def convert(entry: BibEntry, volume: dict[str, str]) -> RawRecord:
    """Convert one entry to a raw record.

    Args:
        entry: The entry.
        volume: The fields of its volume, which count where the entry has none of its own.
    """
    fields = {name: _unwrap_value(name, text) for name, text in (volume | entry.fields).items()}
    ids = _collect_ids(entry, fields)
    place = find_place(entry.type, fields, has_arxiv_id="arxiv" in ids)
    title = _build_title(entry.type, fields)
    return RawRecord(
        source=entry.source,
        format=NAME,
        id=_build_id(entry.key, title),
        title=title,
        abstract=drop_braces(fields.get("abstract", "")),
        authors=convert_authors(fields.get("author") or entry.fields.get("editor", "")),
        venue=place.venue,
        venue_kind=place.venue_kind,
        year=fields.get("year") or fields.get("date") or fields.get("eventdate"),
        date=_find_date(fields),
        type=place.type,
        topics=tuple(
            word for name in _KEYWORDS for word in split_topics(drop_braces(fields.get(name, "")))
        ),
        ids=ids,
        urls=choose_links([fields.get(name, "") for name in _LINKS]),
        citations=parse_citations(fields.get("times-cited") or fields.get("note", "")),
        status=find_retraction(fields.get("note", "")[:100], fields.get("type", "")),
        language=find_first_language(fields.get("language") or fields.get("langid") or ""),
        deleted=entry.type in _NOT_PAPERS,
        volume=place.volume,
        issue=place.issue,
        pages=place.pages,
        publisher=place.publisher,
        editors=convert_authors(fields["editor"]) if fields.get("editor") else (),
    )


def _unwrap_value(name: str, text: str) -> str:
    """Return a value without the braces around all of it, and links without LaTeX.

    The doubled braces of an author mark an organisation, so they are kept.
    """
    if text[0] == "{" and name not in _PEOPLE:
        text = unwrap(text) or text
    return unescape_latex(text) if name in _ADDRESSES else text


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


def _build_title(entry_type: str, fields: dict[str, str]) -> str:
    """Return the title with its subtitle, else a short one, else a book's ``booktitle``."""
    title, subtitle = (
        fields.get("title") or fields.get("shorttitle", ""),
        fields.get("subtitle", ""),
    )
    if not title and entry_type in _BOOKS:
        title = fields.get("booktitle") or fields.get("maintitle", "")
    return drop_braces(f"{title}: {subtitle}" if title and subtitle else title)


def _collect_ids(entry: BibEntry, fields: dict[str, str]) -> dict[str, str]:
    dblp = _DBLP.match(entry.key) or _DBLP.match(fields.get("biburl", ""))
    ids = {
        "doi": fields.get("doi") or (entry.key if entry.key.startswith("10.") else ""),  # as of ACM
        "arxiv": _find_arxiv(fields),
        "dblp": (dblp[1] or dblp[2]) if dblp else "",
        "pmid": fields.get("pmid") or _find_pubmed(fields),
        "pmc": fields.get("pmcid") or fields.get("pmc", ""),
        "wos": fields.get("unique-id", "").removeprefix("WOS:").removeprefix("ISI:"),
        "isbn": _find_isbn(fields) if entry.type in _BOOKS else "",
        "bibtex": entry.key,
    }
    found = find_link_ids(*(fields.get(name, "") for name in _LINKS))
    return found | drop_empty(ids)


def _find_pubmed(fields: dict[str, str]) -> str:
    archive = fields.get("eprinttype") or fields.get("archiveprefix") or ""
    return fields.get("eprint", "") if archive.lower() in {"pubmed", "pmid", "medline"} else ""


def _find_isbn(fields: dict[str, str]) -> str:
    """Return the first valid ISBN of a book; that of a paper would be its volume's."""
    numbers = (parse_identifier("isbn", text) for text in _NUMBER.findall(fields.get("isbn", "")))
    return next(filter(None, numbers), "")


def _find_arxiv(fields: dict[str, str]) -> str:
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
    if fields.get("eprint") and archive in {"", "arxiv"}:
        found = find_bare_arxiv_id(fields["eprint"])
    else:
        found = find_bare_arxiv_id(fields.get("arxivid") or fields.get("arxiv") or "")
    if not found and fields.get("journal", "").lower() == "corr":
        found = find_bare_arxiv_id(fields.get("volume", ""))
    written = (fields.get(name, "")[:100] for name in ("journal", "howpublished", "note"))
    return found or find_arxiv_id(" ".join(written))


def _recognises(head: Head) -> bool:
    if head.keys or head.start in (b"", b"<"):
        return False
    return any(entry.search(head.beginning) for entry in (_ENTRY_BEGINS, _USUAL_ENTRY))


FORMAT = Format(NAME, "BibTeX", _recognises, read)
