"""Check that pages stay right when their hits are ranked, and found, by meaning too."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.engines.engine import ENGINES
from index.meaning.errors import VectorsMissing
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.explain.score import Reason
from search.meaning.mixture import RERANKED
from search.request.search_request import ByMeaning, SearchRequest
from tests.support.made_vectors import add_vectors
from tests.support.made_works import make_separate_documents, write_index

QUESTION = "why do young lions hunt more at night than older ones in the savanna"
WORDS = "young lions hunt night older savanna network routing protein proof".split()
PAPERS = 130
UNVECTORED = {f"p{number}" for number in range(0, PAPERS, 7)}
ALIEN = "Nocturnal predation by juvenile big cats of African grassland"


def make_records() -> list[dict[str, object]]:
    """Return papers of random words, and one about the question without any of its words."""
    chosen = random.Random(3)
    records: list[dict[str, object]] = [
        {
            "id": f"p{number}",
            "title": " ".join(chosen.choices(WORDS, k=chosen.randint(3, 9))),
            "year": 2000 + number % 20,
        }
        for number in range(PAPERS)
    ]
    return [*records, {"id": "alien", "title": ALIEN, "year": 2021}]


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Index the papers with each engine, some of them without a vector."""
    made = tmp_path_factory.mktemp("made") / "index"
    write_index(made, make_separate_documents(make_records()), request.param)
    add_vectors(made, UNVECTORED)
    return Searcher(made)


ASKED = SearchRequest(QUESTION, per_page=30, facets=("year",))


def list_ids(searcher: Searcher, request: SearchRequest) -> list[str]:
    """Return the ids of all hits, page by page."""
    first = searcher.search(request)
    pages = range(1, first.pages + 1)
    found = [searcher.search(replace(request, page=page)) for page in pages]
    ranks = [hit.rank for results in found for hit in results.hits]
    assert ranks == list(range(1, first.total + 1))
    return [hit.paper.id for results in found for hit in results.hits]


def search_both(searcher: Searcher, request: SearchRequest) -> tuple[Results, Results]:
    """Answer a request by words alone and as it is."""
    return searcher.search(replace(request, meaning=ByMeaning.NONE)), searcher.search(request)


def test_only_the_order_of_the_first_hits_changes(searcher: Searcher) -> None:
    """Totals, facets and later hits stay, and pages fit together across the last re-ranked hit."""
    plain, ranked = search_both(searcher, ASKED)
    assert (ranked.total, ranked.facets, ranked.relaxed) == (
        plain.total, plain.facets, plain.relaxed,
    )  # fmt: skip
    assert (plain.meaning, plain.has_vectors, ranked.has_vectors) == (None, True, True)
    assert ranked.meaning is not None
    before = list_ids(searcher, replace(ASKED, meaning=ByMeaning.NONE))
    after = list_ids(searcher, ASKED)
    assert len(before) > RERANKED
    assert before[:RERANKED] != after[:RERANKED]
    assert set(before[:RERANKED]) == set(after[:RERANKED])
    assert before[RERANKED:] == after[RERANKED:]


def test_pages_of_any_size_show_the_same_order(searcher: Searcher) -> None:
    """The size of a page does not decide which hits are re-ranked."""
    orders = [list_ids(searcher, replace(ASKED, per_page=size)) for size in (7, 30, 100)]
    assert orders[0] == orders[1] == orders[2]


def test_papers_without_a_vector_keep_their_ranks(searcher: Searcher) -> None:
    """Nothing is known about their meaning, so the words alone decide."""
    before = list_ids(searcher, replace(ASKED, meaning=ByMeaning.NONE))
    after = list_ids(searcher, ASKED)
    places = [before.index(one) for one in UNVECTORED if one in before]
    assert places
    assert [before[place] for place in places] == [after[place] for place in places]


@pytest.mark.parametrize("meaning", ByMeaning)
def test_explanations_add_up(searcher: Searcher, meaning: ByMeaning) -> None:
    """Scores descend over all pages, and what the meaning adds is one of their reasons."""
    pages = [searcher.explain(replace(ASKED, page=page, meaning=meaning)) for page in (1, 4)]
    hits = [hit for results in pages for hit in results.hits]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    for hit in hits:
        assert hit.reasons is not None
        assert sum(reason.weight for reason in hit.reasons) == pytest.approx(hit.score, abs=1e-3)
        kinds = [reason.kind for reason in hit.reasons]
        assert "the rest" not in kinds
        assert all(reason.field != "id" for reason in hit.reasons)
        assert kinds.count("meaning") <= (meaning is not ByMeaning.NONE)
    named = {reason.kind for hit in hits for reason in hit.reasons or ()}
    assert ("meaning" in named) is (meaning is not ByMeaning.NONE)


