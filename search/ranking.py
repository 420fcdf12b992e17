"""Answers: what does a query mean for the index, and what makes one hit better than another?

Turns a tree into a `Plan`, engine-neutral. Every word may match the text, an author, the venue
or the year; the order of hits is BM25 over one field in which the title counts three times,
plus bonuses for words of the title, for neighbours that stay neighbours, and for names.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from index.analysis import fold, stem, stems, tokens
from search.fields import BY_NAME, Asks
from search.names import name_plan
from search.plan import (
    NOTHING,
    Anything,
    Exact,
    Flat,
    Near,
    Node,
    Numbers,
    Pattern,
    Plan,
    Statistics,
    Term,
    Tokens,
    Weighted,
    Without,
    all_of,
    any_of,
)
from search.plan import Any_ as Some
from search.query import (
    And,
    Boost,
    Everything,
    Fuzzy,
    Not,
    Or,
    Phrase,
    Query,
    Range,
    Required,
    Value,
    Wildcard,
    Word,
    leaves,
)

TITLE_WEIGHT = 0.2
"""A word in the title field, beside its place in the text. Source: Cranfield and CACM, nDCG@10."""

PAIR_WEIGHT = 0.1
"""Two neighbours of the query that are neighbours in the text. Source: as above."""

WHOLE_TITLE_WEIGHT = 1.0
"""All the words in a row in the title, as typed: somebody pasted a title."""

NAME_PAIR_WEIGHT = 1.0
"""Two neighbours of the query that are neighbours in an author's name."""

TOLERANT_WEIGHT = 4.0
"""Score of a respelt or completed word; about that of an exact word of middling rarity."""

ALL_WORDS_BONUS = 1_000.0
"""Lifts papers that have all the words above those that have most of them."""

RARE = 3
"""A word in fewer papers than this may be a misspelling, once too few papers have all words."""

SHORTEST_RESPELT = 4
"""Letters; shorter words have too many neighbours."""

LONG_QUESTION = 6
"""Content words; from here on a query is a question, of which a paper need not have most."""

LONGEST_TITLE = 40
"""Tokens; nobody types a longer title, and a question is no title."""

STOP_WORDS = frozenset(
    "a about above after again all also am an and any are as at be because been before being "
    "below between both but by can cannot could did do does doing down during each etc few for "
    "from further had has have having he her here him his how i if in into is it its itself just "
    "like made make many may me might more most much must my no nor not now of off on once one "
    "only or other our out over own same she should so some such than that the their them then "
    "there these they this those through thus to too under until up upon us use used using very "
    "via was we were what when where whether which while who whom whose why will with within "
    "without would you your".split()
)
"""Words that a query does not need matched if it has others. Source: the function words of
English; a fuller list at query time raised nDCG@10 on both judged collections."""

