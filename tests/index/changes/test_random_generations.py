"""Check the differences between generations of random records against a plain comparison."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from index.changes.generations import KINDS, find_pair
from index.changes.papers import FIELDS
from index.engines.engine import load_engine
from index.records import Paper, decode_paper, list_record_ids
from index.store.generations import ENGINE
from tests.support.two_generations import Record, compare_builds

if TYPE_CHECKING:
    from pathlib import Path


def _random_records(chance: random.Random) -> list[Record]:
    """Make records, some of which share a DOI and so are one work."""
    places = ["", "NeurIPS", "arXiv"]
    return [
        {
            "id": f"r{n}",
            "title": f"A made up title {chance.choice('xy')}",
            "authors": ["Ann Lee"],
            "ids": {"doi": f"10.1000/{chance.randrange(9)}"},
            "venue": chance.choice(places),
            "status": chance.choice(["", "", "withdrawn"]),
        }
        for n in range(16)
        if chance.random() < 0.8
    ]


def _works(folder: Path, names: list[str]) -> dict[str, Paper]:
    """Return the papers of a generation by id."""
    with load_engine("tantivy").open_reader(folder / ENGINE) as reader:
        found = {name: reader.read_paper(name) for name in names}
    return {name: decode_paper(one) for name, one in found.items() if one}


@pytest.mark.parametrize("seed", range(6))
def test_random_generations(seed: int, tmp_path: Path) -> None:
    """The differences agree with a plain comparison of all works."""
    chance = random.Random(seed)
    records = [_random_records(chance), _random_records(chance)]
    found = compare_builds(tmp_path, *records)
    pair = find_pair(tmp_path / "ix")
    old, new = (_works(folder, [f"r{n}" for n in range(16)]) for folder in pair)
    was = {name: set(list_record_ids(paper)) for name, paper in old.items()}
    now = {name: set(list_record_ids(paper)) for name, paper in new.items()}
    links = [(a, b) for a in now for b in was if now[a] & was[b]]
    kinds = {kind: {one.id for one in found if one.kind == kind} for kind in KINDS}
    assert kinds["new"] == set(now) - {a for a, _ in links}
    assert kinds["gone"] == set(was) - {b for _, b in links}
    single = [
        (a, b) for a, b in links
        if sum(a == c for c, _ in links) == 1 and sum(b == d for _, d in links) == 1
    ]  # fmt: skip
    alone = {a for a, _ in single}
    fields = {
        a: [f for f, text in FIELDS.items() if text(new[a]) != text(old[b])] for a, b in single
    }
    differing = kinds["changed"] | kinds["withdrawn"] | kinds["published"]
    assert differing & alone == {a for a in alone if fields[a]}
    regrouped = [one for one in found if one.changed and one.changed[0].field == "works"]
    members = [name for one in regrouped for name in one.changed[0].new.split(", ")]
    assert sorted(members) == sorted({a for a, _ in links} - alone)
