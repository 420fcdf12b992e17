"""Read the titles, abstracts, keywords and dates of a JATS article.

JATS is the schema in which PubMed Central and many journals keep articles. Footnotes and labels are
no part of a title; the sections of an abstract keep their headings, as in PubMed.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from index.normalise.dates import find_first_date, join_date
from index.scanners.xml_records import SCRIPTS, read_text

_TEX = {**SCRIPTS, "tex-math": ("<tex-math>", "</tex-math>")}
_NOTES = frozenset(("fn", "label", "object-id", "institution-id", "xref", "email", "contrib-group"))
"""Elements in a title, a name or an affiliation that are no part of it."""

_NO_ABSTRACTS = frozenset((
    "graphical", "graphic", "toc", "teaser", "executive-summary", "plain-language-summary",
    "key-points", "editor", "editors-summary", "web-summary", "short", "precis", "stereochemical",
    "video",
))  # fmt: skip
"""Kinds of abstracts that count only where there is no other."""

_PRINTED = ("ppub", "print", "collection", "epub-ppub", "issue-pub", "pub", "")
_ONLINE = ("epub", "electronic", "online", "epreprint", "preprint", "original-publication")
"""Kinds of dates of publication, those of the issue first, which decide the year as in PubMed."""

_RANKS = {kind: rank for rank, kind in enumerate((*_PRINTED, *_ONLINE))}
_PARTS = ("year", "month", "day")
_HEADINGS = frozenset((
    "abstract", "summary", "resumo", "resumen", "résumé", "resum", "zusammenfassung", "riassunto",
    "abstrakt", "özet", "аннотация", "摘要", "要旨", "초록",
))  # fmt: skip
_KINDS = ("heading", "display-channel", "article-type", "toc-heading")
"""Groups of subjects that name the kind of article or a section of the journal."""

_OWN_DOI = re.compile(r"DOI:\s*(?:https?://\S+?/)?10\.\S+", re.IGNORECASE)
"""A paragraph that eLife adds to abstracts: the DOI of the abstract itself."""

_NO_PROSE = frozenset(("label", "fig", "graphic", "table-wrap", "object-id", "media"))
_ABSTRACT = {
    **_TEX,
    "p": (" ", " "),
    "title": (" ", ": "),
    "list-item": (" ", " "),
    "break": (" ", ""),
}


def read_bare_text(element: Element | None) -> str:
    """Return the text of an element on one line, without footnotes, labels and their marks.

    The notes are removed from the element itself.
    """
    if element is None:
        return ""
    remove_elements(element, _NOTES)
    return " ".join(read_text(element, _TEX).split())


def remove_elements(element: Element, names: frozenset[str]) -> None:
    """Remove all elements of some names from inside an element; the text after them stays."""
    for parent in [
        one for one in element.iter() if not names.isdisjoint(inner.tag for inner in one)
    ]:
        before: Element | None = None
        for child in list(parent):
            if child.tag not in names:
                before = child
                continue
            if before is None:
                parent.text = (parent.text or "") + (child.tail or "")
            else:
                before.tail = (before.tail or "") + (child.tail or "")
            parent.remove(child)


def find_title(group: Element | None) -> tuple[str, str]:
    """Return the title with its subtitle, and the translated title, of a ``title-group``."""
    if group is None:
        return "", ""
    title = read_bare_text(group.find("article-title"))
    if subtitle := read_bare_text(group.find("subtitle")):
        title = f"{title}{' ' if title[-1:] in '?!:.' else ': '}{subtitle}" if title else subtitle
    translated = group.find("trans-title-group/trans-title")
    other = read_bare_text(group.find("trans-title") if translated is None else translated)
    return (title, other) if title else (other, "")


def find_abstract(meta: Element, original: str) -> str:
    """Return the sections of the abstract, each with its heading.

    Args:
        meta: The ``article-meta``. The first abstract that is no graphic or teaser counts, else a
            translated one, an English one first.
        original: The title in another language, which is added at the end.
    """
    own = sorted(
        meta.findall("abstract"), key=lambda one: one.get("abstract-type") in _NO_ABSTRACTS
    )
    others = sorted(meta.findall("trans-abstract"), key=lambda one: one.get("lang") != "en")
    candidates = ([*_find_sections(one)] for one in (*own, *others))
    sections = next((sections for sections in candidates if sections), [])
    return "\n\n".join([*sections, f"Translated title: {original}"] if original else sections)


def _find_sections(abstract: Element) -> Iterator[str]:
    """Yield the paragraphs of an abstract; the first of a section begins with its heading."""
    heading = ""
    if (abstract.text or "").strip():  # without paragraphs
        yield from _find_paragraph(abstract)
        return
    for part in abstract:
        if part.tag == "title":
            heading = read_bare_text(part).rstrip(" :.")
            heading = "" if heading.lower() in _HEADINGS else heading
            continue
        found = _find_sections(part) if part.tag == "sec" else _find_paragraph(part)
        for text in found:
            yield f"{heading}: {text}" if heading else text
            heading = ""


def _find_paragraph(part: Element) -> Iterator[str]:
    if part.tag in _NO_PROSE:
        return
    text = " ".join(read_text(part, _ABSTRACT).split())
    if text and not _OWN_DOI.fullmatch(text):
        yield text


def find_keywords(meta: Element) -> Iterator[str]:
    """Yield the keywords, and the subjects that are no heading such as "Research Article"."""
    for group in meta.findall("kwd-group"):
        if "abbr" not in group.get("kwd-group-type", ""):
            yield from map(read_bare_text, group.iter("kwd"))
    for group in meta.findall("article-categories/subj-group"):
        if group.get("subj-group-type", "heading") not in _KINDS:
            yield from map(read_bare_text, group.iter("subject"))


def find_publication(meta: Element) -> tuple[int | None, str]:
    """Return the year of publication, and the first month or day in it.

    As in PubMed, the date of the issue decides the year if there is one.
    """
    dates = [one for one in meta.findall("pub-date") if _get_kind(one) in _RANKS]
    dates.sort(key=lambda one: _RANKS[_get_kind(one)])
    written = [_join_date(one) for one in dates]
    years = (
        int(text[:4]) for text in written if text[:4].isdecimal() and len(text[:4]) == len("2019")
    )
    year = next(years, None)
    return year, find_first_date(year, *written)


def _get_kind(date: Element) -> str:
    kind = date.get("pub-type") or date.get("date-type") or ""
    return date.get("publication-format", kind) if kind in ("", "pub") else kind


def _join_date(date: Element) -> str:
    """Return a date as text; a season is only a year."""
    stated = date.get("iso-8601-date", "")
    parts = [read_bare_text(date.find(part)) for part in _PARTS]
    return stated or join_date(*parts) or read_bare_text(date.find("string-date"))
