"""Test that related papers are related and that their words are well chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.build.operations import build
from index.engines.engine import ENGINES
from index.settings import BuildSettings
from search.answers.related import LONG_WORDS, REORDERED, WORDS, find_related
from search.answers.searcher import Searcher
from search.planning.plan import Anything, Plan, Term, any_of
from search.request.facets import HIDDEN_STATUSES
from tests.support.paths import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    IndexOf = Callable[..., Path]

ATTENTION = "vaswani-2017-attention"


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over the sample, for each engine."""
    directory = tmp_path_factory.mktemp("similar") / "index"
    build(directory, (str(SAMPLE),), BuildSettings(engine=request.param))
    return Searcher(directory)


def list_related(
    searcher: Searcher, paper: str, limit: int = 10, *, hidden: bool = False
) -> list[str]:
    """Return the ids of the papers related to one."""
    found = find_related(searcher, searcher.read_paper(paper), limit=limit, hidden=hidden)
    return [hit.paper.id for hit in found.hits]


RELATED = [
    (ATTENTION, "bahdanau-2015-translate"),
    ("he-2016-residual", "krizhevsky-2012-imagenet"),
    ("kingma-2014-autoencoding", "goodfellow-2014-adversarial"),
    ("turing-1936-computable", "church-1936-unsolvable"),
]


@pytest.mark.parametrize(("paper", "other"), RELATED)
def test_well_known_papers_are_related(searcher: Searcher, paper: str, other: str) -> None:
    """A paper that anyone would name is among the first ten related to a well-known one."""
    assert other in list_related(searcher, paper)


def test_related_papers_share_topics(searcher: Searcher) -> None:
    """Most papers of the sample share a topic with the most related one; few random pairs do."""
    papers = [hit.paper for hit in searcher.find_hits(Plan(Anything()), 1000)]
    near = far = 0
    for place, paper in enumerate(papers[:100]):
        (first,) = find_related(searcher, paper, limit=1).hits
        near += not set(paper.topics).isdisjoint(first.paper.topics)
        far += not set(paper.topics).isdisjoint(papers[(place + 211) % len(papers)].topics)
    assert near > 55
    assert far < 15


def test_the_paper_itself_is_left_out(searcher: Searcher) -> None:
    """A paper is not related to itself; hits are ranked from 1 by score."""
    found = find_related(searcher, searcher.read_paper(ATTENTION), limit=20)
    assert ATTENTION not in {hit.paper.id for hit in found.hits}
    assert [hit.rank for hit in found.hits] == list(range(1, 21))
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0
    assert found.took_ms > 0


def test_hidden_papers_are_left_out(index_of: IndexOf) -> None:
    """Withdrawn, rejected and retracted papers are included only if requested."""
    statuses = ["", "oral", *HIDDEN_STATUSES]
    searcher = Searcher(
        index_of(
            {"id": "one", "title": "Gluon jets"},
            *({"id": f"n{s}", "title": f"Gluon plasma {s}", "status": s} for s in statuses),
            *({"id": f"x{n}", "title": f"Other {n}"} for n in range(80)),
        )
    )
    assert sorted(list_related(searcher, "one")) == ["n", "noral"]
    assert len(list_related(searcher, "one", hidden=True)) == len(statuses)
    assert len(list_related(searcher, "one", hidden=True, limit=3)) == 3


def test_other_records_of_one_title_are_left_out(index_of: IndexOf) -> None:
    """A paper with the same title is not a related paper."""
    others = ({"id": f"x{n}", "title": f"Other {n}"} for n in range(80))
    same = (
        {"id": f"s{n}", "title": title} for n, title in enumerate(["Gluon jets", "Gluon Jets!"])
    )
    rest = ({"id": f"r{n}", "title": f"Gluon {n}"} for n in range(2))
    assert sorted(list_related(Searcher(index_of(*others, *same, *rest)), "s0")) == ["r0", "r1"]


