"""Match the other spellings of words, which `search.planning.spellings` finds."""

from collections.abc import Callable, Sequence
from math import log1p

from index.text.stems import stem, stem_all
from search.language.tree import Row
from search.planning.plan import Node, Term, Tokens, Weighted, all_of

SPLIT_WEIGHT = 0.5
"""Weight of the parts of a word that was typed joined. A phrase of two scores like two words, and
the word as typed should come first."""


def match_spelling(row: Row) -> Node:
    """Return a node that matches another spelling of a word in the text."""
    if len(row) == 1:
        return Term("text", stem(row[0]))
    return Weighted(Tokens("text", tuple(stem_all(row))), SPLIT_WEIGHT)


def match_other_spelling(row: Row, typed: Sequence[str], count: Callable[[str, str], int]) -> Node:
    """Match another spelling of a typed word; a joined one that is rarer counts less.

    ``languagemodels`` is in four papers by mistake, and with the weight of so rare a word they came
    before all papers on language models. With and without it, .626 and .638 of the first ten hits
    of `tests.bench.topics` are among the most cited, and .995 and .997 are about the topic; nDCG@10
    is .3927 and .3925 on Cranfield, and CACM and the known items do not change.

    Args:
        row: The tokens of the other spelling.
        typed: The tokens of the word as typed.
        count: Counts the papers with a token in a field.
    """
    match = match_spelling(row)
    if len(row) > 1:
        return match
    rarest = min(count("text", one) for one in stem_all(typed))
    share = log1p(count("text", stem(row[0]))) / log1p(rarest) if rarest else 1.0
    return Weighted(match, share) if 0 < share < 1 else match


def match_stems(field: str, found: Sequence[str]) -> Node:
    """Match a word in a field of stems, which has no positions: those of the text must do."""
    terms: list[Node] = [Term(field, token) for token in stem_all(found)]
    return all_of([Tokens("text", tuple(stem_all(found))), *terms] if len(terms) > 1 else terms)
