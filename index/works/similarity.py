"""Measure how similar the abstracts of two records are, and how far apart their years."""

from collections.abc import Set as AbstractSet

from index.works.features import Features

ABSTRACT_ALIKE = 0.5
"""Least share of words in common (Dice, 0 to 1) of two abstracts of one work. Among 72 records of
one author, those of one work have at least .61, even if rewritten; those of two at most .41."""

ABSTRACT_SAME = 0.9
"""The same for two published papers of different titles. Among 95,562 conference papers about
forty such pairs have .5 to .9; read one by one, most are two works (robots' arms and hands)."""


def measure_titles(one: str, other: str, least: float = 0) -> float:
    """Return how alike two titles are, 0 to 100, or 0 if they are less alike than ``least``."""
    from rapidfuzz import fuzz  # here, since every command imports this module and few need it

    return fuzz.ratio(one, other, score_cutoff=least)


def measure_similarity(one: Features, other: Features) -> float:
    """Return the share of words that two abstracts have in common.

    Returns:
        Dice's coefficient, 0 to 1; 0 if an abstract is missing.

    Source:
        Dice, "Measures of the amount of ecologic association between species", 1945.
    """
    if not one.text or not other.text:
        return 0.0
    if one.text == other.text:  # since splitting into words takes most of the time
        return float(bool(one.abstract))
    mine, theirs = one.abstract, other.abstract
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def measure_years_apart(mine: AbstractSet[int], theirs: AbstractSet[int]) -> int:
    """Return the least difference between the years of two records, 0 if one is unknown."""
    if not mine or not theirs:
        return 0
    return min(abs(one - other) for one in mine for other in theirs)
