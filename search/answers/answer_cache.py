"""Keep recent answers of one generation, within a bound of entries and of bytes.

Every `search.answers.generation.Generation` has a cache of its own, so that what is kept ends with
it. An answer is kept whole, and apart from that what all its pages and sorts have in common: the
parsed query, the plan, the counts of facets and the spelling suggestion.
"""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from threading import Lock
from typing import Generic, TypeVar

from search.answers.facet_counter import CountedFacets
from search.answers.results import Results
from search.language.parser import Parsed
from search.planning.plan import AllOf, AnyOf, Flat, Node, Weighted, Without
from search.planning.ranking import PlannedQuery
from search.request.facets import FacetValue
from search.request.search_request import SearchRequest
from search.suggest.spelling import Suggestion

MOST_BYTES = 24_000_000
"""Estimated bytes of what is kept of one generation, and half of it of whole answers. Chosen:
room for some 70 pages of ten hits and five facets of paperlists."""

MOST_ENTRIES = 1_000
"""Whole answers that are kept, and searches; chosen. Answers without hits are small."""

LARGEST_SHARE = 8
"""One entry takes at most this part of the bytes; a page of titles of 10 MB is not kept. Chosen."""

DECODED = 4
"""Bytes that a decoded paper takes for each of its encoded ones. Measured on 500 papers of
paperlists: 2.7; names and other short texts take more than abstracts."""

PER_VALUE = 200
"""Bytes of a counted value of a facet. Measured: 174 with a text of 20 letters."""

PER_NODE = 1_000
"""Bytes for each node that is matched, bonuses and the parsed query included. Chosen, rather
high: a plan of 54 nodes, most of them bonuses, took 6,600 bytes with its parsed query."""

PER_ENTRY = 10_000
"""Bytes of an entry beside that: the request, the notices, the highlighter. Chosen."""

V = TypeVar("V")


class BoundedCache(Generic[V]):
    """The values that were used last, within a bound of bytes; safe to share between threads."""

    def __init__(self, most_bytes: int, most_entries: int = MOST_ENTRIES) -> None:
        """Create an empty cache.

        Args:
            most_bytes: The bytes that all values may take together; 0 to keep none.
            most_entries: The most values to keep.
        """
        self._most_bytes, self._most_entries = most_bytes, most_entries
        self._kept: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: Hashable) -> V | None:
        """Return the value of a key, or None if it is not kept."""
        with self._lock:
            if (known := self._kept.get(key)) is None:
                return None
            self._kept.move_to_end(key)
            return known[0]

    def keep(self, key: Hashable, value: V, size: int) -> None:
        """Keep a value in place of those that were not used for longest.

        Args:
            key: Its key.
            value: The value; it must not change.
            size: The bytes that it takes. A value that takes too large a part is not kept.
        """
        if size * LARGEST_SHARE > self._most_bytes:
            return
        with self._lock:
            if former := self._kept.pop(key, None):
                self.bytes -= former[1]
            self._kept[key] = value, size
            self.bytes += size
            while self.bytes > self._most_bytes or len(self._kept) > self._most_entries:
                _, (_, dropped) = self._kept.popitem(last=False)
                self.bytes -= dropped


@dataclass(frozen=True, slots=True)
class SearchParts:
    """What all pages and sorts of one search have in common.

    Attributes:
        parsed: The parsed query.
        planned: Its plan.
        match: What the hits match, without filters; wider than the plan if the search was widened.
        counted: The facets.
        suggestion: A better spelling, or None.
    """

    parsed: Parsed
    planned: PlannedQuery
    match: Node
    counted: CountedFacets
    suggestion: Suggestion | None


class AnswerCache:
    """Recent answers of one generation; safe to share between threads.

    Attributes:
        answers: Whole answers, by the request.
        parts: What pages and sorts have in common, by the request without these.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        """Create an empty cache.

        Args:
            most_bytes: The bytes that everything may take; 0 to keep nothing.
        """
        self.answers: BoundedCache[Results] = BoundedCache(most_bytes // 2)
        self.parts: BoundedCache[SearchParts] = BoundedCache(most_bytes // 2)

    def keep_answer(self, key: Hashable, results: Results, encoded: int) -> None:
        """Keep a whole answer.

        Args:
            key: The request.
            results: The answer.
            encoded: The bytes of its hits as they are stored.
        """
        size = encoded * DECODED + _weigh_facets(results.facets) + _weigh_match(results.plan.match)
        self.answers.keep(key, results, PER_ENTRY + size)

    def keep_parts(self, key: Hashable, parts: SearchParts) -> None:
        """Keep what the pages of a search have in common."""
        size = _weigh_facets(parts.counted.values) + _weigh_match(parts.match)
        self.parts.keep(key, parts, PER_ENTRY + size)


_PAGED = frozenset({"page", "per_page", "sort", "deep"})
"""The parts of a request that choose a page and its order."""

_FIELDS = tuple(field.name for field in fields(SearchRequest) if field.name != "selections")
_UNPAGED = tuple(name for name in _FIELDS if name not in _PAGED)


def make_keys(request: SearchRequest, version: str) -> tuple[Hashable, Hashable]:
    """Return the keys of a request and of the search whose page it asks for.

    Args:
        request: The request.
        version: The version of what the maintainer says about people, on which answers depend.
    """
    chosen = (version, *request.selections.items())
    whole, search = (
        (chosen, *[getattr(request, name) for name in names]) for names in (_FIELDS, _UNPAGED)
    )
    return whole, search


def _weigh_facets(values: Mapping[str, tuple[FacetValue, ...]]) -> int:
    return PER_VALUE * sum(map(len, values.values()))


def _weigh_match(match: Node) -> int:
    """Estimate the bytes of a plan by what it matches: bonuses belong to words of it, too."""
    count, waiting = 0, [match]
    while waiting:
        count += 1
        node = waiting.pop()
        if isinstance(node, AllOf | AnyOf):
            waiting += node.children
        elif isinstance(node, Without | Weighted | Flat):
            waiting.append(node.child)
    return PER_NODE * count
