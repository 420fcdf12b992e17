"""Answers: which records are to be compared, so that not every one is with every other?

Those that share a key: an id, an identifier, or an author and two long words of the title. The keys
of a generation are kept in its file ``keys``, so that an update compares what is new with what was
there: 257 whole numbers of 64 bits say where each of 256 parts begins, then come the codes. A code
has a key of 32 bits, whose first eight choose the part, and below it the number of a record; codes
stand in the order in which records came (all numbers in the machine's order of bytes).
"""

import mmap
import os
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, combinations, compress, repeat
from operator import ne
from pathlib import Path
from shutil import rmtree
from typing import Self
from zlib import crc32

from index.records import Author, Paper
from index.text.memo import Memo
from index.works.disk_arrays import PARTS, DiskCodes
from index.works.features import make_signature, make_signatures

KEYS = "keys"
"""The file's name in a generation's folder."""

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
_BITS = 32
_MASK = (1 << _BITS) - 1
_HIGH = 1 if sys.byteorder == "little" else 0
"""Which half of a code in memory is its key."""

_NOBODY = -1
_TOGETHER = 1 << 10
"""Records whose keys are made codes in one go."""

_CACHED = 1 << 17
"""Digests of words, and of authors, that are kept; they recur within a dump."""

_ODD = 0x9E3779B1
"""Spreads what is alike; two to the 32nd by the golden ratio. Source: Knuth, "The Art of Computer
Programming", volume 3, section 6.4."""

Pair = tuple[int, int]
Columns = tuple[Sequence[int], Sequence[int]]
"""Keys and the numbers of their records, or the first and the second numbers of pairs."""

Order = Callable[[set[int]], list[int]]


def make_keys(paper: Paper, words: Sequence[str], named: Iterable[str]) -> bytes:
    """Give a record's keys; two records of one work have one in common.

    Args:
        paper: The record.
        words: Its title's, as they are compared.
        named: Its identifiers.

    Returns:
        Numbers of 32 bits, each once, in any order and in the machine's order of bytes.
    """
    found = {_digest(f"id:{paper.id}")}
    if words:
        found.update(map(_digest, named))
        both = _both(words)
        found.update([whose ^ two for whose in _authors(paper.authors) for two in both])
    return array("I", found).tobytes()


def _both(words: Sequence[str]) -> list[int]:
    # Of words of one length the first by the alphabet; a sort leaves what is equal in its order.
    longest = sorted(sorted(set(words)), key=len, reverse=True)[:LONG_WORDS]
    found = list(map(_WORDS.__getitem__, longest))
    return [(_ODD * one + other) & _MASK for one, other in combinations(found, 2)] or found


def _authors(authors: tuple[Author, ...]) -> set[int]:
    if len(authors) > MAX_NAMES:
        found = set(map(_digest, sorted(make_signatures(authors))[:MAX_NAMES]))
    else:
        found = {_AUTHORS[author.key or author.name] for author in authors}
    found.discard(_NOBODY)
    return found


def _author(name: str) -> int:
    whose, _ = make_signature(name)
    return _digest(whose) if whose else _NOBODY


def _digest(text: str) -> int:
    """Give 32 bits of a text, the same in every process; what they confuse is told apart later."""
    return crc32(text.encode("utf-8", "replace")) * _ODD & _MASK


_AUTHORS = Memo(_author, _CACHED)
_WORDS = Memo(_digest, _CACHED)


