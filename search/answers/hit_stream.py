"""Read all hits of a search, a batch at a time, from the generation on which it began."""

from index.records import Paper, decode_paper
from search.answers.answer import plan_request
from search.answers.generation import Generation
from search.budget.optional_steps import refuse_long_searches
from search.request.search_request import SearchRequest

FIRST = 100
"""Hits of the first batch, which a request's budget must allow. As many as a page has at most."""

BATCH = 500
"""Hits of the others; chosen. With 500, exports of 95,099 papers peak at 47 to 68 MB of their own,
see web/exports/README.md."""


class HitStream:
    """The hits of one search in order, however many; it belongs to one thread at a time.

    Attributes:
        total: The number of hits.
        generation: The name of the generation.
    """

    def __init__(self, generation: Generation, request: SearchRequest) -> None:
        """Find the first hits.

        Args:
            generation: The generation that is searched to the end, whatever is switched meanwhile.
            request: The search; its page and size do not count.

        Raises:
            SearchTooLong: Finding the first hits takes longer than a request may.
            QueryError: The request cannot be carried out.
        """
        with refuse_long_searches():
            request, parsed, self._answer = generation.prepare_answer(request, None)
            self._planned = plan_request(request, parsed.query, self._answer.engine)
            found, _, _ = self._answer.find_page(self._planned, (0, FIRST))
        self.total, self.generation = found.total, generation.manifest.name
        self._waiting = [record for _, record in found.hits]
        self._next = FIRST

    def read_batch(self) -> list[Paper]:
        """Return the next hits; none after the last."""
        if not self._waiting and self._next < self.total:
            found, _, _ = self._answer.find_page(self._planned, (self._next, BATCH))
            self._waiting = [record for _, record in found.hits]
            self._next += BATCH
        batch, self._waiting = self._waiting, []
        return [decode_paper(record) for record in batch]
