"""Decide which words may be misspelt, and which words of titles probably are."""

import re

from search.language.stopwords import STOP_WORDS

SHORTEST = 4
"""Letters of a word that is checked; shorter words have too many neighbours."""

TWO_EDITS = 8
"""Letters from which on two edits are allowed instead of one; a swap of two letters is one edit."""

SLIPS = ((8, 500), (6, 2_000))
"""Letters from which a word may be misspelt in a title by one edit, and the papers with the better
word from which it is taken to be: in shorter words one edit more often makes another word. With the
first pair alone, ``baysian``, in three titles, is no misspelling. Chosen."""

_DOUBLED = re.compile(r"(.)\1")


def may_be_misspelt(typed: str, token: str) -> bool:
    """Return whether a word may be misspelt: it is no acronym, and long enough.

    Args:
        typed: The word as typed.
        token: The word, folded.
    """
    if len(token) < SHORTEST or not token.isalpha() or token in STOP_WORDS:
        return False
    return not any(letter.isupper() for letter in typed[1:])  # BERT and LoRA are names


def weigh_edits(token: str, word: str, edits: int) -> float:
    """Return the edits between two words; letters that are only out of order count half.

    ``bayse`` means "bayes" rather than "base", which is in more papers.
    """
    return edits / 2 if sorted(token) == sorted(word) else edits


def count_edits(token: str, word: str) -> float:
    """Count the edits between two words, see `weigh_edits`."""
    # Imported only for a misspelt word: the import takes 25 ms, which most searches save.
    from rapidfuzz.distance import OSA

    return weigh_edits(token, word, OSA.distance(token, word))


def is_slip(token: str, word: str, edits: float, papers: int) -> bool:
    """Return whether a word of a title is probably misspelt there.

    Args:
        token: The word of the title.
        word: The better word.
        edits: The edits between them.
        papers: The papers that contain the better word.

    Returns:
        Whether they differ by a doubled letter, or by one edit as in `SLIPS`.
    """
    doubled = _DOUBLED.sub(r"\1", token) == _DOUBLED.sub(r"\1", word)
    enough = (len(token) >= letters and papers >= least for letters, least in SLIPS)
    return doubled or (edits <= 1 and any(enough))
