"""Clean volumes, issues and pages.

They are kept as the dump writes them, since ``e1234``, ``S12-S19`` and ``A. 3`` are all in use;
only what dumps write in several ways is unified.
"""

import re
from functools import lru_cache

from index.normalise.raw_values import is_placeholder
from index.text.cleaning import clean_name

LONGEST = 60
"""Characters of a volume, issue or pages that are kept; a longer one is no such value."""

_CACHED = 1 << 14
_LABEL = re.compile(
    r"(?:(?:vol(?:ume)?|no|nr|iss(?:ue)?|number|pp?|pages?|band|tome?)\b[.:]?|(?:v|n|bd|t)\."
    r"|n[\u00b0\u00ba]|\u2116)\s*(?=\d)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d+ ?(?:pp?\.?|pages?|leaves|Seiten)|\d+ S\.")
"""A number of pages, which is no page: ``29 p.``. ``29P`` and ``29S`` are pages."""

_YEAR = re.compile(r"\s*\((?:19|20)[0-9]{2}\)$")
"""The year that some dumps write after a volume."""

_SPAN = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
_NONE = frozenset((
    "no", "xx", "tbd", "ahead of print", "advance access", "advance online publication",
    "early access", "early view", "epub ahead of print", "first online", "forthcoming", "in press",
    "online", "online first", "to appear", "unknown", "unpaginated", "n.pag", "no-specified",
    "no pagination specified", "pagination-specified", "not-specified",
))  # fmt: skip
"""What dumps write for a value that is unknown, in lower case, besides placeholders."""


@lru_cache(_CACHED)
def clean_volume(text: str) -> str:
    """Clean a volume or issue: ``Vol. 33 (2020)`` is ``33``, and what says nothing is empty."""
    if text.isdecimal() and text != "0":  # true of nearly all
        return text[:LONGEST]
    if len(text) > LONGEST:
        return ""
    volume = _LABEL.sub("", _SPAN.sub("-", clean_name(text)), count=1).strip(" .,;:")
    volume = _YEAR.sub("", volume)
    return "" if _says_nothing(volume) else volume


def _says_nothing(text: str) -> bool:
    return text.lower() in _NONE or is_placeholder(text) or not text.strip("0?-")


def clean_pages(text: str) -> str:
    """Clean pages: ``pp. 101--110`` and ``101-10`` are ``101-110``; a page twice is one."""
    if not text:
        return ""
    if not text[-1].isdecimal() and _COUNT.fullmatch(text.strip()):
        return ""
    first, dash, last = (pages := clean_volume(text)).partition("-")
    if dash and len(last) < len(first) and first.isdecimal() and last.isdecimal():
        whole = first[: -len(last)] + last  # 1865-76, as PubMed shortens it
        return f"{first}-{whole}" if whole > first else pages
    if dash and last in ("", first):  # also n/a-n/a
        return "" if _says_nothing(first) else first
    return pages


def join_pages(first: str, last: str = "") -> str:
    """Join the first and the last page, which sources write in two fields, or both in one.

    Args:
        first: ``101``, ``101-110`` or ``e1234``; may be empty.
        last: ``110`` or ``101-110``; may be empty.
    """
    first, last = first.strip(), last.strip()
    if not first or not last or _SPAN.search(first):
        return first or last
    return last if _SPAN.search(last) else f"{first}-{last}"
