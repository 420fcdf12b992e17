"""Find the work of the index that an entry of a bibliography means, or none if it is not certain.

An identifier counts if title or authors agree with it. A title counts if enough of the authors
agree, and the years are close; it may have misprints, but no other words, and it may be cut short.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.engines.document import MAX_KEY
from index.normalise.identifier_keys import list_lookups
from index.normalise.identifier_search import FoundIdentifier
from index.records import Paper
from index.text.analyser import tokenise
from index.text.stems import stem_all
from index.works.features import BARE, SERIES_PARTS, Features
from index.works.places import share_place
from index.works.same_work import (
    REMARKS,
    YEARS_APART,
    differ_by_number,
    has_generic_title,
)
from index.works.similarity import measure_titles, measure_years_apart
from index.works.stages import Stage
from search.answers.searcher import Searcher
from search.planning.plan import AnyOf, Exact, Node, Plan, Term, any_of

SCHEMES = ("doi", "arxiv", "acl", "openreview", "pmid", "pmc", "dblp")
"""Identifiers of an entry by which its work is looked up, in this order."""

SAME_TITLE = 85.0
"""Least `rapidfuzz.fuzz.ratio` of titles that agree with an identifier without any author."""

RETITLED = 50.0
"""The same if an author agrees too: papers are retitled between preprint and publication."""

MISPRINTED = 85.0
"""Least ratio of a title with misprints. One wrong letter in a title of 20 leaves 95; chosen."""

SHORTEST_MISPRINT = 5
"""Letters from which a word with one wrong letter is a misprint; ``text`` and ``test`` are two
words. From `LONG_MISPRINT` letters on, two may be wrong. Chosen."""

LONG_MISPRINT = 7

LEAST_CUT = 25
"""Characters of a title that is cut short, and `LEAST_CUT_WORDS` words; shorter ones may be the
beginning of several papers. Chosen."""

LEAST_CUT_WORDS = 4
AUTHORS_AGREE = 0.5
"""Share of the shorter list of authors that must agree with the other, if the titles are equal."""

AUTHORS_AGREE_WELL = 0.75
"""The same for a title with misprints or that is cut short."""

_PLACED = frozenset((Stage.PUBLISHED, Stage.LESSER))
_CANDIDATES = 8
_LONGEST = 24
"""Words of a title that are searched; longer titles are known by their first words."""

_NO_NAMES_WORDS = 5
_FUNCTION_WORDS = frozenset("a an and as at by for from in of on or the to via with".split())


class Means(StrEnum):
    """By what a work was found."""

    IDENTIFIER = "identifier"
    TITLE = "title"
    SIMILAR_TITLE = "similar title"
    CUT_TITLE = "shortened title"


Judgement = tuple[Means, float, int, float, int]
"""By what a title agrees, and what ranks it: see `judge_title`."""


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for an entry.

    Attributes:
        work: The work; None if none is certain.
        means: By what it was found.
        stray: A work that an identifier of the entry leads to, although it is another paper.
        stray_scheme: The scheme of that identifier.
    """

    work: Paper | None = None
    means: Means | None = None
    stray: Paper | None = None
    stray_scheme: str = ""


def find_match(searcher: Searcher, paper: Paper) -> Match:
    """Find the work that an entry means.

    Args:
        searcher: The index; withdrawn and rejected papers are found too.
        paper: What the entry says.

    Raises:
        BudgetSpent: The request has no time left.
    """
    entry = Features(paper)
    stray: Paper | None = None
    scheme = ""
    for name in SCHEMES:
        found = _look_up(searcher, paper.ids.get(name, ""), name)
        for work in found:
            if _agrees_with_identifier(entry, Features(work)):
                return Match(work, Means.IDENTIFIER, stray, scheme)
        if len(found) == 1 and stray is None and entry.names:
            stray, scheme = found[0], name
    if has_generic_title(entry) or not entry.words:
        return Match(*_find_column(searcher, paper, entry), stray, scheme)
    return Match(*_find_by_title(searcher, paper, entry), stray, scheme)


def _look_up(searcher: Searcher, value: str, scheme: str) -> list[Paper]:
    """Return the works with an identifier, two of them if it is not unique."""
    if not value:
        return []
    keys = next(list_lookups(FoundIdentifier(scheme, value, (0, len(value)))), ())
    ways: list[Node] = [Exact("identifier", key) for key in keys]
    return [hit.paper for hit in searcher.find_hits(Plan(any_of(ways), scored=False), 2)]


def _agrees_with_identifier(entry: Features, work: Features) -> bool:
    ratio = measure_titles(entry.title, work.title)
    if ratio >= SAME_TITLE:
        return not differ_by_number(entry, work) or measure_agreement(entry, work) > 0
    if not entry.names or not work.names:
        return _is_cut_short(entry, work)
    named = measure_agreement(entry, work) >= AUTHORS_AGREE
    return named and (ratio >= RETITLED or _is_cut_short(entry, work) or bool(entry.arxiv))


def measure_agreement(entry: Features, work: Features) -> float:
    """Return the share of the authors of the shorter list that the other has; 0 if one is empty.

    ``A. Kumar`` agrees with ``Aviral Kumar``, but ``Anna Kumar`` does not.
    """
    least = min(len(entry.names), len(work.names))
    agreeing = sum(
        any(
            one.startswith(other) or other.startswith(one)
            for one in entry.names[name]
            for other in work.names[name]
        )
        for name in entry.names.keys() & work.names.keys()
    )
    return agreeing / least if least else 0.0


