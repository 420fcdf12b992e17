"""Answers: how do dumps become the generation that serves?

A build begins with nothing, an update with the files of the generation in use; both read dumps
into a `Corpus`, join its works, seal and verify the result, and only then switch. Whatever fails
before the switch leaves the index as it was.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path

from index.build.corpus import Corpus
from index.build.dump_description import make_inputs
from index.build.generation_builder import BEFORE, Base, Made, Making
from index.build.ingest import Watch
from index.build.resume import note, plan, resumable
from index.dumps.streams import measure_dump
from index.engines.engine import default_engine, load_engine
from index.settings import BuildSettings, Input
from index.store.generations import (
    ENGINE,
    find_current_folder,
    link_files,
    make_generation,
    publish_generation,
)
from index.store.history import prune_generations
from index.store.ledger import LEDGER
from index.store.lock import hold_lock
from index.store.manifest import read_manifest, utc_now
from index.works.blocking import KEYS


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
    inputs = make_inputs(dumps)
    for dump in inputs:
        measure_dump(dump.path)
    planned = plan(inputs, settings.engine or default_engine(), settings)
    with hold_lock(directory):
        left = resumable(directory, planned) if settings.resume else None
        prune_generations(directory, settings.keep, left)
        with make_generation(directory, _name(inputs), left) as folder:
            note(folder, planned)
            known = _kept(folder) if left else None
            making = Making(folder, planned.engine, settings)
            with making.corpus(resumed=left is not None) as corpus:
                making.read(corpus, inputs, known, watch)
            made = making.finish()
            if not settings.dry_run:
                publish_generation(directory, folder)
        prune_generations(directory, settings.keep)
    return made


def _kept(folder: Path) -> Path:
    """Give a ledger of what an interrupted build had got to, which nobody writes any more."""
    return Path(shutil.copy2(folder / LEDGER, folder / BEFORE))


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
    inputs = make_inputs(dumps)
    for dump in inputs:
        measure_dump(dump.path)

    def fill(making: Making, corpus: Corpus, base: Base) -> None:
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

    def fill(making: Making, corpus: Corpus, _base: Base) -> None:
        for key in keys:
            corpus.drop(key)
        making.read(corpus, (), None, None)

    return _updated(directory, _name(keys), settings, fill)


Fill = Callable[[Making, Corpus, Base], None]


def _updated(directory: Path, name: str, settings: BuildSettings, fill: Fill) -> Made:
    """Make a generation from the one in use."""
    find_current_folder(directory)  # before a lock is made in a folder that is no index
    with hold_lock(directory), ExitStack() as stack:
        prune_generations(directory, settings.keep)
        source = find_current_folder(directory)
        before = read_manifest(source)
        module = load_engine(before.engine)
        papers = stack.enter_context(module.open_reader(source / ENGINE))
        base = Base(source, before, papers)
        with make_generation(directory, name) as folder:
            link_files(source / ENGINE, folder / ENGINE)
            for file in (LEDGER, KEYS):
                shutil.copyfile(source / file, folder / file)
            making = Making(folder, before.engine, settings, base)
            with making.corpus() as corpus:
                fill(making, corpus, base)
            if not making.changed:
                return before, making.report
            made = making.finish()
            if not settings.dry_run:
                publish_generation(directory, folder)
        prune_generations(directory, settings.keep)
    return made


def _name(of: Iterable[object]) -> str:
    """Give a generation's name: the present time, and a few signs of what it is made of."""
    said = "\n".join(map(str, of))
    digest = blake2b(said.encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"{utc_now():%Y%m%dT%H%M%S%fZ}-{digest}"
