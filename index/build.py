"""Answers: how do dumps become the generation that serves?

A build begins with nothing, an update with the files of the generation in use; both read dumps
into a `Corpus`, join its works, seal and verify the result, and only then switch. Whatever fails
before the switch leaves the index as it was.
"""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from index import __version__
from index.corpus import MATCHING, Corpus, Papers
from index.engines import Writer, default_engine, engine
from index.errors import GenerationCorrupt
from index.generations import (
    ENGINE,
    current_folder,
    link_files,
    new_generation,
    publish,
    seal,
    sweep,
)
from index.intake import Intake, Watch, as_inputs
from index.ledger import LEDGER
from index.lock import only_builder
from index.manifest import (
    MANIFEST,
    REPORT,
    Dump,
    Manifest,
    Report,
    now,
    read_manifest,
    write_json,
)
from index.pairs import KEYS
from index.processes import Preparation
from index.records import Paper
from index.rejects import RejectWriter
from index.resuming import PLAN, note, plan, resumable
from index.settings import BuildSettings, Input
from index.streams import dump_size
from index.vocabulary import SEEN

BEFORE = "ledger-before"
"""The ledger that processes look records up in while another is written."""

Made = tuple[Manifest, Report]


class Base(NamedTuple):
    """The generation that an update starts from."""

    folder: Path
    manifest: Manifest
    papers: Papers


def build(
    directory: Path,
    dumps: Sequence[Input | str],
    settings: BuildSettings,
    watch: Watch | None = None,
) -> Made:
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
    inputs = as_inputs(dumps)
    for dump in inputs:
        dump_size(dump.path)
    chosen = settings.engine or default_engine()
    planned = plan(inputs, chosen, settings)
    with only_builder(directory):
        left = resumable(directory, planned) if settings.resume else None
        sweep(directory, settings.keep, left)
        with new_generation(directory, _name(inputs), left) as folder:
            note(folder, planned)
            if left:
                shutil.copy2(folder / LEDGER, folder / BEFORE)
            making = _Making(folder, chosen, settings)
            with making.corpus(resumed=left is not None) as corpus:
                making.read(corpus, inputs, folder / BEFORE if left else None, watch)
            made = making.finish()
            if not settings.dry_run:
                publish(directory, folder)
        sweep(directory, settings.keep)
    return made


def add(
    directory: Path,
    dumps: Sequence[Input | str],
    settings: BuildSettings,
    watch: Watch | None = None,
) -> Made:
    """Bring the index up to date with dumps: what is new, changed or deleted in them.

    Where nothing is, no generation is made, and what serves stays as it is.

    Args:
        directory: The index.
        dumps: Paths of files, archives or folders, or ``-``, in the order in which they hold.
        settings: What the update may do; the engine is that of the index.
        watch: Told of progress, or None.

    Returns:
        What the index is made of now, and what became of every record read.

    Raises:
        DumpError: A dump cannot be used, or too many records are rejected.
        IndexUnusable: There is none, it is locked or cannot be written.
        EngineMissing: The engine is not there.
    """
    inputs = as_inputs(dumps)
    for dump in inputs:
        dump_size(dump.path)

    def fill(making: "_Making", corpus: Corpus, base: Base) -> None:
        making.read(corpus, inputs, base.folder / LEDGER, watch)

    return _updated(directory, _name(inputs), settings, fill)


def remove(directory: Path, keys: Sequence[str], settings: BuildSettings) -> Made:
    """Take records out of the index.

    Args:
        directory: The index.
        keys: Ids of records; one that is not there is passed over.
        settings: What the update may do.

    Returns:
        What the index is made of now, and an account in which only `deleted` counts.

    Raises:
        IndexUnusable: There is none, it is locked or cannot be written.
    """

    def fill(making: "_Making", corpus: Corpus, _base: Base) -> None:
        for key in keys:
            corpus.drop(key)
        making.read(corpus, (), None, None)

    return _updated(directory, _name(keys), settings, fill)


Fill = Callable[["_Making", Corpus, Base], None]


