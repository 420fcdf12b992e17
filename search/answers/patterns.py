"""Compile patterns of the words and phrases that are marked, as they stand in a folded text."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from index.text.analyser import SEPARATE_ASCII
from index.text.folding import find_foreign
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
    if (spaced := _space_words(folded)) is None:
        for letter in letters:
            for found in _compile_beginning(letter).finditer(folded):
                if (one := stem(found[0])) in stems:
                    yield *found.span(), one
        return
    for word in set(spaced.split()):
        if word[0] in letters and (one := stem(word)) in stems:
            asked, at = f" {word} ", -1
            while (at := spaced.find(asked, at + 1)) >= 0:
                yield at, at + len(word), one


def _space_words(folded: str) -> str | None:
    """Return a text with a space before it and in place of what is no word, one character each.

    Returns:
        The text, or None if words may have signs or letters beyond ASCII.
    """
    if "++" in folded or "#" in folded:
        return None
    if not folded.isascii() and any(map(str.isalnum, find_foreign(folded))):
        return None
    return f" {folded.encode('ascii', 'replace').translate(SEPARATE_ASCII).decode()} "


@lru_cache(1 << 10)
def _compile_beginning(letter: str) -> re.Pattern[str]:
    """Return a pattern for the words that begin with a letter.

    One pattern for all first letters of a query takes .3 ms to compile, and few queries have the
    same letters.
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
