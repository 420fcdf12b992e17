"""Parse the venue, volume, issue and pages that repositories write into one text.

Journals that run OJS write ``Journal of Rain; Vol. 3 No. 2 (2018): Spring; 101-110`` in their own
language, DOAJ ``Journal of Rain, Vol 3, Iss 2, Pp 101-110 (2018)``, others ``Journal of Rain, 3(2),
101-110``.
"""

import re
from typing import NamedTuple

from index.normalise.volumes import join_pages

_LONGEST = 1_000
"""Characters of a text that is parsed; a longer one is no place of publication."""

_VOLUME = re.compile(
    r"(?<![^\W\d_])(?:vol(?:umen?)?|v|bd|band|jg|jahrgang|tom[eo]?|t|cilt|roč(?:ník)?|rocznik|évf|år"
    r"g(?:ang)?|том|т)\b\.?\s*(?P<value>\d[\w/-]*+(?:\.\d+)*+|[IVXLC]++\b)",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    r"(?<![^\W\d_])(?:n[ro]|n|num(?:ber|ero)?|núm(?:ero)?|iss(?:ue)?|heft|h|say\u0131|č(?:íslo)?|zeszyt"
    r"|fasc|вып(?:уск)?|n[º°]|№)\.?(?:\b|(?<=[.º°№]))\s*(?P<value>[A-Za-z]?\d[\w/-]*+)",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"(?:^|[;,:]\s*+|\b)(?:pp?|pages?|págs?|s|str|\u0441(?:тр)?)\b\.?\s*(?P<first>[A-Za-z]{0,2}\d[\w.]*+)"
    r"(?:\s*[-\u2010-\u2015]+\s*(?P<last>[A-Za-z]{0,2}\d[\w.]*+)?)?",
    re.IGNORECASE,
)
_ONLY_PAGES = re.compile(
    r"\s*(?P<first>[A-Za-z]{0,2}\d[\w.]{0,9})(?:\s*[-\u2010-\u2015]+\s*(?P<last>[A-Za-z]{0,2}\d[\w.]{0,9}))?"
    r"\s*"
)
_BRACKETED = re.compile(
    r"(?P<venue>\D{4,200}?),?\s+(?P<volume>\d{1,4})\s?\((?P<issue>\d{1,3}(?:[-/]\d{1,3})?)\)"
    r"(?:[\s,:;]+(?:pp?\.?\s*)?(?P<first>[A-Za-z]?\d+)(?:\s*[-\u2010-\u2015]+\s*(?P<last>[A-Za-z]?\d+))?)?"
    r"(?=[\s,.;(]|$)"
)
_START = re.compile(r"[;,]|\s\(")


class Place(NamedTuple):
    """A place of publication; every part may be empty."""

    venue: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


def parse_place(text: str) -> Place:
    """Parse a text that names a venue and perhaps volume, issue and pages.

    Args:
        text: ``Journal of Rain; Vol. 3 No. 2 (2018); 101-110``, or the venue alone.
    """
    text = " ".join(text[:_LONGEST].split())
    if found := _BRACKETED.match(text):
        pages = join_pages(found["first"] or "", found["last"] or "")
        return Place(found["venue"].strip(" ,;"), found["volume"], found["issue"], pages)
    if _VOLUME.match(text) or _ISSUE.match(text):
        text = f";{text}"
    start = _START.search(text)
    venue, rest = (text[: start.start()], text[start.start() :]) if start else (text, "")
    volume, issue = _VOLUME.search(rest), _ISSUE.search(rest)
    if not (volume or issue):
        return Place(text.partition(";")[0].strip())
    venue += rest[: min(found.start() for found in (volume, issue) if found)]
    if ";" in venue:  # the end of the name; without it, Rain, Wind and Sun, Vol 3
        venue = venue.partition(";")[0]
    return Place(
        venue.strip(" ,;("),
        volume["value"] if volume else "",
        issue["value"] if issue else "",
        _find_pages(rest),
    )


def _find_pages(text: str) -> str:
    last = text.rpartition(";")[2]
    found = _ONLY_PAGES.fullmatch(last) if ";" in text else None
    found = found or _PAGES.search(text)
    return join_pages(found["first"], found["last"] or "") if found else ""
