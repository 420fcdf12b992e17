"""Write dumps of papers that cite each other, and read the citations of an index."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from index.records import Paper
from index.references.citations import CitationIndex
from index.references.identifiers import pack_references
from index.references.reference_writer import ReferenceWriter
from index.references.resolving import resolve_references
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from index.store.ledger import LEDGER, Ledger
from index.store.ledger_tables import PART

SETTINGS = BuildSettings(date="2024-01-02", processes=0)


def add_references(
    directory: Path, papers: Iterable[Paper], references: Mapping[str, Iterable[str]]
) -> None:
    """Add what papers cite, by their ids, to an index that was made without a dump."""
    folder, by_id = find_current_folder(directory), {paper.id: paper for paper in papers}
    ledger = Ledger(folder / LEDGER)
    keys, following = dict(ledger.list_keys(0)), ledger.next
    ledger.close()
    writer = ReferenceWriter(folder, following)
    for number, key in keys.items():
        writer.put(number, pack_references(references.get(key, ())))
    writer.commit()
    writer.close()
    resolve_references(folder, None, (0, following), lambda number: by_id[keys[number]])


Edges = set[tuple[str, str]]
"""Pairs of ids: a work, and one that it cites."""


def make_line(name: str, references: Iterable[str] = (), **fields: object) -> dict[str, Any]:
    """Make a record of the project's own format with a title of its own."""
    return {"id": name, "title": f"Title of {name}", "references": [*references], **fields}


def write_dump(path: Path, lines: Iterable[dict[str, Any]]) -> str:
    """Write a dump and return its path."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return str(path)


def list_works(directory: Path) -> Iterator[str]:
    """Yield the ids of the records of the generation in use."""
    ledger = Ledger(find_current_folder(directory) / LEDGER)
    yield from (key for _, key in ledger.list_keys(0) if PART not in key)
    ledger.close()


def list_edges(directory: Path) -> Edges:
    """Return which works of an index cite which, as far as each paper tells what it cites."""
    index = CitationIndex(find_current_folder(directory))
    found = {one: index.read(one) for one in list_works(directory)}
    return {(one, other) for one, read in found.items() for other in read.references}


def list_back_edges(directory: Path) -> Edges:
    """Return the same pairs, as far as each paper tells what cites it."""
    index = CitationIndex(find_current_folder(directory))
    found = {one: index.read(one) for one in list_works(directory)}
    return {(other, one) for one, read in found.items() for other in read.cited_by}
