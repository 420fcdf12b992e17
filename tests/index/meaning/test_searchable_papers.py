"""Check which papers a search returns by default."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import GenerationCorrupt
from index.meaning.searchable_papers import list_works, read_papers, read_searchable
from index.store.generations import find_current_folder
from index.store.ledger import LEDGER
from search.answers.searcher import Searcher
from search.request.facets import HIDDEN_STATUSES
from search.request.search_request import SearchRequest
from tests.support.made_works import make_documents, make_works, write_index


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_they_are_those_that_a_search_returns(tmp_path: Path, engine: str) -> None:
    """Every work of one or more records is listed once, but for those that are set aside."""
    directory = write_index(tmp_path, make_documents(*make_works()), engine)
    found = [paper.id for paper in read_searchable(find_current_folder(directory))]
    searcher = Searcher(directory)
    hits = searcher.search(SearchRequest(per_page=100)).hits
    assert sorted(found) == sorted(hit.paper.id for hit in hits)
    assert len(set(found)) == len(found) > 5
    works = list(list_works(find_current_folder(directory)))
    assert set(works) > set(found)


def test_hidden_papers_are_left_out(index_of: Callable[..., Path]) -> None:
    """Each status that hides a paper from a search keeps it from being listed."""
    records = [{"id": status, "title": f"A {status} paper", "status": status}
               for status in (*HIDDEN_STATUSES, "oral")]  # fmt: skip
    folder = find_current_folder(index_of(*records))
    assert [paper.id for paper in read_searchable(folder)] == ["oral"]
    assert len(list(list_works(folder))) == len(HIDDEN_STATUSES) + 1
    assert [paper.title for paper in read_papers(folder, ["oral"])] == ["A oral paper"]


def test_what_is_missing_is_told(index_of: Callable[..., Path]) -> None:
    """A paper or a ledger that cannot be read is reported as damage."""
    folder = find_current_folder(index_of({"id": "a", "title": "One"}))
    with pytest.raises(GenerationCorrupt, match="does not find the paper 'b'"):
        list(read_papers(folder, ["a", "b"]))
    (folder / LEDGER).unlink()
    with pytest.raises(GenerationCorrupt, match="ledger"):
        list(list_works(folder))
