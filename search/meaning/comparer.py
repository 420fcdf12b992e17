"""Compare texts with the papers of a generation, loading its vectors and their model if needed.

A process that compares nothing loads nothing: numpy and the model cost .4 s and 200 MB.
"""

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from index.meaning.errors import MeaningUnusable, VectorsMissing
from index.meaning.vectors import Vectors, digest_paper, open_vectors
from index.records import Paper
from index.store.additions import VECTORS

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    from index.meaning.model import Model

CACHED = 256
"""Texts whose vectors are kept, so that the next page of a question costs no 9 to 47 ms again."""

Stamp = tuple[int, int]
"""Identifies a file of vectors: when it was written, and its number."""


class Models:
    """Loads the model of a process once, and warns of each failure once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loaded: Model | None = None
        self._warned: set[str] = set()

    def load(self, vectors: Vectors) -> "Model":
        """Return the model that made some vectors.

        Raises:
            MeaningUnusable: It cannot be loaded.
        """
        with self._lock:
            if self._loaded is None or self._loaded.digest != vectors.model_digest:
                self._loaded = vectors.load_model()
            return self._loaded

    def warn(self, error: MeaningUnusable) -> None:
        """Log why searches do without vectors, unless that was logged before."""
        message = str(error)
        if message not in self._warned:
            self._warned.add(message)
            logging.getLogger(__name__).warning("Ranking by words alone. %s", message)


class _Loaded(NamedTuple):
    """What was loaded for one file of vectors.

    Attributes:
        stamp: Identifies the file.
        vectors: The vectors.
        embed: Returns the vector of a text.
        error: Why there are none, or None.
    """

    stamp: Stamp
    vectors: Vectors | None = None
    embed: "Callable[[str], NDArray[float32]] | None" = None
    error: MeaningUnusable | None = None


class Comparer:
    """Compares texts with the papers of one generation; safe to share between threads."""

    def __init__(self, folder: Path, models: Models) -> None:
        """Load nothing yet.

        Args:
            folder: The folder of the generation.
            models: Loads the model.
        """
        self._folder, self._models = folder, models
        self._lock = Lock()
        self._loaded: _Loaded | None = None

    @property
    def has_vectors(self) -> bool:
        """Whether the generation has vectors; they may be added after it was opened."""
        return self._read_stamp() is not None

    def compare(self, text: str, papers: Sequence[Paper]) -> list[float | None]:
        """Return how close papers are to a text, from -1 to 1; None for one without a vector.

        Raises:
            MeaningUnusable: The vectors or the model cannot be used.
        """
        vectors, embed = self._load()
        return vectors.score(embed(text), [digest_paper(paper) for paper in papers])

    def find_nearest(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Return the ids of the papers that are closest to a text, and how close they are.

        Raises:
            MeaningUnusable: The vectors or the model cannot be used.
        """
        vectors, embed = self._load()
        return vectors.scan(embed(text), limit)

    def warn(self, error: MeaningUnusable) -> None:
        """Log once why a search does without vectors."""
        self._models.warn(error)

    def warm_up(self) -> None:
        """Load everything now, so that the first question need not wait; never raise."""
        if self.has_vectors:
            try:
                self._load()
            except MeaningUnusable as error:
                self.warn(error)

    def _load(self) -> "tuple[Vectors, Callable[[str], NDArray[float32]]]":
        """Return the vectors and the function that embeds a text; raise again what failed."""
        stamp = self._read_stamp()
        with self._lock:
            if stamp is None:
                raise VectorsMissing(self._folder.name)
            if self._loaded is None or self._loaded.stamp != stamp:
                self._loaded = self._load_anew(stamp)
            loaded = self._loaded
        if loaded.vectors is None or loaded.embed is None:
            raise loaded.error or VectorsMissing(self._folder.name)
        return loaded.vectors, loaded.embed

    def _load_anew(self, stamp: Stamp) -> _Loaded:
        try:
            vectors = open_vectors(self._folder)
            if vectors is None:  # of another version
                return _Loaded(stamp)
            return _Loaded(stamp, vectors, lru_cache(CACHED)(self._models.load(vectors).embed))
        except MeaningUnusable as error:
            return _Loaded(stamp, error=error)

    def _read_stamp(self) -> Stamp | None:
        try:
            found = (self._folder / VECTORS).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino
