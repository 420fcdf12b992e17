"""Compare a text with the papers of a generation by their vectors.

Reading needs numpy, which is imported only if a generation has vectors.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from index.meaning.errors import MeaningMissing, ModelChanged, VectorsCorrupt, VectorsUnreadable
from index.meaning.model import Model, load_model
from index.meaning.sign_table import SignTable, pack_signs
from index.meaning.vector_file import (
    Header,
    digest_paper,
    locate_columns,
    measure_row,
    parse_header,
)
from index.store.additions import VECTORS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Vectors", "digest_paper", "open_vectors"]

CANDIDATES = 300
"""Papers that a scan picks by the number of equal signs and then orders by score. Chosen."""

SCANNED = 1 << 14
"""Papers that are compared in one go. A million take 15 ms of processor time column by column, and
34 ms with a sum over all columns at once. 4,096 or 65,536 in one go take as long."""


class Vectors:
    """The vectors of the papers of one generation; safe to share between threads.

    Attributes:
        model_digest: The digest of the model that made them.
        model_folder: The folder of that model; None for the installed one.
        dimension: The number of components of a vector.
    """

    def __init__(self, file: BinaryIO, generation: str, header: Header, start: int) -> None:
        """Map a file into memory; `open_vectors` does this."""
        import numpy as np

        self._generation = generation
        self.model_digest, self.dimension = header.model, header.dimension
        self.model_folder = None if header.folder is None else Path(header.folder)
        content = np.asarray(np.memmap(file, np.uint8, "r"))
        places = locate_columns(header, start)
        columns = {name: content[at : at + size] for name, (at, size) in places.items()}
        signs = columns["signs"].view("<u8").reshape(header.rows, measure_row(self.dimension) // 8)
        heads, tails = columns["heads"].view("<u8"), columns["tails"].view("<u8")
        self.table = SignTable(heads, tails, signs, self.dimension)
        self._ends, self._ids = columns["ends"].view("<u4"), columns["ids"]

    def __len__(self) -> int:
        return len(self._ends)

    def load_model(self) -> Model:
        """Load the model that made the vectors.

        Raises:
            MeaningMissing: The extra is not installed.
            ModelUnusable: Its files are missing or damaged.
            ModelChanged: It is another model now.
        """
        model = load_model(self.model_folder)
        if model.digest != self.model_digest:
            name = "the installed one" if self.model_folder is None else str(self.model_folder)
            raise ModelChanged(self._generation, name)
        return model

    def score(self, query: "NDArray[np.float32]", digests: Sequence[bytes]) -> list[float | None]:
        """Return how close papers are to a vector: the cosine with the vector of their signs.

        Args:
            query: A vector of length 1, see `index.meaning.model.Model.embed`.
            digests: The digests of the papers, see `digest_paper`.

        Returns:
            From -1 to 1 for each paper; None if it has no vector.
        """
        if not len(self):
            return [None] * len(digests)
        rows = self.table.find(b"".join(digests))
        scores = (self.table.unpack(rows) @ query).tolist()
        return [score if row >= 0 else None for row, score in zip(rows, scores, strict=True)]

    def read_vector(self, digest: bytes) -> "NDArray[np.float32] | None":
        """Return the vector of a paper's signs, of length 1; None if it has no vector."""
        row = int(self.table.find(digest)[0])
        return self.table.unpack([row])[0] if row >= 0 else None

    def scan(self, query: "NDArray[np.float32]", limit: int) -> list[tuple[str, float]]:
        """Return the papers closest to a vector, the closest first.

        The signs of all papers are compared with those of the query, and the best papers are then
        scored.

        Args:
            query: A vector of length 1.
            limit: The most papers to return.

        Returns:
            The id and the score of each; of equal scores in the order of the file.

        Raises:
            VectorsCorrupt: An id cannot be read.
        """
        import numpy as np

        differing = self._count_differences(np.frombuffer(pack_signs(query), "<u8"))
        wanted = min(max(limit, CANDIDATES), len(self))
        rows = np.sort(np.argpartition(differing, wanted - 1)[:wanted]) if wanted else np.arange(0)
        scores = self.table.unpack(rows) @ query
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(self._read_id(int(rows[at])), float(scores[at])) for at in best]

    def _count_differences(self, signs: "NDArray[np.uint64]") -> "NDArray[np.uint16]":
        """Return the number of signs in which each paper differs from a row of signs."""
        import numpy as np

        found: NDArray[np.uint16] = np.zeros(len(self), np.uint16)
        for start in range(0, len(self), SCANNED):
            rows = self.table.signs[start : start + SCANNED]
            some = found[start : start + SCANNED]
            for at, word in enumerate(signs):
                some += np.bitwise_count(rows[:, at] ^ word)
        return found

    def _read_id(self, row: int) -> str:
        start = int(self._ends[row - 1]) if row else 0
        packed = self._ids[start : int(self._ends[row])].tobytes()
        try:
            return str(packed, "utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise VectorsCorrupt(self._generation, "an id has changed") from error


def open_vectors(folder: Path) -> Vectors | None:
    """Open the vectors of a generation.

    Args:
        folder: The folder of the generation.

    Returns:
        The vectors, or None if it has none.

    Raises:
        MeaningMissing: It has vectors, but numpy is not installed.
        VectorsCorrupt: The file is damaged.
        VectorsUnreadable: It cannot be read.
    """
    try:
        with (folder / VECTORS).open("rb") as file:
            found = parse_header(file, folder.name)
            return None if found is None else Vectors(file, folder.name, *found)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise VectorsUnreadable(folder.name, error) from error
    except ImportError as error:
        raise MeaningMissing.from_import(error, "numpy") from error
