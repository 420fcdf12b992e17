"""Compile patterns of the words and phrases that are marked, as they stand in a folded text."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from index.text.stems import stem
from search.language.phrases import PhraseWords

NEVER = re.compile(r"(?!)")
"""Matches nothing."""

_FIRST_LETTERS = {"c": "ck", "e": "aeo", "i": "ei"}
"""The first letters of words whose stems begin with a letter, where there are others: the stem of
``kerb`` begins with c, those of ``aesthetic`` and ``oestrogen`` with e and that of ``enquiry`` with
i (`index.text.word_forms`). No others are in 126,000 words of paperlists."""


def list_first_letters(stems: Iterable[str]) -> frozenset[str]:
    """Return the first letters of all words whose stems are among some stems."""
    return frozenset(letter for one in stems for letter in _FIRST_LETTERS.get(one[0], one[0]))


def find_stems(
    folded: str, stems: Collection[str], letters: Collection[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a folded text that have certain stems, in no order.

    Args:
        folded: The text.
        stems: The stems.
        letters: Their first letters, see `list_first_letters`.

    Yields:
        (start, end, stem): offsets into the text, and the stem of the word there.
    """
    for letter in letters:
        for word in _compile_beginning(letter).finditer(folded):
            if (one := stem(word[0])) in stems:
                yield *word.span(), one


@lru_cache(1 << 10)
def _compile_beginning(letter: str) -> re.Pattern[str]:
    """Return a pattern for the words that begin with a letter.

    One pattern for all first letters of a query takes .3 ms to compile, and few queries have the
    same letters. To look for words with the stems among the different words of a text took 1.15 ms
    for ten abstracts instead of .95.
    """
    first = re.escape(letter)
    # The letter comes before the condition on what precedes it, since a letter is searched fast.
    return re.compile(rf"{first}(?<![^\W_].)(?:(?:\+\+|\#)(?![^\W_])|[^\W_]*)", re.DOTALL)


def match_phrase(words: PhraseWords) -> str:
    """Return a pattern for a phrase, in which an empty token is any word."""
    parts = [_match_token(word) if word else r"[^\W_]+" for word in words.tokens]
    if words.begun is not None:
        parts[words.begun] = re.escape(words.tokens[words.begun]) + r"[^\W_]*"
    return r"[\W_]+".join(parts)


def _match_token(word: str) -> str:
    """Return a pattern for a token as written; ``C`` does not fit in ``C++`` or ``C#``."""
    return re.escape(word) + (r"(?!(?:\+\+|\#)(?![^\W_]))" if len(word) == 1 else "")


def match_wildcard(pattern: str) -> str:
    """Return a pattern for the words that fit a folded pattern with ``*`` and ``?``."""
    signs = {"*": r"[^\W_]*", "?": r"[^\W_]"}
    return "".join(signs.get(sign) or re.escape(sign) for sign in pattern)


def compile_exact(parts: list[str]) -> re.Pattern[str]:
    """Compile a pattern for whole words that fit one of some patterns, in its first group."""
    chosen = sorted({part for part in parts if part}, key=len, reverse=True)
    # The lookahead consumes nothing, so overlapping matches are found too.
    return re.compile(rf"(?<![^\W_])(?=((?:{'|'.join(chosen)})(?![^\W_])))") if chosen else NEVER
