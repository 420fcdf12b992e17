"""Measure what a results page takes beside the raw engine, in processor time.

The queries are two to four neighbouring words of titles, drawn from the index with a fixed seed.
Each goes in turn to the raw engine (all stems in one field, ten hits, the five facets of a page)
and to `Searcher.search`, whose ten hits are then marked. Prints the median, 95th percentile and
maximum of each side and of the parts of ours. Another searcher has asked every query before, so
that pages of files are in memory and no answer is. Run from the project's folder:
``python -m tests.bench.near_engine --index INDEX``.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median

import tantivy

from index.engines.tantivy import open_index
from index.store.generations import ENGINE, find_current_folder
from index.text.analyser import tokenise
from index.text.stems import stem
from search.answers.searcher import Searcher
from search.engines.tantivy import TantivyEngine
from search.engines.tantivy_facets import BUCKETS
from search.language.stopwords import STOP_WORDS
from search.request.facets import DEFAULT_FACETS
from search.request.search_request import SearchRequest
from tests.bench.speed_search import percentile_95

MOST_WORDS = 4

FROM_PAGE = 5
"""Titles that queries are cut from, of each page of hits for a common word."""

COMMON = ("learning", "network", "model", "analysis", "data", "theory", "graph", "image")
"""Words of the searches whose hits lend their titles."""

PARTS = {"find": "find", "count_facets": "facets"}
"""The methods of the engine whose time is shown, by the name of the part."""

Times = dict[str, list[float]]


def draw_queries(searcher: Searcher, count: int) -> list[str]:
    """Return different rows of neighbouring words of titles, none a stop word."""
    choice = Random(1)
    found: dict[str, None] = {}
    while len(found) < count:
        asked = SearchRequest(choice.choice(COMMON), page=choice.randint(1, 20), sort="newest")
        for hit in choice.sample(searcher.search(asked).hits, FROM_PAGE):
            words = hit.paper.title.split()
            first = choice.randrange(len(words))
            row = words[first : first + choice.randint(2, MOST_WORDS)]
            if len(row) > 1 and not STOP_WORDS.intersection(map(str.casefold, row)):
                found[" ".join(row)] = None
    return list(found)[:count]


class RawEngine:
    """The engine alone."""

    def __init__(self, folder: Path) -> None:
        with open_index(folder) as index:
            self._schema, self._searcher = index.schema, index.searcher()

    def ask(self, text: str) -> None:
        """Find ten papers with all words, and count the facets of a page."""
        words = dict.fromkeys(stem(token) for token in tokenise(text))
        terms = [tantivy.Query.term_query(self._schema, "text", word) for word in words]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])
        self._searcher.search(query, 10)
        counted = {name: {"terms": {"field": name, "size": BUCKETS}} for name in DEFAULT_FACETS}
        self._searcher.aggregate(query, counted)


def time_calls(method: Callable[..., object], seconds: Times, part: str) -> Callable[..., object]:
    """Return a method that adds the processor time of each call to a part."""

    def call_timed(*given: object) -> object:
        started = time.thread_time()
        try:
            return method(*given)
        finally:
            seconds[part].append(time.thread_time() - started)

    return call_timed


def measure(searcher: Searcher, raw: RawEngine, queries: list[str]) -> Times:
    """Ask both sides in turn, and return the milliseconds of each query by side and part."""
    seconds: Times = defaultdict(list)
    for name, part in PARTS.items():
        setattr(TantivyEngine, name, time_calls(getattr(TantivyEngine, name), seconds, part))
    times: Times = defaultdict(list)
    for text in queries:
        begun = time.thread_time()
        raw.ask(text)
        asked = time.thread_time()
        seconds.clear()
        results = searcher.search(SearchRequest(text))
        found = time.thread_time()
        for hit in results.hits:
            results.highlighter.mark_html(hit.paper.title)
            results.highlighter.mark_html(hit.paper.abstract)
        marked = time.thread_time()
        parts = {part: sum(seconds[part]) for part in PARTS.values()}
        rest = found - asked - sum(parts.values())
        sides = {"raw engine": asked - begun, "this program": marked - asked}
        for name, took in (sides | parts | {"marking": marked - found, "rest": rest}).items():
            times[name].append(took * 1000)
    return times


def main() -> None:
    """Open the index, measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", required=True, help="an index that Tantivy keeps")
    options.add_argument("--queries", type=int, default=206, help="queries asked")
    chosen = options.parse_args()
    directory = Path(chosen.index)
    raw = RawEngine(find_current_folder(directory) / ENGINE)
    warming = Searcher(directory)
    queries = draw_queries(warming, chosen.queries)
    for text in queries:
        warming.search(SearchRequest(text))
        raw.ask(text)
    times = measure(Searcher(directory, cached_bytes=0), raw, queries)
    print(f"{'ms of processor time':22} {'median':>8} {'p95':>8} {'max':>8}")
    for name, found in times.items():
        print(f"{name:22} {median(found):8.2f} {percentile_95(found):8.2f} {max(found):8.2f}")


if __name__ == "__main__":
    main()
