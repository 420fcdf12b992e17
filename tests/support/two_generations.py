"""Answers: what do the tests of differences between generations build and compare?"""

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


def dump(folder: Path, records: list[Record]) -> str:
    """Write a dump of our own format into a folder, beside those there are."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{len(list(folder.iterdir()))}.jsonl"
    path.write_bytes(b"\n".join(map(msgspec.json.encode, records)) + b"\n")
    return str(path)


def differences(index: Path) -> list[Difference]:
    """Give what differs between the generation in use and the one before; the counts agree."""
    with compare_generations(*find_pair(index)) as comparison:
        found = list(comparison.list_differences())
        assert comparison.counts == {kind: Counter(d.kind for d in found)[kind] for kind in KINDS}
    return found


def after(tmp_path: Path, before: list[Record], now: list[Record]) -> list[Difference]:
    """Build a generation from each list and give what differs."""
    index = tmp_path / "ix"
    for records in (before, now):
        build(index, (dump(tmp_path / "dumps", records),), SETTINGS)
    return differences(index)


def told(found: list[Difference]) -> list[tuple[str, str, str]]:
    """Give kind, id and the names of the changed fields of each."""
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
