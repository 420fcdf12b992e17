"""Describe a page of the values of one facet as JSON."""

from typing import Annotated

from msgspec import Meta, Struct

from search.answers.facet_values import FacetPage
from web.api.results import FacetValueDocument, describe_facet_value


class FacetPageDocument(Struct, frozen=True, kw_only=True):
    """A page of the values of one facet of a search."""

    name: Annotated[str, Meta(description="The facet.")]
    find: Annotated[str, Meta(description="What the values contain; empty for all values.")]
    order: Annotated[
        str, Meta(description="`count`, the most frequent value first, or `name`, from A to Z.")
    ]
    page: Annotated[int, Meta(description="Number of this page, from 1.")]
    pages: Annotated[int, Meta(description="Number of pages.")]
    total: Annotated[int, Meta(description="Number of values that contain what is looked for.")]
    complete: Annotated[
        bool, Meta(description="Whether all values were counted, not only the most frequent.")
    ]
    values: Annotated[
        tuple[FacetValueDocument, ...], Meta(description="The values of this page, at most 100.")
    ]


def describe_facet_page(page: FacetPage) -> FacetPageDocument:
    """Return a page of the values of one facet as JSON."""
    return FacetPageDocument(
        name=page.name,
        find=page.find,
        order=page.order,
        page=page.page,
        pages=page.pages,
        total=page.total,
        complete=page.complete,
        values=tuple(map(describe_facet_value, page.values)),
    )
