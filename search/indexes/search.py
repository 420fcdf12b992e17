"""Ask several indexes the same question, and merge what they find."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.errors import PapersearchError
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.budget.errors import ServerBusy
from search.errors import ChoiceUnknown, PageInvalid
from search.indexes.merge import MergedHit, merge_hits
from search.request.parameters import parse_parameters
from search.request.search_request import MAX_PER_PAGE, SearchRequest

DEPTH = MAX_PER_PAGE
"""Hits of each index that are merged. It is the same for every page, since a paper that another
index has further down would else move from one page to another between two requests."""

MOST_SELECTED = 100
"""Indexes that a request may select."""

INDEX = "index"
"""The parameter that selects an index; it may be repeated."""


@dataclass(frozen=True, slots=True)
class MergedRequest:
    """A search over several indexes.

    Attributes:
        query: The query as typed.
        selected: The names of the indexes that are searched; empty for all.
        page: The page, from 1.
        per_page: Hits of a page.
    """

    query: str = ""
    selected: tuple[str, ...] = ()
    page: int = 1
    per_page: int = 10

    def selects(self, name: str) -> bool:
        """Return whether an index is to be searched."""
        return not self.selected or name in self.selected


@dataclass(frozen=True, slots=True)
class MergedResults:
    """What several indexes found.

    Attributes:
        request: The request.
        answers: The results of each index that was searched, by its name.
        hits: The hits of the page.
        merged: The hits of all pages.
        left_out: Why indexes that were to be searched are not, by name: one sentence each.
        took_ms: Milliseconds that the search took.
    """

    request: MergedRequest
    answers: Mapping[str, Results]
    hits: tuple[MergedHit, ...]
    merged: int
    left_out: Mapping[str, str]
    took_ms: float

    @property
    def pages(self) -> int:
        """The number of pages, at least 1."""
        return max(1, -(-self.merged // self.request.per_page))

    @property
    def is_cut(self) -> bool:
        """Whether an index has more hits than were merged."""
        return any(answer.total > len(answer.hits) for answer in self.answers.values())


def parse_merged_request(
    parameters: Sequence[tuple[str, str]], names: Sequence[str]
) -> MergedRequest:
    """Parse the parameters ``q``, ``index``, ``page`` and ``per_page``; ignore all others.

    Args:
        parameters: (name, value) pairs.
        names: The names of the indexes.

    Raises:
        ChoiceUnknown: There is no index of a name.
        ParameterInvalid, QueryTooCostly, PageInvalid: A value is not valid.
    """
    plain = parse_parameters(pair for pair in parameters if pair[0] in {"q", "page", "per_page"})
    selected = [value.strip() for name, value in parameters if name == INDEX and value.strip()]
    for value in selected:
        if value not in names:
            raise ChoiceUnknown(INDEX, value, list(names)[:MOST_SELECTED])
    return MergedRequest(plain.query, tuple(dict.fromkeys(selected)), plain.page, plain.per_page)


def search_indexes(
    request: MergedRequest, searchers: Mapping[str, Searcher], left_out: Mapping[str, str]
) -> MergedResults:
    """Search several indexes one after the other.

    An index that fails is left out, unless all fail: then the query is at fault, or nothing can be
    searched.

    Args:
        request: The request.
        searchers: The indexes that can be searched, by name.
        left_out: Why others cannot, by name.

    Raises:
        ServerBusy: The server answers as many costly requests as it may.
        PapersearchError: No index can answer.
        PageInvalid: The page is beyond the last one.
    """
    started = time.perf_counter()
    answers, failures = _ask(request, searchers)
    merged = merge_hits({name: answer.hits for name, answer in answers.items()})
    start = (request.page - 1) * request.per_page
    if request.page > 1 and start >= len(merged):
        raise PageInvalid(request.page, max(1, -(-len(merged) // request.per_page)))
    others = {name: why for name, why in left_out.items() if request.selects(name)}
    return MergedResults(
        request=request,
        answers=answers,
        hits=tuple(merged[start : start + request.per_page]),
        merged=len(merged),
        left_out=others | failures,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def _ask(
    request: MergedRequest, searchers: Mapping[str, Searcher]
) -> tuple[dict[str, Results], dict[str, str]]:
    """Return the answers of the selected indexes, and why the others have none."""
    asked = SearchRequest(query=request.query, per_page=DEPTH, facets=())
    answers: dict[str, Results] = {}
    failures: dict[str, PapersearchError] = {}
    for name in filter(request.selects, searchers):
        try:
            answers[name] = searchers[name].search(asked)
        except ServerBusy:
            raise
        except PapersearchError as error:
            failures[name] = error
    if failures and not answers:
        raise next(iter(failures.values()))
    return answers, {
        name: f"The index '{name}' is left out: {error}" for name, error in failures.items()
    }
