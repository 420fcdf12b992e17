"""Answers: which facets are there, what is selected in them, and how are they counted?

Several values of one facet are OR, different facets AND, excluded values are taken out. Each
facet is counted over all matches with its own selection left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search.engines.engine import FacetCounts
from search.planning.plan import Exact, Node, Numbers, Without, all_of, any_of


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet.

    Attributes:
        name: As in the index and in addresses.
        title: As shown.
        numeric: Its values are numbers, and ranges can be selected.
    """

    name: str
    title: str
    numeric: bool = False


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("venue", "Venue"),
        Facet("year", "Year", numeric=True),
        Facet("type", "Type"),
        Facet("status", "Status"),
        Facet("source", "Source"),
        Facet("author", "Author"),
        Facet("topic", "Topic"),
        Facet("institution", "Institution"),
        Facet("language", "Language"),
    )
}

SHOWN = ("venue", "year", "type", "status", "source")
"""The facets that are counted unless a request names others: they are quick to count."""

HIDDEN = ("rejected", "retracted", "withdrawn")
"""Statuses whose papers are hidden until a reader asks for them."""

_LOWER_CASE = {"type", "status", "source", "language"}

_INDEX_FIELDS = {"author": "author_key"}


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected in one facet.

    Attributes:
        values: A paper must have one of these.
        excluded: A paper must have none of these.
        low: For a numeric facet the least value, or None.
        high: For a numeric facet the greatest value, or None.
    """

    values: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None

    def __bool__(self) -> bool:
        return bool(self.values or self.excluded) or not self.low == self.high == None  # noqa: E711


Selections = Mapping[str, Selection]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how many hits have it, and whether it is selected."""

    value: str
    count: int
    selected: bool = False
    excluded: bool = False

    @property
    def parameter(self) -> str:
        """Return it as addresses and forms select it, or exclude it if it is excluded."""
        return written(self.value, excluded=self.excluded)


def written(value: str, *, excluded: bool = False) -> str:
    r"""Write a value for an address: ``-`` before it excludes it, so its own is ``\-``."""
    if excluded:
        return f"-{value}"
    return f"\\{value}" if value.startswith(("-", "\\")) else value


def canonical(selections: Selections) -> dict[str, Selection]:
    """Write selected values as the index does: ``nips`` is ``NeurIPS``, names are keys."""
    return {
        name: replace(
            chosen,
            values=tuple(dict.fromkeys(_canonical(name, value) for value in chosen.values)),
            excluded=tuple(dict.fromkeys(_canonical(name, value) for value in chosen.excluded)),
        )
        for name, chosen in selections.items()
    }


def _canonical(name: str, value: str) -> str:
    if name == "venue":
        from index.normalise.venues import canonical_venue

        return canonical_venue(value).name or value
    if name == "author":
        from index.names.parser import read_name

        return read_name(value)[1] or value
    return value.lower() if name in _LOWER_CASE else value


def index_field(name: str) -> str:
    """Give the field of the index that a facet counts."""
    return _INDEX_FIELDS.get(name, name)


def condition(selections: Selections, without: str = "") -> Node | None:
    """Give what the selections ask of a paper, or None if nothing.

    Args:
        selections: By facet.
        without: A facet whose own selection is left out.
    """
    parts = [
        part
        for name, selection in selections.items()
        if name != without
        for part in _conditions(name, selection)
    ]
    return all_of(parts) if parts else None


def conditions_of_counts(selections: Selections, asked: tuple[str, ...]) -> dict[str, Node | None]:
    """Give for each facet asked, by its index field, the condition under which it is counted."""
    return {index_field(name): condition(selections, without=name) for name in asked}


def facet_values(
    counted: FacetCounts, selections: Selections, asked: tuple[str, ...]
) -> dict[str, tuple[FacetValue, ...]]:
    """Mark what is selected; a selected value that no hit has is listed with count 0."""
    return {
        name: _marked(counted[index_field(name)], selections.get(name, Selection()))
        for name in asked
    }


def _marked(counted: list[tuple[str, int]], selection: Selection) -> tuple[FacetValue, ...]:
    chosen, excluded = set(selection.values), set(selection.excluded)
    present = {value for value, _ in counted}
    missing = [(v, 0) for v in (*selection.values, *selection.excluded) if v not in present]
    return tuple(
        FacetValue(value, count, value in chosen, value in excluded)
        for value, count in counted + missing
    )


def _conditions(name: str, selection: Selection) -> list[Node]:
    field, numeric = index_field(name), FACETS[name].numeric
    parts: list[Node] = []
    if selection.values:
        parts.append(any_of([_has(field, value, numeric=numeric) for value in selection.values]))
    if selection.low is not None or selection.high is not None:
        parts.append(Numbers(field, selection.low, selection.high))
    parts += [Without(_has(field, value, numeric=numeric)) for value in selection.excluded]
    return parts


def _has(field: str, value: str, *, numeric: bool) -> Node:
    return Numbers(field, int(value), int(value)) if numeric else Exact(field, value)
