"""Answers: how do dumps become records, and what became of each?

Reads dumps in order, has their records prepared, gives them to a `Corpus`, and keeps the account.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path
from time import monotonic

from index.byte_layers import STDIN
from index.corpus import Corpus
from index.errors import DumpEmpty, DumpUnknown, TooManyRejects
from index.formats import Format, format_of, formats, is_blank, is_by_line
from index.formats.json_records import EXCERPT, MAX_LINE, pass_over
from index.manifest import Counts, Dump, Report, now
from index.preparing import Batch, Outcome, Ready, alias, prepared
from index.processes import Done, Preparation
from index.records import RawRecord, Reject, Source
from index.rejects import RejectWriter
from index.settings import BuildSettings, Input
from index.streams import Stream, open_dump

FEW_REJECTS = 10
"""So many rejects never stop a build, unless the limit is 0: a share of few says little."""

AT_ONCE = 250
"""Records prepared in one go; chosen, not measured."""

MOST_LETTERS = 2_000_000
"""Characters of titles and abstracts in one go, so that a dump of accidents stays in memory."""

LINES_AT_ONCE = 1 << 19
"""Bytes of lines prepared in one go, some 250 records."""

KEEP_EVERY = 60.0
"""Seconds after which what was done so far is made durable, for `--resume`. Chosen: what is lost
then is a minute's work, and keeping costs about a second."""

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
        leaders = corpus.ledger.leaders(corpus.first)
        apart = corpus.ledger.apart(corpus.first)
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
            report.take(counts)
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
        self._kept = monotonic()

    def read(self, dump: Input) -> Dump:
        """Read a dump.

        Args:
            dump: What to read, and what is known of it.

        Returns:
            Its description.

        Raises:
            DumpError: It cannot be used.
        """
        before, self._bytes = self.account.read, 0
        date = dump.date or self._settings.date or _date_of(dump.path)
        licence = dump.licence or self._settings.licence
        columns = {**self._settings.columns, **dump.columns}
        frame = Batch(date=date, licence=licence, since=self._settings.since)
        recognised = False
        left = self._settings.limit
        for stream in open_dump(dump.path, self._advance):
            form = format_of(stream, columns)
            recognised = recognised or form is not None or is_blank(stream)
            if form is None:
                self.unread.append(stream.name)
                continue
            for batch, count in _batches(stream, form, left):
                self._give(batch, frame, form)
                left = None if left is None else left - count
            if left is not None and left <= 0:
                break
        self._take(self._preparation.rest())
        if not recognised:
            raise DumpUnknown(dump.path, tuple(form.name for form in formats()))
        if self.account.read == before:
            raise DumpEmpty(dump.path)
        return Dump(
            name=Path(dump.path).absolute().name if dump.path != STDIN else "stdin",
            size=self._bytes,
            sha256=_digest(dump.path),
            date=date,
            licence=licence,
            records=self.account.read - before,
        )

    def _advance(self, count: int) -> None:
        self._bytes += count
        self._watch(count, 0)

    def _give(self, batch: Batch | Reject, frame: Batch, form: Format) -> None:
        if isinstance(batch, Reject):
            self._reject(batch, form.source)
            return
        batch.kind, batch.date = form.source, frame.date
        batch.licence, batch.since = frame.licence, frame.since
        self._take(self._preparation.give(batch))

    def _take(self, done: Iterator[Done]) -> None:
        for batch, readies in done:
            for at, ready in enumerate(readies):
                self._record(ready, batch, at)
            self._watch(0, len(readies))
        if monotonic() - self._kept > KEEP_EVERY:
            self.keep()

    def keep(self) -> None:
        """Make what was done so far durable, so that a killed build can be taken up from here."""
        for batch, readies in self._preparation.rest():
            for at, ready in enumerate(readies):
                self._record(ready, batch, at)
        self._corpus.keep()
        self._kept = monotonic()

    def _record(self, ready: Ready, batch: Batch, at: int) -> None:
        account, kind = self.account, ready.kind
        match ready.outcome:
            case Outcome.PAPER:
                account.usable[kind] += 1
                self._put(ready)
            case Outcome.KNOWN:
                number = self._corpus.has(ready.content)
                if number is None:  # it has been changed or taken out since it was looked up
                    self._record(prepared(batch)[at], batch, at)
                    return
                account.usable[kind] += 1
                account.unchanged[kind] += number < self._corpus.first
            case Outcome.DELETED:
                account.skipped[kind] += 1
                self._delete(ready)
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
            self._corpus.put(alias(ready.key, ready.moved, ready.kind))

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
        nothing = not self._corpus.first and not self._corpus.ledger.papers()
        if rejected > allowed or nothing:
            first = self._rejects.first[0].reason if self._rejects.first else "was left out"
            raise TooManyRejects(rejected, read, limit, first)


def _batches(
    stream: Stream, form: Format, limit: int | None
) -> Iterator[tuple[Batch | Reject, int]]:
    """Read a file in parts, whole lines that others read or records, and count each."""
    if is_by_line(form, stream):
        yield from _lines(stream, limit)
        return
    records: list[RawRecord] = []
    letters = 0
    for found in islice(form.read(stream), limit):
        if isinstance(found, Reject):
            yield found, 1
            continue
        records.append(found)
        letters += len(found.title) + len(found.abstract)
        if len(records) >= AT_ONCE or letters >= MOST_LETTERS:
            yield Batch(records=records), len(records)
            records, letters = [], 0
    if records:
        yield Batch(records=records), len(records)


def _lines(stream: Stream, limit: int | None) -> Iterator[tuple[Batch, int]]:
    """Cut a file of one record a line into parts of whole lines."""
    file = "" if stream.name == stream.dump else stream.name
    number = offset = 0
    for found, size in _parts(stream):
        full = [line for line in found if not line.isspace()]
        if limit is not None and number + len(full) >= limit:
            full = found = full[: limit - number]  # noqa: PLW2901 - blank lines count for offsets only
        if full:
            place = Source(stream.dump, file, number, offset)
            yield Batch(lines=b"".join(found), place=place), len(full)
        number += len(full)
        offset += size
        if number == limit:
            return


def _parts(stream: Stream) -> Iterator[tuple[list[bytes], int]]:
    """Give some lines at a time and their bytes; one that is too long comes alone, cut short."""
    lines: list[bytes] = []
    size = 0
    while line := stream.file.readline(MAX_LINE):
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            yield lines, size
            lines, size = [], 0
            yield [line[:EXCERPT] + b"\n"], len(line) + pass_over(stream)
            continue
        lines.append(line)
        size += len(line)
        if size >= LINES_AT_ONCE:
            yield lines, size
            lines, size = [], 0
    yield lines, size


def _date_of(path: str) -> str:
    """Give the day the dump was last written, today for standard input."""
    when = now() if path == STDIN else datetime.fromtimestamp(Path(path).stat().st_mtime, UTC)
    return f"{when:%Y-%m-%d}"


def as_inputs(dumps: Sequence[Input | str]) -> tuple[Input, ...]:
    """Give dumps that are only named as inputs of which nothing else is known."""
    return tuple(Input(dump) if isinstance(dump, str) else dump for dump in dumps)


def _digest(path: str) -> str:
    """Give the SHA-256 of a file, or of a folder's files' digests in order."""
    root = Path(path)
    if path == STDIN or not (root.is_file() or root.is_dir()):
        return ""
    if root.is_file():
        with root.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    whole = sha256()
    for inner in sorted(inner for inner in root.rglob("*") if inner.is_file()):
        whole.update(_digest(str(inner)).encode())
    return whole.hexdigest()
