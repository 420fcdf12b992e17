"""Limit the boosts of words and neighbours to papers whose titles have the words.

Looking for words as written and for neighbours in every paper with common words takes longer than
finding these papers. A paper that comes first without having the words in its title is rare, so
others need not be looked at. Titles as a whole, names and citations may still lift any paper.

Figures are MRR@10 over the nine kinds of known items, of 95,000 papers, and the median processor
time to find ten hits for two to four words of titles, of 2 million.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.text.stems import stem
from search.language.stopwords import STOP_WORDS
from search.language.tree import Row
from search.planning.plan import (
    AllOf,
    AnyOf,
    ConditionalBoosts,
    Flat,
    Node,
    Plan,
    Statistics,
    Term,
    Tokens,
    Weighted,
    all_of,
    any_of,
)
from search.planning.years import read_year

MOST_REQUIRED = 2
"""Words that must be in the title, the rarest ones. Tried one, two and all: .9723, .9725,
.9725, where no number of papers was too few, and .9726 without any condition."""

FEW = 500
"""Papers up to which boosts are not limited, since they cost little. Without this, a name beside a
common word lost: MRR@10 of fullname+word .865 instead of .866. Chosen."""

SOME_REQUIRED = 2
"""Words that must be in the title if the query is widened, of the rarest ones. Chosen: as many as
papers must have when a query of three to five words is widened."""

MOST_ALTERNATIVES = 5
"""The rarest words from which these may be. Chosen. MRR@10 of words3+author is .995 instead of
.994, that of the other kinds does not change. A title of 17 words that 1.3 of 2 million papers have
any of takes .19 s of processor time on a busy machine instead of 1.87 s."""

MANY = 5_000
"""Papers with the second most frequent word up to which the boosts of a widened query are not
limited. Chosen: more than the judged collections have papers."""


def limit_boosts(plan: Plan, words: Sequence[Row], statistics: Statistics) -> Plan:
    """Return a plan whose boosts of words and neighbours are limited to titles with the words.

    Args:
        plan: The plan of a query, in which all words must match.
        words: Its content words.
        statistics: Counts of the index.
    """
    tokens = [token for row in words for token in row if token not in STOP_WORDS]
    limited = tuple(boost for boost in plan.boosts if _is_frequent(boost))
    if not limited or _count_most(tokens, statistics) <= FEW:
        return plan
    required, others = _choose_words(tokens, statistics)
    if not required:
        return plan
    condition = _join_names(all_of([Term("title", word) for word in required]), others)
    free = (boost for boost in plan.boosts if boost not in limited)
    within = tuple(_limit_phrase(boost, required) for boost in limited)
    return replace(plan, boosts=(*free, ConditionalBoosts(condition, within)))


def _join_names(titles: Node, names: Sequence[str]) -> Node:
    """Match titles, or those with a word that is a name more often.

    Of ``adam optimizer``, papers about Adam had lost their boosts to any with optimisers.
    """
    return any_of([titles, *(Term("title", word) for word in names)])


def limit_widened(
    boosts: Sequence[Node], words: Sequence[Row], statistics: Statistics
) -> tuple[Node, ...]:
    """Return the boosts of a widened query, limited to titles with some of the words.

    Args:
        boosts: The boosts, without conditions.
        words: The content words of the query, of which papers need not have all.
        statistics: Counts of the index.
    """
    tokens = [token for row in words for token in row if token not in STOP_WORDS]
    limited = tuple(boost for boost in boosts if _is_frequent(boost))
    counts = sorted(statistics.count_documents("text", stem(one)) for one in set(tokens))
    if not limited or len(counts) < SOME_REQUIRED or counts[-SOME_REQUIRED] <= MANY:
        return tuple(boosts)
    required, names = _choose_words(tokens, statistics, MOST_ALTERNATIVES)
    if not required:
        return tuple(boosts)
    titles = tuple(Term("title", word) for word in required)
    condition = _join_names(AnyOf(titles, min(SOME_REQUIRED, len(titles))), names)
    others = (boost for boost in boosts if boost not in limited)
    within = tuple(_limit_phrase(boost, required) for boost in limited)
    return (*others, ConditionalBoosts(condition, within))


def _limit_phrase(boost: Node, required: Sequence[str]) -> Node:
    """Let a phrase be looked for only in papers with its words in the title.

    An engine that looks for the next paper with a phrase reads the places of words in all papers
    before that, unless something rarer must match too: the 95th percentile was 25 ms, now 18.
    """
    match boost:
        case Weighted(Tokens(field, tokens) as phrase, factor):
            words = dict.fromkeys(tokens) if field == "text" else required
            titles = (Flat(Term("title", word), 0.0) for word in words)
            return Weighted(AllOf((*titles, phrase)), factor)
        case _:
            return boost


def list_boosts(plan: Plan) -> tuple[Node, ...]:
    """Return the boosts of a plan without the conditions of `limit_boosts`."""
    return tuple(
        _free_phrase(one)
        for boost in plan.boosts
        for one in (boost.boosts if isinstance(boost, ConditionalBoosts) else (boost,))
    )


def _free_phrase(boost: Node) -> Node:
    """Return a boost without the conditions of `_limit_phrase`."""
    match boost:
        case Weighted(AllOf((Flat(Term("title"), 0.0), *_, Tokens() as phrase)), factor):
            return Weighted(phrase, factor)
        case _:
            return boost


def _is_frequent(boost: Node) -> bool:
    """Return whether a boost is for a word or for neighbours, which many papers have."""
    match boost:
        case Term() | Weighted(Term() | Tokens("text" | "title_exact")):
            return True
        case Flat(Term("title_exact") | AnyOf((Term("title_exact"), *_))):
            return True
        case _:
            return False


def _count_most(tokens: Sequence[str], statistics: Statistics) -> int:
    """Return about the most papers that can match: as many as have the rarest word."""
    count = statistics.count_documents
    known = [count("text", stem(token)) + count("author", token) for token in tokens]
    return min((found for found in known if found), default=0)


def _choose_words(
    tokens: Sequence[str], statistics: Statistics, most: int = MOST_REQUIRED
) -> tuple[list[str], list[str]]:
    """Return the stems of the rarest words, and of those that are names or venues more often.

    Neither are years or words that no title has.
    """
    count = statistics.count_documents
    found: dict[str, int] = {}
    named: list[str] = []
    for token in tokens:
        word = stem(token)
        if read_year(token) is not None or not count("title", word):
            continue
        papers = count("text", word)
        if max(count("author", token), count("venue_short", token)) > papers:
            named.append(word)
        else:
            found[word] = papers
    required = sorted(found, key=lambda word: (found[word], word))[:most]
    return required, [word for word in dict.fromkeys(named) if word not in found]
