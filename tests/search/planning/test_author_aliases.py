"""Answers: are papers found under the other names that a dump tells of?"""

from pathlib import Path
from typing import NamedTuple

import pytest

from index.build.operations import build
from index.engines.engine import ENGINES
from index.people.aliases import ALIASES
from index.store.generations import find_current_folder
from search.answers.searcher import Searcher
from search.answers.why_not import explain_absence
from search.planning.author_names import OTHER_NAME_WEIGHT
from search.request.facets import Selection
from search.request.search_request import SearchRequest
from tests.support.dblp_people import article, dump, home, settings

PAPERS = [
    article("maiden", "Early Tides", "Ada Byron", "Mary Reed"),
    article("married", "Late Tides", "Mary Reed", "Ada Lovelace 0002"),
    article("first", "First Tides", "Ada Lovelace 0002"),
    article("namesake", "Other Tides", "Ada Lovelace 0001"),
    article("bare", "Bare Tides", "A. Byron"),
    article("muller", "River Tides", "J&uuml;rgen M&uuml;ller"),
    article("gross", "Lake Tides", "J&uuml;rgen Gro&szlig;"),
    article("shared", "Shared Tides", "Pat Lee"),
    article("kim", "Kim's Tides", "Kim Ray"),
    article("sam", "Sam's Tides", "Sam Ray"),
    article("three", "Three Tides", "Wei Wu 0003"),
    article("threeb", "More Tides", "Wei Chen"),
    article("said", "Ada Byron and the Tides", "Mary Reed"),
]
HOMES = [
    home("l/2", "Ada Lovelace 0002", "Ada Byron", more="<url>https://example.org/ada</url>"),
    home("l/1", "Ada Lovelace 0001"),
    home("m/1", "J&uuml;rgen Gro&szlig;", "J&uuml;rgen M&uuml;ller"),
    home("k/1", "Kim Ray", "Pat Lee"),
    home("s/1", "Sam Ray", "Pat Lee"),
    home("w/3", "Wei Wu 0003", "Wei Chen", "W. Wu 0003"),
    home("moved", "Mary Reed", "Ada Lee", more="<crossref>homepages/r/1</crossref>"),
]


def found(searcher: Searcher, query: str, **asked: object) -> list[str]:
    """Give the last parts of the ids of the hits, in order."""
    request = SearchRequest(query, **asked)  # type: ignore[arg-type]  # each of its own type
    return [hit.paper.id.rpartition("/")[2] for hit in searcher.search(request).hits]


def notices(searcher: Searcher, query: str) -> list[str]:
    """Give what a reader is told."""
    return [notice.message for notice in searcher.search(SearchRequest(query)).parsed.notices]


class Indexes(NamedTuple):
    """The same papers, with what dblp knows of people and without."""

    told: Searcher
    alone: Searcher
    folder: Path


@pytest.fixture(scope="module", params=ENGINES)
def indexes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Indexes:
    """Give searchers over dblp's papers, once with each engine."""
    folder = tmp_path_factory.mktemp("people")
    for name, records in (("told", [*PAPERS, *HOMES]), ("alone", PAPERS)):
        build(folder / name, (dump(folder, name, records),), settings(request.param))
    return Indexes(Searcher(folder / "told"), Searcher(folder / "alone"), folder)


FOUND = [  # what is typed, what it finds, the other names that the reader is told of
    ('author:"Ada Byron"', "maiden bare first married", "Ada Lovelace 0002"),
    ('author:"Byron, Ada"', "maiden bare first married", "Ada Lovelace 0002"),
    ('author:"ADA BYRON"', "maiden bare first married", "Ada Lovelace 0002"),
    ('"Ada Byron"', "maiden said first married", "Ada Lovelace 0002"),
    ('author:^"Ada Byron"', "maiden bare first", "Ada Lovelace 0002"),
    ('author:"Ada Byron" late', "married", "Ada Lovelace 0002"),
    ('early OR (author:"Ada Byron" late)', "maiden married", "Ada Lovelace 0002"),
    ('+author:"Ada Byron"^2 NOT early', "bare first married", "Ada Lovelace 0002"),
    ('author:ada -author:"Ada Byron"', "namesake", "Ada Lovelace 0002"),
    ('author:"Ada Lovelace 0002"', "maiden first married namesake", "Ada Byron"),
    ('author:"Juergen Müller"', "muller", ""),  # dblp knows him as Jürgen
    ('author:"Jurgen Muller"', "muller gross", "Jürgen Groß"),
    ('author:"Wei Chen"', "threeb three", "Wei Wu 0003 and W. Wu 0003"),
    ('author:"W. Wu 0003"', "three threeb", "Wei Wu 0003 and Wei Chen"),
    # no other names
    ('author:"Ada Lovelace"', "first married namesake", ""),  # which of them is not said
    ('author:"A. Byron"', "bare maiden", ""),  # an initial may be anybody's
    ('author:"Byron"', "bare maiden", ""),
    ("author:byron", "bare maiden", ""),
    ("ada byron", "maiden said", ""),  # words, and no name in quotes
    ('title:"Ada Byron"', "said", ""),
    ('"Ada Byron"~2', "maiden said", ""),
    # names of two people
    ('author:"Pat Lee"', "shared", ""),
    ('author:"Kim Ray"', "kim", ""),
    # a page that was moved, and nobody
    ('author:"Ada Lee"', "", ""),
    ('author:"Mary Reed"', "maiden married said", ""),
]


