"""Check `search.authors.identifiers`."""

from pathlib import Path

from search.authors.identifiers import collect_identifiers
from search.authors.name_cluster import find_cluster
from tests.support.author_index import open_authors


def _write(name: str, **ids: str) -> dict[str, object]:
    return {"authors": [{"name": name, "ids": ids}]}


def test_identifiers_are_collected_by_scheme(tmp_path: Path) -> None:
    """Those of most papers are first; a name with a number is one of dblp."""
    papers = [
        _write("Wei Wang", openreview="~Wei_Wang1"),
        _write("Wei Wang", openreview="~Wei_Wang2"),
        _write("Wei Wang", openreview="~Wei_Wang2"),
        _write("Wei Wang 0001"),
        _write("Wei Wang 0001", dblp="35/7092"),
        _write("Wei Wang"),
    ]
    mentions = find_cluster(open_authors(tmp_path, papers), "Wei Wang").mentions
    assert collect_identifiers(mentions) == {
        "dblp": ("35/7092", "wei wang 0001"),
        "openreview": ("~Wei_Wang2", "~Wei_Wang1"),
    }
