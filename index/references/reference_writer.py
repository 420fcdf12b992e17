"""Write the references of records during a build or an update.

They go into a SQLite file, ``references``, created when the first one comes:

- ``cited``: of each record that names references, by its number in the ledger, the digests of what
  it cites, see `index.references.identifiers`;
- ``citations``: pairs of digests from dumps that list citations apart from papers: the citing
  paper's id, and an identifier of the cited one.
"""

from pathlib import Path
from struct import iter_unpack
from typing import Any

from index.references.identifiers import digest_identifier
from index.store.sqlite import Database

REFERENCES = "references"
"""The file's name in a generation's folder."""

IDENTIFIERS = "identifiers"
"""The name of the file that says which record has which identifier."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS cited (number INTEGER PRIMARY KEY, digests BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS citations (citing INTEGER, cited INTEGER, PRIMARY KEY (citing, cited))
    WITHOUT ROWID;
"""
_PUT = "INSERT OR REPLACE INTO cited VALUES (?, ?)"
_ADD = "INSERT OR IGNORE INTO citations VALUES (?, ?)"
_COUNT_OF = "SELECT count(*) FROM citations WHERE citing = ?"
_SIGN = 1 << 63


def sign_digest(digest: int) -> int:
    """Return a digest as SQLite stores it: a number of 64 bits with a sign."""
    return digest - (1 << 64) if digest >= _SIGN else digest


class ReferenceWriter:
    """Writes the references of a new generation."""

    def __init__(self, folder: Path, following: int, *, update: bool = False) -> None:
        """Continue with the file in a folder, if there is one.

        Args:
            folder: The folder of the generation.
            following: The number of the ledger's next record. References of records from there on
                are those of an interrupted build, whose ledger did not get so far.
            update: Whether the file has the references of the previous generation.

        Raises:
            OSError: The file cannot be opened, created, read or written; every method may raise
                this.
        """
        self._path = folder / REFERENCES
        self._base = Database(self._path, SCHEMA) if self._path.exists() else None
        self._query("DELETE FROM cited WHERE number >= ?", following)
        self._before = self._count_citations() if update else 0
        self._removed = 0

    def put(self, number: int, references: bytes) -> None:
        """Store the packed references of a record."""
        if references:
            self._open().queue(_PUT, number, references)

    def add_citations(self, citing: str, cited: bytes) -> None:
        """Add citations that a dump lists apart from papers.

        Args:
            citing: The id of the citing paper.
            cited: The packed references.
        """
        base, one = self._open(), sign_digest(digest_identifier(citing))
        for (other,) in iter_unpack("<Q", cited):
            base.queue(_ADD, one, sign_digest(other))

    def remove_citations(self, citing: str) -> None:
        """Remove the citations that dumps list of a paper of this id."""
        if self._base is not None:
            digest = sign_digest(digest_identifier(citing))
            self._removed += self._base.query_number(_COUNT_OF, digest)
            self._query("DELETE FROM citations WHERE citing = ?", digest)

    @property
    def changed(self) -> int:
        """Return how many citations the previous generation did not have, or had in addition."""
        added = self._count_citations() + self._removed - self._before
        return added + self._removed

    def _count_citations(self) -> int:
        found = self._query("SELECT count(*) FROM citations")
        return int(found[0][0]) if found else 0

    def commit(self) -> None:
        """Make all changes so far durable."""
        if self._base is not None:
            self._base.commit()

    def close(self) -> None:
        """Close the file and discard uncommitted changes; a second call does nothing."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def _open(self) -> Database:
        self._base = self._base or Database(self._path, SCHEMA)
        return self._base

    def _query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._base.query(statement, *values) if self._base is not None else []
