"""Check which works cite which after builds and updates."""

import gc
import random
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from index.build import ingest
from index.build.operations import add, build, remove
from index.references.citation_file import CITATIONS
from index.references.identifier_file import MOST_WORKS
from index.references.reference_writer import IDENTIFIERS, REFERENCES
from index.store.generations import find_current_folder
from index.store.history import list_generations, roll_back
from tests.support.citing_papers import (
    SETTINGS,
    list_back_edges,
    list_edges,
    make_line,
    write_dump,
)

FILES = (REFERENCES, IDENTIFIERS, CITATIONS)


def build_lines(folder: Path, *lines: dict[str, Any]) -> Path:
    """Build an index of records and return its folder."""
    build(folder / "index", [write_dump(folder / "dump.jsonl", lines)], SETTINGS)
    return folder / "index"


def test_references_lead_to_works(tmp_path: Path) -> None:
    """A reference finds a paper by its id, its DOI or its arXiv id, whichever came first."""
    directory = build_lines(
        tmp_path,
        make_line("a", ["10.1000/B", "c", "arxiv:2006.04779v2", "nowhere", "a"]),
        make_line("b", ids={"doi": "10.1000/b"}),
        make_line("c", ["b"]),
        make_line("d", ids={"doi": "10.48550/arXiv.2006.04779"}),
    )
    expected = {("a", "b"), ("a", "c"), ("a", "d"), ("c", "b")}
    assert list_edges(directory) == expected
    assert list_back_edges(directory) == expected


def test_no_references_cost_nothing(tmp_path: Path) -> None:
    """A dump without references leaves none of the files."""
    folder = find_current_folder(build_lines(tmp_path, make_line("a"), make_line("b")))
    assert [name for name in FILES if (folder / name).exists()] == []


def test_a_work_cites_what_its_records_cite(tmp_path: Path) -> None:
    """The references of a work are those of all its records, and lead to works."""
    shared = {
        "title": "One Work in Two Places",
        "authors": ["Ada Stone"],
        "ids": {"doi": "10.1000/w"},
    }
    directory = build_lines(
        tmp_path,
        make_line("w-1", ["x"]) | shared,
        make_line("w-2", ["y", "w-1"]) | shared,
        make_line("x", ["w-2"]),
        make_line("y"),
    )
    assert list_back_edges(directory) >= {("x", "w-1"), ("x", "w-2")}
    found = {other for one, other in list_edges(directory) if one == "w-2"}
    assert found == {"x", "y"}


def test_an_identifier_of_many_works_identifies_none(tmp_path: Path) -> None:
    """Some works of one identifier are all cited, many are not."""
    some = [make_line(f"s{n}", ids={"mag": "1"}) for n in range(MOST_WORKS)]
    many = [make_line(f"m{n}", ids={"mag": "2"}) for n in range(MOST_WORKS + 1)]
    directory = build_lines(tmp_path, make_line("a", ["mag:1", "mag:2"]), *some, *many)
    assert list_edges(directory) == {("a", line["id"]) for line in some}


def test_a_rollback_brings_the_citations_back(tmp_path: Path) -> None:
    """Citations belong to a generation."""
    directory = build_lines(tmp_path, make_line("a", ["b"]), make_line("b"))
    remove(directory, ["b"], SETTINGS)
    assert list_edges(directory) == set()
    assert len(list_generations(directory)) == 2
    roll_back(directory)
    assert list_edges(directory) == {("a", "b")}


