"""Check `search.authors.coauthors`."""

from pathlib import Path

from search.authors.coauthors import MOST_TOGETHER, Coauthor, list_coauthors
from search.authors.name_cluster import find_cluster
from tests.support.author_index import open_authors

PAPERS: list[dict[str, object]] = [
    {"year": 2019, "authors": ["Ann Lee", "Bo Quist", "Wei Wang 0001"]},
    {"year": 2021, "authors": ["Bo A. Quist", "Ann Lee", "Cy Zed"]},
    {"year": 2020, "authors": ["Bo Quist", "Ann Lee"]},
    {"authors": ["Ann Lee", "Wei Wang 0002"]},
]


def test_spellings_of_a_coauthor_are_one(tmp_path: Path) -> None:
    """The one of most papers is first, then the order is by name; numbers of dblp do not show."""
    found = list_coauthors(find_cluster(open_authors(tmp_path, PAPERS), "Ann Lee").mentions)
    assert found == (
        Coauthor("bo quist", "Bo Quist", 3, 2019, 2021),
        Coauthor("wei wang", "Wei Wang", 2, 2019, 2019),
        Coauthor("cy zed", "Cy Zed", 1, 2021, 2021),
    )
    assert [one.is_close for one in found] == [True, True, False]


def test_a_collaboration_has_no_coauthors(tmp_path: Path) -> None:
    """Its members need not know each other."""
    many = ["Ann Lee", *(f"Bo Quist{at}" for at in range(MOST_TOGETHER))]
    searcher = open_authors(tmp_path, [{"authors": many}])
    assert list_coauthors(find_cluster(searcher, "Ann Lee").mentions) == ()
