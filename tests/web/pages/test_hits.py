"""Test how the hits of a page are laid out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup

from index.records import Author, Paper
from search.answers.highlight import Highlighter
from search.answers.results import Hit
from search.language.parser import parse
from search.request.search_request import SearchRequest
from web.pages.hits import FULL_TEXTS, LONGEST_TITLE, NAMES, list_hits, list_names

if TYPE_CHECKING:
    from search.answers.searcher import Searcher


@pytest.mark.parametrize("shown", [3, NAMES, NAMES + 1, 50])
def test_names(shown: int) -> None:
    """The first authors are named and the others counted; a matched one is named and marked."""
    authors = [Author(name=f"A{n} <b>") for n in range(shown)]
    authors.append(Author(name="Zoe Last"))
    text = list_names(tuple(authors), Highlighter(parse("last").query))
    left_out = max(0, shown - NAMES)
    named = [f"A{n} &lt;b&gt;" for n in range(shown - left_out)]
    expected = [*named, "<mark>Zoe Last</mark>", *([f"{left_out} more"] if left_out else [])]
    assert text == ", ".join(expected)


def test_matching_names_are_few() -> None:
    """Of thousands of authors who match, no more are named than of those who do not."""
    authors = tuple(Author(name=f"Ann {n}") for n in range(5_000))
    text = list_names(authors, Highlighter(parse("ann").query))
    assert text.count("<mark>") == NAMES
    assert text.endswith(", 4,988 more")


def test_few_names_are_examined() -> None:
    """Whether a name matches is examined for so many authors; the others are counted."""
    authors = tuple(Author(name=f"Ann {n}") for n in range(5_000))
    marks = Highlighter(parse("ann").query)
    for examined, marked in ((0, 0), (5, 5), (100, NAMES)):
        text = list_names(authors, marks, examined)
        assert text.count("<mark>") == marked
        assert text.count("Ann ") == NAMES
        assert text.endswith(", 4,988 more")


def test_hits_of_absurd_length_are_shortened(sample_searcher: Searcher) -> None:
    """Hits are shown in full up to a number of bytes, later ones by title and first authors."""
    results = sample_searcher.search(SearchRequest("tide"))
    paper = Paper(
        id="a", title="tide " * 900, abstract="tide " * 20_000, authors=(Author(name="X" * 499),)
    )
    hits = tuple(Hit(replace_id(paper, rank), 1.0, rank) for rank in range(100))
    shown = list(list_hits(replace(results, hits=hits)))
    assert [one.paper.id for one in shown] == [hit.paper.id for hit in hits]
    assert 0 < len(shown[0].abstract) < 20 * 1_000
    assert Markup("<mark>tide</mark>") in shown[0].title
    assert shown[0].title.count("tide") == LONGEST_TITLE // 5
    assert shown[-1].abstract == ""
    assert len(shown[-1].title) < LONGEST_TITLE
    assert (
        sum(len(one.title + one.authors + one.passage + one.abstract) for one in shown)
        < 1.5 * FULL_TEXTS
    )


def replace_id(paper: Paper, number: int) -> Paper:
    """Return a copy of a paper with another id."""
    from msgspec.structs import replace as replace_fields

    return replace_fields(paper, id=f"a{number}")
