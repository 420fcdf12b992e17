"""Order the vectors of papers and write their file."""

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from index.meaning.sign_table import order_digests, split_digests
from index.meaning.vector_file import VERSION, Header, measure_row, write_file


class Origin(NamedTuple):
    """The model that made vectors.

    Attributes:
        model: Its digest, see `index.meaning.model.Model`.
        folder: Its folder; None for the installed model.
        dimension: The number of components of a vector.
        pooling: How it makes one vector of a text.
    """

    model: str
    folder: Path | None
    dimension: int
    pooling: str = "mean"


class PaperRows(NamedTuple):
    """Papers with their vectors, in any order.

    Attributes:
        digests: The digests of their texts, joined.
        signs: The rows of their signs, joined.
        ids: Their ids.
    """

    digests: bytes
    signs: bytes | memoryview
    ids: Sequence[str]


def write_vectors(folder: Path, generation: str, origin: Origin, papers: PaperRows) -> Header:
    """Write the file of vectors into the folder of a generation.

    Args:
        folder: The folder.
        generation: The name of the generation whose papers these are.
        origin: What made the vectors.
        papers: The papers.

    Returns:
        What the file holds.

    Raises:
        OSError: The disk is full or read-only, or permission is denied.
    """
    import numpy as np

    rows = len(papers.ids)
    order = order_digests(papers.digests)
    halves = split_digests(papers.digests)[order]
    signs = np.frombuffer(papers.signs, np.uint8).reshape(rows, measure_row(origin.dimension))
    ids, ends = bytearray(), array("I")
    for at in order:
        ids += papers.ids[int(at)].encode("utf-8", "surrogatepass")
        ends.append(len(ids))
    header = Header(
        version=VERSION,
        model=origin.model,
        folder=None if origin.folder is None else str(origin.folder),
        dimension=origin.dimension,
        pooling=origin.pooling,
        rows=rows,
        id_bytes=len(ids),
        generation=generation,
    )
    heads, tails = (halves[:, at].tobytes() for at in (0, 1))
    columns = (heads, tails, memoryview(signs[order].reshape(-1)), np.array(ends, "<u4").tobytes())
    return write_file(folder, header, [*columns, bytes(ids)])
