"""Build a small index of papers by their authors."""

import json
from collections.abc import Sequence
from pathlib import Path

from index.build.operations import build
from index.settings import BuildSettings
from search.answers.searcher import Searcher


def open_authors(folder: Path, papers: Sequence[dict[str, object]]) -> Searcher:
    """Build an index of papers and open it.

    Args:
        folder: An empty folder; it is made if it is missing.
        papers: Records in the project's own JSON lines; ``id`` and ``title`` are made where they
            are missing.
    """
    lines = [
        json.dumps({"id": f"p{at}", "title": f"Paper number {at} on subject {at}"} | paper)
        for at, paper in enumerate(papers)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    dump = folder / "papers.jsonl"
    dump.write_text("\n".join(lines), "utf-8")
    build(folder / "index", [str(dump)], BuildSettings())
    return Searcher(folder / "index")
