"""Describe as JSON what some papers say about their author."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta, Struct

from search.authors.affiliations import Affiliation
from search.authors.coauthors import Coauthor
from search.authors.distinctive_terms import Term
from search.authors.profile import Profile
from search.authors.profile import ValueCount as Counted
from web.api.addresses import author_path
from web.api.collections import ValueCount

MOST_AFFILIATIONS, MOST_COAUTHORS, MOST_VALUES = 50, 100, 50
"""Institutions, co-authors, and venues in an answer; chosen: together these are about 20 kB."""

_FIRST = Annotated[int | None, Meta(description="Year of the first of these papers, or null.")]
_LAST = Annotated[int | None, Meta(description="Year of the last of these papers, or null.")]


class AffiliationDocument(Struct, frozen=True):
    """An institution that papers name for the author."""

    name: Annotated[str, Meta(description="As most papers write it.")]
    papers: Annotated[int, Meta(description="Number of papers that name it.")]
    first_year: _FIRST
    last_year: _LAST


class CoauthorDocument(Struct, frozen=True):
    """A co-author."""

    name: Annotated[str, Meta(description="As most papers write it.")]
    key: Annotated[str, Meta(description="The folded name.")]
    papers: Annotated[int, Meta(description="Number of joint papers.")]
    first_year: _FIRST
    last_year: _LAST
    url: Annotated[str, Meta(description="Address of the page of the name.")]


class ProfileDocument(Struct, frozen=True, kw_only=True):
    """What some papers say about their author, as far as this index has them."""

    papers: Annotated[int, Meta(description="Number of papers that were counted.")]
    first_year: _FIRST
    last_year: _LAST
    years: Annotated[tuple[ValueCount, ...], Meta(description="Papers by year, without gaps.")]
    affiliations: Annotated[
        tuple[AffiliationDocument, ...], Meta(description="At most 50, the most frequent first.")
    ]
    topics: Annotated[tuple[ValueCount, ...], Meta(description="Topics, see `topics_from`.")]
    topics_from: Annotated[
        str,
        Meta(
            description="`dumps`, or `titles` if dumps name topics for less than half of the"
            " papers: then these are terms that set the titles apart from others of the index."
        ),
    ]
    venues: Annotated[
        tuple[ValueCount, ...], Meta(description="At most 50, the most frequent first.")
    ]
    statuses: Annotated[tuple[ValueCount, ...], Meta(description="Labels such as `oral`, `main`.")]
    coauthors: Annotated[
        tuple[CoauthorDocument, ...],
        Meta(description="At most 100, those of most joint papers first, then by name."),
    ]
    coauthors_total: Annotated[int, Meta(description="Number of all co-authors.")]
    coauthors_close: Annotated[
        int, Meta(description="Number of those with two or more joint papers.")
    ]
    first_authored: Annotated[
        int, Meta(description="Papers of which they are the first or the only author.")
    ]
    last_authored: Annotated[
        int, Meta(description="Papers of several authors of which they are the last one.")
    ]
    sole_authored: Annotated[int, Meta(description="Papers of which they are the only author.")]
    alphabetical: Annotated[
        bool,
        Meta(
            description="Whether most lists of authors are alphabetical, so that first and last"
            " places say little."
        ),
    ]
    citations: Annotated[
        int | None, Meta(description="Sum of the citations that dumps count, or null.")
    ]
    citations_known: Annotated[int, Meta(description="Number of papers whose citations are known.")]
    h_index: Annotated[
        int | None,
        Meta(
            description="The h-index of these papers; it says little if they are of several people."
        ),
    ]


def describe_profile(profile: Profile) -> ProfileDocument:
    """Return a profile as JSON."""
    places, citations = profile.places, profile.citations
    return ProfileDocument(
        papers=profile.papers,
        first_year=profile.first_year,
        last_year=profile.last_year,
        years=tuple(ValueCount(str(year), papers) for year, papers in profile.years),
        affiliations=tuple(map(_describe_affiliation, profile.affiliations[:MOST_AFFILIATIONS])),
        topics=_describe_topics(profile.topics),
        topics_from=profile.topic_source.value,
        venues=_describe_values(profile.venues[:MOST_VALUES]),
        statuses=_describe_values(profile.statuses[:MOST_VALUES]),
        coauthors=tuple(map(_describe_coauthor, profile.coauthors[:MOST_COAUTHORS])),
        coauthors_total=len(profile.coauthors),
        coauthors_close=len(profile.close_coauthors),
        first_authored=places.first,
        last_authored=places.last,
        sole_authored=places.alone,
        alphabetical=places.is_alphabetical,
        citations=citations.total,
        citations_known=citations.known,
        h_index=citations.h_index,
    )


def _describe_affiliation(one: Affiliation) -> AffiliationDocument:
    return AffiliationDocument(one.name, one.papers, one.first_year, one.last_year)


def _describe_coauthor(one: Coauthor) -> CoauthorDocument:
    return CoauthorDocument(
        one.name, one.key, one.papers, one.first_year, one.last_year, author_path(one.name)
    )


def _describe_topics(topics: Iterable[Term]) -> tuple[ValueCount, ...]:
    return tuple(ValueCount(one.text, one.papers) for one in topics)


def _describe_values(values: Iterable[Counted]) -> tuple[ValueCount, ...]:
    return tuple(ValueCount(one.value, one.papers) for one in values)
