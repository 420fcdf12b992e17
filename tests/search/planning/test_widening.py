"""Answers: which papers follow where too few have all the words, and in which order?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from search.answers.results import Results
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest

FILLERS = 12


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Give an index of a few telling papers among fillers."""
    told: list[dict[str, object]] = [
        {"id": "objects", "title": "Learning Models of Object Structure", "year": 2009},
        {"id": "obje", "title": "On Learning", "abstract": "Models of obje types.", "year": 2010},
        {"id": "diffusion", "title": "Diffusion Kernels", "abstract": "On graphs."},
        {"id": "difusion", "title": "A Difusion Note", "abstract": "Kernels and kernels."},
        {"id": "robot", "title": "Remote Robot System, -Development of a Hand"},
        {"id": "hand", "title": "Hands of a Remote Robot", "abstract": "Its development."},
        {"id": "cited", "title": "Sorting Networks", "abstract": "Sorting.", "citations": 5000},
        {"id": "plain", "title": "Sorting Networks", "abstract": "Sorting.", "citations": 1},
        {"id": "many", "title": "Zebra Stripes", "authors": [f"Ann{n} Oak" for n in range(30)]},
        {"id": "few", "title": "Zebra Stripes Again", "authors": ["Ann Oak"]},
    ]
    told += [
        {"id": f"filler{n:02}", "title": f"Object Pages {n}", "abstract": "learning kernels"}
        for n in range(FILLERS)
    ]
    return Searcher(index_of(*told))


def search(searcher: Searcher, query: str, **switches: bool) -> Results:
    """Give the first hundred hits."""
    return searcher.search(SearchRequest(query, per_page=100, **switches))  # type: ignore[arg-type]


def ids(searcher: Searcher, query: str, **switches: bool) -> list[str]:
    """Give the ids of the first hundred hits."""
    return [hit.paper.id for hit in search(searcher, query, **switches).hits]


def test_a_title_that_begins_as_typed_comes_first(searcher: Searcher) -> None:
    """An unfinished last word does not put the title behind papers that have it as a word."""
    results = search(searcher, "learning models of obje")
    assert [hit.paper.id for hit in results.hits[:2]] == ["objects", "obje"]
    assert results.relaxed is not None
    assert results.relaxed.strict == 1


@pytest.mark.parametrize("query", ["models learning obje", "obje learning models"])
def test_an_unfinished_word_is_completed_wherever_it_stands(searcher: Searcher, query: str) -> None:
    """What is found does not depend on which word is last."""
    assert set(ids(searcher, query)) == set(ids(searcher, "learning models obje"))
    assert "objects" in ids(searcher, query)


def test_exact_is_never_below_tolerant(searcher: Searcher) -> None:
    """Of two papers that have the rest alike, the one with the word as typed stands first."""
    found = ids(searcher, "difusion kernels zebra")
    assert found.index("difusion") < found.index("diffusion")


def test_a_title_with_signs_of_the_language_is_found(searcher: Searcher) -> None:
    """A pasted title leads to its paper although a minus in it takes words out."""
    typed = "Remote Robot System, -Development of a Hand"
    assert ids(searcher, typed)[0] == "robot"
    assert "robot" not in ids(searcher, "remote robot -development")


@pytest.mark.parametrize("query", ["zebra AND kernels", "zebra kernels AND oak"])
def test_and_spelt_out_is_never_widened(searcher: Searcher, query: str) -> None:
    """AND means all, also where no paper has them all; side by side the words are widened."""
    assert (search(searcher, query).total, search(searcher, query).relaxed) == (0, None)
    assert search(searcher, query.replace(" AND", "")).relaxed is not None


@pytest.mark.parametrize(("query", "never"), [
    ("kernels zebra year:2009", "filler00"), ("author:oak zebra learnin kernels", "filler00"),
    ("+stripes zebra objects", "filler00"), ("zebra objects -learning", "filler00"),
])  # fmt: skip
def test_what_else_is_asked_holds_in_a_widened_search(
    searcher: Searcher, query: str, never: str
) -> None:
    """A field, a plus and a minus are kept when plain words are given up."""
    assert never not in ids(searcher, query)


def test_a_long_list_of_authors_costs_none_of_them(searcher: Searcher) -> None:
    """A name scores the same whether a paper has one author or thirty."""
    scores = {hit.paper.id: hit.score for hit in search(searcher, "oak").hits}
    assert scores["many"] == pytest.approx(scores["few"])


def test_citations_count_only_if_asked(searcher: Searcher) -> None:
    """Of two like papers the prior lifts the cited one, by as much as it is cited."""
    without = {hit.paper.id: hit.score for hit in search(searcher, "sorting networks").hits}
    lifted = {
        hit.paper.id: hit.score for hit in search(searcher, "sorting networks", prior=True).hits
    }
    assert without["cited"] == pytest.approx(without["plain"])
    assert lifted["plain"] == pytest.approx(without["plain"])
    assert lifted["cited"] > lifted["plain"]


@pytest.mark.parametrize("query", [
    "neural networks", "learning", "deep learning of graph models for text and image search",
    "author:hinton learning", "zebra", "*",
])  # fmt: skip
def test_feedback_and_prior_never_change_the_set(sample_searcher: Searcher, query: str) -> None:
    """Both change the order of hits, not which papers are hits, nor how many."""
    plain = search(sample_searcher, query)
    for switches in ({"expand": True}, {"prior": True}, {"expand": True, "prior": True}):
        other = search(sample_searcher, query, **switches)
        assert (other.total, other.facets, other.relaxed) == (
            plain.total, plain.facets, plain.relaxed,
        )  # fmt: skip
        if plain.total <= len(plain.hits):
            assert {h.paper.id for h in other.hits} == {h.paper.id for h in plain.hits}


def test_feedback_lifts_what_the_first_hits_share(index_of: Callable[..., Path]) -> None:
    """A paper that shares the words of the first hits rises above one that does not."""
    shared = "offline policy value estimation"
    told = [
        {"id": f"first{n}", "title": f"Conservative Learning {n}", "abstract": shared}
        for n in range(5)
    ]
    told += [
        {"id": "alone", "title": "On it", "abstract": "conservative hats hats hats at sea"},
        {
            "id": "shares",
            "title": "On it",
            "abstract": f"{shared} conservative all hats of the sea",
        },
    ]
    searcher = Searcher(index_of(*told))
    assert ids(searcher, "conservative")[-2:] == ["alone", "shares"]
    assert ids(searcher, "conservative", expand=True)[-2:] == ["shares", "alone"]


def test_widened_searches_say_what_follows(searcher: Searcher) -> None:
    """The reader is told how many papers have all the words, and what the others have."""
    question = search(searcher, "zebra stripes kernels objects learning robot networks")
    assert question.relaxed is not None
    assert question.relaxed.message.endswith("Showing papers with any of them.")
    few = search(searcher, "zebra objects kernels")
    assert few.relaxed is not None
    assert few.relaxed.message.endswith("Showing close matches.")
