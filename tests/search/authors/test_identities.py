"""Check `search.authors.identities`."""

from pathlib import Path

from search.authors.identities import identify
from search.authors.name_cluster import find_cluster
from tests.support.author_index import open_authors


def test_identifiers_of_sources_keep_people_apart(tmp_path: Path) -> None:
    """Dblp's number is one of them."""
    papers: list[dict[str, object]] = [
        {"authors": [{"name": "Wei Wang", "ids": {"openreview": "~Wei_Wang1"}}]},
        {"authors": [{"name": "Wei Wang", "ids": {"openreview": "~Wei_Wang2"}}]},
        {"authors": ["Wei Wang 0001"]},
    ]
    searcher = open_authors(tmp_path, papers)
    found = identify(searcher, find_cluster(searcher, "wei wang"))
    assert {one.key for one in found.identities} >= {
        "openreview:~Wei_Wang1", "openreview:~Wei_Wang2", "dblp:wei wang 0001",
    }  # fmt: skip
    assert found.find("dblp:wei wang 0001") is not None
    assert found.find("dblp:wei wang 0002") is None
