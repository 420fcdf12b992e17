"""Rank the papers that a query names by their authors or their venue and a year.

``Vasari et al., 2017``, ``Vasari & Shaz (2017b)``, ``2017 Vasari`` and ``vasari17`` mean papers by
these authors of that year; ``ACL 2019`` means a venue and a year. The year tells that the word
beside it is a name, so a match of the name ranks above any mention in a text.

Figures come from ``python -m tests.bench.pasted --seed 2`` and ``python -m tests.bench.quality``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.fields import BREAK, CITED_STEPS, FIRST
from index.text.stems import stem
from search.planning.optional_words import (
    LAST_WORDS,
    OTHER_AUTHORS,
    TypedWord,
    find_optional_words,
)
from search.planning.plan import Exact, Flat, Node, Numbers, Statistics, Term, Tokens, all_of
from search.planning.years import expand_year, read_year, split_year

WORDS_PER_NAME = 50
"""A word in this many times more texts than names is no name, unless ``et al.`` follows. Among
94,326 papers: Long 10, So 33, Do 35, An 147, Strong 691, Deep 545."""

WORDS_PER_CAPITAL = 200
"""The same for a word that begins with a capital letter."""

FIRST_AUTHOR_BOOST = 2_000.0
"""Boost of papers by the first of the named authors, if nothing but names and a year was typed. It
is added to `NAMED_BOOST`; like that, it exceeds any score of a text. Chosen."""

FAMILY_NAME_BOOST = 1_500.0
"""Boost of those of them whose first author has the name as family name: Wei 2017 is rather by Q.
Wei than by Wei Liu or Pang Wei Koh. ``author year`` is .863 with it and .838 without."""

NAMED_BOOST = 2_000.0
"""Boost of papers by the named authors, or of the venue, in the named year; below
`search.planning.boosts.EXACT_TITLE_BOOST`. Chosen."""

NEAR_YEAR_BOOST = 1_500.0
"""Boost of papers by the named authors in the named year or one beside it, since a preprint and its
publication are often a year apart. Chosen."""

KNOWN_BOOST = 100.0
"""Boost for each of `CITED_STEPS` if nothing else was typed: of several papers, the best known is
meant. All steps together stay below `NEAR_YEAR_BOOST`. Tried no step, 3 steps a power of ten apart,
6 steps from 10 to 10,000 and 14 from 1 to 50,000: ``author et al., year`` .562, .787, .912, .912,
``author year`` .613, .850, .925, .912."""

BESIDE_WORDS_BOOST = 4.0
"""Boost of papers by the named authors in the named year if there are other words, and once more if
the first of them is the first author. Tried 0, 2, 3, 4, 5, 10 and 30: ``author year word`` .775,
.900, .950, .963, .963, .963, .975; MRR@10 of author+year+word .988 up to 4, then .987, .980, .974.
No other kind changes."""

_BETWEEN_NAMES = frozenset({"and", "et", "und", "y", "e", "og", "och", "en", "with"})
_LONGEST_INITIALS = 3
_SIGNALS = frozenset({("see",), ("also",), ("cf",), ("e", "g"), ("eg",), ("i", "e"), ("viz",)})
"""What may precede a citation."""

_MOST_SIGNALS = 3
_PARTS = frozenset((word,) for word in "p pp page pages sec section fig figure table eq".split())
"""What may follow the year of a citation, with a number."""


@dataclass(frozen=True, slots=True)
class DatedName:
    """Authors, or a venue, and a year.

    Attributes:
        named: Matches the papers of all these authors, or of the venue, in any year.
        first: Matches the papers whose first author has the first name, as a given name or as a
            family name; None for a venue.
        family: Matches the papers of which some author has the first name as family name; None
            for a venue.
        year: The year.
        alone: Whether nothing else was typed.
    """

    named: Node
    first: Node | None
    family: Node | None
    year: int
    alone: bool

    @property
    def match(self) -> Node:
        """Match the papers of the authors or the venue in the year."""
        return all_of([self.named, Numbers("year", self.year, self.year)])

    @property
    def near(self) -> Node | None:
        """Match the papers of the authors within a year of the year, if nothing else was typed."""
        if self.first is None or not self.alone:
            return None
        return all_of([self.named, Numbers("year", self.year - 1, self.year + 1)])

    def build_boosts(self) -> list[Node]:
        """Build the boosts of the papers that are named."""
        if not self.alone:
            nodes = [self.match, *([all_of([self.first, self.match])] if self.first else [])]
            return [Flat(node, BESIDE_WORDS_BOOST) for node in nodes]
        boosts: list[Node] = [Flat(self.match, NAMED_BOOST)]
        if self.first and self.family and self.near:
            first = all_of([self.first, self.match])
            boosts.append(Flat(first, FIRST_AUTHOR_BOOST))
            boosts.append(Flat(all_of([self.family, first]), FAMILY_NAME_BOOST))
            boosts.append(Flat(self.near, NEAR_YEAR_BOOST))
        known = [Flat(Exact("cited", str(step)), KNOWN_BOOST) for step in CITED_STEPS]
        return [*boosts, *known]


def find_dated_name(typed: Sequence[TypedWord], statistics: Statistics) -> DatedName | None:
    """Find the authors or the venue that are named beside a year.

    Args:
        typed: The plain words of a query, each with its tokens.
        statistics: Counts of the index.
    """
    if all(token.isalpha() for _, row in typed for token in row):
        return None
    words = _separate_years(typed, statistics)
    reader = _Reader(words, statistics)
    years = [at for at, (_, row) in enumerate(words) if len(row) == 1 and read_year(row[0])]
    return next(filter(None, map(reader.read, reversed(years))), None)


def _separate_years(typed: Sequence[TypedWord], statistics: Statistics) -> list[TypedWord]:
    """Separate names and venues from years that are joined to them, and write years in full."""
    words: list[TypedWord] = []
    for text, row in typed:
        before = words[-1][1] if words and len(row) == 1 and len(row[0]) == 2 else ()  # noqa: PLR2004 - Vasari '17
        if before and before[-1] in LAST_WORDS and (year := expand_year(row[0])):
            words.append((str(year), (str(year),)))  # Vasari et al. '17
            continue
        found = split_year((*before, *row), statistics)
        if found is None:
            words.append((text, row))
            continue
        if not before:
            words.append((text, found.before))
        parts = (str(found.year), found.after)
        words += [(part, (part,)) for part in parts if part]
    return words


class _Reader:
    """Reads the names and venues beside a year."""

    def __init__(self, words: list[TypedWord], statistics: Statistics) -> None:
        self._words = words
        self._rows = [row for _, row in words]
        self._count = statistics.count_documents
        self._optional = find_optional_words(words)

    def read(self, at: int) -> DatedName | None:
        """Return what is named beside the year at a place, or None."""
        before = self._collect(range(at - 1, -1, -1))
        after = self._collect(range(at + 1, len(self._rows)))
        found = before or after
        both = before and after and all(map(self._is_mostly_name, after))
        if both and self._is_alone(at, before + after):
            found = before + after  # Vasari 2017 Shaz, but not Devlin 2019 Bert
        year = read_year(self._rows[at][0])
        if not found or year is None:
            return None
        names = [self._rows[place] for place in found if not self._is_venue(place)]
        venues = [self._rows[place] for place in found if self._is_venue(place)]
        named: list[Node] = [Term("author", token) for row in names for token in row]
        named += [
            Term("venue_short", token)
            for row in venues
            for token in row
            if self._count("venue_short", token)
        ]
        first = Tokens("author", (FIRST, *names[0])) if names else None
        family = Tokens("author", (*names[0], BREAK)) if names else None
        return DatedName(all_of(named), first, family, year, self._is_alone(at, found))

    def _is_mostly_name(self, place: int) -> bool:
        """Return whether a word is a name in as many papers as it is a word."""
        token = self._rows[place][0]
        return self._count("author", token) >= self._count("text", stem(token))

    def _is_alone(self, at: int, found: list[int]) -> bool:
        """Return whether nothing but these names and a year was typed."""
        rest = set(range(len(self._rows))) - {at, *found}
        return all(self._is_filler(place) or self._is_around(place, at) for place in rest)

    def _is_around(self, place: int, at: int) -> bool:
        """Return whether a word is written around a citation: ``see Vasari (2017, p. 45)``."""
        if place < at:
            return place < _MOST_SIGNALS and self._rows[place] in _SIGNALS
        before = self._rows[place - 1]
        is_number = any(map(str.isdecimal, self._rows[place]))
        return self._rows[place] in _PARTS or (is_number and before in _PARTS)

    def _collect(self, places: Sequence[int]) -> list[int]:
        """Return the places of the names and venues from one place on, in the order of the text."""
        found: list[int] = []
        for place in places:
            if self._is_venue(place) or self._is_name(place):
                found.append(place)
            elif not self._is_filler(place):
                break
        return sorted(found)

    def _is_filler(self, place: int) -> bool:
        """Return whether a word between names and a year is neither, like ``et al.``."""
        token = self._rows[place][0]
        return self._optional[place] or token in _BETWEEN_NAMES or self._is_initials(place)

    def _is_initials(self, place: int) -> bool:
        """Return whether a word is an initial or, behind a name, several: ``Smith JA``."""
        text, row = self._words[place]
        before = self._words[place - 1][0] if place else ""
        capitals = text.isupper() and len(text) <= _LONGEST_INITIALS and before[:1].isupper()
        return len("".join(row)) == 1 or (capitals and not before.isupper())

    def _is_venue(self, place: int) -> bool:
        """Return whether a word is a venue: an acronym, or a venue more often than a word."""
        text, (token, *_) = self._words[place]
        venues = self._count("venue_short", token)
        acronym = sum(map(str.isupper, text)) > 1
        return venues > 0 and (acronym or venues >= self._count("text", stem(token)))

    def _is_name(self, place: int) -> bool:
        """Return whether a word is a name of authors, and not mostly a word."""
        text, row = self._words[place]
        if row[0] in _BETWEEN_NAMES or self._is_initials(place):
            return False
        if not all(self._count("author", token) for token in row):
            return False
        if len(row) > 1 or self._precedes_others(place):
            return True
        capital = text[:1].isupper()
        if self._optional[place] and not capital:
            return False
        limit = WORDS_PER_CAPITAL if capital else WORDS_PER_NAME
        return self._count("author", row[0]) * limit >= self._count("text", stem(row[0]))

    def _precedes_others(self, place: int) -> bool:
        """Return whether ``et al.`` follows a word."""
        following = [token for row in self._rows[place + 1 : place + 3] for token in row]
        return tuple(following[:2]) in OTHER_AUTHORS