def _find_column(
    searcher: Searcher, paper: Paper, entry: Features
) -> tuple[Paper | None, Means | None]:
    """Find a paper whose title many papers have, by its volume and pages."""
    same = [
        work for work in _list_same_titles(searcher, paper.title)
        if share_place(entry.places, Features(work).places)
    ]  # fmt: skip
    return (same[0], Means.TITLE) if len(same) == 1 else (None, None)


def _find_by_title(
    searcher: Searcher, paper: Paper, entry: Features
) -> tuple[Paper | None, Means | None]:
    ranked = _rank_works(entry, _list_same_titles(searcher, paper.title))
    ranked = ranked or _rank_works(entry, _list_similar_titles(searcher, entry))
    if not ranked or (len(ranked) > 1 and ranked[0][0][1:] == ranked[1][0][1:]):
        return None, None  # nothing, or two papers that the entry may mean equally
    return ranked[0][1], ranked[0][0][0]


def _rank_works(entry: Features, works: Iterable[Paper]) -> list[tuple[Judgement, Paper]]:
    """Return the works that the entry may mean, the likeliest first."""
    judged = ((judge_title(entry, Features(work)), work) for work in works)
    agreeing = [(judge, work) for judge, work in judged if judge]
    return sorted(agreeing, key=lambda pair: pair[0][1:], reverse=True)


def _list_same_titles(searcher: Searcher, title: str) -> list[Paper]:
    key = " ".join(tokenise(title))[:MAX_KEY]
    plan = Plan(Exact("title_key", key), scored=False)
    return [hit.paper for hit in searcher.find_hits(plan, 4 * _CANDIDATES)] if key else []


def _list_similar_titles(searcher: Searcher, entry: Features) -> Iterator[Paper]:
    words = [word for word in entry.words[:_LONGEST] if word not in _FUNCTION_WORDS]
    nodes: tuple[Node, ...] = tuple(Term("title", stem) for stem in dict.fromkeys(stem_all(words)))
    if nodes:
        plan = Plan(AnyOf(nodes, at_least=(len(nodes) + 1) // 2))
        yield from (hit.paper for hit in searcher.find_hits(plan, _CANDIDATES))


def judge_title(entry: Features, work: Features) -> Judgement | None:
    """Return how well the titles of an entry and a work agree, or None if they do not.

    Args:
        entry: What the entry says.
        work: A work of the index, whose years are those of all places where it appeared.

    Returns:
        What agrees, the ratio of the titles, minus the years apart, the share of the authors and
        the number of venues in common: greater is better.
    """
    apart, named = measure_years_apart(entry.years, work.years), measure_agreement(entry, work)
    ratio = measure_titles(entry.title, work.title)
    rank = (ratio, -apart, named, len(entry.venues & work.venues))
    means: Means | None = None
    if apart > YEARS_APART:
        return None
    if entry.title == work.title:
        unnamed = not entry.names and len(entry.words) >= _NO_NAMES_WORDS and not apart
        means = Means.TITLE if named >= AUTHORS_AGREE or unnamed else None
    elif named < AUTHORS_AGREE_WELL or _is_of_another_year(entry, work):
        return None
    elif _is_cut_short(entry, work):
        means = Means.CUT_TITLE
    elif ratio >= MISPRINTED and not differ_by_number(entry, work):
        means = Means.SIMILAR_TITLE if has_only_misprints(entry.words, work.words) else None
    return (means, *rank) if means else None


def _is_of_another_year(entry: Features, work: Features) -> bool:
    """Return whether both were published, in other years and not in one journal.

    The same authors write the next paper under nearly the same title: ``Walking on Rough Terrain``
    one year, ``Walking on Rough Terrain with a Handrail`` the next. A journal has two years for one
    paper, that of its first appearance and that of the issue.
    """
    if entry.stage not in _PLACED or work.stage not in _PLACED:
        return False
    return not entry.years & work.years and not entry.journals & work.journals


def has_only_misprints(mine: list[str], theirs: list[str]) -> bool:
    """Return whether the words of two titles differ by misprints and function words alone.

    ``unsupervised`` is no misprint of ``supervised``, and neither is one word that ends with
    another: such titles are those of two papers.
    """
    ours = [word for word in mine if word not in theirs and word not in _FUNCTION_WORDS]
    others = [word for word in theirs if word not in mine and word not in _FUNCTION_WORDS]
    if "".join(ours) == "".join(others):  # data set, dataset
        return True
    if len(ours) != len(others):
        return False
    return all(_is_misprint(one, other) for one, other in zip(ours, others, strict=True))


def _is_misprint(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    if one.endswith(other) or other.endswith(one):
        return False
    longest, edits = max(len(one), len(other)), OSA.distance(one, other)
    lost = len(one) != len(other)  # a lost letter makes no other word as often as a wrong one
    shortest = SHORTEST_MISPRINT - 1 if lost else SHORTEST_MISPRINT
    return longest >= shortest and edits <= (2 if longest >= LONG_MISPRINT else 1)


def _is_cut_short(entry: Features, work: Features) -> bool:
    """Return whether one title is the beginning of the other, and long enough to be told.

    What the longer one adds may be neither a number or a part (``Part II``) nor a remark.
    """
    short, long = sorted((entry.title, work.title), key=len)
    enough = len(short) >= LEAST_CUT and len(short.split()) >= LEAST_CUT_WORDS
    if not enough or not long.startswith(f"{short} "):
        return False
    rest = long[len(short) :].split()
    numbered = rest[0] in SERIES_PARTS or BARE.fullmatch(rest[0]) or rest[0].isdecimal()
    return not numbered and REMARKS.isdisjoint(rest)
