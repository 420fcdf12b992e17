"""Gather what the home page shows of an index: years, venues, papers and example queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import attrgetter

from index.errors import PapersearchError
from index.normalise.venue_fields import KIND_HEADINGS, UNKNOWN, find_heading
from index.records import Paper
from search.answers.searcher import Searcher
from search.budget.errors import ServerOverloaded
from search.request.facets import FacetValue
from search.request.search_request import SearchRequest
from web.pages.example_queries import write_examples
from web.pages.histogram import Histogram, lay_out_histogram

MOST_PAPERS = 5
"""Papers in each list; chosen."""

KNOWN_PAPERS = 20
"""Papers from which the examples are made; chosen."""

MOST_VENUES = 60
"""Venues that are looked at, those with the most papers; chosen."""

MOST_IN_GROUP = 8
"""Venues under one heading; chosen, a line or two."""

MOST_GROUPS = 8
"""Headings; chosen, so that both columns are about as long."""


@dataclass(frozen=True, slots=True)
class VenueGroup:
    """The venues under one heading, those with the most papers first."""

    heading: str
    venues: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class HomeContents:
    """What the home page shows of one generation.

    Attributes:
        hidden: Withdrawn, rejected and retracted papers.
        histogram: The years; None if no paper has one.
        groups: The venues by field, the largest field first.
        cited: The most cited papers; empty if no citations are known.
        newest: The newest papers.
        examples: Queries that find papers.
    """

    hidden: int = 0
    histogram: Histogram | None = None
    groups: tuple[VenueGroup, ...] = ()
    cited: tuple[Paper, ...] = ()
    newest: tuple[Paper, ...] = ()
    examples: tuple[str, ...] = ()


def gather_contents(searcher: Searcher) -> HomeContents:
    """Gather what the home page shows.

    Raises:
        SearchTooLong, ServerOverloaded: That takes more than a request may.
    """
    known = SearchRequest(sort="cited", per_page=KNOWN_PAPERS, facets=("venue", "year"))
    found = searcher.search(known)
    recent = searcher.search(replace(known, sort="newest", facets=()))
    papers = [hit.paper for hit in (*found.hits, *recent.hits)]
    cited = [hit.paper for hit in found.hits if hit.paper.citations]
    return HomeContents(
        hidden=found.concealed,
        histogram=lay_out_histogram(found),
        groups=group_venues(found.facets["venue"]),
        cited=tuple(cited[:MOST_PAPERS]),
        newest=tuple(hit.paper for hit in recent.hits if hit.paper.shown.year)[:MOST_PAPERS],
        examples=tuple(one for one in write_examples(papers) if _finds_papers(searcher, one)),
    )


def _finds_papers(searcher: Searcher, query: str) -> bool:
    try:
        return searcher.count_hits(SearchRequest(query=query)) > 0
    except ServerOverloaded:
        raise
    except PapersearchError:  # a name that means something else in a query
        return False


def group_venues(venues: Iterable[FacetValue]) -> tuple[VenueGroup, ...]:
    """Group the largest venues by field; those without a field come last, by kind."""
    groups: dict[str, list[FacetValue]] = {}
    for venue in sorted(venues, key=attrgetter("count"), reverse=True)[:MOST_VENUES]:
        groups.setdefault(find_heading(venue.value), []).append(venue)
    ordered = sorted(groups.items(), key=lambda group: (_is_general(group[0]), -_add_up(group[1])))
    return tuple(
        VenueGroup(heading, tuple(listed[:MOST_IN_GROUP]))
        for heading, listed in ordered[:MOST_GROUPS]
    )


def _is_general(heading: str) -> bool:
    return heading in {*KIND_HEADINGS.values(), UNKNOWN}


def _add_up(venues: Iterable[FacetValue]) -> int:
    return sum(venue.count for venue in venues)
