"""Answers: which records are to be compared, so that not every one is with every other?

Those that share a key: an id, an identifier, or an author and two long words of the title. The keys
of a generation are kept in its file ``keys``, sorted, so that an update compares what is new with
what was there: 257 whole numbers say where each of 256 parts begins, then come the codes, each a
key's first bits and its record's number (all 64 bits, in the machine's order of bytes).
"""

import mmap
import os
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate, chain, combinations, product
from pathlib import Path
from shutil import rmtree
from typing import Self

from index.similarity import Traits
from index.spill import PARTS, NumberSpill

KEYS = "keys"
"""The file's name in a generation's folder."""

NUMBER_BITS = 28
"""Bits of a code that number the record: of more than 268 million, later ones are not joined."""

MAX_RECORDS = 1 << NUMBER_BITS

LONG_WORDS = 3
"""Words of a title, the longest, of which two and an author make a key."""

MAX_NAMES = 100
"""Authors that make keys; a work of more is met by these."""

LARGE_BLOCK = 50
"""Records that share a key and are all compared with each other."""

NEIGHBOURS = 20
"""Records of a larger block that each is compared with, in the order of their sketches."""

_NEW = "new-keys"
_PAIRS = "pairs"
_BITS = 64
_MASK = (1 << _BITS) - 1
_NUMBERS = MAX_RECORDS - 1
_WORDS_CACHED = 1 << 17

Rank = Callable[[int], str]


def keys(traits: Traits) -> Iterator[int]:
    """Yield a record's keys, of 64 bits; two records of one work have one in common."""
    yield _digest(f"id:{traits.id}")
    if not traits.words:
        return
    yield from map(_digest, traits.identifiers)
    # Of words of one length the first by the alphabet; a sort leaves what is equal in its order.
    longest = sorted(sorted(set(traits.words)), key=len, reverse=True)[:LONG_WORDS]
    words = list(map(_word, longest))
    both = list(combinations(words, 2)) or [(word, word) for word in words]
    for name in sorted(traits.names)[:MAX_NAMES]:
        whose = _word(name)
        for one, other in both:
            # Python's own hash of whole numbers is the same in every process.
            yield hash((whose, one, other)) & _MASK


@lru_cache(_WORDS_CACHED)
def _word(text: str) -> int:
    return _digest(text)


def _digest(text: str) -> int:
    found = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(found, "big")


class Pairs:
    """Takes the keys of new records, and tells which of all records are to be compared."""

    def __init__(self, folder: Path, before: Path | None = None) -> None:
        """Start with the keys that a generation has.

        Args:
            folder: Where files may be; the caller removes it.
            before: The generation's file of keys, or None.
        """
        self._folder = folder
        for name in (_NEW, _PAIRS):  # an interrupted build may have left them
            rmtree(folder / name, ignore_errors=True)
        self._spill = NumberSpill(folder / _NEW)
        self._before = before
        self._most = 0

    def add(self, number: int, found: Iterable[int]) -> None:
        """Take a record's keys."""
        self._most = max(self._most, number + 1)
        if number >= MAX_RECORDS:
            return
        add = self._spill.add
        for key in found:
            # The number's bits of the key go; what collides then is told apart later.
            add((key & ~_NUMBERS) | number)

    def pairs(self, rank: Rank, gone: frozenset[int], target: Path) -> Iterator[tuple[int, int]]:
        """Yield the pairs to compare, each once, and write the keys that the generation has now.

        Args:
            rank: Gives what orders records, whatever the order in which they came.
            gone: Numbers of records that are there no more.
            target: The file to write.
        """
        # A pair has its first number in front; spread out, so that parts are of one size.
        shift = _BITS - NUMBER_BITS
        spread = max(1, MAX_RECORDS // max(1, self._most))
        spill = NumberSpill(self._folder / _PAIRS)
        for one, other in self._merged(rank, gone, target):
            low, high = (one, other) if one < other else (other, one)
            spill.add((low * spread) << shift | high)
        for part in spill.sorted_parts():
            last = -1
            for code in part:
                if code != last:
                    last = code
                    yield (code >> shift) // spread, code & ((1 << shift) - 1)

    def _merged(self, rank: Rank, gone: frozenset[int], target: Path) -> Iterator[tuple[int, int]]:
        sizes = []
        with target.open("wb") as file, _Kept(self._before) as kept:
            array("Q", bytes(8 * (PARTS + 1))).tofile(file)
            for place, new in enumerate(self._spill.sorted_parts()):
                old = kept.part(place)
                for own, others in _blocks(new, old, gone):
                    yield from _candidates(own, others, rank)
                all_codes = array("Q", sorted(chain(_present(old, gone), _present(new, gone))))
                all_codes.tofile(file)
                sizes.append(len(all_codes))
            file.seek(0)
            array("Q", accumulate(sizes, initial=0)).tofile(file)
            file.flush()
            os.fsync(file.fileno())


def _present(codes: Sequence[int], gone: frozenset[int]) -> Iterable[int]:
    return codes if not gone else (code for code in codes if code & _NUMBERS not in gone)


class _Kept:
    """The keys of a generation, mapped and not read."""

    def __init__(self, path: Path | None) -> None:
        self._starts = [0] * (PARTS + 1)
        self._map: mmap.mmap | None = None
        if path is None:
            return
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._starts = self._codes(0, PARTS + 1).tolist()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._map is not None:
            self._map.close()

    def part(self, place: int) -> "array[int]":
        """Give the codes of a part."""
        start, end = self._starts[place], self._starts[place + 1]
        return self._codes(PARTS + 1 + start, PARTS + 1 + end)

    def _codes(self, start: int, end: int) -> "array[int]":
        found = array("Q")
        if self._map is not None:
            found.frombytes(self._map[start * found.itemsize : end * found.itemsize])
        return found


def _blocks(
    new: list[int], old: Sequence[int], gone: frozenset[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the new and the old records of every key that a new one and another one have."""
    start = 0
    while start < len(new):
        key = new[start] >> NUMBER_BITS
        end = start + 1
        while end < len(new) and new[end] >> NUMBER_BITS == key:
            end += 1
        others: list[int] = []
        if old:
            at = bisect_left(old, key << NUMBER_BITS)
            while at < len(old) and old[at] >> NUMBER_BITS == key:
                others.append(old[at] & _NUMBERS)
                at += 1
        if end - start > 1 or others:
            own = [code & _NUMBERS for code in new[start:end]]
            yield _without(own, gone), _without(others, gone)
        start = end


def _without(numbers: list[int], gone: frozenset[int]) -> list[int]:
    return [number for number in numbers if number not in gone] if gone else numbers


def _candidates(own: list[int], others: list[int], rank: Rank) -> Iterable[tuple[int, int]]:
    if len(own) + len(others) <= LARGE_BLOCK:
        return chain(combinations(own, 2), product(own, others))
    new = set(own)
    ordered = sorted((*own, *others), key=rank)
    return (
        (one, other)
        for at, one in enumerate(ordered)
        for other in ordered[at + 1 : at + 1 + NEIGHBOURS]
        if one in new or other in new
    )
