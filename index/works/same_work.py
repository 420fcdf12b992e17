"""Decide whether two records describe the same work.

A title alone is never enough. In falling order of certainty, two records are joined by:

1. `SAME_ID`: the same id;
2. `SAME_IDENTIFIER`: the same DOI or arXiv id, unless the titles differ and so do the authors or
   abstracts (some dumps give every paper the DOI of its volume);
3. `SAME_TITLE`: the same title, an author in common, and years at most two apart; for a title that
   many papers have (``Editorial``), the abstracts must be similar as well;
4. `ALIKE`: similar titles, similar abstracts and an author in common, whatever the years. If both
   are published, the abstracts must be nearly the same: groups publish series of similar papers.

Records with two different arXiv ids are two works, and so are titles that differ by a number
(``Part II``, ``TREC 2020``) or by a word such as ``Erratum``.
"""

import re
from enum import IntEnum

from rapidfuzz import fuzz

from index.works.features import BARE, Features

TITLE_ALIKE = 85.0
"""Least `rapidfuzz.fuzz.ratio` (0 to 100) of two titles of one work. Among 72 records of one
author, the one retitled work has 88, and the closest two works (D4RL and D5RL) have 84."""

ABSTRACT_ALIKE = 0.5
"""Least share of words in common (Dice, 0 to 1) of two abstracts of one work. Among the same
records, those of one work have at least .61, even if rewritten; those of two works at most .41."""

ABSTRACT_SAME = 0.9
"""The same for two published papers of different titles. Among 95,562 conference papers about
forty such pairs have .5 to .9; read one by one, most are two works (robots' arms and hands)."""

YEARS_APART = 2
"""Most years between a preprint and its publication, if only title and author agree."""

_REMARKS = frozenset(
    "addendum comment comments corrections correction corrigendum discussion erratum errata "
    "rebuttal rejoinder reply response supplement supplementary".split()
)
_GENERIC = re.compile(
    r"(?:guest |joint )?(?:editorial|editors? (?:note|introduction))\b.*|foreword|preface"
    r"|abstracts?|(?:brief )?introduction(?: (?:to|for) (?:the|this) .*(?:issue|section|track).*)?"
    r"|(?:book |software )?reviews?|obituary|in memoriam|letters? to the editors?|front ?matter"
    r"|(?:table of )?contents|(?:author |subject )?index|news|acknowledge?ments?|conclusions?"
    r"|summary|(?:welcome )?message from .*|welcome|panel(?: discussion)?|keynote.*|invited .*"
    r"|discussion|comments?|reply|response|rejoinder|erratum|errata|corrigendum|corrections?"
)
"""Complete titles that many works share, even with the same authors in the same years."""


class Bond(IntEnum):
    """The certainty that two records are one work; 0 if there is no evidence."""

    NONE = 0
    ALIKE = 1
    SAME_TITLE = 2
    SAME_IDENTIFIER = 3
    SAME_ID = 4


def share_author(one: Features, other: Features) -> bool:
    """Return whether two records share an author; ``A. Kumar`` matches any Kumar with an A."""
    return any(
        first.startswith(second) or second.startswith(first)
        for name in one.names.keys() & other.names.keys()
        for first in one.names[name]
        for second in other.names[name]
    )


def find_bond(one: Features, other: Features) -> Bond:
    """Return the strongest bond between two records, by the rules above.

    Args:
        one: The features of a record.
        other: The features of another; the order does not matter.
    """
    if one.id == other.id:
        return Bond.SAME_ID
    # A part, which has no title, belongs to the paper of its id and to no other.
    whole = bool(one.title and other.title)
    if whole and one.identifiers & other.identifiers and not _disagree(one, other):
        return Bond.SAME_IDENTIFIER
    if not whole or _have_two_arxiv_ids(one, other) or not share_author(one, other):
        return Bond.NONE
    if one.title == other.title and _have_close_years(one, other) and not has_generic_title(one):
        return Bond.SAME_TITLE
    if have_similar_titles(one, other) and measure_similarity(one, other) >= _minimum_similarity(
        one, other
    ):
        return Bond.ALIKE
    return Bond.NONE


def _minimum_similarity(one: Features, other: Features) -> float:
    series = one.published and other.published and one.title != other.title
    return ABSTRACT_SAME if series else ABSTRACT_ALIKE


def contradict(one: Features, other: Features) -> bool:
    """Return whether two records cannot be one work, even if a third one is similar to both.

    Args:
        one: The features of a record.
        other: The features of another; the order does not matter.

    Returns:
        True if no bond joins them and their arXiv ids, titles or abstracts differ.
    """
    if find_bond(one, other):
        return False
    if _have_two_arxiv_ids(one, other) or _disagree(one, other):
        return True
    if one.title == other.title:
        return has_generic_title(one)
    return _have_different_abstracts(one, other) or differ_by_number(one, other)


def have_similar_titles(one: Features, other: Features) -> bool:
    """Return whether two titles are nearly the same and do not differ by a significant word."""
    if one.title == other.title:
        return True
    if fuzz.ratio(one.title, other.title, score_cutoff=TITLE_ALIKE) < TITLE_ALIKE:
        return False
    return not differ_by_number(one, other)


def differ_by_number(one: Features, other: Features) -> bool:
    """Return whether two titles have different numbers, or one is a remark on the other.

    A name with a digit that only one title has (``D5RL: ...``) does not count as a difference.
    """
    if (set(one.words) ^ set(other.words)) & _REMARKS:
        return True
    mine, theirs = one.numbers - other.numbers, other.numbers - one.numbers
    return bool(mine and theirs) or any(map(BARE.fullmatch, [*mine, *theirs]))


def has_generic_title(one: Features) -> bool:
    """Return whether many works have this title: one word, or ``Introduction to this issue``."""
    return len(one.words) < 2 or bool(_GENERIC.fullmatch(one.title))  # noqa: PLR2004 - one word


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


def _have_close_years(one: Features, other: Features) -> bool:
    if not one.years or not other.years:
        return True
    return min(abs(a - b) for a in one.years for b in other.years) <= YEARS_APART


def _have_two_arxiv_ids(one: Features, other: Features) -> bool:
    return bool(one.arxiv and other.arxiv) and not one.arxiv & other.arxiv


def _disagree(one: Features, other: Features) -> bool:
    """Return whether titles differ and authors or abstracts do too.

    Versions of one arXiv id may differ in title and abstract, so only their authors count.
    """
    if fuzz.ratio(one.title, other.title) >= TITLE_ALIKE:
        return False
    if one.names and other.names and not share_author(one, other):
        return True
    return not one.arxiv & other.arxiv and _have_different_abstracts(one, other)


def _have_different_abstracts(one: Features, other: Features) -> bool:
    """Return whether both records have abstracts that differ too much for one work."""
    if not one.text or not other.text or measure_similarity(one, other) >= ABSTRACT_ALIKE:
        return False
    return bool(one.abstract and other.abstract)
