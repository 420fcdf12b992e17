"""Build and compare pairs of generations for the tests of differences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from index.build.operations import build
from index.changes.generations import KINDS, Difference, compare_generations, find_pair
from index.settings import BuildSettings

if TYPE_CHECKING:
    from pathlib import Path

Record = dict[str, Any]

SETTINGS = BuildSettings(processes=0, keep=9)


def write_dump(folder: Path, records: list[Record]) -> str:
    """Write a dump in the project's own format as a new file in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{len(list(folder.iterdir()))}.jsonl"
    path.write_bytes(b"\n".join(map(msgspec.json.encode, records)) + b"\n")
    return str(path)


def list_latest(index: Path) -> list[Difference]:
    """Return the differences between the last two generations, after checking the counts."""
    with compare_generations(*find_pair(index)) as comparison:
        found = list(comparison.list_differences())
        assert comparison.counts == {kind: Counter(d.kind for d in found)[kind] for kind in KINDS}
    return found


def compare_builds(tmp_path: Path, before: list[Record], now: list[Record]) -> list[Difference]:
    """Build a generation from each list, and return the differences."""
    index = tmp_path / "ix"
    for records in (before, now):
        build(index, (write_dump(tmp_path / "dumps", records),), SETTINGS)
    return list_latest(index)


def summarise(found: list[Difference]) -> list[tuple[str, str, str]]:
    """Return the kind, the id and the names of the changed fields of each difference."""
    return [(one.kind, one.id, " ".join(change.field for change in one.changed)) for one in found]


KEPT: Record = {
    "id": "kept",
    "title": "This paper stays just as it is",
    "authors": ["Ada Lovelace"],
}
WALK: Record = {
    "id": "walk",
    "title": "Random walks on sparse graphs",
    "abstract": "We walk at random.",
    "authors": ["Ann Lee"],
    "venue": "ICML",
    "year": 2020,
    "type": "conference paper",
    "status": "poster",
}
TURN: Record = {
    "id": "turn",
    "title": "Left turns of long lorries",
    "authors": ["Bo Li"],
    "year": 2019,
}
