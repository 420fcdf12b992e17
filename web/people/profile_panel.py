"""Lay out the profile beside the papers of a name: years, institutions, venues, co-authors."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from search.authors.affiliations import Affiliation
from search.authors.coauthors import Coauthor
from search.authors.distinctive_terms import Term
from search.authors.profile import Profile, TopicSource, ValueCount
from search.request.facets import Selection
from search.request.search_request import SearchRequest
from web.api.addresses import author_path
from web.pages.histogram import Histogram, lay_out_years
from web.pages.view import search_path
from web.people.author_request import AuthorRequest
from web.wording import format_count

AT_ONCE = 8
"""Values of a list that are shown at once; the others open with a click. Chosen."""

MOST_VALUES = 60
"""Values of a list; the others are counted. Chosen."""

LEAST_PLACES = 5
"""Papers with others from which on the places in their lists say something; chosen."""

LONGEST_VALUE = 200
"""Characters of a venue or an institution that a link repeats; chosen."""

SOURCES = {
    "orcid": "ORCID",
    "openreview": "OpenReview",
    "s2": "Semantic Scholar",
    "openalex": "OpenAlex",
    "dblp": "dblp",
}
"""The sources that tell people of one name apart, by the scheme of their identifiers."""


V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class PanelItem:
    """A line of a list: a text, its link, years, and its number of papers; each may be empty."""

    text: str
    papers: int
    address: str = ""
    years: str = ""


@dataclass(frozen=True, slots=True)
class PanelList:
    """A list of the profile.

    Attributes:
        title: Its heading.
        shown: The items that are shown at once.
        folded: Those that open with a click.
        more: The number of those that are left out.
        hint: What the list is; empty if the heading says it.
        is_ranked: Whether the numbers of papers give the order; else they are not shown.
    """

    title: str
    shown: tuple[PanelItem, ...]
    folded: tuple[PanelItem, ...]
    more: int
    hint: str = ""
    is_ranked: bool = True


@dataclass(frozen=True, slots=True)
class ProfilePanel:
    """What the page of a name says beside its papers.

    Attributes:
        histogram: The years as bars that select papers; None if no year is known.
        lists: Co-authors, institutions, venues and topics, those that are empty left out.
        places: First, last and single authorship in a sentence; empty if it says little.
    """

    histogram: Histogram | None
    lists: tuple[PanelList, ...]
    places: str


@dataclass(frozen=True, slots=True)
class _YearFilter:
    """Links that select years on the page of a name."""

    asked: AuthorRequest

    @property
    def selection(self) -> Selection:
        if not self.asked.year:
            return Selection()
        first, _, last = self.asked.year.partition("..")
        return Selection(low=int(first), high=int(last or first))

    def write(self, first: int, last: int) -> str:
        years = f"{first:04}" if first == last else f"{first:04}..{last:04}"
        return self.asked.find_path(year="" if years == self.asked.year else years)


def lay_out_profile(asked: AuthorRequest, profile: Profile) -> ProfilePanel:
    """Lay out the profile of some papers.

    Args:
        asked: The page that shows it.
        profile: The profile.
    """
    counts = {year: papers for year, papers in profile.years if papers}
    lists = (
        _list_items("Co-authors", profile.coauthors, _describe_coauthor),
        _list_items("Institutions", profile.affiliations, _describe_institution),
        _list_items("Venues", profile.venues, partial(_describe_venue, asked)),
        _describe_topics(asked, profile),
    )
    return ProfilePanel(
        lay_out_years(counts, _YearFilter(asked)),
        tuple(one for one in lists if one.shown),
        describe_places(profile),
    )


def _list_items(title: str, values: Sequence[V], describe: Callable[[V], PanelItem]) -> PanelList:
    """List values; only those that are shown are described."""
    items = tuple(describe(one) for one in values[:MOST_VALUES])
    return PanelList(title, items[:AT_ONCE], items[AT_ONCE:], len(values) - len(items))


def _describe_coauthor(one: Coauthor) -> PanelItem:
    years = write_span(one.first_year, one.last_year)
    return PanelItem(one.name, one.papers, author_path(one.name), years)


def _describe_institution(one: Affiliation) -> PanelItem:
    years = write_span(one.first_year, one.last_year)
    return PanelItem(one.name, one.papers, _find_institution(one.name), years)


def _find_institution(name: str) -> str:
    """Return the address of all papers of an institution; empty if it is very long."""
    if len(name) > LONGEST_VALUE:
        return ""
    return search_path(SearchRequest(selections={"institution": Selection((name,))}))


def _describe_venue(asked: AuthorRequest, one: ValueCount) -> PanelItem:
    chosen = "" if one.value == asked.venue else one.value
    short = len(one.value) <= LONGEST_VALUE
    return PanelItem(one.value, one.papers, asked.find_path(venue=chosen) if short else "")


def _describe_topics(asked: AuthorRequest, profile: Profile) -> PanelList:
    """List the topics; terms of titles lead to a search for them among the papers of the name."""
    if profile.topic_source is TopicSource.DUMPS:
        return _list_items("Topics", profile.topics, _describe_topic)
    words = (
        PanelItem(one.text, one.papers, search_path(_search_term(one.text, asked.name)))
        for one in profile.topics
    )
    hint = "Words that set these titles apart from others in this index"
    return PanelList("Topics", tuple(words), (), 0, hint, is_ranked=False)


def _describe_topic(one: Term) -> PanelItem:
    return PanelItem(one.text, one.papers, search_path(_select_topic(one.text)))


def _select_topic(topic: str) -> SearchRequest:
    return SearchRequest(selections={"topic": Selection((topic,))})


def _search_term(term: str, name: str) -> SearchRequest:
    quoted = (part.replace('"', " ") for part in (term, name))
    return SearchRequest(query='title:"{}" author:"{}"'.format(*quoted))


def write_span(first: int | None, last: int | None) -> str:
    """Return a span of years, ``2015-2023`` with a dash; empty if it is unknown."""
    years = dict.fromkeys(str(year) for year in (first, last) if year is not None)
    return "\N{EN DASH}".join(years)


def describe_places(profile: Profile) -> str:
    """Return where the author stands in lists of authors; empty if that says little."""
    places = profile.places
    if places.several < LEAST_PLACES:
        return ""
    if places.is_alphabetical:
        return "Most of these papers list their authors in alphabetical order."
    several = format_count(places.several, "paper")
    first = max(0, places.first - places.alone)
    alone = f" Only author of {places.alone:,}." if places.alone else ""
    return f"{several} with co-authors: first author of {first:,}, last of {places.last:,}.{alone}"


def describe_sources(found: Mapping[str, tuple[str, ...]]) -> str:
    """Return how many identities sources give to a name; empty if none tells people apart.

    Args:
        found: The identifiers by scheme.
    """
    counted = ((label, len(found.get(scheme, ()))) for scheme, label in SOURCES.items())
    return ", ".join(f"{count:,} in {label}" for label, count in counted if count)
