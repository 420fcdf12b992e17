"""Suggest a better spelling of a query.

A word in very few papers is compared to the vocabulary of the generation. A word one or two edits
away that is in many more papers may be what was meant. Identifiers, numbers, years, words with
digits, acronyms, patterns and whole values are never changed. A suggestion is never applied: the
reader sees it with the number of papers that contain all its words.
"""

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
from search.suggest.misspelt_words import (
    TWO_EDITS,
    count_edits,
    is_slip,
    may_be_misspelt,
    weigh_edits,
)
from search.suggest.written_forms import WrittenForms, contract_umlauts

FEW = 10
"""Papers above which a word counts as spelt correctly."""

TIMES = 20
"""How many times more papers must contain the better word than the typed one."""

FEW_LONG = 30
TIMES_LONG = 200
"""The same two for a word of eight letters or more that is one edit from the better one. Chosen:
``adverserial`` is in 12 papers of 95,099, ``adversarial`` in 400 times as many."""

CHOICES = 4
"""Better words that are tried for one typed word."""

MOST_WORDS = 3
"""Doubtful words of one query; with more, it is in another language or in none."""

MOST_CHECKED = 30
"""Words of a query that are checked. Longer queries are pasted, so nobody mistyped them."""

MOST_TRIED = 8
"""Rewritings that are tried; each costs about 0.2 ms at 95,000 papers."""

