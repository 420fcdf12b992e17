"""Choose the passage of an abstract that shows why a paper was found.

A passage is the part of a text around the matches, or two shorter parts if the matches are far
apart, or the beginning of the text if nothing matches. It consists of whole words and whole
formulas, and begins and ends at the ends of sentences where they are near.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup, escape

from index.text.folding import find_foreign, fold
from index.text.formulas import find_formulas
from index.text.stems import stem
from search.answers.marked_text import Span, clip_marks, write_html, write_marked

LENGTH = 240
"""Characters of a passage; chosen: three lines of the results page."""

LONGEST_SEARCHED = 5_000
"""Characters of a text that are searched for a passage. Chosen: of ten thousand abstracts of
paperlists one is longer."""

LONGEST_FORMULA = 400
"""Characters of a formula that is never cut; a longer one is cut like prose. Chosen."""

MOST_LETTERS = 80
"""Characters without a space that count as one word; a longer run is cut. Chosen."""

GAP = " … "
"""Joins the two parts of a passage."""

_MATCHED = 0.85
"""Share of a part in which its matches have to fit, so that there are words around them; chosen."""

_ROUNDED = 0.6
"""Share of a part after which it ends with the last whole sentence instead of a cut one; chosen."""

_BEFORE = 0.3
"""Share of the words around the matches that precede them where a sentence is cut; chosen."""

_MASK = "\ue000"
_HAN = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_LETTERS = rf"[^\s{_MASK}{_HAN}]{{0,{MOST_LETTERS}}}"
_WORD = re.compile(rf"[{_HAN}]|(?=\S){_LETTERS}(?:{_MASK}++{_LETTERS}){{0,3}}")
"""A word with the signs and formulas that touch it, or one character of a script without spaces."""

_PLAIN_WORD = re.compile(rf"\S{{1,{MOST_LETTERS}}}")
"""The same in a text without formulas and such scripts, in a third of the time."""

_FIRST_ODD = "\u2e80"
"""The first character that `_WORD` and `_PLAIN_WORD` tell apart."""

_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*\Z|[。！？｡][”’」』）]*\Z")  # noqa: RUF001
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|cf|vs|al|etc|resp|fig|eq|sec|no|dr|prof)|\b\w)\.\Z")


@dataclass(frozen=True, slots=True)
class Passage:
    """The parts of a text that are shown.

    Attributes:
        parts: One or two spans of the text, in order and without overlaps; none of an empty text.
        begun: Whether the first part begins within a sentence.
        cut: Whether the last part ends within a sentence.
    """

    parts: tuple[Span, ...]
    begun: bool = False
    cut: bool = False

    def write_html(
        self, text: str, marks: list[Span], write: Callable[[str], Markup] = escape
    ) -> Markup:
        """Return the passage as HTML, see `search.answers.marked_text.write_html`."""
        shown = [write_html(text[a:b], clip_marks(marks, (a, b)), write) for a, b in self.parts]
        return Markup(self._join(shown))  # noqa: S704 - each part is HTML

    def write_text(self, text: str, marks: list[Span], mark: Callable[[str], str]) -> str:
        """Return the passage as a line of text with `mark` applied to the matches."""
        shown = [write_marked(text[a:b], clip_marks(marks, (a, b)), mark) for a, b in self.parts]
        return " ".join(self._join(shown).split())

    def _join(self, shown: Iterable[str]) -> str:
        before, after = "… " if self.begun else "", " …" if self.cut else ""
        return f"{before}{GAP.join(map(str, shown))}{after}"


def choose_passage(
    text: str, marks: list[Span], rarity: Mapping[str, float], length: int = LENGTH
) -> Passage:
    """Choose the passage of a text with the most different words of a query, the rare ones first.

    Args:
        text: An abstract; its first `LONGEST_SEARCHED` characters are searched.
        marks: The places that the query matched, in order and without overlaps.
        rarity: How rare a word of the query is, by its stem, from 0 to 1. What it does not have,
            such as a phrase, counts as rare.
        length: Characters of the passage.
    """
    words = _Words(text)
    if not words.count:
        return Passage(())
    half = (length - len(GAP)) // 2
    matches = _Matches(text, [mark for mark in marks if mark[0] < words.end], rarity)
    alone = matches.find_best(length)
    if alone is None:
        return words.cut([words.widen((words.start, words.start + 1), length)])
    first = matches.find_best(half)
    known = matches.list_keys(first)
    if first and len(matches.list_keys(alone)) < len(matches.list_keys(None)):
        second = matches.find_best(half, known)
        if second and len(known | matches.list_keys(second)) > len(matches.list_keys(alone)):
            places = sorted((matches.locate(first), matches.locate(second)))
            one, other = (words.widen(place, half) for place in places)
            if one[1] + 1 < other[0]:  # else they touch, and one passage has the words of both
                return words.cut([one, other])
    return words.cut([words.widen(matches.locate(alone), length)])


class _Matches:
    """The places in a text that a query matched, with the words that they match."""

    def __init__(self, text: str, marks: list[Span], rarity: Mapping[str, float]) -> None:
        self._marks = marks
        self._keys = [stem(fold(text[start:end])) for start, end in marks]
        self._rarity = rarity

    def list_keys(self, run: Span | None) -> frozenset[str]:
        """Return the different words of a run of marks; of all marks without one."""
        return frozenset(self._keys[run[0] : run[1] + 1] if run else self._keys)

    def locate(self, run: Span) -> Span:
        """Return where a run of marks starts and ends in the text."""
        return self._marks[run[0]][0], self._marks[run[1]][1]

    def find_best(self, length: int, known: frozenset[str] = frozenset()) -> Span | None:
        """Find the run of marks with the most words that are not known yet.

        Args:
            length: Characters of the part that is to show the run.
            known: Words that count nothing.

        Returns:
            The numbers of its first and its last mark, or None if there is no word to find.
        """
        if len(set(self._keys)) == 1 and not known:
            return 0, 0
        room = _MATCHED * length
        if self._marks and self._marks[-1][1] - self._marks[0][0] <= room:
            return None if known.issuperset(self._keys) else self._tighten((0, len(self._keys) - 1))
        best, place, last = (0, 0.0), None, -1
        inside: dict[str, int] = defaultdict(int)
        words, rarity = 0, 0.0
        for first, (start, _) in enumerate(self._marks):
            while last < first or (
                last + 1 < len(self._marks) and self._marks[last + 1][1] - start <= room
            ):
                last += 1
                key = self._keys[last]
                if not inside[key] and key not in known:
                    words, rarity = words + 1, rarity + self._rarity.get(key, 1.0)
                inside[key] += 1
            # Of equal runs the first is kept.
            if words >= best[0] and (found := (words, round(rarity, 6))) > best:
                best, place = found, (first, last)
            key = self._keys[first]
            inside[key] -= 1
            if not inside[key] and key not in known:
                words, rarity = words - 1, rarity - self._rarity.get(key, 1.0)
        return self._tighten(place) if place else None

    def _tighten(self, run: Span) -> Span:
        """Return a run without the marks at its ends whose words it has otherwise too."""
        first, last = run
        while self._keys[last] in self._keys[first:last]:
            last -= 1
        while self._keys[first] in self._keys[first + 1 : last + 1]:
            first += 1
        return first, last


def _mask_formulas(text: str) -> str:
    """Return what is searched of a text, with letters that cannot be cut in place of formulas."""
    searched = text[: LONGEST_SEARCHED + LONGEST_FORMULA]
    if "$" not in searched:
        return searched
    masked = list(searched)
    for start, end in find_formulas(searched):
        if end - start <= LONGEST_FORMULA:
            masked[start:end] = _MASK * (end - start)
    return "".join(masked)


def _locate_words(masked: str) -> tuple[list[int], list[int]]:
    """Return where the words of a text start and where they end."""
    plain = masked.isascii() or max(find_foreign(masked)) < _FIRST_ODD
    if plain:
        words = masked.split()
        lengths = list(map(len, words))
        if words and max(lengths) <= MOST_LETTERS and sum(lengths) + len(words) - 1 == len(masked):
            # One space is between all words, as nearly always: this takes half the time.
            following = list(accumulate([length + 1 for length in lengths]))
            return [0, *following[:-1]], [start - 1 for start in following]
    pattern = _PLAIN_WORD if plain else _WORD
    spans = [word.span() for word in pattern.finditer(masked)]
    return [start for start, _ in spans], [end for _, end in spans]


class _Words:
    """The words of a text: what may not be cut, and where sentences begin and end."""

    def __init__(self, text: str) -> None:
        self._text = text
        starts, ends = _locate_words(_mask_formulas(text))
        self.count = bisect_right(ends, LONGEST_SEARCHED)
        self._starts, self._ends = starts[: self.count], ends[: self.count]
        self.start = self._starts[0] if self.count else 0
        self.end = self._ends[-1] if self.count else 0

    def _begins(self, number: int) -> bool:
        """Return whether a word begins a sentence."""
        return number == 0 or self._finishes(number - 1)

    def _finishes(self, number: int) -> bool:
        """Return whether a word ends a sentence."""
        if number + 1 == self.count:
            return self.end == len(self._text.rstrip())
        start, end = self._starts[number], self._ends[number]
        following = self._starts[number + 1]
        if following == end + 1 and self._text[end - 1].isalnum():  # nearly always
            return False
        if "\n\n" in self._text[end:following]:
            return True
        word = self._text[start:end]
        return (
            _SENTENCE_END.search(word) is not None
            and not _ABBREVIATION.search(word.lower())
            and not self._text[following].islower()
        )

    def widen(self, place: Span, length: int) -> Span:
        """Widen a place to a number of characters, from one end of a sentence to another."""
        first = max(0, bisect_right(self._starts, place[0]) - 1)
        last = max(first, min(bisect_left(self._ends, place[1]), self.count - 1))
        while last > first and self._measure(first, last) > length:
            last -= 1
        first = self._widen_back(first, last, length)
        end = max(last, bisect_right(self._ends, self._starts[first] + length) - 1)
        if end + 1 == self.count:
            first = self._widen_back(first, end, length, fill=True)
        else:
            end = self._round_end(first, last, end, length)
        return self._starts[first], self._ends[end]

    def _widen_back(self, first: int, last: int, length: int, *, fill: bool = False) -> int:
        """Return the word from which a part begins, of a sentence if one begins near enough.

        Args:
            first: The first word of the part.
            last: Its last word.
            length: Characters that it may have.
            fill: Whether to add as much as fits, since nothing follows the part.
        """
        earliest = bisect_left(self._starts, self._ends[last] - length)
        near = range(earliest, first + 1)
        sentence = next(filter(self._begins, near if fill else reversed(near)), None)
        if sentence is not None or not near:
            return first if sentence is None else sentence
        most = (1 if fill else _BEFORE) * (length - self._measure(first, last))
        return max(earliest, bisect_left(self._starts, self._ends[first - 1] - most))

    def _round_end(self, first: int, last: int, end: int, length: int) -> int:
        """Return the last whole sentence that fills enough of a part, or the end as it is."""
        for number in range(end, last - 1, -1):
            if self._measure(first, number) < _ROUNDED * length:
                break
            if self._finishes(number):
                return number
        return end

    def _measure(self, first: int, last: int) -> int:
        return self._ends[last] - self._starts[first]

    def cut(self, parts: list[Span]) -> Passage:
        """Return parts as a passage that tells whether its ends are those of sentences."""
        first = bisect_left(self._starts, parts[0][0])
        last = bisect_left(self._ends, parts[-1][1])
        return Passage(tuple(parts), not self._begins(first), not self._finishes(last))
