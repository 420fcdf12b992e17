"""Define the results of a search."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from index.records import Paper
from search.answers.highlight import Highlighter
from search.explain.score import Reason
from search.language.notices import Notice
from search.language.parser import Parsed
from search.planning.plan import Plan
from search.request.facets import FacetValue
from search.request.search_request import MAX_HITS, SearchRequest, View
from search.suggest.spelling import Suggestion


@dataclass(frozen=True, slots=True)
class Hit:
    """One paper that was found.

    Attributes:
        paper: The whole paper.
        score: Comparable among hits of the same search; 0 if a field orders them.
        rank: The position over all pages, counted from 1.
        reasons: What the score is made of, if requested.
    """

    paper: Paper
    score: float
    rank: int
    reasons: tuple[Reason, ...] | None = None


@dataclass(frozen=True, slots=True)
class Relaxed:
    """How a search was widened because too few papers contain all its words.

    Attributes:
        strict: How many papers contain all the words; they come first.
        message: A sentence for the reader.
    """

    strict: int
    message: str


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a `SearchRequest`.

    Attributes:
        request: The request, its selected values as the index writes them.
        parsed: The parsed query, author names extended by the person's other names. Whatever
            needs the tree of this query uses it, so that no query is parsed twice.
        view: Whether the hits are works or records.
        sort: The sort that orders the hits. Without one in the request, hits of a query that only
            selects papers are ordered by citations or date, not by relevance.
        hits: One page of hits.
        total: The exact number of papers that match.
        facets: Facet values with counts, by facet.
        cut_facets: The facets of which only the most frequent values are listed.
        took_ms: Milliseconds from the request to these results.
        suggestion: A better spelling, never applied by itself, or None.
        relaxed: How the search was widened, or None.
        concealed: How many matching papers are hidden because of their status.
        generation: The name of the generation that answered.
        highlighter: Marks the matches in the texts of a hit.
        plan: The plan that the engine ran, without filters; wider than the query if `relaxed`.
        has_vectors: Whether the index has vectors, so that hits can be ranked by meaning too.
        meaning: What the meaning adds to the score of each hit, by the id of the paper; None if
            the hits are ranked by words alone.
    """

    request: SearchRequest
    parsed: Parsed
    view: View
    sort: str
    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    cut_facets: tuple[str, ...]
    took_ms: float
    suggestion: Suggestion | None
    relaxed: Relaxed | None
    concealed: int
    generation: str
    highlighter: Highlighter
    plan: Plan
    has_vectors: bool = False
    meaning: Mapping[str, float] | None = None

    @property
    def interpreted(self) -> str:
        """The query as it was understood, in the query language."""
        query = str(self.parsed.query)
        return f"{query} records:yes" if self.view is View.RECORDS else query

    @property
    def pages(self) -> int:
        """The number of pages that can be reached, at least 1."""
        per_page = self.request.per_page
        return max(1, min(-(-self.total // per_page), MAX_HITS // per_page))


def add_notices(parsed: Parsed, text: str, left_out: list[str]) -> Parsed:
    """Add a notice for each step that was left out."""
    if not left_out:
        return parsed
    at = (0, len(text))
    added = (Notice(f"{what}: this search takes too long", at, whole=True) for what in left_out)
    return replace(parsed, notices=(*parsed.notices, *added))
