"""Find and mark the places in a title or abstract that a query matched.

Marks apply to the whole text, not to a snippet. One regular expression for the query finds
candidates, and the analyser checks them, so a mark covers exactly what the index matched. A mark
inside a formula (between dollar signs) is extended to the whole formula.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup, escape

from index.names.joined_words import join_parts
from index.text.analyser import find_spans, has_plain_tokens, tokenise, tokenise_name, tokenise_word
from index.text.folding import fold
from index.text.stems import stem, stem_all
from search.language.phrases import PhraseWords, read_phrase
from search.language.stopwords import is_stop_word
from search.language.tree import Fuzzy, Leaf, Phrase, Query, Wildcard, Word, list_leaves

Span = tuple[int, int]

_FORMULA = re.compile(r"\$[^$]+\$")
_APOSTROPHE = re.compile(r"(?<=[^\W_])'+(?=[^\W_])")
_VOWELS = "[aeiouy]+"
_SPELT_DIFFERENTLY = re.compile(f"{_VOWELS}|ph|[cfks]")
_OTHER_LETTERS = dict.fromkeys(("ph", "f"), "(?:ph|f)") | dict.fromkeys("cks", "[cks]")
"""Letters in whose place British and American words, or singulars and plurals, have others."""

_NEVER = re.compile(r"(?!)")
_MOST_LEAVES = 30
"""Words and phrases of a query that are marked; more would mark everything."""

_TEXT_FIELDS = {"", "title", "abstract"}
_NAME_FIELDS = {"", "author"}


class Highlighter:
    """Marks what a query matched; made once per search and used for each hit."""

    def __init__(self, query: Query) -> None:
        """Prepare to mark the matches of a query.

        Args:
            query: The tree; parts under NOT are not marked.
        """
        self._stems: set[str] = set()
        self._candidates: list[str] = []
        self._exact: list[str] = []
        self._rows: list[tuple[re.Pattern[str], list[str]]] = []
        self._fuzzy: list[Fuzzy] = []
        self._names: set[str] = set()
        for leaf in _drop_optional(list_leaves(query)[:_MOST_LEAVES]):
            if isinstance(leaf, Word | Phrase) and leaf.field in _NAME_FIELDS:
                found = tokenise_name(f"{leaf.text} {join_parts(leaf.text)}")
                self._names.update(token for token in found if len(token) > 1)
            match leaf:
                case Word(text, field, also=also) if field in _TEXT_FIELDS:
                    for row in (tokenise_word(text), *also):
                        self._add_words(list(row))
                case Phrase(text, field) if field in _TEXT_FIELDS:
                    self._exact.append(_match_phrase(read_phrase(text)))
                case Wildcard(pattern, field) if field in _TEXT_FIELDS:
                    self._exact.append(_match_wildcard(fold(pattern)))
                case Fuzzy(_, _, field) if field in _TEXT_FIELDS:
                    self._fuzzy.append(leaf)
        self._words = _compile(self._candidates)
        self._phrases = _compile(self._exact)

    def _add_words(self, found: list[str]) -> None:
        if len(found) > 1:
            # Q-learning is searched as a phrase of stems, so it is marked where both are adjacent.
            row = r"[\W_]+".join(map(_match_endings, found))
            self._rows.append((_compile([row]), stem_all(found)))
            return
        for word in found:
            self._stems.add(stem(word))
            self._candidates.append(_match_endings(word))

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
        found = list(self._find_rows(bare))
        words = self._words.finditer(bare)
        found += [word.span(1) for word in words if stem(word[1]) in self._stems]
        if dropped:
            found = [(_restore(a, dropped), _restore(b - 1, dropped) + 1) for a, b in found]
        if self._fuzzy:
            found += [(a, b) for a, b, token in find_spans(text) if self._is_near(token)]
        return _merge_spans(found, text)

    def _find_by_token(self, text: str) -> Iterator[Span]:
        """Find matches where tokens are not runs of letters: ``ß``, ligatures, Greek, Chinese."""
        words = list(find_spans(text))
        stems, near = self._stems, bool(self._fuzzy)
        for start, end, token in words:
            if stem(token) in stems or (near and self._is_near(token)):
                yield start, end
        if self._rows or self._phrases is not _NEVER:
            yield from self._find_adjacent(words)

    def _find_adjacent(self, words: list[tuple[int, int, str]]) -> Iterator[Span]:
        joined, starts, ends = "", {}, {}
        for start, end, token in words:
            starts[len(joined)] = start
            joined += token
            ends[len(joined)] = end
            joined += " "
        for start, end in self._find_rows(joined):
            if start in starts and end in ends:
                yield starts[start], ends[end]

    def _find_rows(self, folded: str) -> Iterator[Span]:
        """Yield the spans of adjacent words, either as written or with the same stems."""
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

    def matches_name(self, name: str) -> bool:
        """Return whether the query contains a part of an author's name."""
        return bool(self._names) and not self._names.isdisjoint(
            tokenise_name(f"{name} {join_parts(name)}")
        )

    def mark_html(self, text: str) -> Markup:
        """Return a text as escaped HTML with ``<mark>`` around the matches."""
        parts, at = [], 0
        for start, end in self.find_spans(text):
            parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
            at = end
        # Joined as a plain string, since each part is already escaped.
        return Markup("".join([*parts, escape(text[at:])]))  # noqa: S704

    def mark_text(self, text: str, mark: Callable[[str], str]) -> str:
        """Return a text with `mark` applied to the matches."""
        return "".join(_split_at_marks(text, self.find_spans(text), mark))


