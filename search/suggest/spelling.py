"""Answers: what did the reader mean to type?

A word in very few papers is held against the words of the generation; one that is an edit or two
away and in many more papers may have been meant. Identifiers, numbers, years, words with digits,
acronyms, patterns and whole values are never touched, and nothing is ever applied: the reader
sees the better spelling with the number of papers that have all of its words.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from index.store.vocabulary import Vocabulary, WordKind
from index.text.analyser import find_spans, stem
from search.language.tree import Phrase, Query, Span, Word, list_leaves
from search.planning.plan import Statistics
from search.planning.stopwords import STOP_WORDS
from search.request.search_request import MAX_QUERY

FEW = 10
"""Papers; a word in more of them is not misspelt."""

TIMES = 20
"""A better word is in so many times more papers than the one typed."""

SHORTEST = 4
"""Letters; shorter words have too many neighbours."""

TWO_EDITS = 8
"""Letters from which on a word may be two edits away, else one; a swap is one edit."""

CHOICES = 4
"""Better words that are tried in the place of one."""

MOST_WORDS = 3
"""Doubtful words of one query; with more of them it is another language, or none."""

MOST_TRIED = 8
"""Queries that are tried; each costs about .2 ms at 95,000 papers."""

_FIELDS = {
    "": tuple(WordKind),
    "title": (WordKind.TEXT,),
    "abstract": (WordKind.TEXT,),
    "author": (WordKind.NAME,),
}
"""The fields whose words are held against the vocabulary, and against which part of it."""

_WRITTEN = {WordKind.TEXT: ("title_exact", "abstract_exact"), WordKind.NAME: ("author",)}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A better spelling of a query.

    Attributes:
        query: The whole query, in the query language.
        total: How many papers have all its words, under the same filters.
    """

    query: str
    total: int


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A typed word that may be misspelt, where it stands, and what may have been meant."""

    at: Span
    choices: tuple[str, ...]


class Spelling:
    """Knows the words of one generation."""

    def __init__(self, words: Vocabulary, statistics: Statistics) -> None:
        self._words = words
        self._statistics = statistics
        self._count = statistics.count_documents

    def rewritings(self, text: str, query: Query) -> Iterator[str]:
        """Give a query with its doubtful words replaced, the likeliest first.

        Args:
            text: As typed.
            query: As parsed.

        Yields:
            The query with everything else as it was typed; at most `MOST_TRIED`.
        """
        doubtful = list(islice(self._doubtful(text, query), MOST_WORDS + 1))
        if not doubtful or len(doubtful) > MOST_WORDS:
            return
        ranked = (list(enumerate(word.choices)) for word in doubtful)
        ways = sorted(product(*ranked), key=lambda way: sum(rank for rank, _ in way))
        for way in ways[:MOST_TRIED]:
            chosen = [word for _, word in way]
            rewritten = _replaced(text, [word.at for word in doubtful], chosen)
            if rewritten != text and len(rewritten) <= MAX_QUERY:
                yield rewritten

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
        for rewritten in self.rewritings(text, query):
            typed = count(query) if typed is None else typed
            if (found := count(parse(rewritten))) > typed:
                return Suggestion(rewritten, found)
        return None

    def _doubtful(self, text: str, query: Query) -> Iterator[_Doubtful]:
        # One chunk may be several leaves, which all say that they stand where it stands.
        fields = {
            leaf.at: leaf.field for leaf in list_leaves(query) if isinstance(leaf, Word | Phrase)
        }
        for (start, end), field in fields.items():
            if field not in _FIELDS:
                continue
            for first, last, token in find_spans(text[start:end]):
                at = (start + first, start + last)
                if not _may_be_misspelt(text[slice(*at)], token):
                    continue
                if choices := self._choices(token, field, unfinished=at[1] == len(text)):
                    yield _Doubtful(at, choices)

    def _choices(self, token: str, field: str, *, unfinished: bool) -> tuple[str, ...]:
        """Give the words that may have been meant; the typed one among them if papers have it."""
        kinds = _FIELDS[field]
        known = self._known(token, kinds)
        if known > FEW or (unfinished and self._begins(token, kinds, known)):
            return ()
        better = self._better(token, kinds, known)
        return (*better, token) if known and better else better

    def _known(self, token: str, kinds: tuple[WordKind, ...]) -> int:
        """Count the papers that have a word as written: a misspelling may share a stem."""
        known = sum(self._count(name, token) for kind in kinds for name in _WRITTEN[kind])
        elsewhere = ("venue_short", "topic_words") if len(kinds) > 1 else ()
        return known + sum(self._count(name, token) for name in elsewhere)

    def _begins(self, token: str, kinds: tuple[WordKind, ...], known: int) -> bool:
        """Tell whether the last word is rather unfinished: many papers have one that begins so."""
        fields = [name for kind in kinds for name in _WRITTEN[kind]]
        found = (self._statistics.complete(name, token, 1) for name in fields)
        return any(count > known for pairs in found for _, count in pairs)

    def _better(self, token: str, kinds: tuple[WordKind, ...], known: int) -> tuple[str, ...]:
        # Imported when a word is doubtful: 25 ms that most searches do not need.
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        distance = 1 if len(token) < TWO_EDITS else 2
        found: dict[str, tuple[int, int]] = {}
        for kind in kinds:
            for group in self._words.find_similar(kind, token, distance):
                near = extract(token, group, scorer=OSA.distance, score_cutoff=distance, limit=None)
                for word, edits, _ in near:
                    if stem(word) != stem(token) and word not in STOP_WORDS:
                        found[word] = (edits, -self._papers(word, kinds))
        enough = max(1, TIMES * known)
        ranked = sorted((rank, word) for word, rank in found.items() if -rank[1] >= enough)
        return tuple(word for _, word in ranked[:CHOICES])

    def _papers(self, word: str, kinds: tuple[WordKind, ...]) -> int:
        return max(self._count(name, word) for kind in kinds for name in _WRITTEN[kind])


def _may_be_misspelt(typed: str, token: str) -> bool:
    if len(token) < SHORTEST or not token.isalpha() or token in STOP_WORDS:
        return False
    return not any(letter.isupper() for letter in typed[1:])  # BERT, LoRA: a name of its own


def _replaced(text: str, places: list[Span], words: list[str]) -> str:
    """Put words in the places of others, a capital at their beginning kept."""
    for (start, end), word in sorted(zip(places, words, strict=True), reverse=True):
        typed = text[start:end]
        if next(find_spans(typed), ("", "", ""))[2] == word:
            continue
        text = text[:start] + (word.capitalize() if typed[0].isupper() else word) + text[end:]
    return text
