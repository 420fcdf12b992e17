"""Suggest a better spelling of a query.

A word in very few papers is compared to the vocabulary of the generation. A word one or two edits
away that is in many more papers may be what was meant. Identifiers, numbers, years, words with
digits, acronyms, patterns and whole values are never changed. A suggestion is never applied: the
reader sees it with the number of papers that contain all its words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import TypeAlias

from index.store.vocabulary import Vocabulary, WordKind
from index.text.analyser import find_spans
from index.text.stems import stem
from search.engines.engine import Engine
from search.language.stopwords import STOP_WORDS
from search.language.tree import Phrase, Query, Span, Word, list_leaves
from search.request.search_request import MAX_QUERY
from search.suggest.written_forms import WrittenForms, contract_umlauts

FEW = 10
"""Papers above which a word counts as spelt correctly."""

TIMES = 20
"""How many times more papers must contain the better word than the typed one."""

SLIP = 500
"""Papers with the better word from which a long word may be misspelt in a title. Chosen."""

SHORTEST = 4
"""Letters of a word that is checked; shorter words have too many neighbours."""

TWO_EDITS = 8
"""Letters from which on two edits are allowed instead of one; a swap of two letters is one edit."""

CHOICES = 4
"""Better words that are tried for one typed word."""

MOST_WORDS = 3
"""Doubtful words of one query; with more, it is in another language or in none."""

MOST_CHECKED = 30
"""Words of a query that are checked. Longer queries are pasted, so nobody mistyped them."""

MOST_TRIED = 8
"""Rewritings that are tried; each costs about 0.2 ms at 95,000 papers."""

_DOUBLED = re.compile(r"(.)\1")

_FIELDS = {
    "": tuple(WordKind),
    "title": (WordKind.TEXT,),
    "abstract": (WordKind.TEXT,),
    "author": (WordKind.NAME,),
}
"""The fields whose words are checked, and the kinds of words they are compared to."""

_EXACT_FIELDS = {WordKind.TEXT: ("title_exact", "abstract_exact"), WordKind.NAME: ("author",)}
_ELSEWHERE = ("venue_short", "topic_words")
"""Fields whose words are spelt correctly, if any field is searched."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A better spelling of a query.

    Attributes:
        query: The whole query, in the query language.
        total: How many papers contain all its words, under the same filters.
    """

    query: str
    total: int


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A typed word that may be misspelt.

    Attributes:
        at: Its span.
        token: The word, folded.
        field: The field in which it is searched, or empty.
        choices: The folded words that may have been meant.
    """

    at: Span
    token: str
    field: str
    choices: tuple[str, ...]


Rewriting: TypeAlias = list[tuple[_Doubtful, str]]
"""Words of a query and what replaces them."""


