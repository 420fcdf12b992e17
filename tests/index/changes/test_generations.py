"""Check that all differences between two generations are found, and nothing else.

Every generation is built from dumps; what is expected is written down, or found by comparing all
papers of both with each other.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import msgspec
import pytest

from index.build.operations import add, build
from index.changes.generations import KINDS, Difference, compare_generations, find_pair
from index.engines.engine import ENGINES
from index.errors import GenerationCorrupt, GenerationMissing, GenerationOutdated, IndexMissing
from index.people.curation import CURATION
from index.store.generations import ENGINE, GENERATIONS
from index.store.history import list_generations, roll_back
from index.store.ledger import LEDGER
from tests.support.json_samples import OPENALEX, S2_ABSTRACT, SEMANTIC_SCHOLAR
from tests.support.two_generations import (
    SETTINGS,
    TURN,
    WALK,
    Record,
    compare_builds,
    list_latest,
    summarise,
    write_dump,
)

if TYPE_CHECKING:
    from pathlib import Path

PREPRINT = WALK | {"venue": "arXiv", "venue_kind": "repository", "type": "preprint", "status": ""}
ONE, OTHER = {"ids": {"doi": "10.1000/one"}}, {"ids": {"doi": "10.1000/other"}}
TWIN = WALK | {"id": "aaa", "venue": "NeurIPS", "year": 2021} | ONE
FAR = WALK | {"id": "zzz", "title": "Something else entirely", "authors": ["Cy Po"]}

CASES: dict[str, tuple[list[Record], list[Record], list[tuple[str, str, str]]]] = {
    "nothing": ([WALK], [WALK], []),
    "new": ([], [WALK], [("new", "walk", "")]),
    "gone": ([WALK, TURN], [TURN], [("gone", "walk", "")]),
    "title": ([WALK], [WALK | {"title": "Walks"}], [("changed", "walk", "title")]),
    "withdrawn": ([WALK], [WALK | {"status": "withdrawn"}], [("withdrawn", "walk", "status")]),
    "rejected": ([WALK], [WALK | {"status": "rejected"}], [("withdrawn", "walk", "status")]),
    "retracted": ([WALK], [WALK | {"status": "retracted"}], [("withdrawn", "walk", "status")]),
    "still withdrawn": (
        [WALK | {"status": "withdrawn"}],
        [WALK | {"status": "rejected"}],
        [("changed", "walk", "status")],
    ),
    "new and withdrawn": ([], [WALK | {"status": "withdrawn"}], [("new", "walk", "")]),
    "withdrawn is gone": ([WALK | {"status": "withdrawn"}], [], [("gone", "walk", "")]),
    "accepted after all": (
        [WALK | {"status": "rejected"}], [WALK], [("published", "walk", "status")],
    ),
    "published": ([PREPRINT], [WALK], [("published", "walk", "venue type status")]),
    "published and retracted": (
        [PREPRINT],
        [WALK | {"status": "retracted"}],
        [("withdrawn", "walk", "venue type status")],
    ),
    "a preprint again": ([WALK], [PREPRINT], [("changed", "walk", "venue type status")]),
    "another record joins": (
        [PREPRINT | ONE],
        [PREPRINT | ONE, TWIN],
        [("published", "aaa", "id venue year type status appearances ids")],
    ),
    "a record leaves": (
        [PREPRINT | ONE, TWIN],
        [PREPRINT | ONE],
        [("changed", "walk", "id venue year type status appearances ids")],
    ),
    "joined": (
        [WALK | OTHER, FAR | ONE],
        [WALK | ONE, FAR | ONE | {"title": WALK["title"], "authors": WALK["authors"]}],
        [("changed", "walk", "works ids")],
    ),
    "split": (
        [WALK | ONE, WALK | ONE | {"id": "zzz"}],
        [WALK | ONE, FAR | OTHER],
        [("changed", "walk", "works ids")],
    ),
    "renumbered": ([WALK, TURN, TWIN], [TWIN, WALK, TURN], []),
    "a third of a work changes": (
        [WALK, TWIN | {"ids": {}}, WALK | {"id": "mmm"}],
        [WALK, TWIN | {"ids": {}}, WALK | {"id": "mmm", "citations": 7}],
        [("changed", "walk", "citations")],
    ),
}  # fmt: skip


def _separate_record(case: int, record: Record) -> Record:
    """Return a record of one case that is a separate work from those of other cases."""
    mark = chr(ord("a") + case)
    ids = {scheme: f"{value}{mark}" for scheme, value in record.get("ids", {}).items()}
    authors = [f"{name}{mark}" for name in record["authors"]]
    return record | {"id": f"{mark}-{record['id']}", "authors": authors, "ids": ids}


@pytest.fixture(scope="module")
def all_cases(tmp_path_factory: pytest.TempPathFactory) -> list[Difference]:
    """Return the differences between two generations of the records of all cases."""
    before = [
        _separate_record(n, one) for n, (old, _, _) in enumerate(CASES.values()) for one in old
    ]
    now = [_separate_record(n, one) for n, (_, new, _) in enumerate(CASES.values()) for one in new]
    random.Random(3).shuffle(now)
    return compare_builds(tmp_path_factory.mktemp("cases"), before, now)


@pytest.mark.parametrize("case", CASES)
def test_what_becomes_of_a_work(case: str, all_cases: list[Difference]) -> None:
    """Each work that differs is listed once, with its kind and the fields that differ."""
    mark = chr(ord("a") + list(CASES).index(case)) + "-"
    found = [(kind, name.removeprefix(mark), fields) for kind, name, fields in summarise(all_cases)
             if name.startswith(mark)]  # fmt: skip
    assert found == CASES[case][2]


def test_order(all_cases: list[Difference]) -> None:
    """Differences are sorted by kind, then by id."""
    order = [(KINDS.index(one.kind), one.id) for one in all_cases]
    assert order == sorted(set(order))
    assert {one.kind for one in all_cases} == set(KINDS)


def test_limit_and_counts(tmp_path: Path) -> None:
    """A limit applies to each kind, keeps the first ids, and does not affect the counts."""
    index = tmp_path / "ix"
    olds = [TURN | {"id": f"o{n}", "title": f"Old thing {n}"} for n in range(4)]
    news = [TURN | {"id": f"n{n}", "title": f"New thing {n}"} for n in (3, 1, 2)]
    for records in (olds, news):
        build(index, (write_dump(tmp_path / "d", records),), SETTINGS)
    with compare_generations(*find_pair(index)) as comparison:
        assert comparison.counts == dict.fromkeys(KINDS, 0) | {"new": 3, "gone": 4}
        first = [one.id for one in comparison.list_differences(2)]
        assert first == ["n1", "n2", "o0", "o1"]
        assert [one.id for one in comparison.list_differences(0)] == []


def test_former_names_are_not_shown(tmp_path: Path) -> None:
    """Lists of changes have the present names, too; a change of the name alone is none."""
    index = tmp_path / "ix"
    former, present = TURN | {"authors": ["Bo Byron"]}, TURN | {"authors": ["Bea Byron"]}
    for records in ([former], [present, former | {"id": "n1", "title": "A new thing"}]):
        build(index, (write_dump(tmp_path / "d", records),), SETTINGS)
    text = '[[person]]\nname = "Bea Byron"\nhidden = ["Bo Byron"]\n'
    (index / CURATION).write_text(text, "utf-8")
    with compare_generations(*find_pair(index)) as comparison:
        found = [(one.kind, one.id, one.authors) for one in comparison.list_differences()]
    assert found == [("new", "n1", ("Bea Byron",))]


@pytest.mark.parametrize("name", ENGINES)
def test_an_update_differs_like_a_build(name: str, tmp_path: Path) -> None:
    """An update gives the same differences as a build, with every engine."""
    before = [WALK | ONE, TURN | {"status": "poster"}, FAR]
    now = [TWIN, TURN | {"status": "withdrawn"}, FAR | {"year": 2019}]
    settings = msgspec.structs.replace(SETTINGS, engine=name)
    built, updated = tmp_path / "built", tmp_path / "updated"
    old, new, both = (
        write_dump(tmp_path / "d", each) for each in (before, now, [WALK | ONE, *now])
    )
    for index in (built, updated):
        build(index, (old,), settings)
    build(built, (both,), settings)
    add(updated, (new,), settings)
    found = list_latest(updated)
    assert [(one.kind, one.id) for one in found] == [
        ("changed", "walk"), ("changed", "zzz"), ("withdrawn", "turn"),
    ]  # fmt: skip
    assert found == list_latest(built)


def test_an_id_that_was_merged_into_another(tmp_path: Path) -> None:
    """A paper that lives on under the id of another paper is joined to it, not gone."""
    index, works, merged = tmp_path / "ix", tmp_path / "d" / "works", tmp_path / "d" / "merged_ids"
    seven = {"id": "https://openalex.org/W7", "title": "Left turns", "type": "article"}
    works.mkdir(parents=True)
    merged.mkdir()
    write_dump(works, [OPENALEX, seven])
    build(index, (str(tmp_path / "d"),), SETTINGS)
    (merged / "a.csv").write_text("merge_date,id,merge_into_id\n2024-02-01,W7,W4100000001\n")
    add(index, (str(merged),), SETTINGS)
    (found,) = list_latest(index)
    assert (found.kind, found.id) == ("changed", "openalex:W4100000001")
    assert found.changed[0].field == "works"
    assert found.changed[0].old == "openalex:W4100000001, openalex:W7"


def test_a_part_that_comes_later(tmp_path: Path) -> None:
    """An abstract in a separate file changes its paper; without a paper it changes nothing."""
    index = tmp_path / "ix"
    build(index, (write_dump(tmp_path / "d", [SEMANTIC_SCHOLAR]),), SETTINGS)
    add(index, (write_dump(tmp_path / "d", [S2_ABSTRACT]),), SETTINGS)
    assert summarise(list_latest(index)) == [("changed", "s2:9100001", "abstract ids")]
    add(
        index,
        (write_dump(tmp_path / "d", [S2_ABSTRACT | {"corpusid": 5, "openaccessinfo": {}}]),),
        SETTINGS,
    )
    assert list_latest(index) == []


def test_names_of_generations(tmp_path: Path) -> None:
    """By default the generation in use and the one it replaced; a unique beginning is enough."""
    index = tmp_path / "ix"
    with pytest.raises(IndexMissing):
        find_pair(index)
    dumps = [write_dump(tmp_path / "d", [TURN | {"year": year}]) for year in (2001, 2002, 2003)]
    build(index, dumps[:1], SETTINGS)
    with pytest.raises(GenerationMissing, match="no older generation"):
        find_pair(index)
    for later in dumps[1:]:
        build(index, (later,), SETTINGS)
    a, b, c = list_generations(index)

    def names(*given: str | None) -> tuple[str, ...]:
        return tuple(folder.name for folder in find_pair(index, *given))

    assert names() == names(None, c) == names(b) == names(b, c) == (b, c)
    assert names(None, b) == names(a[:-3], b[:-1]) == (a, b)
    assert names(c, a) == (c, a)
    roll_back(index)
    assert names() == (a, b)
    pairs = ((a[:4], f"no single .* '{a[:4]}'"), ("x", "no generation 'x'"), ("", "''"))
    for beginning, said in pairs:
        with pytest.raises(GenerationMissing, match=said):
            find_pair(index, beginning)


def test_what_cannot_be_compared(tmp_path: Path) -> None:
    """A missing or damaged ledger is reported, and so is a paper that the engine lacks."""
    index = tmp_path / "ix"
    for year in (2001, 2002):
        build(index, (write_dump(tmp_path / "d", [TURN | {"year": year}]),), SETTINGS)
    old, new = find_pair(index)
    with compare_generations(old, new) as comparison:
        (old / LEDGER).rename(tmp_path / "away")
        assert comparison.counts["changed"] == 1
    with pytest.raises(GenerationOutdated, match="no ledger"), compare_generations(old, new):
        pass
    (old / LEDGER).write_bytes(b"x" * (tmp_path / "away").stat().st_size)
    with pytest.raises(GenerationCorrupt, match="ledger has changed since it was written"):
        list_latest(index)
    other = tmp_path / "other"
    build(other, (write_dump(tmp_path / "d", [WALK]),), SETTINGS)
    (tmp_path / "away").replace(old / LEDGER)
    (folder,) = (other / GENERATIONS).iterdir()
    (old / ENGINE).rename(old / "was")
    (folder / ENGINE).rename(old / ENGINE)
    said = f"{old.name}.* does not find the paper 'turn'"
    with pytest.raises(GenerationCorrupt, match=said), compare_generations(old, new):
        pass
