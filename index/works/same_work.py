"""Decide whether two records describe the same work.

A title alone is never enough. In falling order of certainty, two records are joined by:

1. `SAME_ID`: the same id;
2. `SAME_IDENTIFIER`: the same DOI or arXiv id, unless the titles differ and so do the authors,
   abstracts or, without two abstracts, pages (some dumps give every paper the DOI of its volume);
3. `SAME_TITLE`: the same title, an author in common, and years at most two apart; for a title that
   many papers have (``Editorial``), the abstracts or the volume and pages must be the same as well;
4. `ALIKE`: similar titles, similar abstracts and an author in common, whatever the years. If both
   are published, the abstracts must be nearly the same: groups publish series of similar papers.

Records with two different arXiv ids are two works, and so are titles that differ by a number
(``Part II``, ``TREC 2020``) or by a word such as ``Erratum``. A column has its title in every
issue, and the reports of a series may share an abstract, so the third and fourth rule do not join
records in different volumes, issues or pages of one venue, nor two publications that have a DOI
each (`index.works.publications`).
"""

import re
from enum import IntEnum

from index.works.features import BARE, Features
from index.works.places import have_other_pages, share_place
from index.works.publications import (
    are_two_columns,
    are_two_of_series,
    exchange_topics,
    have_two_dois,
    may_form_series,
)
from index.works.similarity import (
    ABSTRACT_ALIKE,
    ABSTRACT_SAME,
    measure_similarity,
    measure_titles,
    measure_years_apart,
)

TITLE_ALIKE = 85.0
"""Least `rapidfuzz.fuzz.ratio` (0 to 100) of two titles of one work. Among 72 records of one
author, the one retitled work has 88, and the closest two works (D4RL and D5RL) have 84."""

YEARS_APART = 2
"""Most years between a preprint and its publication, if only title and author agree."""

_NEVER = 2.0
"""A similarity that no two abstracts have."""

REMARKS = frozenset(
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
    r"|(?:(?:a )?(?:note|word|letter)s? )?from (?:the|your|our) (?:guest |past |vice )?"
    r"(?:chairs?|chairman|dean|directors?|editors?|president|secretary|treasurer)(?: desk)?"
    r"|(?:chairs?|chairmans|directors?|editors?|presidents?)"
    r" (?:column|corner|letter|message|page|report)"
    r"|(?:book|puzzle|problems?) (?:corner|notes|notices|section)|new books|books received"
    r"|in this issue|about (?:this issue|the authors?)|call for (?:papers|nominations)"
    r"|announcements?"
    r"|(?:conference |meetings? )?calendar(?: of events)?|bulletin board|news and (?:notes|views)"
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
    if one.title == other.title and _have_the_same_title(one, other):
        return Bond.SAME_TITLE
    return Bond.ALIKE if _are_alike(one, other) else Bond.NONE


def _are_alike(one: Features, other: Features) -> bool:
    """Return whether titles are similar, and abstracts as much as such titles demand."""
    if not have_similar_titles(one, other):
        return False
    similarity = measure_similarity(one, other)
    return similarity >= ABSTRACT_ALIKE and similarity >= _minimum_similarity(one, other)


def _have_the_same_title(one: Features, other: Features) -> bool:
    """Return whether records of one title are one work for that reason alone."""
    if measure_years_apart(one.years, other.years) > YEARS_APART:
        return False
    if has_generic_title(one):
        return share_place(one.places, other.places)
    return not are_two_columns(one, other)


def _minimum_similarity(one: Features, other: Features) -> float:
    """Return how similar the abstracts of records with similar titles must be."""
    if one.title == other.title:
        if not are_two_columns(one, other):
            return ABSTRACT_ALIKE
        misprint = bool(one.years & other.years) and not have_two_dois(one, other)
        return ABSTRACT_SAME if misprint else _NEVER
    if not may_form_series(one, other):
        return ABSTRACT_ALIKE
    two = are_two_of_series(one, other) or exchange_topics(one, other)
    return _NEVER if two else ABSTRACT_SAME


def contradict(one: Features, other: Features) -> bool:
    """Return whether two records cannot be one work, even if a third one is similar to both.

    Args:
        one: The features of a record.
        other: The features of another; the order does not matter.

    Returns:
        True if no bond joins them and their arXiv ids, titles, abstracts or places differ.
    """
    if find_bond(one, other):
        return False
    if _have_two_arxiv_ids(one, other) or _disagree(one, other):
        return True
    if one.title == other.title:
        return has_generic_title(one) or are_two_columns(one, other)
    if _have_different_abstracts(one, other) or differ_by_number(one, other):
        return True
    return may_form_series(one, other) and (
        are_two_of_series(one, other)
        or (measure_similarity(one, other) >= ABSTRACT_SAME and exchange_topics(one, other))
    )


def have_similar_titles(one: Features, other: Features) -> bool:
    """Return whether two titles are nearly the same and do not differ by a significant word."""
    if one.title == other.title:
        return True
    if measure_titles(one.title, other.title, TITLE_ALIKE) < TITLE_ALIKE:
        return False
    return not differ_by_number(one, other)


def differ_by_number(one: Features, other: Features) -> bool:
    """Return whether two titles have different numbers, or one is a remark on the other.

    A name with a digit that only one title has (``D5RL: ...``) does not count as a difference.
    """
    if (set(one.words) ^ set(other.words)) & REMARKS:
        return True
    mine, theirs = one.numbers - other.numbers, other.numbers - one.numbers
    return bool(mine and theirs) or any(map(BARE.fullmatch, [*mine, *theirs]))


def has_generic_title(one: Features) -> bool:
    """Return whether many works have this title: one word, or ``Introduction to this issue``."""
    return len(one.words) < 2 or bool(_GENERIC.fullmatch(one.title))  # noqa: PLR2004 - one word


def _have_two_arxiv_ids(one: Features, other: Features) -> bool:
    return bool(one.arxiv and other.arxiv) and not one.arxiv & other.arxiv


def _disagree(one: Features, other: Features) -> bool:
    """Return whether titles differ and authors or abstracts do too, or pages without abstracts.

    Versions of one arXiv id may differ in title and abstract, so only their authors count.
    """
    if measure_titles(one.title, other.title) >= TITLE_ALIKE:
        return False
    if one.names and other.names and not share_author(one, other):
        return True
    if one.arxiv & other.arxiv:
        return False
    if one.text and other.text:
        return _have_different_abstracts(one, other)
    return have_other_pages(one.places, other.places)


def _have_different_abstracts(one: Features, other: Features) -> bool:
    """Return whether both records have abstracts that differ too much for one work."""
    if not one.text or not other.text or measure_similarity(one, other) >= ABSTRACT_ALIKE:
        return False
    return bool(one.abstract and other.abstract)
