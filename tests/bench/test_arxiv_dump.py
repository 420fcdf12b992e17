"""Answers: is the made-up arXiv snapshot like the real one, each paper one of its own?"""

import gzip
import json
import re
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any

import pytest
from msgspec.structs import replace

from index.dumps.streams import open_dump
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import Paper, RawRecord, Reject
from index.works.matcher import merge
from tests.bench.arxiv_dump import MOST_RECORDS, REAL, lines, real_material, starts, write
from tests.bench.arxiv_text import initials, tex, wrapped
from tests.bench.data import PAPERLISTS

RECORDS = 500
MATERIAL = 3_000
"""Papers of paperlists that the text is made of here: enough for 500, and read in no time."""

Line = dict[str, Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a made-up snapshot."""
    if not REAL.exists() or not PAPERLISTS.exists():
        pytest.skip("the real dumps are not there; see tests/bench/README.md")
    path = tmp_path_factory.mktemp("made") / "arxiv.jsonl.gz"
    material, models = real_material(MATERIAL)
    write(path, lines(RECORDS, material, models, seed=1))
    return path


@pytest.fixture(scope="module")
def found(made: Path) -> list[Line]:
    """Give its lines."""
    with gzip.open(made, "rt", encoding="ascii") as file:
        return [json.loads(line) for line in file]


@pytest.fixture(scope="module")
def papers(made: Path) -> list[Paper]:
    """Give its papers as a build makes them of it."""
    records: list[RawRecord | Reject] = []
    for stream in open_dump(str(made)):
        form = recognise_format(stream)
        assert form is not None
        assert form.short_name == "arxiv"
        records += form.read(stream)
    assert all(isinstance(record, RawRecord) for record in records)
    return [normalise(record) for record in records if isinstance(record, RawRecord)]


def real() -> list[Line]:
    """Give the real lines."""
    return [json.loads(line) for line in REAL.read_text("utf-8").splitlines()]


def shape(value: object) -> object:
    """Give what a value is, not what it says."""
    if isinstance(value, list):
        return list({json.dumps(shape(one)): shape(one) for one in value}.values())
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    return type(value).__name__


def test_lines_have_the_real_keys(found: list[Line]) -> None:
    """A line has the keys of the real ones in their order, with values of the same kinds."""
    known = {json.dumps(shape(line)) for line in real()}
    assert len(found) == RECORDS
    assert {json.dumps(shape(line)) for line in found} <= known


def test_ids_are_unique_rise_and_are_valid(found: list[Line]) -> None:
    """An id names its month, 0704 to 2611, with four digits behind until 2014 and then five."""
    ids = [line["id"] for line in found]
    assert len(set(ids)) == RECORDS
    assert ids == sorted(ids)
    for name in ids:
        assert re.fullmatch(r"(?:0[7-9]|1[0-4])\d\d\.\d{4}|(?:1[5-9]|2[0-6])\d\d\.\d{5}", name)
        assert "01" <= name[2:4] <= "12"
        assert "0704" <= name[:4] <= "2611"


def test_dates_follow_the_id(found: list[Line]) -> None:
    """The first version is of the id's month, later ones are later, the update comes last."""
    for line in found:
        for version in line["versions"]:
            assert re.fullmatch(
                r"[A-Z][a-z]{2}, [1-9]\d? [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d GMT",
                version["created"],
            )
        assert f" 20{line['id'][:2]} " in line["versions"][0]["created"]
        assert line["update_date"] >= f"20{line['id'][:2]}-{line['id'][2:4]}"


def test_text_is_wrapped_like_the_real(found: list[Line]) -> None:
    """Abstracts begin with two spaces and end with a line; lines are as long as the real ones."""
    for line in found:
        assert re.match(r"  \S", line["abstract"])
        assert line["abstract"].endswith("\n")
        assert not line["abstract"].endswith("\n\n")
        for row in [*line["abstract"].splitlines(), *line["title"].splitlines()]:
            assert len(row) < 80 or " " not in row.strip()
    assert any("\n  " in line["title"] for line in found)
    assert any("$" in line["title"] for line in found)
    assert any("\\" in line["abstract"] for line in found)


@pytest.mark.parametrize("key", ["title", "abstract", "authors_parsed", "versions"])
def test_lengths_are_those_of_the_real(found: list[Line], key: str) -> None:
    """Of 500 lines the mean length lies within a sixth of that of the real ones."""
    ratio = mean(len(line[key]) for line in found) / mean(len(line[key]) for line in real())
    assert 5 / 6 < ratio < 6 / 5


def test_the_same_fields_are_empty(found: list[Line]) -> None:
    """As many lines as of the real ones, give or take a tenth, have a DOI, a journal, a comment."""
    for key in ("doi", "journal-ref", "comments", "report-no", "license"):
        share, known = (mean(line[key] is None for line in some) for some in (found, real()))
        assert abs(share - known) < 0.1


def test_no_two_are_one_work(papers: list[Paper]) -> None:
    """Not even if nothing were known of their arXiv ids, by which they are strangers anyway."""
    assert len(papers) == RECORDS
    assert all(paper.authors and paper.abstract and paper.title for paper in papers)
    assert len(merge(papers)) == RECORDS
    others = [replace(paper, ids={"doi": paper.ids.get("doi", paper.id)}) for paper in papers]
    assert len(merge(others)) == RECORDS


def test_some_authors_write_more_than_others(found: list[Line]) -> None:
    """Authors recur, and most have one paper."""
    names = [tuple(name[:2]) for line in found for name in line["authors_parsed"]]
    counts = sorted(names.count(name) for name in set(names))
    assert counts[len(counts) // 2] == 1
    assert counts[-1] > 1


def test_the_same_seed_gives_the_same_file(made: Path, tmp_path: Path) -> None:
    """Byte by byte, at any time and under any name; another seed gives another one."""
    material, models = real_material(MATERIAL)
    for seed, same in ((1, True), (2, False)):
        path = tmp_path / f"{seed}.gz"
        write(path, lines(RECORDS, material, models, seed))
        assert (path.read_bytes() == made.read_bytes()) is same


@pytest.mark.parametrize("records", [1, 500, 1_000_000, MOST_RECORDS])
def test_months_hold_all_records(records: int) -> None:
    """The months' records add up, and before 2015 a month has no more than four digits take."""
    borders = starts(records)
    assert (borders[0], borders[-1]) == (0, records)
    assert max(end - first for first, end in pairwise(borders[:94])) < 10_000


@pytest.mark.parametrize(
    ("given", "short"),
    [("Aviral", "A."), ("Jean-Marc", "J. -M."), ("Ann Mary", "A. M."), ("C.-P.", "C. -P.")],
)
def test_initials(given: str, short: str) -> None:
    """Given names are shortened as arXiv's parser leaves them."""
    assert initials(given) == short


@pytest.mark.parametrize(
    ("name", "written"),
    [("Balázs", "Bal\\'azs"), ("Tomàs", "Tom\\`as"), ("Dvořák", "Dvo\\v{r}\\'ak"), ("李", "李")],
)
def test_accents_are_latex(name: str, written: str) -> None:
    """Accents are written as authors of LaTeX write them."""
    assert tex(name) == written


def test_wrapping_keeps_the_words() -> None:
    """A wrapped text is the same text, whatever its words; only a long word makes a long line."""
    chance = Random(1)
    for width in (10, 40):
        words = ["x" * chance.randint(1, 15) for _ in range(300)]
        rows = wrapped(f"  {' '.join(words)}", width, "  ").split("\n")
        assert " ".join(rows).split() == words
        assert all(len(row) <= width or len(row.split()) == 1 for row in rows)
