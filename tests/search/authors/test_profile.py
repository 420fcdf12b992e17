"""Check `search.authors.profile`."""

from pathlib import Path

import pytest

from search.authors.distinctive_terms import Term
from search.authors.name_cluster import find_cluster
from search.authors.profile import (
    Citations,
    Places,
    Profile,
    TopicSource,
    ValueCount,
    describe_profile,
)
from tests.support.author_index import open_authors

PAPERS: list[dict[str, object]] = [
    {"year": 2018, "venue": "ICML", "citations": 5, "topics": ["Bees", "ants"],
     "authors": ["Ann Lee", "Bo Quist", "Cy Zed"]},
    {"year": 2020, "venue": "ICML", "citations": 2, "topics": ["bees"], "status": "technical paper",
     "authors": ["Cy Zed", "Ann Lee"]},
    {"year": 2020, "venue": "NeurIPS", "status": "long", "citations": 0, "authors": ["Ann Lee"]},
    {"authors": ["Bo Quist", "Ann Lee", "Cy Zed"], "topics": ["Bees"], "status": "oral"},
]  # fmt: skip


def _describe(folder: Path, papers: list[dict[str, object]]) -> Profile:
    searcher = open_authors(folder, papers)
    return describe_profile(searcher, find_cluster(searcher, "Ann Lee").mentions)


def test_a_profile_counts_papers(tmp_path: Path) -> None:
    """Years have no gap, and labels of status are merged."""
    found = _describe(tmp_path, PAPERS)
    assert (found.papers, found.first_year, found.last_year) == (4, 2018, 2020)
    assert found.years == ((2018, 1), (2019, 0), (2020, 2))
    assert found.venues == (ValueCount("ICML", 2), ValueCount("NeurIPS", 1))
    assert found.statuses == (ValueCount("main", 2), ValueCount("oral", 1))
    assert [one.name for one in found.close_coauthors] == ["Cy Zed", "Bo Quist"]


def test_topics_of_dumps_are_joined_by_case(tmp_path: Path) -> None:
    """Half of the papers or more must have some."""
    found = _describe(tmp_path, PAPERS)
    assert found.topic_source is TopicSource.DUMPS
    assert found.topics == (Term("bees", 3), Term("ants", 1))
    fewer = [paper | {"topics": []} for paper in PAPERS[:3]]
    others = _describe(tmp_path / "others", [*fewer, PAPERS[3]])
    assert others.topic_source is TopicSource.TITLES


def test_a_single_author_is_first_and_not_last(tmp_path: Path) -> None:
    """Only a list has an end."""
    found = _describe(tmp_path, PAPERS).places
    assert found == Places(first=2, last=1, alone=1, several=3, alphabetical=1, ordered=2)
    assert not found.is_alphabetical


def test_alphabetical_lists_are_noticed(tmp_path: Path) -> None:
    """Names are sorted by their last words."""
    assert _describe(tmp_path, PAPERS[:1]).places.is_alphabetical


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([5, 2, 0], Citations(7, 3, 2)),
        ([None, 1], Citations(1, 1, 1)),
        ([0], Citations(0, 1, 0)),
        ([None], Citations(None, 0, None)),
    ],
)
def test_citations_are_summed_where_they_are_known(
    tmp_path: Path, counts: list[int | None], expected: Citations
) -> None:
    """The h-index counts only papers with known citations."""
    papers: list[dict[str, object]] = [{"authors": ["Ann Lee"], "citations": n} for n in counts]
    assert _describe(tmp_path, papers).citations == expected


def test_no_papers_have_an_empty_profile(tmp_path: Path) -> None:
    """A name of initials may have none."""
    found = describe_profile(open_authors(tmp_path, PAPERS), ())
    assert found.papers == 0
    assert (found.first_year, found.years, found.topics) == (None, (), ())
    assert found.citations == Citations(None, 0, None)
