"""Describe what some papers say about their author: where, when, with whom, and on what.

Everything is counted over the papers that are passed, those of a name or of one identity, and says
nothing about papers that the index does not hold.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from index.normalise.status_labels import merge_status
from index.records import Paper
from index.text.folding import fold
from search.answers.searcher import Searcher
from search.authors.affiliations import Affiliation, choose_spelling, list_affiliations
from search.authors.coauthors import MOST_TOGETHER, Coauthor, list_coauthors
from search.authors.distinctive_terms import Term, find_distinctive_terms
from search.authors.mentions import Mention

MOST_TOPICS = 12
"""Topics of a profile; chosen."""

SHARE_WITH_TOPICS = 0.5
"""Share of the papers for which a dump must name topics, for these to be shown. Chosen: the topics
of a few papers do not describe the others."""

ORDERED = 3
"""Authors of a paper from which on their order may be an alphabetical one; chosen."""

ALPHABETICAL_SHARE = 0.6
"""Share of such papers whose authors are in alphabetical order from which on first and last places
say little. Chosen: by chance it is one in six papers of three authors."""


class TopicSource(StrEnum):
    """Where the topics of a profile come from.

    Attributes:
        DUMPS: Dumps name them.
        TITLES: They are the terms that set the titles apart from others of the index.
    """

    DUMPS = "dumps"
    TITLES = "titles"


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A venue or a status and its number of papers."""

    value: str
    papers: int


@dataclass(frozen=True, slots=True)
class Places:
    """Where the author stands in the lists of authors.

    A paper of one author counts as first-authored and not as last-authored, since only a list has
    an end. Papers of more than 100 authors are collaborations and count as neither.

    Attributes:
        first: The papers of which they are the first author.
        last: The papers of several authors of which they are the last one.
        alone: The papers of which they are the only author.
        several: The papers of several authors.
        alphabetical: The papers of three or more authors whose authors are in alphabetical order.
        ordered: The papers of three or more authors.
    """

    first: int
    last: int
    alone: int
    several: int
    alphabetical: int
    ordered: int

    @property
    def is_alphabetical(self) -> bool:
        """Return whether so many lists are alphabetical that the places say little."""
        return self.ordered > 0 and self.alphabetical >= ALPHABETICAL_SHARE * self.ordered


@dataclass(frozen=True, slots=True)
class Citations:
    """The citations of some papers, as dumps count them.

    Attributes:
        total: The sum; None if they are known for no paper.
        known: The papers whose citations are known.
        h_index: The largest number h such that h of these papers have at least h citations. It
            counts only papers of this index, so that of the person may be higher.
    """

    total: int | None
    known: int
    h_index: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What some papers say about their author.

    Attributes:
        papers: The number of papers.
        first_year: The year of the earliest paper; None if no year is known.
        last_year: The year of the latest paper; None if no year is known.
        years: Pairs of year and number of papers, from the first to the last without a gap.
        affiliations: The institutions, the one of most papers first.
        topics: At most `MOST_TOPICS`, the most frequent or the most telling first.
        topic_source: Where the topics come from.
        venues: The venues, the one of most papers first.
        statuses: The labels of status, the most frequent first.
        coauthors: The co-authors, the one of most joint papers first.
        places: Where the author stands in the lists of authors.
        citations: The citations.
    """

    papers: int
    first_year: int | None
    last_year: int | None
    years: tuple[tuple[int, int], ...]
    affiliations: tuple[Affiliation, ...]
    topics: tuple[Term, ...]
    topic_source: TopicSource
    venues: tuple[ValueCount, ...]
    statuses: tuple[ValueCount, ...]
    coauthors: tuple[Coauthor, ...]
    places: Places
    citations: Citations

    @property
    def close_coauthors(self) -> tuple[Coauthor, ...]:
        """Return the co-authors of two or more papers."""
        return tuple(one for one in self.coauthors if one.is_close)


def describe_profile(searcher: Searcher, mentions: Sequence[Mention]) -> Profile:
    """Describe what some papers say about their author.

    Args:
        searcher: The index, for the frequencies of words.
        mentions: The papers, the newest first, each once.
    """
    papers = [mention.paper for mention in mentions]
    topics, source = _choose_topics(searcher, papers)
    years = _count_years(papers)
    return Profile(
        papers=len(papers),
        first_year=years[0][0] if years else None,
        last_year=years[-1][0] if years else None,
        years=years,
        affiliations=list_affiliations(mentions),
        topics=topics,
        topic_source=source,
        venues=_count_values(papers, lambda paper: paper.shown.venue),
        statuses=_count_values(papers, lambda paper: merge_status(paper.status)),
        coauthors=list_coauthors(mentions),
        places=_count_places(mentions),
        citations=_sum_citations(papers),
    )


def _count_years(papers: Iterable[Paper]) -> tuple[tuple[int, int], ...]:
    counts = Counter(year for paper in papers if (year := paper.shown.year) is not None)
    if not counts:
        return ()
    return tuple((year, counts[year]) for year in range(min(counts), max(counts) + 1))


def _count_values(papers: Iterable[Paper], read: Callable[[Paper], str]) -> tuple[ValueCount, ...]:
    counts = Counter(value for paper in papers if (value := read(paper)))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(ValueCount(*pair) for pair in ranked)


def _choose_topics(
    searcher: Searcher, papers: Sequence[Paper]
) -> tuple[tuple[Term, ...], TopicSource]:
    """Return the topics that dumps name, or distinctive terms if they name few."""
    if sum(bool(paper.topics) for paper in papers) < SHARE_WITH_TOPICS * len(papers):
        found = find_distinctive_terms(searcher.engine, papers, MOST_TOPICS)
        return found, TopicSource.TITLES
    spellings: dict[str, Counter[str]] = {}
    for paper in papers:
        for key, topic in {fold(topic): topic for topic in paper.topics}.items():
            spellings.setdefault(key, Counter())[topic] += 1
    terms = [Term(choose_spelling(found), found.total()) for found in spellings.values()]
    terms.sort(key=lambda term: (-term.papers, term.text))
    return tuple(terms[:MOST_TOPICS]), TopicSource.DUMPS


def _count_places(mentions: Iterable[Mention]) -> Places:
    sizes = [(one, len(one.paper.authors)) for one in mentions]
    listed = [(one, size) for one, size in sizes if size <= MOST_TOGETHER]
    ordered = [one.paper for one, size in listed if size >= ORDERED]
    return Places(
        first=sum(one.position == 0 for one, _ in listed),
        last=sum(one.position == size - 1 > 0 for one, size in listed),
        alone=sum(size == 1 for _, size in listed),
        several=sum(size > 1 for _, size in listed),
        alphabetical=sum(map(_is_alphabetical, ordered)),
        ordered=len(ordered),
    )


def _is_alphabetical(paper: Paper) -> bool:
    """Return whether the authors are in the order of the last words of their names."""
    words = [author.key.split() for author in paper.authors]
    last = [[word for word in name if not word.isdecimal()][-1:] for name in words]
    return all(one <= other for one, other in pairwise(last))


def _sum_citations(papers: Iterable[Paper]) -> Citations:
    known = sorted((n for paper in papers if (n := paper.citations) is not None), reverse=True)
    if not known:
        return Citations(None, 0, None)
    return Citations(sum(known), len(known), sum(n >= at for at, n in enumerate(known, start=1)))
