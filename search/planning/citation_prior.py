"""Rank cited papers higher the broader a query is.

Many papers fit a topic of one to three words equally well, and of these people mean the ones that
everyone cites. A query that means one paper gets little of this or nothing. Citations add to the
score of a hit and never decide whether it is one. An index without citation counts is ranked as if
this module did not exist.

The figures below are the share of the first ten hits that are among the ten most cited papers with
the topic in their title, and the share of hits about the topic, over the 100 topics of
``python -m tests.bench.topics``, on which the constants were chosen. Without citations they are
.168 and .999.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import log

from index.fields import CITED_STEPS
from index.text.analyser import tokenise_word
from index.text.stems import stem
from search.language.stopwords import STOP_WORDS
from search.language.tree import Phrase, Query, Row
from search.planning.browsing import ranks_hits
from search.planning.plan import (
    Exact,
    Flat,
    Node,
    Pattern,
    Plan,
    Statistics,
    Term,
    Tokens,
    Weighted,
    any_of,
)
from search.planning.years import read_year

CITATION_WEIGHT = 2.0
"""Weight of the natural logarithm of the citations for the broadest queries. Tried 2, 2.5 and 3:
.610, .623, .612 and .995, .985, .969: more weight brings in papers beside the topic."""

COUNTED_SHARE = 4
"""One in this many of the papers with a count may get a boost. The others, the papers without a
count and those too new to be cited are ranked by their texts alone, as if all had a tenth of the
citations of the first step. It is also a matter of time: an engine reads the list of each step, and
with one in two a search for a topic took .35 ms longer of 3.4 at 95,000 papers, for .630."""

FIRST_RATIO = 10.0
"""The citations of the first step that counts, as a multiple of what all others are taken to have.
Tried 3 and 10: .593 and .610."""

MOST_WORDS = 3
"""Words of a topic; each word more halves the breadth. Chosen: the known items have the same MRR@10
if breadth does not depend on the number of words."""

LONGEST_TOPIC = 5
"""Words up to which a query may be a topic, with a venue and a year; chosen."""

FEW_PAPERS = 3
"""Papers up to which a query is not broad; the first page shows them all."""

MANY_PAPERS = 100
"""Papers from which a query is broad. Tried 30, 100 and 300: .624, .621, .611."""

FALL_PER_WORD = 5
"""How many times fewer papers have another word, too. By the 100 topics and 150 pairs and triples
of words from one title, the papers with all of 2 and 3 words are e**-2.1 of those with the rarest,
where an estimate by the counts of all words is about as uncertain. Tried 3 and 5: .624, .621."""

DATED_BREADTH = 0.5
"""Breadth of a query that names a year: it means one paper or a few. On the known items, author,
year and word rose from .988 to .990 with it, and venue, year and words from .989 to .991."""

NAME_BREADTH = 0.02
"""Breadth of a query of nothing but names, whose papers nothing else orders. All steps together
stay below the smallest difference between the scores in `search.planning.author_names` that tell
names apart, which is 1. Chosen."""

NAME_SCORE = 10.0
"""Score of neighbours in a query of names that are neighbours in a name: ``Ian Goodfellow``. Their
BM25 falls with the number of authors, which would then order the papers of one person. As much as
each of the words scores; in a query with other words the known items need the BM25: MRR@10 of
fullname+word .866, and .851 with this score, as with 15."""

MOSTLY_NAME = 0.5
"""Share of the papers with a word that have it as a name, from which it is a name; chosen."""

TOPIC_TITLE_BOOST = 5.0
"""Boost of a title with all words of a topic, in any inflection. It takes the place of the weights
of words as written, which ranked ``Transformer`` far above ``Transformers``. Tried 2, 3, 5 in place
of them and 0 beside them: .604, .610, .622, .549."""

TOPIC_PAIR_FACTOR = 3.0
"""How much more neighbours in the query count for the broadest ones, so that a paper on objects and
on detection is not taken for one on object detection. Tried 1, 2, 3 and 5: .556, .555, .549, .531
and .980, .990, .996, .998, with words as written."""

COMMON_BEGINNING = 4
"""Titles that begin with a topic, from which none of them is probably being typed. The boost of
such titles then falls to `TOPIC_TITLE_BOOST`. Tried never, 10 and always: .611, .626 and .646, but
MRR@10 of prefix .945, .945 and .930. Then 10, 7, 5, 4 and 3, with rare joined spellings weighing
less: .638, .647, .647, .651, .651; MRR@10 of every kind is the same with 10, 5 and 4."""


def measure_breadth(words: Sequence[Row], others: Sequence[Query], statistics: Statistics) -> float:
    """Return how broad a query is, from 0 for one that means a paper to 1 for a topic.

    Args:
        words: The content words without field or operator.
        others: The other parts of the query.
        statistics: Counts of the index.
    """
    quoted = [row for other in others if (row := _read_quoted(other))]
    ranking = [other for other in others if ranks_hits(other)]
    if len(ranking) > len(quoted):
        return NAME_BREADTH if not words and all(map(_is_author, ranking)) else 0.0
    rows = [*words, *quoted]
    if len(rows) > LONGEST_TOPIC:
        return 0.0
    topic = [row for row in rows if not (_is_year(row) or _is_venue(row, statistics))]
    if not topic:  # a venue with a year means its papers of that year, which are ranked already
        return 1.0 if len({_is_year(row) for row in rows}) == 1 else 0.0
    breadth = 1.0 if topic == rows or not any(map(_is_year, rows)) else DATED_BREADTH
    for row in topic:
        breadth *= 1 - _measure_name(row, statistics)
    breadth *= _measure_size(topic, statistics) * 0.5 ** max(0, len(topic) - MOST_WORDS)
    are_names = all(_measure_name(row, statistics) >= MOSTLY_NAME for row in topic)
    return max(breadth, NAME_BREADTH) if are_names else breadth


def prefer_cited(plan: Plan, breadth: float, weight: float, statistics: Statistics) -> Plan:
    """Return a plan that ranks cited papers higher.

    Args:
        plan: The plan of a query.
        breadth: How broad the query is; for a broad one, inflections in titles count alike.
        weight: How much citations count, from 0 to 1.
        statistics: Counts of the index.
    """
    if not (weight and plan.scored):
        return plan
    cited = build_citation_boosts(weight, statistics)
    if not cited:
        return plan
    topic = (breadth - DATED_BREADTH) / (1 - DATED_BREADTH)
    boosts: Sequence[Node] = plan.boosts
    if topic > 0:
        boosts = _rank_topic(boosts, topic, statistics)
    elif breadth == NAME_BREADTH:
        boosts = list(map(_level_name, boosts))
    return replace(plan, boosts=(*boosts, *cited))


def build_citation_boosts(weight: float, statistics: Statistics) -> list[Node]:
    """Build the boosts of cited papers; none if the index has no citation counts.

    Args:
        weight: How much citations count, from 0 to 1.
        statistics: Counts of the index.
    """
    most = max(1, statistics.count_documents("has", "citations") // COUNTED_SHARE)
    steps: list[int] = []
    for step in reversed(CITED_STEPS):
        count = statistics.count_documents("cited", str(step))
        if count > most:
            break
        steps[:0] = [step] if count else []
    former = [step / FIRST_RATIO for step in steps[:1]] + steps[:-1]
    return [
        Flat(Exact("cited", str(step)), CITATION_WEIGHT * weight * log(step / before))
        for step, before in zip(steps, former, strict=True)
    ]


def _rank_topic(boosts: Sequence[Node], breadth: float, statistics: Statistics) -> list[Node]:
    """Let all inflections of a word in a title count alike, and neighbours count more."""
    words = [boost for boost in boosts if _is_title_word(boost)]
    found: list[Node] = []
    for boost in boosts:
        match boost:
            case Weighted(Term("title_exact", token) as word, factor):
                if breadth < 1:
                    found.append(Weighted(word, factor * (1 - breadth)))
                forms = any_of([Term("title_exact", one) for one in _list_forms(token, statistics)])
                found.append(Flat(forms, TOPIC_TITLE_BOOST * breadth / len(words)))
            case Weighted(Tokens("text") as pair, factor):
                found.append(Weighted(pair, factor * (1 + (TOPIC_PAIR_FACTOR - 1) * breadth)))
            case Flat(Pattern("title_key") as title, score) if _begins_many(title, statistics):
                found.append(Flat(title, score ** (1 - breadth) * TOPIC_TITLE_BOOST**breadth))
            case _:
                found.append(boost)
    return found


def _level_name(boost: Node) -> Node:
    """Score the neighbours in a name alike in all papers."""
    match boost:
        case Weighted(Tokens("author") as name):
            return Flat(name, NAME_SCORE)
        case _:
            return boost


def _begins_many(title: Pattern, statistics: Statistics) -> bool:
    """Return whether many titles begin with a query."""
    beginning = title.pattern.removesuffix("*")
    found = statistics.complete(title.field, beginning, COMMON_BEGINNING)
    return len(found) >= COMMON_BEGINNING


def _is_title_word(boost: Node) -> bool:
    return (
        isinstance(boost, Weighted)
        and isinstance(boost.child, Term)
        and boost.child.field == "title_exact"
    )


def _list_forms(token: str, statistics: Statistics) -> list[str]:
    """List a word and its plural or singular, if the index has that."""
    others = [f"{token}s", f"{token}es"]
    others += [token.removesuffix(end) for end in ("s", "es") if token.endswith(end)]
    if token.endswith("y"):
        others.append(f"{token[:-1]}ies")
    if token.endswith("ies"):
        others.append(f"{token[:-3]}y")
    known = [other for other in others if statistics.count_documents("title_exact", other)]
    return [token, *(other for other in known if stem(other) == stem(token))]


def _read_quoted(other: Query) -> Row:
    """Return the words of a short phrase in quotes; none for any other part of a query."""
    if not isinstance(other, Phrase) or other.field:
        return ()
    row = tuple(tokenise_word(other.text))
    return row if len(row) <= MOST_WORDS else ()


def _is_author(other: Query) -> bool:
    return isinstance(other, Phrase) and other.field == "author"


def _is_year(row: Row) -> bool:
    return len(row) == 1 and read_year(row[0]) is not None


def _is_venue(row: Row, statistics: Statistics) -> bool:
    """Return whether a word is a venue in more papers than it is a word."""
    venues = statistics.count_documents("venue_short", row[0]) if len(row) == 1 else 0
    return venues > statistics.count_documents("text", stem(row[0])) if venues else False


def _measure_name(row: Row, statistics: Statistics) -> float:
    """Return how much rather a word is a name, from 0 to 1."""
    if len(row) > 1:
        return 0.0
    names = statistics.count_documents("author", row[0])
    return min(1.0, names / max(1, statistics.count_documents("text", stem(row[0]))))


def _measure_size(rows: Sequence[Row], statistics: Statistics) -> float:
    """Return how many papers have all the words, from 0 for a page to 1 for many.

    The number is estimated from that of the rarest word, since exact counts would need a search.
    """
    stems = {stem(token) for row in rows for token in row if token not in STOP_WORDS}
    if not stems:
        return 0.0
    rarest = min(statistics.count_documents("text", one) for one in stems)
    papers = rarest / FALL_PER_WORD ** (len(stems) - 1)
    if papers <= FEW_PAPERS:
        return 0.0
    return min(1.0, log(papers / FEW_PAPERS) / log(MANY_PAPERS / FEW_PAPERS))
