"""Test the links of a search over several indexes."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from search.indexes.search import MergedRequest, parse_merged_request
from web.indexes.links import link_merged
from web.pages.page_size import LONGEST_ADDRESS

NAMES = ["a", "b", "c"]


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
    st.lists(st.sampled_from(NAMES), unique=True),
    st.integers(1, 9),
    st.integers(1, 100),
)
def test_an_address_means_its_request(
    query: str, selected: list[str], page: int, per_page: int
) -> None:
    """Parsing the address of a request gives the request."""
    asked = MergedRequest(query.strip(), tuple(selected), page, per_page)
    address = link_merged(asked, page)
    assert len(address) <= LONGEST_ADDRESS
    pairs = parse_qsl(urlsplit(address).query, keep_blank_values=True)
    assert parse_merged_request(pairs, NAMES) == asked


def test_a_long_query_has_no_link() -> None:
    """An address that no link should repeat is left out."""
    assert link_merged(MergedRequest("a" * LONGEST_ADDRESS)) == ""
