"""Check `search.authors.distinctive_terms`."""

from pathlib import Path

from search.authors.distinctive_terms import Term, find_distinctive_terms
from search.authors.name_cluster import find_cluster
from tests.support.author_index import open_authors

OWN: list[dict[str, object]] = [
    {"authors": ["Ann Lee"], "title": "Boltzmann machines for learning speech"},
    {"authors": ["Ann Lee"], "title": "Learning of a deep Boltzmann machine"},
    {"authors": ["Ann Lee"], "title": "Restricted Boltzmann Machines and learning"},
]
OTHERS: list[dict[str, object]] = [
    {"authors": ["Bo Quist"], "title": f"Learning of subject {at} with {word} machines"}
    for at, word in enumerate(("Boltzmann", "Boltzmann", *["support"] * 30))
]


def test_a_term_is_frequent_here_and_rare_elsewhere(tmp_path: Path) -> None:
    """The longest term stands for its words; what every title has is no term."""
    searcher = open_authors(tmp_path, [*OWN, *OTHERS])
    papers = [one.paper for one in find_cluster(searcher, "Ann Lee").mentions]
    found = find_distinctive_terms(searcher.engine, papers, 5)
    assert found == (Term("boltzmann machines", 3),)
    assert find_distinctive_terms(searcher.engine, papers, 0) == ()


def test_a_term_of_few_titles_of_the_index_is_left_out(tmp_path: Path) -> None:
    """It is the name of a single work."""
    searcher = open_authors(tmp_path, [*OWN, *OTHERS[2:]])
    papers = [one.paper for one in find_cluster(searcher, "Ann Lee").mentions]
    assert find_distinctive_terms(searcher.engine, papers, 5) == ()


def test_no_papers_have_no_terms(tmp_path: Path) -> None:
    """Nothing is divided by their number."""
    assert find_distinctive_terms(open_authors(tmp_path, OWN).engine, [], 5) == ()
