"""Check how broad queries are, and how citations change the order of their hits."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.engine import ENGINES
from index.fields import CITED_STEPS
from search.answers.searcher import Searcher
from search.language.parser import parse
from search.planning.author_names import POSSIBLE_SCORE
from search.planning.citation_prior import (
    CITATION_WEIGHT,
    DATED_BREADTH,
    MANY_PAPERS,
    NAME_BREADTH,
    TOPIC_TITLE_BOOST,
    build_citation_boosts,
    prefer_cited,
)
from search.planning.plan import AnyOf, Exact, Flat, Pattern, Plan, Term, Tokens, Weighted
from search.planning.ranking import plan_query
from search.request.search_request import Prior, SearchRequest
from tests.support.cluster import list_engines
from tests.support.counts import Counts
from tests.support.made_works import make_separate_documents, write_index

MANY = MANY_PAPERS * 200
TEXT = {
    "graph": MANY,
    "learn": MANY,
    "robot": MANY,
    "stone": 90,
    "rope": MANY,
    "quilt": 3,
    "grasp": 40,
}
NAMES = {"stone": 80, "ada": 50, "grasp": 10}
COUNTS = Counts(
    {
        "text": TEXT,
        "author": NAMES,
        "venue_short": {"icra": 900},
        "title_exact": {"robots": 1_000},
        "has": {"citations": 1_000},
        "cited": {"1": 900, "10": 400, "100": 250, "1000": 20},
    }
)


def measure(query: str) -> float:
    """Return how broad a query is."""
    return plan_query(parse(query).query, COUNTS, query).breadth


@pytest.mark.parametrize("query", [
    "graph", "graph learning", "robot graph learning", "graphs", '"graph learning"',
    "graph venue:ICRA", "author:ada graph", "graph learning -robot", "ICRA robot learning",
    "graph AND learning", "ICRA", "2017",
])  # fmt: skip
def test_topics_are_broad(query: str) -> None:
    """A venue or a year is broad, and so is a topic: a few words that many papers have."""
    assert measure(query) == 1


@pytest.mark.parametrize("query", [
    "", "*", "quilt", "unknown", "graph unknown", "robot ada",
    "robot graph learning on grasp and stone by ada", "venue:ICRA", "graph OR robot",
    '"robot graph learning of stone"', "title:graph", "10.1000/182 graph",
])  # fmt: skip
def test_other_queries_are_not_broad(query: str) -> None:
    """Rare words, names, questions, long quotes, identifiers and filters alone are no topic."""
    assert measure(query) == 0


@pytest.mark.parametrize(
    "query", ["ada", "ada ada", 'author:"ada stone"', 'author:"a b" year:2017']
)
def test_names_alone_are_ordered_by_citations(query: str) -> None:
    """Citations decide between papers of a name, and never between names that fit differently."""
    assert measure(query) == NAME_BREADTH
    cited = {str(step): 9 for step in CITED_STEPS}
    steps = build_citation_boosts(NAME_BREADTH, Counts({"has": {"citations": 99}, "cited": cited}))
    assert len(steps) == len(CITED_STEPS)
    assert sum(boost.score for boost in steps if isinstance(boost, Flat)) < POSSIBLE_SCORE


@pytest.mark.parametrize(("broader", "narrower"), [
    ("graph", "grasp"), ("grasp", "grasp learning"), ("graph", "graph stone"), ("grasp", "stone"),
    ("robot graph learning", "robot graph learning ropes"), ("robot", "robot 2017"),
])  # fmt: skip
def test_breadth_falls_with_what_is_typed(broader: str, narrower: str) -> None:
    """More or rarer words, words that are often names, and years make a query less broad."""
    assert 1 >= measure(broader) > measure(narrower) > 0


@pytest.mark.parametrize("query", ["ada 2017 quilt", "ICRA 2017 robot graph", "ICRA 2017 quilt"])
def test_a_name_and_a_year_with_a_word_are_between(query: str) -> None:
    """Citations count a little where a venue or an author, a year and words are typed."""
    assert measure(query) == DATED_BREADTH


@given(st.text(max_size=40))
def test_breadth_is_a_share(query: str) -> None:
    """Any query is between not broad at all and fully broad."""
    assert 0 <= measure(query) <= 1


def test_steps_that_few_papers_reach_are_boosted() -> None:
    """The first step is one that at most a quarter of the papers with a count reach."""
    found = build_citation_boosts(1.0, COUNTS)
    assert [boost.child for boost in found if isinstance(boost, Flat)] == [
        Exact("cited", "100"),
        Exact("cited", "1000"),
    ]
    halves = build_citation_boosts(0.5, COUNTS)
    scores = [boost.score for boost in (*found, *halves) if isinstance(boost, Flat)]
    assert scores[0] == scores[1] == pytest.approx(CITATION_WEIGHT * 2.302585)
    assert scores[2:] == pytest.approx([score / 2 for score in scores[:2]])


@given(st.dictionaries(st.sampled_from([str(step) for step in CITED_STEPS]), st.integers(0, 9)))
def test_boosts_grow_with_the_steps(cited: Mapping[str, int]) -> None:
    """Whatever an index holds, each boost is positive, and steps without papers get none."""
    found = build_citation_boosts(1.0, Counts({"has": {"citations": 30}, "cited": cited}))
    flat = [boost for boost in found if isinstance(boost, Flat) and boost.score > 0]
    assert len(flat) == len(found)
    steps = [boost.child.value for boost in flat if isinstance(boost.child, Exact)]
    assert all(int(one) < int(two) for one, two in pairwise(steps))
    assert all(cited[step] for step in steps)


PLAN = Plan(
    Term("text", "robot"),
    (
        Weighted(Term("title_exact", "robot"), 1.0),
        Weighted(Tokens("text", ("robot", "learn")), 0.5),
        Weighted(Exact("title_key", "robot"), 9.0),
    ),
)


def test_inflections_count_alike_for_a_topic() -> None:
    """For the broadest queries any form of a word in the title gets one flat boost."""
    boosts = prefer_cited(PLAN, 1.0, 1.0, COUNTS).boosts
    forms = AnyOf((Term("title_exact", "robot"), Term("title_exact", "robots")))
    assert [boost.child for boost in boosts[:1] if isinstance(boost, Flat)] == [forms]
    assert boosts[1] == Weighted(Tokens("text", ("robot", "learn")), 1.5)
    assert boosts[2] == PLAN.boosts[2]
    assert boosts[3:] == tuple(build_citation_boosts(1.0, COUNTS))


@pytest.mark.parametrize(("titles", "score"), [(3, 2_000.0), (4, TOPIC_TITLE_BOOST)])
def test_many_titles_that_begin_with_a_topic_are_no_answer(titles: int, score: float) -> None:
    """A title that begins with a topic ranks above all others only if few titles do."""
    begun = {f"robot graph learning {number}": 1 for number in range(titles)}
    counts = Counts({**COUNTS.table, "title_key": begun})
    plan = Plan(
        Term("text", "robot"), (Flat(Pattern("title_key", "robot graph learning*"), 2_000),)
    )
    (boost, *_) = prefer_cited(plan, 1.0, 1.0, counts).boosts
    assert isinstance(boost, Flat)
    assert boost.score == pytest.approx(score)


def test_a_long_list_of_authors_lowers_no_paper_of_a_person(tmp_path: Path) -> None:
    """The papers of a name typed without quotes are ordered by citations, however many authors."""
    names = [f"Ann{n} Oak" for n in range(30)]
    papers = [
        {"id": f"p{n}", "title": f"Owls {n}", "authors": ["Ian Elm", *names[: 3 * n]],
         "citations": 10**n}
        for n in range(6)
    ]  # fmt: skip
    others = [{"id": f"q{n}", "title": "Owls", "citations": 0} for n in range(30)]
    kept = make_separate_documents([*papers, *others])
    searcher = Searcher(write_index(tmp_path, kept))
    hits = searcher.search(SearchRequest("Ian Elm")).hits
    assert [hit.paper.id for hit in hits] == [f"p{n}" for n in range(5, -1, -1)]
    hits = searcher.search(SearchRequest("Ian Elm", prior=Prior.NONE)).hits
    assert [hit.paper.id for hit in hits] == [f"p{n}" for n in range(6)]


def test_a_plan_stays_where_citations_cannot_count() -> None:
    """Without weight, counts or scores a plan is returned as it is, with the same object."""
    assert prefer_cited(PLAN, 1.0, 0.0, COUNTS) is PLAN
    assert prefer_cited(PLAN, 1.0, 1.0, Counts({"text": TEXT})) is PLAN
    unscored = replace(PLAN, scored=False)
    assert prefer_cited(unscored, 1.0, 1.0, COUNTS) is unscored
    narrow = prefer_cited(PLAN, 0.2, 0.2, COUNTS)
    assert narrow.boosts[:3] == PLAN.boosts


def make_papers() -> Iterator[dict[str, object]]:
    """Yield papers on winches: one everyone cites, one without a count, and many others."""
    yield {"id": "cited", "title": "Winches that lift", "citations": 5_000}
    yield {"id": "named", "title": "Winch", "citations": 0}
    yield {"id": "aside", "title": "Lifting", "abstract": "With a winch.", "citations": 5_000}
    yield {"id": "unknown", "title": "Winches that hoist"}
    for number in range(MANY_PAPERS):
        yield {"id": f"other{number:03}", "title": "Winches that haul", "citations": number % 20}


@pytest.fixture(scope="module")
def searchers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Searcher]:
    """Return a searcher over the winches for every engine."""
    folder = tmp_path_factory.mktemp("winches")
    kept = make_separate_documents(make_papers())
    return {name: Searcher(write_index(folder / name, kept, name)) for name in list_engines()}


def read_scores(searcher: Searcher, query: str, prior: Prior = Prior.AUTO) -> dict[str, float]:
    """Return the scores of all hits, best first."""
    pages = [
        searcher.search(SearchRequest(query, page=page, per_page=100, prior=prior))
        for page in (1, 2)
    ]
    return {hit.paper.id: hit.score for page in pages for hit in page.hits}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_topic_opens_with_the_most_cited(searchers: dict[str, Searcher], engine: str) -> None:
    """What everyone cites comes first, before papers with the topic only in the abstract."""
    found = list(read_scores(searchers[engine], "winch"))
    assert found[:3] == ["named", "cited", "aside"]  # a title that is the query stays first
    without = read_scores(searchers[engine], "winch", Prior.NONE)
    assert set(found) == set(without)
    assert without["cited"] == pytest.approx(without["unknown"])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_paper_without_a_count_does_not_sink(searchers: dict[str, Searcher], engine: str) -> None:
    """A paper without a count is ranked like those with few citations."""
    scores = read_scores(searchers[engine], "winches")
    assert scores["unknown"] == scores["other000"] == pytest.approx(scores["other019"])
    without = read_scores(searchers[engine], "winches", Prior.NONE)
    assert without["unknown"] == without["other000"]


def test_citations_have_one_reason(searchers: dict[str, Searcher]) -> None:
    """The explanation of a hit names its citations once, whatever steps it reached."""
    hits = searchers[ENGINES[0]].explain(SearchRequest("winch")).hits
    named, cited = (hit.reasons or () for hit in hits[:2])
    assert [reason.field for reason in cited].count("citations") == 1
    assert "citations" not in {reason.field for reason in named}
    assert hits[1].score == pytest.approx(sum(reason.weight for reason in cited))


def test_without_counts_nothing_changes(tmp_path_factory: pytest.TempPathFactory) -> None:
    """An index without citation counts gives the same plan and scores for every prior."""
    papers = ({k: v for k, v in paper.items() if k != "citations"} for paper in make_papers())
    folder = tmp_path_factory.mktemp("uncounted")
    searcher = Searcher(write_index(folder, make_separate_documents(papers)))
    answers = [searcher.search(SearchRequest("winches", prior=prior)) for prior in Prior]
    assert len(answers) == len(Prior)
    assert all(answer.plan == answers[0].plan for answer in answers)
    assert all(answer.hits == answers[0].hits for answer in answers)
