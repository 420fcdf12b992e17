"""Describe as JSON what an index has of a venue or a topic, and lists of venues and topics."""

from collections.abc import Iterable
from typing import Annotated, Protocol

from msgspec import Meta, Struct

from index.records import Paper
from search.answers.results import Results
from search.request.facets import FacetValue
from search.request.search_request import View
from web.api.papers import PaperDocument, describe_paper


class ValueCount(Struct, frozen=True):
    """A value and its number of papers."""

    value: Annotated[str, Meta(description="The value, as the index writes it.")]
    papers: Annotated[int, Meta(description="Number of papers.")]


class CollectionDocument(Struct, frozen=True):
    """What an index has of a venue, of one year of it, or of a topic."""

    kind: Annotated[str, Meta(description="`venue` or `topic`.")]
    name: Annotated[str, Meta(description="Its name, as the index writes it.")]
    year: Annotated[int | None, Meta(description="The year that was asked for, or null.")]
    papers: Annotated[int, Meta(description="Number of papers.")]
    hidden: Annotated[
        int, Meta(description="Withdrawn, rejected and retracted papers, which are not counted.")
    ]
    years: Annotated[tuple[ValueCount, ...], Meta(description="Papers by year, oldest first.")]
    authors: Annotated[tuple[ValueCount, ...], Meta(description="Its authors, by their keys.")]
    topics: Annotated[tuple[ValueCount, ...], Meta(description="Its topics; none of a topic.")]
    venues: Annotated[tuple[ValueCount, ...], Meta(description="Its venues; none of a venue.")]
    most_cited: Annotated[tuple[PaperDocument, ...], Meta(description="The most cited papers.")]
    newest: Annotated[tuple[PaperDocument, ...], Meta(description="The newest papers.")]


class ValuesDocument(Struct, frozen=True):
    """A list of venues or topics."""

    kind: Annotated[str, Meta(description="`venue` or `topic`.")]
    complete: Annotated[
        bool, Meta(description="Whether these are all; else only the most frequent of them.")
    ]
    values: Annotated[
        tuple[ValueCount, ...],
        Meta(description="In the order of the page; hidden papers are not counted."),
    ]


class Described(Protocol):
    """What a collection must have to be described, see `web.pages.collection`."""

    @property
    def kind(self) -> str:
        """``venue`` or ``topic``."""

    @property
    def value(self) -> str:
        """Its name."""

    @property
    def year(self) -> int | None:
        """The year, or None."""

    @property
    def cited(self) -> Results:
        """The search for it."""

    @property
    def most_cited(self) -> tuple[Paper, ...]:
        """The papers with the most citations."""

    @property
    def newest(self) -> tuple[Paper, ...]:
        """The newest papers."""


def describe_collection(found: Described) -> CollectionDocument:
    """Return a collection as JSON."""
    facets = found.cited.facets
    years = sorted(facets.get("year", ()), key=lambda one: int(one.value))
    return CollectionDocument(
        found.kind,
        found.value,
        found.year,
        found.cited.total,
        found.cited.concealed,
        _describe_values(years),
        _describe_values(facets.get("author", ())),
        _describe_values(facets.get("topic", ())),
        _describe_values(facets.get("venue", ())),
        tuple(describe_paper(paper, View.WORKS) for paper in found.most_cited),
        tuple(describe_paper(paper, View.WORKS) for paper in found.newest),
    )


def describe_values(
    kind: str, values: Iterable[tuple[str, int]], *, complete: bool
) -> ValuesDocument:
    """Return a list of venues or topics as JSON."""
    return ValuesDocument(kind, complete, tuple(ValueCount(*pair) for pair in values))


def _describe_values(values: Iterable[FacetValue]) -> tuple[ValueCount, ...]:
    return tuple(ValueCount(one.value, one.count) for one in values if one.count)
