"""Define one search request: what it selects, sorts and counts, and its limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from index.text.characters import replace_surrogates
from search.engines.engine import Order
from search.errors import ChoiceUnknown, PageInvalid, ParameterInvalid, QueryTooCostly
from search.request.facets import DEFAULT_FACETS, FACETS, Selection
from search.request.since import parse_since

MAX_QUERY = 20_000
"""Characters of a query."""

MAX_HITS = 100_000
"""Hits that can be reached by the number of a page; those beyond need a cursor or an export."""

MAX_PER_PAGE = 100
MAX_SELECTED = 100
"""Selected and excluded values of all facets together."""

SORTS: dict[str, Order | None] = {
    "relevance": None,
    "newest": Order("date_order", descending=True),
    "oldest": Order("date_order"),
    "cited": Order("citations", descending=True),
    "added": Order("added", descending=True),
    "title": Order("title_order"),
    "author": Order("author_order"),
}
"""The sort orders by name; None sorts by score."""

DEFAULT_SORT = "relevance"
"""The sort of a request that names none. Hits without a score to order them by are sorted by
citations or date instead, see `search.answers.answer.Answer`."""

SWITCHES = {"hidden": "show", "expand": "feedback"}
"""The parameters that turn something on, and the value that does so."""


class View(StrEnum):
    """What a search returns: works, or the single records that they were merged from."""

    WORKS = "works"
    RECORDS = "records"


class Prior(StrEnum):
    """How citations influence the order of hits.

    Attributes:
        AUTO: As much as the query is broad, see `search.planning.citation_prior`.
        CITATIONS: As much as is sensible, for any query.
        NONE: Not at all.
    """

    AUTO = "auto"
    CITATIONS = "citations"
    NONE = "none"


class ByMeaning(StrEnum):
    """Whether sentence vectors compare the query with papers, see `search.meaning`.

    Attributes:
        AUTO: For the first hits of questions.
        NONE: Never.
        ALL: For any query, and papers without any of its words are found too.
    """

    AUTO = "auto"
    NONE = "none"
    ALL = "all"


CHOICES: dict[str, type[StrEnum]] = {"prior": Prior, "meaning": ByMeaning}
"""The parameters that select one of a few values, of which the first is the default."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search.

    Attributes:
        query: The query as typed, without lone surrogates.
        selections: The selected values by facet.
        sort: One of `SORTS`.
        page: The page, counted from 1.
        per_page: Hits per page, 1 to `MAX_PER_PAGE`.
        hidden: Whether withdrawn, rejected and retracted papers are included.
        facets: The facets to count.
        expand: Whether words that the top hits share improve the ranking, see
            `search.planning.relevance_feedback`.
        prior: How citations influence the order of hits.
        meaning: Whether hits are ranked and found by meaning too, where the index has vectors.
        view: Whether works or records are searched; ``records:`` in the query overrides it.
        since: Only papers that the index first had at this time or later, see
            `search.request.since`; empty for all.
        deep: Whether the page may lie beyond `MAX_HITS`, which a cursor allows.
    """

    query: str = ""
    selections: Mapping[str, Selection] = field(default_factory=dict)
    sort: str = DEFAULT_SORT
    page: int = 1
    per_page: int = 10
    hidden: bool = False
    facets: tuple[str, ...] = DEFAULT_FACETS
    expand: bool = False
    prior: Prior = Prior.AUTO
    meaning: ByMeaning = ByMeaning.AUTO
    view: View = View.WORKS
    since: str = ""
    deep: bool = False

    def __post_init__(self) -> None:
        """Check that every value is within its limits.

        Raises:
            QueryTooCostly: The query is too long, or too many values are selected.
            PageInvalid: The page number is out of range.
            ChoiceUnknown: A sort or facet is unknown.
            ParameterInvalid: The page size is out of range, or the time cannot be parsed.
        """
        if len(self.query) > MAX_QUERY:
            raise QueryTooCostly("characters", len(self.query), MAX_QUERY)
        if not self.query.isascii():
            object.__setattr__(self, "query", replace_surrogates(self.query))
        chosen = sum(len(s.values) + len(s.excluded) for s in self.selections.values())
        if chosen > MAX_SELECTED:
            raise QueryTooCostly("selected values", chosen, MAX_SELECTED)
        written = sum(len(v) for s in self.selections.values() for v in (*s.values, *s.excluded))
        if written > MAX_QUERY:
            raise QueryTooCostly("characters of selected values", written, MAX_QUERY)
        if not 1 <= self.per_page <= MAX_PER_PAGE:
            raise ParameterInvalid("per_page", str(self.per_page), f"1 to {MAX_PER_PAGE}")
        if self.page < 1 or (not self.deep and self.page > MAX_HITS // self.per_page):
            raise PageInvalid(self.page, MAX_HITS // self.per_page, counted=False)
        if self.sort not in SORTS:
            raise ChoiceUnknown("sort", self.sort, SORTS)
        parse_since(self.since)
        for name in (*self.facets, *self.selections):
            if name not in FACETS:
                raise ChoiceUnknown("facet", name, FACETS)
