"""Tell two publications of one title or one series from two records of the same publication."""

from index.text.stems import stem_all
from index.works.doi_families import get_registrant
from index.works.features import Features
from index.works.places import are_different, share_place
from index.works.similarity import ABSTRACT_SAME, measure_similarity
from index.works.stages import Stage

_REPORTS = frozenset(("report", "thesis"))
_CHAPTERS = frozenset(("book chapter", "reference entry"))


def have_two_dois(one: Features, other: Features) -> bool:
    """Return whether two records are final to the same degree, and each has a DOI of its own.

    A preprint has another DOI than its publication, and so may a report or a copy in a repository.
    """
    mine, theirs = one.publisher_dois, other.publisher_dois
    if not mine or not theirs or mine & theirs:
        return False
    return one.stage is other.stage and one.stage in {Stage.PUBLISHED, Stage.LESSER}


def are_two_columns(one: Features, other: Features) -> bool:
    """Return whether records of one title are different publications, such as two columns.

    They are if their volumes, issues or pages differ, or if one registrant gave them two DOIs in
    one journal or series of reports, or as chapters, unless the abstracts are the same.
    """
    if share_place(one.places, other.places):
        return False
    if are_different(one.places, other.places):
        return True
    return (
        have_two_dois(one, other)
        and bool(one.journals & other.journals or one.types & other.types & (_REPORTS | _CHAPTERS))
        and _share_registrant(one.publisher_dois, other.publisher_dois)
        and measure_similarity(one, other) < ABSTRACT_SAME
    )


def may_form_series(one: Features, other: Features) -> bool:
    """Return whether records of similar titles may be two of a series.

    A preprint and its publication are none, nor are a workshop paper and a conference paper.
    """
    if one.stage is not other.stage:
        return False
    if one.stage is Stage.PUBLISHED or one.types & other.types & _REPORTS:
        return True
    return have_two_dois(one, other) or (
        not one.dois & other.dois and _share_registrant(one.dois, other.dois)
    )


def are_two_of_series(one: Features, other: Features) -> bool:
    """Return whether records that may form a series have two DOIs or two places at one venue."""
    if are_different(one.places, other.places):
        return True
    same_venue = not one.venues or not other.venues or bool(one.venues & other.venues)
    return same_venue and have_two_dois(one, other)


def exchange_topics(one: Features, other: Features) -> bool:
    """Return whether each title has a word that only its own abstract contains as well.

    Reports on soil and on water may share all the other words.
    """
    return _has_own_topic(one, other) and _has_own_topic(other, one)


def _has_own_topic(one: Features, other: Features) -> bool:
    stems = set(stem_all(other.words))
    return any(
        word in one.abstract and word not in other.abstract
        for word, stem in zip(one.words, stem_all(one.words), strict=True)
        if stem not in stems
    )


def _share_registrant(mine: set[str], theirs: set[str]) -> bool:
    return not set(map(get_registrant, mine)).isdisjoint(map(get_registrant, theirs))
