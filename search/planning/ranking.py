"""Answers: what does a query mean for the index, and which papers follow if it asks too much?

Turns a tree into a `Plan`, engine-neutral. Every word may match the text, an author, the venue
or the year; the order of hits is BM25 over one field in which the title counts three times,
plus what `search.planning.boosts` adds. A plain query that too few papers meet is widened.

Tried and not taken, nDCG@10 on Cranfield and CACM: a share of a question's words that a paper
must have (.15, .25, .4: .388, .388, .373 and .518, .474, .331, against .388 and .532 for any);
a stop list of 30 words at query time (.387 and .506 against .388 and .532); no weight for a word
said twice (.386 and .505 against .386 and .531). BM25's k1 and b are the engine's, 1.2 and .75:
it offers no others.
"""

from collections import Counter
from dataclasses import dataclass

from index.text.analyser import stem, tokenise
from search.language.tree import And, Not, Phrase, Query, Word, list_leaves
from search.planning.boosts import build_boosts
from search.planning.fuzzy import Row, plan_completion, plan_fuzzy_word
from search.planning.plan import AnyOf as Some
from search.planning.plan import Exact, Flat, Node, Plan, Statistics, Term, Weighted, all_of, any_of
from search.planning.stopwords import STOP_WORDS
from search.planning.translate import Translator, is_year, match_name

ALL_WORDS_BOOST = 1_000.0
"""Lifts papers that have all the words above those that have most of them. Source: in questions
too it costs nothing: nDCG@10 .388 and .544 with and without."""

LONG_QUESTION = 6
"""Content words; from here on a query is a question, of which a paper need have any. Source: 4,
6, 8 tried: .389, .388, .382 on Cranfield, .537 on CACM each."""

FEW_WORDS = 2
"""Content words; a query of so few is not widened to most of them if a paper has them all.
Source: 2 and 3 tried: nDCG@10 .387 and .387 on Cranfield, .536 and .525 on CACM."""

ENOUGH = 10
"""Papers with all the words, one page; if fewer have them the query is widened. Source: 1, 5, 10,
20, 50 tried: .374, .388, .388, .388, .388 on Cranfield, .494, .534, .537, .537, .537 on CACM."""

SHORTEST_PASTED = 5
"""Tokens of a title that is found although it holds signs of the language."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query made ready for an engine.

    Attributes:
        plan: All words must match.
        words: The content words without field or sign, as folded tokens one by one or in rows
            (``Q-learning``); they may be widened. Empty where AND is spelt out.
        rest: What else must match, even of a paper that has not all the words.
        is_reference: A word is a year, or more often a name than a word: one paper is meant.
    """

    plan: Plan
    words: tuple[Row, ...] = ()
    rest: tuple[Node, ...] = ()
    is_reference: bool = False

    @property
    def is_question(self) -> bool:
        """Return whether there are so many words that a paper need not have most of them."""
        return len(self.words) >= LONG_QUESTION

    @property
    def is_short(self) -> bool:
        """Return whether a paper that has all the words is what was meant."""
        return self.is_reference or len(self.words) <= FEW_WORDS

    @property
    def title_match(self) -> Node:
        """Return what a paper matches that has all the words in its title."""
        row = [token for word in self.words for token in word]
        return all_of([Term("title_exact", token) for token in dict.fromkeys(row)])


def plan_query(query: Query, statistics: Statistics, typed: str = "") -> Meaning:
    """Decide what a query asks of the index.

    Args:
        query: The tree.
        statistics: The index's counts.
        typed: The text it was read from; a title is found whatever signs it holds.

    Returns:
        The plan, and the words that could be given up if too few papers have them all.
    """
    translator = Translator(statistics)
    match = translator.translate(query)
    rows, others = _parted(query)
    words = tuple(_content(rows))
    question = len(words) >= LONG_QUESTION
    extra = build_boosts(rows, words, statistics, question=question)
    if not question:
        extra += translator.optional
    if others and (title := _pasted(query, typed, statistics)):
        match = any_of([match, Flat(title, ALL_WORDS_BOOST)])
    scored = any(isinstance(leaf, Word | Phrase) for leaf in list_leaves(query))
    if isinstance(query, And) and query.spelt:
        words = ()
    reference = not question and any(_refers(word, statistics) for word in words)
    rest = tuple(Translator(statistics).translate(other) for other in others) if words else ()
    return Meaning(Plan(match, tuple(extra), scored), words, rest, reference)


