"""Locate the data that benchmarks measure on.

It is third-party and stays outside the project: in the folder named by ``PAPERS_DATA``, else in
``../shared/data`` beside the checkout.
"""

import csv
import os
import sys
from collections.abc import Iterator
from pathlib import Path

DATA = Path(os.environ.get("PAPERS_DATA", Path(__file__).parents[3] / "shared" / "data"))
PAPERLISTS = DATA / "dumps" / "paperlists.tar.zst"
JUDGED = ("cranfield", "cacm")


def require_file(*paths: Path) -> None:
    """Exit with a reason if a file is missing."""
    for path in paths:
        if not path.exists():
            sys.exit(f"{path} is not there: set PAPERS_DATA to the folder of the judged data.")


def known_items() -> Iterator[tuple[str, str, int, str]]:
    """Return (kind, query, year, title of the one right paper) of every known-item query."""
    with (DATA / "known-item" / "dev.tsv").open(encoding="utf-8") as file:
        for kind, query, year, title in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield kind, query, int(year), title


def judged_queries(name: str) -> Iterator[tuple[str, str]]:
    """Return (query id, text) of every question of a judged collection."""
    with (DATA / "relevance" / name / "queries.tsv").open(encoding="utf-8") as file:
        for line in file:
            number, _, text = line.rstrip("\n").partition("\t")
            yield number, text
