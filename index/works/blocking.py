"""Choose the pairs of records to compare, instead of comparing every record with every other.

Two records are compared if they share a key: an id, an identifier, or an author and two long words
of the title. The keys of a generation are kept in its file ``keys``, so that an update compares the
new records with the old ones. The file starts with 257 integers of 64 bits: the offsets of 256
parts, counted in codes, and the end. Then come the codes. A code of 64 bits has a key in its high
half and the number of a record in its low half. The first eight bits of the key choose the part;
within a part, codes are in the order in which the records came. All integers are in native byte
order.
"""

import mmap
import os
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, combinations, compress, repeat
from pathlib import Path
from shutil import rmtree
from typing import Self
from zlib import crc32

from index.records import Author, Paper
from index.text.memo import Memo
from index.works.candidates import Columns, Order, find_candidates
from index.works.disk_arrays import PARTS, DiskCodes
from index.works.features import make_signature, make_signatures

KEYS = "keys"
"""The file's name in a generation's folder."""

LONG_WORDS = 3
"""Number of longest title words from which each key takes two."""

MAX_NAMES = 100
"""Number of authors that make keys; longer author lists are cut, in alphabetical order."""

_NEW = "new-keys"
_PAIRS = "pairs"
_BITS = 32
_MASK = (1 << _BITS) - 1
_HIGH = 1 if sys.byteorder == "little" else 0
"""Index of the key among the two 32-bit halves of a code in memory."""

_NOBODY = -1
"""Stands for an author without a name in the cache of digests."""

_TOGETHER = 1 << 10
"""Number of records whose keys are turned into codes at once."""

_CACHED = 1 << 17
"""Size of the caches for digests of words and of authors, which recur within a dump."""

_ODD = 0x9E3779B1
"""Multiplier that spreads similar digests: 2**32 divided by the golden ratio. Source: Knuth, "The
Art of Computer Programming", volume 3, section 6.4."""

Pair = tuple[int, int]


def make_keys(paper: Paper, words: Sequence[str], identifiers: Iterable[str]) -> bytes:
    """Return the keys of a record; records that share a key are compared.

    Args:
        paper: The record.
        words: The words of its normalised title.
        identifiers: Its DOIs and arXiv ids.

    Returns:
        Distinct integers of 32 bits, in any order and in native byte order.
    """
    keys = {_digest_text(f"id:{paper.id}")}
    if words:
        keys.update(map(_digest_text, identifiers))
        pairs = _digest_word_pairs(words)
        keys.update([author ^ pair for author in _digest_authors(paper.authors) for pair in pairs])
    return array("I", keys).tobytes()


def _digest_word_pairs(words: Sequence[str]) -> list[int]:
    # Ties break alphabetically, since sorted() is stable.
    longest = sorted(sorted(set(words)), key=len, reverse=True)[:LONG_WORDS]
    digests = list(map(_WORDS.__getitem__, longest))
    return [(_ODD * one + other) & _MASK for one, other in combinations(digests, 2)] or digests


def _digest_authors(authors: tuple[Author, ...]) -> set[int]:
    if len(authors) > MAX_NAMES:
        digests = set(map(_digest_text, sorted(make_signatures(authors))[:MAX_NAMES]))
    else:
        digests = {_AUTHORS[author.key or author.name] for author in authors}
    digests.discard(_NOBODY)
    return digests


def _digest_author(name: str) -> int:
    family_and_initial, _ = make_signature(name)
    return _digest_text(family_and_initial) if family_and_initial else _NOBODY


def _digest_text(text: str) -> int:
    """Return 32 bits of a text, the same in every process; a collision costs a comparison."""
    return crc32(text.encode("utf-8", "replace")) * _ODD & _MASK


_AUTHORS = Memo(_digest_author, _CACHED)
_WORDS = Memo(_digest_text, _CACHED)


