"""Answers: are related papers about the same, and are the words well chosen?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.build.operations import build
from index.engines.engine import ENGINES
from index.settings import BuildSettings
from search.answers.related import TERMS, choose_words, find_related
from search.answers.searcher import Searcher
from search.planning.plan import Anything, Plan
from search.request.facets import HIDDEN_STATUSES
from tests.support.paths import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    IndexOf = Callable[..., Path]

ATTENTION = "vaswani-2017-attention"


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Give a searcher over the sample, built with each engine in turn."""
    directory = tmp_path_factory.mktemp("similar") / "index"
    build(directory, (str(SAMPLE),), BuildSettings(engine=request.param))
    return Searcher(directory)


def ids(searcher: Searcher, paper: str, limit: int = 10, *, hidden: bool = False) -> list[str]:
    """Give the ids of the papers that are about the same as one."""
    found = find_related(searcher, searcher.read_paper(paper), limit=limit, hidden=hidden)
    return [hit.paper.id for hit in found.hits]


RELATED = [
    (ATTENTION, "bahdanau-2015-translate"),
    ("he-2016-residual", "krizhevsky-2012-imagenet"),
    ("kingma-2014-autoencoding", "goodfellow-2014-adversarial"),
    ("turing-1936-computable", "church-1936-unsolvable"),
]


@pytest.mark.parametrize(("paper", "other"), RELATED)
def test_related_papers_come_up(searcher: Searcher, paper: str, other: str) -> None:
    """Of a well-known paper one that everybody would name is among the first ten."""
    assert other in ids(searcher, paper)


def test_topics_in_common_come_up(searcher: Searcher) -> None:
    """Over the whole sample most first neighbours share a topic; of any two papers few do."""
    papers = [hit.paper for hit in searcher.find_hits(Plan(Anything()), 1000)]
    near = far = 0
    for place, paper in enumerate(papers[:100]):
        (first,) = find_related(searcher, paper, limit=1).hits
        near += not set(paper.topics).isdisjoint(first.paper.topics)
        far += not set(paper.topics).isdisjoint(papers[(place + 211) % len(papers)].topics)
    assert near > 55
    assert far < 15


def test_the_paper_itself_is_left_out(searcher: Searcher) -> None:
    """No paper is related to itself; hits are ranked from 1 by their scores."""
    found = find_related(searcher, searcher.read_paper(ATTENTION), limit=20)
    assert ATTENTION not in {hit.paper.id for hit in found.hits}
    assert [hit.rank for hit in found.hits] == list(range(1, 21))
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0
    assert found.took_ms > 0


def test_hidden_papers_are_left_out(index_of: IndexOf) -> None:
    """Withdrawn, rejected and retracted papers come up only if asked for."""
    statuses = ["", "oral", *HIDDEN_STATUSES]
    searcher = Searcher(
        index_of(
            {"id": "one", "title": "Gluon jets"},
            *({"id": f"n{s}", "title": f"Gluon plasma {s}", "status": s} for s in statuses),
            *({"id": f"x{n}", "title": f"Other {n}"} for n in range(80)),
        )
    )
    assert sorted(ids(searcher, "one")) == ["n", "noral"]
    assert len(ids(searcher, "one", hidden=True)) == len(statuses)
    assert len(ids(searcher, "one", hidden=True, limit=3)) == 3


def test_other_records_of_one_title_are_left_out(index_of: IndexOf) -> None:
    """A paper that differs by its id alone is no related paper."""
    others = ({"id": f"x{n}", "title": f"Other {n}"} for n in range(80))
    same = (
        {"id": f"s{n}", "title": title} for n, title in enumerate(["Gluon jets", "Gluon Jets!"])
    )
    rest = ({"id": f"r{n}", "title": f"Gluon {n}"} for n in range(2))
    assert sorted(ids(Searcher(index_of(*others, *same, *rest)), "s0")) == ["r0", "r1"]


@pytest.mark.parametrize(
    "paper",
    [
        {"id": "p", "title": "The of and"},
        {"id": "p", "title": "1984"},
        {"id": "p", "title": "Unheard"},
        {"id": "p", "title": "深"},
    ],
)
def test_a_paper_that_says_nothing_has_no_relations(
    index_of: IndexOf, paper: dict[str, object]
) -> None:
    """A paper of function words, numbers or words of its own is related to none."""
    others = ({"id": f"x{n}", "title": f"The other of 1984 and {n}"} for n in range(5))
    assert ids(Searcher(index_of(paper, *others)), "p") == []


def test_the_words_are_those_that_say_most(searcher: Searcher) -> None:
    """Words are stems, the weightiest first; title and rarity count, common words do not."""
    paper = searcher.read_paper(ATTENTION)
    words = choose_words(paper, searcher.engine, searcher.manifest.papers)
    weights = list(words.values())
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 1.0
    assert len(words) <= TERMS
    assert "attent" in list(words)[:6]
    assert not words.keys() & {"a", "of", "is", "it", "all", "you"}
    assert words["attent"] > words["earlier"]


def test_so_many_words_are_enough(index_of: IndexOf) -> None:
    """Of a long abstract only so many words are asked for, whatever its length."""
    abstract = " ".join(f"word{n}" for n in range(3000))
    records = ({"id": f"p{n}", "title": f"T{n}", "abstract": abstract} for n in range(3))
    rest = ({"id": f"x{n}", "title": f"Other {n}"} for n in range(40))
    searcher = Searcher(index_of(*records, *rest))
    assert len(find_related(searcher, searcher.read_paper("p0")).words) == TERMS
    assert sorted(ids(searcher, "p0")) == ["p1", "p2"]


def test_a_topic_in_common_counts(index_of: IndexOf) -> None:
    """Of two papers that share a word with it, the one that shares a topic too comes first."""
    rest = ({"id": f"x{n}", "title": f"Other {n}"} for n in range(40))
    searcher = Searcher(
        index_of(
            {"id": "p", "title": "Gluon jets", "topics": ["hep-ph"]},
            {"id": "a", "title": "Gluon plasma"},
            {"id": "b", "title": "Gluon fields and matter", "topics": ["hep-ph"]},
            *rest,
        )
    )
    assert ids(searcher, "p") == ["b", "a"]
