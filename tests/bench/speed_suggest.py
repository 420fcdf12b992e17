"""Measure how long somebody who is typing waits for completions.

Completes prefixes of 2 to 15 letters of titles and authors drawn from the index. Prints the median,
the 95th percentile and the maximum by length. Run from the project's folder:
``python -m tests.bench.speed_suggest``.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from random import Random
from statistics import median

from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.bench.data import known_items
from tests.bench.speed_search import paperlists_index, percentile_95

LENGTHS = range(2, 16)
"""Numbers of letters typed."""


def draw_prefixes(searcher: Searcher, count: int) -> Iterator[str]:
    """Return every prefix of a sample of titles, and of an author of each, in random order."""
    chance = Random(1)
    titles = sorted({title for _, _, _, title in known_items()})
    found = set()
    for title in chance.sample(titles, min(count, len(titles))):
        asked = SearchRequest(title[:2000], per_page=1, facets=())
        authors = (a.name for hit in searcher.search(asked).hits for a in hit.paper.authors)
        for text in (title, chance.choice([*authors] or [title])):
            found |= {text[:length] for length in LENGTHS}
    yield from chance.sample(sorted(found), len(found))


def main() -> None:
    """Build the index if needed, measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists; built if not given")
    options.add_argument("--titles", type=int, default=300, help="titles and authors drawn")
    chosen = options.parse_args()
    with paperlists_index(chosen.index) as directory:
        searcher = Searcher(directory)
        searcher.suggest("venue:a")
        spent: dict[int, list[float]] = defaultdict(list)
        for text in draw_prefixes(searcher, chosen.titles):
            started = time.perf_counter()
            searcher.suggest(text)
            spent[len(text)].append((time.perf_counter() - started) * 1000)
    print("letters  texts  median ms  p95 ms  longest ms")
    for length, times in [*sorted(spent.items()), (0, list(chain.from_iterable(spent.values())))]:
        name = str(length or "all")
        figures = f"{median(times):9.2f}  {percentile_95(times):6.2f}  {max(times):10.2f}"
        print(f"{name:>7}  {len(times):5}  {figures}")


if __name__ == "__main__":
    main()
