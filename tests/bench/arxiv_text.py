"""Make up titles, abstracts and author names from pieces of real ones.

The pieces are words of titles, sentences of abstracts and parts of names.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from random import Random
from typing import TypeVar

from index.names.parser import parse_name
from index.records import RawRecord

T = TypeVar("T")

PEOPLE = 1_000_000
"""Number of authors. Papers of the n-th author fall with the square root of n: of a million papers
the first has about 2,700, the 100th 135, the 10,000th 13, most others one or two."""

SHORTEST, LONGEST = 20, 400
"""Shortest sentence used, in characters; shorter ones are mostly fragments."""

REAL_SHARE = 0.05
"""Share of sentences and titles taken from the real lines, though these are few."""

_STEPS = (611_953, 817_504_243)
"""Primes: the distance between the given and family names of neighbouring made-up authors."""

_FORMULA = re.compile(r"\$[^$]{1,40}\$")
_MARKS = {
    "\u0300": "\\`",
    "\u0301": "\\'",
    "\u0302": "\\^",
    "\u0303": "\\~",
    "\u0308": '\\"',
    "\u030c": "\\v",
    "\u0327": "\\c",
}
_LETTERS = {"ø": "{\\o}", "Ø": "{\\O}", "ß": "{\\ss}", "ł": "{\\l}", "Ł": "{\\L}", "æ": "{\\ae}"}


class Material:
    """Pieces of real papers, and what is made up from them."""

    def __init__(self, real: Iterable[RawRecord], many: Iterable[RawRecord]) -> None:
        """Cut papers into pieces.

        Args:
            real: A few records of the kind to make up.
            many: Thousands of other records, the source of most text and of all names.
        """
        self._titles: tuple[list[list[str]], list[list[str]]] = ([], [])
        self._plain: tuple[list[str], list[str]] = ([], [])
        self._tex: list[str] = []
        self._formulas: list[str] = []
        names: Counter[str] = Counter()
        for at, records in enumerate((real, many)):
            for record in records:
                self._take(record, at)
                names.update(author.name for author in record.authors)
        self._known, self._given, self._family = _people(names)

    def _take(self, record: RawRecord, at: int) -> None:
        title = record.title.split()
        self._formulas += _FORMULA.findall(record.title)
        if "$" not in record.title and len(title) > 1:
            self._titles[at].append(title)
        for sentence in " ".join(record.abstract.split()).rstrip(".").split(". "):
            if SHORTEST <= len(sentence) <= LONGEST and sentence.count("$") % 2 == 0:
                pool = self._tex if "$" in sentence else self._plain[at]
                pool.append(f"{sentence}.")

    def title(self, chance: Random, length: int, *, formula: bool = False) -> str:
        """Make up a title from the beginning of one, the middle and the end of others.

        Args:
            chance: Source of random choices.
            length: Approximate number of characters.
            formula: Whether the title has a formula.
        """
        inside = [_pick(chance, self._formulas)] if formula else []
        third = (length - sum(map(len, inside))) / 3
        first, second, last = (_one_of(chance, self._titles) for _ in range(3))
        cut = int(chance.random() * len(second))
        words = _fill(first, third)
        words += _fill(second[cut:] + second[:cut], 2 * third - _size(words))
        end = _fill(last[::-1], 3 * third - _size(words))[::-1]
        return " ".join([*words, *inside, *end])

    def abstract(self, chance: Random, length: int, tex: float) -> list[str]:
        """Make up an abstract from sentences of different papers.

        Args:
            chance: Source of random choices.
            length: Approximate number of characters in all.
            tex: Share of sentences with formulas.
        """
        found: dict[str, None] = {}
        size = misses = 0
        while misses < (1 if found else 9):
            has_formula = tex and chance.random() < tex
            sentence = _pick(chance, self._tex) if has_formula else _one_of(chance, self._plain)
            if size + len(sentence) / 2 <= length and sentence not in found:
                found[sentence] = None
                size += len(sentence) + 1
            else:
                misses += 1
        return list(found or {sentence: None})

    def author(self, chance: Random) -> tuple[str, str]:
        """Draw an author, early ones more often: (family name, given names)."""
        number = int(PEOPLE * chance.random() ** 2)
        if number < len(self._known):
            return self._known[number]
        given, family = _STEPS
        count = len(self._given)
        # Each pass over the family names meets different given names.
        other = number * given + number // count
        return self._family[number * family % count], self._given[other % count]


def _people(names: Counter[str]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Return the authors, those with most papers first, and names as often as they occur."""
    known: dict[tuple[str, str], None] = {}
    given: list[str] = []
    family: list[str] = []
    for name, count in sorted(names.items(), key=lambda pair: (-pair[1], pair[0])):
        parsed = parse_name(name)
        if parsed.given and parsed.family and all(map(str.isprintable, name)):
            known[parsed.family, parsed.given] = None
            family += [parsed.family] * count
            given += [parsed.given] * count
    return list(known), given, family


def _pick(chance: Random, pool: list[T]) -> T:
    return pool[int(chance.random() * len(pool))]


def _one_of(chance: Random, pools: tuple[list[T], list[T]]) -> T:
    """Pick from the few real ones sometimes, else from the many."""
    real, many = pools
    return _pick(chance, real if chance.random() < REAL_SHARE or not many else many)


def _size(words: list[str]) -> int:
    return sum(map(len, words)) + len(words)


def _fill(words: list[str], length: float) -> list[str]:
    """Return the first words, with about this number of characters."""
    size = 0.0
    for count, word in enumerate(words):
        if size + len(word) / 2 > length:
            return words[:count]
        size += len(word) + 1
    return words


def wrap_text(text: str, width: int, indent: str = "") -> str:
    """Break a text into lines at spaces; lines after the first are indented."""
    lines, at, room = [], 0, width
    # Not at the spaces at the beginning of an abstract.
    start = len(text) - len(text.lstrip())
    while len(text) - at > room:
        cut = text.rfind(" ", max(at, start), at + room + 1)
        if cut < 0:
            cut = text.find(" ", at + room)
            if cut < 0:
                break
        lines.append(text[at:cut])
        at, room = cut + 1, width - len(indent)
    return f"\n{indent}".join([*lines, text[at:]])


def shorten_given_names(given: str) -> str:
    """Shorten given names as arXiv's parser leaves them: ``Chien-Peng`` becomes ``C. -P.``."""
    parts = given.replace("-", " -").split()
    return " ".join(f"{part[: 1 + part.startswith('-')]}." for part in parts if part != "-")


def write_tex_accents(text: str) -> str:
    r"""Write accents as LaTeX commands, ``Bal\'azs``; letters without a command stay."""
    return text if text.isascii() else "".join(map(_tex_letter, text))


def _tex_letter(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    base, mark = parts[0], _MARKS.get(parts[1:])
    if not mark:
        return _LETTERS.get(letter, letter)
    return f"{mark}{{{base}}}" if mark[-1].isalpha() else f"{mark}{base}"
