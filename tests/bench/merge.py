"""Measure how well, how fast and in how much memory records of one work are joined.

Works are made up from the words, sentences and authors of paperlists, so that no two are the same
by chance; some get a second record, changed as dumps change them, some a near miss that must stay
separate. Prints how many of each kind were joined, seconds, and the peak of resident memory. Run
from the project's folder: ``python -m tests.bench.merge``.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations, islice
from pathlib import Path

import msgspec
from msgspec.structs import replace

from index.dumps.streams import open_dump
from index.errors import RecordError
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import Appearance, Author, Paper, RawRecord
from index.works.matcher import Matcher, make_matching_keys
from tests.bench.data import PAPERLISTS, require_file

MATERIAL = 5_000
"""Number of papers used as a source; their memory is part of the figure."""

SHARE = 0.3
"""Share of works that get a second record, or a near miss."""

Make = Callable[[random.Random, Paper, "Material"], Paper]


class Material:
    """The source of made-up works."""

    def __init__(self, papers: list[Paper], chance: random.Random) -> None:
        """Cut papers into pieces."""
        self._words = [word for paper in papers for word in paper.title.split()]
        self._sentences = [part for paper in papers for part in paper.abstract.split(". ") if part]
        self._authors = list({a.key: a for paper in papers for a in paper.authors}.values())
        self._chance = chance

    def authors(self) -> tuple[Author, ...]:
        """Make up a list of one to eight authors."""
        return tuple(self._chance.sample(self._authors, self._chance.randint(1, 8)))

    def title(self) -> str:
        """Make up a title of five to twelve words."""
        return " ".join(self._chance.choices(self._words, k=self._chance.randint(5, 12)))

    def abstract(self) -> str:
        """Make up an abstract of eight sentences."""
        return ". ".join(self._chance.choices(self._sentences, k=8))

    def work(self, number: int) -> Paper:
        """Make up a published paper."""
        year = self._chance.randint(1990, 2025)
        show = Appearance("NeurIPS", venue_kind="conference", year=year, type="conference paper")
        return Paper(
            id=f"work:{number}",
            title=self.title(),
            abstract=self.abstract(),
            authors=self.authors(),
            appearances=(show,),
            ids={"doi": f"10.1000/{number}"} if self._chance.random() < 0.5 else {},
        )


def _preprint(paper: Paper, later: int) -> Paper:
    show = Appearance("arXiv", "", "repository", (paper.shown.year or 0) + later, "preprint")
    return replace(paper, appearances=(show,), ids={})


def _initials(chance: random.Random, paper: Paper, _: Material) -> Paper:
    """Return the same title, one author by initials, and another year."""
    first = chance.choice(paper.authors)
    family = first.key.split()[-1]
    author = Author(f"{first.name[:1]}. {family.title()}", f"{first.key[:1]} {family}")
    return replace(_preprint(paper, chance.randint(-2, 2)), authors=(author,))


def _drop_words(chance: random.Random, text: str, share: float) -> str:
    return " ".join(word for word in text.split() if chance.random() > share)


def _retitle(chance: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the work with another word in the title and a shorter abstract, in any year."""
    words = paper.title.split()
    words[chance.randrange(len(words))] = material.title().split()[0]
    abstract = _drop_words(chance, paper.abstract, 0.2)
    return replace(_preprint(paper, -4), title=" ".join(words), abstract=abstract)


