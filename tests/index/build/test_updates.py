"""Check that an updated index equals one that is built from the records it now holds."""

import json
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest

from index.build.operations import add, build, remove
from index.engines.engine import ENGINES, load_engine
from index.errors import IndexMissing, TooManyRejects
from index.fields import ROW
from index.formats.jsonl import OwnRecord, convert
from index.normalise.paper import normalise
from index.records import Paper, Source
from index.settings import BuildSettings
from index.store.generations import ENGINE, find_current_folder, read_current_name
from index.store.history import list_generations
from index.store.ledger import LEDGER, Ledger
from index.store.manifest import read_manifest
from index.works.matcher import join_papers
from search.answers.searcher import Searcher
from search.engines.checked_engine import open_engine
from search.request.search_request import SearchRequest

SETTINGS = BuildSettings(date="2024-01-02", processes=0)
WORDS = [f"word{letter}{number}" for letter in "abcdefgh" for number in range(20)]
PEOPLE = [f"{given} {family}" for given in ("Ada", "Wei", "Ming") for family in ("Lee", "Ray")]

Line = dict[str, Any]


def make_work(number: int) -> Line:
    """Make the fields that all records of a work share."""
    chance = random.Random(number)
    return {
        "title": " ".join(chance.sample(WORDS, 6)),
        "abstract": " ".join(chance.sample(WORDS, 30)),
        "authors": chance.sample(PEOPLE, 2),
    }


def make_preprint(number: int, version: int = 1) -> Line:
    """Make the record that a repository has of a work."""
    note = f"Version {version}." if version > 1 else ""
    fields = make_work(number)
    return fields | {"id": f"pre-{number}", "year": 2020, "venue": "arXiv",
                    "abstract": f"{fields['abstract']} {note}"}  # fmt: skip


def make_published(number: int, version: int = 1) -> Line:
    """Make the record that a conference has of a work."""
    return make_work(number) | {"id": f"pub-{number}", "year": 2021, "venue": "ICML",
                           "citations": version}  # fmt: skip


def make_column(number: int, version: int = 1) -> Line:
    """Make a column that has one title in all years, and a volume in its second version."""
    fields = {"title": "Notes from the Harbour", "authors": PEOPLE[:1], "year": 2010 + number}
    place = {"venue": "Tides", "venue_kind": "journal"}
    volume = {"volume": str(number)} if version > 1 else {}
    return {"id": f"column-{number}"} | fields | place | volume


