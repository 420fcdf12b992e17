"""Rank the hits of one request by meaning too, and find papers that are close to its query."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from index.meaning.errors import MeaningUnusable
from index.meaning.vectors import digest_paper
from index.records import decode_paper
from search.language.parser import Parsed
from search.language.tree import Phrase, Word, list_leaves
from search.meaning.comparer import Comparer
from search.meaning.gate import FEWEST_WORDS, admits_query
from search.meaning.mixture import TIER, choose_weight, rank_hits, weigh_meaning
from search.planning.plan import Statistics
from search.planning.ranking import PlannedQuery
from search.request.search_request import ByMeaning, SearchRequest

NEAREST = 100
"""Papers close to the query that are found whatever words they have. As many as are re-ranked."""

EXAMPLES = 5
"""The best hits, to which the others are compared once more, as relevance feedback does with words.
Tried 0, 3, 5 and 10 with a weight of .4: nDCG@10 .417, .424, .422, .418 on Cranfield, .562, .556,
.564, .562 on CACM; with abstracts as questions .307, .311, .311, .309 and .267, .271, .266, .267.
A weight of .7 with 5: .426, .562, .312, .263."""

LONGEST = 4_000
"""Characters of a query that are compared; the model reads about the first 600."""

Found: TypeAlias = list[tuple[float, bytes]]
"""Hits as an engine returns them: pairs of score and encoded paper."""


class Reranker:
    """Ranks the hits of one request by meaning too."""

    def __init__(self, comparer: Comparer, request: SearchRequest, parsed: Parsed) -> None:
        self._comparer, self._request = comparer, request
        self._parsed = parsed

    def ranks_first_hits(self, planned: PlannedQuery, statistics: Statistics) -> bool:
        """Return whether the first hits are ranked by meaning too, if the query is widened."""
        return (
            self._request.meaning is ByMeaning.AUTO
            and len(planned.words) >= FEWEST_WORDS
            and self._comparer.has_vectors
            and admits_query(planned, statistics)
        )

    def adds_nearest(self, planned: PlannedQuery) -> bool:
        """Return whether papers are found by their meaning alone: if asked, for any words."""
        return self._request.meaning is ByMeaning.ALL and bool(planned.words)

    def rank(self, hits: Found) -> tuple[Found, Mapping[str, float] | None]:
        """Rank the first hits of a search.

        Args:
            hits: The first hits in the order of their scores.

        Returns:
            The hits in their new order with their new scores, and what was added to each score by
            the id of the paper; None for that if the vectors or the model cannot be used.
        """
        papers = [decode_paper(record) for _, record in hits]
        digests = [digest_paper(paper) for paper in papers]
        scores = [score for score, _ in hits]
        try:
            ranked = self._rank_papers(digests, scores)
            best = [digests[place] for place, _ in ranked[:EXAMPLES]]
            ranked = self._rank_papers(digests, scores, best)
        except MeaningUnusable as error:
            self._comparer.warn(error)
            return hits, None
        added = {papers[place].id: score - scores[place] for place, score in ranked}
        return [(score, hits[place][1]) for place, score in ranked], added

    def find_nearest(self) -> tuple[str, ...]:
        """Return the ids of the papers whose meaning is closest to the query.

        Raises:
            MeaningUnusable: The vectors or the model cannot be used.
        """
        found = self._comparer.find_nearest(self._text, NEAREST)
        return tuple(paper_id for paper_id, _ in found)

    def weigh(self, hits: Found) -> dict[str, float]:
        """Return what the meaning adds to the score of each hit, by the id of the paper.

        Args:
            hits: Hits in any order.

        Raises:
            MeaningUnusable: The vectors or the model cannot be used.
        """
        scores = {(paper := decode_paper(record)).id: (paper, score) for score, record in hits}
        digests = [digest_paper(paper) for paper, _ in scores.values()]
        weighed = [
            (paper_id, (score, close))
            for (paper_id, (_, score)), close in zip(
                scores.items(), self._comparer.compare(self._text, digests), strict=True
            )
            if close is not None and score < TIER
        ]
        added = weigh_meaning([hit for _, hit in weighed], choose_weight(self._text))
        return {paper_id: more for (paper_id, _), more in zip(weighed, added, strict=True)}

    def _rank_papers(
        self, digests: Sequence[bytes], scores: Sequence[float], examples: Sequence[bytes] = ()
    ) -> list[tuple[int, float]]:
        close = self._comparer.compare(self._text, digests, examples)
        return rank_hits(list(zip(scores, close, strict=True)), choose_weight(self._text))

    @property
    def _text(self) -> str:
        """The words of the query without fields and exclusions; prose as it was typed."""
        if self._parsed.prose:
            return self._request.query[:LONGEST]
        leaves = list_leaves(self._parsed.query)
        words = [leaf.text for leaf in leaves if isinstance(leaf, Word | Phrase) and not leaf.field]
        return " ".join(words)[:LONGEST]
