"""Read dumps into a corpus and count what became of each record.

Dumps are read in order; their records are prepared by a `WorkerPool` and put into a `Corpus`.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from time import monotonic

from index.build.corpus import Corpus
from index.build.dump_description import complete_input, describe_dump
from index.build.dump_reader import Task, read_dump
from index.build.messages import Outcome, PackedBatch, PreparedBatch, PreparedRecord
from index.build.prepare import prepare_alias, prepare_one
from index.build.worker_pool import WorkerPool
from index.errors import DumpEmpty, DumpUnknown, TooManyRejects
from index.formats.unknown_files import Description, describe_files
from index.records import Reject
from index.settings import BuildSettings, Input
from index.store.manifest import Counts, Dump, Report
from index.store.rejects import RejectWriter

FEW_REJECTS = 10
"""This many rejects never stop a build, unless the limit is 0: a share of few records says
little."""

COMMIT_SECONDS = 60.0
"""The least time between two commits, from which `--resume` continues. Not measured."""

COMMIT_SHARE = 0.025
"""The share of the time that commits may take: the engine writes what it holds, 4 to 13 s for
300 MB, and has more segments to merge. Source: of the 355 s of a build of a million records with a
commit every minute, commits took 33 s and merging at the end 28 s. Chosen."""

OnProgress = Callable[[int, int], None]
"""Called with the bytes and the records read since the last call."""


@dataclass(slots=True)
class Account:
    """Counts of what became of the records read.

    Attributes:
        usable: Records that are papers or add to one, by format.
        unchanged: Of these, records that the index had with the same content.
        deleted: Of these, records that a later one of this run removed again.
        skipped: Records left out on purpose, by format.
        rejected: Records that could not become papers, by format.
        repairs: How many texts each repair changed, by format.
        odd: In how many records each field held a value of an unexpected type, by format.
    """

    usable: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    deleted: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    repairs: dict[str, Counter[str]] = field(default_factory=dict)
    odd: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """Return how many records were read."""
        return sum((self.usable + self.skipped + self.rejected).values())

    def make_report(self, corpus: Corpus) -> Report:
        """Return the report on a corpus whose works have been joined."""
        leaders = corpus.ledger.count_leaders(corpus.first)
        apart = corpus.ledger.count_detached(corpus.first)
        report = Report(repairs=_sort_counts(self.repairs), odd_values=_sort_counts(self.odd))
        for form in sorted(self.usable | self.skipped | self.rejected):
            counts = Counts(
                read=self.usable[form] + self.skipped[form] + self.rejected[form],
                indexed=leaders.get(form, 0),
                unchanged=self.unchanged[form],
                skipped=self.skipped[form] + self.deleted[form] + apart.get(form, 0),
                rejected=self.rejected[form],
            )
            counts.merged = counts.read - counts.indexed - counts.unchanged
            counts.merged -= counts.skipped + counts.rejected
            report.sources[form] = counts
            report.add(counts)
        return report


def _sort_counts(counts: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    return {form: dict(found) for form, found in sorted(counts.items())}


class Ingester:
    """Reads dumps into a corpus.

    Attributes:
        account: What became of the records so far.
        unread: Files in no known format.
        left_out: How many files or members of archives were left out, by the reason.
    """

    def __init__(
        self,
        corpus: Corpus,
        pool: WorkerPool,
        settings: BuildSettings,
        rejects: RejectWriter,
        on_progress: OnProgress | None = None,
    ) -> None:
        self.account = Account()
        self.unread: list[str] = []
        self.left_out: Counter[str] = Counter()
        self._corpus = corpus
        self._pool = pool
        self._settings = settings
        self._rejects = rejects
        self._on_progress = on_progress or (lambda _bytes, _records: None)
        self._bytes = 0
        self._dumps = ""
        self._commit_at = monotonic() + COMMIT_SECONDS

    def read(self, named: Input) -> Dump:
        """Read a dump.

        Args:
            named: What to read, and what is known of it.

        Returns:
            Its entry in the manifest.

        Raises:
            DumpError: The dump cannot be used.
        """
        before, self._bytes = self.account.read, 0
        dump = complete_input(named, self._settings)
        self._dumps = f"{self._dumps}', '{dump.path}".removeprefix("', '")
        unknown: list[tuple[str, Description]] = []
        sha256 = self._read_pieces(dump, unknown)
        self._ingest(self._pool.drain())
        if sha256 is None:
            raise DumpUnknown(dump.path, *describe_files(unknown))
        if self.account.read == before:
            raise DumpEmpty(dump.path)
        return describe_dump(dump, self._bytes, sha256, self.account.read - before)

    def _read_pieces(self, dump: Input, unknown: list[tuple[str, Description]]) -> str | None:
        """Read all of a dump.

        Args:
            dump: The dump.
            unknown: Receives the files in no known format.

        Returns:
            Its SHA-256, or None if no file is in a known format.
        """
        chosen = self._settings
        task = Task(
            os.fsencode(dump.path),
            dump.columns,
            dump.date,
            dump.licence,
            chosen.since,
            chosen.limit,
        )
        recognised, sha256 = False, ""
        with closing(read_dump(task, in_process=chosen.processes != 0)) as found:
            for piece in found:
                recognised = recognised or bool(piece.format) or piece.blank
                self._count_bytes(piece.size)
                sha256 = piece.sha256
                self.left_out.update(piece.left_out)
                if piece.unread:
                    self.unread.append(piece.unread)
                    unknown.append((piece.unread, piece.kind))
                if piece.reject:
                    self._reject(piece.reject, piece.format)
                if piece.records:
                    self._ingest(self._pool.submit(piece.records))
        return sha256 if recognised else None

    def _count_bytes(self, count: int) -> None:
        self._bytes += count
        self._on_progress(count, 0)

    def _ingest(self, batches: Iterator[PreparedBatch]) -> None:
        self._put_batches(batches)
        if monotonic() > self._commit_at:
            self.commit()

    def _put_batches(self, batches: Iterator[PreparedBatch]) -> None:
        for batch, records in batches:
            self._corpus.prefetch(records)
            for at, record in enumerate(records):
                self._put_record(record, batch, at)
            self._on_progress(0, len(records))

    def commit(self) -> None:
        """Make everything so far durable, so that a killed build can resume from here."""
        self._put_batches(self._pool.drain())
        started = monotonic()
        self._corpus.commit()
        ended = monotonic()
        self._commit_at = ended + max(COMMIT_SECONDS, (ended - started) / COMMIT_SHARE)

    def _put_record(self, record: PreparedRecord, batch: PackedBatch, at: int) -> None:
        account, form = self.account, record.format
        match record.outcome:
            case Outcome.PAPER:
                account.usable[form] += 1
                self._put_paper(record)
            case Outcome.KNOWN:
                number = self._corpus.find_content(record.content)
                if number is None:  # it was changed or removed after it was looked up
                    self._put_record(prepare_one(batch.unpack(), at), batch, at)
                    return
                account.usable[form] += 1
                account.unchanged[form] += number < self._corpus.first
            case Outcome.DELETED:
                account.skipped[form] += 1
                self._delete(record)
            case Outcome.PERSON:
                account.skipped[form] += 1
                self._corpus.put_person(record.key, record.names)
            case Outcome.CITATION:
                account.skipped[form] += 1
                self._corpus.references.add_citations(record.key, record.references)
            case Outcome.SKIPPED:
                account.skipped[form] += 1
            case Outcome.REJECTED if record.reject:
                self._reject(record.reject, form)

    def _put_paper(self, new: PreparedRecord) -> None:
        if new.repairs:
            self.account.repairs.setdefault(new.format, Counter()).update(new.repairs)
        if new.odd:
            self.account.odd.setdefault(new.format, Counter()).update(new.odd)
        number = self._corpus.put(new)
        self.account.unchanged[new.format] += number < self._corpus.first

    def _delete(self, deletion: PreparedRecord) -> None:
        for record in self._corpus.remove(deletion.key):
            if record.number >= self._corpus.first:
                self.account.deleted[record.format] += 1
        if deletion.moved:
            self._corpus.put(prepare_alias(deletion.key, deletion.moved))

    def _reject(self, reject: Reject, form: str) -> None:
        self._rejects.add(reject)
        self.account.rejected[form] += 1

    def check_rejects(self) -> None:
        """Check that not too many records were rejected.

        Raises:
            TooManyRejects: More were rejected than the settings allow, or no paper is left.
            DumpEmpty: None was rejected, but no paper is left.
        """
        read, limit = self.account.read, self._settings.max_rejects
        rejected = self.account.rejected.total()
        allowed = max(limit * read, FEW_REJECTS if limit else 0)
        nothing = not self._corpus.first and not self._corpus.ledger.count_papers()
        if rejected > allowed or (nothing and rejected):
            raise TooManyRejects(rejected, read, limit, self._rejects.first[0].reason)
        if nothing:
            raise DumpEmpty(self._dumps, read)
