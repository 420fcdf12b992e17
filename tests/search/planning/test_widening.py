"""Check which papers a widened search finds, and in which order."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search.answers.results import Results
from search.answers.searcher import Searcher
from search.request.search_request import Prior, SearchRequest

FILLERS = 12


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over a few telling papers among fillers."""
    papers: list[dict[str, object]] = [
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
    papers += [
        {"id": f"filler{n:02}", "title": f"Object Pages {n}", "abstract": "learning kernels"}
        for n in range(FILLERS)
    ]
    return Searcher(index_of(*papers))


def search(searcher: Searcher, query: str, **switches: bool | Prior) -> Results:
    """Return the first hundred hits."""
    return searcher.search(SearchRequest(query, per_page=100, **switches))  # type: ignore[arg-type]


def list_first(searcher: Searcher, query: str, **switches: bool) -> list[str]:
    """Return the ids of the first hundred hits."""
    return [hit.paper.id for hit in search(searcher, query, **switches).hits]


def test_a_title_that_begins_with_the_query_comes_first(searcher: Searcher) -> None:
    """A title that completes the last word ranks above papers that contain it as a word."""
    results = search(searcher, "learning models of obje")
    assert [hit.paper.id for hit in results.hits[:2]] == ["objects", "obje"]
    assert results.relaxed is not None
    assert results.relaxed.strict == 1


@pytest.mark.parametrize("query", ["models learning obje", "obje learning models"])
def test_an_incomplete_word_is_completed_in_any_place(searcher: Searcher, query: str) -> None:
    """The hits do not depend on which word is last."""
    assert set(list_first(searcher, query)) == set(list_first(searcher, "learning models obje"))
    assert "objects" in list_first(searcher, query)


def test_exact_words_rank_above_corrections(searcher: Searcher) -> None:
    """Of two papers that are otherwise alike, the one with the word as typed ranks first."""
    found = list_first(searcher, "difusion kernels zebra")
    assert found.index("difusion") < found.index("diffusion")


def test_a_title_with_operators_is_found(searcher: Searcher) -> None:
    """A pasted title finds its paper although a minus in it excludes a word."""
    typed = "Remote Robot System, -Development of a Hand"
    assert list_first(searcher, typed)[0] == "robot"
    assert "robot" not in list_first(searcher, "remote robot -development")


@pytest.mark.parametrize("query", ["zebra AND kernels", "zebra kernels AND oak"])
def test_and_spelt_out_is_never_widened(searcher: Searcher, query: str) -> None:
    """A query with AND is not widened, even without hits; one without AND is."""
    assert (search(searcher, query).total, search(searcher, query).relaxed) == (0, None)
    assert search(searcher, query.replace(" AND", "")).relaxed is not None


@pytest.mark.parametrize(("query", "never"), [
    ("kernels zebra year:2009", "filler00"), ("author:oak zebra learnin kernels", "filler00"),
    ("+stripes zebra objects", "filler00"), ("zebra objects -learning", "filler00"),
])  # fmt: skip
def test_other_conditions_hold_in_a_widened_search(
    searcher: Searcher, query: str, never: str
) -> None:
    """A field, a plus and a minus still apply when plain words are dropped."""
    assert never not in list_first(searcher, query)


def test_the_number_of_authors_does_not_matter(searcher: Searcher) -> None:
    """A name has the same score whether a paper has one author or thirty."""
    scores = {hit.paper.id: hit.score for hit in search(searcher, "oak").hits}
    assert scores["many"] == pytest.approx(scores["few"])


def test_citations_matter_only_on_request(searcher: Searcher) -> None:
    """Of two similar papers, the more cited one rises if cited papers are preferred."""
    without = {hit.paper.id: hit.score for hit in search(searcher, "sorting networks").hits}
    lifted = {
        hit.paper.id: hit.score
        for hit in search(searcher, "sorting networks", prior=Prior.CITATIONS).hits
    }
    assert without["cited"] == pytest.approx(without["plain"])
    assert lifted["plain"] == pytest.approx(without["plain"])
    assert lifted["cited"] > lifted["plain"]


@pytest.mark.parametrize("query", [
    "neural networks", "learning", "deep learning of graph models for text and image search",
    "author:hinton learning", "zebra", "*",
])  # fmt: skip
def test_feedback_and_citations_do_not_change_the_hits(
    sample_searcher: Searcher, query: str
) -> None:
    """Both change the order of hits, but not which papers are hits or how many."""
    plain, cited = search(sample_searcher, query, prior=Prior.NONE), Prior.CITATIONS
    for switches in ({"expand": True}, {"prior": cited}, {"expand": True, "prior": cited}):
        other = search(sample_searcher, query, **switches)
        assert (other.total, other.facets, other.relaxed) == (
            plain.total, plain.facets, plain.relaxed,
        )  # fmt: skip
        if plain.total <= len(plain.hits):
            assert {h.paper.id for h in other.hits} == {h.paper.id for h in plain.hits}


def test_widened_searches_say_so(searcher: Searcher) -> None:
    """A message says how many papers have all the words, and what the others match."""
    question = search(searcher, "zebra stripes kernels objects learning robot networks")
    assert question.relaxed is not None
    assert question.relaxed.message.endswith("Showing papers with any of them.")
    few = search(searcher, "zebra objects kernels")
    assert few.relaxed is not None
    assert few.relaxed.message.endswith("Showing close matches.")