def widen(meaning: Meaning, strict: int, statistics: Statistics) -> Plan | None:
    """Widen a query if too few papers have all its words.

    Args:
        meaning: The query; papers with all of its words stay on top.
        strict: How many papers those are.
        statistics: The index's counts.

    Returns:
        A plan that may find more, or None if what there is is enough. What it finds does not
        depend on the order of the words.
    """
    if not meaning.words or strict >= ENOUGH:
        return None
    if meaning.is_question:
        more: Node | None = _question(meaning.words, statistics)
    elif strict and meaning.is_short:
        more = _completed(meaning.words, statistics)
    else:
        parts = [plan_fuzzy_word(row, statistics, respell=not strict) for row in meaning.words]
        more = Some(tuple(parts), count_required_words(len(parts)))
    if more is None:
        return None
    wider, bonus = all_of([more, *meaning.rest]), meaning.plan.boosts
    if not strict:
        return Plan(wider, bonus)
    on_top = Flat(meaning.plan.match, ALL_WORDS_BOOST)
    return Plan(any_of([meaning.plan.match, wider]), (*bonus, on_top))


def count_required_words(count: int) -> int:
    """Give how many of so many words a paper must have once a query is widened.

    Source: of 4 and 5 words half, or all but two: nDCG@10 .388 and .387 on Cranfield, .537 and
    .536 on CACM; all but one of 4: .385 and .515.
    """
    return max(1, count - 1 if count <= 3 else count // 2)  # noqa: PLR2004 - two of three


def _refers(word: Row, statistics: Statistics) -> bool:
    count = statistics.count_documents
    return len(word) == 1 and (
        is_year(word[0]) or count("author", word[0]) > count("text", stem(word[0]))
    )


def _completed(words: tuple[Row, ...], statistics: Statistics) -> Node | None:
    """Give the papers that have all the words but one, and a word that begins like that one."""
    known = [any_of(Translator(statistics).match_anywhere(list(row))) for row in words]
    ways = [
        all_of([*known[:at], begun, *known[at + 1 :]])
        for at, row in enumerate(words)
        if (begun := plan_completion(row, statistics))
    ]
    return any_of(ways) if ways else None


def _question(words: tuple[Row, ...], statistics: Statistics) -> Node:
    """Give the papers that have any word of a question; a word said twice counts twice."""
    said = Counter(token for row in words for token in row if len(token) > 1)
    ways: list[Node] = []
    for token, times in said.items():
        word = Term("text", stem(token))
        ways.append(Weighted(word, times) if times > 1 else word)
        ways += match_name(token, statistics)
    return any_of(ways)


def _parted(query: Query) -> tuple[list[Row], list[Query]]:
    """Part the plain words of a query, as rows of tokens, from what else must match.

    A long question may hold quotes: people put them around names and terms.
    """
    parts = query.children if isinstance(query, And) else (query,)
    plain = [p for p in parts if isinstance(p, Word | Phrase) and not p.field]
    if len(plain) < LONG_QUESTION:
        plain = [part for part in plain if isinstance(part, Word)]
    others = [part for part in parts if part not in plain]
    return [row for part in plain if (row := tuple(tokenise(part.text)))], others


def _content(typed: list[Row]) -> list[Row]:
    """Give the words without stop words, unless there are no others."""
    return [row for row in typed if not (len(row) == 1 and row[0] in STOP_WORDS)] or typed


def _pasted(query: Query, typed: str, statistics: Statistics) -> Node | None:
    """Give the papers whose whole title was typed, signs of the language and all.

    ``Robot System, -Development of a Hand`` is a title; with AND, OR or a field it is not.
    """
    row = tokenise(typed)
    parts = query.children if isinstance(query, And) and not query.spelt else ()
    bare = [part.child if isinstance(part, Not) else part for part in parts]
    if len(row) < SHORTEST_PASTED or not bare or any(getattr(p, "field", "-") for p in bare):
        return None
    title = " ".join(row)
    return Exact("title_key", title) if statistics.count_documents("title_key", title) else None
