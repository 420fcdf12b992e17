"""Test search addresses and page links."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.request.parameters import parse_parameters
from search.request.search_request import SearchRequest
from tests.support.made_results import REQUESTS, make_results, parse_address
from web.api.addresses import paper_path
from web.pages.view import (
    AddressWriter,
    encode_search,
    link_path,
    link_paths,
    list_page_links,
    search_path,
)

if TYPE_CHECKING:
    from search.answers.searcher import Searcher


@given(REQUESTS)
def test_addresses_round_trip(request: SearchRequest) -> None:
    """The address of a search parses back into the same request."""
    assert parse_address(search_path(request)) == request


PAGES = [
    (1, 5, []),
    (1, 15, ["[1]", "2", "Next"]),
    (2, 15, ["Previous", "1", "[2]"]),
    (1, 200, ["[1]", "2", "3", "…", "20", "Next"]),
    (4, 200, ["Previous", "1", "2", "3", "[4]", "5", "6", "…", "20", "Next"]),
    (10, 200, ["Previous", "1", "…", "8", "9", "[10]", "11", "12", "…", "20", "Next"]),
    (20, 200, ["Previous", "1", "…", "18", "19", "[20]"]),
    (1, 20_000, ["[1]", "2", "3", "…", "2,000", "Next"]),
]


@pytest.mark.parametrize(("page", "total", "labels"), PAGES)
def test_page_links(page: int, total: int, labels: list[str]) -> None:
    """The pages around the current one, the first and the last are linked; gaps are shown."""
    links = list_page_links(make_results(total, SearchRequest(page=page)))
    assert [f"[{link.label}]" if link.current else link.label for link in links] == labels
    for link in links:
        assert bool(link.address) == (not link.current and link.label != "…")
        if link.label.replace(",", "").isdecimal() and link.address:
            assert parse_address(link.address).page == int(link.label.replace(",", ""))


@pytest.mark.parametrize("page", [1, 9_999, 10_000])
def test_page_links_end_at_the_last_valid_page(page: int) -> None:
    """Every linked page is a valid request, however many papers match."""
    links = list_page_links(make_results(7_000_000, SearchRequest(page=page)))
    pages = [parse_address(link.address).page for link in links if link.address]
    assert 9_999 <= max(pages) <= 10_000


def test_links_that_are_too_long_together_are_none() -> None:
    """An address is repeated if it is short, and by all links of a list or by none."""
    short, long = SearchRequest("tides"), SearchRequest("tide " * 1_000)
    assert link_path(short) == search_path(short)
    assert link_path(long) == ""
    assert link_paths([short] * 100) == [search_path(short)] * 100
    assert link_paths([short, *[long] * 12]) == [""] * 13


@given(REQUESTS)
def test_encoded_parameters_repeat_a_search(request: SearchRequest) -> None:
    """The encoded parameters parse back into the first page of the same search."""
    encoded = encode_search(request)
    assert encoded is not None
    assert parse_parameters(parse_qsl(encoded)) == replace(request, page=1)
    assert encode_search(SearchRequest()) == ""
    assert encode_search(SearchRequest("tide " * 1_000)) is None


@given(REQUESTS)
def test_one_parameter_is_changed(request: SearchRequest) -> None:
    """An address with another value of a parameter is that search on its first page."""
    write = AddressWriter(request).write
    first = replace(request, page=1)
    assert parse_address(write()) == first
    assert parse_address(write(sort="newest")) == replace(first, sort="newest")
    assert parse_address(write(page="7")) == replace(first, page=7)
    others = {name: one for name, one in request.selections.items() if name != "year"}
    assert parse_address(write(year="")) == replace(first, selections=others)


def test_page_links_of_a_long_request_are_buttons() -> None:
    """A request that is too long for links has pages by number."""
    links = list_page_links(make_results(95, SearchRequest("tide " * 1_000, page=2)))
    assert [(link.address, link.number) for link in links[:3]] == [("", 1), ("", 1), ("", 2)]
    assert links[2].current


def test_a_name_is_marked_where_it_matched(sample_searcher: Searcher) -> None:
    """Only an author whose name matches the query is marked."""
    marks = sample_searcher.search(SearchRequest("author:bengio learning")).highlighter
    assert marks.matches_name("Yoshua Bengio")
    assert not marks.matches_name("Ian J. Goodfellow")


@given(st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable() and text.strip()))
def test_browsers_keep_paper_paths(paper_id: str) -> None:
    """The address of any id is ASCII, and no browser rewrites it."""
    for twin in ("", ".json"):
        address = paper_path(paper_id, twin)
        path = urlsplit(address).path
        assert address.isascii()
        assert path.startswith("/paper")
        assert "//" not in path
        assert not {".", ".."} & set(path.split("/"))
        assert path.endswith(".json") == (twin == ".json")
