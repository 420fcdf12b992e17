"""Compare texts with the papers of a generation, loading its vectors and their model if needed.

A process that compares nothing loads nothing: numpy and the model cost .4 s and 200 MB.
"""

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from index.meaning.errors import MeaningUnusable, VectorsMissing
from index.meaning.vectors import Vectors, digest_paper, open_vectors
from index.records import Paper
from index.store.additions import VECTORS
from index.store.file_watch import Stamp, read_stamp

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Embed: TypeAlias = Callable[[str], NDArray[float32]]

CACHED = 256
"""Texts whose vectors are kept for further pages of a question; computing one takes 9 to 47 ms."""

EXAMPLES_WEIGHT = 0.4
"""Weight of the examples relative to the text, see `search.meaning.reranker.EXAMPLES`."""

Closeness: TypeAlias = list[float | None]
"""How close papers are in meaning, from -1 to 1; None for one without a vector."""


class Models:
    """Loads the model of a process once, and warns of each failure once; shared by threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: dict[str, Embed | MeaningUnusable] = {}
        self._warned: set[str] = set()

    def embed(self, vectors: Vectors, text: str) -> "NDArray[float32]":
        """Return the vector of a text, by the model that made some vectors.

        Raises:
            MeaningUnusable: The model cannot be loaded; nor will it be later.
        """
        with self._lock:
            made = self._made.get(vectors.model_digest)
            if made is None:
                made = _load_model(vectors)
                self._made = {vectors.model_digest: made}
        if isinstance(made, MeaningUnusable):
            raise made
        return made(text)

    def warn(self, error: MeaningUnusable) -> None:
        """Log why searches do without vectors, unless that was logged before."""
        message = str(error)
        if message not in self._warned:
            self._warned.add(message)
            logging.getLogger(__name__).warning("Ranking by words alone. %s", message)


def _load_model(vectors: Vectors) -> "Embed | MeaningUnusable":
    try:
        return lru_cache(CACHED)(vectors.load_model().embed)
    except MeaningUnusable as error:
        return error


class Comparer:
    """Compares texts with the papers of one generation; safe to share between threads."""

    def __init__(self, folder: Path, models: Models) -> None:
        """Load nothing yet.

        Args:
            folder: The folder of the generation.
            models: Loads the model.
        """
        self._folder, self._models = folder, models
        self._path, self._parent = str(folder / VECTORS), str(folder)
        self._lock = Lock()
        self._opened: tuple[Stamp | None, Vectors | MeaningUnusable | None] = (None, None)

    @property
    def has_vectors(self) -> bool:
        """Whether the generation has vectors; they may be added after it was opened."""
        return self._read_stamp() is not None

    def compare(
        self, text: str, digests: Sequence[bytes], examples: Sequence[bytes] = ()
    ) -> Closeness:
        """Return how close papers are to a text.

        Args:
            text: The text.
            digests: The digests of the papers, see `index.meaning.vectors.digest_paper`.
            examples: The digests of papers that are probably what the text is about, to which the
                papers should be close as well.

        Raises:
            MeaningUnusable: The vectors or the model cannot be used.
        """
        vectors = self._open()
        asked = self._models.embed(vectors, text)
        found = map(vectors.read_vector, examples)
        if known := [vector for vector in found if vector is not None]:
            asked = _scale(asked + EXAMPLES_WEIGHT * _scale(sum(known[1:], start=known[0])))
        return vectors.score(asked, digests)

    def compare_papers(self, paper: Paper, others: Sequence[Paper]) -> Closeness | None:
        """Return how close papers are to a paper, by their vectors alone; None if none are usable.

        What cannot be used is logged once.
        """
        if not self.has_vectors:
            return None
        try:
            vectors = self._open()
        except MeaningUnusable as error:
            self.warn(error)
            return None
        own = vectors.read_vector(digest_paper(paper))
        return (
            [None] * len(others)
            if own is None
            else vectors.score(own, [*map(digest_paper, others)])
        )

    def find_nearest(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Return the ids of the papers that are closest to a text, and how close they are.

        Raises:
            MeaningUnusable: The vectors or the model cannot be used.
        """
        vectors = self._open()
        return vectors.scan(self._models.embed(vectors, text), limit)

    def warn(self, error: MeaningUnusable) -> None:
        """Log once why a search does without vectors."""
        self._models.warn(error)

    def warm_up(self) -> None:
        """Load everything now, so that the first question need not wait; never raise."""
        if self.has_vectors:
            try:
                self._models.embed(self._open(), "")
            except MeaningUnusable as error:
                self.warn(error)

    def _open(self) -> Vectors:
        """Return the vectors; open the file again only if it was replaced."""
        stamp = self._read_stamp()
        with self._lock:
            if stamp is not None and self._opened[0] != stamp:
                self._opened = stamp, self._open_anew()
            vectors = self._opened[1]
        if stamp is None or vectors is None:  # none, or of another version
            raise VectorsMissing(self._folder.name)
        if isinstance(vectors, MeaningUnusable):
            raise vectors
        return vectors

    def _open_anew(self) -> Vectors | MeaningUnusable | None:
        try:
            return open_vectors(self._folder)
        except MeaningUnusable as error:
            return error

    def _read_stamp(self) -> Stamp | None:
        if (found := read_stamp(self._path)) is not None:
            return found
        # If the generation was deleted, a request that began on it goes on with what is open.
        return None if read_stamp(self._parent) else self._opened[0]


def _scale(vector: "NDArray[float32]") -> "NDArray[float32]":
    """Scale a vector to length 1."""
    return vector / (float(vector @ vector) ** 0.5 or 1.0)
