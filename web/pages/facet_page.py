"""Serve the page of all values of one facet of a search, and its JSON twin."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Response, render_template, request

from search.answers.facet_values import LONGEST_FIND, FacetPage, list_facet_values
from search.request.facets import FACETS, Selection
from search.request.parameters import write_parameters
from web.api.facet_values import describe_facet_page
from web.pages.blueprint import get_searcher, pages, parse_request, respond_json
from web.pages.facet_groups import FacetGroup, show_values
from web.pages.page_size import LONGEST_ADDRESS
from web.pages.view import link_path
from web.wording import LONGEST_HEADING, shorten_text


@dataclass(frozen=True, slots=True)
class FacetLinks:
    """The addresses of a page of values; each is empty if it is too long to be repeated.

    Attributes:
        by_count: The same values with the most frequent first.
        by_name: The same values from A to Z.
        previous: The page before; also empty for the first page.
        following: The page after; also empty for the last page.
        search: The search that the values belong to.
    """

    by_count: str
    by_name: str
    previous: str
    following: str
    search: str


@pages.get("/facet/<name>")
def facet(name: str) -> str:
    """Show the values of a facet, to choose or exclude some of them."""
    page = _read_page(name)
    asked = page.request
    selection = asked.selections.get(name, Selection())
    here = {value.value for value in page.values}
    # Selected values of other pages are sent as they are.
    elsewhere = Selection(
        tuple(value for value in selection.values if value not in here),
        tuple(value for value in selection.excluded if value not in here),
        selection.low,
        selection.high,
    )
    others = {key: chosen for key, chosen in asked.selections.items() if key != name}
    kept = replace(asked, page=1, selections=others | ({name: elsewhere} if elsewhere else {}))
    return render_template(
        "facet.html",
        page=page,
        group=FacetGroup(name, FACETS[name].title, show_values(page.values), page.total),
        heading=shorten_text(asked.query, LONGEST_HEADING),
        query=asked.query,
        kept=write_parameters(replace(kept, query="")),
        repeated=write_parameters(replace(asked, page=1)),
        longest_find=LONGEST_FIND,
        links=_list_links(page),
    )


@pages.get("/facet/<name>.json")
def facet_document(name: str) -> Response:
    """Return the values of a facet as JSON."""
    return respond_json(describe_facet_page(_read_page(name)))


def _read_page(name: str) -> FacetPage:
    find, order = request.args.get("find", "").strip(), request.args.get("order", "count")
    return list_facet_values(get_searcher(), parse_request(), name, find, order)


def _list_links(page: FacetPage) -> FacetLinks:
    return FacetLinks(
        by_count=_write_address(page, order="count"),
        by_name=_write_address(page, order="name"),
        previous=_write_address(page, page.page - 1) if page.page > 1 else "",
        following=_write_address(page, page.page + 1) if page.page < page.pages else "",
        search=link_path(replace(page.request, page=1)),
    )


def _write_address(page: FacetPage, number: int = 1, order: str = "") -> str:
    own = {"find": page.find, "order": order or page.order}
    shown = [(name, value) for name, value in own.items() if value not in ("", "count")]
    pairs = [*write_parameters(replace(page.request, page=number)), *shown]
    address = f"/facet/{page.name}" + (f"?{urlencode(pairs)}" if pairs else "")
    return address if len(address) <= LONGEST_ADDRESS else ""
