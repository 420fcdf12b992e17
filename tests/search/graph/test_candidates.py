"""Test the ranking of people, topics and institutions."""

import pytest

from search.answers.searcher import Searcher
from search.authors.name_cluster import find_cluster
from search.graph.candidates import MOST_AUTHORS, Candidates
from search.graph.scope import Scope
from search.graph.surroundings import surround_paper, surround_person
from tests.support.author_index import open_authors

CROWD = [
    f"Member{chr(97 + one // 26)}{chr(97 + one % 26)} Crowd" for one in range(MOST_AUTHORS + 20)
]
PAPERS: list[dict[str, object]] = [
    {"id": "large", "title": "Large", "authors": ["Ada Bell", *CROWD], "topics": ["every"]},
    {"id": "large2", "title": "More of it", "authors": ["Ada Bell", *CROWD], "topics": ["every"]},
    {"id": "small", "title": "Small", "authors": ["Ada Bell", "Cy Dorn"], "topics": ["rare"]},
    *[dict[str, object](id=f"x{n}", title=f"Other {n} text", topics=["every"]) for n in range(9)],
]  # fmt: skip


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Open an index of two large papers, a small one and others."""
    return open_authors(tmp_path_factory.mktemp("ranks"), PAPERS)


def test_a_small_paper_makes_closer(searcher: Searcher) -> None:
    """One joint paper of two says more than two of a hundred."""
    around = surround_person(find_cluster(searcher, "Ada Bell"), Scope())
    ranked = Candidates(around, searcher).rank_people()
    assert [node.label for node in ranked[:2]] == ["Cy Dorn", "Memberaa Crowd"]
    assert [node.weight for node in ranked[:2]] == [1, 2]


def test_authors_of_a_paper_come_with_its_ends(searcher: Searcher) -> None:
    """The first and the last author that are read come before the others."""
    around = surround_paper(searcher, searcher.read_paper("large"), Scope())
    ranked = Candidates(around, searcher).rank_people()
    assert ranked[0].label == "Ada Bell"
    assert len(ranked) <= MOST_AUTHORS


def test_rare_topics_come_first(searcher: Searcher) -> None:
    """A topic of most papers of the index tells nothing apart."""
    around = surround_person(find_cluster(searcher, "Ada Bell"), Scope())
    ranked = Candidates(around, searcher).rank_topics()
    assert [node.label for node in ranked] == ["rare", "every"]
