"""Count the facets of a request over all papers that match it."""

from dataclasses import dataclass

from search.answers.restrictions import HIDDEN, exclude_hidden, join_condition, restrict_to_few
from search.budget.optional_steps import OptionalSteps
from search.engines.engine import Engine, FacetCounts, ValueCounts
from search.planning.plan import Anything, Node, all_of
from search.request.facets import (
    HIDDEN_STATUSES,
    FacetValue,
    Selection,
    Selections,
    build_condition,
    build_count_conditions,
    find_index_field,
    list_facet_values,
    list_unlisted,
)

_FEW = 200
"""Matches up to which hidden ones are counted in the same pass as the facets, which saves a pass if
there are none. Chosen: in paperlists one paper in 110 is hidden."""


_RARE = 20
"""One paper in so many at most is hidden where hidden ones are looked for in each part of a query.
Chosen: in paperlists it is one in 110, in arXiv one in 200."""


@dataclass(frozen=True, slots=True)
class CountedFacets:
    """The facets of a request.

    Attributes:
        values: The values of each facet.
        cut: The facets of which only the most frequent values are listed.
        concealed: How many matching papers are hidden by their status.
    """

    values: dict[str, tuple[FacetValue, ...]]
    cut: tuple[str, ...]
    concealed: int


class FacetCounter:
    """Counts the facets of one request."""

    def __init__(
        self, engine: Engine, selections: Selections, asked: tuple[str, ...], *, hiding: bool
    ) -> None:
        """Prepare to count facets.

        Args:
            engine: The engine that is searched.
            selections: The selected values by facet.
            asked: The facets to count.
            hiding: Whether papers are hidden by their status.
        """
        self._engine = engine
        self._selections, self._asked = selections, asked
        self._hiding = hiding

    def count(self, match: Node, total: int, steps: OptionalSteps) -> CountedFacets:
        """Count the facets over all matches, as far as the budget allows.

        Args:
            match: What the papers match, without filters.
            total: The number of hits.
            steps: Takes the steps that may be left out.
        """
        nothing = CountedFacets(dict.fromkeys(self._asked, ()), (), 0)
        missing = "The values of filters were not counted" if self._asked else ""
        return steps.attempt(lambda: self._count(match, total, steps), nothing, missing)

    def _count(self, match: Node, total: int, steps: OptionalSteps) -> CountedFacets:
        selections, asked, matched = self._selections, self._asked, self._exclude_hidden(match)
        conditions = build_count_conditions(selections, asked)
        counted: FacetCounts | None = None
        concealed: list[tuple[str, int]] = []
        if self._hiding and total <= _FEW and not selections:
            counted = self._engine.count_facets(match, {**conditions, "status": None})
            concealed = [pair for pair in counted["status"].counts if pair[0] in HIDDEN_STATUSES]
        elif self._hiding:
            missing = "Hidden papers were not counted"
            concealed = steps.attempt(lambda: self._count_hidden(match), concealed, missing)
            if not (concealed or selections or steps.left_out):
                matched = match  # nothing is hidden, and not to exclude it takes less time
        if counted is None or concealed:
            counted = self._engine.count_facets(matched, conditions)
        if concealed and "status" in counted:
            counted["status"] = counted["status"].join(concealed)
        for name in asked:
            field = find_index_field(name)
            counted[field] = self._add_selected(name, counted[field], matched)
        return CountedFacets(
            values=list_facet_values(counted, selections, asked),
            cut=tuple(name for name in asked if not counted[find_index_field(name)].complete),
            concealed=sum(count for _, count in concealed),
        )

    def count_values(self, match: Node, limit: int) -> ValueCounts:
        """Count many values of the one facet that is asked for; the selected ones are among them.

        Args:
            match: What the papers match, without filters.
            limit: The maximum number of values.
        """
        (name,), matched = self._asked, self._exclude_hidden(match)
        field = find_index_field(name)
        conditions = build_count_conditions(self._selections, self._asked)
        found = self._engine.count_facets(matched, conditions, limit)[field]
        if name == "status" and self._hiding:
            found = found.join(self._count_hidden(match))
        return self._add_selected(name, found, matched)

    def _exclude_hidden(self, match: Node) -> Node:
        return exclude_hidden(match, hiding=self._hiding)

    def _add_selected(self, name: str, found: ValueCounts, matched: Node) -> ValueCounts:
        """Add the selected values of a facet that are not among its most frequent ones."""
        unlisted = list_unlisted(found, self._selections.get(name, Selection()))
        alone = ({**self._selections, name: Selection((value,))} for value in unlisted)
        counts = (
            self._engine.count_matches(join_condition(matched, build_condition(selected)))
            for selected in alone
        )
        return found.join(zip(unlisted, counts, strict=True)) if unlisted else found

    def _count_hidden(self, match: Node) -> list[tuple[str, int]]:
        """Count the hidden papers by status; they are few, so a pass over them is cheap."""
        only = build_condition(self._selections, without="status")
        hidden = all_of([self._restrict_to_hidden(match), *([only] if only else [])])
        return self._engine.count_facets(hidden, {"status": None})["status"].counts

    def _restrict_to_hidden(self, match: Node) -> Node:
        count = self._engine.count_documents
        hidden = sum(count("status", status) for status in HIDDEN_STATUSES)
        if hidden * _RARE > self._engine.count_matches(Anything()):
            return all_of([HIDDEN, match])
        return restrict_to_few(match, HIDDEN)
