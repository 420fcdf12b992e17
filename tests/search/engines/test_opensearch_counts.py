"""Check which questions the counts beside a generation answer and which a cluster must."""

from pathlib import Path

import pytest

from index.engines.token_counts import TokenCounter, TokenCounts
from index.fields import PART, ROW, WORK
from search.engines.opensearch_counts import LocalCounts
from search.planning.plan import AllOf, Anything, Exact, Node, Term, Without

DEEP = Exact("title_exact", "deep")
NO_ROWS, NO_PARTS = (Without(Exact("dup", dup)) for dup in (ROW, PART))


@pytest.fixture
def counts(tmp_path: Path) -> LocalCounts:
    """Return the counts of a work of two records, and a paper."""
    counter = TokenCounter(tmp_path)
    for dup, title in [
        ("", "deep nets"),
        (ROW, "deep sea"),
        (ROW, "deeper sea"),
        (WORK, "deep sea"),
    ]:
        counter.add(
            dup, [("title_exact", title), ("dup", dup)] if dup else [("title_exact", title)]
        )
    counter.commit()
    counter.close()
    return LocalCounts(TokenCounts(tmp_path))


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        (DEEP, 3),
        (AllOf((DEEP, NO_ROWS, NO_PARTS)), 2),
        (AllOf((NO_ROWS, DEEP)), 2),
        (AllOf((Anything(), NO_ROWS, Exact("title_exact", "sea"))), 1),
        (AllOf((DEEP, Exact("title_exact", "sea"))), None),
        (AllOf((DEEP, Without(DEEP))), None),
        (Anything(), None),
        (Exact("id", "a"), None),
        (Term("title_exact", "deep"), None),
    ],
)
def test_one_token_is_counted(counts: LocalCounts, match: Node, expected: int | None) -> None:
    """One token is counted in all papers or in a view; any other node is left to the cluster."""
    assert counts.count_matches(match) == expected


def test_tokens_are_completed_in_a_view(counts: LocalCounts) -> None:
    """Tokens are listed in all papers or in a view; not in the matches of another node."""
    complete = counts.complete
    assert complete("title_exact", "deep", 9, None) == [("deep", 3), ("deeper", 1)]
    assert complete("title_exact", "deep", 9, AllOf((Anything(), NO_ROWS))) == [("deep", 2)]
    assert complete("title_exact", "deep", 9, DEEP) is None
    assert complete("id", "a", 9, None) is None
    assert counts.count_documents("id", "a") is None


def test_candidates_come_in_parts(counts: LocalCounts) -> None:
    """All tokens with a prefix are yielded, the most frequent first."""
    assert list(counts.list_candidates("title_exact", "", 3)) == [
        {"deep": 3, "sea": 3, "deeper": 1},
        {"nets": 1},
    ]
