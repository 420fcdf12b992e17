"""Parse and write the parameters of a search, as addresses, forms and commands have them.

Every interface uses the same parameters::

    q=offline rl & venue=NeurIPS & venue=-ICML & year=2019..2022 & sort=newest
    & page=2 & per_page=20 & hidden=show & facets=venue,author & expand=feedback
    & prior=citations & meaning=none & records=1 & since=2026-11-28
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from search.errors import ChoiceUnknown, ParameterInvalid
from search.request.facets import DEFAULT_FACETS, FACETS, Facet, Selection, write_value
from search.request.search_request import (
    CHOICES,
    DEFAULT_SORT,
    SWITCHES,
    SearchRequest,
    View,
)

MAX_DIGITS = 9
"""Digits of a number in a parameter."""

RECORDS = "records"
"""The parameter that selects a `View`: ``records=1`` searches records."""

_FORMER_RECORDS = "raw"
_ON = "1"
_YEARS = range(10_000)
_PLAIN = SearchRequest()


def parse_parameters(parameters: Iterable[tuple[str, str]]) -> SearchRequest:
    """Parse the parameters of an address or a form.

    Args:
        parameters: (name, value) pairs. A facet may be repeated; a leading ``-`` excludes the
            value, see `search.request.facets.write_value`. Empty values and unknown names are
            ignored.

    Raises:
        ParameterInvalid: A value cannot be parsed, or is not among its choices.
        QueryTooCostly, PageInvalid: A value is beyond its limit.
    """
    single: dict[str, str] = {}
    chosen: dict[str, list[str]] = {}
    for name, value in parameters:
        if name in FACETS and value.strip():
            chosen.setdefault(name, []).append(value.strip())
        elif value.strip():
            single[name] = value.strip()
    if "year_from" in single or "year_to" in single:
        # Without a script, a form has two boxes for the range.
        chosen.setdefault("year", []).append(
            f"{single.get('year_from', '')}..{single.get('year_to', '')}"
        )
    facets = tuple(dict.fromkeys(part for part in single.get("facets", "").split(",") if part))
    return SearchRequest(
        query=single.get("q", ""),
        selections=parse_selections(chosen),
        sort=single.get("sort", DEFAULT_SORT),
        page=_parse_integer("page", single.get("page", "1")),
        per_page=_parse_integer("per_page", single.get("per_page", "10")),
        **_parse_switches(single),
        facets=facets or DEFAULT_FACETS,
        view=parse_view(single),
        since=single.get("since", ""),
    )


def parse_selections(chosen: Mapping[str, Iterable[str]]) -> dict[str, Selection]:
    """Parse the values selected in each facet; facets without values are left out.

    Args:
        chosen: The values by facet, see `parse_selection`.

    Raises:
        ParameterInvalid: A year is not a number.
    """
    parsed = {name: parse_selection(FACETS[name], values) for name, values in chosen.items()}
    return {name: selection for name, selection in parsed.items() if selection}


def parse_view(parameters: Mapping[str, str]) -> View:
    """Return the view that the parameters select; the former ``raw=1`` still selects records."""
    asked = _ON in (parameters.get(RECORDS), parameters.get(_FORMER_RECORDS))
    return View.RECORDS if asked else View.WORKS


def parse_selection(facet: Facet, values: Iterable[str]) -> Selection:
    """Parse the values selected in one facet.

    Args:
        facet: The facet.
        values: Values, excluded values (``-value``) and, for years, ranges (``2019..2022``). A
            value that is both is excluded: a form sends both if a ticked value is excluded.

    Raises:
        ParameterInvalid: A year is not a number.
    """
    included: list[str] = []
    excluded: list[str] = []
    low = high = None
    for value in values:
        if facet.numeric and ".." in value:
            low, high = _parse_range(facet.name, value)
        elif value.startswith("-") and len(value) > 1:
            excluded.append(_check_value(facet, value[1:]))
        else:
            escaped = value.startswith("\\") and len(value) > 1
            included.append(_check_value(facet, value[1:] if escaped else value))
    values = (value for value in dict.fromkeys(included) if value not in excluded)
    return Selection(tuple(values), tuple(dict.fromkeys(excluded)), low, high)


def write_parameters(request: SearchRequest) -> list[tuple[str, str]]:
    """Write a request as (name, value) pairs without defaults, for `parse_parameters`."""
    pairs = [("q", request.query)] if request.query else []
    for name, selection in request.selections.items():
        pairs += [(name, value) for value in write_selection(selection)]
    for name in ("sort", "page", "per_page", *CHOICES):
        if getattr(request, name) != getattr(_PLAIN, name):
            pairs.append((name, str(getattr(request, name))))
    pairs += [(name, value) for name, value in SWITCHES.items() if getattr(request, name)]
    pairs += write_view(request.view)
    pairs += [("since", request.since)] if request.since else []
    if request.facets != _PLAIN.facets:
        pairs.append(("facets", ",".join(request.facets)))
    return pairs


def write_selection(selection: Selection) -> list[str]:
    """Write a selection as values for `parse_selection`."""
    values = [write_value(value) for value in selection.values]
    values += [write_value(value, excluded=True) for value in selection.excluded]
    if selection.low is not None or selection.high is not None:
        low, high = ("" if end is None else end for end in (selection.low, selection.high))
        values.append(f"{low}..{high}")
    return values


def write_view(view: View) -> list[tuple[str, str]]:
    """Write a view as (name, value) pairs for `parse_view`; the default needs none."""
    return [(RECORDS, _ON)] if view is View.RECORDS else []


def turn_off(request: SearchRequest, *names: str) -> SearchRequest:
    """Return the first page of the same search with defaults for some `SWITCHES` or `CHOICES`."""
    return replace(request, page=1, **{name: getattr(_PLAIN, name) for name in names})


def _parse_switches(parameters: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of a request that `SWITCHES` and `CHOICES` set."""
    found: dict[str, Any] = {name: parameters.get(name) == on for name, on in SWITCHES.items()}
    for name, kind in CHOICES.items():
        choices = list(kind)
        value = parameters.get(name, choices[0])
        if value not in choices:
            raise ChoiceUnknown(name, value, choices)
        found[name] = kind(value)
    return found


def _check_value(facet: Facet, value: str) -> str:
    if not facet.numeric:
        return value
    if not value.isdecimal() or len(value) > MAX_DIGITS or int(value) not in _YEARS:
        raise ParameterInvalid(facet.name, value, "a year or a range such as 2019..2022")
    return str(int(value))


def _parse_range(name: str, value: str) -> tuple[int | None, int | None]:
    low, _, high = value.partition("..")
    ends = [None if end in ("", "*") else _parse_integer(name, end) for end in (low, high)]
    if None not in ends:
        ends.sort(key=lambda end: end or 0)
    return ends[0], ends[1]


def _parse_integer(name: str, value: str) -> int:
    if not value.strip().isdecimal() or len(value) > MAX_DIGITS:
        raise ParameterInvalid(name, value, "a whole number")
    return int(value)
