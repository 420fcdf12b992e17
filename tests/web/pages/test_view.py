"""Test search addresses, filter chips, facet groups, page links and author names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answers.highlight import Highlighter
from search.answers.index_views import choose_view
from search.answers.results import Results
from search.language.parser import parse
from search.planning.plan import Anything, Plan
from search.request.facets import FACETS, FacetValue, Selection
from search.request.parameters import parse_parameters, turn_off
from search.request.search_request import CHOICES, SORTS, SWITCHES, SearchRequest, View
from web.api.addresses import paper_path
from web.pages.view import (
    FIRST_VALUES,
    LONGEST_VALUES,
    MOST_VALUES,
    group_facets,
    link_path,
    link_paths,
    list_active_filters,
    list_page_links,
    search_path,
)

if TYPE_CHECKING:
    from search.answers.searcher import Searcher


def _make_results(total: int = 0, request: SearchRequest | None = None, **facets: int) -> Results:
    """Return results with the given total and number of values per facet."""
    request = request or SearchRequest()
    parsed = parse(request.query)
    return Results(
        request=request,
        parsed=parsed,
        view=choose_view(request, parsed),
        sort=request.sort,
        hits=(),
        total=total,
        facets={
            name: tuple(FacetValue(f"v{n}", 1000 - n) for n in range(count))
            for name, count in facets.items()
        },
        cut_facets=(),
        took_ms=1.0,
        suggestion=None,
        relaxed=None,
        concealed=0,
        generation="g",
        highlighter=Highlighter(parsed.query),
        plan=Plan(Anything()),
    )


WORDS = st.text(min_size=1, max_size=20).map(str.strip).filter(bool)
SELECTIONS = st.builds(
    Selection,
    values=st.lists(WORDS, max_size=3, unique=True).map(tuple),
    excluded=st.lists(WORDS, max_size=3, unique=True).map(tuple),
)
YEARS = st.builds(
    Selection,
    values=st.lists(st.integers(0, 9999).map(str), max_size=3, unique=True).map(tuple),
    low=st.none() | st.integers(0, 2000),
    high=st.none() | st.integers(2000, 9999),
)
NAMED = [name for name, facet in FACETS.items() if not facet.numeric]
REQUESTS = st.builds(
    SearchRequest,
    query=st.text(max_size=40).map(str.strip),
    selections=st.dictionaries(st.sampled_from(NAMED), SELECTIONS.filter(bool), max_size=3)
    | st.fixed_dictionaries({"year": YEARS.filter(bool)}),
    sort=st.sampled_from(list(SORTS)),
    page=st.integers(1, 1000),
    per_page=st.integers(1, 100),
    **{name: st.booleans() for name in SWITCHES},
    **{name: st.sampled_from(kind) for name, kind in CHOICES.items()},
    view=st.sampled_from(View),
    facets=st.lists(st.sampled_from(list(FACETS)), min_size=1, unique=True).map(tuple),
)


def _parse_address(address: str) -> SearchRequest:
    parts = urlsplit(address)
    assert parts.path == "/search"
    return parse_parameters(parse_qsl(parts.query, keep_blank_values=True))


@given(REQUESTS)
def test_addresses_round_trip(request: SearchRequest) -> None:
    """The address of a search parses back into the same request."""
    assert _parse_address(search_path(request)) == request


@given(REQUESTS)
def test_each_chip_drops_one_filter(request: SearchRequest) -> None:
    """Following the chips one after the other removes one filter each, until none is left."""
    current = request
    for expected in range(len(list_active_filters(_make_results(request=request))), 0, -1):
        chips = list_active_filters(_make_results(request=current))
        assert len(chips) == expected
        current = _parse_address(chips[0].address)
        assert current.page == 1
    assert not any(current.selections.values())
    assert current == replace(turn_off(current, *SWITCHES, *CHOICES), page=current.page)
    assert current.view is View.WORKS
    assert (current.query, current.sort) == (request.query, request.sort)


@pytest.mark.parametrize(
    ("parameters", "labels"),
    [
        ("", []),
        ("venue=ICML&venue=-ICLR", ["Venue: ICML", "Venue: not ICLR"]),
        ("year=2014..2016", ["Year: 2014 to 2016"]),
        ("year=2014..2014", ["Year: 2014"]),
        ("year=2014", ["Year: 2014"]),
        ("year=2014..", ["Year: from 2014"]),
        ("year=..2014", ["Year: to 2014"]),
        ("year=..0", ["Year: to 0"]),
        ("year=-2014", ["Year: not 2014"]),
        ("hidden=show", ["Including withdrawn and rejected papers"]),
        ("prior=none", ["Ignoring citations"]),
        ("prior=auto", []),
        ("records=1&prior=citations", ["Favouring cited papers", "Duplicates shown separately"]),
    ],
)
def test_labels_of_chips(parameters: str, labels: list[str]) -> None:
    """A chip names the active filter."""
    chips = list_active_filters(_make_results(request=parse_parameters(parse_qsl(parameters))))
    assert [chip.label for chip in chips] == labels


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
    links = list_page_links(_make_results(total, SearchRequest(page=page)))
    assert [f"[{link.label}]" if link.current else link.label for link in links] == labels
    for link in links:
        assert bool(link.address) == (not link.current and link.label != "…")
        if link.label.replace(",", "").isdecimal() and link.address:
            assert _parse_address(link.address).page == int(link.label.replace(",", ""))


@pytest.mark.parametrize("page", [1, 9_999, 10_000])
def test_page_links_end_at_the_last_valid_page(page: int) -> None:
    """Every linked page is a valid request, however many papers match."""
    links = list_page_links(_make_results(7_000_000, SearchRequest(page=page)))
    pages = [_parse_address(link.address).page for link in links if link.address]
    assert 9_999 <= max(pages) <= 10_000


def test_facet_groups() -> None:
    """The first values are shown, the others folded, and the unlisted ones counted."""
    groups = {
        group.name: group
        for group in group_facets(_make_results(9, venue=300, type=3, year=9, status=0))
    }
    assert list(groups) == ["venue", "type"]
    assert len(groups["venue"].first) == FIRST_VALUES
    assert len(groups["venue"].rest) == MOST_VALUES - FIRST_VALUES
    assert groups["venue"].unlisted == 300 - MOST_VALUES
    assert (len(groups["type"].first), groups["type"].rest, groups["type"].unlisted) == (3, (), 0)
    assert [group.title for group in groups.values()] == ["Venue", "Type"]
    assert not any(group.cut for group in groups.values())
    cut = group_facets(replace(_make_results(9, venue=300), cut_facets=("venue",)))
    assert [group.cut for group in cut] == [True]


def test_selected_values_come_first() -> None:
    """A selected or excluded value is shown at once, however few papers it has."""
    results = _make_results(9, venue=300)
    values = [
        replace(v, selected=v.value == "v290", excluded=v.value == "v299")
        for v in results.facets["venue"]
    ]
    group = group_facets(replace(results, facets={"venue": tuple(values)}))[0]
    assert [value.value for value in group.first[:3]] == ["v290", "v299", "v0"]


def test_long_values_of_a_facet_are_fewer() -> None:
    """Values of absurd length are listed as far as they fit, the selected ones always."""
    values = [FacetValue(f"{n}" * 1_000, 9, selected=n == 40) for n in range(10, 99)]
    group = group_facets(replace(_make_results(9), facets={"topic": tuple(values)}))[0]
    assert group.first[0].selected
    assert len(group.first) + len(group.rest) + group.unlisted == 89
    assert sum(len(value.value) for value in (*group.first, *group.rest)) <= LONGEST_VALUES


def test_links_that_are_too_long_together_are_none() -> None:
    """An address is repeated if it is short, and by all links of a list or by none."""
    short, long = SearchRequest("tides"), SearchRequest("tide " * 1_000)
    assert link_path(short) == search_path(short)
    assert link_path(long) == ""
    assert link_paths([short] * 100) == [search_path(short)] * 100
    assert link_paths([short, *[long] * 12]) == [""] * 13


def test_page_links_of_a_long_request_are_buttons() -> None:
    """A request that is too long for links has pages by number."""
    links = list_page_links(_make_results(95, SearchRequest("tide " * 1_000, page=2)))
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