SURE = 1_000
"""Papers with all words of a rewriting from which no other one of as many edits is tried. Tried 1,
50 and 1,000: of 280 misspelt topics 252, 255 and 255 are put right (``tests.bench.spelling``);
``chain of thougt`` becomes "chain of though" with 1, ``data minng`` "data ming" with 50."""

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
        found: Whether its papers are found as it is, through its stem, so that it is respelt only
            beside other words.
    """

    at: Span
    token: str
    field: str
    choices: tuple[str, ...]
    found: bool = False


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
        words = list(islice(self._find_doubtful(text, query), MOST_WORDS + 1))
        if len(words) > MOST_WORDS:
            return
        doubtful = [word for word in words if not word.found]
        beside = [(word, word.choices[0]) for word in words if word.found]
        ranked = (list(enumerate(word.choices)) for word in doubtful)
        ways = sorted(product(*ranked), key=lambda way: sum(rank for rank, _ in way))
        for way in ways[:MOST_TRIED]:
            chosen = zip(doubtful, (better for _, better in way), strict=True)
            if rewriting := [(word, better) for word, better in chosen if better != word.token]:
                yield sorted([*rewriting, *beside], key=lambda pair: pair[0].at)

    def suggest(
        self,
        text: str,
        query: Query,
        parse: Callable[[str], Query],
        count: Callable[[Query], int],
    ) -> Suggestion | None:
        """Return the likeliest rewriting whose words all occur in more papers, or None.

        Of rewritings with equally many edits, that is the one with the most papers.

        Args:
            text: The query as typed.
            query: The query, parsed.
            parse: Parses a rewriting.
            count: Counts the papers that contain all words of a query.
        """
        most: int | None = None
        best: Rewriting | None = None
        for rewriting in self.list_rewritings(text, query):
            if best and most and (most >= SURE or _count_edits(rewriting) > _count_edits(best)):
                break
            rewritten = _replace_words(text, rewriting)
            if len(rewritten) > MAX_QUERY or self._is_spelt_otherwise(rewriting, query, count):
                continue
            if most is None:
                most = count(query)
            if (found := count(parse(rewritten))) > most:
                most, best = found, rewriting
        if not (best and most):
            return None
        return Suggestion(_replace_words(text, self._write(best)), most)

    def _is_spelt_otherwise(
        self, rewriting: Rewriting, query: Query, count: Callable[[Query], int]
    ) -> bool:
        """Return whether papers have a replaced word in another spelling: ``dataset``, "data set".

        The papers with the word as typed do not count, nor do a few with what may be its parts:
        ``tranlation`` is a "tran lation" in one paper, where a line was broken.
        """
        leaves = [leaf for leaf in list_leaves(query) if isinstance(leaf, Word) and leaf.also]
        for (word, better), leaf in product(rewriting, leaves):
            if not word.found and leaf.at[0] <= word.at[0] < leaf.at[1]:
                others = max(count(Word("-".join(row), leaf.field)) for row in leaf.also)
                if TIMES * others >= self._count_papers(better, _FIELDS[word.field]):
                    return True
        return False

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
                if not may_be_misspelt(text[slice(*at)], token):
                    continue
                if word := self._doubt(at, token, field, partial=at[1] == len(text)):
                    yield word

    def _doubt(self, at: Span, token: str, field: str, *, partial: bool) -> _Doubtful | None:
        """Return a word with those that may have been meant; None if it is spelt correctly.

        The typed word is one of these if any paper contains it.
        """
        kinds = _FIELDS[field]
        most = FEW_LONG if len(token) >= TWO_EDITS else FEW
        known = self._count_exact(token, kinds, most)
        longer = self._count_longer(token, kinds) if partial and known <= most else 0
        if max(known, longer) > most:
            return None
        ranked = self._rank_better(token, kinds, max(known, longer))
        # If the likeliest word has the same stem, its papers are found already.
        stemmed = stem(token) if WordKind.TEXT in kinds else ""
        has_stem = bool(stemmed) and self._count("text", stemmed) > 0
        if ranked and has_stem and stem(ranked[0]) == stemmed:
            return _Doubtful(at, token, field, (ranked[0],), found=True)
        others = [word for word in ranked if not (has_stem and stem(word) == stemmed)][:CHOICES]
        choices = (*others, token) if known and others else tuple(others)
        return _Doubtful(at, token, field, choices) if choices else None

    def _count_exact(self, token: str, kinds: tuple[WordKind, ...], most: int) -> int:
        """Count the papers that contain a word as written, until they are more than `most`."""
        known = 0
        for name in (*_list_exact_fields(kinds), *(_ELSEWHERE if len(kinds) > 1 else ())):
            known += self._count(name, token)
            if known > most:
                break
        return known

    def _count_longer(self, token: str, kinds: tuple[WordKind, ...]) -> int:
        """Count the papers with the most frequent word that begins with one still being typed."""
        found = (self._engine.complete(name, token, 1) for name in _list_exact_fields(kinds))
        return max((count for pairs in found for _, count in pairs), default=0)

    def _rank_better(self, token: str, kinds: tuple[WordKind, ...], known: int) -> list[str]:
        """List the words that may have been meant, those with the fewest edits first.

        Args:
            token: The word, folded.
            kinds: The kinds of words that it is compared to.
            known: The papers that contain it as it is.
        """
        # Imported only for a doubtful word: the import takes 25 ms, which most searches save.
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        distance = 1 if len(token) < TWO_EDITS or known > FEW else 2
        found: dict[str, tuple[float, int]] = {}
        for kind in kinds:
            for group in self._words.find_similar(kind, token, distance):
                near = extract(token, group, scorer=OSA.distance, score_cutoff=distance, limit=None)
                for word, edits, _ in near:
                    if word not in STOP_WORDS:
                        weight = weigh_edits(token, word, edits)
                        found[word] = (weight, -self._count_papers(word, kinds))
        word = contract_umlauts(token)
        if word != token and (papers := self._count_papers(word, kinds)):
            found[word] = (0, -papers)
        titled = WordKind.TEXT in kinds and self._count("title_exact", token)
        enough = max(1, (TIMES if known <= FEW else TIMES_LONG) * known)
        ranked = sorted(
            (rank, word)
            for word, rank in found.items()
            if -rank[1] >= enough and (not titled or is_slip(token, word, rank[0], -rank[1]))
        )
        return [word for _, word in ranked]

    def _count_papers(self, word: str, kinds: tuple[WordKind, ...]) -> int:
        return max(self._count(name, word) for name in _list_exact_fields(kinds))


def _count_edits(rewriting: Rewriting) -> float:
    return sum(count_edits(word.token, better) for word, better in rewriting)


def _replace_words(text: str, rewriting: Rewriting) -> str:
    """Replace words of a text; a capital first letter is kept."""
    for word, better in reversed(rewriting):
        start, end = word.at
        cased = better[0].upper() + better[1:] if text[start].isupper() else better
        text = text[:start] + cased + text[end:]
    return text


def _list_exact_fields(kinds: tuple[WordKind, ...]) -> tuple[str, ...]:
    return tuple(name for kind in kinds for name in _EXACT_FIELDS[kind])
