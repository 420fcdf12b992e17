"""Check that the made-up arXiv snapshot is like the real one, with distinct papers."""

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
from index.works.matcher import join_papers
from tests.bench.arxiv_dump import (
    MOST_RECORDS,
    REAL,
    make_lines,
    month_starts,
    read_material,
    write,
)
from tests.bench.arxiv_text import shorten_given_names, wrap_text, write_tex_accents
from tests.bench.data import PAPERLISTS

RECORDS = 500
MATERIAL = 3_000
"""Papers of paperlists used here: enough for 500 lines, and quickly read."""

Line = dict[str, Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a made-up snapshot."""
    if not REAL.exists() or not PAPERLISTS.exists():
        pytest.skip("the real dumps are not there; see tests/bench/README.md")
    path = tmp_path_factory.mktemp("made") / "arxiv.jsonl.gz"
    material, models = read_material(MATERIAL)
    write(path, make_lines(RECORDS, material, models, seed=1))
    return path


@pytest.fixture(scope="module")
def found(made: Path) -> list[Line]:
    """Read its lines."""
    with gzip.open(made, "rt", encoding="ascii") as file:
        return [json.loads(line) for line in file]


@pytest.fixture(scope="module")
def papers(made: Path) -> list[Paper]:
    """Normalise its papers as a build does."""
    records: list[RawRecord | Reject] = []
    for stream in open_dump(str(made)):
        form = recognise_format(stream)
        assert form is not None
        assert form.short_name == "arxiv"
        records += form.read(stream)
    assert all(isinstance(record, RawRecord) for record in records)
    return [normalise(record) for record in records if isinstance(record, RawRecord)]


def real() -> list[Line]:
    """Read the real lines."""
    return [json.loads(line) for line in REAL.read_text("utf-8").splitlines()]


def shape(value: object) -> object:
    """Return the kind of a value, not its content."""
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
    """The first version is of the id's month, later versions are later, the update comes last."""
    assert len(found) == RECORDS
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
    """Shares of lines without a DOI, a journal or a comment differ from real ones by at most .1."""
    for key in ("doi", "journal-ref", "comments", "report-no", "license"):
        share, known = (mean(line[key] is None for line in some) for some in (found, real()))
        assert abs(share - known) < 0.1


def test_no_two_are_one_work(papers: list[Paper]) -> None:
    """No two lines are one work, even if their arXiv ids, which differ, are ignored."""
    assert len(papers) == RECORDS
    assert all(paper.authors and paper.abstract and paper.title for paper in papers)
    assert len(join_papers(papers)) == RECORDS
    others = [replace(paper, ids={"doi": paper.ids.get("doi", paper.id)}) for paper in papers]
    assert len(join_papers(others)) == RECORDS


def test_some_authors_write_more_than_others(found: list[Line]) -> None:
    """Authors recur, and most have one paper."""
    names = [tuple(name[:2]) for line in found for name in line["authors_parsed"]]
    counts = sorted(names.count(name) for name in set(names))
    assert counts[len(counts) // 2] == 1
    assert counts[-1] > 1


def test_the_same_seed_gives_the_same_file(made: Path, tmp_path: Path) -> None:
    """The same seed gives the same bytes at any time and under any name; another seed does not."""
    material, models = read_material(MATERIAL)
    for seed, same in ((1, True), (2, False)):
        path = tmp_path / f"{seed}.gz"
        write(path, make_lines(RECORDS, material, models, seed))
        assert (path.read_bytes() == made.read_bytes()) is same


@pytest.mark.parametrize("records", [1, 500, 1_000_000, MOST_RECORDS])
def test_months_hold_all_records(records: int) -> None:
    """The months' records add up, and before 2015 none has more than four digits can number."""
    borders = month_starts(records)
    assert (borders[0], borders[-1]) == (0, records)
    assert max(end - first for first, end in pairwise(borders[:94])) < 10_000


@pytest.mark.parametrize(
    ("given", "short"),
    [("Aviral", "A."), ("Jean-Marc", "J. -M."), ("Ann Mary", "A. M."), ("C.-P.", "C. -P.")],
)
def test_initials(given: str, short: str) -> None:
    """Given names are shortened as arXiv's parser leaves them."""
    assert shorten_given_names(given) == short


@pytest.mark.parametrize(
    ("name", "written"),
    [("Balázs", "Bal\\'azs"), ("Tomàs", "Tom\\`as"), ("Dvořák", "Dvo\\v{r}\\'ak"), ("李", "李")],
)
def test_accents_are_latex(name: str, written: str) -> None:
    """Accents are written as authors of LaTeX write them."""
    assert write_tex_accents(name) == written


def test_wrapping_keeps_the_words() -> None:
    """A wrapped text has the same words; only a long word makes a long line."""
    chance = Random(1)
    for width in (10, 40):
        words = ["x" * chance.randint(1, 15) for _ in range(300)]
        rows = wrap_text(f"  {' '.join(words)}", width, "  ").split("\n")
        assert " ".join(rows).split() == words
        assert all(len(row) <= width or len(row.split()) == 1 for row in rows)
