"""Answers: what does one search ask for, and how is it written in an address?

Every face speaks the same parameters::

    q=offline rl & venue=NeurIPS & venue=-ICML & year=2019..2022 & sort=newest
    & page=2 & per_page=20 & hidden=show & facets=venue,author & expand=feedback
    & prior=citations & raw=1
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from index.errors import ChoiceUnknown, PageInvalid, ParameterInvalid, QueryTooCostly
from search.engines.engine import Order
from search.request.facets import FACETS, SHOWN, Facet, Selection, written

MAX_QUERY = 2_000
"""Characters of a query."""

MAX_HITS = 100_000
"""Hits that can be paged to; whoever wants more wants an export."""

MAX_PER_PAGE = 100
MAX_SELECTED = 100
"""Values selected in all facets together."""

SORTS: dict[str, Order | None] = {
    "relevance": None,
    "newest": Order("year_order", descending=True),
    "oldest": Order("year_order"),
    "cited": Order("citations", descending=True),
    "title": Order("title_order"),
    "author": Order("author_order"),
}
"""Sorts by name; None is by score."""

SWITCHES = {"hidden": "show", "expand": "feedback", "prior": "citations", "raw": "1"}
"""What is off unless its parameter has this value."""

_YEARS = range(10_000)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search.

    Attributes:
        query: As typed.
        selections: What is selected, by facet.
        sort: One of `SORTS`.
        page: From 1.
        per_page: Hits a page, 1 to `MAX_PER_PAGE`.
        hidden: Whether withdrawn, rejected and retracted papers are shown too.
        facets: Which facets are counted.
        expand: Whether words that the first hits share lift others
        (`search.planning.relevance_feedback`). prior: Whether citations lift papers.
        raw: Whether the records are searched that works are made of, and not the works.
    """

    query: str = ""
    selections: Mapping[str, Selection] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    per_page: int = 10
    hidden: bool = False
    facets: tuple[str, ...] = SHOWN
    expand: bool = False
    prior: bool = False
    raw: bool = False

    def __post_init__(self) -> None:
        """See that every value is within its bounds.

        Raises:
            QueryTooCostly: The query is too long, or too much is selected.
            PageInvalid: There can be no such page.
            ParameterInvalid: A sort, facet or size that does not exist.
        """
        if len(self.query) > MAX_QUERY:
            raise QueryTooCostly("characters", len(self.query), MAX_QUERY)
        chosen = sum(len(s.values) + len(s.excluded) for s in self.selections.values())
        if chosen > MAX_SELECTED:
            raise QueryTooCostly("selected values", chosen, MAX_SELECTED)
        if not 1 <= self.per_page <= MAX_PER_PAGE:
            raise ParameterInvalid("per_page", str(self.per_page), f"1 to {MAX_PER_PAGE}")
        if not 1 <= self.page <= MAX_HITS // self.per_page:
            raise PageInvalid(self.page, MAX_HITS // self.per_page)
        if self.sort not in SORTS:
            raise ChoiceUnknown("sort", self.sort, SORTS)
        for name in (*self.facets, *self.selections):
            if name not in FACETS:
                raise ChoiceUnknown("facet", name, FACETS)


def from_parameters(parameters: Iterable[tuple[str, str]]) -> SearchRequest:
    """Read a request from (name, value) pairs, as an address or a form gives them.

    Args:
        parameters: Pairs; a facet may stand several times, a value with ``-`` before it is
            excluded (see `search.request.facets.written`). Empty values and unknown names are
            passed over.

    Raises:
        ParameterInvalid: A value is not understood.
        QueryTooCostly, PageInvalid: It is over a bound.
    """
    single: dict[str, str] = {}
    chosen: dict[str, list[str]] = {}
    for name, value in parameters:
        if name in FACETS and value.strip():
            chosen.setdefault(name, []).append(value.strip())
        elif value.strip():
            single[name] = value.strip()
    if "year_from" in single or "year_to" in single:
        # A form without script has two boxes for the range.
        chosen.setdefault("year", []).append(
            f"{single.get('year_from', '')}..{single.get('year_to', '')}"
        )
    facets = tuple(dict.fromkeys(part for part in single.get("facets", "").split(",") if part))
    return SearchRequest(
        query=single.get("q", ""),
        selections={name: select(FACETS[name], values) for name, values in chosen.items()},
        sort=single.get("sort", "relevance"),
        page=_integer("page", single.get("page", "1")),
        per_page=_integer("per_page", single.get("per_page", "10")),
        **{name: single.get(name) == value for name, value in SWITCHES.items()},
        facets=facets or SHOWN,
    )


def select(facet: Facet, values: Iterable[str]) -> Selection:
    """Read the values chosen in one facet, ``-value`` and, for years, ranges among them.

    Raises:
        ParameterInvalid: A year is no number.
    """
    included: list[str] = []
    excluded: list[str] = []
    low = high = None
    for value in values:
        if facet.numeric and ".." in value:
            low, high = _ends(facet.name, value)
        elif value.startswith("-") and len(value) > 1:
            excluded.append(_checked(facet, value[1:]))
        else:
            literal = value.startswith("\\") and len(value) > 1
            included.append(_checked(facet, value[1:] if literal else value))
    return Selection(tuple(dict.fromkeys(included)), tuple(dict.fromkeys(excluded)), low, high)


def to_parameters(request: SearchRequest) -> list[tuple[str, str]]:
    """Write a request as (name, value) pairs, defaults left out; `from_parameters` reads them."""
    pairs = [("q", request.query)] if request.query else []
    for name, selection in request.selections.items():
        pairs += [(name, written(value)) for value in selection.values]
        pairs += [(name, written(value, excluded=True)) for value in selection.excluded]
        if selection.low is not None or selection.high is not None:
            low, high = ("" if end is None else end for end in (selection.low, selection.high))
            pairs.append((name, f"{low}..{high}"))
    plain = SearchRequest()
    for name in ("sort", "page", "per_page"):
        if getattr(request, name) != getattr(plain, name):
            pairs.append((name, str(getattr(request, name))))
    pairs += [(name, value) for name, value in SWITCHES.items() if getattr(request, name)]
    if request.facets != plain.facets:
        pairs.append(("facets", ",".join(request.facets)))
    return pairs


def without(request: SearchRequest, *switches: str) -> SearchRequest:
    """Give the first page of the same search with some of `SWITCHES` off."""
    off: dict[str, Any] = dict.fromkeys(switches, False)
    return replace(request, page=1, **off)


def _checked(facet: Facet, value: str) -> str:
    if not facet.numeric:
        return value
    if not value.isdecimal() or len(value) > 9 or int(value) not in _YEARS:  # noqa: PLR2004
        raise ParameterInvalid(facet.name, value, "a year or a range such as 2019..2022")
    return str(int(value))


def _ends(name: str, value: str) -> tuple[int | None, int | None]:
    low, _, high = value.partition("..")
    ends = [None if end in ("", "*") else _integer(name, end) for end in (low, high)]
    if None not in ends:
        ends.sort(key=lambda end: end or 0)
    return ends[0], ends[1]


def _integer(name: str, value: str) -> int:
    if not value.strip().isdecimal() or len(value) > 9:  # noqa: PLR2004 - digits
        raise ParameterInvalid(name, value, "a whole number")
    return int(value)
