"""Read years in typed words: ``2017``, ``2017b``, and joined to a name or a venue, ``NIPS'17``.

A word is read as a name or a venue with a year only if the index has that name or that venue.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.text.stems import stem
from search.planning.plan import Node, Numbers, Pattern, Statistics, Term, all_of, any_of

YEARS = range(1400, 2101)
"""Numbers that, typed as a word, may mean the year of a paper."""

PIVOT = 40
"""Two digits below it mean a year after 2000, others a year before it; chosen."""

_YEAR = re.compile(r"((?:1[4-9]|20)\d\d)[a-z]?")
_SHORT_YEAR = re.compile(r"\d\d")
_DATED = re.compile(r"([^\W\d_]{2,}?)((?:1[4-9]|20)\d\d|\d\d)([a-z]?|[^\W\d_]{2,})")
"""Letters and a year of four or two digits. A key of a BibTeX entry ends with a word of the title:
``vasari2017attention``."""


def is_year(token: str) -> bool:
    """Return whether a word may be the year of a paper."""
    return token.isdecimal() and len(token) == 4 and int(token) in YEARS  # noqa: PLR2004


def read_year(token: str) -> int | None:
    """Return the year in ``2017`` or ``2017b``, or None."""
    found = _YEAR.fullmatch(token)
    return int(found[1]) if found and int(found[1]) in YEARS else None


_SHORTEST_KEY = 3
"""Tokens of a key of the ACL Anthology with a word behind its year: ``vasari-2017-attention``."""

_ET_AL = "etal"


_LABEL = re.compile(r"([^\W\d_]{3})(\d\d)[a-z]?")
"""Three letters of a name and two digits of a year, as BibTeX's style "alpha" labels a paper."""


class DatedWord(NamedTuple):
    """A word that contains a year.

    Attributes:
        before: The tokens before the year.
        year: The year.
        after: The word after it, as in a key of a BibTeX entry: ``vasari2017attention``.
    """

    before: tuple[str, ...]
    year: int
    after: str = ""


def split_year(row: Sequence[str], statistics: Statistics) -> DatedWord | None:
    """Split a word into a name or venue of the index and its year.

    Args:
        row: The tokens of the word: ``nips17``, or ``aaai`` and ``22``.
        statistics: Counts of the index.

    Returns:
        The parts of the word; None if it is nothing of the kind.
    """
    found = _split(row)
    return found if found and _list_fields(found.before, statistics) else None


def match_dated_word(row: Sequence[str], statistics: Statistics) -> list[Node]:
    """Return nodes that match the papers of the year in a word, beside the word itself.

    Args:
        row: The tokens of the word: ``2017``, ``2017b``, ``nips17``, ``aaai`` and ``22``.
        statistics: Counts of the index.
    """
    if len(row) == 1 and (year := read_year(row[0])):
        return [Numbers("year", year, year)]
    if (found := _split(row)) is None:
        return []
    if not (fields := _list_fields(found.before, statistics)):
        return _match_label(row, statistics)
    named = [all_of([Term(field, token) for token in known]) for field, known in fields]
    more: list[Node] = [Term("text", stem(found.after))] if found.after else []
    return [all_of([any_of(named), Numbers("year", found.year, found.year), *more])]


def extract_year(row: Sequence[str]) -> DatedWord | None:
    """Take the year out of the name of a venue, as in ``NeurIPS 2017``, ``NIPS'17``, ``2019 ACL``.

    Args:
        row: The tokens of the name.

    Returns:
        The year, with all other tokens before it; None if there is no year, or nothing but a year.
    """
    for at, token in enumerate(row):
        rest = (*row[:at], *row[at + 1 :])
        if rest and (year := read_year(token)) is not None:
            return DatedWord(rest, year)
    return _split(row)


def _match_label(row: Sequence[str], statistics: Statistics) -> list[Node]:
    """Match the papers of a label such as ``[Vas17]``: three letters of a name, and a year."""
    label = _LABEL.fullmatch("".join(row))
    if label is None or any(statistics.count_documents("text", stem(token)) for token in row[:1]):
        return []
    year = expand_year(label[2])
    if year is None or not statistics.complete("author", label[1], 1):
        return []
    return [all_of([Pattern("author", f"{label[1]}*"), Numbers("year", year, year)])]


def expand_year(digits: str) -> int | None:
    """Return the year in two or four digits, or None."""
    if _SHORT_YEAR.fullmatch(digits):
        return int(digits) + (2000 if int(digits) < PIVOT else 1900)
    return read_year(digits)


def _split(row: Sequence[str]) -> DatedWord | None:
    *before, last = row
    if last.isalpha() and len(row) < _SHORTEST_KEY:
        return None  # nearly all words
    after = ""
    if last.isalpha():
        *before, last = before
        after = row[-1]
    if _ET_AL in before:
        before = [token for token in before if token != _ET_AL]
    year = expand_year(last) if before else None
    if year is None and not after and (dated := _DATED.fullmatch(last)):
        before, year = [*before, dated[1]], expand_year(dated[2])
        after = dated[3] if len(dated[3]) > 1 else ""
    return None if year is None else DatedWord(tuple(before), year, after)


def _list_fields(row: tuple[str, ...], statistics: Statistics) -> list[tuple[str, tuple[str, ...]]]:
    """Return the fields that have a word, with its tokens that they have.

    A venue is known by its first token, since indexes drop the second of ``NAACL-HLT``.
    """
    count = statistics.count_documents
    fields: list[tuple[str, tuple[str, ...]]] = []
    if count("venue_short", row[0]):
        fields.append(("venue_short", tuple(t for t in row if count("venue_short", t))))
    if all(count("author", token) for token in row):
        fields.append(("author", row))
    return fields
