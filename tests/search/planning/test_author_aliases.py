"""Check that papers are found under the other names that a dump lists."""

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
from tests.support.dblp_people import make_article, make_home_page, make_settings, write_dump

PAPERS = [
    make_article("maiden", "Early Tides", "Ada Byron", "Mary Reed"),
    make_article("married", "Late Tides", "Mary Reed", "Ada Lovelace 0002"),
    make_article("first", "First Tides", "Ada Lovelace 0002"),
    make_article("namesake", "Other Tides", "Ada Lovelace 0001"),
    make_article("bare", "Bare Tides", "A. Byron"),
    make_article("muller", "River Tides", "J&uuml;rgen M&uuml;ller"),
    make_article("gross", "Lake Tides", "J&uuml;rgen Gro&szlig;"),
    make_article("shared", "Shared Tides", "Pat Lee"),
    make_article("kim", "Kim's Tides", "Kim Ray"),
    make_article("sam", "Sam's Tides", "Sam Ray"),
    make_article("three", "Three Tides", "Wei Wu 0003"),
    make_article("threeb", "More Tides", "Wei Chen"),
    make_article("said", "Ada Byron and the Tides", "Mary Reed"),
]
HOMES = [
    make_home_page(
        "l/2", "Ada Lovelace 0002", "Ada Byron", more="<url>https://example.org/ada</url>"
    ),
    make_home_page("l/1", "Ada Lovelace 0001"),
    make_home_page("m/1", "J&uuml;rgen Gro&szlig;", "J&uuml;rgen M&uuml;ller"),
    make_home_page("k/1", "Kim Ray", "Pat Lee"),
    make_home_page("s/1", "Sam Ray", "Pat Lee"),
    make_home_page("w/3", "Wei Wu 0003", "Wei Chen", "W. Wu 0003"),
    make_home_page("moved", "Mary Reed", "Ada Lee", more="<crossref>homepages/r/1</crossref>"),
]


def find_papers(searcher: Searcher, query: str, **asked: object) -> list[str]:
    """Return the last parts of the ids of the hits, in order."""
    request = SearchRequest(query, **asked)  # type: ignore[arg-type]  # each of its own type
    return [hit.paper.id.rpartition("/")[2] for hit in searcher.search(request).hits]


def list_messages(searcher: Searcher, query: str) -> list[str]:
    """Return the messages of the notices."""
    return [notice.message for notice in searcher.search(SearchRequest(query)).parsed.notices]


class Indexes(NamedTuple):
    """Searchers over the same papers, with and without dblp's records of people."""

    listed: Searcher
    alone: Searcher
    folder: Path


@pytest.fixture(scope="module", params=ENGINES)
def indexes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Indexes:
    """Return searchers over dblp's papers, once with each engine."""
    folder = tmp_path_factory.mktemp("people")
    for name, records in (("listed", [*PAPERS, *HOMES]), ("alone", PAPERS)):
        build(folder / name, (write_dump(folder, name, records),), make_settings(request.param))
    return Indexes(Searcher(folder / "listed"), Searcher(folder / "alone"), folder)


FOUND = [  # query, papers found, other names in the notice
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
    ('author:"Juergen Müller"', "muller", ""),  # dblp lists this name as Jürgen
    ('author:"Jurgen Muller"', "muller gross", "Jürgen Groß"),
    ('author:"Wei Chen"', "threeb three", "Wei Wu 0003 and W. Wu 0003"),
    ('author:"W. Wu 0003"', "three threeb", "Wei Wu 0003 and Wei Chen"),
    # no other names
    ('author:"Ada Lovelace"', "first married namesake", ""),  # it may be either of them
    ('author:"A. Byron"', "bare maiden", ""),  # an initial may be anybody's
    ('author:"Byron"', "bare maiden", ""),
    ("author:byron", "bare maiden", ""),
    ("ada byron", "maiden said", ""),  # words, not a name in quotes
    ('title:"Ada Byron"', "said", ""),
    ('"Ada Byron"~2', "maiden said", ""),
    # names of two people
    ('author:"Pat Lee"', "shared", ""),
    ('author:"Kim Ray"', "kim", ""),
    # a page that was moved, and a person without other names
    ('author:"Ada Lee"', "", ""),
    ('author:"Mary Reed"', "maiden married said", ""),
]


