"""Search with SQLite's FTS5: Porter's stemmer, an external content table and weighted BM25."""

import sqlite3
from collections import Counter
from pathlib import Path

from tests.bench.peers.peer import (
    DEPTH,
    TEXTS,
    TITLE_WEIGHT,
    Counts,
    Found,
    Mode,
    Papers,
    Peer,
)

FILE = "papers.sqlite"
MAPPED = 1 << 36
"""Bytes of the file that SQLite may map: all of it, so that pages are not copied."""


_SCHEMA = f"""
PRAGMA journal_mode = off;
PRAGMA synchronous = off;
CREATE TABLE papers (number INTEGER PRIMARY KEY, id TEXT, {", ".join(TEXTS)});
CREATE TABLE facets (number INTEGER PRIMARY KEY, venue TEXT, year INTEGER);
CREATE VIRTUAL TABLE found USING fts5(
    {", ".join(TEXTS)}, content = 'papers', content_rowid = 'number', tokenize = 'porter unicode61'
);
INSERT INTO found(found, rank) VALUES ('rank', 'bm25({TITLE_WEIGHT}.0, 1.0, 1.0, 1.0, 1.0)');
"""  # noqa: S608 - constants
_PLACES = ", ".join("?" * len(TEXTS))
_INSERT_PAPER = f"INSERT INTO papers VALUES (?, ?, {_PLACES})"  # noqa: S608 - constants
_INSERT_FACETS = "INSERT INTO facets VALUES (?, ?, ?)"
_FINISH = """
INSERT INTO found(found) VALUES ('rebuild');
INSERT INTO found(found) VALUES ('optimize');
ANALYZE;
"""
_BEST = """
SELECT id, title, abstract FROM papers JOIN
    (SELECT rowid AS hit, rank AS score FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?)
ON number = hit ORDER BY score
"""
_COUNT = """
SELECT venue, year, count(*) FROM facets
WHERE number IN (SELECT rowid FROM found WHERE found MATCH ?) GROUP BY venue, year
"""


class Fts5(Peer):
    """The full-text index of Python's own SQLite."""

    def build(self, folder: Path, papers: Papers) -> None:
        """Insert all papers, build the index from them, and optimise it."""
        database = sqlite3.connect(folder / FILE)
        database.executescript(_SCHEMA)
        for number, paper in enumerate(papers):
            text = paper[1 : 1 + len(TEXTS)]
            database.execute(_INSERT_PAPER, (number, paper.id, *text))
            database.execute(_INSERT_FACETS, (number, paper.venue or None, paper.year))
        database.commit()
        database.executescript(_FINISH)
        database.close()

    def open(self, folder: Path) -> None:
        """Open the file for reading."""
        self._database = sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)
        self._database.execute(f"PRAGMA mmap_size = {MAPPED}")

    def search(self, words: list[str], mode: Mode, *, counts: bool) -> Found:
        """Find and fetch the best, and count on request."""
        query = (" AND " if mode is Mode.ALL else " OR ").join(f'"{word}"' for word in words)
        rows = self._database.execute(_BEST, (query, DEPTH)).fetchall()
        return Found(
            [row[0] for row in rows],
            [row[1:] for row in rows],
            self._count(query) if counts else {},
        )

    def _count(self, query: str) -> Counts:
        venues: Counter[str] = Counter()
        years: Counter[str] = Counter()
        for venue, year, count in self._database.execute(_COUNT, (query,)):
            venues[venue or ""] += count
            years[str(year or "")] += count
        del venues[""], years[""]  # papers without a value
        return {"venue": dict(venues), "year": dict(years)}
