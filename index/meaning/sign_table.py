"""Look up vectors, kept as one sign bit a component, by the digest of their text.

A sign is a bit that is 1 if the component is above 0. The vector of the signs, each 1 or -1, points
in nearly the same direction as the vector itself: of normal vectors of 384 components the mean
cosine is .80 (the square root of 2 / pi), and its scatter is small.
"""

from typing import TYPE_CHECKING, TypeAlias

from index.meaning.vector_file import DIGEST_BYTES, measure_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


Bytes: TypeAlias = bytes | bytearray | memoryview


def pack_signs(vector: "NDArray[np.float32]") -> bytes:
    """Return the signs of a vector, filled up to the length of a row."""
    import numpy as np

    return np.packbits(vector > 0).tobytes().ljust(measure_row(len(vector)), b"\0")


class SignTable:
    """Rows of signs, ordered by digest.

    Attributes:
        heads: The first half of each digest, ascending.
        tails: The second half.
        signs: A row of numbers of 64 bits for each digest.
        dimension: The number of components of a vector.
    """

    def __init__(
        self,
        heads: "NDArray[np.uint64]",
        tails: "NDArray[np.uint64]",
        signs: "NDArray[np.uint64]",
        dimension: int,
    ) -> None:
        self.heads, self.tails, self.signs = heads, tails, signs
        self.dimension = dimension

    @classmethod
    def from_rows(cls, digests: Bytes, signs: Bytes, dimension: int) -> "SignTable":
        """Make a table of joined digests and joined rows of signs, in any order."""
        import numpy as np

        halves = split_digests(digests)
        order = order_digests(digests)
        rows = np.frombuffer(signs, "<u8").reshape(len(halves), measure_row(dimension) // 8)
        return cls(halves[order, 0], halves[order, 1], rows[order], dimension)

    def find(self, digests: bytes) -> "NDArray[np.int64]":
        """Return the row of each of some joined digests; -1 for one that the table lacks."""
        import numpy as np

        halves = split_digests(digests)
        if not len(self.heads):
            return np.full(len(halves), -1)
        rows = np.searchsorted(self.heads, halves[:, 0])
        safe = np.minimum(rows, len(self.heads) - 1)
        # Two digests with one head are too rare to look beyond the first: of a billion texts .03.
        same = (self.heads[safe] == halves[:, 0]) & (self.tails[safe] == halves[:, 1])
        return np.where(same, safe, -1)

    def unpack(self, rows: "Sequence[int] | NDArray[np.int64]") -> "NDArray[np.float32]":
        """Return the vectors of rows: signs as 1 and -1, scaled to length 1."""
        import numpy as np

        bits = np.unpackbits(self.signs[rows].view(np.uint8), axis=1, count=self.dimension)
        return (bits.astype(np.float32) * 2 - 1) / np.float32(np.sqrt(self.dimension))


def split_digests(digests: Bytes) -> "NDArray[np.uint64]":
    """Return the two halves of each of some joined digests as numbers."""
    import numpy as np

    return np.frombuffer(digests, "<u8").reshape(len(digests) // DIGEST_BYTES, 2)


def order_digests(digests: Bytes) -> "NDArray[np.int64]":
    """Return the numbers of some joined digests in the order of a table; equal ones keep theirs."""
    import numpy as np

    halves = split_digests(digests)
    return np.lexsort((halves[:, 1], halves[:, 0]))
