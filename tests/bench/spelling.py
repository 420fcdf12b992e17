"""Measure how often the right spelling is suggested, and how often an unneeded one.

Searches for every known-item query. Prints by kind of query how often a better spelling is
suggested, how often every word of it then is one of the paper that is meant (of its title or its
authors), and how long looking for it takes. Then it searches for broad topics, as they are and with
one letter of a word changed, left out, added or swapped. Run from the project's folder:
``python -m tests.bench.spelling``.
"""

import argparse
import csv
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from random import Random
from statistics import median
from string import ascii_lowercase

from index.records import Paper
from index.text.analyser import tokenise
from search.answers.searcher import Searcher
from search.language.parser import parse
from search.request.search_request import SearchRequest, View
from tests.bench.data import known_items
from tests.bench.speed_search import paperlists_index, percentile_95
from tests.bench.topics import TOPICS

LONG = 5
"""Letters of the words of topics that are misspelt."""

TIMES = 3
"""Misspellings of each topic."""

SEED = 1


def paper_words(searcher: Searcher, title: str, year: int) -> set[str]:
    """Return the words of the paper that is meant: title, authors, venues, year."""
    found = searcher.search(SearchRequest(f'title:"{title.replace(chr(34), " ")}"', facets=()))
    words = set(tokenise(title)) | {str(year)}
    for hit in found.hits:
        words |= set(_words(hit.paper))
    return words


def _words(paper: Paper) -> Iterable[str]:
    for text in (author.name for author in paper.authors):
        yield from tokenise(text)
    for text in (paper.abstract, *(show.venue for show in paper.appearances)):
        yield from tokenise(text)


def measure(searcher: Searcher, shown: int) -> None:
    """Search for every query, print the figures of every kind and some of the suggestions."""
    offered: dict[str, list[bool]] = defaultdict(list)
    asked: dict[str, int] = defaultdict(int)
    examples: dict[str, list[str]] = defaultdict(list)
    for kind, query, year, title in known_items():
        asked[kind] += 1
        better = searcher.search(SearchRequest(query[:2000], facets=())).suggestion
        if better is not None:
            right = set(tokenise(better.query)) <= paper_words(searcher, title, year)
            offered[kind].append(right)
            examples[kind].append(f"{'+' if right else '-'} {query}  ->  {better.query}")
    print(f"{'kind':20} {'asked':>6} {'offered':>8} {'right':>6}")
    for kind, count in asked.items():
        print(f"{kind:20} {count:6} {len(offered[kind]):8} {sum(offered[kind]):6}")
        for line in examples[kind][:shown]:
            print("   ", line)


def misspell(topic: str, chance: Random) -> str:
    """Return a topic with one edit in one of its long words, behind the word's first letter."""
    words = topic.split()
    at = chance.choice([at for at, word in enumerate(words) if len(word) >= LONG])
    word, place = words[at], chance.randrange(1, len(words[at]))
    letter = chance.choice(ascii_lowercase)
    edits = (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :],
    )
    words[at] = chance.choice([edit for edit in edits if edit != word])
    return " ".join(words)


def measure_topics(searcher: Searcher, shown: int) -> None:
    """Search for topics and for misspelt ones; print the figures and some other suggestions."""
    with TOPICS.open(encoding="utf-8", newline="") as stream:
        topics = [line[1].lower() for line in csv.reader(stream, delimiter="\t")]
    long, chance = [t for t in topics if max(map(len, t.split())) >= LONG], Random(SEED)
    typed = {misspell(topic, chance): topic for topic in long for _ in range(TIMES)}
    found = {text: _suggest(searcher, text) for text in (*topics, *typed)}
    wrong = [text for text, topic in typed.items() if found[text] not in {"", topic}]
    right = sum(found[text] == topic for text, topic in typed.items())
    print(f"{len(typed)} misspelt topics: {right} right, {len(wrong)} other suggestions")
    print(f"{len(topics)} topics: {sum(found[topic] != '' for topic in topics)} suggestions")
    for text in wrong[:shown]:
        print(f"    - {text}  ->  {found[text]}")


def _suggest(searcher: Searcher, text: str) -> str:
    better = searcher.search(SearchRequest(text, facets=())).suggestion
    return better.query.lower() if better else ""


def time_taken(searcher: Searcher, repeats: int) -> None:
    """Print the time that looking for a better spelling adds to a search."""
    spelling = searcher._current.update().spellings[View.WORKS]  # noqa: SLF001 - its share of a search is measured
    spent: dict[str, list[float]] = defaultdict(list)
    for kind, query, _, _ in known_items():
        parsed, times = parse(query).query, []
        for _ in range(repeats):
            started = time.perf_counter()
            list(spelling.list_rewritings(query, parsed))
            times.append((time.perf_counter() - started) * 1000)
        spent[kind].append(median(times))
    print(f"{'words looked for':20} median ms  p95 ms")
    for kind, times in spent.items():
        print(f"{kind:20} {median(times):9.2f}  {percentile_95(times):6.2f}")


def main() -> None:
    """Build the index if needed, measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists; built if not given")
    options.add_argument("--show", type=int, default=0, help="suggestions printed of each kind")
    options.add_argument("--repeats", type=int, default=3, help="rounds of the timing")
    chosen = options.parse_args()
    with paperlists_index(chosen.index) as directory:
        searcher = Searcher(Path(directory))
        measure(searcher, chosen.show)
        measure_topics(searcher, chosen.show)
        time_taken(searcher, chosen.repeats)


if __name__ == "__main__":
    main()
