"""Merge the many status words of dumps into the few labels by which papers are filtered.

Paperlists alone has 17 words: ``technical``, ``technical paper``, ``long``, ``tog paper`` and
``main`` all say that a paper is in the main programme. The index filters by the label; the paper
itself keeps and shows the dump's word.
"""

import re
from functools import lru_cache

LABELS = {
    "workshop": r"workshops?",
    "award": r"awards?|best|outstanding",
    "oral": r"orals?|talks?|plenary|notable top 5%",
    "spotlight": r"spotlights?|highlights?|notable top \d+%",
    "poster": r"posters?",
    "findings": r"findings",
    "demo": r"demos?|demonstrations?",
    "industry": r"industry|industrial|deployed",
    "student": r"student|students|doctoral|undergraduate",
    "short": r"short",
    "main": r"main|long|full|regular|technical|tog",
}
"""The words that lead to each label; the first label counts: ``poster workshop`` is a workshop's.
Chosen by the words of 95,099 papers of paperlists and of OpenReview's decisions. A status without
any of these words is its own label: ``rejected``, ``withdrawn``, ``retracted``, ``accepted``."""

_CACHED = 1 << 10
"""Words whose label is remembered; chosen."""

_JOINERS = re.compile(r"[-_\s]+")


@lru_cache(_CACHED)
def merge_status(status: str) -> str:
    """Return the label of a status, such as ``main`` for ``technical paper``.

    Args:
        status: A status as `index.normalise.closed_values.unify_status` writes it.
    """
    plain = _JOINERS.sub(" ", status)
    patterns = ((label, rf"(?<!\w)(?:{words})(?!\w)") for label, words in LABELS.items())
    return next((label for label, words in patterns if re.search(words, plain)), status)
