"""Define the facets, the selections in them, and the conditions under which they are counted.

Values of one facet are joined by OR, facets by AND; excluded values are left out. Each facet is
counted over all matches without its own selection.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from index.normalise.closed_values import unify_value
from index.text.characters import remove_unprintable
from search.engines.engine import FacetCounts, ValueCounts
from search.planning.plan import Exact, Node, Numbers, Statistics, Without, all_of, any_of
from search.planning.statuses import find_status


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet.

    Attributes:
        name: The name in the index and in addresses.
        title: The heading shown to readers.
        numeric: Whether its values are numbers, of which ranges can be selected.
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

DEFAULT_FACETS = ("venue", "year", "type", "status", "source")
"""The facets counted by default: counting them is fast."""

HIDDEN_STATUSES = ("rejected", "retracted", "withdrawn")
"""Statuses of papers that are hidden by default."""

_INDEX_FIELDS = {"author": "author_key"}


@dataclass(frozen=True, slots=True)
class Selection:
    """The values selected in one facet.

    Attributes:
        values: A paper must have one of these.
        excluded: A paper must have none of these.
        low: The least value of a numeric facet, or None.
        high: The greatest value of a numeric facet, or None.
    """

    values: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None

    def __bool__(self) -> bool:
        return bool(self.values or self.excluded) or (self.low, self.high) != (None, None)


Selections = Mapping[str, Selection]
"""Selections by facet."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: its number of hits, and whether it is selected or excluded."""

    value: str
    count: int
    selected: bool = False
    excluded: bool = False

    @property
    def parameter(self) -> str:
        """The value of the parameter that selects it, or excludes it if it is excluded."""
        return write_value(self.value, excluded=self.excluded)


def write_value(value: str, *, excluded: bool = False) -> str:
    r"""Write a value for an address: ``-`` excludes it, so a ``-`` of its own becomes ``\-``."""
    if excluded:
        return f"-{value}"
    return f"\\{value}" if value.startswith(("-", "\\")) else value


def normalise_selections(selections: Selections, statistics: Statistics) -> dict[str, Selection]:
    """Write selected values as the index does: ``nips`` as ``NeurIPS``, names as author keys.

    Args:
        selections: The selections by facet.
        statistics: Counts of the index. They tell ``-omics``, a topic, from ``omics`` excluded.
    """
    normalised = {
        name: replace(
            chosen,
            values=_normalise_values(name, chosen.values, statistics),
            excluded=_normalise_values(name, chosen.excluded, statistics),
        )
        for name, chosen in selections.items()
    }
    return {
        name: chosen
        if FACETS[name].numeric
        else _include_dashed(find_index_field(name), chosen, statistics)
        for name, chosen in normalised.items()
    }


def _include_dashed(field: str, chosen: Selection, statistics: Statistics) -> Selection:
    """Select values that begin with ``-`` themselves, unless they exclude a value that exists."""
    dashed = {
        value
        for value in chosen.excluded
        if statistics.count_documents(field, f"-{value}")
        and not statistics.count_documents(field, value)
    }
    if not dashed:
        return chosen
    values = dict.fromkeys([*chosen.values, *(f"-{value}" for value in sorted(dashed))])
    excluded = tuple(value for value in chosen.excluded if value not in dashed)
    return replace(chosen, values=tuple(values), excluded=excluded)


def _normalise_values(
    name: str, values: tuple[str, ...], statistics: Statistics
) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_normalise(name, value, statistics) for value in values))


def _normalise(name: str, value: str, statistics: Statistics) -> str:
    value = remove_unprintable(value)  # as from records
    if name == "venue":
        from index.normalise.venues import resolve_venue

        return resolve_venue(value).name or value
    if name == "author":
        from index.names.parser import read_name

        return read_name(value)[1] or value
    if name == "status":
        return find_status(value, statistics)
    return unify_value(name, value)


def find_index_field(name: str) -> str:
    """Return the field of the index that holds the values of a facet."""
    return _INDEX_FIELDS.get(name, name)


def build_condition(selections: Selections, without: str = "") -> Node | None:
    """Build the condition that a paper must meet to pass the selections, or None if there is none.

    Args:
        selections: The selections by facet.
        without: A facet whose own selection is ignored.
    """
    parts = [
        part
        for name, selection in selections.items()
        if name != without
        for part in _list_conditions(name, selection)
    ]
    return all_of(parts) if parts else None


def build_count_conditions(
    selections: Selections, asked: tuple[str, ...]
) -> dict[str, Node | None]:
    """Return the condition under which each facet is counted, by its field of the index."""
    return {find_index_field(name): build_condition(selections, without=name) for name in asked}


def list_facet_values(
    counted: FacetCounts, selections: Selections, asked: tuple[str, ...]
) -> dict[str, tuple[FacetValue, ...]]:
    """List the counted values of each facet; selected values without hits are added with count 0.

    Selected values that a facet leaves out must have been counted, see `list_unlisted`.

    Args:
        counted: The counts by field of the index.
        selections: The selections by facet.
        asked: The facets to list.
    """
    return {
        name: _add_missing(
            counted[find_index_field(name)].counts, selections.get(name, Selection())
        )
        for name in asked
    }


def list_unlisted(found: ValueCounts, selection: Selection) -> list[str]:
    """List the selected and excluded values that are not among the most frequent ones."""
    if found.complete:
        return []
    listed = {value for value, _ in found.counts}
    chosen = dict.fromkeys((*selection.values, *selection.excluded))
    return [value for value in chosen if value not in listed]


def _add_missing(counted: list[tuple[str, int]], selection: Selection) -> tuple[FacetValue, ...]:
    present = {value for value, _ in counted}
    missing = [(v, 0) for v in (*selection.values, *selection.excluded) if v not in present]
    return mark_values(counted + missing, selection)


def mark_values(counted: list[tuple[str, int]], selection: Selection) -> tuple[FacetValue, ...]:
    """Return counted values, each with whether a selection selects or excludes it."""
    chosen, excluded = set(selection.values), set(selection.excluded)
    return tuple(
        FacetValue(value, count, value in chosen, value in excluded) for value, count in counted
    )


def _list_conditions(name: str, selection: Selection) -> list[Node]:
    field, numeric = find_index_field(name), FACETS[name].numeric
    parts: list[Node] = []
    if selection.values:
        ways = [_match_value(field, value, numeric=numeric) for value in selection.values]
        parts.append(any_of(ways))
    if selection.low is not None or selection.high is not None:
        parts.append(Numbers(field, selection.low, selection.high))
    parts += [Without(_match_value(field, v, numeric=numeric)) for v in selection.excluded]
    return parts


def _match_value(field: str, value: str, *, numeric: bool) -> Node:
    return Numbers(field, int(value), int(value)) if numeric else Exact(field, value)
