"""Repair the spaces between the words of a text: missing, superfluous, or off by a letter.

Which words are repaired is for `index.text.glued_words` to decide. Names, acronyms, identifiers,
formulas and addresses are never changed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.text.formulas import shield
from index.text.glued_words import FUNCTION_WORDS, GluedWords
from index.text.word_usage import Pair

DAMAGED = 2
"""A text with so many repairs is damaged, so that less evidence is needed for more of them. Chosen:
a text that lost one end of a line lost others."""

KNOWN = 0.6
"""Least share of common words in a text; a text in another language than most has fewer. Chosen."""

_WORD = re.compile(r"(?<![^\s(\[“‘\"—–-])[A-Za-z]+(?![^\s.,;:!?)\]”’\"—–-])")
_PLAIN = re.compile(r"[A-Za-z][a-z]*\Z")
_CAMEL = re.compile(r"[a-z]+[A-Z][a-z]{2,}\Z")
_SENTENCE = re.compile(r"(?:\A|[.!?]|\n)\s*\Z")
_DASHES = frozenset("-–—")


class _Edit(NamedTuple):
    """A part of a text, and what replaces it."""

    start: int
    end: int
    text: str


class GapRepairer:
    """Repairs texts by what is known of the words of an index."""

    def __init__(self, glued: GluedWords) -> None:
        """Start with the words that may be glued or torn."""
        self._glued = glued
        self._repair = shield(self._repair_prose)
        self._count = 0

    def repair(self, text: str) -> tuple[str, int]:
        """Repair a text.

        Returns:
            The text, and the number of repairs.
        """
        self._count = 0
        return self._repair(text), self._count

    def _repair_prose(self, text: str) -> str:
        words = list(_WORD.finditer(text))
        known = self._glued.common
        common = [word[0].lower() in known for word in words]
        if sum(common) < KNOWN * len(words):
            return text
        edits = list(self._find_edits(words, common, damaged=False))
        if len(edits) >= DAMAGED:
            edits = list(self._find_edits(words, common, damaged=True))
        self._count = len(edits)
        for edit in reversed(edits):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def _find_edits(
        self, words: list[re.Match[str]], common: list[bool], *, damaged: bool
    ) -> Iterator[_Edit]:
        """Yield the repairs of words in order; none overlap."""
        end = 0
        for at, word in enumerate(words):
            last = at + 1 == len(words)
            if word.start() < end or (common[at] and (last or common[at + 1])):  # nearly always
                continue
            edit = self._part_word(word, damaged=damaged)
            if edit is None and not last and _are_plain(word, words[at + 1]):
                pair = word, words[at + 1]
                edit = self._join_words(*pair) or self._move_letter(*pair)
            if edit:
                end = edit.end
                yield edit

    def _part_word(self, found: re.Match[str], *, damaged: bool) -> _Edit | None:
        """Return the repair of a glued word, or None."""
        written = found[0]
        pair = self._glued.part_glued(written.lower(), damaged=damaged)
        if not pair or _is_joined(found, pair) or _is_term(found):
            return None
        first, second = written[: len(pair[0])], written[len(pair[0]) :]
        camel = damaged and _CAMEL.match(written) and second[0].isupper()
        if not _PLAIN.match(written) and not (camel and first in FUNCTION_WORDS):
            return None
        return _Edit(found.start(), found.end(), f"{first} {second}")

    def _join_words(self, one: re.Match[str], other: re.Match[str]) -> _Edit | None:
        """Return the repair of a torn word, or None."""
        if not self._glued.is_torn((one[0].lower(), other[0])):
            return None
        return _Edit(one.start(), other.end(), one[0] + other[0])

    def _move_letter(self, one: re.Match[str], other: re.Match[str]) -> _Edit | None:
        """Return the repair of two words with a letter on the wrong side, or None."""
        first, second = one[0], other[0]
        for left, right in ((first[:-1], first[-1] + second), (first + second[0], second[1:])):
            if self._glued.is_moved((first.lower(), second), (left.lower(), right)):
                return _Edit(one.start(), other.end(), f"{left} {right}")
        return None


def _are_plain(one: re.Match[str], other: re.Match[str]) -> bool:
    """Return whether only a space separates two words, neither of which is a name or acronym."""
    between = one.string[one.end() : other.start()]
    return between == " " and other[0].islower() and bool(_PLAIN.match(one[0]))


def _is_term(found: re.Match[str]) -> bool:
    """Return whether a word is a term of its text, because it is a name or occurs twice."""
    text, start = found.string, found.start()
    if found[0][0].isupper() and not _SENTENCE.search(text[max(0, start - 3) : start]):
        return True
    return text.lower().count(found[0].lower()) > 1


def _is_joined(found: re.Match[str], pair: Pair) -> bool:
    """Return whether a dash joins a glued word to another that may belong to both its parts."""
    text = found.string
    before = text[found.start() - 1 : found.start()] if found.start() else ""
    after = text[found.end() : found.end() + 1]
    return (before in _DASHES and pair[1] not in FUNCTION_WORDS) or (
        after in _DASHES and pair[0] not in FUNCTION_WORDS
    )
