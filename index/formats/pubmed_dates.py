"""Read the dates of PubMed's records: when a paper was published, and when its record changed."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from index.normalise.dates import find_first_date, join_date, parse_day
from index.scanners.xml_records import read_text

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_PARTS = ("Year", "Month", "Day")


def find_publication_date(stated: Iterable[Element | None]) -> tuple[int | None, str]:
    """Return the year of publication, and the first month or day in it.

    Args:
        stated: The dates of the issue and of the publication online; the first one with a year
            decides the year.
    """
    dates = [date for date in stated if date is not None]
    year = next(filter(None, map(_find_year, dates)), None)
    return year, find_first_date(year, *map(_join_date, dates))


def find_updated(citation: Element) -> str:
    """Return the day of the last revision, or else the day the record was completed."""
    dates = (
        "-".join(_find_part(citation, f"{name}/{part}") for part in _PARTS)
        for name in ("DateRevised", "DateCompleted")
    )
    return next(filter(None, map(parse_day, dates)), "")


def _find_year(date: Element) -> int | None:
    """Return the year of a date; of a span (``1998 Dec-1999 Jan``) the first."""
    found = _YEAR.search(_find_part(date, "Year") or _find_part(date, "MedlineDate"))
    return int(found[0]) if found else None


def _join_date(date: Element) -> str:
    """Return a date as text: ``2018-05-17``, ``2018 May 17``, ``1998 Dec-1999 Jan``."""
    parts = [_find_part(date, part) for part in _PARTS]
    return join_date(*parts) or _find_part(date, "MedlineDate")


def _find_part(element: Element, path: str) -> str:
    return read_text(element.find(path), {}).strip()