def _split_at_marks(text: str, marked: list[Span], mark: Callable[[str], str]) -> Iterator[str]:
    at = 0
    for start, end in marked:
        yield text[at:start]
        yield mark(text[start:end])
        at = end
    yield text[at:]


def _drop_optional(leaves: list[Leaf]) -> list[Leaf]:
    """Drop the stop words, unless the query has no other words: they would mark every line."""
    words = [leaf for leaf in leaves if isinstance(leaf, Word) and leaf.field in _TEXT_FIELDS]
    optional = [word for word in words if is_stop_word(word.text)]
    asked = [leaf for leaf in leaves if isinstance(leaf, Phrase | Wildcard | Fuzzy)]
    if len(optional) == len(words) and not asked:
        return leaves
    return [leaf for leaf in leaves if leaf not in optional]


def _match_endings(word: str) -> str:
    """Return a pattern that fits all words with the same stem, and some others."""
    if len(word) == 1 or not word.isalnum():
        return _match_token(word)
    return _match_prefix(word) + r"[^\W_]*"


def _match_prefix(word: str) -> str:
    """Return a pattern for the prefix of all words with the same stem (``stud`` for study).

    Other vowels fit too, and some consonants: ``hemoglobin`` is also ``haemoglobin``, ``mouse`` is
    ``mice`` and ``skeptic`` is ``sceptic``.
    """
    stemmed = stem(word)
    common = 0
    for one, other in zip(word, stemmed, strict=False):
        if one != other:
            break
        common += 1
    # If the word begins with its stem, drop two letters: dying and die, skies and sky share a stem.
    prefix = word[: common if common < len(stemmed) else max(1, len(stemmed) - 2)]
    return _SPELT_DIFFERENTLY.sub(lambda run: _OTHER_LETTERS.get(run[0], _VOWELS), prefix)


def _match_phrase(words: PhraseWords) -> str:
    """Return a pattern for a phrase, in which an empty token is any word."""
    parts = [_match_token(word) if word else r"[^\W_]+" for word in words.tokens]
    if words.begun is not None:
        parts[words.begun] = re.escape(words.tokens[words.begun]) + r"[^\W_]*"
    return r"[\W_]+".join(parts)


def _match_token(word: str) -> str:
    """Return a pattern for a token as written; ``C`` does not fit in ``C++`` or ``C#``."""
    return re.escape(word) + (r"(?!(?:\+\+|\#)(?![^\W_]))" if len(word) == 1 else "")


def _match_wildcard(pattern: str) -> str:
    signs = {"*": r"[^\W_]*", "?": r"[^\W_]"}
    return "".join(signs.get(sign) or re.escape(sign) for sign in pattern)


def _compile(parts: list[str]) -> re.Pattern[str]:
    chosen = sorted({part for part in parts if part}, key=len, reverse=True)
    # The lookahead consumes nothing, so overlapping matches are found too.
    return re.compile(rf"(?<![^\W_])(?=((?:{'|'.join(chosen)})(?![^\W_])))") if chosen else _NEVER


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
        formulas = [match.span() for match in _FORMULA.finditer(text)]
        places = sorted(_extend(place, formulas) for place in places)
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


def _extend(place: Span, formulas: list[Span]) -> Span:
    start, end = place
    for first, last in formulas:
        if first < end and start < last:
            start, end = min(start, first), max(end, last)
    return start, end
