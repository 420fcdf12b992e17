"""Check the reader of answers of Semantic Scholar's API."""

from pathlib import Path
from typing import Any

import pytest

from index.formats.registry import recognise_format
from index.records import Author, RawRecord
from tests.support.answer_records import S2_PAPER
from tests.support.dump_records import make_stream
from tests.support.json_samples import SEMANTIC_SCHOLAR, read_paper, read_raw

NAME = "semantic_scholar"


def test_a_paper(tmp_path: Path) -> None:
    """Every key is read into its field."""
    found = read_paper(tmp_path / "d", NAME, S2_PAPER)
    assert (found.id, found.title) == ("s2:9100077", "Walking by Request")
    ids = {"s2": "41", "orcid": "0000-0002-1825-0097"}
    assert found.authors == (
        Author("Ann Lee", "ann lee", ids, ("ETH Zurich",)), Author("Bo Li", "bo li"),
    )  # fmt: skip
    show = found.shown
    assert (show.venue, show.venue_kind, show.type) == (
        "Walk Letters",
        "journal",
        "journal article",
    )
    assert (show.year, show.date, show.volume, show.pages) == (2021, "2021-05-04", "7", "11-19")
    assert found.topics == ("computer science", "mathematics")
    assert found.ids == {
        "s2": "9100077", "doi": "10.1000/s2.7", "arxiv": "2101.00077", "pmc": "PMC8100077",
    }  # fmt: skip
    assert found.urls == {
        "page": "https://www.semanticscholar.org/paper/0a1b", "pdf": "https://a.org/walk.pdf",
    }  # fmt: skip
    assert found.citations == 8


def test_a_paper_has_one_id_in_both_forms(tmp_path: Path) -> None:
    """A paper of the dataset and the same paper of the API are one record."""
    of_dataset = read_paper(tmp_path / "a", NAME, SEMANTIC_SCHOLAR)
    number = {"CorpusId": SEMANTIC_SCHOLAR["corpusid"]}
    of_api = read_paper(tmp_path / "b", NAME, S2_PAPER, externalIds=number)
    assert of_api.id == of_dataset.id


HASH = S2_PAPER["paperId"]
KNOWN: list[tuple[dict[str, Any], str]] = [
    ({"corpusId": 5, "externalIds": None}, "s2:5"),
    ({"externalIds": {"CorpusId": "6"}}, "s2:6"),
    ({"externalIds": {"DOI": "10.1000/a"}}, f"s2:{HASH}"),
    ({"externalIds": None}, f"s2:{HASH}"),
    ({"externalIds": None, "paperId": None, "doi": "10.1000/b"}, "doi:10.1000/b"),
]


@pytest.mark.parametrize(("change", "known"), KNOWN)
def test_ids(tmp_path: Path, change: dict[str, Any], known: str) -> None:
    """The corpus number counts, else the hash; a reference outside the corpus has neither."""
    assert read_paper(tmp_path / "d", NAME, S2_PAPER, **change).id == known


def test_the_page_of_a_hash(tmp_path: Path) -> None:
    """The address of a paper's page is built if it was not asked for."""
    found = read_paper(tmp_path / "d", NAME, S2_PAPER, url=None)
    assert found.urls["page"] == f"https://www.semanticscholar.org/paper/{HASH}"


def test_a_batch_has_null_for_what_was_not_found(tmp_path: Path) -> None:
    """Nothing was found there, so it is skipped; so are the authors of a search."""
    path = tmp_path / "d.json"
    path.write_text('[{"paperId": "a1", "title": "T"}, null, {"authorId": "7", "name": "Ann Lee"}]')
    found = [one for one in read_raw(path) if isinstance(one, RawRecord)]
    assert [one.deleted for one in found] == [False, True, True]


def test_snippets(tmp_path: Path) -> None:
    """A search for snippets has the names of authors as texts and no hash."""
    path = tmp_path / "d.json"
    path.write_text(
        '{"data": [{"snippet": {"text": "We walk.", "snippetKind": "abstract"}, "score": 0.9,'
        ' "paper": {"corpusId": "12", "title": "On Walks", "authors": ["Ann Lee"]}}]}'
    )
    (found,) = read_raw(path)
    assert isinstance(found, RawRecord)
    assert (found.id, found.title, found.authors[0].name) == ("s2:12", "On Walks", "Ann Lee")


@pytest.mark.parametrize(
    "content",
    [
        b'{"data": [{"authorId": "1", "name": "Ann Lee", "paperCount": 3}]}',
        b'{"error": "Paper not found"}',
        b'{"id": "7", "title": "T", "paperId": "x"}',
    ],
)
def test_other_answers_are_not_recognised(content: bytes) -> None:
    """Authors and errors are no papers; the project's own records may have a key `paperId`."""
    form = recognise_format(make_stream(content))
    assert form is None or form.short_name == "jsonl"
