"""Check that copies of Crossref's works are read, however their keys are written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.formats.crossref_keys import is_copy
from index.records import RawRecord
from index.scanners.head import parse_head
from tests.support.json_samples import CROSSREF, OPENALEX, OWN, SEMANTIC_SCHOLAR, read_raw

WAYS: dict[str, Callable[[str], str]] = {
    "underscores": lambda key: key.replace("-", "_"),
    "lower case": str.lower,
    "dots": lambda key: key.replace("-", ".").lower(),
}


def rename(value: Any, way: Callable[[str], str]) -> Any:  # noqa: ANN401 - any JSON
    """Return a value with its keys written in another way."""
    if isinstance(value, dict):
        return {way(key): rename(one, way) for key, one in value.items()}
    return [rename(one, way) for one in value] if isinstance(value, list) else value


def read(path: Path, *records: dict[str, Any]) -> list[RawRecord]:
    """Write records, one a line, and read them back without their place."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    found = [one for one in read_raw(path) if isinstance(one, RawRecord)]
    assert {one.format for one in found} == {"crossref"}
    return found


@pytest.mark.parametrize("way", WAYS)
def test_copies(tmp_path: Path, way: str) -> None:
    """A copy says the same as the original."""
    title = {"title": ['Of "doi": and ', '"container_title": x']}
    (first, other) = read(tmp_path / "a", CROSSREF, CROSSREF | title)
    copies = read(tmp_path / "b", *(rename(one, WAYS[way]) for one in (CROSSREF, CROSSREF | title)))
    for original, copied in zip((first, other), copies, strict=True):
        assert (copied.id, copied.title, copied.authors) == (
            original.id, original.title, original.authors,
        )  # fmt: skip
        assert [(one.venue, one.year, one.date) for one in copied.appearances] == [
            (one.venue, one.year, one.date) for one in original.appearances
        ]
        assert (copied.citations, copied.urls) == (original.citations, original.urls)


@pytest.mark.parametrize("record", [CROSSREF, OPENALEX, SEMANTIC_SCHOLAR, OWN])
def test_other_files_are_no_copies(record: dict[str, Any]) -> None:
    """Neither Crossref's own files nor those of other sources are taken for copies."""
    assert not is_copy(parse_head(json.dumps(record).encode()))


def test_a_number_of_references_is_no_sign() -> None:
    """Clients of other services write it like Crossref."""
    record = b'{"doi": "10.1000/a", "title": "Walks", "reference_count": 9}'
    assert not is_copy(parse_head(record))
