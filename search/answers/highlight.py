"""Find and mark the places in a title or abstract that a query matched.

Marks apply to the whole text, not to a snippet. Stems decide which words match, so a mark covers
exactly what the index matched. A mark inside a formula (between dollar signs) is extended to the
whole formula.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import log1p
from typing import TYPE_CHECKING

from index.names.joined_words import join_parts
from index.text.analyser import find_spans, has_plain_tokens, tokenise_name, tokenise_word
from index.text.folding import fold
from index.text.formulas import find_formulas
from index.text.stems import stem, stem_all
from search.answers.marked_text import Span, write_html, write_marked
from search.answers.passages import LENGTH, Passage, choose_passage
from search.answers.patterns import (
    NEVER,
    compile_exact,
    find_stems,
    list_first_letters,
    match_phrase,
    match_wildcard,
)
from search.language.phrases import read_phrase
from search.language.stopwords import is_stop_word
from search.language.tree import Fuzzy, Leaf, Phrase, Query, Wildcard, Word, list_leaves

if TYPE_CHECKING:
    from markupsafe import Markup

_Found = tuple[int, int, str]
"""A word of a text: its start, its end, and its token or stem."""

_APOSTROPHE = re.compile(r"(?<=[^\W_])'+(?=[^\W_])")
_LETTER = re.compile(r"[^\W_]")

_MOST_LEAVES = 60
"""Different words and phrases of a query that are marked: all the words of pasted prose. Tried 30
and 60 on 20 abstracts and 10 pages: 7.0 and 7.1 ms for ten hits."""

_TEXT_FIELDS = {"", "title", "abstract"}
_NAME_FIELDS = {"", "author"}


class Highlighter:
    """Marks what a query matched; made once per search and used for each hit."""

    def __init__(self, query: Query, count: Callable[[str], int] | None = None) -> None:
        """Prepare to mark the matches of a query.

        Args:
            query: The tree; parts under NOT are not marked.
            count: Counts the papers that contain a stem. Without it all are equally rare.
        """
        self._stems: set[str] = set()
        self._exact: list[str] = []
        self._rows: dict[str, list[list[str]]] = defaultdict(list)
        self._fuzzy: list[Fuzzy] = []
        self._names: set[str] = set()
        for leaf in _drop_optional(list(dict.fromkeys(list_leaves(query)))[:_MOST_LEAVES]):
            if isinstance(leaf, Word | Phrase) and leaf.field in _NAME_FIELDS:
                found = tokenise_name(f"{leaf.text} {join_parts(leaf.text)}")
                self._names.update(token for token in found if len(token) > 1)
            match leaf:
                case Word(text, field, also=also) if field in _TEXT_FIELDS:
                    for row in (tokenise_word(text), *also):
                        self._add_words(list(row))
                case Phrase(text, field) if field in _TEXT_FIELDS:
                    self._exact.append(match_phrase(read_phrase(text)))
                case Wildcard(pattern, field) if field in _TEXT_FIELDS:
                    self._exact.append(match_wildcard(fold(pattern)))
                case Fuzzy(_, _, field) if field in _TEXT_FIELDS:
                    self._fuzzy.append(leaf)
        in_rows = {token for rows in self._rows.values() for row in rows for token in row}
        self._asked = self._stems | in_rows
        self._letters = list_first_letters(self._asked)
        self._phrases = compile_exact(self._exact)
        rated = self._asked if count and len(self._asked) > 1 else ()
        self._rarity = {one: _rate_rarity(count(one)) for one in rated} if count else {}

    def _add_words(self, found: list[str]) -> None:
        stems = stem_all(found)
        if len(stems) > 1:
            # Q-learning is searched as a phrase of stems, so it is marked where both are adjacent.
            self._rows[stems[0]].append(stems)
        else:
            self._stems.update(stems)

    def find_spans(self, text: str) -> list[Span]:
        """Find the matches in a text.

        Args:
            text: A title or an abstract.

        Returns:
            (start, end) offsets into `text`, in order and without overlaps.
        """
        if not text:
            return []
        if not has_plain_tokens(text):
            return _merge_spans(self._find_by_token(text), text)
        bare, dropped = _drop_apostrophes(fold(text))
        words = self._find_words(bare)
        found = [(start, end) for start, end, one in words if one in self._stems]
        found += self._find_rows(words, bare)
        found += [phrase.span(1) for phrase in self._phrases.finditer(bare)]
        if dropped:
            found = [(_restore(a, dropped), _restore(b - 1, dropped) + 1) for a, b in found]
        if self._fuzzy:
            found += [(a, b) for a, b, token in find_spans(text) if self._is_near(token)]
        return _merge_spans(found, text)

    def _find_words(self, bare: str) -> list[_Found]:
        """Find the words of a folded text that have a stem of the query, in order."""
        return sorted(find_stems(bare, self._asked, self._letters))

    def _find_by_token(self, text: str) -> Iterator[Span]:
        """Find matches where tokens are not runs of letters: ``ß``, ligatures, Greek, Chinese."""
        tokens = list(find_spans(text))
        letters = self._letters  # most words of a text need not be stemmed
        words = [(a, b, stem(token) if token[0] in letters else "") for a, b, token in tokens]
        stems, near = self._stems, bool(self._fuzzy)
        for (start, end, token), (_, _, one) in zip(tokens, words, strict=True):
            if one in stems or (near and self._is_near(token)):
                yield start, end
        yield from self._find_rows(words)
        if self._phrases is not NEVER:
            yield from self._find_phrases(tokens)

    def _find_rows(self, words: list[_Found], text: str = "") -> Iterator[Span]:
        """Yield the spans of adjacent words that have the stems of a row.

        Args:
            words: The words of a text with their stems, in order.
            text: The text, if some of its words are left out.
        """
        if not self._rows:
            return
        for at, (start, _, first) in enumerate(words):
            for row in self._rows.get(first, ()):
                run = words[at : at + len(row)]
                if [one for _, _, one in run] == row and not any(
                    _LETTER.search(text, one[1], two[0]) for one, two in pairwise(run)
                ):
                    yield start, run[-1][1]

    def _find_phrases(self, tokens: list[_Found]) -> Iterator[Span]:
        """Yield the spans of words as written, in the tokens of a text."""
        joined, starts, ends = "", {}, {}
        for start, end, token in tokens:
            starts[len(joined)] = start
            joined += token
            ends[len(joined)] = end
            joined += " "
        for phrase in self._phrases.finditer(joined):
            start, end = phrase.span(1)
            if start in starts and end in ends:
                yield starts[start], ends[end]

    def _is_near(self, token: str) -> bool:
        if not self._fuzzy:
            return False
        from rapidfuzz.distance import OSA

        return any(
            OSA.distance(fold(asked.text), token, score_cutoff=asked.distance) <= asked.distance
            for asked in self._fuzzy
        )

    def matches_name(self, name: str) -> bool:
        """Return whether the query contains a part of an author's name."""
        return bool(self._names) and not self._names.isdisjoint(
            tokenise_name(f"{name} {join_parts(name)}")
        )

    def mark_html(self, text: str) -> "Markup":
        """Return a text as escaped HTML with ``<mark>`` around the matches."""
        return write_html(text, self.find_spans(text))

    def mark_text(self, text: str, mark: Callable[[str], str]) -> str:
        """Return a text with `mark` applied to the matches."""
        return write_marked(text, self.find_spans(text), mark)

    def choose_passage(self, text: str, marks: list[Span], length: int = LENGTH) -> Passage:
        """Choose the passage of an abstract that shows best what the query matched.

        Args:
            text: The abstract.
            marks: What `find_spans` returned for it.
            length: Characters of the passage.
        """
        return choose_passage(text, marks, self._rarity, length)


