"""Answers: is a paper of arXiv the same paper, harvested or from the snapshot?"""

import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import msgspec
import pytest

from index.dumps.streams import open_dump
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import Paper, RawRecord
from tests.bench.data import DATA

REAL = DATA / "dumps" / "arxiv-oai-snapshot-200.jsonl"

Line = dict[str, Any]
SHARED = ("id", "title", "categories", "comments", "journal-ref", "doi", "abstract")


def element(name: str, text: str | None) -> str:
    """Write an element, or nothing where there is nothing to say."""
    return f"<{name}>{escape(text, quote=False)}</{name}>" if text else ""


def shared(line: Line) -> str:
    """Write the parts that both forms have."""
    return "".join(element(name, line[name]) for name in SHARED)


def raw(line: Line) -> str:
    """Write a line in the form arXivRaw, whose authors are one text."""
    versions = "".join(
        f'<version version="{one["version"]}">{element("date", one["created"])}</version>'
        for one in line["versions"]
    )
    return f"<arXivRaw>{versions}{shared(line)}{element('authors', line['authors'])}</arXivRaw>"


def parted(line: Line) -> str:
    """Write a line in the form arXiv, whose authors are in parts, dated by a late version."""
    authors = "".join(map(author, line["authors_parsed"]))
    return f"<arXiv><created>2026-01-01</created><authors>{authors}</authors>{shared(line)}</arXiv>"


def author(parts: list[str]) -> str:
    """Write one author, places last."""
    names = "".join(map(element, ("keyname", "forenames", "suffix"), parts))
    places = "".join(element("affiliation", place) for place in parts[3:])
    return f"<author>{names}{places}</author>"


def read(path: Path) -> dict[str, Paper]:
    """Read a dump whose records are all good, by id; without what tells the formats apart."""
    papers: dict[str, Paper] = {}
    for stream in open_dump(str(path)):
        form = recognise_format(stream)
        assert form is not None
        for found in form.read(stream):
            assert isinstance(found, RawRecord), found
            paper = normalise(found)
            shows = tuple(msgspec.structs.replace(show, source=None) for show in paper.appearances)
            papers[paper.id] = msgspec.structs.replace(paper, sources=(), appearances=shows)
    return papers


@pytest.mark.parametrize("form", [raw, parted])
def test_real_lines(tmp_path: Path, form: Callable[[Line], str]) -> None:
    """Two hundred real lines, written as either form of a harvest, are the same papers."""
    if not REAL.exists():
        pytest.skip("the real arXiv lines are not here; PAPERS_DATA names their folder")
    lines = [json.loads(line) for line in REAL.read_text("utf-8").splitlines()]
    records = (f"<record><header/><metadata>{form(line)}</metadata></record>" for line in lines)
    path = tmp_path / "harvest.xml"
    path.write_text(f"<OAI-PMH><ListRecords>{''.join(records)}</ListRecords></OAI-PMH>", "utf-8")
    expected, found = read(REAL), read(path)
    assert len(found) == 200
    if form is raw:  # it keeps no places apart
        assert [[one.name for one in paper.authors] for paper in found.values()] == [
            [one.name for one in paper.authors] for paper in expected.values()
        ]
        found = {name: msgspec.structs.replace(found[name], authors=()) for name in found}
        expected = {name: msgspec.structs.replace(expected[name], authors=()) for name in found}
    assert found == expected
