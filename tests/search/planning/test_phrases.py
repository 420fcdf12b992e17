"""Test that phrases with gaps and incomplete words find exactly their papers."""

import pytest

from index.engines.engine import ENGINES
from search.answers.searcher import Searcher
from search.errors import PatternTooWide
from search.planning import phrases
from search.request.search_request import SearchRequest
from tests.support.hit_lists import list_matches
from tests.support.made_works import make_separate_documents, write_index

TITLES = {
    "quick": "Sorting is quick today",
    "slow": "Sorting is slow today",
    "very": "Sorting is very slow today",
    "sorted": "A sorted list is quick",
    "sorts": "It sorts is what we know",
    "algebra": "On B* algebras of today",
}
FOUND = [
    ('"sorting * quick"', {"quick"}),
    ('"sorting is * today"', {"quick", "slow"}),
    ('"sorting is * * today"', {"very"}),
    ('"sorting is * slow"', {"very"}),
    ('"is qui*"', {"quick", "sorted"}),
    ('"sort* is"', {"quick", "slow", "very", "sorts"}),
    ('"sort* * quick"', {"quick"}),
    ('"so* list"', {"sorted"}),
    ('title:"is * slow"', {"very"}),
    ('"sort*"', {"quick", "slow", "very", "sorted", "sorts"}),
    ('"is zz*"', set()),
    ('"B* algebras"', {"algebra"}),
    ('"is quick"', {"quick", "sorted"}),
    ('-"sorting * quick" today', {"slow", "very", "algebra"}),
    ('"sorting * slow"~1', {"slow", "very"}),
]


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over a few titles."""
    records: list[dict[str, object]] = [{"id": key, "title": TITLES[key]} for key in TITLES]
    folder = tmp_path_factory.mktemp("phrases")
    return Searcher(write_index(folder, make_separate_documents(records), request.param))


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_phrases_with_stars(searcher: Searcher, query: str, expected: set[str]) -> None:
    """A gap has exactly one word, and an ending is any."""
    assert set(list_matches(searcher, query)) == expected


def test_too_many_endings_are_refused(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """A phrase whose incomplete word may be too many words is refused, never cut."""
    monkeypatch.setattr(phrases, "MAX_ENDINGS", 1)
    with pytest.raises(PatternTooWide, match=r"'sort\*' matches more than 1 words"):
        searcher.search(SearchRequest('"sort* is"'))


def test_the_words_of_a_gap_are_marked(searcher: Searcher) -> None:
    """The whole phrase is marked, with the word in its gap."""
    results = searcher.search(SearchRequest('"sorting is * tod*"'))
    assert results.highlighter.mark_text(TITLES["slow"], str.upper) == "SORTING IS SLOW TODAY"
