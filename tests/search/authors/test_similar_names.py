"""Check which names are listed as similar, and which as those of the same person."""

from pathlib import Path

import pytest

from index.people.curation import CURATION
from search.answers.searcher import Searcher
from search.authors.name_cluster import find_cluster
from search.authors.similar_names import find_other_names, find_similar_names
from tests.support.author_index import open_authors

ORCID = "0000-0002-1825-0097"
NAMES: list[dict[str, object]] = [
    {"authors": ["Geoffrey Hinton", "Ann Lee"]},
    {"authors": ["Geoffrey E. Hinton"]},
    {"authors": ["Geofrey Hinton"]},
    {"authors": ["Geofrey E. Hinton"]},
    {"authors": ["Geofrey E. Hinton 0002"]},
    {"authors": ["Geoffrey Hilton"]},
    {"authors": ["Gefofrey Hinton", "Geoffrey Hinton"]},
    {"authors": ["Grace Hinton"]},
    {"authors": ["J. Hinton"]},
    {"authors": ["Geoffrey Huntington"]},
    {"authors": ["Goeffrey Hilton"]},
    {"authors": [{"name": "Ada Byron", "ids": {"orcid": ORCID}}]},
    {"authors": [{"name": "Ada King", "ids": {"orcid": ORCID}}, "Geoffrey Hinton"]},
    {"authors": ["Ada M. King"]},
    {"authors": ["Bo Li", "Bo Lu", "Bob Li"]},
]


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    """Open an index of names."""
    return open_authors(tmp_path, NAMES)


def list_similar(searcher: Searcher, name: str, limit: int = 10) -> list[tuple[str, int]]:
    """Return the similar names of a name, and their papers."""
    found = find_similar_names(searcher.engine, find_cluster(searcher, name), limit)
    return [(one.name, one.papers) for one in found]


def test_similar_names_are_ranked(searcher: Searcher) -> None:
    """Misspellings come first, then who else has the family name; spellings are one name."""
    expected = [
        ("Geofrey E. Hinton", 3),
        ("Gefofrey Hinton", 1),
        ("Geoffrey Hilton", 1),
        ("Grace Hinton", 1),
        ("J. Hinton", 1),
    ]
    assert list_similar(searcher, "Geoffrey Hinton") == expected
    assert list_similar(searcher, "Hinton, Geoffrey E.") == expected
    assert list_similar(searcher, "Geoffrey Hinton", 2) == expected[:2]


def test_short_names_have_no_misspellings(searcher: Searcher) -> None:
    """Lu is no misspelling of Li; Bob has the same family name."""
    assert list_similar(searcher, "Bo Li") == [("Bob Li", 1)]


def test_a_name_alone_has_none(tmp_path: Path) -> None:
    """Neither a family name alone nor a single paper has similar names."""
    searcher = open_authors(tmp_path, [{"authors": ["Plato"]}, {"authors": ["Zoe Unusual"]}])
    assert list_similar(searcher, "Plato") == []
    assert list_similar(searcher, "Zoe Unusual") == []


def list_others(searcher: Searcher, name: str) -> list[tuple[str, int]]:
    """Return the other names of the people of a name, and their papers."""
    found = find_other_names(searcher, find_cluster(searcher, name))
    return [(one.name, one.papers) for one in found]


def test_other_names_have_the_same_orcid(searcher: Searcher) -> None:
    """Co-authors on these papers are others."""
    assert list_others(searcher, "Ada Byron") == [("Ada King", 1)]
    assert list_others(searcher, "Ada King") == [("Ada Byron", 1)]
    assert list_others(searcher, "Geoffrey Hinton") == []


def test_other_names_of_the_maintainer_are_of_the_cluster(tmp_path: Path) -> None:
    """An alias is a spelling of the name, so that it is not listed once more."""
    open_authors(tmp_path, NAMES)
    text = f'[[person]]\nname = "Ada Byron"\nid = "orcid:{ORCID}"\nalias = ["Grace Hinton"]\n'
    (tmp_path / "index" / CURATION).write_text(text, "utf-8")
    searcher = Searcher(tmp_path / "index")
    assert list_others(searcher, "Ada Byron") == [("Ada King", 1)]
    variants = find_cluster(searcher, "Grace Hinton").variants
    assert [one.name for one in variants] == ["Ada Byron", "Grace Hinton"]
