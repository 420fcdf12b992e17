"""Answers: do two records speak of one work?

A title alone never says so. In falling order of certainty:

1. `SAME_ID`: the same id;
2. `SAME_IDENTIFIER`: the same DOI or arXiv id, unless the title and the authors or the abstract
   say otherwise (some dumps give every paper the DOI of its volume);
3. `SAME_TITLE`: the same title, an author in common, and years at most two apart; of a title
   that many papers have (``Editorial``), only if the abstracts are alike as well;
4. `ALIKE`: titles and abstracts alike, and an author in common, in whatever years. Of two published
   papers the abstracts must be nearly the same: groups publish series of like papers.

Two different arXiv ids are two works, and so are titles that differ by a number (``Part II``,
``TREC 2020``) or by a word such as ``Erratum``.
"""

import re
from enum import IntEnum

from rapidfuzz import fuzz

from index.works.features import BARE, Features

TITLE_ALIKE = 85.0
"""Least `rapidfuzz.fuzz.ratio` of two titles of one work, of 100. Of 72 records of one author the
one retitled work has 88, the closest two works (D4RL and D5RL) have 84."""

ABSTRACT_ALIKE = 0.5
"""Least share of words in common (Dice). Of the same records abstracts of one work have .61 or
more, one of them rewritten; those of two works .41 or less."""

ABSTRACT_SAME = 0.9
"""The same of two published papers of different titles. Source: of 95,562 conference papers some
forty such pairs have .5 to .9; read one by one, most are of two works (robots' arms and hands)."""

YEARS_APART = 2
"""Years between a preprint and its publication, at most, where only title and author agree."""

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
"""Titles of whole words that many works share, however alike their authors and years."""


class Bond(IntEnum):
    """How surely two records are of one work; 0 if nothing says so."""

    NONE = 0
    ALIKE = 1
    SAME_TITLE = 2
    SAME_IDENTIFIER = 3
    SAME_ID = 4


def share_author(one: Features, other: Features) -> bool:
    """Tell whether two records share an author; ``A. Kumar`` may be any Kumar with an A."""
    return any(
        first.startswith(second) or second.startswith(first)
        for name in one.names.keys() & other.names.keys()
        for first in one.names[name]
        for second in other.names[name]
    )


def find_bond(one: Features, other: Features) -> Bond:
    """Tell what makes two records one work, by the rules above.

    Args:
        one: A record.
        other: Another; the order does not matter.

    Returns:
        The surest bond that they have.
    """
    if one.id == other.id:
        return Bond.SAME_ID
    # A part, which has no title, adds to the paper of its id and to no other.
    whole = bool(one.title and other.title)
    if whole and one.identifiers & other.identifiers and not _strangers(one, other):
        return Bond.SAME_IDENTIFIER
    if not whole or _two_arxiv_ids(one, other) or not share_author(one, other):
        return Bond.NONE
    if one.title == other.title and _near(one, other) and not is_generic(one):
        return Bond.SAME_TITLE
    if have_similar_titles(one, other) and measure_similarity(one, other) >= _least_likeness(
        one, other
    ):
        return Bond.ALIKE
    return Bond.NONE


def _least_likeness(one: Features, other: Features) -> float:
    series = one.published and other.published and one.title != other.title
    return ABSTRACT_SAME if series else ABSTRACT_ALIKE


def contradict(one: Features, other: Features) -> bool:
    """Tell whether two records cannot be one work, even if a third one is like both.

    Args:
        one: A record.
        other: Another; the order does not matter.

    Returns:
        True if no bond joins them and arXiv ids, titles or abstracts differ.
    """
    if find_bond(one, other):
        return False
    if _two_arxiv_ids(one, other) or _strangers(one, other):
        return True
    if one.title == other.title:
        return is_generic(one)
    return _unlike(one, other) or differ_by_number(one, other)


def have_similar_titles(one: Features, other: Features) -> bool:
    """Tell whether two titles are nearly the same and do not differ by a word that counts."""
    if one.title == other.title:
        return True
    if fuzz.ratio(one.title, other.title, score_cutoff=TITLE_ALIKE) < TITLE_ALIKE:
        return False
    return not differ_by_number(one, other)


def differ_by_number(one: Features, other: Features) -> bool:
    """Tell whether titles name different numbers or parts, or one is a remark on the other.

    A name with a digit that only one title has (``D5RL: ...``) is no difference.
    """
    if (set(one.words) ^ set(other.words)) & _REMARKS:
        return True
    mine, theirs = one.numbers - other.numbers, other.numbers - one.numbers
    return bool(mine and theirs) or any(map(BARE.fullmatch, [*mine, *theirs]))


def is_generic(one: Features) -> bool:
    """Tell whether many works have this title: one word, or ``Introduction to this issue``."""
    return len(one.words) < 2 or bool(_GENERIC.fullmatch(one.title))  # noqa: PLR2004 - one word


def measure_similarity(one: Features, other: Features) -> float:
    """Give the share of words that two abstracts have in common.

    Returns:
        Dice's coefficient, 0 to 1; 0 if an abstract is missing.

    Source:
        Dice, "Measures of the amount of ecologic association between species", 1945.
    """
    if not one.text or not other.text:
        return 0.0
    if one.text == other.text:  # to cut it into words takes most of the time
        return float(bool(one.abstract))
    mine, theirs = one.abstract, other.abstract
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def _near(one: Features, other: Features) -> bool:
    if not one.years or not other.years:
        return True
    return min(abs(a - b) for a in one.years for b in other.years) <= YEARS_APART


def _two_arxiv_ids(one: Features, other: Features) -> bool:
    return bool(one.arxiv and other.arxiv) and not one.arxiv & other.arxiv


def _strangers(one: Features, other: Features) -> bool:
    """Tell whether titles differ, and authors or abstracts as well; arXiv's versions may."""
    if fuzz.ratio(one.title, other.title) >= TITLE_ALIKE:
        return False
    if one.names and other.names and not share_author(one, other):
        return True
    return not one.arxiv & other.arxiv and _unlike(one, other)


def _unlike(one: Features, other: Features) -> bool:
    """Tell whether both have abstracts, and these are of two works."""
    if not one.text or not other.text or measure_similarity(one, other) >= ABSTRACT_ALIKE:
        return False
    return bool(one.abstract and other.abstract)
