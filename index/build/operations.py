"""Build an index from dumps, add dumps to it, and remove records from it.

A build starts from nothing, an update from the files of the generation in use. Both read dumps
into a `Corpus`, join its works, seal and verify the result, and only then switch to it. A failure
before the switch leaves the index as it was.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from index.build.corpus import Corpus
from index.build.dump_description import make_inputs
from index.build.generation_builder import BEFORE, Base, BuildResult, GenerationBuilder
from index.build.ingest import OnProgress
from index.build.resume import find_resumable, make_plan, write_plan
from index.dumps.file_state import FileState
from index.dumps.streams import read_states
from index.engines.engine import default_engine, load_engine
from index.errors import DumpChanged
from index.people.aliases import ALIASES
from index.people.curation import CURATION
from index.people.curation_parser import read_curation
from index.references.reference_writer import IDENTIFIERS, REFERENCES
from index.settings import BuildSettings, Input
from index.store.additions import carry_additions
from index.store.generations import (
    ENGINE,
    GENERATIONS,
    find_current_folder,
    link_files,
    make_generation,
    publish_generation,
)
from index.store.history import find_serving_name, prune_generations
from index.store.integrity import check_digest
from index.store.ledger import LEDGER
from index.store.lock import hold_lock
from index.store.manifest import read_manifest, utc_now
from index.works.blocking import KEYS

Check = Callable[[Path], None]
"""Checks a complete generation before it is put in use, and raises `IndexUnusable` if it fails. The
command line passes one that searches, which this package cannot do."""


def build(
    directory: Path,
    dumps: Sequence[Input | str],
    settings: BuildSettings,
    on_progress: OnProgress | None = None,
    check: Check | None = None,
) -> BuildResult:
    """Build a new generation from dumps and make it the one in use.

    Args:
        directory: The index; created if it does not exist.
        dumps: Paths of files, archives or folders, or ``-``.
        settings: What the build may do.
        on_progress: Called with the progress, or None.
        check: Checks the new generation, or None.

    Returns:
        The new generation's manifest, and the report on every record.

    Raises:
        CurationUnusable: The file that says who is who is wrong.
        DumpError: A dump cannot be used, or too many records were rejected.
        IndexUnusable: The index is locked or cannot be written.
        EngineMissing: The engine is not installed.
    """
    sources = _prepare_dumps(directory, dumps)
    plan = make_plan(inputs := sources.inputs, settings.engine or default_engine(), settings)
    with hold_lock(directory):
        left = find_resumable(directory, plan) if settings.resume else None
        prune_generations(directory, settings.keep, left)
        with make_generation(directory, _make_name(inputs), left) as folder:
            write_plan(folder, plan)
            known = _copy_ledger(folder) if left else None
            builder = GenerationBuilder(folder, plan.engine, settings, earlier=_find_old(directory))
            with builder.open_corpus(resumed=left is not None) as corpus:
                sources.read_into(corpus, builder, known, on_progress)
            result = builder.finish()
            _publish(directory, folder, settings, check)
        prune_generations(directory, settings.keep)
    return result


@dataclass(frozen=True, slots=True)
class _Dumps:
    """The dumps of a command, and the states of the files of each when it began."""

    inputs: tuple[Input, ...]
    states: tuple[list[FileState | None], ...]

    def read_into(
        self,
        corpus: Corpus,
        builder: GenerationBuilder,
        known: Path | None,
        on_progress: OnProgress | None,
    ) -> None:
        """Read all dumps, and check that they are as they were when the command began.

        Raises:
            DumpChanged: One was written, replaced or removed.
        """
        builder.read_dumps(corpus, self.inputs, known, on_progress)
        for dump, before in zip(self.inputs, self.states, strict=True):
            if read_states(dump.path) != before:
                raise DumpChanged(dump.path)


def _prepare_dumps(directory: Path, dumps: Sequence[Input | str]) -> _Dumps:
    """Note the states of dumps, once the file that says who is who is known to be right."""
    read_curation(directory / CURATION)
    inputs = make_inputs(dumps)
    return _Dumps(inputs, tuple(read_states(dump.path) for dump in inputs))


def _find_old(directory: Path) -> Path | None:
    """Return the folder of the generation that a build replaces, whatever its state, or None."""
    name = find_serving_name(directory)
    return directory / GENERATIONS / name if name else None


def _copy_ledger(folder: Path) -> Path:
    """Copy the ledger of an interrupted build, so that workers read a file that never changes."""
    return Path(shutil.copy2(folder / LEDGER, folder / BEFORE))


def add(
    directory: Path,
    dumps: Sequence[Input | str],
    settings: BuildSettings,
    on_progress: OnProgress | None = None,
    check: Check | None = None,
) -> BuildResult:
    """Update the index with the new, changed and deleted records of dumps.

    If nothing is, no generation is made.

    Args:
        directory: The index.
        dumps: Paths of files, archives or folders, or ``-``; later ones take precedence.
        settings: What the update may do; the engine stays that of the index.
        on_progress: Called with the progress, or None.
        check: Checks the new generation, or None.

    Returns:
        The manifest of the generation in use now, and the report on every record read.

    Raises:
        CurationUnusable: The file that says who is who is wrong.
        DumpError: A dump cannot be used, or too many records were rejected.
        IndexUnusable: There is no index, or it is locked or cannot be written.
        EngineMissing: The engine is not installed.
    """
    sources = _prepare_dumps(directory, dumps)

    def fill(builder: GenerationBuilder, corpus: Corpus, base: Base) -> None:
        sources.read_into(corpus, builder, base.folder / LEDGER, on_progress)

    return _update(directory, _make_name(sources.inputs), settings, fill, check)


def remove(
    directory: Path, keys: Sequence[str], settings: BuildSettings, check: Check | None = None
) -> BuildResult:
    """Remove records from the index.

    Args:
        directory: The index.
        keys: Ids of records; unknown ones are ignored.
        settings: What the update may do.
        check: Checks the new generation, or None.

    Returns:
        The manifest of the generation in use now, and a report of which only `deleted` counts.

    Raises:
        IndexUnusable: There is no index, or it is locked or cannot be written.
    """

    def fill(builder: GenerationBuilder, corpus: Corpus, _base: Base) -> None:
        for key in keys:
            corpus.remove(key)
        builder.read_dumps(corpus, (), None, None)

    return _update(directory, _make_name(keys), settings, fill, check)


REWRITTEN = {LEDGER, KEYS, ALIASES, REFERENCES, IDENTIFIERS}
"""Files that an update copies and changes. Their content is checked first, or else damage would get
a new digest and could not be found any more; files of the engine are linked and keep theirs."""


Fill = Callable[[GenerationBuilder, Corpus, Base], None]
"""Changes the records of a corpus."""


def _update(
    directory: Path, name: str, settings: BuildSettings, fill: Fill, check: Check | None
) -> BuildResult:
    """Make a generation from the one in use by filling its corpus."""
    find_current_folder(directory)  # fail before a lock is made in a folder that is not an index
    with hold_lock(directory), ExitStack() as stack:
        prune_generations(directory, settings.keep)
        source = find_current_folder(directory)
        before = read_manifest(source)
        module = load_engine(before.engine)
        papers = stack.enter_context(module.open_reader(source / ENGINE))
        for file in before.files:
            if file.name in REWRITTEN:
                check_digest(source, file)
        base = Base(source, before, papers)
        with make_generation(directory, name) as folder:
            link_files(source / ENGINE, folder / ENGINE)
            for copied in (LEDGER, KEYS):
                shutil.copyfile(source / copied, folder / copied)
            builder = GenerationBuilder(folder, before.engine, settings, base)
            with builder.open_corpus() as corpus:
                fill(builder, corpus, base)
            if not builder.changed:
                return before, builder.report
            result = builder.finish()
            _publish(directory, folder, settings, check)
        prune_generations(directory, settings.keep)
    return result


def _publish(directory: Path, folder: Path, settings: BuildSettings, check: Check | None) -> None:
    """Put a sealed generation in use, with what was added to the one before."""
    if settings.dry_run:
        return
    if check is not None:
        check(folder)
    carry_additions(directory, folder)
    publish_generation(directory, folder)


def _make_name(sources: Iterable[object]) -> str:
    """Return a name for a generation: the time, and a short digest of what it is made from."""
    joined = "\n".join(map(str, sources))
    digest = blake2b(joined.encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"{utc_now():%Y%m%dT%H%M%S%fZ}-{digest}"
