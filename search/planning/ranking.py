"""Turn a query tree into a plan with a ranking, and widen plans that match too few papers.

Every word may match the text, an author, the venue or the year. Hits are ranked by BM25 over one
field in which the title counts three times, plus the boosts of `search.planning.boosts`. A query of
plain words that too few papers match is widened.

Tried and rejected, nDCG@10 on Cranfield and CACM: requiring a share of the words of a question
(.15, .25, .4: .388, .388, .373 and .518, .474, .331, against .388 and .532 for any word); a stop
list of 30 words at query time (.387 and .506 against .388 and .532); no extra weight for a repeated
word (.386 and .505 against .386 and .531). BM25's k1 and b are 1.2 and .75, which Tantivy fixes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.text.analyser import tokenise_word
from index.text.stems import stem
from search.language.pasted_records import mask_record
from search.language.tree import And, Fuzzy, Or, Phrase, Query, Row, Wildcard, Word, list_leaves
from search.planning.boosts import EXACT_TITLE_BOOST, build_boosts
from search.planning.browsing import ranks_hits
from search.planning.citation_prior import DATED_BREADTH, measure_breadth
from search.planning.dated_names import DatedName, find_dated_name
from search.planning.fuzzy import plan_completion, plan_fuzzy_word
from search.planning.identifiers import names_paper
from search.planning.optional_words import TypedWord, find_optional_words
from search.planning.pasted_titles import (
    build_title_boosts,
    find_long_titles,
    match_pasted_title,
)
from search.planning.plan import (
    AnyOf,
    Flat,
    Node,
    Plan,
    Statistics,
    Term,
    all_of,
    any_of,
)
from search.planning.spelling_matches import match_spelling
from search.planning.telling_words import match_any_word
from search.planning.title_conditions import limit_widened, list_boosts
from search.planning.translate import Translator
from search.planning.years import read_year

ALL_WORDS_BOOST = 1_000.0
"""Boost that ranks papers with all the words above papers with most of them. It costs nothing in
questions either: nDCG@10 .388 and .544 with and without it."""

LONG_QUESTION = 6
"""Content words from which a query is treated as a question, which any of its words may match.
Tried 4, 6, 8: .389, .388, .382 on Cranfield, .537 on CACM for each."""

FEW_WORDS = 2
"""Content words up to which a query is not widened if some paper has all of them. Tried 2 and 3:
nDCG@10 .387 and .387 on Cranfield, .536 and .525 on CACM."""

ENOUGH = 10
"""Papers with all the words, about one page; with fewer, the query is widened. Tried 1, 5, 10, 20,
50: .374, .388, .388, .388, .388 on Cranfield, .494, .534, .537, .537, .537 on CACM."""


MOST_CITED = 12
"""Citations of a list up to which each is looked up; chosen."""


@dataclass(frozen=True, slots=True)
class PlannedQuery:
    """A planned query, with what is needed to widen it.

    Attributes:
        plan: The plan, in which all words must match.
        words: The content words without field or operator, each as a row of folded tokens
            (``Q-learning`` has two). Widening may drop some. Empty if AND is spelt out.
        rest: Other nodes that must match, also when the query is widened.
        is_reference: Whether a word is a year, or a name more often than a word, so that the user
            probably means one paper.
        near: Matches the papers of about the year if authors and a year are all that was typed.
        spellings: The other spellings of words.
        titles: Match the papers whose titles are parts of a pasted text.
        breadth: How broad the query is, see `search.planning.citation_prior`.
    """

    plan: Plan
    words: tuple[Row, ...] = ()
    rest: tuple[Node, ...] = ()
    is_reference: bool = False
    near: Node | None = None
    spellings: Mapping[Row, tuple[Row, ...]] = field(default_factory=dict)
    titles: tuple[Node, ...] = ()
    breadth: float = 0.0

    @property
    def is_question(self) -> bool:
        """Whether the query has enough words that a paper need not contain most of them."""
        return len(self.words) >= LONG_QUESTION

    @property
    def is_short(self) -> bool:
        """Whether a paper with all the words is probably the one that is meant."""
        return self.is_reference or len(self.words) <= FEW_WORDS

    @property
    def title_match(self) -> Node:
        """A node that matches the papers with all the words in the title."""
        row = [token for word in self.words for token in word]
        return all_of([Term("title_exact", token) for token in dict.fromkeys(row)])


def plan_query(query: Query, statistics: Statistics, typed: str = "") -> PlannedQuery:
    """Plan a query.

    Args:
        query: The tree.
        statistics: Counts of the index.
        typed: The text of the query, which may be a pasted title that contains operators.

    Returns:
        The plan, and the words that may be dropped if too few papers have all of them.
    """
    translator = Translator(statistics)
    match = translated = translator.translate(query)
    plain, words, others = _split_words(query)
    rows = [row for _, row in plain]
    if any(map(names_paper, others)):
        words = ()
    question = len(words) >= LONG_QUESTION
    breadth = measure_breadth(words, others, statistics)
    extra = build_boosts(rows, words, statistics, question=question)
    if not question:
        extra += translator.optional
    match, titles = _match_titles(match, query, typed, others, statistics)
    extra += titles
    dated = find_dated_name(plain, statistics)
    if dated and not dated.alone:
        breadth = max(breadth, DATED_BREADTH)
    named = [dated] if dated else _find_cited(query, statistics)
    extra += dict.fromkeys(boost for one in named for boost in one.build_boosts())
    if named and (not dated or (dated.alone and not others)):
        match = any_of([match, *(one.match for one in named)])
    scored = ranks_hits(query) or match != translated or bool(named)
    if isinstance(query, And) and query.spelt:
        words = ()
    reference = not question and any(_is_reference(word, statistics) for word in words)
    rest = tuple(Translator(statistics).translate(other) for other in others) if words else ()
    near = dated.near if dated and not others else None
    spellings = _map_spellings(query) if words else {}
    plan, meant = Plan(match, tuple(extra), scored), find_long_titles(titles)
    return PlannedQuery(plan, words, rest, reference, near, spellings, meant, breadth)


def _match_titles(
    match: Node, query: Query, typed: str, others: list[Query], statistics: Statistics
) -> tuple[Node, list[Node]]:
    """Return a match that also has the papers whose titles were pasted, and their boosts."""
    if (others or typed.isupper()) and (title := match_pasted_title(query, typed, statistics)):
        match = any_of([match, Flat(title, EXACT_TITLE_BOOST)])
    titles = build_title_boosts(mask_record(typed), statistics)
    if titles and others and all(isinstance(other, Wildcard | Fuzzy) for other in others):
        match = any_of([match, *titles])  # A*3D: a title with a star
    return match, titles


def widen(planned: PlannedQuery, strict: int, statistics: Statistics) -> Plan | None:
    """Widen a query if too few papers have all its words.

    Args:
        planned: The planned query; papers with all of its words stay on top.
        strict: The number of those papers.
        statistics: Counts of the index.

    Returns:
        A plan that may find more papers, or None if the query need not be widened. What it finds
        does not depend on the order of the words.
    """
    if not planned.words or strict >= ENOUGH:
        return None
    more: Node | None
    boosts = limit_widened(list_boosts(planned.plan), planned.words, statistics)
    if planned.is_question:
        found, rarely = match_any_word(planned.words, statistics, question=True)
        more = any_of([found, *_match_joined(planned), *planned.titles])
        boosts = (*boosts, *rarely)
    elif strict and planned.is_short:
        more = _complete_one_word(planned, statistics)
    else:
        others = planned.spellings
        parts = [
            plan_fuzzy_word(row, statistics, respell=not strict, also=others.get(row, ()))
            for row in planned.words
        ]
        more = AnyOf(tuple(parts), count_required_words(len(parts)))
    if planned.near:
        more = any_of([planned.near, *([more] if more else [])])
    if more is None:
        return None
    wider = all_of([more, *planned.rest])
    if not strict:
        return Plan(wider, boosts)
    all_words = Flat(planned.plan.match, ALL_WORDS_BOOST)
    return Plan(any_of([planned.plan.match, wider]), (*boosts, all_words))


def widen_further(planned: PlannedQuery, statistics: Statistics) -> Plan | None:
    """Match papers with any word of a query of which no paper has most words.

    Args:
        planned: The planned query.
        statistics: Counts of the index.

    Returns:
        A plan, or None if `widen` matches these papers already.
    """
    if planned.is_question or count_required_words(len(planned.words)) < 2:  # noqa: PLR2004
        return None
    found, _ = match_any_word(planned.words, statistics, question=False)
    boosts = limit_widened(list_boosts(planned.plan), planned.words, statistics)
    return Plan(all_of([found, *planned.rest]), boosts)


def count_required_words(count: int) -> int:
    """Return how many of the words a paper must have when the query is widened.

    Tried, for 4 and 5 words, half of them or all but two: nDCG@10 .388 and .387 on Cranfield, .537
    and .536 on CACM; all but one of 4 words: .385 and .515.

    Args:
        count: The number of content words.
    """
    return max(1, count - 1 if count <= 3 else count // 2)  # noqa: PLR2004 - two of three


def _is_reference(word: Row, statistics: Statistics) -> bool:
    count = statistics.count_documents
    return len(word) == 1 and (
        read_year(word[0]) is not None or count("author", word[0]) > count("text", stem(word[0]))
    )


def _map_spellings(query: Query) -> dict[Row, tuple[Row, ...]]:
    """Map the plain words of a query, as rows of tokens, to their other spellings."""
    words = [leaf for leaf in list_leaves(query) if isinstance(leaf, Word) and not leaf.field]
    return {tuple(tokenise_word(word.text)): word.also for word in words if word.also}


def _complete_one_word(planned: PlannedQuery, statistics: Statistics) -> Node | None:
    """Match papers with all the words but one, and a completion of that one."""
    words, others = planned.words, planned.spellings
    match = Translator(statistics).match_anywhere
    known = [any_of(match(list(row), others.get(row, ()))) for row in words]
    ways = [
        all_of([*known[:at], longer, *known[at + 1 :]])
        for at, row in enumerate(words)
        if (longer := plan_completion(row, statistics))
    ]
    return any_of(ways) if ways else None


def _match_joined(planned: PlannedQuery) -> list[Node]:
    """Match the joined spellings of the words of a question that are written like ``pre-training``.

    Tried all other spellings, none and these: nDCG@10 .390, .392, .393 on Cranfield, .525, .530,
    .530 on CACM.
    """
    hyphenated = [others for row, others in planned.spellings.items() if len(row) > 1]
    joined = dict.fromkeys(row for others in hyphenated for row in others if len(row) == 1)
    return [match_spelling(row) for row in joined]


def _find_cited(query: Query, statistics: Statistics) -> list[DatedName]:
    """Find the authors and years of a list of citations; empty if anything else was typed."""
    if not isinstance(query, Or) or len(query.children) > MOST_CITED:
        return []
    found: list[DatedName] = []
    for branch in query.children:
        typed, _, others = _split_words(branch)
        dated = None if others else find_dated_name(typed, statistics)
        if dated is None or not dated.alone:
            return []
        found.append(dated)
    return found


def _split_words(query: Query) -> tuple[list[TypedWord], tuple[Row, ...], list[Query]]:
    """Split a query into plain words, the tokens of those that must match, and its other parts.

    In a long question, phrases count as plain words: people put quotes around names and terms.
    Stop words need not match if there are other words.
    """
    parts = query.children if isinstance(query, And) else (query,)
    plain = [p for p in parts if isinstance(p, Word | Phrase) and not p.field]
    if len(plain) < LONG_QUESTION:
        plain = [part for part in plain if isinstance(part, Word)]
    others = [part for part in parts if part not in plain]
    typed = [(part.text, row) for part in plain if (row := tuple(tokenise_word(part.text)))]
    optional = find_optional_words(typed)
    words = [row for (_, row), dropped in zip(typed, optional, strict=True) if not dropped]
    return typed, tuple(words or [row for _, row in typed]), others
