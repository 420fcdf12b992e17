"""Check that the paper that is meant comes first."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.records import Paper
from index.text.analyser import tokenise
from index.text.stems import stem_all
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.language.stopwords import STOP_WORDS
from search.planning.ranking import count_required_words
from search.request.search_request import SearchRequest

PAPERS = [  # id, title, abstract, authors, venue, year
    ("title", "Graph Colouring", "On trees.", "Ada Stone", "", 2001),
    ("abstract", "On Trees", "A graph colouring of trees not so deep.", "Bob Oak", "", 2002),
    ("both", "Graph Colouring of Trees", "A graph colouring.", "Cy Elm", "", 2003),
    ("apart", "Graph Theory and Its Colouring Books", "On paper.", "Di Ash", "", 2004),
    ("levine", "Robots Walk", "A robot walks.", "Sergey Levine", "ICRA", 2015),
    ("levin", "Robots Talk", "A robot talks.", "Leonid Levin", "ICRA", 2016),
    ("oak15", "Sparse Things", "Very sparse.", "Bob Oak; Ada Pine", "ICML", 2015),
    ("oak16", "Sparse Things Again", "Very sparse.", "Bob Oak; Cy Pine", "NeurIPS", 2016),
    ("mixed", "Sparse Sums", "Sparse.", "Ada Oak; Bob Pine", "ICML", 2014),
    ("study", "Studies of Study Habits", "", "Flo Fir", "", 1990),
    ("studied", "A Habit Studied", "", "Flo Fir", "", 1991),
    ("reinf", "Reinforcement of Concrete", "", "Gil Yew", "", 1992),
    ("cement", "Concrete", "Cement.", "Gil Yew", "", 1993),
    ("y2020", "Forecasts for 2020", "", "Hal Bay", "", 2011),
    ("y2021", "Forecasts for 2021", "", "Hal Bay", "", 2012),
    ("who", "Who Is That", "", "Ian Box", "", 1980),
    *(
        (f"noise{number:02}", f"Filler Number{number}", "Plain filler.", "No One", "", 1970)
        for number in range(30)
    ),
]  # fmt: skip
FIRST = [  # query, ids of the first hits, in order
    ("graph colouring", "title"),
    ("Concrete", "cement"),
    ("graph colouring of trees", "both"),
    ("colouring graph books", "apart"),
    ("robots levine", "levine"),
    ("levine 2015", "levine"),
    ("2015 robots", "levine"),
    ("robots icra 2016", "levin"),
    ("bob oak", "abstract"),
    ("sparse bob oak", "oak15 oak16"),
    ("bob oak icml", "oak15"),
    ("bob oak sparse 2016", "oak16"),
    ("oak neurips", "oak16"),
    ("leivne robots", "levine"),
    ("robotz levin", "levin"),
    ("colourng graph", "title"),
    ("concrete reinf", "reinf"),
    ("concre", "cement"),
    ("who is that", "who"),
    ("forecasts 2021", "y2021"),
    ("studied habit", "studied"),
]


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over the papers above."""
    names = ("id", "title", "abstract", "authors", "venue", "year")
    records = (dict(zip(names, paper, strict=True)) for paper in PAPERS)
    return Searcher(index_of(*({**r, "authors": str(r["authors"]).split("; ")} for r in records)))


def search(searcher: Searcher, query: str) -> Results:
    """Return the first hundred hits."""
    return searcher.search(SearchRequest(query, per_page=100))


def list_first(searcher: Searcher, query: str) -> list[str]:
    """Return the ids of the first hundred hits."""
    return [hit.paper.id for hit in search(searcher, query).hits]


@pytest.mark.parametrize(("query", "expected"), FIRST)
def test_the_paper_that_is_meant_comes_first(searcher: Searcher, query: str, expected: str) -> None:
    """It is found by words of title, name, venue and year in any order, misspelt or incomplete."""
    wanted = expected.split()
    assert list_first(searcher, query)[: len(wanted)] == wanted


@pytest.mark.parametrize("number", range(1, 6))
def test_every_title_of_the_sample_finds_its_paper(sample_searcher: Searcher, number: int) -> None:
    """A pasted title, in any case and however short, ranks its paper first."""
    page = SearchRequest(per_page=100, page=number, hidden=True, sort="title")
    titles = [hit.paper.title for hit in sample_searcher.search(page).hits]
    assert titles
    for title in titles:
        for query in (title, title.lower()):
            request = SearchRequest(query, hidden=True, facets=())
            first = sample_searcher.search(request).hits[0]
            assert tokenise(first.paper.title) == tokenise(title)


def list_words(paper: Paper) -> set[str]:
    """Return what a word may match: stems of the text, names, venues and years."""
    text = tokenise(f"{paper.title} {paper.abstract} {' '.join(paper.topics)}")
    names = [token for author in paper.authors for token in tokenise(author.name)]
    places = [tokenise(f"{show.venue} {show.year or ''}") for show in paper.appearances]
    return {*stem_all(text), *names, *(token for place in places for token in place)}


