"""Measure what references cost: the time of a build, the time of an update, and bytes.

Writes a dump of made-up works in the form of OpenAlex, each of which cites 30 others, most of them
in the dump, and the same dump without references. Builds both in turns and in processes of their
own, and prints the processor time of each, the bytes of the files of citations for each reference
and citation, and the processor time of reading the citations of a paper and of searching for them.
Run from the project's folder: ``python -m tests.bench.references``.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from index.build.operations import add, build
from index.references.citation_file import CITATIONS
from index.references.reference_writer import IDENTIFIERS, REFERENCES
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest

CITED, ELSEWHERE = 22, 8
"""Works that a work cites, in the dump and elsewhere. Chosen."""

WORDS = 4_000
"""Different words of titles and abstracts. Chosen."""

ASKED = 200
"""Papers whose citations are read, and searches for them."""

SETTINGS = BuildSettings(date="2026-11-01")


def write_dump(path: Path, count: int, *, cites: bool) -> None:
    """Write a dump; both have the same works, of which a few are cited most often."""
    chance = random.Random(1)
    words = [f"w{chance.randrange(36**4):04x}" for _ in range(WORDS)]
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            record = _make_work(number, words, chance)
            here = [int(count * chance.random() ** 2) for _ in range(CITED)]
            others = [chance.randrange(10**9, 10**10) for _ in range(ELSEWHERE)]
            if cites:
                named = [f"https://openalex.org/W{one}" for one in (*here, *others)]
                record["referenced_works"] = named
            file.write(json.dumps(record) + "\n")


def _make_work(number: int, words: list[str], chance: random.Random) -> dict[str, object]:
    abstract = chance.choices(words, k=120)
    places: dict[str, list[int]] = {}
    for at, word in enumerate(abstract):
        places.setdefault(word, []).append(at)
    people = [{"author": {"display_name": f"Ada {word}"}} for word in chance.choices(words, k=4)]
    return {
        "id": f"https://openalex.org/W{number}",
        "doi": f"https://doi.org/10.1000/made.{number}",
        "title": " ".join(chance.choices(words, k=9)),
        "publication_year": chance.randrange(1990, 2026),
        "authorships": people,
        "abstract_inverted_index": places,
        "cited_by_count": chance.randrange(100),
        "updated_date": "2026-01-01",
    }


def _run(operation: str, dump: str, directory: str) -> None:
    """Build or update in this process, and print the processor time of all its processes."""
    started = sum(os.times()[:4])
    {"build": build, "add": add}[operation](Path(directory), [dump], SETTINGS)
    sys.stdout.write(f"{sum(os.times()[:4]) - started}\n")


def measure(operation: str, dump: Path, directory: Path) -> float:
    """Run a build or an update in a process of its own, and return its processor time."""
    module = (sys.executable, "-m", "tests.bench.references")
    command = [*module, "--run", operation, str(dump), str(directory)]
    return float(subprocess.check_output(command, text=True))


def time_each(step: Callable[[str], object], ids: list[str]) -> float:
    """Return the median processor time of a step, in milliseconds."""
    took = []
    for one in ids:
        started = time.process_time()
        step(one)
        took.append((time.process_time() - started) * 1000)
    return median(took)


def print_sizes(directory: Path, count: int) -> None:
    """Print the bytes of each file for each reference, and for each citation in the index."""
    folder = find_current_folder(directory)
    total = count * (CITED + ELSEWHERE)
    for name in (REFERENCES, IDENTIFIERS, CITATIONS):
        size = (folder / name).stat().st_size
        print(f"{name:12} {size / 1e6:7.1f} MB, {size / total:5.1f} bytes a reference")
    edges = (folder / CITATIONS).stat().st_size - 24 - 12 * count
    print(f"both directions of a citation take 8 bytes: {edges // 8:,} citations")


def print_times(directory: Path, count: int) -> None:
    """Print how long it takes to read the citations of a paper, and to search for them."""
    searcher = Searcher(directory)
    ids = [f"openalex:W{number}" for number in random.Random(2).sample(range(count), ASKED)]
    read = time_each(lambda one: searcher.read_references(searcher.read_paper(one), 10), ids)
    for field in ("cites", "citedby"):
        asked = time_each(lambda one: searcher.search(SearchRequest(f'{field}:"{one}"')), ids)  # noqa: B023 - called at once
        print(f"{field}: {asked:.1f} ms a search")
    print(f"citations of a paper: {read:.2f} ms")
    most = searcher.search(SearchRequest('cites:"openalex:W0"'))
    took = time_each(lambda _: searcher.search(SearchRequest('cites:"openalex:W0"')), ids[:5])
    print(f"the most cited paper, by {most.total:,}: {took:.1f} ms a search")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", nargs=3)
    chosen = parser.parse_args()
    if chosen.run:
        _run(*chosen.run)
        return
    with tempfile.TemporaryDirectory() as made:
        folder, times = Path(made), dict[str, list[float]]()
        for name in ("without", "with"):
            write_dump(folder / f"{name}.jsonl", chosen.records, cites=name == "with")
        for _ in range(chosen.rounds):
            for name in ("without", "with"):
                took = measure("build", folder / f"{name}.jsonl", folder / name)
                times.setdefault(f"build {name}", []).append(took)
        for name in ("without", "with"):
            record = {"id": "new", "title": "A new paper", "references": ["openalex:W1"]}
            if name == "without":
                del record["references"]
            (folder / "new.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
            times[f"add a paper {name}"] = [measure("add", folder / "new.jsonl", folder / name)]
        for label, found in times.items():
            print(f"{label:22} {median(found):7.1f} s of processors  {sorted(found)}")
        print_sizes(folder / "with", chosen.records)
        print_times(folder / "with", chosen.records)


if __name__ == "__main__":
    main()
