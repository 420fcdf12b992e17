"""Test `papers verify --deep`."""

import shutil
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from index.store.generations import find_current_folder, read_current_name

Papers = Callable[..., Result]


def test_an_intact_index(papers: Papers, sample_index: Path) -> None:
    """The sample is intact in depth, its facets included."""
    result = papers("verify", "--deep")
    name = read_current_name(sample_index)
    expected = f"Generation {name} is intact in depth: 417 papers, 417 records.\n"
    assert (result.exit_code, result.stdout) == (0, expected), result.stderr


def test_every_fault_is_a_line(papers: Papers, sample_index: Path, tmp_path: Path) -> None:
    """Damaged files, vectors and `authors.toml` are each named in a line with a way out."""
    shutil.copytree(sample_index, tmp_path / "ix")
    folder = find_current_folder(tmp_path / "ix")
    (folder / "words").write_bytes(b"x")
    (folder / "vectors").write_bytes(b"x" * 100)
    (tmp_path / "ix" / "authors.toml").write_text("x")
    result = papers("verify", "--deep", index=tmp_path / "ix")
    lines = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (1, "")
    assert {line.partition(":")[0] for line in lines} == {"words", "vectors", "authors.toml"}
    assert all(line.endswith(".") for line in lines)


def test_no_index(papers: Papers, tmp_path: Path) -> None:
    """Where there is no index, that is said."""
    result = papers("verify", "--deep", index=tmp_path)
    assert result.exit_code == 1
    assert "No index in" in result.stderr
