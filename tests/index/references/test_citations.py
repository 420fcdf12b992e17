"""Check what is told of the citations of a paper, also where files are missing or damaged."""

import logging
from pathlib import Path

import pytest

from index.build.operations import build
from index.references.citation_file import CITATIONS, Direction
from index.references.citations import CitationIndex, Citations
from index.store.generations import find_current_folder
from tests.support.citing_papers import SETTINGS, make_line, write_dump

LINES = (
    make_line("a", ["b", "c", "elsewhere"]),
    make_line("b", ["c"]),
    make_line("c"),
    make_line("d", ["a", "c"]),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a generation with four papers that cite each other."""
    directory = tmp_path_factory.mktemp("citations")
    build(directory, [write_dump(directory / "dump.jsonl", LINES)], SETTINGS)
    return find_current_folder(directory)


def test_the_most_cited_come_first(folder: Path) -> None:
    """References are counted in the index and in all; the most cited of them come first."""
    assert CitationIndex(folder).read("a") == Citations(("c", "b"), ("d",), 2, 3, 1)
    assert CitationIndex(folder).read("a", 1) == Citations(("c",), ("d",), 2, 3, 1)


@pytest.mark.parametrize("name", ["elsewhere", "", "a\tabstract", "\0"])
def test_nothing_is_known_of_other_ids(folder: Path, name: str) -> None:
    """An id that no paper has is no error."""
    assert not CitationIndex(folder).read(name)


def test_sets_of_papers(folder: Path) -> None:
    """Several papers are cited by all that cite one of them; of too many, only the number."""
    index = CitationIndex(folder)
    count, ids = index.list_records(["a", "b"], Direction.CITING, 10)
    assert (count, set(ids)) == (2, {"a", "d"})
    assert index.list_records(["a", "b"], Direction.CITED, 1) == (2, ())
    assert index.list_records(["elsewhere"], Direction.CITED, 1) == (0, ())


def test_a_generation_without_the_file(tmp_path: Path) -> None:
    """Where no dump names references nothing is known."""
    index = CitationIndex(tmp_path)
    assert not index
    assert index.read("a") == Citations()
    assert index.list_records(["a"], Direction.CITED, 1) == (0, ())


@pytest.mark.parametrize("damage", [b"", b"PAPCITE1", b"x" * 100])
def test_damage_is_logged(
    folder: Path, tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """With a damaged file searches go on without citations, and the log says so."""
    (tmp_path / "ledger").symlink_to(folder / "ledger")
    (tmp_path / CITATIONS).write_bytes(damage)
    with caplog.at_level(logging.WARNING):
        assert CitationIndex(tmp_path).read("a") == Citations()
    assert "papers verify" in caplog.text


def test_damaged_numbers_are_no_crash(folder: Path, tmp_path: Path) -> None:
    """Numbers of no work are passed over."""
    content = (folder / CITATIONS).read_bytes()
    (tmp_path / "ledger").symlink_to(folder / "ledger")
    for at in range(24, len(content), 4):
        (tmp_path / CITATIONS).write_bytes(content[:at] + b"\xff" * 4 + content[at + 4 :])
        found = CitationIndex(tmp_path).read("a")
        assert set(found.references) | set(found.cited_by) <= {"a", "b", "c", "d"}
    assert len(content) > 24
