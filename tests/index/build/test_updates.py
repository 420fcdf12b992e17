"""Answers: is an index that was updated the same as one that was built from what it now holds?"""

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
from search.engines.engine import open_engine
from search.request.search_request import SearchRequest

SETTINGS = BuildSettings(date="2024-01-02", processes=0)
WORDS = [f"word{letter}{number}" for letter in "abcdefgh" for number in range(20)]
PEOPLE = [f"{given} {family}" for given in ("Ada", "Wei", "Ming") for family in ("Lee", "Ray")]

Line = dict[str, Any]


def work(number: int) -> Line:
    """Give what all records of a work have."""
    chance = random.Random(number)
    return {
        "title": " ".join(chance.sample(WORDS, 6)),
        "abstract": " ".join(chance.sample(WORDS, 30)),
        "authors": chance.sample(PEOPLE, 2),
    }


def preprint(number: int, version: int = 1) -> Line:
    """Give the record that a repository has of a work."""
    told = f"Version {version}." if version > 1 else ""
    shown = work(number)
    return shown | {"id": f"pre-{number}", "year": 2020, "venue": "arXiv",
                    "abstract": f"{shown['abstract']} {told}"}  # fmt: skip


def published(number: int, version: int = 1) -> Line:
    """Give the record that a conference has of a work."""
    return work(number) | {"id": f"pub-{number}", "year": 2021, "venue": "ICML",
                           "citations": version}  # fmt: skip


