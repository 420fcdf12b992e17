"""Check what is said of the vectors of a generation."""

from pathlib import Path

import pytest

from index.build.operations import build
from index.meaning.status import VectorsStatus, read_status
from index.meaning.vector_writer import Origin, PaperRows, write_vectors
from index.settings import BuildSettings
from index.store.additions import VECTORS
from index.store.generations import find_current_folder
from index.store.manifest import read_manifest
from tests.support.paths import SAMPLE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a generation, whose vectors each test replaces."""
    directory = tmp_path_factory.mktemp("built") / "ix"
    build(directory, [str(SAMPLE)], BuildSettings(processes=0, limit=3))
    return find_current_folder(directory)


def test_a_generation_without_vectors(folder: Path) -> None:
    """Its status is its manifest."""
    (folder / VECTORS).unlink(missing_ok=True)
    status, manifest = read_status(folder), read_manifest(folder)
    assert status.vectors is None
    assert (status.name, status.files) == (manifest.name, manifest.files)


def test_vectors_are_described(folder: Path) -> None:
    """The number of papers and the model are read from the file."""
    origin = Origin("abc", Path("/models/a"), 4, "model")
    write_vectors(folder, "g", origin, PaperRows(b"d" * 16, b"s" * 8, ["p:1"]))
    expected = VectorsStatus(1, "g", 4, "abc", "/models/a", "model")
    assert read_status(folder).vectors == expected


def test_damaged_vectors_are_told(folder: Path) -> None:
    """The rest of the status is there."""
    (folder / VECTORS).write_bytes(b"damaged")
    vectors = read_status(folder).vectors
    assert vectors is not None
    assert "the header has changed" in vectors.damage
    assert vectors.papers == 0
