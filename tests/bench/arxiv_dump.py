"""Write a made-up arXiv snapshot of any size.

Each line follows one of 200 real lines: its keys and which of them are empty, the lengths of its
texts, the number and style of its authors, its versions. The texts combine words and sentences of
paperlists and of the real lines, so that no two papers are alike. The same seed gives the same
file. Run from the project's folder:
``python -m tests.bench.arxiv_dump OUT.jsonl.gz --records 1000000``.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.arxiv_text import Material, shorten_given_names, wrap_text, write_tex_accents
from tests.bench.data import DATA, PAPERLISTS, require_file
from tests.bench.ready import raw_records

REAL = DATA / "dumps" / "arxiv-oai-snapshot-200.jsonl"

MONTHS = tuple((at // 12, at % 12 + 1) for at in range(2007 * 12 + 3, 2026 * 12 + 11))
"""Months of ids in the present form: 0704 to 2611."""

LONGER_SINCE = 2015
"""First year in which the number in an id has five digits instead of four."""

MOST_RECORDS = 2_400_000
"""Most records; with more, a month before 2015 would exceed 9,999, as no real month did."""

FIRST_MONTH, MORE_A_MONTH = 4_500, 85
"""Growth of arXiv: submissions in April 2007, and how many more each month after. Only their
ratio matters. Source: rounded from https://arxiv.org/stats/monthly_submissions."""

LINE_WIDTH, TITLE_WIDTH = 79, 73
"""Longest line of an abstract and of a title among the real ones, in characters."""

AT_ONCE = 2_000
"""Lines compressed at once; chosen, not measured."""

LEVEL = 6
"""Compression level: gzip's default."""

_LAST = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBER = re.compile(r"(?<!\w)(?:19|20)\d\d(?!\w)|\d+")
_MONTH_SECONDS = 27 * 24 * 3600

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Model:
    """What a made-up line takes from a real one.

    Attributes:
        line: The real line.
        title: Characters of its title, unwrapped.
        abstract: Characters of its abstract, unwrapped.
        tex: Share of the abstract's sentences that have a formula.
        paragraphs: Number of paragraphs of the abstract.
        initials: Whether most authors have no full given name.
        last: Separator before the last author: ``" and "``.
        gaps: Time from the first version to each version.
        touched: Days from the last version to the update of the record.
    """

    line: Line
    title: int
    abstract: int
    tex: float
    paragraphs: int
    initials: bool
    last: str
    gaps: tuple[timedelta, ...]
    touched: timedelta


def measure_model(line: Line) -> Model:
    """Measure a real line."""
    made = [parsedate_to_datetime(version["created"]) for version in line["versions"]]
    text = " ".join(line["abstract"].split())
    given = [parts[1] for parts in line["authors_parsed"]]
    written = line["authors"]
    return Model(
        line=line,
        title=len(" ".join(line["title"].split())),
        abstract=len(text),
        tex=sum("$" in sentence for sentence in text.split(". ")) / len(text.split(". ")),
        paragraphs=line["abstract"].count("\n  ") + 1,
        initials=sum(name.endswith(".") and len(name.split()[0]) < 4 for name in given if name)
        > len(given) / 2,
        last=next((said for said in (", and ", " and ") if said in written), ", "),
        gaps=tuple(when - made[0] for when in made),
        touched=date.fromisoformat(line["update_date"]) - made[-1].date(),
    )


