"""Find the titles of papers in what was pasted: a title with operators, a reference, a tab's title.

Figures come from ``python -m tests.bench.pasted --seed 2``.
"""

import re
from collections.abc import Iterator, Sequence

from index.text.analyser import tokenise
from search.language.stopwords import is_in_capitals
from search.language.tree import Fuzzy, Phrase, Query, Wildcard, Word, list_leaves
from search.planning.plan import Exact, Flat, Node, Statistics

SHORTEST_EXCLUDING = 5
"""Tokens of a title in which ``-`` before a word is no exclusion. In fewer words ``-`` excludes:
``graphs -directed`` does not mean the paper Graphs, Directed."""

SHORTEST_PASTED = 2
"""Tokens of a title that begins with a dash, or contains AND, OR or NOT."""

TITLE_BOOST = 2_500.0
"""Boost of a paper whose title is a part of what was pasted: above everything but a title that is
all of it. With it, tabs of IEEE Xplore rise from .70 to 1.0, of CVF from .90 to 1.0; references,
which any of their words may match, are 1.0 with and without; Cranfield and CACM do not change."""

SHORT_TITLE_BOOST = 40.0
"""The same for a title of one or two tokens, which may be the name of a journal or an author: with
the authors and the year beside it, its paper comes first. Chosen."""

SHORTEST_TITLE = 3
"""Tokens from which a title is more than a name."""

LEAST_PART = 0.06
"""The share of a text that a title between punctuation has; in less, as in an abstract, it counts
as a short title, except at the beginning: of 80 pages of 20,000 characters that begin with a title
and its abstract, .54 instead of .45 then find its paper first, .61 if it needs no other word."""

LONGEST_TITLE = 40
"""Tokens of the longest title that is looked for."""

MOST_TOKENS = 150
"""Tokens of a pasted text in which titles are looked for, from its beginning."""

LEAST_SHARE = 0.25
"""The share of a text that a title without punctuation around it has; in less, as in an abstract,
the words of a title often follow each other by chance."""

PROSE = 12
"""Tokens from which a text without a title's punctuation is read as words; chosen."""

_DASHES = "-\u2010-\u2015\u2212"
_APOSTROPHES = "'\u2018\u2019"
_PUNCTUATION = re.compile(
    r"[.,;:?!]+(?=\s|$)|\.(?=[A-Z]\w)|[\"\u201c-\u201f\xab\xbb\u2026|()\[\]{}\n\r=\u2022]"
    rf"|(?<!\w)[{_APOSTROPHES}]|[{_APOSTROPHES}](?!\w)|\s[{_DASHES}\xb7]\s"
)
"""What stands around the parts of a reference."""

_LEADING_DASH = re.compile(rf"\s*[{_DASHES}]+\s*\w")
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT)\b")


def match_pasted_title(query: Query, typed: str, statistics: Statistics) -> Node | None:
    """Match papers whose whole title was typed, even if it contains operators.

    ``Robot System, -Development of a Hand`` may be a title, and so may ``-omics: what next``, ``To
    Be OR NOT to Be`` and ``"Why?" (and how)``; a query with a field is not.

    Args:
        query: The tree.
        typed: The text that it was parsed from.
        statistics: Counts of the index.
    """
    leaves = list_leaves(query, negated=True)
    words = all(
        isinstance(leaf, Word | Phrase | Wildcard | Fuzzy) and not leaf.field for leaf in leaves
    )
    if not (words and leaves):
        return None
    row = tokenise(typed)
    title_like = _LEADING_DASH.match(typed) or _OPERATOR.search(typed) or is_in_capitals(typed)
    if len(row) < (SHORTEST_PASTED if title_like else SHORTEST_EXCLUDING):
        return None
    title = " ".join(row)
    return Exact("title_key", title) if statistics.count_documents("title_key", title) else None


def build_title_boosts(typed: str, statistics: Statistics) -> list[Node]:
    """Build the boosts of papers whose titles are parts of a text, such as a reference.

    Args:
        typed: What was pasted.
        statistics: Counts of the index.
    """
    row, edges = _split_parts(typed)
    if len(edges) == 2 and len(row) < PROSE:  # noqa: PLR2004 - one part: the text may be a title itself
        return []
    boosts: list[Node] = []
    for start, end in _find_titles(row, edges, statistics):
        least = len(row) * LEAST_PART if start else 0  # a page begins with its title
        is_title = end - start >= max(SHORTEST_TITLE, least)
        weight = TITLE_BOOST if is_title else SHORT_TITLE_BOOST
        boosts.append(Flat(Exact("title_key", " ".join(row[start:end])), weight))
    return list(dict.fromkeys(boosts))


def find_long_titles(boosts: Sequence[Node]) -> tuple[Node, ...]:
    """Return those boosts of titles that are more than a name or a few words of a text."""
    return tuple(one for one in boosts if isinstance(one, Flat) and one.score >= TITLE_BOOST)


def _split_parts(typed: str) -> tuple[list[str], set[int]]:
    """Return the first tokens of a text, and the places among them where its parts begin or end."""
    row: list[str] = []
    edges = {0}
    for part in _PUNCTUATION.split(typed):
        row += tokenise(part)
        edges.add(len(row))
        if len(row) >= MOST_TOKENS:
            break
    return row, edges


def _find_titles(
    row: Sequence[str], edges: set[int], statistics: Statistics
) -> Iterator[tuple[int, int]]:
    """Yield the places of titles, none of them inside another.

    A title lies between punctuation, or is a large share of the text.
    """
    covered = 0
    for start in range(len(row)):
        if start < covered:
            continue
        for end in _list_ends(row, start, statistics):
            delimited = start in edges and end in edges
            large = end - start >= max(SHORTEST_TITLE, len(row) * LEAST_SHARE)
            if (delimited or large) and statistics.count_documents(
                "title_key", " ".join(row[start:end])
            ):
                yield start, end
                covered = end
                break


def _list_ends(row: Sequence[str], start: int, statistics: Statistics) -> Iterator[int]:
    """Yield where a title may end, the longest first, if some title begins like this."""
    known = start + SHORTEST_TITLE
    if known <= len(row) and statistics.complete("title_key", " ".join(row[start:known]), 1):
        yield from range(min(len(row), start + LONGEST_TITLE), known - 1, -1)
    yield from range(min(len(row), known - 1), start, -1)
