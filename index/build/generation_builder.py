"""Build a generation in its folder: read dumps, seal the files, and verify them."""

import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from index import __version__
from index.build.corpus import MATCHING, Corpus
from index.build.corpus_parts import Papers
from index.build.ingest import Account, Ingester, OnProgress
from index.build.resume import PLAN
from index.build.word_repair import repair_words
from index.build.worker_pool import WorkerPool
from index.build.worker_process import collect_rarely
from index.engines.engine import Writer, load_engine
from index.errors import GenerationCorrupt
from index.people.aliases import ALIASES
from index.records import decode_paper
from index.references.reference_writer import REFERENCES
from index.settings import BuildSettings, Input
from index.store.first_appearance import Arrivals, parse_generation_time
from index.store.generations import ENGINE, seal_folder
from index.store.history import find_serving_name
from index.store.manifest import (
    GLUED,
    MANIFEST,
    REPORT,
    Dump,
    Manifest,
    Report,
    utc_now,
    write_json,
)
from index.store.rejects import RejectWriter
from index.store.vocabulary import write_words

BEFORE = "ledger-before"
"""The copy of a ledger in which workers look records up while the ledger is written."""

BuildResult = tuple[Manifest, Report]
"""What the index is made of after a build, and what became of every record read."""


class Base(NamedTuple):
    """The generation that an update starts from."""

    folder: Path
    manifest: Manifest
    papers: Papers


class _Totals(NamedTuple):
    """What a complete corpus holds; the fields are those of the manifest."""

    papers: int
    documents: int
    records: int
    probe: str


class _NullWriter:
    """Discards papers, for a dry run."""

    def add(self, *_: object) -> None:
        """Discard a paper."""

    def remove(self, paper_id: str) -> None:
        """Do nothing."""

    def commit(self) -> None:
        """Do nothing."""

    close = abort = commit


