"""Check which papers the page of a name lists, and which filters it offers."""

import pytest

from index.records import Appearance, Author, Paper
from search.authors.identities import PlacedMention
from search.authors.mentions import Mention
from search.errors import PageInvalid
from web.people.author_papers import list_papers
from web.people.author_request import PER_PAGE, AuthorRequest

ADA = AuthorRequest("Ada Reed")


def place(number: int, year: int | None, venue: str = "", abstract: str = "") -> PlacedMention:
    """Return a paper of Ada Reed."""
    shown = Appearance(venue=venue, year=year, type="preprint" if not venue else "paper")
    paper = Paper(f"p{number}", f"Paper {number}", abstract, (Author("Ada Reed"),), (shown,))
    return PlacedMention(Mention(paper, 0), 1.0, ())


def test_filters_count_beside_each_other() -> None:
    """A filter counts the papers that the other filters leave, and drops what is selected."""
    papers = [place(1, 2021, "ICLR"), place(2, 2020, "ICLR"), place(3, 2020)]
    found = list_papers(AuthorRequest("Ada Reed", venue="ICLR"), papers)
    assert found.total == 2
    assert [(one.value, one.papers) for one in found.filters["year"]] == [("2021", 1), ("2020", 1)]
    venue = found.filters["venue"][0]
    assert (venue.value, venue.papers, venue.selected) == ("ICLR", 2, True)
    assert venue.address == "/authors/Ada%20Reed"
    assert [(one.value, one.papers) for one in found.filters["type"]] == [("paper", 2)]


def test_years_may_be_a_range() -> None:
    """Both ends belong to it; the filter of a venue knows no ranges."""
    papers = [place(1, 2021), place(2, 2020, "2000..2020"), place(3, 2018)]
    assert list_papers(AuthorRequest("Ada Reed", year="2018..2020"), papers).total == 2
    assert list_papers(AuthorRequest("Ada Reed", venue="2000..2020"), papers).total == 1


def test_long_lists_have_pages() -> None:
    """A page has a hundred papers; a year that goes on begins the next page again."""
    papers = [place(number, 2020) for number in range(PER_PAGE + 5)]
    first, second = (list_papers(AuthorRequest("Ada Reed", page=n), papers) for n in (1, 2))
    assert [len(items) for _, items in (*first.groups, *second.groups)] == [PER_PAGE, 5]
    assert first.pages == second.pages == 2
    with pytest.raises(PageInvalid):
        list_papers(AuthorRequest("Ada Reed", page=3), papers)


def test_papers_without_a_year_are_last() -> None:
    """They have a heading of their own."""
    found = list_papers(ADA, [place(1, 2020), place(2, None)])
    assert [heading for heading, _ in found.groups] == ["2020", "Year unknown"]


def test_abstracts_are_bounded() -> None:
    """Later abstracts and those of absurd length are left to the page of the paper."""
    papers = [place(n, 2020, abstract="word " * 900) for n in range(80)]
    shown = list_papers(ADA, [*papers, place(99, 2020, abstract="x" * 6_000)]).groups[0][1]
    assert [bool(one.abstract) for one in shown] == [True] * 44 + [False] * 37
