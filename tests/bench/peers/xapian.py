"""Search with Xapian: its term generator and query parser, and counts by match spies.

It runs under the Python that has the package, on Debian the system's (``python3-xapian``).
"""

import json
from pathlib import Path
from shutil import rmtree
from typing import Any

import xapian

from tests.bench.peers.peer import (
    COUNTED,
    DEPTH,
    TEXTS,
    TITLE_WEIGHT,
    Found,
    Mode,
    Papers,
    Peer,
)

FLUSHED = 100_000
"""Documents between two flushes, as its documentation advises to raise it from 10,000 where memory
allows."""

BUILT, COMPACTED = "built", "compacted"
OPERATORS = {Mode.ALL: xapian.Query.OP_AND, Mode.ANY: xapian.Query.OP_OR}
SLOTS = {name: slot for slot, name in enumerate(COUNTED)}


class Xapian(Peer):
    """The C++ library behind Debian's own package search."""

    def build(self, folder: Path, papers: Papers) -> None:
        """Index with stems, then compact, since nothing will be added."""
        database = xapian.WritableDatabase(str(folder / BUILT), xapian.DB_CREATE_OR_OVERWRITE)
        generator = xapian.TermGenerator()
        generator.set_stemmer(xapian.Stem("en"))
        for number, paper in enumerate(papers, start=1):
            document = xapian.Document()
            generator.set_document(document)
            for name in TEXTS:
                weight = TITLE_WEIGHT if name == "title" else 1
                generator.index_text(getattr(paper, name), weight)
                generator.increase_termpos()
            document.set_data(json.dumps([paper.id, paper.title, paper.abstract]))
            for name, slot in SLOTS.items():
                document.add_value(slot, str(getattr(paper, name) or ""))
            database.add_document(document)
            if number % FLUSHED == 0:
                database.commit()
        database.commit()
        database.compact(str(folder / COMPACTED))
        database.close()
        rmtree(folder / BUILT)

    def open(self, folder: Path) -> None:
        """Open the compacted database."""
        self._database = xapian.Database(str(folder / COMPACTED))
        self._parser = xapian.QueryParser()
        self._parser.set_stemmer(xapian.Stem("en"))
        self._parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
        self._parser.set_database(self._database)

    def search(self, words: list[str], mode: Mode, *, counts: bool) -> Found:
        """Parse, match with BM25 and fetch; look at every match if they are counted."""
        self._parser.set_default_op(OPERATORS[mode])
        enquire = xapian.Enquire(self._database)
        enquire.set_weighting_scheme(xapian.BM25Weight())
        enquire.set_query(self._parser.parse_query(" ".join(words)))
        spies = {name: xapian.ValueCountMatchSpy(slot) for name, slot in SLOTS.items()}
        for spy in spies.values() if counts else ():
            enquire.add_matchspy(spy)
        checked = self._database.get_doccount() if counts else 0
        hits = [json.loads(hit.document.get_data()) for hit in enquire.get_mset(0, DEPTH, checked)]
        return Found(
            [hit[0] for hit in hits],
            [(hit[1], hit[2]) for hit in hits],
            {name: _read_counts(spy) for name, spy in spies.items()} if counts else {},
        )


def _read_counts(spy: Any) -> dict[str, int]:  # noqa: ANN401 - the package has no types
    """Return the counts of a spy, without those of papers that have no value."""
    return {value.term.decode(): value.termfreq for value in spy.values() if value.term}
