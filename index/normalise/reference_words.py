"""Read the values that reference managers and databases write in the same way.

BibTeX, RIS and the tables of databases each name the kind of a document, its language, its
keywords and its links in words of their own.
"""

import re

from index.normalise.languages import find_language
from index.normalise.raw_values import drop_empty
from index.normalise.work_types import find_type, find_type_of_listing

_CITED = re.compile(r"Cited[ -]by ?(?:count)? ?:? *(\d{1,7})\b", re.IGNORECASE)
_DIGITS = 9  # of a number of citations; one with more is a misprint
_PARTS = re.compile(r"(?:[^;|\n()]++|\([^()]*+\)|[()])++")
_COMMA_PARTS = re.compile(r"(?:[^,()]++|\([^()]*+\)|[()])++")
_ARCHIVE = (
    r"(?:astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-(?:ex|lat|ph|th)|math|math-ph|nlin|nucl-(?:ex|th)"
    r"|physics|q-bio|q-fin|quant-ph|stat)(?:\.[A-Za-z-]{2,17})?"
)
_CATEGORIES = re.compile(rf"{_ARCHIVE}(?: {_ARCHIVE}){{1,30}}")
_NOTED = re.compile(r"^[ \t]*(?:\{:)?([A-Za-z][A-Za-z ._-]{1,30}?) ?[:=]([^\n]*)$", re.MULTILINE)
_PDF = re.compile(r"\.pdf$|/pdf/|/stamp/")


def find_listed_type(words: str) -> str:
    """Return our type for a source's words for a kind of document, or an empty text.

    Args:
        words: ``inproceedings``, ``JOUR``, ``Article; Proceedings Paper``, ``VDE Conferences``.
    """
    return find_type(*words.split(";")) or (find_type_of_listing(words) if " " in words else "")


def find_retraction(*texts: str) -> str:
    """Return ``retracted`` or ``withdrawn`` if a kind of document or a note says so."""
    lowered = " ".join(texts).lower()
    if "retracted" in lowered or "retraction of" in lowered:
        return "retracted"
    return "withdrawn" if "withdrawn" in lowered else ""


def find_first_language(words: str) -> str:
    """Return the ISO 639-1 code of the first language in a list."""
    return find_language(re.split(r"[;,/]", words.strip())[0])


def split_topics(text: str) -> tuple[str, ...]:
    """Split a list of keywords at ``;``, ``|`` and line ends, else at commas, else at line ends.

    Line ends count only with ``;`` or ``|``, or without commas; other lines are wrapped.
    A keyword may contain them in brackets: ``length (measure, metric)``. arXiv's categories are
    separated by spaces.
    """
    if _CATEGORIES.fullmatch(text):
        return tuple(text.split())
    several = ";" in text or "|" in text or "," not in text
    if "(" in text:
        parts = (_PARTS if several else _COMMA_PARTS).findall(text)
    else:
        parts = re.split(r"[;|\n]", text) if several else text.split(",")
    return tuple(word for part in parts if (word := " ".join(part.split())))


def read_noted_fields(note: str) -> dict[str, str]:
    """Return what the lines of a note say, by the word before the colon in lower case.

    Reference managers note in this way what an item has no field for.

    Args:
        note: ``PMID: 101``, a line each; also in the older form ``{:PMID: 101}``.
    """
    found = _NOTED.findall(note) if note else ()
    fields = {word.lower(): value.strip().removesuffix("}").rstrip() for word, value in found}
    return drop_empty(fields)


def parse_citations(text: str) -> int | None:
    """Return the number of citations in ``12`` or ``Cited by 12``; None if there is none."""
    plain = text.strip().replace(",", "").removesuffix(".0")
    if plain.isascii() and plain.isdecimal():
        return int(plain) if len(plain) <= _DIGITS else None
    cited = _CITED.search(text)
    return int(cited[1]) if cited else None


def choose_links(links: list[str]) -> dict[str, str]:
    """Return the first page and the first PDF among links."""
    urls: dict[str, str] = {}
    for link in links:
        if link.startswith(("http://", "https://")):
            urls.setdefault("pdf" if _PDF.search(link) else "page", link)
    return urls
