"""Check the reader of CORE's works."""

from pathlib import Path
from typing import Any

import pytest

from index.formats.registry import recognise_format
from tests.support.answer_records import CORE
from tests.support.dump_records import make_stream
from tests.support.json_samples import read_paper

NAME = "core"

LINE: dict[str, Any] = {
    "coreId": "4100043", "doi": "10.1000/core.2", "oai": "oai:a.org:2", "title": "Walking in Lines",
    "authors": ["Lee, Ann", "Li, Bo"], "abstract": "We walk.", "year": 2020,
    "datePublished": "2020-05-06", "publisher": "Made-up Press", "journals": None,
    "language": {"code": "en"}, "topics": ["walks"], "subjects": ["Text"],
    "downloadUrl": "http://arxiv.org/abs/2005.00043", "pdfHashValue": None,
    "enrichments": {"references": [], "documentType": {"type": "thesis", "confidence": 0.9}},
}  # fmt: skip


def test_a_work_of_the_api(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_paper(tmp_path / "d", NAME, CORE)
    assert (found.id, found.title) == ("core:4100042", "Walking in Repositories")
    assert [author.name for author in found.authors] == ["Ann Lee", "Bo Li"]
    show = found.shown
    assert (show.venue, show.year, show.date) == ("Walk Letters", 2021, "2021-03-04")
    assert show.publisher == "Made-up Press"
    assert found.ids == {
        "core": "4100042", "doi": "10.1000/core.1", "arxiv": "2101.00042", "mag": "310",
    }  # fmt: skip
    assert found.urls == {
        "page": "https://core.ac.uk/works/4100042", "pdf": "https://core.ac.uk/download/41.pdf",
    }  # fmt: skip
    assert (found.topics, found.citations, found.language) == (("mathematics",), 3, "en")


def test_a_line_of_the_data_set(tmp_path: Path) -> None:
    """The data set names some keys otherwise, and guesses the type."""
    found = read_paper(tmp_path / "d", NAME, LINE)
    assert (found.id, found.shown.type) == ("core:4100043", "thesis")
    assert [author.name for author in found.authors] == ["Ann Lee", "Bo Li"]
    assert (found.shown.year, found.shown.date) == (2020, "2020-05-06")
    assert found.topics == ("walks", "text")
    assert found.ids["arxiv"] == "2005.00043"


@pytest.mark.parametrize("kind", [None, "research", {"type": None}, {"confidence": 1}])
def test_an_unknown_type(tmp_path: Path, kind: object) -> None:
    """A kind that says nothing is dropped."""
    change = {"enrichments": {"documentType": kind}}
    assert read_paper(tmp_path / "d", NAME, LINE, **change).shown.type == ""


def test_other_records_are_not_recognised() -> None:
    """A link to a file is in many records."""
    content = b'{"title": "T", "downloadUrl": "https://a.org/1.pdf"}'
    assert recognise_format(make_stream(content)) is None
