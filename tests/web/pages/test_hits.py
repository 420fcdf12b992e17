"""Test how the hits of a page are laid out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup

from index.records import Author, Paper
from search.answers.highlight import Highlighter
from search.answers.results import Hit
from search.language.parser import parse
from search.request.search_request import SearchRequest
from web.pages.hits import (
    FULL_TEXTS,
    LONGEST_TITLE,
    MOST_MATCHES,
    list_hits,
    list_names,
)
from web.pages.name_lists import ALL_NAMES, FIRST_NAMES

if TYPE_CHECKING:
    from search.answers.searcher import Searcher


def read_names(text: Markup) -> str:
    """Return names without links, with the matches in brackets."""
    return re.sub("<a [^>]*>|</a>", "", text).replace("<mark>", "[").replace("</mark>", "]")


@pytest.mark.parametrize(
    ("count", "query", "names"),
    [
        (0, "last", ""),
        (1, "none", "A0"),
        (3, "a1", "A0, [A1], A2"),
        (ALL_NAMES, "none", "A0, A1, A2, A3, A4, A5, A6, A7"),
        (9, "none", "A0, A1, A2, A3, A4, +3 more, A8"),
        (9, "a8", "A0, A1, A2, A3, A4, +3 more, [A8]"),
        (50, "a30", "A0, A1, A2, A3, A4, [A30], +43 more, A49"),
        (1_100, "a9", "A0, A1, A2, A3, A4, [A9], +1,093 more, A1099"),
    ],
)
def test_names(count: int, query: str, names: str) -> None:
    """The first authors, those that match and the last are named, the others counted."""
    authors = tuple(Author(name=f"A{n}", key=f"a{n}") for n in range(count))
    assert read_names(list_names(authors, Highlighter(parse(query).query))) == names


def test_names_are_links() -> None:
    """A name leads to its page, escaped; one without a key, or too long, is no link."""
    authors = Author(name='A <b> "c"', key='a <b> "c"'), Author(name="-omics", key="-omics")
    long = Author(name="A" * 300, key="a")
    text = list_names((*authors, Author(name="No key"), long), Highlighter(parse("x").query))
    assert text == (
        '<a href="/authors/A%20%3Cb%3E%20%22c%22" rel="nofollow">A &lt;b&gt; &#34;c&#34;</a>, '
        f'<a href="/authors/-omics" rel="nofollow">-omics</a>, No key, {"A" * 100}…'
    )


def test_matching_names_are_few() -> None:
    """Of thousands of authors who match, a few are named."""
    authors = tuple(Author(name=f"Ann {n}") for n in range(5_000))
    text = list_names(authors, Highlighter(parse("ann").query))
    assert text.count("<mark>") == MOST_MATCHES
    assert text.endswith(", +4,987 more, Ann 4999")


def test_few_names_are_examined() -> None:
    """Whether a name matches is examined for so many authors; the others are counted."""
    authors = tuple(Author(name=f"Ann {n}") for n in range(5_000))
    marks = Highlighter(parse("ann").query)
    for examined, marked in ((0, 0), (5, 5), (100, MOST_MATCHES)):
        text = list_names(authors, marks, examined)
        assert text.count("<mark>") == marked
        assert text.count("Ann ") == max(marked, FIRST_NAMES) + 1


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
