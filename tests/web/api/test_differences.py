"""Test the JSON of what differs between two generations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from index.changes.generations import Difference
from index.changes.papers import Change
from index.store.manifest import Manifest
from web.api.differences import (
    ChangeDocument,
    DifferenceDocument,
    DifferencesDocument,
    GenerationDocument,
    write_differences,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD, NEW = (
    Manifest(name, f"2026-01-0{day}T00:00:00Z", day, day, day, "", "e", "e 1", (), (), "0")
    for day, name in ((1, "a"), (2, "b"))
)
FOUND = [
    Difference("new", "n", "New", ("Ada",), "ICML", 2020),
    Difference("changed", "c", "Changed", (), "", None, (Change("title", "x", "Changed"),)),
]


@pytest.mark.parametrize("count", range(3))
def test_pieces_make_one_document(count: int) -> None:
    """The pieces together are one document, however many papers differ."""
    counts = {"new": 1, "changed": 5}
    written = "".join(write_differences(OLD, NEW, counts, FOUND[:count]))
    assert written.endswith("]}\n")
    changed = (ChangeDocument("title", "x", "Changed"),)
    expected = (
        DifferenceDocument("new", "n", "New", ("Ada",), "ICML", 2020, ()),
        DifferenceDocument("changed", "c", "Changed", (), "", None, changed),
    )
    assert msgspec.json.decode(written, type=DifferencesDocument) == DifferencesDocument(
        GenerationDocument("a", "2026-01-01T00:00:00Z", 1),
        GenerationDocument("b", "2026-01-02T00:00:00Z", 2),
        counts,
        expected[:count],
    )


def test_one_paper_is_in_memory_at_a_time() -> None:
    """A paper is written before the next one is read."""
    read = []

    def differences() -> Iterator[Difference]:
        for one in FOUND:
            read.append(one.id)
            yield one

    pieces = write_differences(OLD, NEW, {}, differences())
    next(pieces)
    assert read == []
    assert '"id":"n"' in next(pieces)
    assert read == ["n"]