@pytest.mark.parametrize(
    "request_",
    [
        replace(ASKED, sort="newest"),
        replace(ASKED, query=""),
        replace(ASKED, query="lions hunt"),
        replace(ASKED, query="year:2000..2010"),
        replace(ASKED, query="lions AND hunt AND night AND savanna"),
    ],
)
def test_other_searches_are_ranked_by_words_alone(
    searcher: Searcher, request_: SearchRequest
) -> None:
    """A sort, a query that names a paper and browsing are as without vectors."""
    plain, asked = search_both(searcher, request_)
    assert asked.meaning is None
    assert asked.hits == plain.hits


def test_a_whole_title_stays_first(searcher: Searcher) -> None:
    """A title typed whole means this paper, however close others are."""
    title = searcher.read_paper("p0").title
    found = searcher.search(replace(ASKED, query=title))
    assert found.hits[0].paper.title == title


def test_close_papers_are_found_without_any_word(searcher: Searcher) -> None:
    """On request they join the hits: totals, facets, pages and filters count them."""
    plain = searcher.search(replace(ASKED, meaning=ByMeaning.NONE))
    everything = replace(ASKED, meaning=ByMeaning.ALL)
    joined = searcher.search(everything)
    assert "alien" not in list_ids(searcher, replace(ASKED, meaning=ByMeaning.NONE))
    ids = list_ids(searcher, everything)
    assert ids.count("alien") == 1
    assert ids.index("alien") < len(ids) - 1
    assert joined.total == len(ids) > plain.total
    assert sum(value.count for value in joined.facets["year"]) >= joined.total
    assert {hit.paper.id for hit in joined.hits} <= (joined.meaning or {}).keys() | UNVECTORED
    by_year = replace(everything, sort="newest")
    assert sorted(list_ids(searcher, by_year)) == sorted(ids)
    first = searcher.explain(by_year).hits[0]
    assert (first.paper.id, first.reasons) == ("alien", (Reason("", "", "meaning", 0.0),))


@pytest.mark.parametrize(
    "clause",
    ["year:2000..2005", "-network", "author:nobody", "(proof OR protein)", '+"lions hunt"'],
)
def test_close_papers_match_the_other_clauses(searcher: Searcher, clause: str) -> None:
    """A paper close in meaning need not have the words, but meets fields and exclusions."""
    query = f"young lions hunting night savanna {clause}"
    _, found = search_both(searcher, replace(ASKED, query=query, meaning=ByMeaning.ALL))
    everything = replace(ASKED, query=clause, per_page=100)
    pages = range(1, max(1, searcher.search(everything).pages) + 1)
    allowed = {
        hit.paper.id
        for page in pages
        for hit in searcher.search(replace(everything, page=page)).hits
    }
    ids = list_ids(searcher, found.request)
    assert len(ids) == found.total == len({*ids} & allowed)


def test_browsing_finds_no_close_papers(searcher: Searcher) -> None:
    """Without words there is nothing to be close to."""
    plain, asked = search_both(searcher, SearchRequest(meaning=ByMeaning.ALL))
    assert (asked.total, asked.hits, asked.meaning) == (plain.total, plain.hits, None)


def test_an_index_without_vectors_is_searched_by_words(index_of: Callable[..., Path]) -> None:
    """Only a search that asks for papers close in meaning fails."""
    searcher = Searcher(index_of(*make_records()[:20]))
    found = searcher.search(ASKED)
    assert (found.has_vectors, found.meaning) == (False, None)
    with pytest.raises(VectorsMissing, match="Run `papers embed` first"):
        searcher.search(replace(ASKED, meaning=ByMeaning.ALL))


def test_unusable_vectors_do_not_break_a_search(index_of: Callable[..., Path]) -> None:
    """Another model's vectors are as good as none."""
    directory = index_of(*make_records())
    plain = Searcher(directory).search(ASKED)
    add_vectors(directory, model="0" * 64)
    found = Searcher(directory).search(ASKED)
    assert found.meaning is None
    assert found.hits == plain.hits
