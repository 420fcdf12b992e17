"""Answers: where in a title or abstract stands what was asked for?

The whole text is marked, not a snippet. Candidates are found by one regular expression for the
query and then checked by the analyser, so that a mark stands exactly where the index matched.
Formulas between dollar signs are never cut: a mark inside one is widened to all of it.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup, escape

from index.text.analyser import CJK, find_spans, fold, stem, stem_all, tokenise
from search.language.tree import Fuzzy, Phrase, Query, Wildcard, Word, list_leaves

Span = tuple[int, int]

_FORMULA = re.compile(r"\$[^$]+\$")
_APOSTROPHE = re.compile(r"(?<=[^\W_])'+(?=[^\W_])")
_LETTERS_OF_THEIR_OWN = re.compile(f"[{CJK}\u03b1-\u03c9]")
"""Each is a token, or the name of one."""

_NEVER = re.compile(r"(?!)")
_LONGEST = 30
"""Words of a query that are marked; more would mark everything."""

_TEXT_FIELDS = {"", "title", "abstract"}
_NAME_FIELDS = {"", "author"}


class Highlighter:
    """Marks what a query matched; made once a search, used for every hit."""

    def __init__(self, query: Query, also: Iterable[str] = ()) -> None:
        """Prepare for a query.

        Args:
            query: The tree; what is under NOT is not marked.
            also: Tokens that were matched besides, such as respelt words.
        """
        self._stems: set[str] = set()
        self._candidates: list[str] = []
        self._exact: list[str] = []
        self._rows: list[tuple[re.Pattern[str], list[str]]] = []
        self._fuzzy: list[Fuzzy] = []
        self._names: set[str] = set()
        for leaf in list_leaves(query)[:_LONGEST]:
            if isinstance(leaf, Word | Phrase) and leaf.field in _NAME_FIELDS:
                self._names.update(token for token in tokenise(leaf.text) if len(token) > 1)
            match leaf:
                case Word(text, field) if field in _TEXT_FIELDS:
                    self._add_words(tokenise(text))
                case Phrase(text, field) if field in _TEXT_FIELDS:
                    self._exact.append(_sequence(tokenise(text)))
                case Wildcard(pattern, field) if field in _TEXT_FIELDS:
                    self._exact.append(_shape(fold(pattern)))
                case Fuzzy(_, _, field) if field in _TEXT_FIELDS:
                    self._fuzzy.append(leaf)
        self._exact += [re.escape(token) for token in also]
        self._words = _pattern(self._candidates)
        self._phrases = _pattern(self._exact)

    def _add_words(self, found: list[str]) -> None:
        if len(found) > 1:
            # Q-learning matched as a phrase of stems: marked where its words stand together.
            row = r"[\W_]+".join(map(_any_ending, found))
            self._rows.append((_pattern([row]), stem_all(found)))
            return
        for word in found:
            self._stems.add(stem(word))
            self._candidates.append(_any_ending(word))

    def spans(self, text: str) -> list[Span]:
        """Give the marked places of a text, in order, not overlapping.

        Args:
            text: A title or an abstract.

        Returns:
            (start, end) pairs, offsets into `text`.
        """
        if not text:
            return []
        folded = fold(text)
        if len(folded) != len(text) or not _aligned(text, folded):
            return _merged(self._slowly(text), text)
        bare, dropped = _without_apostrophes(folded)
        found = list(self._in_rows(bare))
        words = self._words.finditer(bare)
        found += [word.span(1) for word in words if stem(word[1]) in self._stems]
        if dropped:
            found = [(_moved(a, dropped), _moved(b - 1, dropped) + 1) for a, b in found]
        if self._fuzzy:
            found += [(a, b) for a, b, token in find_spans(text) if self._is_near(token)]
        return _merged(found, text)

    def _slowly(self, text: str) -> Iterator[Span]:
        """Mark a text in which a token is no run of letters: ``ß``, ligatures, Greek, Chinese."""
        words = list(find_spans(text))
        joined, starts, ends = "", {}, {}
        for start, end, token in words:
            starts[len(joined)] = start
            joined += token
            ends[len(joined)] = end
            joined += " "
            if stem(token) in self._stems or self._is_near(token):
                yield start, end
        for start, end in self._in_rows(joined):
            if start in starts and end in ends:
                yield starts[start], ends[end]

    def _in_rows(self, folded: str) -> Iterator[Span]:
        """Give the places of words in a row, as written or of the same stems."""
        for match in self._phrases.finditer(folded):
            yield match.span(1)
        for pattern, row in self._rows:
            for match in pattern.finditer(folded):
                if stem_all(tokenise(match[1])) == row:
                    yield match.span(1)

    def _is_near(self, token: str) -> bool:
        if not self._fuzzy:
            return False
        from rapidfuzz.distance import OSA

        return any(
            OSA.distance(fold(asked.text), token, score_cutoff=asked.distance) <= asked.distance
            for asked in self._fuzzy
        )

    def names(self, name: str) -> bool:
        """Tell whether a part of an author's name was asked for."""
        return bool(self._names) and not self._names.isdisjoint(tokenise(name))

    def html(self, text: str) -> Markup:
        """Give a text as HTML, escaped, with ``<mark>`` around what matched."""
        parts, at = [], 0
        for start, end in self.spans(text):
            parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
            at = end
        # Joined as a plain string: each part is escaped already.
        return Markup("".join([*parts, escape(text[at:])]))  # noqa: S704

    def plain(self, text: str, mark: Callable[[str], str]) -> str:
        """Give a text with `mark` applied to what matched."""
        return "".join(_pieces(text, self.spans(text), mark))


