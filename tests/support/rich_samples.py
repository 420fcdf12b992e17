"""Damage records with many fields, one in each format.

The records are in the folder of this name, a file for each kind of `planted_samples`: JSON, XML,
labelled lines, or a table of one row. Papers and people are made up; `%key%` stands for what makes
the ids of two records differ.
"""

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from random import Random

from tests.support.mutations import mutate_cells, mutate_json, mutate_lines, mutate_xml

FOLDER = Path(__file__).with_suffix("")

LINE = re.compile(r"(  \w+ = \{|\S{1,4} *- |%\S |[A-Z][A-Z0-9] )(.*?)(\},?|)")
"""A line of BibTeX, RIS, MEDLINE, EndNote or Web of Science: label, value, end."""

Damage = Callable[[str, Random], bytes]
"""Returns the record of a key with some of its values damaged."""


def find_sample(kind: str) -> Path:
    """Find the file of a kind's sample; its name is that of the kind in lower case.

    Raises:
        LookupError: The kind has no sample.
    """
    stem = kind.lower().replace(" ", "-")
    for path in FOLDER.iterdir():
        if path.stem == stem:
            return path
    raise LookupError(kind)


def read_header(kind: str) -> str | None:
    """Return the header of a kind's sample if that is a table, with its line end."""
    path = find_sample(kind)
    if path.suffix not in {".csv", ".tsv"}:
        return None
    return path.read_text("utf-8").partition("\n")[0] + "\n"


def make_damage(kind: str) -> Damage:
    """Return a function that damages the sample of a kind."""
    path = find_sample(kind)
    text = path.read_text("utf-8").rstrip("\n")
    damages: dict[str, Callable[[str, Random], str]] = {
        ".json": _damage_json,
        ".xml": mutate_xml,
        ".txt": lambda record, chance: mutate_lines(record, chance, LINE),
        ".csv": _damage_row,
        ".tsv": _damage_tabbed_row,
    }
    damage = damages[path.suffix]
    return lambda key, chance: damage(text.replace("%key%", key), chance).encode(
        "utf-8", "surrogatepass"
    )


def _damage_json(record: str, chance: Random) -> str:
    changed = mutate_json(json.loads(record), chance)
    return json.dumps(changed, ensure_ascii=chance.random() < 0.5)


def _damage_row(table: str, chance: Random) -> str:
    (cells,) = csv.reader(table.splitlines()[1:])
    row = StringIO()
    csv.writer(row, lineterminator="\n").writerow(mutate_cells(cells, chance))
    return row.getvalue().removesuffix("\n")


def _damage_tabbed_row(table: str, chance: Random) -> str:
    """Damage a row without quotes, whose cells can hold neither tabs nor line ends."""
    cells = table.splitlines()[1].split("\t")
    return "\t".join(" ".join(cell.split()) for cell in mutate_cells(cells, chance))
