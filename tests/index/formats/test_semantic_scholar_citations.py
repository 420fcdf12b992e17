"""Check the reader of Semantic Scholar's citations, also as part of an index."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.build.operations import add, build, remove
from index.errors import DumpEmpty
from index.formats.registry import recognise_format
from index.records import RawRecord
from tests.support.citing_papers import SETTINGS, list_edges, write_dump
from tests.support.dump_records import make_stream


def make_citation(citing: int | None, cited: int | None) -> dict[str, Any]:
    """Make a line of the dataset."""
    return {
        "citationid": 1, "citingcorpusid": citing, "citedcorpusid": cited,
        "isinfluential": False, "contexts": None, "intents": None,
    }  # fmt: skip


def make_paper(number: int) -> dict[str, Any]:
    """Make a line of the dataset of papers."""
    return {"corpusid": number, "title": f"Title of {number}", "externalids": {}, "authors": []}


def test_a_line_is_a_citation() -> None:
    """It says what a paper cites; one without a known paper says nothing."""
    lines = [make_citation(1, 2), make_citation(3, None), make_citation(None, 2)]
    stream = make_stream("\n".join(map(json.dumps, lines)))
    form = recognise_format(stream)
    assert form is not None
    found = list(form.read(stream))
    assert [(one.id, one.part, one.references) for one in found if isinstance(one, RawRecord)] == [
        ("s2:1", "citation", ("s2:2",)),
        ("", "citation", ()),
        ("", "citation", ()),
    ]


def test_citations_join_papers_of_other_dumps(tmp_path: Path) -> None:
    """They are kept whether they come before or after the papers, and go with the citing paper."""
    papers = write_dump(tmp_path / "papers.jsonl", map(make_paper, (1, 2, 3)))
    cited = write_dump(
        tmp_path / "citations.jsonl",
        [make_citation(1, 2), make_citation(2, 9), make_citation(3, 1)],
    )
    first, other = tmp_path / "first", tmp_path / "other"
    _, report = build(first, [cited, papers], SETTINGS)
    assert (report.citations, report.skipped, report.indexed) == (3, 3, 3)
    assert report.adds_up()
    assert list_edges(first) == {("s2:1", "s2:2"), ("s2:3", "s2:1")}
    build(other, [papers], SETTINGS)
    manifest, report = add(other, [cited], SETTINGS)
    assert (report.citations, report.changed, manifest.papers) == (3, 0, 3)
    assert list_edges(other) == list_edges(first)
    again, report = add(other, [cited], SETTINGS)
    assert (again.name, report.citations) == (manifest.name, 0)
    remove(other, ["s2:3"], SETTINGS)
    add(other, [papers], SETTINGS)
    assert list_edges(other) == {("s2:1", "s2:2")}


def test_citations_alone_are_no_index(tmp_path: Path) -> None:
    """Without papers there is nothing to build."""
    cited = write_dump(tmp_path / "citations.jsonl", [make_citation(1, 2)])
    with pytest.raises(DumpEmpty):
        build(tmp_path / "index", [cited], SETTINGS)
