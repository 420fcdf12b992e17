"""Test that a request survives the way through its parameters."""

import re
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import ChoiceUnknown, PageInvalid, ParameterInvalid
from search.request.facets import DEFAULT_FACETS, FACETS, FacetValue, Selection
from search.request.parameters import parse_parameters, parse_selection, write_parameters
from search.request.search_request import (
    CHOICES,
    MAX_HITS,
    MAX_PER_PAGE,
    SORTS,
    SWITCHES,
    ByMeaning,
    Prior,
    SearchRequest,
    View,
)

YEAR, VENUE = FACETS["year"], FACETS["venue"]
PLAIN = sorted(set(FACETS) - {"year"})

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip)
values = st.lists(texts.filter(bool), max_size=4, unique=True).map(tuple)
years = st.integers(0, 9999)
ends = st.one_of(
    st.tuples(years, st.none()),
    st.tuples(st.none(), years),
    st.lists(years, min_size=2, max_size=2).map(sorted).map(tuple),
)


def select(
    chosen: tuple[str, ...], rest: tuple[str, ...], pair: tuple[int | None, int | None]
) -> Selection:
    """Return a selection in which no value is both selected and excluded."""
    return Selection(tuple(value for value in chosen if value not in rest), rest, *pair)


of_values = st.builds(select, values, values, st.just((None, None)))
of_years = st.builds(
    select,
    st.lists(years.map(str), max_size=3, unique=True).map(tuple),
    st.lists(years.map(str), max_size=3, unique=True).map(tuple),
    ends | st.just((None, None)),
)
selections = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(PLAIN, of_values.filter(bool)) | {"year": of_years.filter(bool)}
)
requests = st.builds(
    SearchRequest,
    query=texts,
    selections=selections,
    sort=st.sampled_from(sorted(SORTS)),
    page=st.integers(1, MAX_HITS // MAX_PER_PAGE),
    per_page=st.integers(1, MAX_PER_PAGE),
    **{name: st.booleans() for name in SWITCHES},
    **{name: st.sampled_from(kind) for name, kind in CHOICES.items()},
    view=st.sampled_from(View),
    facets=st.lists(st.sampled_from(sorted(FACETS)), min_size=1, unique=True).map(tuple),
)


@given(requests)
def test_parameters_round_trip(request: SearchRequest) -> None:
    """A request written as parameters, or as an address, is parsed into the same request."""
    pairs = write_parameters(request)
    assert parse_parameters(pairs) == request
    assert parse_parameters(parse_qsl(urlencode(pairs))) == request


def test_an_excluded_value_is_not_selected() -> None:
    """A value that is both ticked and excluded is excluded, in whatever order."""
    for pairs in (["ICRA", "-ICRA", "IROS"], ["-ICRA", "ICRA", "IROS"]):
        assert parse_selection(VENUE, pairs) == Selection(("IROS",), ("ICRA",))
    assert parse_selection(YEAR, ["2014", "-2014"]) == Selection((), ("2014",))


def test_defaults_are_not_written() -> None:
    """The default request has an empty address, which is parsed into it."""
    assert write_parameters(SearchRequest()) == []
    assert parse_parameters([]) == SearchRequest()
    assert SearchRequest().facets == DEFAULT_FACETS


@given(st.lists(st.tuples(st.sampled_from([*FACETS, "q", "sort", "page", "per_page", "facets",
                                           "year_from", "year_to", "hidden", "other"]),
                          st.text(max_size=8) | st.sampled_from(["2019", "..", "-", "\\", "1..2"])),
                max_size=6))  # fmt: skip
def test_any_address_is_parsed_or_refused(pairs: list[tuple[str, str]]) -> None:
    """Any parameters give a request or an error that names what is wrong."""
    try:
        request = parse_parameters(pairs)
    except (ParameterInvalid, PageInvalid):
        return
    assert parse_parameters(write_parameters(request)).query == request.query


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ([("q", " deep  ")], SearchRequest("deep")),
        ([("q", "a"), ("q", "b")], SearchRequest("b")),
        ([("q", ""), ("venue", ""), ("other", "x")], SearchRequest()),
        ([("venue", "A"), ("venue", "B"), ("venue", "A")],
         SearchRequest(selections={"venue": Selection(("A", "B"))})),
        ([("venue", "-A"), ("venue", "\\-B")],
         SearchRequest(selections={"venue": Selection(("-B",), ("A",))})),
        ([("hidden", "show")], SearchRequest(hidden=True)),
        ([("hidden", "1")], SearchRequest()),
        ([("prior", "citations")], SearchRequest(prior=Prior.CITATIONS)),
        ([("prior", "none")], SearchRequest(prior=Prior.NONE)),
        ([("prior", "auto")], SearchRequest()),
        ([("prior", "")], SearchRequest()),
        ([("meaning", "none")], SearchRequest(meaning=ByMeaning.NONE)),
        ([("meaning", "all")], SearchRequest(meaning=ByMeaning.ALL)),
        ([("records", "1")], SearchRequest(view=View.RECORDS)),
        ([("records", "yes")], SearchRequest()),
        ([("raw", "1")], SearchRequest(view=View.RECORDS)),
        ([("page", "3"), ("per_page", "50")], SearchRequest(page=3, per_page=50)),
        ([("facets", "author,,venue,author")], SearchRequest(facets=("author", "venue"))),
        ([("year_from", "2019"), ("year_to", "2022")],
         SearchRequest(selections={"year": Selection(low=2019, high=2022)})),
        ([("year_from", "2019")], SearchRequest(selections={"year": Selection(low=2019)})),
        ([("year_to", "2022")], SearchRequest(selections={"year": Selection(high=2022)})),
        ([("year_from", "2022"), ("year_to", "2019"), ("year", "2000")],
         SearchRequest(selections={"year": Selection(("2000",), low=2019, high=2022)})),
        ([("year_from", ""), ("year_to", " ")], SearchRequest()),
    ],
)  # fmt: skip
def test_parameters_are_parsed(parameters: list[tuple[str, str]], expected: SearchRequest) -> None:
    """Facets collect values, other names take the last one; empty and unknown are ignored."""
    assert parse_parameters(parameters) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (["2019"], Selection(("2019",))),
        (["2019", "2020", "-2021"], Selection(("2019", "2020"), ("2021",))),
        (["2019..2022"], Selection(low=2019, high=2022)),
        (["2022..2019"], Selection(low=2019, high=2022)),
        (["2019.."], Selection(low=2019)),
        (["..2022"], Selection(high=2022)),
        (["*..2022"], Selection(high=2022)),
        (["2019..*"], Selection(low=2019)),
        ([".."], Selection()),
        (["2019..2020", "-2020"], Selection((), ("2020",), 2019, 2020)),
        (["02019"], Selection(("2019",))),
    ],
)
def test_years_are_parsed(chosen: list[str], expected: Selection) -> None:
    """Years can be listed, excluded, and given as ranges, open or in reverse order."""
    assert parse_selection(YEAR, chosen) == expected


