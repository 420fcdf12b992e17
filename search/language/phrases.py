"""Read the words of a quoted phrase, in which ``*`` stands for a word or for the end of one.

``"attention * all"`` has exactly one word in the gap, and the last word of ``"deep learn*"`` is any
that begins like it. After a single letter ``*`` is punctuation, as in ``"A* search"``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from index.text.analyser import tokenise

SHORTEST_BEGUN = 2
"""Letters of a word that ``*`` completes; a letter before it is a name, as in ``A*``."""


_LETTER_STAR = re.compile(r"(?<![^\W_])[^\W_]\*")
"""A name such as ``A*`` or ``C*``."""


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """The words of a phrase.

    Attributes:
        tokens: The folded words in order; an empty one stands for any word.
        begun: The place of the word that may have any ending, or None.
        ignored: Whether a ``*`` has no meaning where it is.
    """

    tokens: tuple[str, ...]
    begun: int | None = None
    ignored: bool = False


def read_phrase(text: str, split: Callable[[str], list[str]] = tokenise) -> PhraseWords:
    """Read the words of a phrase.

    Args:
        text: The text between the quotation marks.
        split: Splits a text into tokens; those of names differ, since ``D'Amico`` is one.
    """
    if "*" not in text:
        return PhraseWords(tuple(split(text)))
    tokens: list[str] = []
    begun: int | None = None
    ignored = False
    for part in text.split():
        found = split(part)
        if part == "*" and tokens:
            tokens.append("")
            continue
        tokens += found
        if begun is None and _is_begun(part, found):
            begun = len(tokens) - 1
        else:
            ignored |= "*" in _LETTER_STAR.sub("", part)
    while tokens and not tokens[-1]:
        tokens.pop()
        ignored = True
    return PhraseWords(tuple(tokens), begun, ignored)


def _is_begun(part: str, found: list[str]) -> bool:
    return (
        part.count("*") == 1
        and part.endswith("*")
        and bool(found)
        and len(found[-1]) >= SHORTEST_BEGUN
    )