@pytest.mark.parametrize(("typed", "expected", "others"), FOUND)
def test_a_name_finds_the_persons_other_names(
    indexes: Indexes, typed: str, expected: str, others: str
) -> None:
    """A whole name finds the papers of the same person under other names, and says so."""
    assert sorted(found(indexes.told, typed)) == sorted(expected.split())
    messages = [text for text in notices(indexes.told, typed) if text.startswith("Also searched")]
    assert [text.partition(": ")[2] for text in messages] == ([others] if others else [])


@pytest.mark.parametrize("typed", [row[0] for row in FOUND if " -" not in row[0]])
def test_papers_of_the_name_as_typed_keep_their_scores(indexes: Indexes, typed: str) -> None:
    """What is found without other names is found with them, and scores next to the same."""
    told, alone = (
        {hit.paper.id: hit.score for hit in searcher.search(SearchRequest(typed)).hits}
        for searcher in (indexes.told, indexes.alone)
    )
    assert alone.keys() <= told.keys()
    for paper, score in alone.items():  # one that has another name too gets that
        assert score <= told[paper] <= score + OTHER_NAME_WEIGHT + 1e-5


@pytest.mark.parametrize("typed", ['author:"Ada Byron"', '"Ada Byron"', 'author:"Wei Chen"'])
def test_papers_of_the_name_as_typed_come_first(indexes: Indexes, typed: str) -> None:
    """Where only a name is asked for, papers of the other names follow those of this one."""
    told, alone = found(indexes.told, typed), found(indexes.alone, typed)
    assert len(told) > len(alone)
    assert told[: len(alone)] == alone


def test_without_other_names_there_is_no_file(indexes: Indexes) -> None:
    """An index whose dumps tell of nobody has nothing to look up."""
    folders = (find_current_folder(indexes.folder / name) for name in ("told", "alone"))
    assert [(folder / ALIASES).exists() for folder in folders] == [True, False]
    assert not notices(indexes.alone, 'author:"Ada Byron"')


def test_the_facet_stays_exact(indexes: Indexes) -> None:
    """Who selects an author in the facet gets the papers of just this name."""
    for key, expected in (("ada byron", ["maiden"]), ("ada lovelace 0002", ["first", "married"])):
        assert sorted(found(indexes.told, "", selections={"author": Selection((key,))})) == expected


def test_what_is_asked_stays_what_was_typed(indexes: Indexes) -> None:
    """The echo of a query is the query, and what the notice says stands at the name."""
    query = 'late author:"Ada Byron"'
    results = indexes.told.search(SearchRequest(query))
    assert results.interpreted == query
    assert [(notice.message, notice.at) for notice in results.parsed.notices] == [
        ("Also searched for other names of Ada Byron: Ada Lovelace 0002", (12, 23))
    ]


def test_all_of_a_search_knows_the_other_names(indexes: Indexes) -> None:
    """Why a paper is found or not, what its score is made of and a better spelling know them."""
    searcher, request = indexes.told, SearchRequest('author:"Ada Byron" late')
    for name, expected in (("married", True), ("namesake", False)):
        judged = explain_absence(searcher, request, f"dblp:journals/x/{name}")
        assert (judged.found, judged.clause.parts[0].met) == (expected, expected)
    (hit,) = searcher.explain(request).hits
    reasons = {reason.words: reason.weight for reason in hit.reasons or ()}
    assert 0 < reasons["ada lovelace 0002"] < min(reasons["late"], 0.1)
    respelt = searcher.search(SearchRequest('author:"Ada Byron" tidse')).suggestion
    assert respelt is not None
    assert (respelt.query, respelt.total) == ('author:"Ada Byron" tides', 4)
    assert searcher.search(SearchRequest(respelt.query)).total == 4


def test_names_that_cannot_be_read_are_none(tmp_path: Path) -> None:
    """A file that is damaged or gone costs the other names and not the search."""
    directory = tmp_path / "index"
    build(directory, (dump(tmp_path, "dblp", [*PAPERS, *HOMES]),), settings())
    searcher, file = Searcher(directory), find_current_folder(directory) / ALIASES
    assert len(found(searcher, 'author:"Ada Byron"')) == 4
    file.write_bytes(b"no database")
    assert len(found(searcher, 'author:"Ada Byron"')) == 2
    file.unlink()
    assert len(found(searcher, 'author:"Ada Byron"')) == 2
