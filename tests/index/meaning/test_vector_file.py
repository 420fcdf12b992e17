"""Check how the file of vectors is written and that damage is noticed."""

from pathlib import Path

import numpy as np
import pytest

from index.meaning.errors import VectorsCorrupt
from index.meaning.sign_table import pack_signs
from index.meaning.vector_file import (
    MAGIC,
    Header,
    check_file,
    digest_text,
    measure_row,
    read_header,
)
from index.meaning.vector_writer import Origin, PaperRows, write_vectors
from index.meaning.vectors import open_vectors
from index.store.additions import VECTORS


def write_two(folder: Path) -> Path:
    """Write the vectors of two papers and return the file."""
    signs = pack_signs(np.ones(384, np.float32))
    digests = digest_text("one") + digest_text("two")
    rows = PaperRows(digests, signs * 2, ["p:1", "p:2"])
    write_vectors(folder, "g1", Origin("abc", Path("/models/a"), 384), rows)
    return folder / VECTORS


def test_a_row_has_a_bit_for_each_component() -> None:
    """384 components take 48 bytes; other numbers are filled up to 8 bytes."""
    assert [measure_row(each) for each in (384, 64, 65, 1)] == [48, 8, 16, 8]


def test_the_header_says_what_the_file_holds(tmp_path: Path) -> None:
    """A header can be read without numpy, and the whole file be checked."""
    file = write_two(tmp_path)
    header = check_file(tmp_path)
    assert header is not None
    assert header == Header(1, "abc", "/models/a", 384, "mean", 2, 6, "g1", header.sha256)
    assert read_header(tmp_path) == (header, 256)
    assert file.stat().st_size == 256 + 2 * (16 + 48 + 4) + 6
    assert [path.name for path in tmp_path.iterdir()] == [VECTORS]


def test_a_file_is_replaced(tmp_path: Path) -> None:
    """Vectors that are in use while others are written stay as they were."""
    write_two(tmp_path)
    before = open_vectors(tmp_path)
    write_vectors(tmp_path, "g2", Origin("abc", None, 384), PaperRows(b"", b"", []))
    after = open_vectors(tmp_path)
    assert before is not None
    assert after is not None
    assert (len(before), len(after)) == (2, 0)
    assert before.read_vector(digest_text("two")) is not None


@pytest.mark.parametrize("size", [0, 7, 100, 330, -1])
def test_a_file_that_was_cut_is_noticed(tmp_path: Path, size: int) -> None:
    """Opening it says that it is damaged, and how to mend it."""
    file = write_two(tmp_path)
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(VectorsCorrupt, match="Run `papers embed`"):
        open_vectors(tmp_path)


@pytest.mark.parametrize("at", [0, 9, 13, 40])
def test_a_damaged_header_is_noticed(tmp_path: Path, at: int) -> None:
    """One changed byte is enough."""
    file = write_two(tmp_path)
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)
    with pytest.raises(VectorsCorrupt, match="the header has changed"):
        open_vectors(tmp_path)


def test_a_damaged_row_is_noticed_by_a_check(tmp_path: Path) -> None:
    """A search does not read the whole file, but `papers verify` does."""
    file = write_two(tmp_path)
    content = bytearray(file.read_bytes())
    content[-20] ^= 1
    file.write_bytes(content)
    assert open_vectors(tmp_path) is not None
    with pytest.raises(VectorsCorrupt, match="changed since it was written"):
        check_file(tmp_path)


def test_a_file_of_another_version_counts_as_none(tmp_path: Path) -> None:
    """It is made anew by the next `papers embed`."""
    file = write_two(tmp_path)
    content = file.read_bytes()
    assert content.startswith(MAGIC)
    assert check_file(tmp_path / "nowhere") is None
    changed = content[16:].split(b"}")[0].replace(b'"version":1', b'"version":9') + b"}"
    from zlib import crc32

    numbers = len(changed).to_bytes(4, "little") + crc32(changed).to_bytes(4, "little")
    file.write_bytes(MAGIC + numbers + changed)
    assert open_vectors(tmp_path) is None
    assert check_file(tmp_path) is None