class GenerationBuilder:
    """Builds one generation.

    Attributes:
        changed: Whether there is anything that the generation before did not hold.
        report: What became of every record read.
    """

    def __init__(
        self,
        folder: Path,
        chosen: str,
        settings: BuildSettings,
        base: Base | None = None,
        earlier: Path | None = None,
    ) -> None:
        """Start from nothing, or from the generation that an update starts from.

        Args:
            folder: The folder of the new generation.
            chosen: The engine's name.
            settings: What the build may do.
            base: What an update starts from, or None.
            earlier: The folder of the generation that a build replaces, or None; it tells when
                records first came.
        """
        self._folder = folder
        self._earlier = earlier
        self._settings = settings
        self._base = base
        self._engine = chosen
        self._started = time.monotonic()
        self._dumps: tuple[Dump, ...] = base.manifest.dumps if base else ()
        self._totals = _Totals(0, 0, 0, "")
        self.changed = True
        self.report = Report()

    @contextmanager
    def open_corpus(self, *, resumed: bool = False) -> Iterator[Corpus]:
        """Open the corpus to fill, and close it and the engine afterwards, also after an error."""
        for name in (ALIASES, REFERENCES):
            if self._base and (self._base.folder / name).exists():
                shutil.copyfile(self._base.folder / name, self._folder / name)
        module = load_engine(self._engine)
        sink: Writer | _NullWriter = (
            _NullWriter() if self._settings.dry_run else module.open_writer(self._folder / ENGINE)
        )
        try:
            papers = self._base.papers if self._base else None
            now = parse_generation_time(self._folder.stem) or int(utc_now().timestamp())
            arrivals = Arrivals(now, self._earlier)
            corpus = Corpus(self._folder, sink, arrivals, papers, resumed=resumed)
            try:
                yield corpus
                if self.changed:
                    self._totals = _count_totals(corpus)
                    if not self._settings.dry_run:
                        corpus.resolve_references(self._base.folder if self._base else None)
                    corpus.close()
            finally:
                corpus.abandon()
        except BaseException:
            sink.abort()
            raise
        if self.changed:
            sink.close()
        else:
            sink.abort()

    def read_dumps(
        self,
        corpus: Corpus,
        inputs: Iterable[Input],
        known: Path | None,
        on_progress: OnProgress | None,
    ) -> None:
        """Read dumps into a corpus and join its works.

        Args:
            corpus: What to fill.
            inputs: The dumps, in order.
            known: A ledger that nobody writes, whose records are not prepared again, or None.
            on_progress: Called with the progress, or None.

        Raises:
            DumpError: A dump cannot be used, or too many records were rejected.
        """
        rejects = RejectWriter(self._folder)
        pool = WorkerPool(self._settings.processes, known)
        try:
            with rejects, collect_rarely():
                ingester = Ingester(corpus, pool, self._settings, rejects, on_progress)
                dumps = [ingester.read(dump) for dump in inputs]
                ingester.check_rejects()
            self._repair_words(corpus, pool, ingester.account)
            corpus.join_works(pool.submit, pool.drain)
        finally:
            pool.close()
        self.changed = self._base is None or any(
            (*corpus.changes, corpus.people, corpus.references.changed)
        )
        self.report = self._make_report(corpus, ingester, rejects)
        self._dumps = _merge_dumps(self._dumps, dumps)

    def _repair_words(self, corpus: Corpus, pool: WorkerPool, account: Account) -> None:
        """Repair the glued words of new records; a dry run has no engine to find them in."""
        if self._settings.dry_run or corpus.ledger.next == corpus.first:
            return
        corpus.commit()
        with load_engine(self._engine).open_reader(self._folder / ENGINE) as reader:
            counts = repair_words(self._folder, corpus, reader, pool.submit, pool.drain)
        for form, count in counts.items():
            account.repairs.setdefault(form, Counter())[GLUED] += count

    def _make_report(self, corpus: Corpus, ingester: Ingester, rejects: RejectWriter) -> Report:
        report = ingester.account.make_report(corpus)
        report.new, report.changed, report.deleted = corpus.changes
        report.people = corpus.people
        report.citations = corpus.references.changed
        report.papers = corpus.ledger.count_papers()
        report.unread_files = tuple(ingester.unread)
        report.left_out = dict(ingester.left_out)
        report.first_rejects = tuple(rejects.first)
        report.seconds = self._measure_time()
        return report

    def _measure_time(self) -> float:
        """Return the seconds since the build started, to the millisecond."""
        return round(time.monotonic() - self._started, 3)

    def finish(self) -> BuildResult:
        """Complete, seal and verify the generation."""
        for name in (PLAN, BEFORE):
            (self._folder / name).unlink(missing_ok=True)
        shutil.rmtree(self._folder / MATCHING)
        if not self._settings.dry_run:
            with load_engine(self._engine).open_reader(self._folder / ENGINE) as reader:
                write_words(self._folder, reader.list_tokens)
        self.report.seconds = self._measure_time()
        write_json(self._folder / REPORT, self.report)
        manifest = self._make_manifest()
        if not self._settings.dry_run:
            verify_content(self._folder, manifest)
            write_json(self._folder / MANIFEST, manifest)
        return manifest, self.report

    def _make_manifest(self) -> Manifest:
        """Seal the generation's files and describe it."""
        return Manifest(
            name=self._folder.stem,
            created=f"{utc_now():%Y-%m-%dT%H:%M:%SZ}",
            papers=self._totals.papers,
            documents=self._totals.documents,
            records=self._totals.records,
            probe=self._totals.probe,
            engine=self._engine,
            engine_version=load_engine(self._engine).read_version(),
            dumps=self._dumps,
            files=seal_folder(self._folder, self._base.folder if self._base else None),
            code_version=__version__,
            base=self._base.manifest.name if self._base else "",
            replaced=find_serving_name(self._folder.parent.parent),
        )


def _count_totals(corpus: Corpus) -> _Totals:
    ledger = corpus.ledger
    return _Totals(
        ledger.count_papers(),
        ledger.count_documents(),
        ledger.count_records(),
        ledger.find_last_paper(),
    )


def _merge_dumps(before: tuple[Dump, ...], new: list[Dump]) -> tuple[Dump, ...]:
    """List each dump once; one that was read again counts as it was read last."""
    last = {(dump.name, dump.sha256): dump for dump in (*before, *new)}
    return tuple(last.values())


def verify_content(folder: Path, manifest: Manifest) -> None:
    """Check that a generation's engine opens, counts right and finds a paper.

    Raises:
        GenerationCorrupt: A check fails.
    """
    found, record = load_engine(manifest.engine).probe(folder / ENGINE, manifest.probe)
    if found != manifest.documents:
        reason = f"it holds {found:,} records and works instead of {manifest.documents:,}"
        raise GenerationCorrupt(folder.name, reason)
    if not manifest.probe:
        return  # every paper was deleted
    if record is None:
        raise GenerationCorrupt(folder.name, f"it does not find the paper '{manifest.probe}'")
    decode_paper(record)
