"""Check that texts are compared with papers from the file of vectors."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.meaning.errors import MeaningUnusable, ModelChanged, VectorsCorrupt, VectorsUnreadable
from index.meaning.sign_table import pack_signs
from index.meaning.vector_file import digest_paper, digest_text
from index.meaning.vector_writer import Origin, PaperRows, write_vectors
from index.meaning.vectors import CANDIDATES, Vectors, open_vectors
from index.records import Paper
from index.store.additions import VECTORS
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSION = 384


def write_random(folder: Path, count: int, dimension: int = DIMENSION) -> "NDArray[np.float32]":
    """Write random vectors of the papers p0, p1 ... with the texts t0, t1 ..., and return them."""
    made = np.random.default_rng(7).standard_normal((count, dimension), np.float32)
    digests = b"".join(digest_text(f"t{number}") for number in range(count))
    signs = b"".join(map(pack_signs, made))
    rows = PaperRows(digests, signs, [f"p{number}" for number in range(count)])
    write_vectors(folder, "g", Origin("m", None, dimension), rows)
    return made


def open_written(folder: Path) -> Vectors:
    """Open vectors that a test has written."""
    vectors = open_vectors(folder)
    assert vectors is not None
    return vectors


@pytest.mark.parametrize("dimension", [DIMENSION, 100, 64, 3])
def test_a_score_is_the_cosine_with_the_signs(tmp_path: Path, dimension: int) -> None:
    """Whatever the dimension, each paper is compared as a vector of ones with its signs."""
    made = write_random(tmp_path, 50, dimension)
    vectors = open_written(tmp_path)
    query = made[7] / np.linalg.norm(made[7])
    found = vectors.score(query, [digest_text(f"t{number}") for number in range(50)])
    expected = np.sign(made) @ query / np.sqrt(dimension)
    assert np.allclose(np.array(found, np.float32), expected, atol=1e-5)
    assert found.index(max(score or 0.0 for score in found)) == 7
    assert (len(vectors), vectors.dimension, vectors.model_digest) == (50, dimension, "m")


def test_a_paper_without_a_vector_has_no_score(tmp_path: Path) -> None:
    """The other papers keep theirs, and no papers at all is no mistake."""
    query = write_random(tmp_path, 5)[0]
    vectors = open_written(tmp_path)
    known, unknown = digest_text("t3"), digest_text("t9")
    found = vectors.score(query, [unknown, known, unknown])
    assert [score is None for score in found] == [True, False, True]
    assert vectors.score(query, []) == []
    assert vectors.read_vector(unknown) is None
    read = vectors.read_vector(known)
    assert read is not None
    assert np.isclose(read @ query, found[1])


def test_a_scan_finds_the_closest_of_all(tmp_path: Path) -> None:
    """The best papers come first, with the scores that they have one by one."""
    made = write_random(tmp_path, 20_000)
    vectors = open_written(tmp_path)
    query = made[123] / np.linalg.norm(made[123])
    found = vectors.scan(query, 10)
    assert found[0][0] == "p123"
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    digests = [digest_text("t" + name[1:]) for name, _ in found]
    assert np.allclose(vectors.score(query, digests), scores)
    assert len(vectors.scan(query, CANDIDATES + 50)) == CANDIDATES + 50


def test_few_papers_are_scanned(tmp_path: Path) -> None:
    """A scan returns every paper if there are fewer than asked for, even if there is none."""
    query = write_random(tmp_path, 3)[0]
    assert {name for name, _ in open_written(tmp_path).scan(query, 10)} == {"p0", "p1", "p2"}
    write_random(tmp_path, 0)
    empty = open_written(tmp_path)
    assert (len(empty), empty.scan(query, 10), empty.score(query, [b"x" * 16])) == (0, [], [None])


def test_ids_are_any_text(tmp_path: Path) -> None:
    """An id survives whatever its characters and length are."""
    ids = ["", "arxiv:1", "\u00e9\u6df1", "x" * 300]
    digests = b"".join(map(digest_text, ids))
    query = np.ones(DIMENSION, np.float32) / np.float32(np.sqrt(DIMENSION))
    rows = PaperRows(digests, pack_signs(query) * 4, ids)
    write_vectors(tmp_path, "g", Origin("m", None, DIMENSION), rows)
    found = open_written(tmp_path).scan(query, 9)
    assert {name for name, _ in found} == set(ids)


def test_a_changed_id_is_reported(tmp_path: Path) -> None:
    """An id that is no text any more is damage, which only a scan meets."""
    query = write_random(tmp_path, 3)[0]
    content = (tmp_path / VECTORS).read_bytes()
    (tmp_path / VECTORS).write_bytes(content[:-1] + b"\xff")
    vectors = open_written(tmp_path)
    assert vectors.score(query, [digest_text("t0")]) != [None]
    with pytest.raises(VectorsCorrupt, match="an id has changed"):
        vectors.scan(query, 3)


def test_papers_of_one_text_share_a_digest() -> None:
    """Only title and abstract are embedded."""
    paper = Paper("a:1", "Title", "Abstract")
    assert digest_paper(paper) == digest_paper(Paper("b:2", "Title", "Abstract", citations=4))
    assert digest_paper(paper) != digest_paper(Paper("a:1", "Title", "Other"))
    assert digest_paper(Paper("a:1", "Title")) == digest_text("Title")


def test_vectors_name_their_model(tmp_path: Path) -> None:
    """The installed model is not what made vectors of another digest."""
    write_random(tmp_path, 2)
    with pytest.raises(ModelChanged, match="papers embed"):
        open_written(tmp_path).load_model()
    write_vectors(tmp_path, "g", Origin("m", tmp_path / "x", 3), PaperRows(b"", b"", []))
    vectors = open_written(tmp_path)
    assert vectors.model_folder == tmp_path / "x"
    with pytest.raises(MeaningUnusable, match=r"it has no file model\.onnx"):
        vectors.load_model()


def test_a_generation_without_vectors_has_none(tmp_path: Path) -> None:
    """A missing file is no failure; one that cannot be read is."""
    assert open_vectors(tmp_path) is None
    (tmp_path / VECTORS).mkdir()
    with pytest.raises(VectorsUnreadable, match=r"directory.*permissions"):
        open_vectors(tmp_path)


READ = """
import sys
from pathlib import Path
from index.meaning.vectors import open_vectors
print(open_vectors(Path(sys.argv[1])), *sorted({"numpy", "onnxruntime"} & set(sys.modules)))
"""
BLOCKED = "import sys; sys.modules['numpy'] = None\n" + READ


def run_python(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    command = [sys.executable, "-c", program, str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_nothing_is_imported_without_vectors(tmp_path: Path) -> None:
    """Opening the vectors of a generation that has none imports neither library."""
    assert run_python(READ, tmp_path).stdout == "None\n"


def test_numpy_is_missing(tmp_path: Path) -> None:
    """Vectors without the library that reads them are reported in a sentence."""
    write_random(tmp_path, 2)
    done = run_python(BLOCKED, tmp_path)
    assert "MeaningMissing: Ranking by meaning needs the package 'numpy'" in done.stderr
