"""Answers: how do dumps become records, and what became of each?

Reads dumps in order, has their records prepared, gives them to a `Corpus`, and keeps the account.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from time import monotonic

from index.build.corpus import Corpus
from index.build.dump_description import complete_input, describe_dump
from index.build.dump_reader import Task, read
from index.build.prepare import Done, Outcome, Packed, Ready, alias, prepared
from index.build.worker_pool import Preparation
from index.errors import DumpEmpty, DumpUnknown, TooManyRejects
from index.formats.registry import list_formats
from index.records import Reject
from index.settings import BuildSettings, Input
from index.store.manifest import Counts, Dump, Report
from index.store.rejects import RejectWriter

FEW_REJECTS = 10
"""So many rejects never stop a build, unless the limit is 0: a share of few says little."""

KEEP_EVERY = 60.0
"""Seconds, at least, after which what was done so far is made durable, for `--resume`. Chosen."""

KEEP_SHARE = 0.025
"""Share of the time that keeping may take: the engine then writes what it holds, 4 to 13 s for
300 MB, and has more parts to merge. Source: with a million records kept every minute, 33 s of 355
went into it and 28 s into merging at the end. Chosen."""

Watch = Callable[[int, int], None]
"""Told (bytes of the dump read, records read), both since it was last told."""


@dataclass(slots=True)
class Account:
    """What became of the records read, kept while they are read.

    Attributes:
        usable: Records that are, or add to, papers, by kind of dump.
        unchanged: Of these, records that the index had already, just so.
        deleted: Of these, records that a later one of this run took out again.
        skipped: Records left out on purpose.
        rejected: Records that could not become papers.
        repairs: By kind, how many texts each repair changed.
    """

    usable: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    deleted: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    repairs: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """Return how many records have been read."""
        return sum((self.usable + self.skipped + self.rejected).values())

    def report(self, corpus: Corpus) -> Report:
        """Tell what became of every record, once a corpus has been joined."""
        leaders = corpus.ledger.count_leaders(corpus.first)
        apart = corpus.ledger.count_detached(corpus.first)
        report = Report(repairs={kind: dict(c) for kind, c in sorted(self.repairs.items()) if c})
        for kind in sorted(self.usable | self.skipped | self.rejected):
            counts = Counts(
                read=self.usable[kind] + self.skipped[kind] + self.rejected[kind],
                indexed=leaders.get(kind, 0),
                unchanged=self.unchanged[kind],
                skipped=self.skipped[kind] + self.deleted[kind] + apart.get(kind, 0),
                rejected=self.rejected[kind],
            )
            counts.merged = counts.read - counts.indexed - counts.unchanged
            counts.merged -= counts.skipped + counts.rejected
            report.sources[kind] = counts
            report.add(counts)
        return report


class Intake:
    """Reads dumps into a corpus."""

    def __init__(
        self,
        corpus: Corpus,
        preparation: Preparation,
        settings: BuildSettings,
        rejects: RejectWriter,
        watch: Watch | None = None,
    ) -> None:
        self.account = Account()
        self.unread: list[str] = []
        self._corpus = corpus
        self._preparation = preparation
        self._settings = settings
        self._rejects = rejects
        self._watch = watch or (lambda _bytes, _records: None)
        self._bytes = 0
        self._keep_at = monotonic() + KEEP_EVERY

    def read(self, named: Input) -> Dump:
        """Read a dump.

        Args:
            named: What to read, and what is known of it.

        Returns:
            Its description.

        Raises:
            DumpError: It cannot be used.
        """
        before, self._bytes = self.account.read, 0
        dump = complete_input(named, self._settings)
        self._sha256 = ""
        recognised = self._pieces(dump)
        self._take(self._preparation.rest())
        if not recognised:
            raise DumpUnknown(dump.path, tuple(form.title for form in list_formats()))
        if self.account.read == before:
            raise DumpEmpty(dump.path)
        return describe_dump(dump, self._bytes, self._sha256, self.account.read - before)

    def _pieces(self, dump: Input) -> bool:
        """Take all of a dump; tell whether any file is in a known format, or blank."""
        chosen = self._settings
        task = Task(
            os.fsencode(dump.path),
            dump.columns,
            dump.date,
            dump.licence,
            chosen.since,
            chosen.limit,
        )
        recognised = False
        with closing(read(task, apart=chosen.processes != 0)) as found:
            for piece in found:
                recognised = recognised or bool(piece.kind) or piece.blank
                self._advance(piece.size)
                self._sha256 = piece.sha256
                if piece.unread:
                    self.unread.append(piece.unread)
                if piece.reject:
                    self._reject(piece.reject, piece.kind)
                if piece.records:
                    self._take(self._preparation.give(piece.records))
        return recognised

    def _advance(self, count: int) -> None:
        self._bytes += count
        self._watch(count, 0)

    def _take(self, done: Iterator[Done]) -> None:
        self._record_all(done)
        if monotonic() > self._keep_at:
            self.keep()

    def _record_all(self, done: Iterator[Done]) -> None:
        for batch, readies in done:
            self._corpus.expect(readies)
            for at, ready in enumerate(readies):
                self._record(ready, batch, at)
            self._watch(0, len(readies))

    def keep(self) -> None:
        """Make what was done so far durable, so that a killed build can be taken up from here."""
        self._record_all(self._preparation.rest())
        started = monotonic()
        self._corpus.keep()
        ended = monotonic()
        self._keep_at = ended + max(KEEP_EVERY, (ended - started) / KEEP_SHARE)

    def _record(self, ready: Ready, batch: Packed, at: int) -> None:
        account, kind = self.account, ready.kind
        match ready.outcome:
            case Outcome.PAPER:
                account.usable[kind] += 1
                self._put(ready)
            case Outcome.KNOWN:
                number = self._corpus.has(ready.content)
                if number is None:  # it has been changed or taken out since it was looked up
                    self._record(list(prepared(batch.batch))[at], batch, at)
                    return
                account.usable[kind] += 1
                account.unchanged[kind] += number < self._corpus.first
            case Outcome.DELETED:
                account.skipped[kind] += 1
                self._delete(ready)
            case Outcome.PERSON:
                account.skipped[kind] += 1
                self._corpus.call(ready.key, ready.names)
            case Outcome.SKIPPED:
                account.skipped[kind] += 1
            case Outcome.REJECTED if ready.reject:
                self._reject(ready.reject, kind)

    def _put(self, ready: Ready) -> None:
        if ready.repairs:
            self.account.repairs.setdefault(ready.kind, Counter()).update(ready.repairs)
        number = self._corpus.put(ready)
        self.account.unchanged[ready.kind] += number < self._corpus.first

    def _delete(self, ready: Ready) -> None:
        for record in self._corpus.drop(ready.key):
            if record.number >= self._corpus.first:
                self.account.deleted[record.kind] += 1
        if ready.moved:
            self._corpus.put(alias(ready.key, ready.moved))

    def _reject(self, reject: Reject, kind: str) -> None:
        self._rejects.add(reject)
        self.account.rejected[kind] += 1

    def check_rejects(self) -> None:
        """See that not too many records were rejected.

        Raises:
            TooManyRejects: More than the settings allow, or all of them.
        """
        read, limit = self.account.read, self._settings.max_rejects
        rejected = self.account.rejected.total()
        allowed = max(limit * read, FEW_REJECTS if limit else 0)
        nothing = not self._corpus.first and not self._corpus.ledger.count_papers()
        if rejected > allowed or nothing:
            first = self._rejects.first[0].reason if self._rejects.first else "was left out"
            raise TooManyRejects(rejected, read, limit, first)
