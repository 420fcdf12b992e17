"""Test that the words of a query are found in the fields that contain them."""

import pytest

from index.records import Appearance, Author, Paper
from search.answers.searcher import Searcher
from search.explain.matched_fields import FIELDS, find_matched_fields
from search.language.parser import parse
from search.language.tree import list_leaves
from search.request.search_request import SearchRequest

PAPER = Paper(
    id="x",
    title="Deep Graphs of C++ Programs",
    abstract="We study deep programs, and what their authors learned.",
    authors=(Author("Aviral Kumar"), Author("Jürgen Müller")),
    appearances=(
        Appearance("NeurIPS", "Advances in Neural Information Processing Systems", year=2020),
        Appearance("arXiv", year=2019),
    ),
    topics=("static analysis",),
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("deep", {"title": ("deep",)}),
        ("graph", {"title": ("graph",)}),
        ("C++", {"title": ("C++",)}),
        ("deep kumar", {"title": ("deep",), "authors": ("kumar",)}),
        ("muller MÜLLER", {"authors": ("muller", "MÜLLER")}),
        ("neurips 2019", {"venue": ("neurips",), "year": ("2019",)}),
        ("arxiv", {"venue": ("arxiv",)}),
        ("neural systems", {"venue": ("neural", "systems")}),
        ("analysis learning", {"topics": ("analysis",), "abstract": ("learning",)}),
        ('"deep graphs"', {"title": ("deep graphs",)}),
        ('author:"Kumar, A"', {"authors": ("Kumar, A",)}),
        ("abstract:deep", {"abstract": ("deep",)}),
        ("topic:static title:deep", {"title": ("deep",), "topics": ("static",)}),
        ("gra* kum?r", {"title": ("gra*",), "authors": ("kum?r",)}),
        ("grpahs~", {"title": ("grpahs",)}),
        ("deep deep", {"title": ("deep",)}),
        ("deep -kumar", {"title": ("deep",)}),
        ("zebra OR deep", {"title": ("deep",)}),
        ("zebra", {}),
        ("author:deep", {}),
        ("*", {}),
        ("year:2020", {}),
    ],
)
def test_each_word_is_listed_once(query: str, expected: dict[str, tuple[str, ...]]) -> None:
    """A word is listed in the first field that contains it and that its clause searches."""
    assert find_matched_fields(PAPER, parse(query).query) == expected


def test_fields_are_in_order() -> None:
    """The title comes first and the abstract last."""
    found = find_matched_fields(PAPER, parse("learned static 2020 neurips kumar deep").query)
    assert tuple(found) == FIELDS


def test_a_paper_may_lack_fields() -> None:
    """A paper that has only a title has matches only there."""
    assert find_matched_fields(Paper(id="x", title="Deep"), parse("deep kumar 2020").query) == {
        "title": ("deep",)
    }


@pytest.mark.parametrize("query", ["learning", "attention translation", "kingma 2015", "neur*"])
def test_every_word_of_a_hit_is_found(sample_searcher: Searcher, query: str) -> None:
    """Every word of the query is found in some field of each strict hit."""
    results = sample_searcher.search(SearchRequest(query, per_page=100))
    asked = {str(leaf) for leaf in list_leaves(parse(query).query)}
    strict = results.total if results.relaxed is None else results.relaxed.strict
    assert strict
    for hit in results.hits[:strict]:
        told = find_matched_fields(hit.paper, parse(query).query)
        assert {word for words in told.values() for word in words} == asked, hit.paper.id