def test_the_last_references_take_their_files_with_them(tmp_path: Path) -> None:
    """An update that removes the last record with references leaves none of the files."""
    directory = build_lines(tmp_path, make_line("a", ["b"]), make_line("b"))
    remove(directory, ["a"], SETTINGS)
    folder = find_current_folder(directory)
    assert [name for name in FILES if (folder / name).exists()] == []


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It reads references, and neither resolves them nor keeps them."""
    directory = build_lines(tmp_path, make_line("a"))
    before = find_current_folder(directory)
    dump = write_dump(tmp_path / "more.jsonl", [make_line("b", ["a"])])
    _, report = add(directory, [dump], replace(SETTINGS, dry_run=True))
    assert report.new == 1
    assert find_current_folder(directory) == before
    assert [name for name in FILES if (before / name).exists()] == []


def test_the_same_in_processes(tmp_path: Path) -> None:
    """References are the same if other processes prepare the records."""
    lines = [make_line(f"p{n}", [f"p{n // 2}", f"doi:10.1000/{n}"]) for n in range(500)]
    dump, found = write_dump(tmp_path / "dump.jsonl", lines), []
    for processes in (0, 2):
        build(tmp_path / "index", [dump], replace(SETTINGS, processes=processes))
        folder = find_current_folder(tmp_path / "index")
        found.append([(folder / name).read_bytes() for name in (IDENTIFIERS, CITATIONS)])
    assert found[0] == found[1]
    assert len(list_edges(tmp_path / "index")) == 499


def test_an_interrupted_build_is_resumed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A resumed build has the citations from before and after the interruption."""
    monkeypatch.setattr(ingest, "COMMIT_SECONDS", 0.0)
    monkeypatch.setattr(ingest, "COMMIT_SHARE", float("inf"))
    lines = [make_line(f"p{n}", [f"p{n + 1}"]) for n in range(1_500)]
    dump, directory, told = write_dump(tmp_path / "dump.jsonl", lines), tmp_path / "index", 0

    def interrupt(_bytes: int, records: int) -> None:
        nonlocal told
        told += records
        if told > 700:
            raise KeyboardInterrupt

    resumed = replace(SETTINGS, resume=True)
    with pytest.raises(KeyboardInterrupt):
        build(directory, [dump], resumed, interrupt)
    gc.collect()  # the engine's lock goes with its writer, which the traceback held
    (left,) = (directory / "generations").glob("*.building")
    assert (left / REFERENCES).exists()
    build(directory, [dump], resumed)
    assert list_edges(directory) == {(f"p{n}", f"p{n + 1}") for n in range(1_499)}


def test_the_first_references_of_an_index(tmp_path: Path) -> None:
    """An update that brings them finds the papers that were there before."""
    directory = build_lines(tmp_path, make_line("a", ids={"doi": "10.1000/a"}))
    add(directory, [write_dump(tmp_path / "b.jsonl", [make_line("b", ["10.1000/a"])])], SETTINGS)
    assert list_edges(directory) == {("b", "a")}


@pytest.mark.parametrize("seed", range(3))
def test_updates_equal_a_build(tmp_path: Path, seed: int) -> None:
    """After any updates and removals the citations are those of a build from the records."""
    chance, held = random.Random(seed), dict[str, dict[str, Any]]()
    directory = tmp_path / "index"
    for step in range(6):
        names = [f"r{number}" for number in chance.sample(range(12), 4)]
        if step and chance.random() < 0.3:
            gone = [name for name in names if name in held]
            if len(gone) < len(held):
                remove(directory, gone, SETTINGS)
                held = {name: line for name, line in held.items() if name not in gone}
        else:
            some = [_make_random(name, chance) for name in names]
            held |= {line["id"]: line for line in some}
            dump = write_dump(tmp_path / f"{step}.jsonl", some)
            (add if step else build)(directory, [dump], SETTINGS)
        other = tmp_path / f"other{step}"
        build(other, [write_dump(tmp_path / "all.jsonl", held.values())], SETTINGS)
        assert list_edges(directory) == list_edges(other)
        assert list_back_edges(directory) == list_back_edges(other)
    assert len(held) > 1


def _make_random(name: str, chance: random.Random) -> dict[str, Any]:
    """Make one of two records of a work, which cites others by id or DOI, or nothing."""
    work = int(name[1:]) // 2
    cited = [
        chance.choice((f"r{number}", f"doi:10.1000/w{number // 2}"))
        for number in chance.sample(range(12), chance.choice((0, 1, 3)))
    ]
    fields = {
        "title": f"The Work of Number {work} on Tides",
        "authors": [f"Ada Stone{work}"],
        "year": 2000 + int(name[1:]),
    }  # the earlier record gives the work its id
    return make_line(name, cited, ids={"doi": f"10.1000/w{work}"}) | fields