def month_starts(records: int) -> list[int]:
    """Return the number of records before each month, growing as arXiv did, and the total."""
    sizes = [FIRST_MONTH + MORE_A_MONTH * at for at in range(len(MONTHS))]
    before = [0]
    for size in sizes:
        before.append(before[-1] + size)
    return [records * count // before[-1] for count in before]


def make_lines(records: int, material: Material, models: list[Model], seed: int) -> Iterator[Line]:
    """Yield made-up lines in the order of their ids.

    Args:
        records: Number of lines.
        material: Source of the texts.
        models: The real lines.
        seed: Seed of the random choices; the same seed gives the same lines.
    """
    chance = Random(seed)
    borders = month_starts(records)
    number = 0
    for (year, month), first, end in zip(MONTHS, borders, borders[1:], strict=False):
        digits = 5 if year >= LONGER_SINCE else 4
        for at in range(1, end - first + 1):
            number += 1
            arxiv = f"{year % 100:02}{month:02}.{at:0{digits}}"
            line: Line = {"id": arxiv}
            follow = models[int(chance.random() * len(models))]
            line |= _people(chance, material, follow)
            line |= _texts(chance, material, follow)
            line |= _remarks(chance, follow.line, year, number)
            line |= _dates(chance, follow, datetime(year, month, 1, tzinfo=UTC))
            yield {key: line[key] for key in follow.line}


def _texts(chance: Random, material: Material, follow: Model) -> Line:
    title = material.title(chance, follow.title, formula="$" in follow.line["title"])
    sentences = material.abstract(chance, follow.abstract, follow.tex)
    share = -(-len(sentences) // follow.paragraphs)
    parts = [" ".join(sentences[at : at + share]) for at in range(0, len(sentences), share)]
    abstract = "\n".join(wrap_text(f"  {part}", LINE_WIDTH) for part in parts)
    return {"title": wrap_text(title, TITLE_WIDTH, "  "), "abstract": f"{abstract}\n"}


def _people(chance: Random, material: Material, follow: Model) -> Line:
    rests = [parts[2:] for parts in follow.line["authors_parsed"]]
    names: dict[tuple[str, str], None] = {}
    while len(names) < len(rests):
        names[material.author(chance)] = None
    first = next(iter(names))
    if follow.initials:
        # Two authors can share their initials, as real ones do.
        parsed = [[family, shorten_given_names(given)] for family, given in names]
    else:
        parsed = [list(name) for name in names]
    people = [[*name, *rest] for name, rest in zip(parsed, rests, strict=True)]
    written = list(map(_format_author, people))
    authors = follow.last.join(filter(None, (", ".join(written[:-1]), written[-1])))
    return {
        "submitter": f"{first[1]} {first[0]}",
        "authors": wrap_text(authors, LINE_WIDTH, "  "),
        "authors_parsed": people,
    }


def _format_author(parts: list[str]) -> str:
    """Format an author as the real line does: ``C.-P. Yuan (MIT)``."""
    family, given, suffix, *places = parts
    name = " ".join(filter(None, (given.replace(". -", ".-"), family, suffix)))
    place = f" ({' '.join(places[0].split())})" if places else ""
    return write_tex_accents(f"{name}{place}")


def _remarks(chance: Random, line: Line, year: int, number: int) -> Line:
    """Return the short fields of the real line with other numbers; no DOI occurs twice."""

    def other(found: re.Match[str]) -> str:
        if len(found[0]) == 4 and found[0][:2] in {"19", "20"}:  # a year
            return str(year)
        return str(1 + int(chance.random() * 10 ** len(found[0])))

    def change_numbers(key: str) -> str | None:
        return line[key] and _NUMBER.sub(other, line[key])

    dois = (line["doi"] or "").split(" ")
    return {
        "comments": change_numbers("comments"),
        "journal-ref": change_numbers("journal-ref"),
        # No stem ends with a digit, so the digits that follow it are this record's number alone.
        "doi": " ".join(f"{doi.rstrip('0123456789')}{number:06}" for doi in dois if doi) or None,
        "report-no": change_numbers("report-no"),
        "categories": line["categories"],
        "license": line["license"],
    }


def _dates(chance: Random, follow: Model, month: datetime) -> Line:
    first = month + timedelta(seconds=int(chance.random() * _MONTH_SECONDS))
    made = [min(first + gap, _LAST) for gap in follow.gaps]
    return {
        "versions": [
            {"version": f"v{at}", "created": _rfc_2822(when)} for at, when in enumerate(made, 1)
        ],
        "update_date": f"{min(made[-1] + follow.touched, _LAST):%Y-%m-%d}",
    }


def _rfc_2822(when: datetime) -> str:
    """Format a time as arXiv does, without a leading zero in the day."""
    day = f"{_DAYS[when.weekday()]}, {when.day} {_NAMES[when.month - 1]} {when.year}"
    return f"{day} {when:%H:%M:%S} GMT"


def read_material(most: int | None = None) -> tuple[Material, list[Model]]:
    """Read the source of the texts: the real lines, and paperlists or its first records."""
    models = [measure_model(json.loads(line)) for line in REAL.read_text("utf-8").splitlines()]
    many = islice(raw_records(str(PAPERLISTS)), most)
    return Material(raw_records(str(REAL)), many), models


def write(path: Path, found: Iterator[Line]) -> None:
    """Write lines, compressing some while the next are made.

    Args:
        path: The file; gzipped whatever its name.
        found: The lines.
    """
    encode = json.JSONEncoder(separators=(",", ":")).encode
    waiting: Future[int] | None = None
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as packed,
        ThreadPoolExecutor(1) as thread,
    ):
        while batch := [encode(line) for line in islice(found, AT_ONCE)]:
            if waiting:
                waiting.result()
            waiting = thread.submit(packed.write, ("\n".join(batch) + "\n").encode())
        if waiting:
            waiting.result()


def main() -> None:
    """Read the options and write the file."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    options.add_argument("out", type=Path, metavar="OUT.jsonl.gz", help="the file to write")
    options.add_argument("--records", type=int, default=1_000_000, help="how many (1,000,000)")
    options.add_argument("--seed", type=int, default=1, help="another one makes other papers")
    chosen = options.parse_args()
    if not 0 < chosen.records <= MOST_RECORDS:
        options.error(f"--records: between 1 and {MOST_RECORDS:,}")
    require_file(REAL, PAPERLISTS)
    material, models = read_material()
    write(chosen.out, make_lines(chosen.records, material, models, chosen.seed))
    print(f"{chosen.records:,} records, {chosen.out.stat().st_size:,} bytes in {chosen.out}")


if __name__ == "__main__":
    main()
