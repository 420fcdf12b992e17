"""Compare this program with other engines: building, memory, searching and ranking.

Each peer indexes the same papers in a process of its own and answers the same queries: one to four
neighbouring words of titles, all of them or any, without and with counts of venues and years. Run
from the project's folder: ``python -m tests.bench.peers [PAPERS.jsonl]``; without a file, with
paperlists, which is built and exported once.
"""

import argparse
import os
import sys
from pathlib import Path

from tests.bench.data import PAPERLISTS
from tests.bench.peers.measure import Job, compare
from tests.bench.peers.peer import OPENSEARCH, PEERS
from tests.bench.peers.processes import find_python
from tests.bench.peers.report import merge_rows, print_tables
from tests.bench.quality import KEPT, open_or_build
from web.cli import main as papers

EXPORTED = KEPT / "paperlists.jsonl"


def export_paperlists() -> Path:
    """Return all papers of paperlists that a search shows, in the project's own format."""
    if not EXPORTED.exists():
        open_or_build("paperlists", PAPERLISTS, anew=False)
        options = ["--format", "jsonl", "--output", str(EXPORTED)]
        papers(["export", "--index", str(KEPT / "paperlists"), *options], standalone_mode=False)
    return EXPORTED


def choose_peers(names: str) -> list[str]:
    """Return the peers of a list that are installed; print a line for each that is not."""
    wanted = [name.strip() for name in names.split(",")] if names else list(PEERS)
    if unknown := set(wanted) - set(PEERS):
        sys.exit(f"Unknown peers: {', '.join(sorted(unknown))}. Known: {', '.join(PEERS)}.")
    found = []
    for name in wanted:
        if find_python(name):
            found.append(name)
        else:
            print(f"{name} is left out: it is not installed, or no cluster was named.")
    return found


def main() -> None:
    """Read the options, measure and print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    options.add_argument("papers", nargs="?", type=Path, help="papers as `papers export` writes")
    options.add_argument("--limit", type=int, default=sys.maxsize, help="only the first papers")
    options.add_argument("--peers", default="", help="names joined by commas; all if not given")
    options.add_argument("--index", type=Path, help="an index of these papers, not built anew")
    options.add_argument("--folder", type=Path, default=KEPT / "peers", help="where they build")
    options.add_argument("--rounds", type=int, default=3, help="times each query is asked")
    options.add_argument("--quality", action="store_true", help="known items, judged questions")
    options.add_argument("--opensearch", metavar="URL", help="a cluster to be measured, too")
    chosen = options.parse_args()
    if chosen.opensearch:
        os.environ[OPENSEARCH] = chosen.opensearch
    path = chosen.papers or export_paperlists()
    with path.open("rb") as file:
        limit = min(chosen.limit, sum(1 for _ in file))
    folder = chosen.folder / f"{path.stem}-{limit}"
    job = Job(path, limit, folder, chosen.index, chosen.rounds, chosen.quality)
    rows = compare(choose_peers(chosen.peers), job)
    print_tables(merge_rows(folder / "rows.json", rows))


if __name__ == "__main__":
    main()