@pytest.mark.parametrize("query", [
    "translation attention model", "adversarial nets goodfellow zebra",
    "deep residual learning", "graph networks learning theory", "search engine index web",
])  # fmt: skip
def test_papers_with_all_words_come_first(sample_searcher: Searcher, query: str) -> None:
    """In a widened search, the papers with every word come first, as many as the message says."""
    results = search(sample_searcher, query)
    wanted = set(stem_all(tokenise(query))) - STOP_WORDS
    has_all = [wanted <= list_words(hit.paper) for hit in results.hits]
    assert results.relaxed is not None
    strict = results.relaxed.strict
    assert has_all == [True] * strict + [False] * (len(results.hits) - strict)


def test_a_query_with_too_few_papers_is_widened(searcher: Searcher) -> None:
    """A query that no paper matches in full is widened, with a message; others are not."""
    widened = search(searcher, "graph colouring zebra")
    assert widened.relaxed is not None
    assert widened.relaxed.strict == 0
    assert widened.relaxed.message.startswith("No paper contains every word")
    assert {hit.paper.id for hit in widened.hits} >= {"title", "abstract", "both", "apart"}
    assert search(searcher, "filler").relaxed is None


@pytest.mark.parametrize("query", [
    '"zebra stripes"', "title:zebra", "+zebra filler", "zebra -filler", "zebra AND NOT filler",
    "zebra* graph", "zebra~ graph", "zebra^2 graph", "(zebra OR yak) graph", "year:1800 graph",
])  # fmt: skip
def test_a_query_with_operators_is_not_widened(searcher: Searcher, query: str) -> None:
    """A query with operators means what it says, even if it finds nothing."""
    results = search(searcher, query)
    assert (results.total, results.relaxed) == (0, None)


def test_exact_words_come_first(searcher: Searcher) -> None:
    """A word that exists ranks above similar words, and is not corrected."""
    assert list_first(searcher, "levin") == ["levin"]
    assert list_first(searcher, "levin robots")[0] == "levin"
    assert list_first(searcher, "levine robots")[0] == "levine"


@pytest.mark.parametrize(("query", "never"), [
    ("2022", "y2021"), ("202", "y2020"), ("number99", "noise09"), ("10.1000/zebra", "title"),
    ("2001.00001", "title"),
])  # fmt: skip
def test_numbers_are_matched_exactly(searcher: Searcher, query: str, never: str) -> None:
    """A year, a number or an identifier is found as typed or not at all."""
    assert never not in list_first(searcher, query)


def test_boosts_change_the_order(searcher: Searcher) -> None:
    """A boosted word raises its papers without changing which papers are hits."""
    one = list_first(searcher, "title:(concrete^9 OR trees)")
    two = list_first(searcher, "title:(concrete OR trees^9)")
    assert sorted(one) == sorted(two)
    assert set(one[:2]) == {"reinf", "cement"}
    assert set(two[:2]) == {"abstract", "both"}


def test_a_question_finds_papers_with_any_word(searcher: Searcher) -> None:
    """A paper need not have most words of a long question, nor its stop words."""
    results = search(searcher, "how can robots learn while walking upon wooden floors in winter")
    assert {hit.paper.id for hit in results.hits} >= {"levine"}
    assert results.relaxed is not None


@pytest.mark.parametrize("query", ["*", "year:1970", "-graph", "type:x OR source:jsonl", "filler*"])
def test_hits_without_scores_are_the_newest_first(searcher: Searcher, query: str) -> None:
    """If scores cannot differ and nobody is cited, years order hits, and ids those of a year."""
    papers = [hit.paper for hit in search(searcher, query).hits]
    assert len(papers) > 10
    assert papers == sorted(papers, key=lambda one: (-(one.appearances[0].year or 0), one.id))


@pytest.mark.parametrize("query", ["graph", "filler", "robots walk talk", "sparse OR concrete"])
def test_scores_decrease(searcher: Searcher, query: str) -> None:
    """Scores are positive and do not increase down the page."""
    scores = [hit.score for hit in search(searcher, query).hits]
    assert min(scores) > 0
    assert scores == sorted(scores, reverse=True)


def test_the_number_of_required_words() -> None:
    """It grows with the number of words, and is at least one and at most all of them."""
    counts = [count_required_words(count) for count in range(1, 50)]
    assert counts == sorted(counts)
    assert all(1 <= most <= count for count, most in enumerate(counts, 1))


def test_a_name_that_is_mostly_a_word_ranks_lower(index_of: Callable[..., Path]) -> None:
    """Papers about deep learning rank above those of an author called Deep."""
    papers = [
        {"id": f"about{n}", "title": f"Deep Learning of Part {n}", "abstract": "deep learning"}
        for n in range(9)
    ]
    named = {"id": "named", "title": "Learning with Trees", "authors": ["Kalyan Deep", "Deep Roy"]}
    searcher = Searcher(index_of(*papers, named))
    found = searcher.search(SearchRequest("deep learning", facets=())).hits
    assert [hit.paper.id for hit in found].index("named") == len(papers)
