"""Collect the records of a generation and join those of one work into one paper.

A `Corpus` is a generation being built, from nothing or from the one before it. Each record is
written as a paper of its own when it arrives; at the end, records that belong to one work are
rewritten: once as that work, and each as a row behind it. A build and an update are therefore the
same, and resuming an interrupted build is an update of what it had reached.
"""

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from index.build.corpus_parts import Drain, Papers, Prepare, Rewritten, Sink, batch_papers
from index.build.messages import Outcome, PreparedBatch, PreparedRecord, encode
from index.errors import GenerationCorrupt
from index.fields import PART as PART_VALUE
from index.fields import ROW, WORK
from index.people.alias_writer import AliasWriter, Names
from index.records import Paper, decode_paper
from index.references.reference_writer import REFERENCES, ReferenceWriter
from index.store.first_appearance import Arrivals
from index.store.ledger import LEDGER, Ledger
from index.store.ledger_tables import PART, LedgerRow
from index.works.blocking import KEYS
from index.works.components import find_components
from index.works.matcher import Matcher
from index.works.merge import merge_records

MATCHING = "matching"
"""The folder of an unfinished generation that holds what its records are matched by."""


class Corpus:
    """The papers of a generation that is being built.

    Attributes:
        references: Writes what records cite, and the citations that dumps list apart from them.
    """

    def __init__(
        self,
        folder: Path,
        sink: Sink,
        arrivals: Arrivals,
        base: Papers | None = None,
        *,
        resumed: bool = False,
    ) -> None:
        """Open the corpus in a folder.

        Args:
            folder: The generation's folder; for an update it holds the ledger of the generation
                before.
            sink: Takes the papers.
            arrivals: Decides when a new record first came.
            base: The papers of the generation before, or None.
            resumed: Whether the folder is that of an interrupted build.
        """
        self._folder, self._sink = folder, sink
        self._arrivals = arrivals
        self._base = base
        self._resumed = resumed
        self._ledger = Ledger(folder / LEDGER, writable=True)
        if resumed:
            self._ledger.dissolve_all()
        self.first = self._ledger.next if base else 0
        self._people = AliasWriter(folder, update=base is not None)
        self.references = ReferenceWriter(folder, self._ledger.next, update=base is not None)
        self._restored: list[int] = []
        self.changes = (0, 0, 0)
        matching = folder / MATCHING
        matching.mkdir(exist_ok=True)
        self._matcher = Matcher(
            matching,
            self.first,
            self._ledger.next - self.first,
            (folder / KEYS).rename(matching / KEYS) if base else None,
            self._read_base_paper,
        )

    @property
    def ledger(self) -> Ledger:
        """Return the ledger."""
        return self._ledger

    @property
    def people(self) -> int:
        """Return how many people have names that the generation before did not have."""
        return self._people.changed

    def put_person(self, key: str, names: Names) -> None:
        """Store the names of a person in place of earlier ones."""
        self._people.set_names(key, names)

    def prefetch(self, records: Iterable[PreparedRecord]) -> None:
        """Fetch in one query what the ledger has of the records to be put next."""
        keys = [one.key for one in records if one.outcome is Outcome.PAPER]
        self._ledger.prefetch(keys)
        self._arrivals.prefetch(keys)

    def put(self, new: PreparedRecord) -> int:
        """Store a record in place of an earlier one of its key.

        Returns:
            Its number; from `first` on if the generation before did not have it.
        """
        present = self._ledger.find_key(new.key)
        if present and present.content == new.content:
            return present.number
        if present:
            self._remove(present)
        elif self._resumed:
            self._sink.remove(new.key)  # the engine may be ahead of the ledger
        former = self._ledger.find_removed(new.key, new.content)
        known = present or former
        added = known.added if known else self._arrivals.find(new.key)
        self._add(new, added)
        if former:
            self._ledger.restore(former)
            self._restored.append(former.number)
            return former.number
        self._matcher.add(new.paper, new.matching_keys)
        number = self._ledger.insert(
            new.key, new.content, new.format, part=PART in new.key, added=added
        )
        self.references.put(number, new.references)
        return number

    def _add(self, new: PreparedRecord, added: int) -> None:
        """Hand a paper to the engine, with the time at which the index first had it."""
        document = new.document
        if document.dup != PART_VALUE:
            document = replace(document, added=added)
        self._sink.add(document, new.paper)

    def find_content(self, content: int) -> int | None:
        """Return the number of the record with this digest, or None."""
        return self._ledger.find_content(content)

    def remove(self, key: str) -> list[LedgerRow]:
        """Remove a record and its parts, or the names of a person.

        Returns:
            The records that were removed.
        """
        self._people.remove(key)
        self.references.remove_citations(key)
        present = self._ledger.find_key(key)
        found = [*([present] if present else []), *self._ledger.list_parts(key)]
        for record in found:
            self._remove(record)
        return found

    def _remove(self, record: LedgerRow) -> None:
        self._ledger.remove(record, remember=record.number < self.first)
        self._sink.remove(record.key)

    def commit(self) -> None:
        """Make everything so far durable, so that an interrupted build can resume from here."""
        self._sink.commit()
        self._matcher.sync()
        self._people.commit()
        self.references.commit()
        self._ledger.commit()

    def read_record(self, number: int) -> Paper:
        """Return a record."""
        return self._matcher.read_paper(number)

    def replace_records(
        self, records: Iterable[tuple[LedgerRow, Paper]], prepare: Prepare, drain: Drain
    ) -> None:
        """Replace new records by papers of the same titles, authors and ids; see `join_works`."""
        self._rewrite(map(self._replace_record, records), prepare, drain)

    def _replace_record(self, replaced: tuple[LedgerRow, Paper]) -> Rewritten:
        row, paper = replaced
        self._matcher.replace(row.number, encode(paper))
        self._sink.remove(row.key)
        return row.key, "", paper

    def join_works(self, prepare: Prepare, drain: Drain) -> None:
        """Find the works among the records, and rewrite those that are new or have changed.

        Args:
            prepare: Analyses a batch of papers.
            drain: Yields the batches that are still being prepared.
        """
        gone = list(self._ledger.list_removed())
        self.changes = self._ledger.count_changes(self.first)
        seeds = array("Q", self._restored)
        dead = frozenset((*(r.number for r in gone), *self._ledger.list_missing(self.first)))
        bonds = self._matcher.find_bonds(dead, self._folder / KEYS)
        self._ledger.add_bonds(_collect_bonds(bonds, seeds))
        self._ledger.index_by_work()
        for record in gone:
            seeds.extend(self._ledger.list_bound(record.number))
            seeds.extend(self._ledger.list_members(record.work))
        self._ledger.dissolve_works(record.work for record in gone)
        self._ledger.forget_removed()
        alive = (number for number in seeds if self._ledger.find_number(number))
        components = map(sorted, find_components(alive, self._ledger.list_bound))
        self._rewrite(self._rewrite_components(components), prepare, drain)

    def _rewrite_components(self, found: Iterable[list[int]]) -> Iterator[Rewritten]:
        """Remove components from the engine, and yield what replaces them."""
        for component in found:
            for number in component:
                self._sink.remove(self._find_key(number))
            self._ledger.dissolve_works(component)
            pairs = [(a, b) for a in component for b in self._ledger.list_bound(a) if a < b]
            for group in self._matcher.split_component(component, pairs):
                yield from self._rewrite_work(group)

    def _rewrite_work(self, group: list[int]) -> Iterator[Rewritten]:
        """Record in the ledger that records are one work, and yield its papers and parts."""
        rows = {number: self._matcher.read_paper(number) for number in group}
        whole = {number: paper for number, paper in rows.items() if paper.title}
        for number, paper in rows.items():
            if not paper.title:
                yield self._find_key(number), PART_VALUE, paper
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

    def _rewrite(self, papers: Iterable[Rewritten], prepare: Prepare, drain: Drain) -> None:
        for batch in batch_papers(papers):
            self._write(prepare(batch))
        self._write(drain())

    def _write(self, batches: Iterator[PreparedBatch]) -> None:
        for _, prepared in batches:
            for one in prepared:
                document = one.document
                self._add(one, self._ledger.find_added(document.id, work=document.dup == WORK))

    def _find_key(self, number: int) -> str:
        record = self._ledger.find_number(number)
        if record is None:
            raise LookupError(number)
        return record.key

    def _read_base_paper(self, number: int) -> Paper:
        """Return a record of the generation before."""
        key = self._find_key(number)
        record = self._base.read_paper(key, row=True) if self._base else None
        if record is None:
            raise GenerationCorrupt(
                self._folder.stem, f"its ledger lists '{key}', which its engine lacks"
            )
        return decode_paper(record)

    def resolve_references(self, before: Path | None) -> None:
        """Find which works cite which, and make everything durable; call it last.

        Args:
            before: The folder of the generation before, or None.
        """
        self.commit()
        self.references.close()
        if (self._folder / REFERENCES).exists():
            from index.references.resolving import resolve_references  # numpy takes 80 ms to load

            numbers = (self.first, self._ledger.next)
            resolve_references(self._folder, before, numbers, self.read_record)

    def close(self) -> None:
        """Make everything durable and close the files, but not the engine."""
        self.commit()
        self.abandon()

    def abandon(self) -> None:
        """Close the files without making anything durable; a second call does nothing."""
        self._people.close()
        self.references.close()
        self._arrivals.close()
        self._ledger.close()
        self._matcher.close()


def _collect_bonds(
    bonds: Iterable[tuple[int, int]], seeds: "array[int]"
) -> Iterator[tuple[int, int]]:
    """Yield bonds, adding the records that they bind to the seeds of components."""
    for pair in bonds:
        seeds.extend(pair)
        yield pair