class PairFinder:
    """Collects the keys of new records, and finds the pairs of records to compare."""

    def __init__(self, folder: Path, before: Path | None = None) -> None:
        """Start with the keys of the previous generation.

        Args:
            folder: A folder for temporary files, which the caller removes.
            before: The file of keys of the previous generation, or None.
        """
        self._folder = folder
        for name in (_NEW, _PAIRS):  # left by an interrupted build
            rmtree(folder / name, ignore_errors=True)
        self._codes = DiskCodes(folder / _NEW)
        self._before = before
        self._numbers: list[int] = []
        self._keys: list[bytes] = []
        self._end = 0

    def add(self, number: int, keys: bytes) -> None:
        """Add the keys of a record, as `make_keys` returns them."""
        self._numbers.append(number)
        self._keys.append(keys)
        if len(self._keys) >= _TOGETHER:
            self._write()

    def _write(self) -> None:
        keys = array("I", b"".join(self._keys))
        counts = [len(each) // keys.itemsize for each in self._keys]
        numbers = chain.from_iterable(map(repeat, self._numbers, counts))
        self._codes.add(_make_codes(keys, numbers))
        self._end = max([self._end - 1, *self._numbers]) + 1
        self._numbers.clear()
        self._keys.clear()

    def find_pairs(self, order: Order, gone: frozenset[int], target: Path) -> Iterator[list[Pair]]:
        """Yield the pairs to compare, each once, and write the keys of the new generation.

        Args:
            order: Sorts the records of large blocks.
            gone: Numbers of records that were removed.
            target: The file to write.

        Yields:
            Lists of pairs, ascending within and among themselves.
        """
        self._write()
        # A code starts with the first number of the pair, multiplied so that all parts are used.
        spread = max(1, (_MASK + 1) // max(1, self._end))
        pairs = DiskCodes(self._folder / _PAIRS)
        for ones, others in self._merge_parts(order, gone, target):
            pairs.add(_make_codes([one * spread for one in ones], others))
        for part in pairs.read_parts():
            yield [((code >> _BITS) // spread, code & _MASK) for code in sorted(set(part))]

    def _merge_parts(self, order: Order, gone: frozenset[int], target: Path) -> Iterator[Columns]:
        sizes = []
        with target.open("wb") as file, _KeyFile(self._before) as before:
            array("Q", bytes(8 * (PARTS + 1))).tofile(file)
            for number, codes in enumerate(self._codes.read_parts()):
                new = _exclude(codes, gone)
                old = _exclude(before.read_part(number), gone)
                yield from find_candidates(_read_halves(new), _read_halves(old), order)
                old.tofile(file)
                new.tofile(file)
                sizes.append(len(old) + len(new))
            file.seek(0)
            array("Q", accumulate(sizes, initial=0)).tofile(file)
            file.flush()
            os.fsync(file.fileno())


class _KeyFile:
    """The file of keys of a generation, memory-mapped; empty if there is none."""

    def __init__(self, path: Path | None) -> None:
        self._starts = [0] * (PARTS + 1)
        self._map: mmap.mmap | None = None
        if path is None:
            return
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._starts = self._read_codes(0, PARTS + 1).tolist()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._map is not None:
            self._map.close()

    def read_part(self, number: int) -> "array[int]":
        """Return the codes of a part."""
        start, end = self._starts[number], self._starts[number + 1]
        return self._read_codes(PARTS + 1 + start, PARTS + 1 + end)

    def _read_codes(self, start: int, end: int) -> "array[int]":
        codes = array("Q")
        if self._map is not None:
            codes.frombytes(self._map[start * codes.itemsize : end * codes.itemsize])
        return codes


def _make_codes(high: Iterable[int], low: Iterable[int]) -> "array[int]":
    """Combine the halves of codes."""
    high, low = array("I", high), array("I", low)
    halves = array("I", bytes(2 * low.itemsize * len(low)))
    halves[_HIGH::2], halves[1 - _HIGH :: 2] = high, low
    return array("Q", halves.tobytes())


def _read_halves(codes: "array[int]") -> Columns:
    """Return the high halves and the low halves of codes."""
    halves = array("I", codes.tobytes())
    return halves[_HIGH::2].tolist(), halves[1 - _HIGH :: 2].tolist()


def _exclude(codes: "array[int]", gone: frozenset[int]) -> "array[int]":
    if not gone:
        return codes
    _, numbers = _read_halves(codes)
    return array("Q", compress(codes, [number not in gone for number in numbers]))