class PairFinder:
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
        self._spill = DiskCodes(folder / _NEW)
        self._before = before
        self._numbers: list[int] = []
        self._keys: list[bytes] = []
        self._most = 0

    def add(self, number: int, found: bytes) -> None:
        """Take a record's keys, as `keys` gives them."""
        self._numbers.append(number)
        self._keys.append(found)
        if len(self._keys) >= _TOGETHER:
            self._write()

    def _write(self) -> None:
        found = array("I", b"".join(self._keys))
        counts = [len(each) // found.itemsize for each in self._keys]
        numbers = chain.from_iterable(map(repeat, self._numbers, counts))
        self._spill.add(_joined(found, numbers))
        self._most = max([self._most - 1, *self._numbers]) + 1
        self._numbers.clear()
        self._keys.clear()

    def find_pairs(self, order: Order, gone: frozenset[int], target: Path) -> Iterator[list[Pair]]:
        """Yield the pairs to compare, each once, and write the keys that the generation has now.

        Args:
            order: Orders records, in whatever order they came.
            gone: Numbers of records that are there no more.
            target: The file to write.

        Yields:
            Pairs, ascending within and among themselves, many at a time.
        """
        self._write()
        # A pair has its first number in front; spread out, so that parts are of one size.
        spread = max(1, (_MASK + 1) // max(1, self._most))
        spill = DiskCodes(self._folder / _PAIRS)
        for ones, others in self._merge_parts(order, gone, target):
            spill.add(_joined([one * spread for one in ones], others))
        for part in spill.parts():
            yield [((code >> _BITS) // spread, code & _MASK) for code in sorted(set(part))]

    def _merge_parts(self, order: Order, gone: frozenset[int], target: Path) -> Iterator[Columns]:
        sizes = []
        with target.open("wb") as file, _Before(self._before) as kept:
            array("Q", bytes(8 * (PARTS + 1))).tofile(file)
            for place, added in enumerate(self._spill.parts()):
                new, old = _without(added, gone), _without(kept.part(place), gone)
                yield from _candidates(_columns(new), _columns(old), order)
                old.tofile(file)
                new.tofile(file)
                sizes.append(len(old) + len(new))
            file.seek(0)
            array("Q", accumulate(sizes, initial=0)).tofile(file)
            file.flush()
            os.fsync(file.fileno())


class _Before:
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


def _joined(high: Iterable[int], low: Iterable[int]) -> "array[int]":
    """Make codes of their halves."""
    high, low = array("I", high), array("I", low)
    halves = array("I", bytes(2 * low.itemsize * len(low)))
    halves[_HIGH::2], halves[1 - _HIGH :: 2] = high, low
    return array("Q", halves.tobytes())


def _columns(codes: "array[int]") -> Columns:
    """Give the halves of codes."""
    halves = array("I", codes.tobytes())
    return halves[_HIGH::2].tolist(), halves[1 - _HIGH :: 2].tolist()


def _chosen(columns: Columns, which: Iterable[bool]) -> Columns:
    keys_of, numbers = columns
    which = list(which)
    return list(compress(keys_of, which)), list(compress(numbers, which))


def _without(codes: "array[int]", gone: frozenset[int]) -> "array[int]":
    if not gone:
        return codes
    _, numbers = _columns(codes)
    return array("Q", compress(codes, [number not in gone for number in numbers]))


def _candidates(new: Columns, old: Columns, order: Order) -> Iterator[Columns]:
    """Give the pairs that share a key and of which one is new, the lesser number first.

    In each round the last new record of every key is paired with all earlier ones, and then left
    out. So there is no step of Python's for a key, of which few are had by two; numbers ascend.
    """
    last = dict(zip(*new, strict=True))
    old = _chosen(old, map(last.__contains__, old[0]))
    earlier = _earlier(new, last)
    counts = Counter(chain(old[0], earlier[0]))
    if large := {key for key, count in counts.items() if count >= LARGE_BLOCK}:
        yield from _neighbours(large, _chosen(new, map(large.__contains__, new[0])), old, order)
        earlier, old = (
            _chosen(some, [key not in large for key in some[0]]) for some in (earlier, old)
        )
    while earlier[0] or old[0]:
        for keys_of, numbers in (earlier, old):
            yield numbers, list(map(last.__getitem__, keys_of))
        last = dict(zip(*earlier, strict=True))
        earlier = _earlier(earlier, last)
        old = _chosen(old, map(last.__contains__, old[0]))


def _earlier(columns: Columns, last: dict[int, int]) -> Columns:
    keys_of, numbers = columns
    return _chosen(columns, map(ne, map(last.__getitem__, keys_of), numbers))


def _neighbours(large: set[int], new: Columns, old: Columns, order: Order) -> Iterator[Columns]:
    """Give pairs of keys that many records have, each with those that are like it."""
    blocks: dict[int, tuple[set[int], set[int]]] = {key: (set(), set()) for key in large}
    for at, columns in enumerate((new, old)):
        for key, number in zip(*columns, strict=True):
            if key in large:
                blocks[key][at].add(number)
    for own, others in blocks.values():
        ordered = order(own | others)
        pairs = [
            (min(one, other), max(one, other))
            for at, one in enumerate(ordered)
            for other in ordered[at + 1 : at + 1 + NEIGHBOURS]
            if one in own or other in own
        ]
        ones, twos = zip(*pairs, strict=True)
        yield ones, twos
