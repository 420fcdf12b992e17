"""Write the addresses of searches, the links between pages, and the filters of the templates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote_plus, urlencode

from flask import Flask

from search.answers.index_views import switch_view
from search.answers.results import Results
from search.request.facets import write_value
from search.request.parameters import write_parameters
from search.request.search_request import ByMeaning, SearchRequest, View
from web.math.formulas import write_formulas
from web.pages.page_size import (
    LONGEST_ADDRESS,
    LONGEST_ADDRESSES,
    LONGEST_VALUE_ADDRESS,
    MOST_AUTHORS,
    MOST_SOURCES,
    MOST_VERSIONS,
    cut_list,
    cut_paragraphs,
    shorten_echo,
    shorten_label,
)

AROUND = 2
"""Pages linked on either side of the current one."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of results.

    Attributes:
        label: The text.
        address: Empty for the current page, for gaps, and where the request is too long for links.
        number: The page; 0 for gaps.
        current: Whether it is the current page.
        rel: How the page relates to the current one.
    """

    label: str
    address: str = ""
    number: int = 0
    current: bool = False
    rel: str = ""


def search_path(request: SearchRequest) -> str:
    """Return the address of a search."""
    parameters = write_parameters(request)
    return "/search" + (f"?{urlencode(parameters)}" if parameters else "")


def link_path(request: SearchRequest) -> str:
    """Return the address of a search for a link; empty if it is too long to be repeated."""
    address = search_path(request)
    return address if len(address) <= LONGEST_ADDRESS else ""


class AddressWriter:
    """Writes addresses of one search with other values of a parameter; it is encoded only once.

    A page of results has about twenty of them.
    """

    def __init__(self, request: SearchRequest) -> None:
        """Encode the parameters of the first page of a search."""
        pairs = write_parameters(request)
        self._parts = [(name, _encode_pair(name, one)) for name, one in pairs if name != "page"]

    def write(self, **changed: str) -> str:
        """Return the address of the search with some parameters changed.

        Args:
            changed: New values by parameter; an empty one drops the parameter.

        Returns:
            The address, or nothing if it is too long to be repeated.
        """
        parts = [part for name, part in self._parts if name not in changed]
        parts += [_encode_pair(name, one) for name, one in changed.items() if one]
        address = "/search" + ("?" + "&".join(parts) if parts else "")
        return address if len(address) <= LONGEST_ADDRESS else ""


def _encode_pair(name: str, value: str) -> str:
    """Encode a parameter as `urlencode` does, in a third of the time; names need no escapes."""
    return f"{name}={quote_plus(value)}"


def encode_search(request: SearchRequest) -> str | None:
    """Return the encoded parameters of a search without its page, for addresses that repeat it.

    Returns:
        The parameters, which may be none, or None if they are too long to be repeated.
    """
    encoded = urlencode(write_parameters(replace(request, page=1)))
    return encoded if len(encoded) <= LONGEST_ADDRESS else None


def link_paths(requests: Sequence[SearchRequest]) -> list[str]:
    """Return the addresses of a list of links; all are empty if they are too long together."""
    addresses, left = [], LONGEST_ADDRESSES
    for request in requests:
        addresses.append(search_path(request))
        left -= len(addresses[-1])
        if left < 0:
            return [""] * len(requests)
    return addresses


def find_other_view(results: Results) -> SearchRequest:
    """Return the same search over records, or over works if the results are records."""
    other = View.WORKS if results.view is View.RECORDS else View.RECORDS
    return switch_view(results.request, results.parsed, other)


def list_page_links(results: Results) -> list[PageLink]:
    """List links to the pages around the current one, to the first and to the last."""
    request, last = results.request, results.pages
    if last == 1:
        return []
    current, writer = request.page, AddressWriter(request)

    def write(number: int) -> str:
        return writer.write(page=str(number) if number > 1 else "")

    near = range(max(1, current - AROUND), min(last, current + AROUND) + 1)
    links = []
    if current > 1:
        links.append(PageLink("Previous", write(current - 1), current - 1, rel="prev"))
    previous = 0
    for number in sorted({1, *near, last}):
        if number > previous + 1:
            links.append(PageLink("…"))
        is_current = number == current
        address = "" if is_current else write(number)
        links.append(PageLink(f"{number:,}", address, number, is_current))
        previous = number
    if current < last:
        links.append(PageLink("Next", write(current + 1), current + 1, rel="next"))
    return links


def register_filters(app: Flask) -> None:
    """Register the filters that the templates use."""
    app.jinja_env.globals["View"] = View
    app.add_template_filter(link_path, "link_path")
    app.add_template_filter(_path_with_hidden, "with_hidden")
    app.add_template_filter(_path_by_words, "by_words")
    app.add_template_filter(_path_of_respelling, "respelt")
    app.add_template_filter(lambda number: f"{number:,}", "thousands")
    app.add_template_filter(_format_day, "day")
    app.add_template_filter(write_value, "written")
    app.add_template_filter(shorten_label, "short")
    app.add_template_filter(shorten_echo, "echo")
    app.add_template_filter(cut_paragraphs, "paragraphs")
    app.add_template_filter(cut_list, "cut")
    app.add_template_filter(write_formulas, "math")
    app.jinja_env.globals.update(
        LONGEST_VALUE_ADDRESS=LONGEST_VALUE_ADDRESS,
        MOST_AUTHORS=MOST_AUTHORS,
        MOST_VERSIONS=MOST_VERSIONS,
        MOST_SOURCES=MOST_SOURCES,
    )


def _path_with_hidden(request: SearchRequest) -> str:
    return link_path(replace(request, hidden=True, page=1))


def _path_by_words(request: SearchRequest) -> str:
    return link_path(replace(request, meaning=ByMeaning.NONE, page=1))


def _path_of_respelling(request: SearchRequest, query: str) -> str:
    return link_path(replace(request, query=query, page=1))


def _format_day(timestamp: str) -> str:
    """Format a timestamp as a day for people: ``28 Nov 2026``."""
    day = date.fromisoformat(timestamp[:10])
    return f"{day.day} {day:%b %Y}"
