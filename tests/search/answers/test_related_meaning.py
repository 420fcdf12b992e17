"""Check that related papers are ordered by their meaning too where an index has vectors."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.store.additions import VECTORS
from search.answers.related import REORDERED, find_related
from search.answers.results import Hit
from search.answers.searcher import Searcher
from tests.support.made_vectors import add_vectors

TITLES = {
    "cats": "The sleep of cats",
    "cars": "The sleep mode of car computers",
    "kittens": "Why young felines sleep all day",
    "pumps": "Pumps and the sleep command",
}


@pytest.fixture
def directory(index_of: Callable[..., Path]) -> Path:
    """Index four papers that share one word, and others that have none of theirs."""
    records = [{"id": one, "title": title} for one, title in TITLES.items()]
    return index_of(*records, *({"id": f"x{n}", "title": f"Other {n}"} for n in range(20)))


def list_ids(hits: tuple[Hit, ...]) -> list[str]:
    """Return the ids of hits."""
    return [hit.paper.id for hit in hits]


def test_the_closest_paper_comes_first(directory: Path) -> None:
    """Papers that share the same word are ordered by meaning, with scores in that order."""
    searcher = Searcher(directory)
    paper = searcher.read_paper("cats")
    plain = find_related(searcher, paper).hits
    folder = add_vectors(directory)
    found = find_related(searcher, paper).hits
    assert list_ids(found)[0] == "kittens"
    assert sorted(list_ids(found)) == sorted(list_ids(plain)) == ["cars", "kittens", "pumps"]
    assert [hit.rank for hit in found] == [1, 2, 3]
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert find_related(searcher, paper, by_meaning=False).hits == plain
    assert find_related(searcher, paper, limit=1).hits == found[:1]
    assert find_related(searcher, paper, limit=REORDERED + 1).hits == found
    (folder / VECTORS).write_bytes(b"damaged")
    assert find_related(searcher, paper).hits == plain


@pytest.mark.parametrize("without", [{"cats"}, set(TITLES) - {"cats"}])
def test_papers_without_a_vector_keep_their_places(directory: Path, without: set[str]) -> None:
    """So do all others if the paper itself has none."""
    searcher = Searcher(directory)
    paper = searcher.read_paper("cats")
    plain = find_related(searcher, paper).hits
    add_vectors(directory, without)
    assert find_related(searcher, paper).hits == plain
