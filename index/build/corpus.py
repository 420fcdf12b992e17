"""Answers: what becomes of each record, until a generation's papers are complete?

A `Corpus` is a generation in the making, from nothing or from the one before it. Every record is
written as a paper of its own when it comes; at the end, those that turn out to be of one work
are written anew: once as that work, and each as a row behind it. So a build and an update are the
same, and a build that was interrupted is an update of what it had got to.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from index.build.prepare import Batch, Done, Outcome, Packed, Ready, packed
from index.engines.document import Document
from index.errors import GenerationCorrupt
from index.fields import PART as PART_VALUE
from index.fields import ROW, WORK
from index.people.alias_writer import AliasWriter, Names
from index.records import Paper, decode_paper
from index.store.ledger import LEDGER, PART, Ledger, LedgerRow
from index.works.blocking import KEYS
from index.works.matcher import Matcher, find_components
from index.works.merge import merge_records

MATCHING = "matching"
"""The folder of a generation in the making that holds what its records are matched by."""

AT_ONCE = 200
"""Papers that are analysed in one go."""

Prepare = Callable[[Packed], Iterator[Done]]
"""Takes a batch; gives those that are ready by now."""

Written = tuple[str, str, Paper]
"""A paper to be written, with its key in the ledger and its value of ``dup``."""


class Papers(Protocol):
    """What holds the papers of a generation."""

    def read_paper(self, paper_id: str, *, row: bool = False) -> bytes | None:
        """Give the bytes of a paper; those of a record behind a work if `row`."""


class Sink(Protocol):
    """What takes the papers; see `index.engines.Writer`."""

    def add(self, entry: Document, record: bytes) -> None:
        """Take a paper."""

    def remove(self, paper_id: str) -> None:
        """Forget the papers of this id."""

    def commit(self) -> None:
        """Make everything so far durable."""


class Corpus:
    """The papers of a generation in the making."""

    def __init__(
        self, folder: Path, sink: Sink, base: Papers | None = None, *, resumed: bool = False
    ) -> None:
        """Start with what the folder holds.

        Args:
            folder: The generation's, with the ledger of the generation before if there is one.
            sink: Takes the papers.
            base: The papers of the generation before, or None.
            resumed: The folder is that of an interrupted build.
        """
        self._folder = folder
        self._sink = sink
        self._base = base
        self._resumed = resumed
        self._ledger = Ledger(folder / LEDGER, writable=True)
        if resumed:
            self._ledger.dissolve_all()
        self.first = self._ledger.next if base else 0
        self._people = AliasWriter(folder, update=base is not None)
        self._restored: list[int] = []
        self.changes = (0, 0, 0)
        matching = folder / MATCHING
        matching.mkdir(exist_ok=True)
        self._matcher = Matcher(
            matching,
            self.first,
            self._ledger.next - self.first,
            (folder / KEYS).rename(matching / KEYS) if base else None,
            self._earlier,
        )

    @property
    def ledger(self) -> Ledger:
        """Return the ledger."""
        return self._ledger

    @property
    def people(self) -> int:
        """Return how many people have names that the generation before did not know."""
        return self._people.changed

    def call(self, key: str, names: Names) -> None:
        """Take the names of a person; they take the place of earlier ones."""
        self._people.set_names(key, names)

    def expect(self, readies: Iterable[Ready]) -> None:
        """Look up in one go what is there of records that may be put next."""
        self._ledger.prefetch([ready.key for ready in readies if ready.outcome is Outcome.PAPER])

    def put(self, ready: Ready) -> int:
        """Take a record; it takes the place of an earlier one of its key.

        Returns:
            Its number; one from `first` on if the generation before did not have it.
        """
        present = self._ledger.find_key(ready.key)
        if present and present.content == ready.content:
            return present.number
        if present:
            self._take_out(present)
        elif self._resumed:
            self._sink.remove(ready.key)  # the engine may have got further than the ledger
        self._sink.add(ready.entry, ready.record)
        if was := self._ledger.find_removed(ready.key, ready.content):
            self._ledger.restore(was)
            self._restored.append(was.number)
            return was.number
        self._matcher.add(ready.record, ready.marks)
        return self._ledger.insert(ready.key, ready.content, ready.kind, part=PART in ready.key)

    def has(self, content: int) -> int | None:
        """Give the number of the record that says just this, or None."""
        return self._ledger.find_content(content)

    def drop(self, key: str) -> list[LedgerRow]:
        """Forget a record and its parts, or the names of a person.

        Returns:
            The records that were there.
        """
        self._people.remove(key)
        present = self._ledger.find_key(key)
        found = [*([present] if present else []), *self._ledger.list_parts(key)]
        for record in found:
            self._take_out(record)
        return found

    def _take_out(self, record: LedgerRow) -> None:
        self._ledger.remove(record, remember=record.number < self.first)
        self._sink.remove(record.key)

    def keep(self) -> None:
        """Make everything so far durable, so that a build can be taken up again from here."""
        self._sink.commit()
        self._matcher.sync()
        self._people.commit()
        self._ledger.commit()

    def join(self, prepare: Prepare, rest: Callable[[], Iterator[Done]]) -> None:
        """Find the works among the records, and write those that are new or not as they were."""
        gone = list(self._ledger.list_removed())
        self.changes = self._ledger.count_changes(self.first)
        seeds = array("Q", self._restored)
        dead = frozenset((*(r.number for r in gone), *self._ledger.list_missing(self.first)))
        bonds = self._matcher.find_bonds(dead, self._folder / KEYS)
        self._ledger.add_bonds(_noted(bonds, seeds))
        self._ledger.index_by_work()
        for record in gone:
            seeds.extend(self._ledger.list_bound(record.number))
            seeds.extend(self._ledger.list_members(record.work))
        self._ledger.dissolve_works(record.work for record in gone)
        self._ledger.forget_removed()
        alive = (number for number in seeds if self._ledger.find_number(number))
        for batch in _batched(self._rewritten(find_components(alive, self._ledger.list_bound))):
            self._write(prepare(batch))
        self._write(rest())

    def _rewritten(self, found: Iterable[list[int]]) -> Iterator[Written]:
        """Take components out of the engine, and give what is to be written in their place."""
        for component in found:
            for number in component:
                self._sink.remove(self._key(number))
            self._ledger.dissolve_works(component)
            pairs = [(a, b) for a in component for b in self._ledger.list_bound(a) if a < b]
            for group in self._matcher.split_component(component, pairs):
                yield from self._work(group)

    def _work(self, group: list[int]) -> Iterator[Written]:
        rows = {number: self._matcher.read_paper(number) for number in group}
        whole = {number: paper for number, paper in rows.items() if paper.title}
        for number, paper in rows.items():
            if not paper.title:
                yield self._key(number), PART_VALUE, paper
        if not whole:
            self._ledger.detach(group)
            return
        work = merge_records(list(rows.values()))
        lead = next(number for number, paper in whole.items() if paper.id == work.id)
        self._ledger.join_records(group, min(whole), lead)
        if len(group) == 1:
            yield work.id, "", work
            return
        yield work.id, WORK, work
        for paper in whole.values():
            yield paper.id, ROW, paper

    def _write(self, done: Iterator[Done]) -> None:
        for _, readies in done:
            for ready in readies:
                self._sink.add(ready.entry, ready.record)

    def _key(self, number: int) -> str:
        record = self._ledger.find_number(number)
        if record is None:
            raise LookupError(number)
        return record.key

    def _earlier(self, number: int) -> Paper:
        """Give a record of the generation before."""
        key = self._key(number)
        record = self._base.read_paper(key, row=True) if self._base else None
        if record is None:
            raise GenerationCorrupt(
                self._folder.stem, f"its ledger names '{key}', which it has not"
            )
        return decode_paper(record)

    def close(self) -> None:
        """Make everything durable and close the files; the engine is not closed."""
        self._people.commit()
        self._ledger.commit()
        self.abandon()

    def abandon(self) -> None:
        """Close the files; what is not durable is lost. A second time does nothing."""
        self._people.close()
        self._ledger.close()
        self._matcher.close()


def _noted(bonds: Iterable[tuple[int, int]], seeds: "array[int]") -> Iterator[tuple[int, int]]:
    for pair in bonds:
        seeds.extend(pair)
        yield pair


def _batched(papers: Iterable[Written]) -> Iterator[Packed]:
    waiting: list[Written] = []
    for paper in papers:
        waiting.append(paper)
        if len(waiting) >= AT_ONCE:
            yield packed(Batch(papers=waiting))
            waiting = []
    if waiting:
        yield packed(Batch(papers=waiting))