def dump(path: Path, lines: list[Line]) -> str:
    """Write lines."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return str(path)


def shown(paper: Paper) -> tuple[object, ...]:
    """Give what of a paper does not depend on the file it was read from."""
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


def held(directory: Path) -> list[tuple[object, ...]]:
    """Give every paper that a search finds, by id."""
    hits = Searcher(directory).search(SearchRequest("", per_page=100)).hits
    return sorted(shown(hit.paper) for hit in hits)


def expected(lines: list[Line]) -> list[tuple[object, ...]]:
    """Give the works of records that are all there at once."""
    own = [json.dumps(line).encode() for line in lines]
    papers = [
        normalise(convert(msgspec.json.decode(line, type=OwnRecord), Source())) for line in own
    ]
    return sorted(map(shown, join_papers(papers)))


def check(directory: Path, lines: dict[str, Line]) -> None:
    """See that the index holds the works of these records, each record once, and no other."""
    assert held(directory) == expected(list(lines.values()))
    folder = find_current_folder(directory)
    manifest = read_manifest(folder)
    with load_engine(manifest.engine).open_reader(folder / ENGINE) as papers:
        ledger = Ledger(folder / LEDGER)
        keys = {key for _, key in ledger.list_keys(0)}
        assert keys == set(lines)
        assert all(papers.read_paper(key, row=True) for key in keys)
        ledger.close()
    assert manifest.records == len(lines)
    assert manifest.papers == len(expected(list(lines.values())))


@pytest.mark.parametrize("seed", range(8))
def test_updates_give_what_a_build_gives(tmp_path: Path, seed: int) -> None:
    """After any updates and removals the index holds the works of what is there, all at once."""
    chance = random.Random(seed)
    index = tmp_path / "index"
    lines = {line["id"]: line for line in (preprint(n) for n in range(5))}
    build(index, (dump(tmp_path / "d.jsonl", list(lines.values())),), SETTINGS)
    for step in range(5):
        makes = [(chance.choice((preprint, published)), chance.randrange(9)) for _ in range(6)]
        new = [make(number, chance.randrange(1, 4)) for make, number in makes]
        before = dict(lines)
        lines |= {line["id"]: line for line in new}
        _, report = add(index, (dump(tmp_path / f"{step}.jsonl", new),), SETTINGS)
        assert report.adds_up()
        assert report.read == len(new)
        assert report.new == len(lines.keys() - before.keys())
        assert report.changed == sum(lines[key] != line for key, line in before.items())
        if step % 2:
            gone = chance.sample(sorted(lines), 2)
            _, report = remove(index, gone, SETTINGS)
            assert report.deleted == 2
            lines = {key: line for key, line in lines.items() if key not in gone}
        check(index, lines)


@pytest.mark.parametrize("engine_name", ENGINES)
def test_every_engine_is_updated(tmp_path: Path, engine_name: str) -> None:
    """What is new, changed and joined is found, and what was before is not, in every engine."""
    index = tmp_path / "index"
    settings = BuildSettings(date="2024-01-02", processes=0, engine=engine_name)
    old = [preprint(1), preprint(2), published(3)]
    build(index, (dump(tmp_path / "1.jsonl", old),), settings)
    new = [published(1), preprint(2, 2), preprint(4)]
    add(index, (dump(tmp_path / "2.jsonl", new),), SETTINGS)
    check(index, {line["id"]: line for line in (*old, *new)})
    with load_engine(engine_name).open_reader(find_current_folder(index) / ENGINE) as papers:
        row, whole = papers.read_paper("pub-1", row=True), papers.read_paper("pub-1")
    assert row
    assert whole
    assert len(row) < len(whole)


def test_the_same_dump_again_changes_nothing(tmp_path: Path) -> None:
    """Records that are there already, in whatever file, make no generation."""
    index = tmp_path / "index"
    # The first version of 1 is no longer there when the dump is read again.
    lines = [preprint(1), published(1), preprint(2), preprint(1, 2), preprint(3)]
    build(index, (dump(tmp_path / "d.jsonl", lines),), SETTINGS)
    before, name = held(index), read_current_name(index)
    for path in ("d.jsonl", "other.jsonl"):
        manifest, report = add(index, (dump(tmp_path / path, lines),), SETTINGS)
        assert (report.new, report.changed, report.deleted) == (0, 0, 0)
        assert (report.read, report.unchanged + report.merged) == (5, 5)
        assert manifest.name == name
    assert list_generations(index) == [name]
    assert held(index) == before


def test_parts_wait_for_their_paper(tmp_path: Path) -> None:
    """An abstract joins the paper of its id, whichever comes first, and is no paper without it."""
    index = tmp_path / "index"
    paper = {"corpusid": 7, "title": "On Case Seven", "externalids": {}, "authors": [],
             "venue": "", "year": 2020, "url": "https://x.org/7", "citationcount": 1,
             "referencecount": 0, "influentialcitationcount": 0, "isopenaccess": False}  # fmt: skip
    abstract = {"corpusid": 7, "openaccessinfo": {"externalids": {}, "license": None},
                "abstract": "We say what seven is."}  # fmt: skip
    build(index, (dump(tmp_path / "d.jsonl", [preprint(1)]),), SETTINGS)
    _, report = add(index, (dump(tmp_path / "abstracts.jsonl", [abstract]),), SETTINGS)
    assert (report.read, report.skipped, report.papers) == (1, 1, 1)
    assert len(held(index)) == 1
    _, report = add(index, (dump(tmp_path / "papers.jsonl", [paper]),), SETTINGS)
    assert (report.read, report.papers) == (1, 2)
    assert [row[2] for row in held(index) if row[0] == "s2:7"] == ["We say what seven is."]


def test_a_changed_record_leaves_its_work(tmp_path: Path) -> None:
    """A record that says something else now is a paper of its own again, and so is the other."""
    index = tmp_path / "index"
    build(index, (dump(tmp_path / "1.jsonl", [preprint(1), published(1)]),), SETTINGS)
    assert len(held(index)) == 1
    other = work(2) | {"id": "pub-1"}
    _, report = add(index, (dump(tmp_path / "2.jsonl", [other]),), SETTINGS)
    assert (report.new, report.changed, report.deleted) == (0, 1, 0)
    check(index, {"pre-1": preprint(1), "pub-1": other})


def test_rows_stand_behind_their_work(tmp_path: Path) -> None:
    """The engine holds each record of a work besides the work, and a search finds one of them."""
    index = tmp_path / "index"
    build(index, (dump(tmp_path / "1.jsonl", [preprint(1), published(1)]),), SETTINGS)
    manifest = read_manifest(find_current_folder(index))
    assert (manifest.papers, manifest.records, manifest.documents) == (1, 2, 3)
    found = open_engine(manifest.engine, find_current_folder(index) / ENGINE)
    assert found.count_documents("dup", ROW) == 2
    assert Searcher(index).search(SearchRequest("")).total == 1


def test_a_dry_run_leaves_everything(tmp_path: Path) -> None:
    """What a dry run would do is counted, and nothing is put in use or left behind."""
    index = tmp_path / "index"
    path = dump(tmp_path / "1.jsonl", [preprint(1), published(1), preprint(2)])
    trying = BuildSettings(date="2024-01-02", dry_run=True)
    _, report = build(index, (path,), trying)
    assert (report.read, report.indexed, report.merged) == (3, 2, 1)
    with pytest.raises(IndexMissing):
        find_current_folder(index)
    build(index, (path,), SETTINGS)
    name = read_current_name(index)
    _, report = add(index, (dump(tmp_path / "2.jsonl", [preprint(2, 2), preprint(3)]),), trying)
    assert (report.new, report.changed) == (1, 1)
    assert list_generations(index) == [name]
    assert len(list((index / "generations").iterdir())) == 1


def test_limit_and_since(tmp_path: Path) -> None:
    """Of each dump so many records are read, and those are skipped that have not changed since."""
    lines = [preprint(n) | {"updated": f"2024-0{n}-01"} for n in range(1, 6)]
    one, two = dump(tmp_path / "1.jsonl", lines), dump(tmp_path / "2.jsonl", [preprint(9)] * 3)
    _, report = build(tmp_path / "a", (one, two), BuildSettings(limit=2))
    assert (report.read, report.indexed) == (4, 3)
    _, report = build(tmp_path / "b", (one,), BuildSettings(since="2024-03-01"))
    assert (report.read, report.indexed, report.skipped) == (5, 3, 2)
    _, report = build(tmp_path / "c", (one, two), BuildSettings(since="2024-03-01"))
    assert (report.read, report.indexed, report.skipped, report.merged) == (8, 4, 2, 2)


def test_too_many_rejects_leave_the_index(tmp_path: Path) -> None:
    """An update of mostly bad records changes nothing."""
    index = tmp_path / "index"
    build(index, (dump(tmp_path / "1.jsonl", [preprint(1)]),), SETTINGS)
    before = held(index)
    bad: list[Line] = [{"id": f"bad-{n}", "title": ""} for n in range(20)]
    with pytest.raises(TooManyRejects):
        add(index, (dump(tmp_path / "2.jsonl", [preprint(2), *bad]),), SETTINGS)
    assert held(index) == before
    assert len(list((index / "generations").iterdir())) == 1


def test_only_an_index_is_updated(tmp_path: Path) -> None:
    """Where nothing was built, nothing is added, and no folder is made."""
    with pytest.raises(IndexMissing):
        add(tmp_path / "index", (dump(tmp_path / "1.jsonl", [preprint(1)]),), SETTINGS)
    assert not (tmp_path / "index").exists()