_YEARS = range(1400, 2101)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query made ready for an engine.

    Attributes:
        plan: All words must match.
        words: The content words, as folded tokens one by one or in rows (``Q-learning``), of a
            query that is nothing but words; it may be widened. Else empty.
    """

    plan: Plan
    words: tuple[tuple[str, ...], ...] = ()

    @property
    def is_question(self) -> bool:
        """Return whether there are so many words that a paper need not have most of them."""
        return len(self.words) >= LONG_QUESTION


def plan(query: Query, statistics: Statistics) -> Meaning:
    """Decide what a query asks of the index.

    Args:
        query: The tree.
        statistics: The index's counts.

    Returns:
        The plan, and the words that could be given up if too few papers have them all.
    """
    builder = _Builder(statistics)
    match = builder.node(query)
    typed = _plain_words(query)
    bonuses = (*builder.optional, *builder.bonuses(typed))
    scored = any(isinstance(leaf, Word | Phrase) for leaf in leaves(query))
    return Meaning(Plan(match, bonuses, scored), tuple(_content(typed)))


def relax(meaning: Meaning, statistics: Statistics) -> Plan:
    """Widen a plain query: most of the words, respelt or completed where that helps.

    Args:
        meaning: The query; papers with all of its words stay on top unless it is a question.
        statistics: The index's counts.
    """
    builder = _Builder(statistics)
    if meaning.is_question:
        return Plan(builder.question(meaning.words), meaning.plan.bonuses)
    last = len(meaning.words) - 1
    parts = [builder.tolerant(row, last=at == last) for at, row in enumerate(meaning.words)]
    match = Some(tuple(parts), needed(len(parts)))
    return Plan(match, (*meaning.plan.bonuses, Flat(meaning.plan.match, ALL_WORDS_BONUS)))


def needed(count: int) -> int:
    """Give how many of so many words a paper must have once a query is widened."""
    return max(1, count - 1 if count <= 4 else count - 2)  # noqa: PLR2004 - one of few, two of more


class _Builder:
    """Translates trees, asking the index what its words are worth."""

    def __init__(self, statistics: Statistics) -> None:
        self._count = statistics.documents_with
        self.optional: list[Node] = []

    def node(self, query: Query) -> Node:  # noqa: C901, PLR0911 - one case a node
        match query:
            case Everything():
                return Anything()
            case And(children):
                return self._all(children)
            case Or(children):
                return any_of([self.node(child) for child in children])
            case Not(child):
                return Without(self.node(child))
            case Required(child):
                return self.node(child)
            case Boost(child, factor):
                return Weighted(self.node(child), factor)
            case Range(field, low, high):
                return Numbers(BY_NAME[field].index[0], low, high)
            case Value(field, text):
                return _value(field, text)
            case Wildcard(pattern, field):
                return any_of([Pattern(name, fold(pattern)) for name in _written_fields(field)])
            case Fuzzy(text, distance, field):
                return self._near(text, distance, _written_fields(field))
            case Phrase(text, field, slop, first):
                return self._phrase(text, field, slop, first=first)
            case Word():
                return self.word(query)

    def _all(self, children: tuple[Query, ...]) -> Node:
        """Join with AND; stop words are not needed if there are other words."""
        kept = [child for child in children if not _is_stop(child)]
        if all(isinstance(child, Not) for child in kept):
            return all_of([self.node(child) for child in children])
        idle = [child.text for child in children if isinstance(child, Word) and _is_stop(child)]
        self.optional += [Term("text", stem(fold(word))) for word in idle]
        return all_of([self.node(child) for child in kept])

    def word(self, word: Word) -> Node:
        """Give the papers that have a word, in its field or in any."""
        found = tokens(word.text)
        if not found:
            return Anything()
        if word.field:
            return self._fielded(word, found)
        return any_of(self._anywhere(found))

    def _anywhere(self, found: list[str]) -> list[Node]:
        """Give the ways in which a word may match: text, name, venue, year."""
        stemmed = stems(found)
        if len(found) > 1:
            fields = (("text", stemmed), ("author", found), ("venue_words", found))
            return [
                Tokens(field, tuple(words))
                for field, words in fields
                if all(self._count(field, word) for word in words)
            ] or [Tokens("text", tuple(stemmed))]
        ways: list[Node] = [Term("text", stemmed[0])]
        ways += [Term(f, found[0]) for f in ("author", "venue_words") if self._count(f, found[0])]
        if found[0].isdecimal() and len(found[0]) == 4 and int(found[0]) in _YEARS:  # noqa: PLR2004
            ways.append(Numbers("year", int(found[0]), int(found[0])))
        return ways

    def _fielded(self, word: Word, found: list[str]) -> Node:
        field = BY_NAME[word.field]
        if field.asks is Asks.NAME:
            return name_plan(word.text, first=word.first, exact=False)
        name = field.index[0]
        if field.asks is Asks.WORDS:
            return _row(name, found)
        return Term(name, stem(found[0])) if len(found) == 1 else _row(field.index[1], found)

    def _phrase(self, text: str, field: str, slop: int, *, first: bool) -> Node:
        found = tokens(text)
        if not found:
            return Anything()
        if field and BY_NAME[field].asks is Asks.NAME:
            return name_plan(text, first=first, exact=True)
        if field:
            return _row(BY_NAME[field].index[-1], found, slop)
        return any_of([_row(name, found, slop) for name in _written_fields("")])

    def _near(self, text: str, distance: int, fields: tuple[str, ...]) -> Node:
        found = tokens(text)
        parts = [Near(name, token, distance) for token in found[-1:] for name in fields]
        exact = [_row(name, found[:-1]) for name in fields] if len(found) > 1 else []
        near = any_of(list(parts)) if parts else NOTHING
        return all_of([any_of(exact), near]) if exact else near

    def question(self, words: tuple[tuple[str, ...], ...]) -> Node:
        """Give the papers that have any word of a question; a word said twice counts twice."""
        said = Counter(token for row in words for token in row if len(token) > 1)
        ways: list[Node] = []
        for token, times in said.items():
            word = Term("text", stem(token))
            ways.append(Weighted(word, times) if times > 1 else word)
            if self._count("author", token):
                ways.append(Term("author", token))
        return any_of(ways)

    def tolerant(self, row: tuple[str, ...], *, last: bool) -> Node:
        """Give the papers that have a word, or, if it is rare, one like it."""
        ways = self._anywhere(list(row))
        for token in row:
            if self._is_doubtful(token):
                ways += [Weighted(way, TOLERANT_WEIGHT) for way in self._like(token)]
        if last and not row[-1].isdecimal():
            ways.append(Weighted(Pattern("title_exact", f"{row[-1]}*"), TOLERANT_WEIGHT))
        return any_of(ways)

    def _is_doubtful(self, token: str) -> bool:
        if len(token) < SHORTEST_RESPELT or not token.isalpha():
            return False
        return self._count("text", stem(token)) + self._count("author", token) < RARE

    def _like(self, token: str) -> list[Node]:
        return [Near(field, token, 1) for field in ("title_exact", "author")]

    def bonuses(self, typed: list[tuple[str, ...]]) -> list[Node]:
        """Give what lifts a paper: title words, pairs, names, the whole title."""
        row = [token for word in typed for token in word]
        content = [token for word in _content(typed) for token in word]
        extra: list[Node] = [Weighted(Term("title", stem(t)), TITLE_WEIGHT) for t in content]
        for one, two in pairwise(row):
            if one in STOP_WORDS and two in STOP_WORDS:
                continue
            pair = (stem(one), stem(two))
            extra.append(Weighted(Tokens("text", pair), PAIR_WEIGHT))
            if self._count("author", one) and self._count("author", two):
                extra.append(Weighted(Tokens("author", (one, two)), NAME_PAIR_WEIGHT))
        if 2 < len(row) < LONGEST_TITLE:  # noqa: PLR2004 - two are a pair already
            extra.append(Weighted(Tokens("title_exact", tuple(row)), WHOLE_TITLE_WEIGHT))
        return extra


def _is_stop(query: Query) -> bool:
    return isinstance(query, Word) and not query.field and fold(query.text) in STOP_WORDS


def _plain_words(query: Query) -> list[tuple[str, ...]]:
    """Give the words of a query that is nothing but words, as rows of tokens, else none.

    A long question may hold quotes: people put them around names and terms.
    """
    parts = query.children if isinstance(query, And) else (query,)
    plain = [p for p in parts if isinstance(p, Word | Phrase) and not p.field]
    quoted = any(isinstance(part, Phrase) for part in plain)
    if len(plain) < len(parts) or (quoted and len(plain) < LONG_QUESTION):
        return []
    return [row for part in plain if (row := tuple(tokens(part.text)))]


def _content(typed: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Give the words without stop words, unless there are no others."""
    return [row for row in typed if not (len(row) == 1 and row[0] in STOP_WORDS)] or typed


def _row(field: str, found: list[str], slop: int = 0) -> Node:
    return Term(field, found[0]) if len(found) == 1 else Tokens(field, tuple(found), slop)


def _written_fields(field: str) -> tuple[str, ...]:
    """Give the index fields that keep words as written, for one field or for any."""
    return (BY_NAME[field].index[-1],) if field else ("title_exact", "abstract_exact", "author")


def _value(field: str, text: str) -> Node:
    values = {text, text.lower()}
    return any_of([Exact(name, v) for name in BY_NAME[field].index for v in sorted(values)])
