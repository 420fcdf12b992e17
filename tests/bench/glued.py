"""Print a random sample of the repairs of glued words in an index, to be read by eye.

Builds an index of paperlists unless one is named. Prints how many abstracts were repaired and how
often, then a sample: ``+`` is a space that a repair added, ``-`` one that it removed. Run from the
project's folder: ``python -m tests.bench.glued``.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from random import Random

from index.engines.engine import load_engine
from index.records import Paper, decode_paper
from index.store.generations import ENGINE, find_current_folder
from index.store.ledger import LEDGER, Ledger
from index.store.ledger_tables import PART
from index.store.manifest import read_manifest
from index.text.cleaning import clean_abstract
from tests.bench.speed_search import paperlists_index

REACH = 30
"""Characters that are printed on each side of a repair."""

ADDED, REMOVED = "+", "-"


def read_records(directory: Path) -> Iterator[Paper]:
    """Yield every record of an index that is a paper by itself."""
    folder = find_current_folder(directory)
    ledger = Ledger(folder / LEDGER)
    with load_engine(read_manifest(folder).engine).open_reader(folder / ENGINE) as reader:
        for _, key in ledger.list_keys(0):
            record = None if PART in key else reader.read_paper(key, row=True)
            if record:
                yield decode_paper(record)
    ledger.close()


def list_repairs(paper: Paper) -> Iterator[str]:
    """Yield each place where a space of the abstract was added, removed or moved."""
    before, after = clean_abstract(paper.originals.get("abstract", "")), paper.abstract
    if before.replace(" ", "") != after.replace(" ", ""):
        return  # other repairs cannot be told apart
    at = to = end = 0
    while at < len(before) and to < len(after):
        same = before[at] == after[to]
        sign = "" if same else ADDED if after[to] == " " else REMOVED
        if sign and to >= end:
            yield f"{after[max(0, to - REACH) : to]}{sign}{after[to:][:REACH].lstrip()}"
            end = to + len(" a ")  # a letter moved over a space counts once
        at += same or sign == REMOVED
        to += same or sign == ADDED


def main() -> None:
    """Print the sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", help="an index; without it one of paperlists is built")
    parser.add_argument("--sample", type=int, default=200, help="number of repairs to print")
    parser.add_argument("--seed", type=int, default=1, help="chooses the sample")
    chosen = parser.parse_args()
    with paperlists_index(chosen.index) as directory:
        found = [(paper.id, list(list_repairs(paper))) for paper in read_records(directory)]
    repairs = [(name, repair) for name, made in found for repair in made]
    abstracts = sum(bool(made) for _, made in found)
    print(f"{len(repairs):,} repairs in {abstracts:,} of {len(found):,} abstracts")
    for name, repair in Random(chosen.seed).sample(repairs, min(chosen.sample, len(repairs))):
        print(f"{repair!r}  {name}")


if __name__ == "__main__":
    main()
