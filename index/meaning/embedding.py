"""Compute a vector of every paper that a search returns by default.

Only texts that no kept generation and no earlier run has vectors of are embedded. The generation's
file is written when all papers have one; what was computed until then is kept in the folder of the
index, so a run that is killed or interrupted loses a few seconds of work.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from index.errors import IndexUnwritable
from index.meaning.compact_ids import CompactIds
from index.meaning.embedder import Embedder
from index.meaning.errors import MeaningUnusable
from index.meaning.model import digest_model, find_model, load_model
from index.meaning.searchable_papers import read_papers, read_searchable
from index.meaning.sign_table import SignTable, order_digests, split_digests
from index.meaning.unfinished import UNFINISHED, Unfinished
from index.meaning.vector_file import (
    DIGEST_BYTES,
    Header,
    check_file,
    digest_paper,
    make_text,
    measure_row,
)
from index.meaning.vector_writer import Origin, PaperRows, write_vectors
from index.meaning.vectors import open_vectors
from index.store.generations import GENERATIONS, find_current_folder, switch_current
from index.store.history import list_generations
from index.store.lock import hold_lock

if TYPE_CHECKING:
    from numpy.typing import NDArray

PROCESSES = 2
"""Processes unless another number is asked for. Chosen: on a machine with two processors more are
no faster, and each takes 270 MB."""

COMMIT_SECONDS = 3.0
"""Seconds between two times at which what was computed is made durable. Chosen."""

FEW = 40
"""Texts embedded in this process: starting others takes as long as embedding as many."""

OnProgress = Callable[[int, int], None]
"""Called with the number of papers that have a vector, and the number of all."""


class EmbedReport(Struct, frozen=True):
    """What a run did.

    Attributes:
        generation: The generation whose papers have vectors now.
        papers: The number of its papers, those that a search returns by default.
        computed: How many vectors were computed; papers of one text share a vector.
        dimension: The number of components of a vector.
        model: The digest of the model.
        folder: The folder of the model; None for the installed one.
        pooling: How the model makes one vector of a text, see `index.meaning.model.Model`.
        seconds: The duration of the run.
    """

    generation: str
    papers: int
    computed: int
    dimension: int
    model: str
    folder: str | None
    pooling: str
    seconds: float


class _Papers(NamedTuple):
    """The papers that need vectors: their ids, and the digests of their texts, joined."""

    ids: CompactIds
    digests: bytes

    def read_digest(self, at: int) -> bytes:
        """Return the digest of one paper."""
        return self.digests[at * DIGEST_BYTES : (at + 1) * DIGEST_BYTES]


def embed_papers(
    directory: Path,
    model_folder: Path | None = None,
    processes: int = PROCESSES,
    on_progress: OnProgress | None = None,
) -> EmbedReport:
    """Compute the vectors that the papers of the generation in use lack.

    Args:
        directory: The index.
        model_folder: A folder with a model; None for the installed one.
        processes: Processes that embed, of one thread each; 0 does it in this process.
        on_progress: Called with the progress, or None.

    Returns:
        What was done.

    Raises:
        MeaningUnusable: The extra is not installed, or the model cannot be used.
        IndexUnusable: There is no index, or it is locked or cannot be read or written.
    """
    started = time.monotonic()
    find_current_folder(directory)  # fail before a lock is made in a folder that is not an index
    files = find_model(model_folder)
    digest = digest_model(files)
    computed = 0
    with hold_lock(directory), _report_unwritable(directory):
        folder = find_current_folder(directory)
        # A run that was killed before its last step left its file behind.
        header = None if (directory / UNFINISHED).exists() else _read_intact(folder)
        if header is None or not _is_complete(header, folder, digest, files.folder):
            embedder, origin = _make_embedder(model_folder, processes)
            with closing(_Run(directory, folder, origin)) as run, closing(embedder):
                computed = run.compute(embedder, on_progress or _ignore_progress)
                header = run.finish()
    seconds = round(time.monotonic() - started, 3)
    return EmbedReport(
        folder.name, header.rows, computed, header.dimension, digest, header.folder,
        header.pooling, seconds,
    )  # fmt: skip


def _make_embedder(folder: Path | None, processes: int) -> tuple[Embedder, Origin]:
    """Load the model to check it, and free its memory if processes load their own."""
    model = load_model(folder)
    origin = Origin(model.digest, model.folder, model.dimension, model.pooling)
    return Embedder(model.folder, processes, None if processes else model), origin


def _ignore_progress(_done: int, _all: int) -> None:
    """Do nothing."""


@contextmanager
def _report_unwritable(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise IndexUnwritable(str(directory), error.strerror or str(error)) from error


def _read_intact(folder: Path) -> Header | None:
    """Return what the vectors of a generation are, or None if there are none or damaged ones."""
    try:
        return check_file(folder)
    except MeaningUnusable:
        return None


def _is_complete(header: Header, folder: Path, digest: str, model_folder: Path | None) -> bool:
    """Return whether these are the vectors of all papers of the generation by this model."""
    named = None if model_folder is None else str(model_folder)
    return (header.generation, header.model, header.folder) == (folder.name, digest, named)


class _Run:
    """One run over the papers of a generation, in a locked index; must be closed."""

    def __init__(self, directory: Path, folder: Path, origin: Origin) -> None:
        self._directory, self._folder, self._origin = directory, folder, origin
        self._papers = _list_papers(folder)
        self._kept = _open_kept(directory, origin.model)
        self._unfinished = Unfinished(directory, origin.model)

    def close(self) -> None:
        """Close the file of what was computed."""
        self._unfinished.close()

    def compute(self, embedder: Embedder, on_progress: OnProgress) -> int:
        """Compute the vectors that are missing, and return how many those are."""
        missing = _find_missing(self._papers, self._read_tables())
        count = len(self._papers.ids)
        on_progress(count - len(missing), count)
        ids = (self._papers.ids[at] for at in missing)
        texts = map(make_text, read_papers(self._folder, ids))
        digests = map(self._papers.read_digest, missing)
        done, last = count - len(missing), time.monotonic()
        try:
            for signs in embedder.embed_all(texts, alone=len(missing) <= FEW):
                self._unfinished.add(zip(islice(digests, len(signs)), signs, strict=True))
                done += len(signs)
                on_progress(done, count)
                if time.monotonic() - last >= COMMIT_SECONDS:
                    self._unfinished.commit()
                    last = time.monotonic()
        except BaseException:
            # A failed write may have ended the transaction; that failure is the one to report.
            with suppress(OSError):
                self._unfinished.commit()
            raise
        self._unfinished.commit()
        return len(missing)

    def finish(self) -> Header:
        """Write the file of the generation, and make servers that run notice it."""
        signs = _gather_signs(self._papers, self._read_tables(), self._origin.dimension)
        rows = PaperRows(self._papers.digests, signs, self._papers.ids)
        header = write_vectors(self._folder, self._folder.name, self._origin, rows)
        switch_current(self._directory, self._folder.name)
        self._unfinished.delete()
        return header

    def _read_tables(self) -> list[SignTable]:
        return [*self._kept, self._unfinished.read_table(self._origin.dimension)]


def _list_papers(folder: Path) -> _Papers:
    ids, digests = CompactIds(), bytearray()
    for paper in read_searchable(folder):
        ids.append(paper.id)
        digests += digest_paper(paper)
    return _Papers(ids, bytes(digests))


def _open_kept(directory: Path, model: str) -> list[SignTable]:
    """Return the intact vectors that the generations of an index have by a model."""
    folders = [directory / GENERATIONS / name for name in list_generations(directory)]
    headers = ((folder, _read_intact(folder)) for folder in folders)
    same = [folder for folder, header in headers if header and header.model == model]
    return [vectors.table for vectors in map(open_vectors, same) if vectors]


def _find_missing(papers: _Papers, tables: list[SignTable]) -> list[int]:
    """Return the places of the papers that no table has; of papers of one text the first."""
    import numpy as np

    halves = split_digests(papers.digests)
    order = order_digests(papers.digests)
    is_missing: NDArray[np.bool_] = np.ones(len(halves), bool)
    repeats = (halves[order[1:]] == halves[order[:-1]]).all(axis=1)
    is_missing[order[1:][repeats]] = False
    for table in tables:
        is_missing &= table.find(papers.digests) < 0
    return [int(at) for at in np.flatnonzero(is_missing)]


def _gather_signs(papers: _Papers, tables: list[SignTable], dimension: int) -> memoryview:
    """Return the signs of papers, joined; a table has each of them."""
    import numpy as np

    signs: NDArray[np.uint64] = np.zeros((len(papers.ids), measure_row(dimension) // 8), "<u8")
    for table in tables:
        rows = table.find(papers.digests)
        signs[rows >= 0] = table.signs[rows[rows >= 0]]
    return memoryview(signs.reshape(-1).view(np.uint8))
