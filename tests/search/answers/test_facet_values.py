"""Test that all values of a facet are listed, exactly and however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from search.answers.facet_values import PER_PAGE, list_facet_values
from search.answers.searcher import Searcher
from search.errors import ChoiceUnknown, PageInvalid, ParameterInvalid
from search.request.facets import Selection
from search.request.search_request import SearchRequest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAPERS = 1_203


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over more authors than a page of results counts."""
    records = (
        {
            "id": f"p{n}",
            "title": "Tide",
            "authors": [f"Ann {chr(97 + n % 26)}{n:04d}", "Zoë Reed"],
            "status": ["oral", "reject", "poster"][n % 3],
        }
        for n in range(PAPERS)
    )
    return Searcher(index_of(*records))


def test_more_values_than_a_page_of_results_counts(searcher: Searcher) -> None:
    """Every author of shown papers is listed once, however many there are."""
    shown = searcher.search(SearchRequest("tide")).total
    pages, found = 1, list[str]()
    while len(found) < PAPERS * 2:
        page = list_facet_values(searcher, SearchRequest("tide", page=pages), "author")
        found += [value.value for value in page.values]
        assert page.complete
        assert page.total == shown + 1
        if pages == page.pages:
            break
        pages += 1
    assert found[0] == "zoe reed"
    assert len(found) == len(set(found)) == shown + 1 > 800
    assert pages == -(-len(found) // PER_PAGE)


def test_a_selection_does_not_narrow_its_own_facet(searcher: Searcher) -> None:
    """Values are counted without the facet's own selection; selected ones are marked."""
    chosen = {"author": Selection(("Zoë Reed",), ("ann a0000",))}
    page = list_facet_values(searcher, SearchRequest(selections=chosen), "author", "reed")
    assert [(one.value, one.selected) for one in page.values] == [("zoe reed", True)]
    page = list_facet_values(searcher, SearchRequest(selections=chosen), "author", "a0000")
    assert [(one.value, one.excluded) for one in page.values] == [("ann a0000", True)]


def test_hidden_statuses_are_counted(searcher: Searcher) -> None:
    """The facet of statuses counts papers that it hides, as the page of results does."""
    page = list_facet_values(searcher, SearchRequest(), "status")
    results = searcher.search(SearchRequest())
    assert page.values == results.facets["status"]
    assert {value.value for value in page.values} == {"oral", "poster", "rejected"}


def test_invalid_parameters_are_refused(searcher: Searcher) -> None:
    """An unknown facet or order, a long text and a page beyond the last are refused."""
    with pytest.raises(ChoiceUnknown):
        list_facet_values(searcher, SearchRequest(), "nothing")
    with pytest.raises(ChoiceUnknown):
        list_facet_values(searcher, SearchRequest(), "venue", order="evil")
    with pytest.raises(ParameterInvalid):
        list_facet_values(searcher, SearchRequest(), "venue", "x" * 999)
    with pytest.raises(PageInvalid):
        list_facet_values(searcher, SearchRequest(page=9), "status")