def _updated(directory: Path, name: str, settings: BuildSettings, fill: Fill) -> Made:
    """Make a generation from the one in use."""
    current_folder(directory)  # before a lock is made in a folder that is no index
    with only_builder(directory), ExitStack() as stack:
        sweep(directory, settings.keep)
        source = current_folder(directory)
        before = read_manifest(source)
        module = engine(before.engine)
        papers = stack.enter_context(module.reader(source / ENGINE))
        base = Base(source, before, papers)
        with new_generation(directory, name) as folder:
            link_files(source / ENGINE, folder / ENGINE)
            for file in (LEDGER, KEYS, SEEN):
                shutil.copyfile(source / file, folder / file)
            making = _Making(folder, before.engine, settings, base)
            with making.corpus() as corpus:
                fill(making, corpus, base)
            if not making.changed:
                return before, making.report
            made = making.finish()
            if not settings.dry_run:
                publish(directory, folder)
        sweep(directory, settings.keep)
    return made


class _Nowhere:
    """Takes papers and keeps none, for a dry run."""

    def add(self, *_: object) -> None:
        """Take a paper."""

    def remove(self, paper_id: str) -> None:
        """Forget a paper."""

    def commit(self) -> None:
        """Make everything durable."""

    close = abort = commit


class _Making:
    """A generation in the making: its folder and what is known of it so far."""

    def __init__(
        self, folder: Path, chosen: str, settings: BuildSettings, base: Base | None = None
    ) -> None:
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
        module = engine(self._engine)
        sink: Writer | _Nowhere = (
            _Nowhere() if self._settings.dry_run else module.writer(self._folder / ENGINE)
        )
        try:
            papers = self._base.papers if self._base else None
            corpus = Corpus(self._folder, sink, papers, resumed=resumed)
            try:
                yield corpus
                if self.changed:
                    ledger = corpus.ledger
                    self._found = (
                        ledger.papers(), ledger.documents(), ledger.count(), ledger.some_key(),
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
            with rejects:
                intake = Intake(corpus, preparation, self._settings, rejects, watch)
                dumps = [intake.read(dump) for dump in inputs]
                intake.check_rejects()
            corpus.join(preparation.give, preparation.rest)
        finally:
            preparation.close()
        report = intake.account.report(corpus)
        report.new, report.changed, report.deleted = corpus.changes
        report.papers = corpus.ledger.papers()
        report.unread_files = tuple(intake.unread)
        report.first_rejects = tuple(rejects.first)
        report.seconds = round(time.monotonic() - self._started, 3)
        self.changed = self._base is None or any(corpus.changes)
        self.report = report
        self._dumps = _together(self._dumps, dumps)

    def finish(self) -> Made:
        """Make the folder a complete and verified generation."""
        for left in (PLAN, BEFORE):
            (self._folder / left).unlink(missing_ok=True)
        shutil.rmtree(self._folder / MATCHING)
        self.report.seconds = round(time.monotonic() - self._started, 3)
        write_json(self._folder / REPORT, self.report)
        papers, documents, records, probe = self._found
        manifest = Manifest(
            name=self._folder.stem,
            created=f"{now():%Y-%m-%dT%H:%M:%SZ}",
            papers=papers,
            documents=documents,
            records=records,
            probe=probe,
            engine=self._engine,
            engine_version=engine(self._engine).version(),
            dumps=self._dumps,
            files=seal(self._folder, self._base.folder if self._base else None),
            code_version=__version__,
            base=self._base.manifest.name if self._base else "",
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
    found, record = engine(manifest.engine).probe(folder / ENGINE, manifest.probe)
    if found != manifest.documents:
        reason = f"it holds {found:,} records and works and not {manifest.documents:,}"
        raise GenerationCorrupt(folder.name, reason)
    if not manifest.probe:
        return  # every paper was deleted again
    if record is None:
        raise GenerationCorrupt(folder.name, f"it does not find the paper '{manifest.probe}'")
    try:
        msgspec.msgpack.decode(record, type=Paper)
    except msgspec.MsgspecError as error:
        raise GenerationCorrupt(folder.name, f"a record is damaged: {error}") from error


def _name(of: Iterable[object]) -> str:
    """Give a generation's name: the present time, and a few signs of what it is made of."""
    said = "\n".join(map(str, of))
    digest = blake2b(said.encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"{now():%Y%m%dT%H%M%S%fZ}-{digest}"
