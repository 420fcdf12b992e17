"""Say what the vectors of a generation are, without opening them."""

from pathlib import Path

import msgspec
from msgspec import Struct

from index.meaning.errors import VectorsCorrupt
from index.meaning.vector_file import read_header
from index.store.manifest import Manifest, read_manifest


class VectorsStatus(Struct, frozen=True):
    """What the vectors of a generation are.

    Attributes:
        papers: The number of papers that have a vector.
        generation: The generation for which they were made. If it is an earlier one, papers that
            are new or have changed since have no vector.
        dimension: The number of components of a vector.
        model: The digest of the model.
        folder: The folder of the model; None for the installed one.
        pooling: How the model makes one vector of a text, see `index.meaning.model.Model`.
        damage: Why the file cannot be used; empty if it can.
    """

    papers: int = 0
    generation: str = ""
    dimension: int = 0
    model: str = ""
    folder: str | None = None
    pooling: str = ""
    damage: str = ""


class IndexStatus(Manifest, frozen=True, kw_only=True):
    """The manifest of a generation, and its vectors.

    Attributes:
        vectors: What its vectors are; None if it has none.
    """

    vectors: VectorsStatus | None = None


def read_status(folder: Path) -> IndexStatus:
    """Return the manifest of a generation, and what its vectors are.

    Raises:
        GenerationCorrupt: The manifest is missing or damaged.
        GenerationOutdated: Another format, schema or analyser made the generation.
    """
    manifest = msgspec.structs.asdict(read_manifest(folder))
    return IndexStatus(**manifest, vectors=_describe_vectors(folder))


def _describe_vectors(folder: Path) -> VectorsStatus | None:
    try:
        found = read_header(folder)
    except VectorsCorrupt as error:
        return VectorsStatus(damage=str(error))
    if found is None:
        return None
    header, _ = found
    return VectorsStatus(
        papers=header.rows,
        generation=header.generation,
        dimension=header.dimension,
        model=header.model,
        folder=header.folder,
        pooling=header.pooling,
    )
