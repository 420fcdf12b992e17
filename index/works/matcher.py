"""Answers: which of an index's records are of one work?

Records that share a key (`index.works.blocking`) are compared, first by a short sketch of each
and then as
`index.works.same_work` says; what hangs together is cut into works. So work grows with the
records and
not with their pairs, and memory stays at some bytes a record. What is joined does not depend on
the order of the records.
"""

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from rapidfuzz import fuzz

from index.records import Paper, decode_paper
from index.text.analyser import tokenise
from index.works.blocking import PairFinder, make_keys
from index.works.disk_arrays import DiskStrings
from index.works.features import Features, collect_identifiers, normalise_title
from index.works.merge import merge_records
from index.works.same_work import TITLE_ALIKE, Bond, contradict, find_bond

LARGE_WORK = 32
"""Records of a work that a further one is held against."""

_TRAITS_CACHED = 1 << 11
"""Records kept read while pairs are compared, about 20 MB."""

_SKETCHES_CACHED = 1 << 16

_ENCODE = msgspec.msgpack.Encoder().encode

Pair = tuple[int, int]


class MatchingKeys(msgspec.Struct, frozen=True, array_like=True):
    """What of a record tells with which others it is to be compared.

    Attributes:
        keys: As `index.works.blocking.keys` gives them.
        sketch: The title's words and the identifiers, apart by a tab, in UTF-8.
    """

    keys: bytes = b""
    sketch: bytes = b""


def make_matching_keys(paper: Paper, words: list[str] | None = None) -> MatchingKeys:
    """Give a record's marks.

    Args:
        paper: A normalised paper.
        words: Its title's tokens, as `index.text.analyser.tokens` gives them, where they are known.
    """
    title = normalise_title(tokenise(paper.title) if words is None else words)
    named = collect_identifiers(paper)
    own = f"id:{paper.id.replace(' ', '_')}"
    sketch = f"{title}\t{' '.join(sorted({own, *named}))}"
    return MatchingKeys(make_keys(paper, title.split(), named), sketch.encode("utf-8", "replace"))


