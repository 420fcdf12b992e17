"""Answers: how does a folder become a complete and verified generation?"""

import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from index import __version__
from index.build.corpus import MATCHING, Corpus, Papers
from index.build.ingest import Intake, Watch
from index.build.resume import PLAN
from index.build.worker_pool import Preparation
from index.build.worker_process import rarely_collected
from index.engines.engine import Writer, load_engine
from index.errors import GenerationCorrupt
from index.people.aliases import ALIASES
from index.records import decode_paper
from index.settings import BuildSettings, Input
from index.store.generations import ENGINE, seal_folder
from index.store.history import find_serving_name
from index.store.manifest import MANIFEST, REPORT, Dump, Manifest, Report, utc_now, write_json
from index.store.rejects import RejectWriter
from index.store.vocabulary import write_words

BEFORE = "ledger-before"
"""The ledger that processes look records up in while another is written."""

Made = tuple[Manifest, Report]


class Base(NamedTuple):
    """The generation that an update starts from."""

    folder: Path
    manifest: Manifest
    papers: Papers


class _Nowhere:
    """Takes papers and keeps none, for a dry run."""

    def add(self, *_: object) -> None:
        """Take a paper."""

    def remove(self, paper_id: str) -> None:
        """Forget a paper."""

    def commit(self) -> None:
        """Make everything durable."""

    close = abort = commit


class Making:
    """A generation in the making: its folder and what is known of it so far."""

    def __init__(
        self, folder: Path, chosen: str, settings: BuildSettings, base: Base | None = None
    ) -> None:
        """Start with nothing, or with what an update starts from.

        Args:
            folder: The generation's to be, below the index's folder of generations.
            chosen: The engine's name.
            settings: What the build may do.
            base: What an update starts from, or None.
        """
        self._folder = folder
        self._settings = settings
        self._base = base
        self._engine = chosen
        self._started = time.monotonic()
        self._dumps: tuple[Dump, ...] = base.manifest.dumps if base else ()
        self._found = (0, 0, 0, "")
        self.changed = True
        self.report = Report()

    @contextmanager
    def corpus(self, *, resumed: bool = False) -> Iterator[Corpus]:
        """Give the corpus to fill; what fails in between leaves nothing open."""
        if self._base and (self._base.folder / ALIASES).exists():
            shutil.copyfile(self._base.folder / ALIASES, self._folder / ALIASES)
        module = load_engine(self._engine)
        sink: Writer | _Nowhere = (
            _Nowhere() if self._settings.dry_run else module.open_writer(self._folder / ENGINE)
        )
        try:
            papers = self._base.papers if self._base else None
            corpus = Corpus(self._folder, sink, papers, resumed=resumed)
            try:
                yield corpus
                if self.changed:
                    ledger = corpus.ledger
                    self._found = (
                        ledger.count_papers(), ledger.count_documents(), ledger.count_records(),
                        ledger.find_last_paper(),
                    )  # fmt: skip
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

    def read(
        self,
        corpus: Corpus,
        inputs: Iterable[Input],
        known: Path | None,
        watch: Watch | None,
    ) -> None:
        """Read dumps into a corpus and join its works."""
        rejects = RejectWriter(self._folder)
        preparation = Preparation(self._settings.processes, known)
        try:
            with rejects, rarely_collected():
                intake = Intake(corpus, preparation, self._settings, rejects, watch)
                dumps = [intake.read(dump) for dump in inputs]
                intake.check_rejects()
            corpus.join(preparation.give, preparation.rest)
        finally:
            preparation.close()
        report = intake.account.report(corpus)
        report.new, report.changed, report.deleted = corpus.changes
        report.people = corpus.people
        report.papers = corpus.ledger.count_papers()
        report.unread_files = tuple(intake.unread)
        report.first_rejects = tuple(rejects.first)
        report.seconds = round(time.monotonic() - self._started, 3)
        self.changed = self._base is None or any((*corpus.changes, report.people))
        self.report = report
        self._dumps = _together(self._dumps, dumps)

    def finish(self) -> Made:
        """Make the folder a complete and verified generation."""
        for left in (PLAN, BEFORE):
            (self._folder / left).unlink(missing_ok=True)
        shutil.rmtree(self._folder / MATCHING)
        if not self._settings.dry_run:
            with load_engine(self._engine).open_reader(self._folder / ENGINE) as reader:
                write_words(self._folder, reader.list_tokens)
        self.report.seconds = round(time.monotonic() - self._started, 3)
        write_json(self._folder / REPORT, self.report)
        papers, documents, records, probe = self._found
        manifest = Manifest(
            name=self._folder.stem,
            created=f"{utc_now():%Y-%m-%dT%H:%M:%SZ}",
            papers=papers,
            documents=documents,
            records=records,
            probe=probe,
            engine=self._engine,
            engine_version=load_engine(self._engine).read_version(),
            dumps=self._dumps,
            files=seal_folder(self._folder, self._base.folder if self._base else None),
            code_version=__version__,
            base=self._base.manifest.name if self._base else "",
            replaced=find_serving_name(self._folder.parent.parent),
        )
        if not self._settings.dry_run:
            verify_content(self._folder, manifest)
            write_json(self._folder / MANIFEST, manifest)
        return manifest, self.report


def _together(before: tuple[Dump, ...], new: list[Dump]) -> tuple[Dump, ...]:
    """List dumps once each; one that was read again counts by its last time."""
    last = {(dump.name, dump.sha256): dump for dump in (*before, *new)}
    return tuple(last.values())


def verify_content(folder: Path, manifest: Manifest) -> None:
    """See that a generation's engine opens, counts right and finds a paper.

    Raises:
        GenerationCorrupt: It does not.
    """
    found, record = load_engine(manifest.engine).probe(folder / ENGINE, manifest.probe)
    if found != manifest.documents:
        reason = f"it holds {found:,} records and works and not {manifest.documents:,}"
        raise GenerationCorrupt(folder.name, reason)
    if not manifest.probe:
        return  # every paper was deleted again
    if record is None:
        raise GenerationCorrupt(folder.name, f"it does not find the paper '{manifest.probe}'")
    try:
        decode_paper(record)
    except msgspec.MsgspecError as error:
        raise GenerationCorrupt(folder.name, f"a record is damaged: {error}") from error
