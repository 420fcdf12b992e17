"""Search with this program in its own process, on either of its local engines."""

from pathlib import Path
from typing import Any

from index.build.operations import build
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.bench.peers.peer import COUNTED, DEPTH, Found, Mode, Papers, Peer


class InProcess(Peer):
    """`Searcher`, for which building is everything that ``papers build`` does."""

    typed = Mode.ALL
    engine = "tantivy"

    def build(self, folder: Path, papers: Papers) -> None:
        """Build from the file, with as many processes as ``papers build`` starts."""
        settings = BuildSettings(engine=self.engine, keep=1, limit=papers.limit)
        manifest, _ = build(folder, (str(papers.path),), settings)
        papers.read = manifest.papers

    def open(self, folder: Path) -> None:
        """Open the index."""
        self._searcher = Searcher(folder)

    def search(self, words: list[str], mode: Mode, *, counts: bool) -> Found:
        """Search for the words as they are typed, or joined by OR."""
        facets = COUNTED if counts else ()
        request = SearchRequest(write_query(words, mode), facets=facets, per_page=DEPTH)
        results = self._searcher.search(request)
        papers = [hit.paper for hit in results.hits]
        return Found(
            [paper.id for paper in papers],
            [(paper.title, paper.abstract) for paper in papers],
            {
                name: {one.value: one.count for one in values if one.count}
                for name, values in results.facets.items()
            },
        )


class OnWhoosh(InProcess):
    """The same on the engine in pure Python."""

    engine = "whoosh"


def write_query(words: list[str], mode: Mode) -> str:
    """Return the query that a reader would type.

    Words alone mean all of them; where few papers have all, the search is widened.
    """
    return (" " if mode is Mode.ALL else " OR ").join(words)


def read_page(told: dict[str, Any]) -> Found:
    """Return what a page of results in JSON says."""
    return Found(
        [hit["id"] for hit in told["hits"]],
        [(hit["title"], hit.get("abstract", "")) for hit in told["hits"]],
        {
            name: {str(one["value"]): one["count"] for one in values if one["count"]}
            for name, values in told["facets"].items()
        },
    )
