"""Answers: which of a build's records are of one work?

Records are seen once and spilt to disk. Those that share a key (an id, an identifier, or an author
and two long words of the title) are compared by `index.similarity`; so work grows with the records
and not with their pairs, and memory stays at some bytes a record. What is joined does not
depend on the order of the records.
"""

import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from types import TracebackType
from typing import Self

from index.merge import merged
from index.records import Paper
from index.similarity import Bond, Traits, bond, contradict
from index.spill import MAX_PAPERS, NUMBER_BITS, NumberSpill, PaperSpill

LONG_WORDS = 3
"""Words of a title, the longest, of which two and an author make a key."""

MAX_NAMES = 100
"""Authors that make keys; a work of more is met by these."""

LARGE_BLOCK = 50
"""Records that share a key and are all compared with each other."""

NEIGHBOURS = 20
"""Records of a larger block that each is compared with, in the order of their titles."""

LARGE_WORK = 32
"""Records of a work that a further one is held against."""

_MASK = (1 << 64) - 1
_NUMBERS = MAX_PAPERS - 1
_WORDS_CACHED = 1 << 17
_TRAITS_CACHED = 1 << 13
"""Records kept read while pairs are compared, about 60 MB."""


class Matcher:
    """Takes papers one by one, and then tells which are of one work.

    Use it as a context: its files go when it ends::

        with Matcher(folder) as matcher:
            for paper in papers:
                matcher.add(paper)
            for work in matcher.works():
                ...
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Start empty.

        Args:
            folder: Where the files of this matcher may be; None for the system's own place. They
                take about 2 kB for a paper with an abstract.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="merge-", dir=folder)
        self._path = Path(self._folder.name)
        self._papers = PaperSpill(self._path / "papers")
        self._keys = NumberSpill(self._path / "keys")
        self._read = lru_cache(_TRAITS_CACHED)(lambda number: Traits(self._papers[number]))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._papers.close()
        self._folder.cleanup()

    def __len__(self) -> int:
        return len(self._papers)

    def add(self, paper: Paper) -> int:
        """Take a paper.

        Args:
            paper: A normalised paper, or a work that was merged before.

        Returns:
            Its number, counted from 0 in the order of coming.
        """
        number = self._papers.add(paper)
        for key in _keys(Traits(paper)):
            # The sign bit and the number's bits go; what collides then is told apart later.
            self._keys.add((key & _MASK & ~_NUMBERS) | number)
        return number

    def paper(self, number: int) -> Paper:
        """Give a paper back."""
        return self._papers[number]

    def works(self) -> Iterator[Paper]:
        """Yield every work once, in the order of its first record; after the last `add`."""
        for group in self.groups():
            yield merged([self._papers[number] for number in group])

    def groups(self) -> Iterator[tuple[int, ...]]:
        """Yield the numbers of each work's papers, ascending, in the order of the first; once."""
        first = array("I", range(len(self)))
        others: dict[int, list[int]] = defaultdict(list)
        for component, edges in self._components():
            for work in self._split(component, edges):
                others[work[0]] = work[1:]
                for number in work:
                    first[number] = work[0]
        for number, leader in enumerate(first):
            if number == leader:
                yield (number, *others.pop(number, ()))

    def _components(self) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
        """Yield papers that hang together, with the bonds (as pairs) by which they do."""
        parents = array("I", range(len(self)))
        bonds = array("Q")
        for one, other in self._pairs():
            if bond(self._read(one), self._read(other)):
                bonds.append(one << NUMBER_BITS | other)
                _join(parents, one, other)
        together: dict[int, list[int]] = defaultdict(list)
        for at, code in enumerate(bonds):
            together[_root(parents, code >> NUMBER_BITS)].append(at)
        for ats in together.values():
            edges = [(bonds[at] >> NUMBER_BITS, bonds[at] & _NUMBERS) for at in ats]
            yield sorted({number for edge in edges for number in edge}), edges

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs to compare, each once, the first number rising within a part."""
        # A pair has its first number in front; spread out, so that parts are of one size.
        shift = 64 - NUMBER_BITS
        spread = max(1, MAX_PAPERS // max(1, len(self)))
        pairs = NumberSpill(self._path / "pairs")
        for part in self._keys.sorted_parts():
            for block in _blocks(part):
                for one, other in self._candidates(block):
                    low, high = (one, other) if one < other else (other, one)
                    pairs.add((low * spread) << shift | high)
        for part in pairs.sorted_parts():
            last = -1
            for code in part:
                if code != last:
                    last = code
                    yield (code >> shift) // spread, code & ((1 << shift) - 1)

    def _candidates(self, block: list[int]) -> Iterable[tuple[int, int]]:
        if len(block) <= LARGE_BLOCK:
            return combinations(block, 2)
        ordered = sorted(block, key=lambda number: (self._read(number).title, self._rank(number)))
        return (
            (one, other)
            for at, one in enumerate(ordered)
            for other in ordered[at + 1 : at + 1 + NEIGHBOURS]
        )

    def _rank(self, number: int) -> bytes:
        """Give what orders papers whatever the order in which they came."""
        return blake2b(self._papers.bytes_of(number), digest_size=16).digest()

    def _split(self, component: list[int], edges: list[tuple[int, int]]) -> list[list[int]]:
        """Part what hangs together into works without a contradiction, the surest bonds first."""
        if len(component) == 2:  # noqa: PLR2004 - a pair, as most are
            return [component]
        ranks = {number: self._rank(number) for number in component}
        traits = {number: self._read(number) for number in component}
        ordered = sorted(
            (-bond(traits[one], traits[other]), sorted((ranks[one], ranks[other])), one, other)
            for one, other in edges
        )
        works = {number: [number] for number in component}
        for strength, _, one, other in ordered:
            mine, theirs = works[one], works[other]
            certain = -strength == Bond.SAME_ID
            if mine is not theirs and (certain or not _contradiction(traits, mine, theirs)):
                mine += theirs
                mine.sort(key=ranks.__getitem__)
                works.update(dict.fromkeys(theirs, mine))
        return [sorted(work) for work in {id(work): work for work in works.values()}.values()]


def _contradiction(traits: dict[int, Traits], mine: list[int], theirs: list[int]) -> bool:
    return any(
        contradict(traits[one], traits[other])
        for one in mine[:LARGE_WORK]
        for other in theirs[:LARGE_WORK]
    )


def merge(papers: Iterable[Paper]) -> list[Paper]:
    """Join few papers into works, for instance those of a small dump.

    Args:
        papers: In any order.

    Returns:
        Each work once, in the order of its first record.
    """
    with Matcher() as matcher:
        for paper in papers:
            matcher.add(paper)
        return list(matcher.works())


def _keys(traits: Traits) -> Iterator[int]:
    """Yield hashes; two records of one work have one in common."""
    yield _digest(f"id:{traits.id}")
    yield from map(_digest, traits.identifiers)
    longest = sorted(set(traits.words), key=lambda word: (-len(word), word))[:LONG_WORDS]
    words = list(map(_word, longest))
    pairs = list(combinations(words, 2)) or [(word, word) for word in words]
    for name in sorted(traits.names)[:MAX_NAMES]:
        whose = _word(name)
        for one, other in pairs:
            # Python's own hash of whole numbers is the same in every process.
            yield hash((whose, one, other))


@lru_cache(_WORDS_CACHED)
def _word(text: str) -> int:
    return _digest(text)


def _digest(text: str) -> int:
    found = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(found, "big")


def _blocks(part: list[int]) -> Iterator[list[int]]:
    """Yield the numbers that follow the same key in a sorted part, where there are several."""
    block: list[int] = []
    last = -1
    for code in part:
        key = code >> NUMBER_BITS
        if key != last:
            if len(block) > 1:
                yield block
            block, last = [], key
        block.append(code & _NUMBERS)
    if len(block) > 1:
        yield block


def _root(parents: "array[int]", number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _join(parents: "array[int]", one: int, other: int) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first