def write_dump(path: Path, lines: list[Line]) -> str:
    """Write a dump and return its path."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return str(path)


def summarise_paper(paper: Paper) -> tuple[object, ...]:
    """Return the facts of a paper that do not depend on the file it was read from."""
    places = [(s.venue, s.year, s.type) for s in paper.appearances]
    return (
        paper.id,
        paper.title,
        paper.abstract,
        paper.authors,
        places,
        paper.ids,
        paper.citations,
    )


def list_held(directory: Path) -> list[tuple[object, ...]]:
    """Return every paper that a search finds, by id."""
    hits = Searcher(directory).search(SearchRequest("", per_page=100)).hits
    return sorted(summarise_paper(hit.paper) for hit in hits)


def join_lines(lines: list[Line]) -> list[tuple[object, ...]]:
    """Return the works that records form when all are there at once."""
    own = [json.dumps(line).encode() for line in lines]
    papers = [
        normalise(convert(msgspec.json.decode(line, type=OwnRecord), Source())) for line in own
    ]
    return sorted(map(summarise_paper, join_papers(papers)))


def check_index(directory: Path, lines: dict[str, Line]) -> None:
    """Check that the index holds the works of these records, each record once, and no other."""
    assert list_held(directory) == join_lines(list(lines.values()))
    folder = find_current_folder(directory)
    manifest = read_manifest(folder)
    with load_engine(manifest.engine).open_reader(folder / ENGINE) as papers:
        ledger = Ledger(folder / LEDGER)
        keys = {key for _, key in ledger.list_keys(0)}
        assert keys == set(lines)
        assert all(papers.read_paper(key, row=True) for key in keys)
        ledger.close()
    assert manifest.records == len(lines)
    assert manifest.papers == len(join_lines(list(lines.values())))


@pytest.mark.parametrize("seed", range(8))
def test_updates_equal_a_build(tmp_path: Path, seed: int) -> None:
    """After any updates and removals the index holds what a build from its records would."""
    chance = random.Random(seed)
    index = tmp_path / "index"
    lines = {line["id"]: line for line in (make_preprint(n) for n in range(5))}
    build(index, (write_dump(tmp_path / "d.jsonl", list(lines.values())),), SETTINGS)
    for step in range(5):
        makes = [
            (chance.choice((make_preprint, make_published, make_column)), chance.randrange(9))
            for _ in range(6)
        ]
        new = [make(number, chance.randrange(1, 4)) for make, number in makes]
        before = dict(lines)
        lines |= {line["id"]: line for line in new}
        _, report = add(index, (write_dump(tmp_path / f"{step}.jsonl", new),), SETTINGS)
        assert report.adds_up()
        assert report.read == len(new)
        assert report.new == len(lines.keys() - before.keys())
        assert report.changed == sum(lines[key] != line for key, line in before.items())
        if step % 2:
            gone = chance.sample(sorted(lines), 2)
            _, report = remove(index, gone, SETTINGS)
            assert report.deleted == 2
            lines = {key: line for key, line in lines.items() if key not in gone}
        check_index(index, lines)


@pytest.mark.parametrize("engine_name", ENGINES)
def test_every_engine_is_updated(tmp_path: Path, engine_name: str) -> None:
    """In every engine new, changed and joined papers are found, and their old forms are not."""
    index = tmp_path / "index"
    settings = BuildSettings(date="2024-01-02", processes=0, engine=engine_name)
    old = [make_preprint(1), make_preprint(2), make_published(3)]
    build(index, (write_dump(tmp_path / "1.jsonl", old),), settings)
    new = [make_published(1), make_preprint(2, 2), make_preprint(4)]
    add(index, (write_dump(tmp_path / "2.jsonl", new),), SETTINGS)
    check_index(index, {line["id"]: line for line in (*old, *new)})
    with load_engine(engine_name).open_reader(find_current_folder(index) / ENGINE) as papers:
        row, whole = papers.read_paper("pub-1", row=True), papers.read_paper("pub-1")
    assert row
    assert whole
    assert len(row) < len(whole)


def test_the_same_dump_again_changes_nothing(tmp_path: Path) -> None:
    """Records that the index has, in whatever file, make no generation."""
    index = tmp_path / "index"
    # The index no longer has the first version of 1 when the dump is read again.
    lines = [
        make_preprint(1),
        make_published(1),
        make_preprint(2),
        make_preprint(1, 2),
        make_preprint(3),
    ]
    build(index, (write_dump(tmp_path / "d.jsonl", lines),), SETTINGS)
    before, name = list_held(index), read_current_name(index)
    for path in ("d.jsonl", "other.jsonl"):
        manifest, report = add(index, (write_dump(tmp_path / path, lines),), SETTINGS)
        assert (report.new, report.changed, report.deleted) == (0, 0, 0)
        assert (report.read, report.unchanged + report.merged) == (5, 5)
        assert manifest.name == name
    assert list_generations(index) == [name]
    assert list_held(index) == before


def test_parts_wait_for_their_paper(tmp_path: Path) -> None:
    """An abstract joins the paper of its id, whichever comes first; alone it is not a paper."""
    index = tmp_path / "index"
    paper = {"corpusid": 7, "title": "On Case Seven", "externalids": {}, "authors": [],
             "venue": "", "year": 2020, "url": "https://x.org/7", "citationcount": 1,
             "referencecount": 0, "influentialcitationcount": 0, "isopenaccess": False}  # fmt: skip
    abstract = {"corpusid": 7, "openaccessinfo": {"externalids": {}, "license": None},
                "abstract": "We say what seven is."}  # fmt: skip
    build(index, (write_dump(tmp_path / "d.jsonl", [make_preprint(1)]),), SETTINGS)
    _, report = add(index, (write_dump(tmp_path / "abstracts.jsonl", [abstract]),), SETTINGS)
    assert (report.read, report.skipped, report.papers) == (1, 1, 1)
    assert len(list_held(index)) == 1
    _, report = add(index, (write_dump(tmp_path / "papers.jsonl", [paper]),), SETTINGS)
    assert (report.read, report.papers) == (1, 2)
    assert [row[2] for row in list_held(index) if row[0] == "s2:7"] == ["We say what seven is."]


def test_a_changed_record_leaves_its_work(tmp_path: Path) -> None:
    """If a record of a work changes, both its records are papers of their own again."""
    index = tmp_path / "index"
    build(
        index, (write_dump(tmp_path / "1.jsonl", [make_preprint(1), make_published(1)]),), SETTINGS
    )
    assert len(list_held(index)) == 1
    other = make_work(2) | {"id": "pub-1"}
    _, report = add(index, (write_dump(tmp_path / "2.jsonl", [other]),), SETTINGS)
    assert (report.new, report.changed, report.deleted) == (0, 1, 0)
    check_index(index, {"pre-1": make_preprint(1), "pub-1": other})


def test_rows_stand_behind_their_work(tmp_path: Path) -> None:
    """The engine holds a work and each of its records, and a search finds only the work."""
    index = tmp_path / "index"
    build(
        index, (write_dump(tmp_path / "1.jsonl", [make_preprint(1), make_published(1)]),), SETTINGS
    )
    manifest = read_manifest(find_current_folder(index))
    assert (manifest.papers, manifest.records, manifest.documents) == (1, 2, 3)
    found = open_engine(manifest.engine, find_current_folder(index) / ENGINE)
    assert found.count_documents("dup", ROW) == 2
    assert Searcher(index).search(SearchRequest("")).total == 1


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    """A dry run reports what it would do, and leaves nothing behind."""
    index = tmp_path / "index"
    path = write_dump(tmp_path / "1.jsonl", [make_preprint(1), make_published(1), make_preprint(2)])
    trying = BuildSettings(date="2024-01-02", dry_run=True)
    _, report = build(index, (path,), trying)
    assert (report.read, report.indexed, report.merged) == (3, 2, 1)
    with pytest.raises(IndexMissing):
        find_current_folder(index)
    build(index, (path,), SETTINGS)
    name = read_current_name(index)
    _, report = add(
        index, (write_dump(tmp_path / "2.jsonl", [make_preprint(2, 2), make_preprint(3)]),), trying
    )
    assert (report.new, report.changed) == (1, 1)
    assert list_generations(index) == [name]
    assert len(list((index / "generations").iterdir())) == 1


def test_limit_and_since(tmp_path: Path) -> None:
    """A limit holds for each dump, and records that have not changed since a day are skipped."""
    lines = [make_preprint(n) | {"updated": f"2024-0{n}-01"} for n in range(1, 6)]
    one, two = (
        write_dump(tmp_path / "1.jsonl", lines),
        write_dump(tmp_path / "2.jsonl", [make_preprint(9)] * 3),
    )
    _, report = build(tmp_path / "a", (one, two), BuildSettings(limit=2))
    assert (report.read, report.indexed) == (4, 3)
    _, report = build(tmp_path / "b", (one,), BuildSettings(since="2024-03-01"))
    assert (report.read, report.indexed, report.skipped) == (5, 3, 2)
    _, report = build(tmp_path / "c", (one, two), BuildSettings(since="2024-03-01"))
    assert (report.read, report.indexed, report.skipped, report.merged) == (8, 4, 2, 2)


def test_too_many_rejects_leave_the_index(tmp_path: Path) -> None:
    """An update of mostly bad records changes nothing."""
    index = tmp_path / "index"
    build(index, (write_dump(tmp_path / "1.jsonl", [make_preprint(1)]),), SETTINGS)
    before = list_held(index)
    bad: list[Line] = [{"id": f"bad-{n}", "title": ""} for n in range(20)]
    with pytest.raises(TooManyRejects):
        add(index, (write_dump(tmp_path / "2.jsonl", [make_preprint(2), *bad]),), SETTINGS)
    assert list_held(index) == before
    assert len(list((index / "generations").iterdir())) == 1


def test_only_an_index_is_updated(tmp_path: Path) -> None:
    """Without an index an update fails and creates no folder."""
    with pytest.raises(IndexMissing):
        add(tmp_path / "index", (write_dump(tmp_path / "1.jsonl", [make_preprint(1)]),), SETTINGS)
    assert not (tmp_path / "index").exists()