def _rate_rarity(count: int) -> float:
    """Return how rare a word in so many papers is, from 0 to 1."""
    return 1 / (1 + log1p(count))


def _drop_optional(leaves: list[Leaf]) -> list[Leaf]:
    """Drop the stop words, unless the query has no other words: they would mark every line."""
    words = [leaf for leaf in leaves if isinstance(leaf, Word) and leaf.field in _TEXT_FIELDS]
    optional = [word for word in words if is_stop_word(word.text)]
    asked = [leaf for leaf in leaves if isinstance(leaf, Phrase | Wildcard | Fuzzy)]
    if len(optional) == len(words) and not asked:
        return leaves
    return [leaf for leaf in leaves if leaf not in optional]


def _drop_apostrophes(folded: str) -> tuple[str, list[int]]:
    """Drop the apostrophes inside words, as the index does.

    Returns:
        The text without them and, for each, the offset in that text of the letter after it.
    """
    if "'" not in folded:
        return folded, []
    places = [at for run in _APOSTROPHE.finditer(folded) for at in range(*run.span())]
    bare = _APOSTROPHE.sub("", folded) if places else folded
    return bare, [at - before for before, at in enumerate(places)]


def _restore(at: int, dropped: list[int]) -> int:
    """Convert an offset in the text without apostrophes to one in the original text."""
    return at + bisect_right(dropped, at)


def _merge_spans(found: Iterable[Span], text: str) -> list[Span]:
    """Sort spans, extend those inside formulas, and join those that touch."""
    places = sorted(found)
    if places and "$" in text:
        formulas = list(find_formulas(text))
        ends = [last for _, last in formulas]
        places = sorted(_extend(place, formulas, ends) for place in places)
    merged: list[Span] = []
    for start, end in places:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [(start, _close_bracket(text, start, end)) for start, end in merged]


def _close_bracket(text: str, start: int, end: int) -> int:
    """Return where a span ends with the bracket that it opens: ``SE(3)``."""
    opened = text[end : end + 1] == ")" and text.rfind("(", start, end) > text.rfind(
        ")", start, end
    )
    return end + opened


def _extend(place: Span, formulas: list[Span], ends: list[int]) -> Span:
    """Extend a span by the formulas that it overlaps; `ends` are theirs, in order."""
    start, end = place
    at = bisect_right(ends, start)
    while at < len(formulas) and formulas[at][0] < end:
        start, end = min(start, formulas[at][0]), max(end, formulas[at][1])
        at += 1
    return start, end