def _pieces(text: str, marked: list[Span], mark: Callable[[str], str]) -> Iterator[str]:
    """Cut a text at its marks."""
    at = 0
    for start, end in marked:
        yield text[at:start]
        yield mark(text[start:end])
        at = end
    yield text[at:]


def _any_ending(word: str) -> str:
    """Give what fits all words of the same stem, and more that are no such words."""
    if len(word) == 1 or not word.isalnum():
        return _literal(word)
    return _beginning(word) + r"[^\W_]*"


def _beginning(word: str) -> str:
    """Give what all words of the same stem begin with (``studi`` for study and studies)."""
    stemmed = stem(word)
    common = 0
    for one, other in zip(word, stemmed, strict=False):
        if one != other:
            break
        common += 1
    # Two letters less than a whole stem: dying and die, skies and sky have one stem.
    return re.escape(word[: common if common < len(stemmed) else max(1, len(stemmed) - 2)])


def _sequence(words: list[str]) -> str:
    return r"[\W_]+".join(_literal(word) for word in words)


def _literal(word: str) -> str:
    """Give a token as it stands in a text; the C of ``C++`` and ``C#`` is no C."""
    return re.escape(word) + (r"(?!(?:\+\+|\#)(?![^\W_]))" if len(word) == 1 else "")


def _shape(pattern: str) -> str:
    signs = {"*": r"[^\W_]*", "?": r"[^\W_]"}
    return "".join(signs.get(sign) or re.escape(sign) for sign in pattern)


def _pattern(parts: list[str]) -> re.Pattern[str]:
    chosen = sorted({part for part in parts if part}, key=len, reverse=True)
    # Looked ahead only, so that what overlaps is found too.
    return re.compile(rf"(?<![^\W_])(?=((?:{'|'.join(chosen)})(?![^\W_])))") if chosen else _NEVER


def _aligned(text: str, folded: str) -> bool:
    """Tell whether folding keeps every character's place and tokens are runs of letters."""
    if text.isascii():
        return True
    if _LETTERS_OF_THEIR_OWN.search(folded):
        return False
    return all(len(fold(c)) == 1 for c in set(text) if c > "\x7f")


def _without_apostrophes(folded: str) -> tuple[str, list[int]]:
    """Drop the apostrophes inside words, as the index does.

    Returns:
        The text without them, and for each the offset in it of the letter that follows.
    """
    if "'" not in folded:
        return folded, []
    places = [at for run in _APOSTROPHE.finditer(folded) for at in range(*run.span())]
    bare = _APOSTROPHE.sub("", folded) if places else folded
    return bare, [at - before for before, at in enumerate(places)]


def _moved(at: int, dropped: list[int]) -> int:
    """Give the offset in the whole text of one in the text without apostrophes."""
    return at + bisect_right(dropped, at)


def _merged(found: Iterable[Span], text: str) -> list[Span]:
    """Order the places, widen those in formulas, join those that touch."""
    places = sorted(found)
    if places and "$" in text:
        formulas = [match.span() for match in _FORMULA.finditer(text)]
        places = sorted(_widened(place, formulas) for place in places)
    merged: list[Span] = []
    for start, end in places:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _widened(place: Span, formulas: list[Span]) -> Span:
    start, end = place
    for first, last in formulas:
        if first < end and start < last:
            start, end = min(start, first), max(end, last)
    return start, end
