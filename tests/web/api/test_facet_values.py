"""Test the JSON of the values of a facet."""

from search.answers.facet_values import FacetPage
from search.request.facets import FacetValue
from search.request.search_request import SearchRequest
from web.api.facet_values import describe_facet_page
from web.api.results import FacetValueDocument


def test_a_page_of_values_is_described() -> None:
    """The document has the values with their counts and marks, and where the page stands."""
    values = (FacetValue("ICML", 9, selected=True), FacetValue("ICLR", 2, excluded=True))
    page = FacetPage(
        "venue", SearchRequest("tide"), "ic", "name", 2, 3, values, total=202, complete=False
    )
    document = describe_facet_page(page)
    assert (document.name, document.find, document.order) == ("venue", "ic", "name")
    assert (document.page, document.pages, document.total) == (2, 3, 202)
    assert document.complete is False
    assert document.values == (
        FacetValueDocument("ICML", 9, selected=True, excluded=False),
        FacetValueDocument("ICLR", 2, selected=False, excluded=True),
    )
