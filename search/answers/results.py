"""Answers: what comes back from a search?"""

from collections.abc import Mapping
from dataclasses import dataclass

from index.records import Paper
from search.answers.highlight import Highlighter
from search.explain.score import Reason
from search.language.parser import Notice
from search.planning.plan import Plan
from search.request.facets import FacetValue
from search.request.search_request import MAX_HITS, SearchRequest
from search.suggest.spelling import Suggestion


@dataclass(frozen=True, slots=True)
class Hit:
    """One paper that was found.

    Attributes:
        paper: The whole record.
        score: For comparing hits of one search; 0 where a field orders them.
        rank: From 1, over all pages.
        reasons: What the score is made of, if that was asked for.
    """

    paper: Paper
    score: float
    rank: int
    reasons: tuple[Reason, ...] | None = None


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The search was widened, because too few papers have all the words.

    Attributes:
        strict: How many papers have all the words; they come first.
        message: One sentence for the reader.
    """

    strict: int
    message: str


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a `SearchRequest`.

    Attributes:
        request: What was asked.
        hits: One page.
        total: How many papers match, exactly.
        facets: Values with counts, by facet.
        took_ms: Milliseconds from text to results.
        interpreted: The query as it was understood, in the query language.
        warnings: What was not understood.
        suggestion: A better spelling, or None; never applied.
        relaxed: How the search was widened, or None.
        concealed: Papers that match but are hidden for their status.
        generation: The generation that answered.
        highlighter: Marks what matched in a hit's texts.
        plan: What the engine was asked, filters left out; wider than the query if `relaxed`.
        raw: Whether the hits are records and not the works that are made of them.
    """

    request: SearchRequest
    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    took_ms: float
    interpreted: str
    warnings: tuple[Notice, ...]
    suggestion: Suggestion | None
    relaxed: Relaxed | None
    concealed: int
    generation: str
    highlighter: Highlighter
    plan: Plan
    raw: bool = False

    @property
    def pages(self) -> int:
        """Return the number of pages that can be asked for, at least 1."""
        asked = self.request.per_page
        return max(1, min(-(-self.total // asked), MAX_HITS // asked))