class Spelling:
    """Suggests spellings from the vocabulary of one generation."""

    def __init__(self, words: Vocabulary, engine: Engine) -> None:
        self._words = words
        self._engine = engine
        self._count = engine.count_documents
        self._forms = WrittenForms(engine)

    def list_rewritings(self, text: str, query: Query) -> Iterator[Rewriting]:
        """Yield replacements of the doubtful words of a query, the likeliest ones first.

        Args:
            text: The query as typed.
            query: The query, parsed.

        Yields:
            At most `MOST_TRIED` times the words to replace, each with a better one.
        """
        doubtful = list(islice(self._find_doubtful(text, query), MOST_WORDS + 1))
        if not doubtful or len(doubtful) > MOST_WORDS:
            return
        ranked = (list(enumerate(word.choices)) for word in doubtful)
        ways = sorted(product(*ranked), key=lambda way: sum(rank for rank, _ in way))
        for way in ways[:MOST_TRIED]:
            chosen = zip(doubtful, (better for _, better in way), strict=True)
            if rewriting := [(word, better) for word, better in chosen if better != word.token]:
                yield rewriting

    def suggest(
        self,
        text: str,
        query: Query,
        parse: Callable[[str], Query],
        count: Callable[[Query], int],
    ) -> Suggestion | None:
        """Return the likeliest rewriting whose words all occur in more papers, or None.

        Args:
            text: The query as typed.
            query: The query, parsed.
            parse: Parses a rewriting.
            count: Counts the papers that contain all words of a query.
        """
        typed = None
        for rewriting in self.list_rewritings(text, query):
            rewritten = _replace_words(text, rewriting)
            if len(rewritten) > MAX_QUERY:
                continue
            if typed is None:
                typed = count(query)
                known = {text[slice(*word.at)] for word in _list_spelt(query) if count(word)}
            if (found := count(parse(rewritten))) > typed and all(w in rewritten for w in known):
                return Suggestion(_replace_words(text, self._write(rewriting)), found)
        return None

    def _write(self, rewriting: Rewriting) -> Rewriting:
        """Return the better words as papers write them."""
        fields = [_list_exact_fields(_FIELDS[word.field]) for word, _ in rewriting]
        return [
            (word, self._forms.find(better, names))
            for (word, better), names in zip(rewriting, fields, strict=True)
        ]

    def _find_doubtful(self, text: str, query: Query) -> Iterator[_Doubtful]:
        leaves = list_leaves(query)
        if len(leaves) > MOST_CHECKED:
            return
        # Several leaves may come from one chunk; they all have its span.
        fields = {leaf.at: leaf.field for leaf in leaves if isinstance(leaf, Word | Phrase)}
        for (start, end), field in fields.items():
            if field not in _FIELDS or "*" in text[start:end]:
                continue
            for first, last, token in find_spans(text[start:end]):
                at = (start + first, start + last)
                if not _may_be_misspelt(text[slice(*at)], token):
                    continue
                if choices := self._list_choices(token, field, partial=at[1] == len(text)):
                    yield _Doubtful(at, token, field, choices)

    def _list_choices(self, token: str, field: str, *, partial: bool) -> tuple[str, ...]:
        """List the words that may have been meant, with the typed one if any paper contains it."""
        kinds = _FIELDS[field]
        known = self._count_exact(token, kinds)
        if known > FEW or (partial and self._is_incomplete(token, kinds, known)):
            return ()
        better = self._find_better(token, kinds, known)
        return (*better, token) if known and better else better

    def _count_exact(self, token: str, kinds: tuple[WordKind, ...]) -> int:
        """Count the papers that contain a word as written, until they are more than `FEW`."""
        known = 0
        for name in (*_list_exact_fields(kinds), *(_ELSEWHERE if len(kinds) > 1 else ())):
            known += self._count(name, token)
            if known > FEW:
                break
        return known

    def _is_incomplete(self, token: str, kinds: tuple[WordKind, ...], known: int) -> bool:
        """Return whether a more frequent word begins with the token, which may still be typed."""
        found = (self._engine.complete(name, token, 1) for name in _list_exact_fields(kinds))
        return any(count > known for pairs in found for _, count in pairs)

    def _find_better(self, token: str, kinds: tuple[WordKind, ...], known: int) -> tuple[str, ...]:
        # Imported only for a doubtful word: the import takes 25 ms, which most searches save.
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        distance = 1 if len(token) < TWO_EDITS else 2
        found: dict[str, tuple[int, int]] = {}
        for kind in kinds:
            for group in self._words.find_similar(kind, token, distance):
                near = extract(token, group, scorer=OSA.distance, score_cutoff=distance, limit=None)
                for word, edits, _ in near:
                    if word not in STOP_WORDS:
                        found[word] = (edits, -self._count_papers(word, kinds))
        word = contract_umlauts(token)
        if word != token and (papers := self._count_papers(word, kinds)):
            found[word] = (0, -papers)
        titled = WordKind.TEXT in kinds and self._count("title_exact", token)
        enough = max(1, TIMES * known)
        ranked = sorted(
            (rank, word)
            for word, rank in found.items()
            if -rank[1] >= enough and (not titled or _is_slip(token, word, *rank))
        )
        # If the likeliest word has the same stem, its papers are found already.
        stemmed = stem(token) if WordKind.TEXT in kinds else ""
        known_stem = self._count("text", stemmed) if stemmed else 0
        stems = [bool(known_stem) and stem(word) == stemmed for _, word in ranked]
        if stems[:1] == [True]:
            return ()
        others = (word for (_, word), same in zip(ranked, stems, strict=True) if not same)
        return tuple(islice(others, CHOICES))

    def _count_papers(self, word: str, kinds: tuple[WordKind, ...]) -> int:
        return max(self._count(name, word) for name in _list_exact_fields(kinds))


def _list_spelt(query: Query) -> list[Word]:
    """List the words that papers may have in another spelling: ``dataset``, as "data set"."""
    return [leaf for leaf in list_leaves(query) if isinstance(leaf, Word) and leaf.also]


def _may_be_misspelt(typed: str, token: str) -> bool:
    if len(token) < SHORTEST or not token.isalpha() or token in STOP_WORDS:
        return False
    return not any(letter.isupper() for letter in typed[1:])  # BERT and LoRA are names


def _replace_words(text: str, rewriting: Rewriting) -> str:
    """Replace words of a text; a capital first letter is kept."""
    for word, better in reversed(rewriting):
        start, end = word.at
        cased = better[0].upper() + better[1:] if text[start].isupper() else better
        text = text[:start] + cased + text[end:]
    return text


def _list_exact_fields(kinds: tuple[WordKind, ...]) -> tuple[str, ...]:
    return tuple(name for kind in kinds for name in _EXACT_FIELDS[kind])


def _is_slip(token: str, word: str, edits: int, rank: int) -> bool:
    """Return whether a word of a title is probably misspelt there.

    Args:
        token: The word of the title.
        word: The better word.
        edits: The edits between them.
        rank: The papers that contain the better word, negative.

    Returns:
        Whether they differ by a doubled letter, or by one edit in a long word if the better word
        is very frequent.
    """
    doubled = _DOUBLED.sub(r"\1", token) == _DOUBLED.sub(r"\1", word)
    return doubled or (len(token) >= TWO_EDITS and edits <= 1 and -rank >= SLIP)
