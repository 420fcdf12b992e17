"""Check that a typed name finds the papers of its author and no others."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search.answers.searcher import Searcher
from search.planning.author_names import plan_name
from search.planning.plan import NOTHING
from search.request.search_request import SearchRequest

NAMES = {  # id, authors
    "aviral": "Aviral Kumar; Sergey Levine",
    "ak": "A. Kumar",
    "akf": "A. F. Kumar",
    "anil": "Anil Kumar",
    "ajk": "Anil Jitendra Kumar; Kumar Sanu",
    "vd": "Laurens van der Maaten",
    "jr": "Robert Downey, Jr.",
    "rd": "Robert Downey",
    "ming": "Ming Li; Wei Xu",
    "xiaoming": "Xiaoming Li",
    "cross": "Wei Ming; Li Xu",
    "hyphen": "Jean-Luc Roux",
    "muller": "Jürgen Müller",
    "obrien": "Conan O'Brien",
    "cjk": "王伟",
    "plato": "Plato",
    "atlas": "ATLAS Collaboration",
    "polish": "Łukasz Źdźbło",
    "last": "Sergey Levine; Aviral Kumar",
}

FOUND = [  # query after author:, ids found
    ('"Aviral Kumar"', "aviral ak akf last"),
    ('"Kumar, Aviral"', "aviral ak akf last"),
    ('"AVIRAL KUMAR"', "aviral ak akf last"),
    ('"kumar aviral"', "aviral last"),
    ('"A. Kumar"', "aviral ak akf anil ajk last"),
    ('"Kumar, A"', "aviral ak akf anil ajk last"),
    ('"Kumar, A."', "aviral ak akf anil ajk last"),
    ('"A Kumar"', "aviral ak akf anil ajk last"),
    ('"Anil Jitendra Kumar"', "ak ajk"),
    ('"Anil Kumar"', "ak akf anil ajk"),
    ('"A. J. Kumar"', "ajk"),
    ("kumar", "aviral ak akf anil ajk last"),
    ('"Kumar"', "aviral ak akf anil ajk last"),
    ("sanu", "ajk"),
    ("(kumar levine)", "aviral last"),
    ("(anil OR levine)", "aviral anil ajk last"),
    ('^"Aviral Kumar"', "aviral ak akf"),
    ('^"Kumar, A."', "aviral ak akf anil ajk"),
    ('^"Sergey Levine"', "last"),
    ("^levine", "last"),
    ("^sergey", "last"),
    ("^kumar", "aviral ak akf anil ajk"),
    ("^plato", "plato"),
    ("^xu", ""),
    ('"Laurens van der Maaten"', "vd"),
    ('"van der Maaten, Laurens"', "vd"),
    ('"van der Maaten, L."', "vd"),
    ('"van der Maaten"', "vd"),
    ("maaten", "vd"),
    ('"Robert Downey"', "rd jr"),
    ('"Robert Downey, Jr."', "jr"),
    ('"Ming Li"', "ming"),
    ('"Li, Ming"', "ming"),
    ('"Xiaoming Li"', "xiaoming"),
    ('"Wei Li"', ""),
    ('"Ming Li Wei Xu"', ""),
    ('"Jean-Luc Roux"', "hyphen"),
    ('"Jean Luc Roux"', "hyphen"),
    ('"J.-L. Roux"', "hyphen"),
    ('"Roux, J"', "hyphen"),
    ("muller", "muller"),
    ('"J. Müller"', "muller"),
    ('"Conan OBrien"', "obrien"),
    ("O’Brien", "obrien"),
    ("王伟", "cjk"),
    ('"王伟"', "cjk"),
    ("plato", "plato"),
    ('"atlas collaboration"', "atlas"),
    ('"Lukasz Zdzblo"', "polish"),
    ("kum*", "aviral ak akf anil ajk last"),
    ("levin~", "aviral last"),
    ('"nobody known"', ""),
]


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over papers that differ only in their authors."""
    papers = (
        {"id": name, "title": "Same", "authors": authors.split("; ")}
        for name, authors in NAMES.items()
    )
    return Searcher(index_of(*papers))


@pytest.mark.parametrize(("typed", "expected"), FOUND)
def test_a_name_finds_its_authors(searcher: Searcher, typed: str, expected: str) -> None:
    """Full names find full names and bare initials; initials find all names that have them."""
    results = searcher.search(SearchRequest(f"author:{typed}", per_page=100))
    assert results.relaxed is None
    assert sorted(hit.paper.id for hit in results.hits) == sorted(expected.split())


@pytest.mark.parametrize(("typed", "wanted"), [
    ("aviral kumar", "aviral last"), ("kumar aviral", "aviral last"), ("ming li", "ming"),
    ("laurens van der maaten", "vd"), ("jurgen muller", "muller"), ("王伟", "cjk"),
])  # fmt: skip
def test_a_name_without_a_field_ranks_its_papers_first(
    searcher: Searcher, typed: str, wanted: str
) -> None:
    """Papers with the words in one name rank above papers that merely have all of them."""
    hits = searcher.search(SearchRequest(typed)).hits
    expected = wanted.split()
    assert sorted(hit.paper.id for hit in hits[: len(expected)]) == expected


@pytest.mark.parametrize("text", ["", " ", ",", "...", ", ,"])
def test_a_text_without_letters_finds_nothing(searcher: Searcher, text: str) -> None:
    """A text without letters is not a name."""
    statistics = searcher.engine
    assert plan_name(text, statistics, first=False, exact=True) == NOTHING
    assert plan_name(text, statistics, first=True, exact=False) == NOTHING
