"""Compare the places where two records were published: venue, volume, issue and pages.

Columns such as ``From the Chair`` have one title in every issue; only the place tells them apart.
Dumps write a place in many ways, so a comparison has three results: True if two places are the same
one, False if they are two, None if that cannot be told.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from index.records import Appearance
from index.text.folding import fold
from index.works.stages import Stage, find_stage

LATE_PAGE = 100
"""Same pages from this one on outweigh another volume or issue, which is then a misprint; before
it, columns stand on the same pages of every issue. Chosen."""

RELATIVE_PAGES = 4
"""Ranges of as many pages, at least this many, may be the same ones if one starts at page 1."""

ARTICLE_NUMBER = 1000
"""A single number from this one on may be that of an article, whose pages start at 1. Chosen."""

_CACHED = 1 << 12

_SERIAL_TYPES = frozenset((
    "journal article", "editorial", "letter", "review", "book review", "news", "erratum", "report",
    "retraction", "data paper",
))  # fmt: skip
_OTHER_KINDS = frozenset(("conference", "workshop", "book"))
_OTHER_TYPES = frozenset((
    "conference paper", "workshop paper", "book", "book chapter", "reference entry", "proceedings",
    "thesis",
))  # fmt: skip
_SMALL_WORDS = frozenset("a an and at de der des die du et for in la le of on the und".split())

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_ALONE = frozenset("ivx")
"""The letters that are a Roman numeral by themselves; ``C`` and ``D`` are mostly series."""

_ROMAN_SIGNS = {"m": 1000, "d": 500, "c": 100, "l": 50, "x": 10, "v": 5, "i": 1}
_LONGEST_NUMBER = 9
"""Digits of a number that is compared; a longer one is a key or a timestamp."""

_PAGES = re.compile(
    r"(?P<article>(?:art(?:icle|\.)?\s*(?:no\.?|id|number)?|paper|id)?\s*)"
    r"(?P<letters>[a-z]{0,4})[.\s]?(?P<first>[0-9]{1,9})[a-z]?(?P<colon>:[0-9]+)?"
    r"(?:-[a-z]{0,4}(?P<last>[0-9]{1,9}))?"
)
_ROMAN_PAGES = re.compile(r"(?P<first>[ivxlc]+)(?:-[ivxlc]+)?")


class Pages(NamedTuple):
    """Pages as numbers.

    Attributes:
        first: The first page, or the number of an article.
        last: The last page; 0 if only one number is known.
        article: Whether the number is surely that of an article: ``e1234``, ``17:1-17:20``.
        roman: Whether they are in Roman numerals, which count separately.
    """

    first: int
    last: int = 0
    article: bool = False
    roman: bool = False


class Place(NamedTuple):
    """Where a record was published.

    Attributes:
        venue: The words of the venue's name without small ones; empty if unknown.
        serial: Whether it is a journal or a series of reports; None if unknown. Volumes of
            proceedings are not compared, since one dump means the series and another the year.
        year: The year; None if unknown.
        volume: The numbers in the volume: ``{33, 2020}`` for ``33 (2020)``.
        issue: The numbers in the issue.
        pages: The pages, or None.
    """

    venue: tuple[str, ...]
    serial: bool | None
    year: int | None
    volume: frozenset[int]
    issue: frozenset[int]
    pages: Pages | None


def list_places(shows: Iterable[Appearance]) -> list[Place]:
    """Return the places of the appearances that have one and are no preprints or submissions."""
    return [
        Place(
            _split_venue(show.venue or show.venue_name),
            _is_serial(show),
            show.year,
            read_numbers(show.volume),
            read_numbers(show.issue),
            read_pages(show.pages),
        )
        for show in shows
        if (show.volume or show.issue or show.pages)
        and find_stage(show) not in {Stage.PREPRINT, Stage.SUBMITTED}
    ]


def are_different(ones: Sequence[Place], others: Sequence[Place]) -> bool:
    """Return whether two records were published at different places of one venue."""
    found = {compare_places(one, other) for one, other in product(ones, others)}
    return False in found and True not in found


def have_other_pages(ones: Sequence[Place], others: Sequence[Place]) -> bool:
    """Return whether both records have pages, and no two of them may be the same."""
    found = {_compare_pages(one.pages, other.pages) for one, other in product(ones, others)}
    return found == {False}


def share_place(ones: Sequence[Place], others: Sequence[Place]) -> bool:
    """Return whether two records have a place in common, with its volume and pages."""
    return any(compare_places(one, other) for one, other in product(ones, others))


def compare_places(one: Place, other: Place) -> bool | None:
    """Return whether two places are the same; None if that is unknown or the venues differ."""
    if not _may_share_venue(one, other):
        return None
    pages = _compare_pages(one.pages, other.pages)
    years_differ = bool(one.year and other.year and one.year != other.year)
    if one.serial is False or other.serial is False:
        known = bool(one.venue and other.venue)
        if pages is False:
            return False if years_differ and known else None
        return True if pages and known and not years_differ else None
    volume = _compare_volumes(one, other)
    # Without its volume, an issue may be counted over all volumes.
    together = bool(one.volume) is bool(other.volume)
    issue = _compare_numbers(one.issue, other.issue) if together else None
    if volume is False or issue is False:
        misprint = volume is not issue and _start_late(one.pages, other.pages)
        return None if misprint and not years_differ else False
    if pages is False:
        return None if _is_early(one) is not _is_early(other) else False
    return True if volume and pages and one.venue and other.venue else None


@lru_cache(_CACHED)
def read_numbers(text: str) -> frozenset[int]:
    """Return the numbers in a volume or issue: ``{33, 2020}`` for ``XXXIII (2020)``."""
    if text.isdecimal() and len(text) <= _LONGEST_NUMBER:  # true of nearly all
        return frozenset((int(text),))
    numbers = map(_read_number, _TOKEN.findall(text.lower()))
    return frozenset([number for number in numbers if number is not None])


def read_pages(text: str) -> Pages | None:
    """Parse pages as `index.normalise.volumes.clean_pages` returns them, or return None."""
    if text in {"", "1"}:  # 1-1 stands for no pages yet
        return None
    lowered = text.lower()
    if found := _PAGES.match(lowered):
        first, digits = int(found["first"]), found["last"]
        article = bool(found["article"] or found["colon"] or (found["letters"] and not digits))
        if found["colon"] or not digits:
            return Pages(first, 0, article)
        if len(digits) < len(found["first"]):  # 1101-10 is 1101-1110
            digits = found["first"][: -len(digits)] + digits
        return Pages(first, int(digits), article)
    numeral = _ROMAN_PAGES.fullmatch(lowered)
    start = _read_roman(numeral["first"]) if numeral else None
    return Pages(start, roman=True) if start else None


def _read_number(token: str) -> int | None:
    if token.isdecimal():
        return int(token) if len(token) <= _LONGEST_NUMBER else None
    return _read_roman(token) if len(token) > 1 or token in _ROMAN_ALONE else None


def _read_roman(text: str) -> int | None:
    if not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_SIGNS[sign] for sign in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


@lru_cache(_CACHED)
def _split_venue(name: str) -> tuple[str, ...]:
    words = _TOKEN.findall(fold(name))
    return tuple([word for word in words if word not in _SMALL_WORDS]) or tuple(words)


def _is_serial(show: Appearance) -> bool | None:
    if show.venue_kind == "journal" or show.type == "report":
        return True
    if show.venue_kind in _OTHER_KINDS or show.type in _OTHER_TYPES:
        return False
    return True if show.type in _SERIAL_TYPES else None


def _may_share_venue(one: Place, other: Place) -> bool:
    """Return whether two venues are or may be the same one, also if one is abbreviated."""
    if not one.venue or not other.venue:
        return one.serial is None or other.serial is None or one.serial is other.serial
    if len(one.venue) != len(other.venue):
        return False
    return all(
        mine.startswith(theirs) or theirs.startswith(mine)
        for mine, theirs in zip(one.venue, other.venue, strict=True)
    )


def _compare_numbers(mine: frozenset[int], theirs: frozenset[int]) -> bool | None:
    """Return whether one set of numbers is part of the other: ``1`` is part of ``1-2``."""
    return (mine <= theirs or theirs <= mine) if mine and theirs else None


def _compare_volumes(one: Place, other: Place) -> bool | None:
    same = _compare_numbers(one.volume, other.volume)
    if same is False and _is_dated(one) is not _is_dated(other):
        return None  # journals whose volumes one dump numbers by the year
    return same


def _is_early(place: Place) -> bool:
    """Return whether an article has no volume yet, so that its pages are counted from 1."""
    pages, placed = place.pages, place.volume or place.issue
    return bool(pages and not placed and pages.first == 1 and pages.last >= RELATIVE_PAGES)


def _is_dated(place: Place) -> bool:
    """Return whether a place has its year for a volume; that of a volume may be the next one."""
    return place.year is not None and place.volume <= {place.year - 1, place.year, place.year + 1}


def _start_late(one: Pages | None, other: Pages | None) -> bool:
    """Return whether two articles start on the same page, well after the start of a volume."""
    if one is None or other is None:
        return False
    return one.first == other.first >= LATE_PAGE


def _compare_pages(one: Pages | None, other: Pages | None) -> bool | None:
    if one is None or other is None:
        return None
    if one.first == other.first:
        return True
    if one.roman is not other.roman or one.article is not other.article:
        return None
    if max(one.first, other.first) <= min(one.last or one.first, other.last or other.first):
        return True  # they overlap
    return None if _may_be_counted_alike(one, other) else False


def _may_be_counted_alike(one: Pages, other: Pages) -> bool:
    """Return whether pages are perhaps counted from 1, or only a number of pages."""
    lengths = [pages.last - pages.first + 1 if pages.last else 0 for pages in (one, other)]
    if not all(lengths):
        ranged, single = (one, other) if one.last else (other, one)
        numbered = ranged.last >= RELATIVE_PAGES or single.first >= ARTICLE_NUMBER
        starts = ranged.first == 1 and single.first > ranged.last and numbered
        return any(lengths) and (starts or single.first in lengths)
    return 1 in {one.first, other.first} and lengths[0] == lengths[1] >= RELATIVE_PAGES