@pytest.mark.parametrize(
    "paper",
    [
        {"id": "p", "title": "The of and"},
        {"id": "p", "title": "1984"},
        {"id": "p", "title": "Unheard"},
        {"id": "p", "title": "深"},
    ],
)
def test_a_paper_without_characteristic_words_has_no_related_papers(
    index_of: IndexOf, paper: dict[str, object]
) -> None:
    """A title of function words, numbers or unique words finds nothing related."""
    others = ({"id": f"x{n}", "title": f"The other of 1984 and {n}"} for n in range(5))
    assert list_related(Searcher(index_of(paper, *others)), "p") == []


def test_the_words_are_told_by_what_they_contribute(searcher: Searcher) -> None:
    """The words are stems, the most telling first; function words are left out."""
    words = find_related(searcher, searcher.read_paper(ATTENTION)).words
    shares = list(words.values())
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0
    assert len(words) <= WORDS
    assert "attent" in list(words)[:6]
    assert not words.keys() & {"a", "of", "is", "it", "all", "you"}


def test_the_number_of_words_is_limited(index_of: IndexOf) -> None:
    """A long abstract contributes no more words than a short one; a long list needs more words."""
    abstract = " ".join(f"word{n}" for n in range(3000))
    records = ({"id": f"p{n}", "title": f"T{n}", "abstract": abstract} for n in range(3))
    rest = ({"id": f"x{n}", "title": f"Other {n}"} for n in range(40))
    searcher = Searcher(index_of(*records, *rest))
    paper = searcher.read_paper("p0")
    assert len(find_related(searcher, paper).words) == WORDS
    assert len(find_related(searcher, paper, limit=REORDERED + 1).words) == LONG_WORDS
    assert sorted(list_related(searcher, "p0")) == ["p1", "p2"]


def test_the_nearest_papers_add_their_words(index_of: IndexOf) -> None:
    """A paper that shares words only with the nearest paper is found, after it."""
    rest = ({"id": f"x{n}", "title": f"Other {n}"} for n in range(40))
    searcher = Searcher(
        index_of(
            {"id": "p", "title": "Gluon jets"},
            {"id": "a", "title": "Gluon jets and the hadron plasma"},
            {"id": "b", "title": "Plasma of a hadron"},
            *rest,
        )
    )
    assert list_related(searcher, "p") == ["a", "b"]
    assert "hadron" in find_related(searcher, searcher.read_paper("p")).words


def test_a_word_of_most_papers_counts(index_of: IndexOf) -> None:
    """Papers that share nothing but a frequent word are found."""
    searcher = Searcher(index_of(*({"id": f"x{n}", "title": f"Gluon {n}"} for n in range(5))))
    assert sorted(list_related(searcher, "x0")) == ["x1", "x2", "x3", "x4"]


def test_a_long_list_ranks_every_paper_that_shares_a_word(searcher: Searcher) -> None:
    """With a large limit, all papers with a word of the query are ranked, each once."""
    found = find_related(searcher, searcher.read_paper(ATTENTION), limit=1_000, hidden=True)
    ids = [hit.paper.id for hit in found.hits]
    sharing = any_of([Term("text", word) for word in found.words])
    assert len(ids) == len(set(ids)) == searcher.engine.count_matches(sharing) - 1
    assert len(ids) > searcher.manifest.papers / 2


def test_a_shared_topic_counts(index_of: IndexOf) -> None:
    """Of two papers that share a word, the one that also shares a topic comes first."""
    rest = ({"id": f"x{n}", "title": f"Other {n}"} for n in range(40))
    searcher = Searcher(
        index_of(
            {"id": "p", "title": "Gluon jets", "topics": ["hep-ph"]},
            {"id": "a", "title": "Gluon plasma"},
            {"id": "b", "title": "Gluon fields and matter", "topics": ["hep-ph"]},
            *rest,
        )
    )
    assert list_related(searcher, "p") == ["b", "a"]