class Matcher:
    """Takes the records of a build or an update, and tells which are of one work."""

    def __init__(
        self,
        folder: Path,
        first: int = 0,
        spilled: int = 0,
        before: Path | None = None,
        earlier: Callable[[int], Paper] | None = None,
    ) -> None:
        """Start with what a generation has.

        Args:
            folder: Where files may be, about 2 kB for a paper with an abstract; not removed here.
            first: The number of the first record to come.
            spilled: Records from `first` on that an interrupted build has taken before.
            before: The generation's file of keys, or None.
            earlier: Gives a record of before `first` by its number.
        """
        folder.mkdir(exist_ok=True)
        self._first = first
        self._earlier = earlier
        self._papers = DiskStrings(folder / "records", spilled)
        self._sketches = DiskStrings(folder / "sketches", spilled)
        self._pairs = PairFinder(folder, before)
        self._features = lru_cache(_TRAITS_CACHED)(lambda number: Features(self.read_paper(number)))
        self._earlier_sketch = lru_cache(_SKETCHES_CACHED)(
            lambda number: make_matching_keys(self.read_paper(number)).sketch
        )
        for number in range(first, first + spilled):
            self._pairs.add(number, make_matching_keys(self.read_paper(number)).keys)

    def add(self, record: bytes, found: MatchingKeys) -> int:
        """Take a record.

        Args:
            record: The paper as bytes.
            found: Its marks.

        Returns:
            Its number.
        """
        number = self._first + self._papers.add(record)
        self._sketches.add(found.sketch)
        self._pairs.add(number, found.keys)
        return number

    def read_paper(self, number: int) -> Paper:
        """Give a record back.

        Raises:
            LookupError: No record has this number.
        """
        if number >= self._first:
            return decode_paper(self._papers[number - self._first])
        if self._earlier is None:
            raise LookupError(number)
        return self._earlier(number)

    def find_bonds(self, gone: frozenset[int], target: Path) -> Iterator[Pair]:
        """Yield the pairs of one work of which at least one is new; once, after the last `add`.

        Args:
            gone: Records that are there no more.
            target: The file for the keys that the generation has now.
        """
        self._sketches.map()
        for pairs in self._pairs.find_pairs(self._sort_by_title, gone, target):
            for one, other in self._filter_pairs(pairs):
                if find_bond(self._features(one), self._features(other)):
                    yield one, other

    def _filter_pairs(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Pass on the pairs whose titles are alike or that share an id; most end here."""
        last, title, names = -1, "", set[str]()
        for one, other in pairs:
            if one != last:
                last = one
                title, _, named = self._read_sketch(one).partition("\t")
                names = set(named.split(" "))
            theirs, _, their_names = self._read_sketch(other).partition("\t")
            alike = fuzz.ratio(title, theirs, score_cutoff=TITLE_ALIKE)
            if alike or not names.isdisjoint(their_names.split(" ")):
                yield one, other

    def _sort_by_title(self, numbers: Iterable[int]) -> list[int]:
        """Put records with like titles side by side, in whatever order they came."""
        sketches = {number: self._read_sketch(number) for number in numbers}
        counts = Counter(sketches.values())

        def rank(number: int) -> tuple[str, str]:
            sketch = sketches[number]
            return sketch, self._digest(number) if counts[sketch] > 1 else ""

        return sorted(sketches, key=rank)

    def split_component(self, component: Collection[int], pairs: Iterable[Pair]) -> list[list[int]]:
        """Cut records that hang together into works.

        The surest bonds come first, and works that contradict each other are not joined, so
        that a record between two works joins only one of them.

        Args:
            component: The records.
            pairs: The bonds among them.

        Returns:
            Works, each ascending.
        """
        pairs = set(pairs)
        if len(pairs) == len(component) * (len(component) - 1) // 2:
            return [sorted(component)]  # each goes with each
        ranks = {number: self._digest(number) for number in component}
        traits = {number: self._features(number) for number in component}
        ordered = sorted(
            (-find_bond(traits[one], traits[other]), sorted((ranks[one], ranks[other])), one, other)
            for one, other in pairs
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

    def find_works(self, target: Path) -> list[list[int]]:
        """Give the works of all records, if none was there before; in the order of their first.

        Args:
            target: As of `bonds`.
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
        """Make all records so far durable."""
        self._papers.sync()
        self._sketches.sync()

    def close(self) -> None:
        """Close the files."""
        self._papers.close()
        self._sketches.close()

    def _read_sketch(self, number: int) -> str:
        if number >= self._first:
            return self._sketches[number - self._first].decode()
        return self._earlier_sketch(number).decode()

    def _digest(self, number: int) -> str:
        """Give what orders records that are alike, wherever they stand."""
        return blake2b(_ENCODE(self.read_paper(number)), digest_size=8).hexdigest()


def find_components(
    seeds: Iterable[int], bound: Callable[[int], Iterable[int]]
) -> Iterator[list[int]]:
    """Yield what hangs together, each once and ascending.

    Args:
        seeds: Records to begin with.
        bound: Gives the records that share a bond with one.
    """
    met: set[int] = set()
    for seed in seeds:
        if seed in met:
            continue
        met.add(seed)
        component, waiting = [seed], deque([seed])
        while waiting:
            for other in bound(waiting.popleft()):
                if other not in met:
                    met.add(other)
                    component.append(other)
                    waiting.append(other)
        yield sorted(component)


def group_papers(papers: Iterable[Paper], folder: Path) -> list[list[int]]:
    """Tell which papers are of one work.

    Args:
        papers: In any order.
        folder: Where files may be.

    Returns:
        The papers' places, counted from 0, by work; works in the order of their first.
    """
    matcher = Matcher(folder / "matcher")
    for paper in papers:
        matcher.add(_ENCODE(paper), make_matching_keys(paper))
    found = matcher.find_works(folder / "keys")
    matcher.close()
    return found


def join_papers(papers: Iterable[Paper]) -> list[Paper]:
    """Join few papers into works, for instance those of a small dump.

    Args:
        papers: In any order.

    Returns:
        Each work once, in the order of its first record.
    """
    rows = list(papers)
    with TemporaryDirectory(prefix="merge-") as folder:
        found = group_papers(rows, Path(folder))
    return [merge_records([rows[number] for number in group]) for group in found]


def _contradiction(traits: dict[int, Features], mine: list[int], theirs: list[int]) -> bool:
    return any(
        contradict(traits[one], traits[other])
        for one in mine[:LARGE_WORK]
        for other in theirs[:LARGE_WORK]
    )
