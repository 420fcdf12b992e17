"""Check `search.authors.placed_papers`."""

from pathlib import Path

import pytest

from search.authors.identities import Identities, identify
from search.authors.name_cluster import find_cluster
from search.authors.placed_papers import (
    POSSIBLE,
    choose_papers,
    is_hidden,
    leave_hidden_out,
)
from search.errors import IdentityMissing
from tests.support.author_index import open_authors

ONE, TWO = "0000-0002-1825-0097", "0000-0001-5109-3700"


def _identify(folder: Path) -> Identities:
    names = [{"orcid": ONE}, {"orcid": TWO}, {"orcid": ONE}]
    papers: list[dict[str, object]] = [
        {"year": 2000 + at, "authors": [{"name": "Ann Lee", "ids": ids}]}
        for at, ids in enumerate(names)
    ]
    searcher = open_authors(folder, papers)
    return identify(searcher, find_cluster(searcher, "Ann Lee"))


def test_papers_of_a_name_and_of_an_identity(tmp_path: Path) -> None:
    """Both come newest first."""
    found = _identify(tmp_path)
    listed = {
        key: [one.mention.paper.id for one in choose_papers(found, key)]
        for key in ("", f"orcid:{ONE}", f"orcid:{TWO}")
    }
    assert listed == {
        "": ["p2", "p1", "p0"],
        f"orcid:{ONE}": ["p2", "p0"],
        f"orcid:{TWO}": ["p1"],
    }


@pytest.mark.parametrize("key", ["orcid:nobody", POSSIBLE])
def test_an_unknown_identity_is_missing(tmp_path: Path, key: str) -> None:
    """So are the papers that fit no identity, if there are none."""
    with pytest.raises(IdentityMissing):
        choose_papers(_identify(tmp_path), key)


def test_withdrawn_papers_are_hidden(tmp_path: Path) -> None:
    """They are papers of the name, which a list leaves out."""
    papers: list[dict[str, object]] = [
        {"authors": ["Ann Lee"], "status": status} for status in ("withdrawn", "oral")
    ]
    searcher = open_authors(tmp_path, papers)
    found = identify(searcher, find_cluster(searcher, "Ann Lee"))
    hidden = {one.mention.paper.id: is_hidden(one) for one in choose_papers(found)}
    assert hidden == {"p0": True, "p1": False}


def test_people_of_hidden_papers_are_left_out(tmp_path: Path) -> None:
    """People and possible papers are counted as lists show them; the keys stay the same."""
    papers: list[dict[str, object]] = [
        {"authors": [{"name": "Ann Lee", "ids": ids}], "status": status}
        for ids, status in (
            ({"orcid": ONE}, "withdrawn"), ({"orcid": ONE}, "rejected"), ({"orcid": ONE}, "oral"),
            ({"orcid": TWO}, "retracted"), ({}, "withdrawn"),
        )
    ]  # fmt: skip
    searcher = open_authors(tmp_path, papers)
    found = identify(searcher, find_cluster(searcher, "Ann Lee"))
    listed = leave_hidden_out(found)
    assert len(found.identities) == 2
    assert [(one.key, len(one.mentions)) for one in listed.identities] == [(f"orcid:{ONE}", 1)]
    assert (len(found.possible), listed.possible) == (1, ())
    assert found.find(f"orcid:{TWO}") is not None
