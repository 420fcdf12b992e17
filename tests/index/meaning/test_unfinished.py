"""Check that vectors computed by a run that did not finish are kept."""

from pathlib import Path

import numpy as np
import pytest

from index.meaning.sign_table import pack_signs
from index.meaning.unfinished import UNFINISHED, Unfinished
from index.meaning.vector_file import digest_text

MADE = np.random.default_rng(3).standard_normal((9, 384), np.float32)
ROWS = [(digest_text(str(number)), pack_signs(one)) for number, one in enumerate(MADE)]


def read_rows(directory: Path, model: str = "m") -> int:
    """Return the number of vectors that the file holds, after checking that each is right."""
    unfinished = Unfinished(directory, model)
    table = unfinished.read_table(384)
    unfinished.close()
    found = table.find(b"".join(digest for digest, _ in ROWS)).tolist()
    for (_, signs), row in zip(ROWS, found, strict=True):
        assert row < 0 or table.signs[row].tobytes() == signs
    return sum(row >= 0 for row in found)


def write_rows(directory: Path) -> None:
    """Commit five vectors, and add four more that are lost."""
    unfinished = Unfinished(directory, "m")
    unfinished.add(ROWS[:5])
    unfinished.commit()
    unfinished.add(ROWS[5:])
    unfinished.close()


def test_what_was_committed_is_kept(tmp_path: Path) -> None:
    """A later run reads it, and adding a vector twice changes nothing."""
    write_rows(tmp_path)
    assert read_rows(tmp_path) == 5
    unfinished = Unfinished(tmp_path, "m")
    unfinished.add(ROWS[3:])
    unfinished.commit()
    unfinished.close()
    assert read_rows(tmp_path) == 9


def test_rows_of_another_length_are_ignored(tmp_path: Path) -> None:
    """A damaged row costs no more than itself."""
    write_rows(tmp_path)
    unfinished = Unfinished(tmp_path, "m")
    unfinished.add([(b"short", ROWS[6][1]), (ROWS[7][0], b"short")])
    unfinished.commit()
    assert len(unfinished.read_table(384).heads) == 5
    unfinished.close()
    assert read_rows(tmp_path) == 5


def test_the_vectors_of_another_model_are_dropped(tmp_path: Path) -> None:
    """Vectors of different models are never mixed."""
    write_rows(tmp_path)
    assert read_rows(tmp_path, "other") == 0
    assert read_rows(tmp_path) == 0


def test_the_file_is_deleted(tmp_path: Path) -> None:
    """Nothing is left of it afterwards."""
    write_rows(tmp_path)
    Unfinished(tmp_path, "m").delete()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    """What cannot be read is computed again."""
    (tmp_path / UNFINISHED).write_bytes(content)
    write_rows(tmp_path)
    assert read_rows(tmp_path) == 5


def test_a_damaged_page_is_noticed(tmp_path: Path) -> None:
    """A change in the middle of the file does not mix up vectors."""
    write_rows(tmp_path)
    file = tmp_path / UNFINISHED
    content = bytearray(file.read_bytes())
    content[-4096:-4000] = b"\xff" * 96
    file.write_bytes(content)
    assert read_rows(tmp_path) in {0, 5}


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A file that cannot be opened is a failure, and not taken for damage."""
    (tmp_path / UNFINISHED).mkdir()
    with pytest.raises(OSError, match="unable to open"):
        Unfinished(tmp_path, "m")
