"""Check what is written of references while an index is built."""

from pathlib import Path

from index.references.identifiers import digest_identifier, pack_references
from index.references.reference_writer import REFERENCES, SCHEMA, ReferenceWriter, sign_digest
from index.store.sqlite import Database

CITED = pack_references(["doi:10.1000/x", "s2:2"])


def read_table(folder: Path, table: str) -> list[tuple[object, ...]]:
    """Return the rows of a table."""
    base = Database(folder / REFERENCES, SCHEMA)
    rows = base.query(f"SELECT * FROM {table}")  # noqa: S608 - a name of this test
    base.close()
    return rows


def test_no_references_make_no_file(tmp_path: Path) -> None:
    """The file comes with the first reference."""
    writer = ReferenceWriter(tmp_path, 0)
    writer.put(0, b"")
    writer.remove_citations("s2:1")
    writer.commit()
    writer.close()
    assert not (tmp_path / REFERENCES).exists()
    assert writer.changed == 0


def test_references_beyond_the_ledger_are_dropped(tmp_path: Path) -> None:
    """A killed build may have written more references than its ledger has records."""
    writer = ReferenceWriter(tmp_path, 0)
    writer.put(0, CITED)
    writer.put(1, CITED)
    writer.commit()
    writer.close()
    ReferenceWriter(tmp_path, 2).close()
    assert len(read_table(tmp_path, "cited")) == 2
    again = ReferenceWriter(tmp_path, 1)
    again.commit()
    again.close()
    assert read_table(tmp_path, "cited") == [(0, CITED)]


def test_citations_apart_from_papers_are_counted(tmp_path: Path) -> None:
    """One that is known is no change; those of a removed paper go."""
    writer = ReferenceWriter(tmp_path, 0)
    writer.add_citations("s2:1", CITED)
    writer.add_citations("s2:1", CITED)
    assert writer.changed == 2
    writer.commit()
    writer.close()
    writer = ReferenceWriter(tmp_path, 0, update=True)
    writer.add_citations("s2:1", CITED)
    assert writer.changed == 0
    writer.remove_citations("s2:1")
    assert writer.changed == 2
    writer.add_citations("s2:3", pack_references(["s2:4"]))
    assert writer.changed == 3
    writer.commit()
    writer.close()
    pair = sign_digest(digest_identifier("s2:3")), sign_digest(digest_identifier("s2:4"))
    assert read_table(tmp_path, "citations") == [pair]
