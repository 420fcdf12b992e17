"""Answers: how do dumps become the generation that serves?

One pass, in constant memory but for eight bytes of every id: read, normalise, analyse,
write; then seal, verify, and only then switch. Whatever fails before the switch leaves
the index as it was.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import blake2b, file_digest, sha256
from pathlib import Path

import msgspec
from msgspec.structs import replace

from index import __version__
from index.byte_layers import STDIN
from index.engines import Writer, default_engine, engine
from index.errors import DumpEmpty, DumpUnknown, GenerationCorrupt, TooManyRejects
from index.formats import format_of, formats, is_blank
from index.generations import ENGINE, new_generation, publish, seal, sweep
from index.lock import only_builder
from index.manifest import MANIFEST, REPORT, Counts, Dump, Manifest, Report, now, write_json
from index.preparing import Preparation, Ready
from index.records import Paper, RawRecord, Reject, Source
from index.rejects import RejectWriter
from index.settings import BuildSettings
from index.streams import dump_size, open_dump
from index.vocabulary import Vocabulary

FEW_REJECTS = 10
"""So many rejects never stop a build, unless the limit is 0: a share of few says little."""

Watch = Callable[[int, int], None]
"""Told (bytes of the dump read, records read), both since it was last told."""


def build(
    directory: Path, dumps: tuple[str, ...], settings: BuildSettings, watch: Watch | None = None
) -> tuple[Manifest, Report]:
    """Build a new generation from dumps and make it the one in use.

    Args:
        directory: The index; made if it is not there.
        dumps: Paths of files, archives or folders, or ``-``.
        settings: What the build may do.
        watch: Told of progress, or None.

    Returns:
        What was built, and what became of every record.

    Raises:
        DumpError: A dump cannot be used, or too many records are rejected.
        IndexUnusable: The index is locked or cannot be written.
        EngineMissing: The engine is not there.
    """
    for dump in dumps:
        dump_size(dump)
    with only_builder(directory):
        sweep(directory, settings.keep)
        name = f"{now():%Y%m%dT%H%M%S%fZ}-{_short_digest(dumps)}"
        with new_generation(directory, name) as folder:
            manifest, report = _Build(folder, settings, watch).run(dumps)
            publish(directory, folder)
        sweep(directory, settings.keep)
    return manifest, report


class _Build:
    """The state of one build: where it writes and what it has counted."""

    def __init__(self, folder: Path, settings: BuildSettings, watch: Watch | None) -> None:
        self._folder = folder
        self._settings = settings
        self._watch = watch or (lambda _bytes, _records: None)
        self._rejects = RejectWriter(folder)
        self._seen: dict[bytes, str] = {}  # the kind of record that each paper came from
        self._vocabulary = Vocabulary()
        self._probe = ""
        self._bytes = 0
        self._unread: list[str] = []
        self._report = Report()
        self._preparation = Preparation(settings.processes)

    def run(self, dumps: tuple[str, ...]) -> tuple[Manifest, Report]:
        """Read every dump, then make the folder a complete and verified generation."""
        started = time.monotonic()
        chosen = self._settings.engine or default_engine()
        module = engine(chosen)
        with self._rejects:
            described = self._write(dumps, module.writer(self._folder / ENGINE))
        self._vocabulary.write(self._folder)
        report = self._report
        report.seconds = round(time.monotonic() - started, 3)
        report.unread_files = tuple(self._unread)
        report.first_rejects = tuple(self._rejects.first)
        write_json(self._folder / REPORT, report)
        manifest = Manifest(
            name=self._folder.stem,
            created=f"{now():%Y-%m-%dT%H:%M:%SZ}",
            papers=report.indexed,
            probe=self._probe,
            engine=chosen,
            engine_version=module.version(),
            dumps=described,
            files=seal(self._folder),
            code_version=__version__,
        )
        verify_content(self._folder, manifest)
        write_json(self._folder / MANIFEST, manifest)
        return manifest, report

    def _write(self, dumps: tuple[str, ...], writer: Writer) -> tuple[Dump, ...]:
        try:
            described = tuple(self._dump(dump, writer) for dump in dumps)
            self._check_rejects()
        except BaseException:
            writer.abort()
            raise
        finally:
            self._preparation.close()
        writer.close()
        return described

    def _dump(self, path: str, writer: Writer) -> Dump:
        before, self._bytes = self._report.read, 0
        date = self._settings.date or _date_of(path)
        recognised = False
        for stream in open_dump(path, self._advance):
            form = format_of(stream, self._settings.columns)
            recognised = recognised or form is not None or is_blank(stream)
            if form is None:
                self._unread.append(stream.name)
                continue
            for found in form.read(stream):
                self._record(found, form.source, date, writer)
        for record, ready in self._preparation.rest():
            self._ready(record, ready, writer)
        if not recognised:
            raise DumpUnknown(path, tuple(form.name for form in formats()))
        if self._report.read == before:
            raise DumpEmpty(path)
        return Dump(
            name=Path(path).absolute().name if path != STDIN else "stdin",
            size=self._bytes,
            sha256=_digest(path),
            date=date,
            licence=self._settings.licence,
            records=self._report.read - before,
        )

    def _advance(self, count: int) -> None:
        self._bytes += count
        self._watch(count, 0)

    def _record(self, found: RawRecord | Reject, kind: str, date: str, writer: Writer) -> None:
        self._watch(0, 1)
        if isinstance(found, Reject):
            self._reject(found, kind)
        else:
            whole = replace(found, source=self._complete(found.source, date))
            for record, ready in self._preparation.give(whole):
                self._ready(record, ready, writer)

    def _ready(self, record: RawRecord, ready: Ready, writer: Writer) -> None:
        """Write a paper; a later record of the same id takes the earlier one's place."""
        if record.deleted:
            self._delete(record, writer)
            return
        if ready.entry is None:
            self._reject(Reject(record.source, ready.reason, record.title[:200]), record.kind)
            return
        digest = blake2b(ready.id.encode("utf-8", "replace"), digest_size=8).digest()
        if digest in self._seen:
            writer.remove(ready.id)
        self._count(record.kind, "merged" if digest in self._seen else "indexed")
        self._seen.setdefault(digest, record.kind)
        writer.add(ready.entry, ready.record)
        self._vocabulary.add(ready.entry)
        self._probe = ready.id

    def _delete(self, record: RawRecord, writer: Writer) -> None:
        """Forget the paper that a dump says is gone, if this build has met it."""
        self._count(record.kind, "skipped")
        digest = blake2b(record.id.encode("utf-8", "replace"), digest_size=8).digest()
        if kind := self._seen.pop(digest, ""):
            writer.remove(record.id)
            self._probe = "" if self._probe == record.id else self._probe
            for counts in (self._report, self._report.sources[kind]):
                counts.indexed -= 1
                counts.skipped += 1

    def _reject(self, reject: Reject, kind: str) -> None:
        self._rejects.add(reject)
        self._count(kind, "rejected")

    def _count(self, kind: str, outcome: str) -> None:
        for counts in (self._report, self._report.sources.setdefault(kind, Counts())):
            counts.read += 1
            setattr(counts, outcome, getattr(counts, outcome) + 1)

    def _complete(self, source: Source, date: str) -> Source:
        return replace(source, date=date, licence=source.licence or self._settings.licence)

    def _check_rejects(self) -> None:
        counts, limit = self._report, self._settings.max_rejects
        allowed = max(limit * counts.read, FEW_REJECTS if limit else 0)
        if counts.rejected > allowed or not counts.indexed:
            first = self._rejects.first[0].reason if self._rejects.first else "was left out"
            raise TooManyRejects(counts.rejected, counts.read, limit, first)


def verify_content(folder: Path, manifest: Manifest) -> None:
    """See that a generation's engine opens, counts right and finds a paper.

    Raises:
        GenerationCorrupt: It does not.
    """
    found, record = engine(manifest.engine).probe(folder / ENGINE, manifest.probe)
    if found != manifest.papers:
        reason = f"it holds {found:,} papers and not {manifest.papers:,}"
        raise GenerationCorrupt(folder.name, reason)
    if not manifest.probe:
        return  # the last paper read was deleted again by what came after it
    if record is None:
        raise GenerationCorrupt(folder.name, f"it does not find the paper '{manifest.probe}'")
    try:
        msgspec.msgpack.decode(record, type=Paper)
    except msgspec.MsgspecError as error:
        raise GenerationCorrupt(folder.name, f"a record is damaged: {error}") from error


def _short_digest(dumps: tuple[str, ...]) -> str:
    return blake2b("\n".join(dumps).encode("utf-8", "replace"), digest_size=4).hexdigest()


def _date_of(path: str) -> str:
    """Give the day the dump was last written, today for standard input."""
    when = now() if path == STDIN else datetime.fromtimestamp(Path(path).stat().st_mtime, UTC)
    return f"{when:%Y-%m-%d}"


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
