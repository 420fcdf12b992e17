"""Check `search.authors.followed`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

import index.build.operations
from index.build.operations import add
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from search.authors.followed import (
    CANDIDATES,
    Followed,
    State,
    compute_anew,
    find_news,
    merge_news,
)
from search.budget.budget import Budget, open_budget
from search.errors import ParameterInvalid
from tests.support.author_index import open_authors
from tests.support.two_generations import write_dump

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EARLIER = datetime(2026, 1, 1, tzinfo=UTC)

OLD: list[dict[str, object]] = [
    {"authors": [{"name": "Wei Wang", "ids": {"openreview": "~Wei_Wang1"}}], "venue": "ICML"},
    {"authors": [{"name": "Wei Wang", "ids": {"openreview": "~Wei_Wang2"}}], "topics": ["bees"]},
    {"authors": ["Geoffrey Hinton"], "venue": "ICML", "status": "rejected"},
]
NEW = {
    "id": "new", "title": "A new paper", "venue": "ICML", "topics": ["bees"], "year": 2020,
    "authors": ["G. Hinton", {"name": "Wei Wang", "ids": {"openreview": "~Wei_Wang1"}}],
}  # fmt: skip

WANG, ONE, TWO = (Followed("author", "Wei Wang", key) for key in ("", *(
    f"openreview:~Wei_Wang{number}" for number in (1, 2)
)))  # fmt: skip
HINTON, ICML, BEES = Followed("author", "Hinton, G."), Followed("venue", "icml"), Followed(
    "topic", "Bees"
)  # fmt: skip


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return an index that had three papers at first, and one since."""
    folder = tmp_path_factory.mktemp("grown")
    with pytest.MonkeyPatch.context() as earlier:
        earlier.setattr(index.build.operations, "utc_now", lambda: EARLIER)
        open_authors(folder, OLD)
    add(folder / "index", (write_dump(folder / "dumps", [NEW]),), BuildSettings(processes=0))
    return Searcher(folder / "index")


@pytest.mark.parametrize(
    ("entry", "every", "new"),
    [
        (WANG, ["new", "p0", "p1"], ["new"]),
        (ONE, ["new", "p0"], ["new"]),
        (TWO, ["p1"], []),
        (HINTON, ["new"], ["new"]),
        (ICML, ["new", "p0"], ["new"]),
        (BEES, ["new", "p1"], ["new"]),
    ],
)
def test_each_kind_of_entry(
    grown: Searcher, entry: Followed, every: list[str], new: list[str]
) -> None:
    """The paper that came last is first; hidden papers, and those of others, are left out."""
    for since, expected in (("", every), ("2026-01-02", new)):
        news = find_news(grown, [entry], since)
        assert [one.paper.id for one in merge_news(grown, news, 50)] == expected
        assert (news[0].state, news[0].complete) == (State.FOUND, True)
        assert news[0].total == len(expected)


def test_a_paper_of_several_entries_is_listed_once(grown: Searcher) -> None:
    """It names all of them."""
    found = merge_news(grown, find_news(grown, [BEES, TWO, ICML, ONE]), 2)
    assert [(one.paper.id, one.entries) for one in found] == [
        ("new", (BEES, ICML, ONE)), ("p0", (ICML, ONE)),
    ]  # fmt: skip
    assert found[0].added > found[1].added == EARLIER


@pytest.mark.parametrize(
    "entry",
    [
        Followed("author", "Nobody Atall"), Followed("author", "!"), Followed("author", ""),
        Followed("author", "Wei Wang", "openreview:~Wei_Wang9"), Followed("venue", "Nowhere"),
        Followed("topic", "nothing"), Followed("author", "Nobody Atall", "s2:1"),
    ],
)  # fmt: skip
def test_what_the_index_has_not_is_missing(grown: Searcher, entry: Followed) -> None:
    """It says so, also where only what is new is wanted."""
    for since in ("", "2026-01-02"):
        assert find_news(grown, [entry], since)[0].state is State.MISSING


def test_an_entry_without_news_costs_no_cluster(grown: Searcher) -> None:
    """A name is looked up only if it may have papers; what was looked up is asked for once."""
    asked: list[tuple[str, str]] = []

    def note(
        name: tuple[str, str], compute: Callable[[], frozenset[str] | None]
    ) -> frozenset[str] | None:
        asked.append(name)
        return compute_anew(name, compute)

    assert find_news(grown, [HINTON, WANG], "2099-01-01", note)[1].total == 0
    assert asked == []
    find_news(grown, [WANG, ONE], "", note)
    assert asked == [("Wei Wang", ""), ("Wei Wang", "openreview:~Wei_Wang1")]


def test_what_exceeds_the_budget_is_unchecked(grown: Searcher) -> None:
    """A list that is too long for one request is answered as far as its time lasts."""
    with open_budget(Budget(0, clock=iter([0.0, *[9.0] * 1_000]).__next__)):
        assert [one.state for one in find_news(grown, [WANG, ICML])] == [State.UNCHECKED] * 2


def test_more_candidates_than_are_examined(tmp_path: Path) -> None:
    """The number of papers is then a lower bound."""
    papers: list[dict[str, object]] = [{"authors": ["Ann Lee"]} for _ in range(CANDIDATES + 1)]
    searcher = open_authors(tmp_path, papers)
    lee = find_news(searcher, [Followed("author", "Ann Lee")], "2026-01-01")[0]
    assert (lee.total, lee.complete) == (CANDIDATES, False)
    assert find_news(searcher, [Followed("author", "Ann Lee")])[0].total == CANDIDATES + 1


def test_an_invalid_time_is_refused(grown: Searcher) -> None:
    """The time is checked even if nothing is followed."""
    with pytest.raises(ParameterInvalid):
        find_news(grown, [], "soon")