@pytest.mark.parametrize(
    "year",
    ["20x", "nineteen", "2019..x", "-x", "--2019", "2019..2020..2021", "1e3", "²", "99999", "-",
     "1234567890..", "0000000009999999999999999999", "9" * 5_000, "9" * 5_000 + ".."],
)  # fmt: skip
def test_invalid_years_are_refused(year: str) -> None:
    """An invalid or impossible year raises an error that shows valid ones."""
    with pytest.raises(ParameterInvalid, match=r"Invalid year .*\. Use a"):
        parse_parameters([("year", year)])


def test_other_facets_have_no_ranges() -> None:
    """In a facet without numbers, dots and a single sign are part of the value."""
    assert parse_selection(VENUE, ["a..b", "-", "\\"]) == Selection(("a..b", "-", "\\"))


@given(texts.filter(bool), st.booleans())
def test_a_facet_value_selects_itself(value: str, excluded: bool) -> None:  # noqa: FBT001
    """The parameter of a facet value selects that value, or excludes it if it was excluded."""
    counted = FacetValue(value, 3, selected=not excluded, excluded=excluded)
    chosen = Selection((), (value,)) if excluded else Selection((value,))
    assert parse_selection(VENUE, [counted.parameter]) == chosen


def test_unknown_choices_are_refused() -> None:
    """A value that is not among the choices of its parameter raises an error that lists them."""
    says = "Unknown prior 'best'. Choose one of auto, citations, none."
    with pytest.raises(ChoiceUnknown, match=re.escape(says)):
        parse_parameters([("prior", "best")])


@pytest.mark.parametrize("name", ["page", "per_page"])
@pytest.mark.parametrize("value", ["x", "1.5", "-1", "1e2", "²", "9" * 10, "0x1", "9" * 5_000])
def test_numbers_are_whole_numbers(name: str, value: str) -> None:
    """A page or page size that is not a whole number raises an error that names it."""
    with pytest.raises(ParameterInvalid, match=f"Invalid {name} .* Use a whole number"):
        parse_parameters([(name, value)])
