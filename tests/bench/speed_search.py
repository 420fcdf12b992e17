"""Measure how much slower a search is than the raw engine's, and where its time goes.

Every known-item query goes in turn to `Searcher.search` (the facets of a page, ten hits
highlighted in title and abstract) and to the raw engine (any of the query's stems in one field, ten
records fetched, venues and years counted). Prints the median and 95th percentile by kind of query
and the ratio, then the share of each step. Run from the project's folder:
``python -m tests.bench.speed_search``.
"""

import argparse
import gc
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

import tantivy

from index.build.operations import build
from index.engines.tantivy import RECORD, register_tokenizer
from index.settings import BuildSettings
from index.store.generations import ENGINE, find_current_folder
from index.text.analyser import tokenise
from index.text.stems import stem
from search.answers import answer as answering
from search.answers import searcher as searching
from search.answers.highlight import Highlighter
from search.answers.searcher import Searcher
from search.engines.tantivy import TantivyEngine
from search.engines.tantivy_facets import BUCKETS
from search.engines.tantivy_queries import QueryBuilder
from search.request.search_request import SearchRequest
from search.suggest.spelling import Spelling
from tests.bench.data import PAPERLISTS, known_items, require_file

Ask = Callable[[str], object]

_COUNTED = {name: {"terms": {"field": name, "size": BUCKETS}} for name in ("venue", "year")}

STEPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("parse", searching, ("parse",)),
    ("plan", answering, ("plan_query", "widen")),
    ("count words", TantivyEngine, ("count_documents", "complete")),
    ("translate", QueryBuilder, ("build",)),
    ("find", TantivyEngine, ("find",)),
    ("fetch", TantivyEngine, ("_read_bytes",)),
    ("facets", TantivyEngine, ("count_facets",)),
    ("facet values", answering, ("list_facet_values",)),
    ("decode", searching, ("decode_paper",)),
    ("spelling", Spelling, ("suggest",)),
    ("highlight", Highlighter, ("__init__", "mark_html")),
)
"""The steps of a search: (name, where its functions are, their names)."""


@contextmanager
def paperlists_index(named: str | None) -> Iterator[Path]:
    """Yield the index of this name, or one of paperlists built while the block runs."""
    if named:
        yield Path(named)
        return
    require_file(PAPERLISTS)
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), (str(PAPERLISTS),), BuildSettings())
        yield Path(folder)


def sample(count: int) -> list[tuple[str, str]]:
    """Return (kind, query) of a sample of known-item queries, always the same ones."""
    queries = [(kind, query) for kind, query, _, _ in known_items()]
    return Random(1).sample(queries, min(count, len(queries)))


def percentile_95(figures: list[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(figures, n=20)[-1] if len(figures) > 1 else figures[0]


class Raw:
    """The engine alone."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        register_tokenizer(index)
        self._schema, self._searcher = index.schema, index.searcher()

    def ask(self, text: str) -> list[bytes]:
        """Find any of the stems, fetch ten records, count venues and years."""
        stems = dict.fromkeys(stem(token) for token in tokenise(text))
        terms = [tantivy.Query.term_query(self._schema, "text", word) for word in stems]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        hits = self._searcher.search(query, 10).hits
        records = [bytes(self._searcher.doc(at).get_first(RECORD) or b"") for _, at in hits]
        self._searcher.aggregate(query, _COUNTED)
        return records


def ask(searcher: Searcher, text: str) -> list[str]:
    """Search as a page does: default facets, ten hits, texts highlighted."""
    results = searcher.search(SearchRequest(text))
    html = results.highlighter.mark_html
    return [html(text) for hit in results.hits for text in (hit.paper.title, hit.paper.abstract)]


def _ms(work: Ask, text: str) -> float:
    started = time.perf_counter()
    work(text)
    return (time.perf_counter() - started) * 1000


def measure(queries: list[tuple[str, str]], ours: Ask, raw: Ask, repeats: int) -> None:
    """Query both sides in turns, each first equally often, and print a line per kind of query."""
    times: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for kind, text in queries:
        taken = []
        for turn in range(repeats):
            first = _ms(raw, text) if turn % 2 == 0 else 0.0
            own = _ms(ours, text)
            taken.append((own, first or _ms(raw, text)))
        times[kind].append((median(own for own, _ in taken), median(r for _, r in taken)))
    print(f"{'ms':20} {'median':>7} {'p95':>7}   {'raw':>7} {'p95':>7}   {'ratio':>6} {'p95':>6}")
    for kind, found in sorted(times.items()):
        _print_line(kind, found)
    _print_line("all", [pair for found in times.values() for pair in found])


def _print_line(kind: str, found: list[tuple[float, float]]) -> None:
    own, raw = [one for one, _ in found], [other for _, other in found]
    (half, most), (raw_half, raw_most) = ((median(s), percentile_95(s)) for s in (own, raw))
    print(
        f"{kind:20} {half:7.2f} {most:7.2f}   {raw_half:7.2f} {raw_most:7.2f}"
        f"   {half / raw_half:6.2f} {most / raw_most:6.2f}"
    )


class Stopwatch:
    """Adds up the time that steps take, each without the steps inside it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def around(self, step: str, work: Callable[..., object]) -> Callable[..., object]:
        """Return the function wrapped so that its time is added to a step."""

        def call_timed(*given: object, **named: object) -> object:
            self._inner.append(0.0)
            started = time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                taken = time.perf_counter() - started
                self.seconds[step] += taken - self._inner.pop()
                self._inner[-1] += taken

        return call_timed

    def attach(self) -> None:
        """Wrap every step with the stopwatch, for the rest of this process."""
        for step, place, names in STEPS:
            for name in names:
                setattr(place, name, self.around(step, getattr(place, name)))


def break_down(queries: list[tuple[str, str]], ours: Ask) -> None:
    """Search once more under the stopwatch and print the mean time of each step per query."""
    watch = Stopwatch()
    watch.attach()
    whole = watch.around("rest", ours)
    for _, text in queries:
        whole(text)
    total = sum(watch.seconds.values())
    print(f"\n{'step':20} {'mean ms':>7} {'share':>6}")
    for step, seconds in sorted(watch.seconds.items(), key=lambda pair: -pair[1]):
        print(f"{step:20} {seconds * 1000 / len(queries):7.3f} {seconds / total:6.1%}")
    print(f"{'all':20} {total * 1000 / len(queries):7.3f}")


def main() -> None:
    """Open or build the index, measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists; built if not given")
    options.add_argument("--queries", type=int, default=1800, help="known-item queries asked")
    options.add_argument("--repeats", type=int, default=3, help="times each one is asked")
    chosen = options.parse_args()
    with paperlists_index(chosen.index) as directory:
        queries = sample(chosen.queries)
        ours = partial(ask, Searcher(directory, cached_bytes=0))
        raw = Raw(find_current_folder(directory) / ENGINE).ask
        for _, text in queries[:100]:
            ours(text), raw(text)
        gc.freeze()
        measure(queries, ours, raw, chosen.repeats)
        break_down(queries, ours)


if __name__ == "__main__":
    main()