def _rewritten(chance: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the same title and authors, with half of the abstract replaced."""
    abstract = paper.abstract[: len(paper.abstract) // 2] + material.abstract()[:500]
    return replace(_preprint(paper, -1), abstract=_drop_words(chance, abstract, 0.1))


def _same_doi(_: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the same DOI and authors under another title, without an abstract."""
    ids = {"doi": paper.ids.get("doi", f"10.1000/{paper.id}")}
    return replace(paper, title=material.title(), abstract="", ids=ids)


def _namesake(_: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the title with other authors."""
    return replace(paper, authors=material.authors(), abstract=material.abstract(), ids={})


def _second_part(_: random.Random, paper: Paper, __: Material) -> Paper:
    """Return a second part by the same authors with the same abstract."""
    return replace(paper, title=f"{paper.title} Part 2", ids={})


def _decades(_: random.Random, paper: Paper, material: Material) -> Paper:
    """Return the title and authors with a year decades away."""
    return replace(_preprint(paper, 9), abstract=material.abstract())


SAME: dict[str, Make] = {
    "initials": _initials,
    "retitled": _retitle,
    "rewritten": _rewritten,
    "same doi": _same_doi,
}
OTHER: dict[str, Make] = {
    "namesake": _namesake,
    "second part": _second_part,
    "decades apart": _decades,
}


def records(count: int, material: Material, chance: random.Random) -> Iterator[tuple[Paper, str]]:
    """Yield papers, each with its kind of record: ``work`` or a name of the tables."""
    kinds = list((SAME | OTHER).items())
    for number in range(count):
        work = material.work(number)
        name, make = chance.choice(kinds)
        if chance.random() >= SHARE:
            yield work, "work"
            continue
        if make is _same_doi:
            work = replace(work, ids={"doi": f"10.1000/{number}"})
        yield work, "work"
        yield replace(make(chance, work, material), id=f"{name}:{number}"), name


def _papers() -> Iterator[Paper]:
    for stream in open_dump(str(PAPERLISTS)):
        form = recognise_format(stream)
        for found in form.read(stream) if form else ():
            if isinstance(found, RawRecord) and found.abstract and found.authors:
                try:
                    yield normalise(found)
                except RecordError:
                    continue


def _peak_mb() -> float:
    """Return the peak of this process's resident memory in MB (macOS counts in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measure(count: int, folder: Path, seed: int) -> None:
    """Make up records of that many works, join them, and print the result."""
    chance = random.Random(seed)
    # Every 19th, so that all venues are among them.
    material = Material(list(islice(_papers(), 0, MATERIAL * 19, 19)), chance)
    planted: Counter[str] = Counter()
    names: list[str] = []
    before, adding = _peak_mb(), 0.0
    matcher = Matcher(folder / "matcher")
    encode = msgspec.msgpack.Encoder().encode
    for paper, kind in records(count, material, chance):
        started = time.perf_counter()
        record = encode(paper)
        matcher.add(record, make_matching_keys(paper))
        adding += time.perf_counter() - started
        planted[kind] += 1
        names.append(paper.id)
    started = time.perf_counter()
    joined: Counter[str] = Counter()
    for group in matcher.find_works(folder / "keys"):
        joined.update(_kind(names[a], names[b]) for a, b in combinations(group, 2))
    grouping = time.perf_counter() - started
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    matcher.close()
    print(f"{len(names):,} records: {adding:.1f} s to take, {grouping:.1f} s to join")
    print(f"memory {_peak_mb():,.0f} MB at most, {before:,.0f} before; disk {size / 1e6:,.0f} MB")
    for name in SAME:
        print(f"  {name:14} joined {joined[name]:6,} of {planted[name]:6,}")
    for name in OTHER:
        print(f"  {name:14} joined {joined[name]:6,} of {planted[name]:6,}, none should be")
    right = sum(joined[name] for name in SAME)
    print(f"  strangers joined {joined['strangers']:,}")
    print(f"precision {right / max(1, sum(joined.values())):.5f}", end=", ")
    print(f"recall {right / sum(planted[name] for name in SAME):.5f}")


def _kind(one: str, other: str) -> str:
    """Name the pair by its second record, or ``strangers`` if they are of two works."""
    (first, number), (second, same) = one.split(":"), other.split(":")
    if number != same:
        return "strangers"
    return second if first == "work" else first


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--works", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    require_file(PAPERLISTS)
    with tempfile.TemporaryDirectory() as folder:
        measure(options.works, Path(folder), options.seed)


if __name__ == "__main__":
    main()
