"""Check that a paper of arXiv is the same paper from a harvest and from the snapshot."""

import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import msgspec
import pytest

from index.records import Paper
from tests.bench.data import DATA
from tests.support.dump_records import read_papers

REAL = DATA / "dumps" / "arxiv-oai-snapshot-200.jsonl"

Line = dict[str, Any]
SHARED = ("id", "title", "categories", "comments", "journal-ref", "doi", "abstract")


def write_element(name: str, text: str | None) -> str:
    """Return an element, or nothing for an empty text."""
    return f"<{name}>{escape(text, quote=False)}</{name}>" if text else ""


def write_common(line: Line) -> str:
    """Return the elements that both formats have."""
    return "".join(write_element(name, line[name]) for name in SHARED)


def write_raw(line: Line) -> str:
    """Return a line in the format arXivRaw, whose authors are one text."""
    versions = "".join(
        f'<version version="{one["version"]}">{write_element("date", one["created"])}</version>'
        for one in line["versions"]
    )
    authors = write_element("authors", line["authors"])
    return f"<arXivRaw>{versions}{write_common(line)}{authors}</arXivRaw>"


def write_arxiv(line: Line) -> str:
    """Return a line in the format arXiv, with separate authors and the date of a late version."""
    authors = "".join(map(write_author, line["authors_parsed"]))
    created = "<created>2026-01-01</created>"
    return f"<arXiv>{created}<authors>{authors}</authors>{write_common(line)}</arXiv>"


def write_author(parts: list[str]) -> str:
    """Return one author, with the affiliations after the names."""
    names = "".join(map(write_element, ("keyname", "forenames", "suffix"), parts))
    places = "".join(write_element("affiliation", place) for place in parts[3:])
    return f"<author>{names}{places}</author>"


def read(path: Path, short_name: str) -> dict[str, Paper]:
    """Return the papers of a dump by id, without the sources, which differ between formats."""
    papers: dict[str, Paper] = {}
    for paper in read_papers(path, short_name):
        shows = tuple(msgspec.structs.replace(show, source=None) for show in paper.appearances)
        papers[paper.id] = msgspec.structs.replace(paper, sources=(), appearances=shows)
    return papers


def remove_dates(paper: Paper) -> Paper:
    """Return a paper whose appearances have no date."""
    shows = tuple(msgspec.structs.replace(show, date="") for show in paper.appearances)
    return msgspec.structs.replace(paper, appearances=shows)


@pytest.mark.parametrize("form", [write_raw, write_arxiv])
def test_real_lines(tmp_path: Path, form: Callable[[Line], str]) -> None:
    """200 real lines, written in either format of a harvest, become the same papers."""
    if not REAL.exists():
        pytest.skip("the real arXiv lines are not here; PAPERS_DATA names their folder")
    lines = [json.loads(line) for line in REAL.read_text("utf-8").splitlines()]
    records = (f"<record><header/><metadata>{form(line)}</metadata></record>" for line in lines)
    path = tmp_path / "harvest.xml"
    path.write_text(f"<OAI-PMH><ListRecords>{''.join(records)}</ListRecords></OAI-PMH>", "utf-8")
    expected, found = read(REAL, "arxiv"), read(path, "oai")
    assert len(found) == 200
    if form is write_raw:  # affiliations are not separate there
        assert [[one.name for one in paper.authors] for paper in found.values()] == [
            [one.name for one in paper.authors] for paper in expected.values()
        ]
        found = {name: msgspec.structs.replace(found[name], authors=()) for name in found}
        expected = {name: msgspec.structs.replace(expected[name], authors=()) for name in found}
    else:  # the day of a late version is not that of the paper
        assert all(paper.shown.date for paper in expected.values())
        expected = {name: remove_dates(paper) for name, paper in expected.items()}
    assert found == expected
