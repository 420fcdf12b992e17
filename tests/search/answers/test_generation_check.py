"""Test that a generation on which the start page fails is found before it is put in use."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.build.operations import add, build, remove
from index.engines.engine import ENGINES
from index.errors import GenerationCorrupt
from index.settings import BuildSettings
from index.store.generations import ENGINE, GENERATIONS, find_current_folder
from index.store.manifest import MANIFEST
from search.answers.generation_check import check_generation
from search.answers.searcher import Searcher
from search.request.facets import FACETS
from search.request.search_request import SearchRequest
from tests.support.made_works import make_indexes
from tests.support.paths import SAMPLE

SETTINGS = BuildSettings(processes=0)


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_generation_that_answers_passes(tmp_path: Path, engine: str) -> None:
    """Works, records and every facet of an intact generation can be searched."""
    make_indexes(engine, tmp_path)
    folders = [path for name in tmp_path.iterdir() for path in (name / GENERATIONS).iterdir()]
    assert len(folders) == 3
    for folder in folders:
        check_generation(folder)
        check_generation(folder, tuple(FACETS))


@pytest.mark.parametrize("engine", list(ENGINES))
def test_an_empty_generation_passes(tmp_path: Path, engine: str) -> None:
    """An index from which every paper was removed answers that it has none."""
    dump = tmp_path / "one.jsonl"
    dump.write_text('{"id": "a", "title": "Only paper"}\n', "utf-8")
    index = tmp_path / "index"
    build(index, [str(dump)], BuildSettings(engine=engine, processes=0), check=check_generation)
    remove(index, ["a"], SETTINGS, check_generation)
    assert Searcher(index).search(SearchRequest()).total == 0


def empty_middle(path: Path) -> None:
    """Replace the middle half of a file by zeros."""
    content = path.read_bytes()
    quarter = len(content) // 4
    path.write_bytes(content[:quarter] + bytes(2 * quarter) + content[3 * quarter :])


def cut_file(path: Path) -> None:
    """Cut a file in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("damage", [empty_middle, cut_file, Path.unlink])
@pytest.mark.parametrize("suffix", [".fast", ".store"])
def test_damage_is_found(
    index_of: Callable[..., Path], suffix: str, damage: Callable[[Path], None]
) -> None:
    """Columns that cannot be counted and papers that cannot be read fail the check."""
    papers = ({"id": f"p{n}", "title": f"Paper {n}", "venue": f"V{n % 3}"} for n in range(50))
    folder = find_current_folder(index_of(*papers))
    for path in (folder / ENGINE).glob(f"*{suffix}"):
        damage(path)
    with pytest.raises(GenerationCorrupt, match="papers rollback"):
        check_generation(folder, tuple(FACETS))


def test_a_generation_that_fails_the_check_is_not_put_in_use(tmp_path: Path) -> None:
    """Builds and updates check the complete new generation; if that fails, the old one stays."""
    index, dump = tmp_path / "index", tmp_path / "more.jsonl"
    dump.write_text('{"id": "new", "title": "New paper"}\n', "utf-8")
    checked: list[Path] = []

    def note(folder: Path) -> None:
        assert (folder / MANIFEST).exists()
        checked.append(folder)

    def refuse(folder: Path) -> None:
        note(folder)
        raise GenerationCorrupt(folder.name, "it is not wanted")

    build(index, [str(SAMPLE)], SETTINGS, check=note)
    kept = find_current_folder(index)
    with pytest.raises(GenerationCorrupt):
        build(index, [str(dump)], SETTINGS, check=refuse)
    with pytest.raises(GenerationCorrupt):
        add(index, [str(dump)], SETTINGS, check=refuse)
    with pytest.raises(GenerationCorrupt):
        remove(index, ["vaswani-2017-attention"], SETTINGS, refuse)
    assert find_current_folder(index) == kept
    assert len(set(checked)) == 4
    assert Searcher(index).search(SearchRequest("new paper")).relaxed is not None
