"""Read the papers of a generation that a search returns by default.

These are the works, not the records that a work was merged from, and without those that were
withdrawn, rejected or retracted.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from index.changes.papers import is_set_aside
from index.engines.engine import load_engine
from index.errors import GenerationCorrupt
from index.records import Paper, decode_paper
from index.store.generations import ENGINE
from index.store.ledger import LEDGER
from index.store.manifest import read_manifest
from index.store.sqlite import Database

_WORKS = """
SELECT number, coalesce((SELECT key FROM records lead WHERE lead.number =
    (SELECT lead FROM works WHERE works.number = records.number)), key)
FROM records WHERE number > ? AND number = work ORDER BY number LIMIT 10000
"""


def list_works(folder: Path) -> Iterator[str]:
    """Yield the ids of the works of a generation, in the order in which they were read.

    Raises:
        GenerationCorrupt: The ledger cannot be read.
    """
    try:
        ledger, last = Database(folder / LEDGER), -1
        try:
            while rows := ledger.query(_WORKS, last):
                yield from (key for _, key in rows)
                last = rows[-1][0]
        finally:
            ledger.close()
    except OSError as error:
        raise GenerationCorrupt(folder.name, str(error)) from error


def read_searchable(folder: Path) -> Iterator[Paper]:
    """Yield the papers of a generation that a search returns by default.

    Raises:
        GenerationCorrupt: A paper or the ledger cannot be read.
        EngineMissing: The engine is not installed.
    """
    papers = read_papers(folder, list_works(folder))
    return (paper for paper in papers if not is_set_aside(paper))


def read_papers(folder: Path, ids: Iterable[str]) -> Iterator[Paper]:
    """Yield the works of a generation with these ids; raises what `read_searchable` does."""
    engine = load_engine(read_manifest(folder).engine)
    with engine.open_reader(folder / ENGINE) as reader:
        for paper_id in ids:
            if (record := reader.read_paper(paper_id)) is None:
                raise GenerationCorrupt(folder.name, f"it does not find the paper '{paper_id}'")
            yield decode_paper(record)
