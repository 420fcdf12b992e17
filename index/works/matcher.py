"""Group the records of an index into works.

Records that share a key (`index.works.blocking`) are compared, first by a short sketch of each,
then by the rules of `index.works.same_work`. Each connected component is then split into works. So
the effort grows with the number of records, not of pairs, and memory stays at some bytes per
record. The result does not depend on the order of the records.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import msgspec
from rapidfuzz import fuzz

from index.records import Paper, decode_paper
from index.temporary_files import open_temporary_folder
from index.text.analyser import tokenise
from index.works.blocking import PairFinder, make_keys
from index.works.components import find_components
from index.works.disk_arrays import DiskStrings
from index.works.features import Features, collect_identifiers, normalise_title
from index.works.merge import merge_records
from index.works.same_work import TITLE_ALIKE, find_bond
from index.works.splitting import split_records

_FEATURES_CACHED = 1 << 11
"""Number of records whose features are cached during comparison: about 20 MB."""

_SKETCHES_CACHED = 1 << 16
"""Number of cached sketches of records of the previous generation."""

_ENCODE = msgspec.msgpack.Encoder().encode

Pair = tuple[int, int]


class MatchingKeys(msgspec.Struct, frozen=True, array_like=True):
    """The keys and the sketch that decide which other records a record is compared with.

    Attributes:
        keys: As `index.works.blocking.make_keys` returns them.
        sketch: The normalised title, a tab, and the id and identifiers separated by spaces, in
            UTF-8.
    """

    keys: bytes = b""
    sketch: bytes = b""


def make_matching_keys(paper: Paper, words: list[str] | None = None) -> MatchingKeys:
    """Build the matching keys of a record.

    Args:
        paper: A normalised paper.
        words: The tokens of its title if they are known already.
    """
    title = normalise_title(tokenise(paper.title) if words is None else words)
    named = collect_identifiers(paper)
    own = f"id:{paper.id.replace(' ', '_')}"
    sketch = f"{title}\t{' '.join(sorted({own, *named}))}"
    return MatchingKeys(make_keys(paper, title.split(), named), sketch.encode("utf-8", "replace"))


class Matcher:
    """Collects the records of a build or an update, and finds those that are one work."""

    def __init__(
        self,
        folder: Path,
        first: int = 0,
        spilled: int = 0,
        before: Path | None = None,
        earlier: Callable[[int], Paper] | None = None,
    ) -> None:
        """Start with the records of the previous generation.

        Args:
            folder: A folder for temporary files, about 2 kB per paper with an abstract; the caller
                removes it.
            first: The number of the first new record.
            spilled: Number of records from `first` on that an interrupted build has added.
            before: The file of keys of the previous generation, or None.
            earlier: Returns a record of the previous generation by its number.
        """
        folder.mkdir(exist_ok=True)
        self._first = first
        self._earlier = earlier
        self._papers = DiskStrings(folder / "records", spilled)
        self._sketches = DiskStrings(folder / "sketches", spilled)
        self._pairs = PairFinder(folder, before)
        self._replaced: dict[int, int] = {}
        self._replacements = DiskStrings(folder / "replacements")
        self._features = lru_cache(_FEATURES_CACHED)(
            lambda number: Features(self.read_paper(number))
        )
        self._earlier_sketch = lru_cache(_SKETCHES_CACHED)(
            lambda number: make_matching_keys(self.read_paper(number)).sketch
        )
        for number in range(first, first + spilled):
            self._pairs.add(number, make_matching_keys(self.read_paper(number)).keys)

    def add(self, record: bytes, keys: MatchingKeys) -> int:
        """Add a record and return its number.

        Args:
            record: The paper as bytes.
            keys: Its matching keys.
        """
        number = self._first + self._papers.add(record)
        self._sketches.add(keys.sketch)
        self._pairs.add(number, keys.keys)
        return number

    def replace(self, number: int, record: bytes) -> None:
        """Replace a new record, until the build ends, by one with the same title and ids.

        Args:
            number: Its number.
            record: The paper as bytes.
        """
        self._replaced[number] = self._replacements.add(record)

    def read_paper(self, number: int) -> Paper:
        """Return a record.

        Raises:
            LookupError: No record has this number.
        """
        if number in self._replaced:
            return decode_paper(self._replacements[self._replaced[number]])
        if number >= self._first:
            return decode_paper(self._papers[number - self._first])
        if self._earlier is None:
            raise LookupError(number)
        return self._earlier(number)

    def find_bonds(self, gone: frozenset[int], target: Path) -> Iterator[Pair]:
        """Yield the pairs of records of one work that include a new record.

        Call this once, after the last `add`.

        Args:
            gone: Numbers of removed records.
            target: The file to write for the keys of the new generation.
        """
        self._sketches.map()
        for pairs in self._pairs.find_pairs(self._sort_by_title, gone, target):
            for one, other in self._filter_pairs(pairs):
                if find_bond(self._features(one), self._features(other)):
                    yield one, other

    def _filter_pairs(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Yield the pairs that have similar titles or share an id; this excludes most."""
        last, title, ids = -1, "", set[str]()
        for one, other in pairs:
            if one != last:
                last = one
                title, _, joined = self._read_sketch(one).partition("\t")
                ids = set(joined.split(" "))
            other_title, _, other_ids = self._read_sketch(other).partition("\t")
            similar = fuzz.ratio(title, other_title, score_cutoff=TITLE_ALIKE)
            if similar or not ids.isdisjoint(other_ids.split(" ")):
                yield one, other

    def _sort_by_title(self, numbers: Iterable[int]) -> list[int]:
        """Sort records so that similar titles are neighbours, whatever order they came in."""
        sketches = {number: self._read_sketch(number) for number in numbers}
        counts = Counter(sketches.values())

        def rank(number: int) -> tuple[str, str]:
            sketch = sketches[number]
            return sketch, self._digest(number) if counts[sketch] > 1 else ""

        return sorted(sketches, key=rank)

    def split_component(self, component: Collection[int], pairs: Iterable[Pair]) -> list[list[int]]:
        """Split connected records into works.

        Args:
            component: The numbers of the records.
            pairs: The pairs among them that share a bond.

        Returns:
            The works as lists of record numbers, each ascending.
        """
        pairs = set(pairs)
        if len(pairs) == len(component) * (len(component) - 1) // 2:
            return [sorted(component)]  # every pair shares a bond
        features = {number: self._features(number) for number in component}
        # Ids come first, since they are the same wherever a record is read.
        ranks = {number: f"{one.id}\t{self._digest(number)}" for number, one in features.items()}
        return split_records(features, pairs, ranks)

    def find_works(self, target: Path) -> list[list[int]]:
        """Return the works of all records, in the order of their first; for a new index only.

        Args:
            target: The file to write for the keys.
        """
        bound: dict[int, list[int]] = {}
        for one, other in self.find_bonds(frozenset(), target):
            bound.setdefault(one, []).append(other)
            bound.setdefault(other, []).append(one)
        found = [[number] for number in range(len(self._papers)) if number not in bound]
        for component in find_components(bound, bound.__getitem__):
            pairs = [(one, other) for one in component for other in bound[one] if one < other]
            found += self.split_component(component, pairs)
        return sorted(found)

    def sync(self) -> None:
        """Make all records added so far durable."""
        self._papers.sync()
        self._sketches.sync()

    def close(self) -> None:
        """Close the files."""
        for file in (self._papers, self._sketches, self._replacements):
            file.close()

    def _read_sketch(self, number: int) -> str:
        if number >= self._first:
            return self._sketches[number - self._first].decode()
        return self._earlier_sketch(number).decode()

    def _digest(self, number: int) -> str:
        """Return a digest that orders similar records, independent of their numbers."""
        return blake2b(_ENCODE(self.read_paper(number)), digest_size=8).hexdigest()


def group_papers(papers: Iterable[Paper], folder: Path) -> list[list[int]]:
    """Group papers into works.

    Args:
        papers: Papers in any order.
        folder: A folder for temporary files.

    Returns:
        The positions of the papers of each work, counted from 0; works in the order of their
        first paper.
    """
    matcher = Matcher(folder / "matcher")
    for paper in papers:
        matcher.add(_ENCODE(paper), make_matching_keys(paper))
    found = matcher.find_works(folder / "keys")
    matcher.close()
    return found


def join_papers(papers: Iterable[Paper]) -> list[Paper]:
    """Join a small number of papers into works, for example those of a small dump.

    Args:
        papers: Papers in any order.

    Returns:
        Each work once, in the order of its first record.
    """
    rows = list(papers)
    with open_temporary_folder("merge-") as folder:
        found = group_papers(rows, folder)
    return [merge_records([rows[number] for number in group]) for group in found]
