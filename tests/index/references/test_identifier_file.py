"""Check the look-up of identifiers."""

from pathlib import Path

import numpy as np

from index.records import Paper
from index.references.identifier_file import (
    MOST_WORKS,
    Identifiers,
    collect_identifiers,
    read_identifiers,
    write_identifiers,
)
from index.references.identifiers import digest_identifier
from index.references.reference_writer import IDENTIFIERS

PAPERS = [Paper(f"p{number}", "T", ids={"doi": f"10.1/{number // 2}"}) for number in range(4)]


def collect(base: Identifiers | None = None, first: int = 0, dead: int = -1) -> Identifiers:
    """Collect the identifiers of the four papers."""
    alive = np.arange(len(PAPERS)) != dead
    fresh = [number for number in range(first, len(PAPERS)) if number != dead]
    return collect_identifiers(base, alive, fresh, lambda number: PAPERS[number])


def list_pairs(found: Identifiers) -> list[tuple[int, int]]:
    """List the digests and numbers."""
    return list(zip(found.digests.tolist(), found.numbers.tolist(), strict=True))


def test_an_update_keeps_what_was_read(tmp_path: Path) -> None:
    """Identifiers of earlier records are read from the file, those of removed ones go."""
    write_identifiers(tmp_path, collect())
    known = read_identifiers(tmp_path)
    assert known is not None
    assert list_pairs(known) == list_pairs(collect())
    assert list_pairs(collect(known, first=4, dead=1)) == list_pairs(collect(dead=1))


def test_a_file_of_another_form_is_not_read(tmp_path: Path) -> None:
    """Then all identifiers are collected again."""
    assert read_identifiers(None) is None
    assert read_identifiers(tmp_path) is None
    for content in (b"", b"another form of more bytes"):
        (tmp_path / IDENTIFIERS).write_bytes(content)
        assert read_identifiers(tmp_path) is None


def test_works_are_found_by_identifiers() -> None:
    """Every work with an identifier is found, and nothing for an unknown one."""
    works = collect().join_works(np.array([0, 0, 2, 3]))
    asked = [digest_identifier(text) for text in ("doi:10.1/0", "unknown", "doi:10.1/1")]
    sources, found = works.find(np.array([7, 8, 9]), np.array(asked, np.uint64))
    assert list(zip(sources.tolist(), found.tolist(), strict=True)) == [(7, 0), (9, 2), (9, 3)]


def test_shared_identifiers_and_lone_parts_are_left_out() -> None:
    """An identifier of many works identifies none, and a record of no work has none."""
    many = MOST_WORKS + 1
    one = Identifiers(np.full(many, 5, np.uint64), np.arange(many))
    assert len(one.join_works(np.arange(many)).digests) == 0
    assert list_pairs(one.join_works(np.array([-1] * many))) == []
    assert len(one.join_works(np.array([3] * many)).digests) == 1
