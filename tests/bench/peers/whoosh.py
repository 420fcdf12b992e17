"""Search with Whoosh alone: its stemming analyser, its BM25F and its own grouping."""

from pathlib import Path

from whoosh import sorting
from whoosh.analysis.analyzers import StemmingAnalyzer
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.qparser.default import MultifieldParser
from whoosh.qparser.syntax import AndGroup, OrGroup

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

HEAP_MB = 512
"""Megabytes that the writer buffers; its documentation recommends 256 or more for large batches."""


SAMPLE = 40
"""Queries asked: one of them takes .2 s at 94,326 papers, with counts more."""


class Whoosh(Peer):
    """The library in pure Python below this program's other engine, without the program."""

    sample = SAMPLE

    def build(self, folder: Path, papers: Papers) -> None:
        """Write in one process with a large buffer, and merge nothing before the end."""
        analyser = StemmingAnalyzer(cachesize=-1)
        schema = Schema(
            id=ID(stored=True),
            venue=ID(sortable=True),
            year=NUMERIC(sortable=True, bits=32),
            title=TEXT(analyser, field_boost=float(TITLE_WEIGHT), stored=True),
            abstract=TEXT(analyser, stored=True),
            **{name: TEXT(analyser) for name in TEXTS[2:]},
        )
        writer = create_in(str(folder), schema).writer(limitmb=HEAP_MB)
        for paper in papers:
            fields = {name: value for name, value in paper._asdict().items() if value}
            writer.add_document(**fields)
        writer.commit()

    def open(self, folder: Path) -> None:
        """Open the index, with its default weighting, BM25F."""
        index = open_dir(str(folder))
        self._searcher = index.searcher()
        self._parsers = {
            mode: MultifieldParser(list(TEXTS), index.schema, group=group)
            for mode, group in ((Mode.ALL, AndGroup), (Mode.ANY, OrGroup))
        }

    def search(self, words: list[str], mode: Mode, *, counts: bool) -> Found:
        """Parse, search, fetch, and group on request."""
        query = self._parsers[mode].parse(" ".join(words))
        facets = sorting.Facets()
        for name in COUNTED if counts else ():
            facets.add_field(name, maptype=sorting.Count)
        results = self._searcher.search(query, limit=DEPTH, groupedby=facets if counts else None)
        best = results[:DEPTH]  # grouping keeps every hit, whatever the limit
        return Found(
            [hit["id"] for hit in best],
            [(hit["title"], hit.get("abstract", "")) for hit in best],
            {name: _name_values(results.groups(name)) for name in COUNTED} if counts else {},
        )


def _name_values(groups: dict[object, int]) -> dict[str, int]:
    """Return counts by the text of the value, without those of papers that have none."""
    return {str(value): count for value, count in groups.items() if value}
