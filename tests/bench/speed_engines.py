"""Compare the engines, building and searching.

Every engine builds the same first records of a dump and then answers the same queries in turn: one
to four neighbouring words of a title, with the facets of a page and ten hits. Prints papers per
second, milliseconds per search and the ratio. Run from the project's folder:
``python -m tests.bench.speed_engines``.
"""

import argparse
import tempfile
import time
from pathlib import Path
from random import Random
from statistics import median, quantiles

from index.build.operations import build
from index.engines.engine import ENGINES
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from search.request.search_request import MAX_PER_PAGE, SearchRequest
from tests.bench.data import PAPERLISTS, require_file
from tests.bench.speed_build import cut_dump

MOST_WORDS = 4


def queries(searcher: Searcher, count: int) -> list[str]:
    """Return neighbouring words of titles, the same every time."""
    choice = Random(1)
    found: list[str] = []
    while len(found) < count:
        page = choice.randint(1, max(1, searcher.manifest.papers // MAX_PER_PAGE // 2))
        request = SearchRequest(sort="title", page=page, per_page=MAX_PER_PAGE, facets=())
        for hit in choice.sample(searcher.search(request).hits, 5):
            words = hit.paper.title.split()
            first = choice.randrange(len(words))
            found.append(" ".join(words[first : first + choice.randint(1, MOST_WORDS)]))
    return found[:count]


def time_queries(searchers: dict[str, Searcher], texts: list[str]) -> dict[str, list[float]]:
    """Return the milliseconds of every query by engine, after a warm-up with all queries."""
    for searcher in searchers.values():
        for text in texts:
            searcher.search(SearchRequest(text))
    took: dict[str, list[float]] = {name: [] for name in searchers}
    for text in texts:
        for name, searcher in searchers.items():
            started = time.perf_counter()
            searcher.search(SearchRequest(text))
            took[name].append((time.perf_counter() - started) * 1000)
    return took


def compare(dump: str, limit: int, count: int) -> None:
    """Build, search and print."""
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records"
        records.mkdir()
        few = cut_dump(dump, limit, records)
        built: dict[str, float] = {}
        for name in ENGINES:
            settings = BuildSettings(engine=name)
            manifest, report = build(Path(folder) / name, (few,), settings)
            built[name] = manifest.papers / report.seconds
        searchers = {name: Searcher(Path(folder) / name) for name in ENGINES}
        texts = queries(searchers[ENGINES[0]], count)
        took = time_queries(searchers, texts)
        print(f"{manifest.papers:,} papers, {len(texts)} queries")
        for name in ENGINES:
            slower = median(took[name]) / median(took[ENGINES[0]])
            print(
                f"{name:8}  built {built[name]:7,.0f} papers/s   search median "
                f"{median(took[name]):6.2f} ms, p95 {quantiles(took[name], n=20)[-1]:6.2f} ms"
                f"   {slower:.1f} x {ENGINES[0]}"
            )


def main() -> None:
    """Read the options and compare."""
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    options.add_argument("--dump", default=str(PAPERLISTS), help="what is built")
    options.add_argument("--limit", type=int, default=5_000, help="records")
    options.add_argument("--queries", type=int, default=300, help="how many are asked")
    given = options.parse_args()
    require_file(Path(given.dump))
    compare(given.dump, given.limit, given.queries)


if __name__ == "__main__":
    main()
