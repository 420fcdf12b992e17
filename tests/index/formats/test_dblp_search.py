"""Check the reader of dblp's search for publications."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.errors import RecordError
from index.formats.dblp_search import Info, build_element
from index.formats.registry import recognise_format
from index.records import Author, Paper, RawRecord
from tests.support.answer_records import DBLP_HIT
from tests.support.dump_records import make_stream
from tests.support.json_samples import read, read_paper

NAME = "dblp"
INFO: dict[str, Any] = DBLP_HIT["info"]


def read_hit(path: Path, **changes: Any) -> Paper:  # noqa: ANN401 - any value
    """Read the sample with some of its fields changed."""
    return read_paper(path / "d", NAME, DBLP_HIT, info=INFO | changes)


def test_a_hit(tmp_path: Path) -> None:
    """A hit has the id and the fields of the record in the dump."""
    found = read_hit(tmp_path)
    assert (found.id, found.title) == ("dblp:conf/nips/LeeL20", "Walks & Runs")
    assert found.authors == (
        Author("Ann Lee", "ann lee 0001", {"dblp": "12/34"}),
        Author("Bo Li", "bo li", {"dblp": "56/78"}),
    )
    show = found.shown
    assert (show.venue, show.year, show.type) == ("NeurIPS", 2020, "conference paper")
    assert show.pages == "11-19"
    assert found.ids == {"dblp": "conf/nips/LeeL20", "doi": "10.1000/dblp.1"}
    assert show.source is not None
    assert show.source.licence == "CC0-1.0"


KINDS: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"type": "Journal Articles", "venue": "Walk Lett."}, ("Walk Lett.", "journal article")),
    ({"type": "Informal and Other Publications", "venue": "CoRR"}, ("arXiv", "preprint")),
    ({"type": "Parts in Books or Collections", "venue": "All Walks"},
     ("All Walks", "book chapter")),
    ({"type": "Reference Works", "venue": ["All", "Walks"]}, ("All", "reference entry")),
    ({"type": "Books and Theses", "venue": None, "key": "books/x/Lee20"}, ("", "book")),
    ({"type": "Books and Theses", "venue": None, "key": "phd/ch/Lee20"}, ("", "thesis")),
    ({"type": "Data and Artifacts", "venue": None}, ("", "dataset")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), KINDS)
def test_types(tmp_path: Path, change: dict[str, Any], expected: tuple[str, str]) -> None:
    """Each type of hit stands for an element of the dump."""
    show = read_hit(tmp_path, **change).shown
    assert (show.venue, show.type) == expected


AUTHORS: list[tuple[Any, list[str]]] = [
    ({"author": {"@pid": "1/2", "text": "Ann Lee"}}, ["Ann Lee"]),
    ({"author": ["Ann Lee", "Bo Li"]}, ["Ann Lee", "Bo Li"]),
    ({"author": "Ann Lee"}, ["Ann Lee"]),
    (None, []),
]


@pytest.mark.parametrize(("authors", "names"), AUTHORS)
def test_authors(tmp_path: Path, authors: Any, names: list[str]) -> None:  # noqa: ANN401 - any value
    """A single author is no list, and older answers have the names alone."""
    assert [author.name for author in read_hit(tmp_path, authors=authors).authors] == names


def test_proceedings_are_skipped(tmp_path: Path) -> None:
    """As in the dump, a volume is no paper."""
    (found,) = read(tmp_path / "d", NAME, DBLP_HIT | {"info": INFO | {"type": "Editorship"}})
    assert isinstance(found, RawRecord)
    assert (found.deleted, found.id) == (True, "dblp:conf/nips/LeeL20")


def test_a_withdrawn_paper(tmp_path: Path) -> None:
    """It keeps its record and says so."""
    assert read_hit(tmp_path, type="Withdrawn Items").status == "withdrawn"


def test_the_key_may_be_in_the_address() -> None:
    """A hit without a key has the address of its record; without both it is rejected."""
    info = Info(url="https://dblp.org/rec/conf/nips/LeeL20", title="T")
    assert build_element(info).get("key") == "conf/nips/LeeL20"
    with pytest.raises(RecordError, match="has no key"):
        build_element(Info(title="T"))


def test_a_search_for_authors_is_not_recognised() -> None:
    """Its hits are people."""
    hit = {"@score": "1", "@id": "1", "info": {"author": "Ann Lee", "url": "x"}}
    content = json.dumps({"result": {"hits": {"hit": [hit]}}}).encode()
    assert recognise_format(make_stream(content)) is None
