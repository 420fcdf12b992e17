"""Choose the most telling words of a long text.

A pasted page has many hundred words. Those that few papers contain and that the text repeats tell
what it is about. Only these are searched, and a notice says how many of how many.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice
from math import log

from index.text.analyser import tokenise
from index.text.scripts import UNSPACED
from index.text.stems import stem_all
from search.language.notices import Notice
from search.language.parser import Parsed
from search.language.stopwords import STOP_WORDS
from search.language.tree import And, Query, Row, Word, all_of
from search.planning.asking_words import weigh_asking_word
from search.planning.boosts import is_passage
from search.planning.plan import Node, Statistics, Term, Tokens, Weighted, any_of
from search.planning.translate import match_name

_UNSPACED = re.compile(f"[{UNSPACED}]")

MOST_WORDS = 40
"""Different words of prose that are searched. Tried 30, 40 and 50: mean nDCG@10 .294, .306, .309
with abstracts of Cranfield and CACM as questions, one or two, and in a trial with long questions of
two collections outside of the project, LISA and CISI; .545, .544, .537 with questions of CACM. An
abstract takes 33 and 37 ms with 30 and 40 at 95,000 papers."""

FIRST_WORDS = 150
"""Words at the beginning of a text that weigh more: a page begins with the title and the abstract,
and the index holds nothing else. As many as the median abstract of paperlists has."""

FIRST_WEIGHT = 2.0
"""How much more they weigh. Of 50 pages of 20,000 characters that begin with the title and the
abstract of a paper, followed by 13 other abstracts, 1, 1.5, 2 and 3 put that paper first for .24,
.48, .80 and 1.0; with 250 words instead of 150 for .24, .40, .68 and .74."""

MOST_TIMES = 3
"""How often a word is searched that the text repeats, since repeated words weigh more. Tried 2, 3
and 9 with 30 words in the trial: .477, .493, .493; the square root of the frequency: .485 instead
of .496 with words of asking weighed."""

MOST_IDENTIFIERS = 50
"""Different identifiers of prose that are looked up. Chosen: a long bibliography has as many."""

MOST_MATCHED = 20
"""Words of a long question of which a paper must contain one; the others only rank. Common words
match most of the index and hardly change the first page. Tried 10, 20 and all 60 on CACM: nDCG@10
.499, .532 and .531."""

PASSAGE_MATCHED = 15
"""The same for a passage, whose words are counted once more by the words of the nearest papers.
Tried 10, 15 and 20: on abstracts of Cranfield 10 lowered nDCG@10 from .241 to .212 with 40 words;
an abstract takes 33 ms with 20 and 30 with 15 at 95,000 papers."""


def choose_telling_words(parsed: Parsed, statistics: Statistics) -> Parsed:
    """Reduce prose to its most telling words.

    Args:
        parsed: A parsed query.
        statistics: Counts of the index.

    Returns:
        The same query if it is no prose, or short; else the words that weigh most, in the order of
        the text, and a notice if others are left out. Stop words are dropped.
    """
    if not (parsed.prose and isinstance(parsed.query, And)):
        return parsed
    parts = parsed.query.children
    rows = _stem_words(parts)
    keys = [rows[part.text] if isinstance(part, Word) else part for part in parts]
    times = Counter(key for key in keys if isinstance(key, tuple) and key)
    if len(times) <= MOST_WORDS and len(parts) <= MOST_WORDS * MOST_TIMES:
        return parsed
    first = {key for key in keys[:FIRST_WORDS] if isinstance(key, tuple)}
    left: dict[Query | Row, int] = dict.fromkeys(_choose_rows(times, first, statistics), MOST_TIMES)
    chosen = len(left)
    identifiers = dict.fromkeys(key for key in keys if not isinstance(key, tuple))
    left |= dict.fromkeys(islice(identifiers, MOST_IDENTIFIERS), 1)
    kept: list[Query] = []
    for part, key in zip(parts, keys, strict=True):
        if left.get(key):
            left[key] -= 1
            kept.append(part)
    query = replace(parsed, query=all_of(kept))
    if chosen == len(times):
        return query
    end = max(part.at[1] for part in parts if isinstance(part, Word))
    message = f"Searched for the {chosen} most telling of {len(times):,} words"
    return replace(query, notices=(Notice(message, (0, end), whole=True), *parsed.notices))


def _stem_words(parts: tuple[Query, ...]) -> dict[str, Row]:
    """Return the stems of each word; none for stop words, if there are other words."""
    texts = {part.text for part in parts if isinstance(part, Word)}
    words = {text: tuple(tokenise(text)) for text in texts}
    only_stop_words = all(map(STOP_WORDS.issuperset, words.values()))
    return {
        text: tuple(stem_all(row)) if only_stop_words or not STOP_WORDS.issuperset(row) else ()
        for text, row in words.items()
    }


def match_any_word(
    words: tuple[Row, ...], statistics: Statistics, *, question: bool
) -> tuple[Node, tuple[Node, ...]]:
    """Match papers with any word of a query; a repeated word weighs more.

    Args:
        words: The words without stop words.
        statistics: Counts of the index.
        question: Whether the query is a question, in which words of asking weigh less.

    Returns:
        A node that matches the papers with one of the most telling words, and boosts for other
        words, the most telling first.
    """
    times = Counter(part for row in words for part in _split_row(row))
    counts = {row: _count_papers(row, statistics) for row in times}
    rarities = _measure_rarities(counts)
    weights = {
        row: times[row] * (weigh_asking_word(row[0]) if question else 1)
        for row in times
        if counts[row]
    }
    shares = {row: rarities[row] * (weights[row] if question else 1) for row in weights}
    telling = sorted(shares, key=lambda row: (-shares[row], row))
    ways = [list(_match_row(row, weights[row], statistics)) for row in telling]
    most = PASSAGE_MATCHED if is_passage(words) else MOST_MATCHED
    match = any_of([node for way in ways[:most] for node in way])
    return match, tuple(node for way in ways[most:] for node in way)


def _choose_rows(
    times: Mapping[Row, int], first: AbstractSet[Row], statistics: Statistics
) -> list[Row]:
    """Choose the words that weigh most: those that few papers have and that the text repeats.

    Args:
        times: How often each word is in the text.
        first: The words at its beginning.
        statistics: Counts of the index.
    """
    counts = {row: _count_stems(row, statistics) for row in times}
    # A word in no paper tells nothing, unless there are no other words.
    known = [row for row in times if counts[row]] or list(times)
    rarities = _measure_rarities(counts)
    weights = {
        row: (FIRST_WEIGHT if row in first else 1.0)
        * (1 + log(times[row]))
        * weigh_asking_word(row[0])
        * rarities[row]
        for row in known
    }
    return sorted(known, key=lambda row: (-weights[row], row))[:MOST_WORDS]


def _measure_rarities(counts: Mapping[Row, int]) -> dict[Row, float]:
    """Return how rare each word is, compared with the most common one."""
    papers = max(counts.values(), default=0)
    return {row: log(1 + papers / (1 + count)) for row, count in counts.items()}


def _count_stems(row: Row, statistics: Statistics) -> int:
    """Count the papers with the rarest of some stems."""
    if len(row) == 1:  # nearly always
        return statistics.count_documents("text", row[0])
    return min(statistics.count_documents("text", token) for token in row)


def _split_row(row: Row) -> list[Row]:
    """Split a word into its tokens, but not the characters of a script without spaces."""
    if len(row) > 1 and all(map(_UNSPACED.match, row)):
        return [row]
    return [(token,) for token in row if len(token) > 1]


def _count_papers(row: Row, statistics: Statistics) -> int:
    """Count the papers with a word in the text or in a name."""
    texts = _count_stems(tuple(stem_all(row)), statistics)
    return texts + (statistics.count_documents("author", row[0]) if len(row) == 1 else 0)


def _match_row(row: Row, weight: float, statistics: Statistics) -> Iterator[Node]:
    stems = tuple(stem_all(row))
    node = Term("text", stems[0]) if len(stems) == 1 else Tokens("text", stems)
    yield node if weight == 1 else Weighted(node, weight)
    if len(row) == 1 and weight >= 1:  # not of a word of asking
        yield from match_name(row[0], statistics)
