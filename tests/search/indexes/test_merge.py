"""Test how the hits of several indexes become one list."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from index.records import Appearance, Author, Paper
from search.answers.results import Hit
from search.indexes.merge import list_keys, merge_hits


def _make_hit(rank: int, paper_id: str, title: str = "", **fields: Any) -> Hit:  # noqa: ANN401 - fields of a paper
    year = fields.pop("year", 2020)
    paper = Paper(
        id=paper_id,
        title=title or f"The title of {paper_id}",
        authors=(Author("Ada Lovelace", "ada lovelace"),),
        appearances=(Appearance(year=year),),
        **fields,
    )
    return Hit(paper, 0.0, rank)


def _list_places(found: dict[str, list[Hit]]) -> list[list[str]]:
    return [
        [f"{place.index}/{place.hit.paper.id}" for place in hit.places] for hit in merge_hits(found)
    ]


def test_hits_of_different_indexes_alternate() -> None:
    """Without common papers the ranks decide, and the order of the indexes among equal ones."""
    found = {
        "a": [_make_hit(1, "x"), _make_hit(2, "y")],
        "b": [_make_hit(1, "p"), _make_hit(2, "q"), _make_hit(3, "r")],
    }
    assert _list_places(found) == [["a/x"], ["b/p"], ["a/y"], ["b/q"], ["b/r"]]


def test_a_paper_in_two_indexes_rises() -> None:
    """Its places add up, and the one with the better rank is shown."""
    doi = {"doi": "10.1000/182"}
    found = {
        "a": [_make_hit(1, "x"), _make_hit(2, "y"), _make_hit(3, "z", ids=doi)],
        "b": [_make_hit(1, "p"), _make_hit(2, "q", "Another title", ids=doi)],
    }
    assert _list_places(found)[0] == ["b/q", "a/z"]


def test_papers_are_the_same_by_identifier_or_title() -> None:
    """A DOI, an arXiv id, or the title with year and first author; an arXiv DOI is the id."""
    arxiv = _make_hit(1, "x", "One", ids={"arxiv": "1706.03762"})
    as_doi = _make_hit(1, "y", "Two", ids={"doi": "10.48550/arxiv.1706.03762"})
    assert len(merge_hits({"a": [arxiv], "b": [as_doi]})) == 1
    written = _make_hit(1, "p", "Attention is All you Need.")
    rewritten = _make_hit(1, "q", "ATTENTION IS ALL YOU NEED")
    later = _make_hit(1, "r", "Attention is all you need", year=2023)
    assert len(merge_hits({"a": [written], "b": [rewritten]})) == 1
    assert len(merge_hits({"a": [written], "b": [later]})) == 2


def test_hits_of_one_index_stay_apart() -> None:
    """What an index keeps apart is not joined, whatever another one has."""
    twins = [_make_hit(1, "x", "Same"), _make_hit(2, "y", "Same")]
    assert _list_places({"a": twins}) == [["a/x"], ["a/y"]]
    assert _list_places({"a": twins, "b": [_make_hit(1, "z", "Same")]}) == [["a/x", "b/z"], ["a/y"]]


def test_a_paper_without_letters_has_no_key() -> None:
    """Two papers whose titles are empty are not one paper."""
    assert list(list_keys(_make_hit(1, "x", "?!").paper)) == []


@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.integers(0, 9), unique=True)))
def test_every_hit_is_kept_once(drawn: dict[str, list[int]]) -> None:
    """Each hit of each index is in exactly one place, and no paper is listed twice."""
    found = {
        name: [_make_hit(rank, f"{one}") for rank, one in enumerate(ids, 1)]
        for name, ids in drawn.items()
    }
    merged = merge_hits(found)
    places = sorted((place.index, place.hit.paper.id) for hit in merged for place in hit.places)
    assert places == sorted((name, str(one)) for name, ids in drawn.items() for one in ids)
    assert len(merged) == len({one for ids in drawn.values() for one in ids})
    assert [hit.score for hit in merged] == sorted((hit.score for hit in merged), reverse=True)
    assert all(hit.places == sorted(hit.places, key=lambda place: place.hit.rank) for hit in merged)