@pytest.mark.parametrize(("typed", "expected", "others"), FOUND)
def test_a_name_finds_papers_of_other_names(
    indexes: Indexes, typed: str, expected: str, others: str
) -> None:
    """A whole name finds the person's papers under other names, with a notice."""
    assert sorted(find_papers(indexes.listed, typed)) == sorted(expected.split())
    messages = [
        text for text in list_messages(indexes.listed, typed) if text.startswith("Also searched")
    ]
    assert [text.partition(": ")[2] for text in messages] == ([others] if others else [])


@pytest.mark.parametrize("typed", [row[0] for row in FOUND if " -" not in row[0]])
def test_papers_of_the_name_as_typed_keep_their_scores(indexes: Indexes, typed: str) -> None:
    """Papers found without other names are also found with them, at nearly the same score."""
    listed, alone = (
        {hit.paper.id: hit.score for hit in searcher.search(SearchRequest(typed)).hits}
        for searcher in (indexes.listed, indexes.alone)
    )
    assert alone.keys() <= listed.keys()
    for paper, score in alone.items():  # a paper that also has another name scores for both
        assert score <= listed[paper] <= score + OTHER_NAME_WEIGHT + 1e-5


@pytest.mark.parametrize("typed", ['author:"Ada Byron"', '"Ada Byron"', 'author:"Wei Chen"'])
def test_papers_of_the_name_as_typed_come_first(indexes: Indexes, typed: str) -> None:
    """If only a name is searched, papers of other names follow those of this one."""
    listed, alone = find_papers(indexes.listed, typed), find_papers(indexes.alone, typed)
    assert len(listed) > len(alone)
    assert listed[: len(alone)] == alone


def test_without_other_names_there_is_no_file(indexes: Indexes) -> None:
    """An index whose dumps list no people has no file of names, and no names are added."""
    folders = (find_current_folder(indexes.folder / name) for name in ("listed", "alone"))
    assert [(folder / ALIASES).exists() for folder in folders] == [True, False]
    assert not list_messages(indexes.alone, 'author:"Ada Byron"')


def test_the_facet_stays_exact(indexes: Indexes) -> None:
    """Selecting an author in the facet finds the papers of exactly this name."""
    for key, expected in (("ada byron", ["maiden"]), ("ada lovelace 0002", ["first", "married"])):
        assert (
            sorted(find_papers(indexes.listed, "", selections={"author": Selection((key,))}))
            == expected
        )


def test_the_interpreted_query_is_unchanged(indexes: Indexes) -> None:
    """The interpreted query is as typed, and the notice has the span of the name."""
    query = 'late author:"Ada Byron"'
    results = indexes.listed.search(SearchRequest(query))
    assert results.interpreted == query
    assert [(notice.message, notice.at) for notice in results.parsed.notices] == [
        ("Also searched for other names of Ada Byron: Ada Lovelace 0002", (12, 23))
    ]


def test_other_features_use_the_other_names(indexes: Indexes) -> None:
    """The why-not answer, the explanation of scores and the spelling suggestion use them."""
    searcher, request = indexes.listed, SearchRequest('author:"Ada Byron" late')
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


def test_a_damaged_file_of_names_is_ignored(tmp_path: Path) -> None:
    """Without a readable file of names, a search still works, without other names."""
    directory = tmp_path / "index"
    build(directory, (write_dump(tmp_path, "dblp", [*PAPERS, *HOMES]),), make_settings())
    file = find_current_folder(directory) / ALIASES
    searcher = Searcher(directory, cached_bytes=0)  # a generation does not change in use
    assert len(find_papers(searcher, 'author:"Ada Byron"')) == 4
    file.write_bytes(b"no database")
    assert len(find_papers(searcher, 'author:"Ada Byron"')) == 2
    file.unlink()
    assert len(find_papers(searcher, 'author:"Ada Byron"')) == 2
