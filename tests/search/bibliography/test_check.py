"""Check that a bibliography is checked with few wrong claims and few omissions."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.records import Paper
from search.answers.searcher import Searcher
from search.bibliography.check import check_bibliography
from search.request.search_request import SearchRequest
from tests.support.made_bibliographies import (
    list_claims,
    make_bibliography,
    make_planted_papers,
    pair_records,
)

MISTAKES = (
    [""] * 70 + ["preprint"] * 30 + ["misprint"] * 25 + ["initials"] * 20 + ["shortened"] * 15
    + ["lost"] * 10 + ["misdated"] * 5 + ["unknown"] * 25
)  # fmt: skip


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Open an index of 260 planted papers."""
    return Searcher(index_of(*pair_records(make_planted_papers(260, seed=5))))


def list_papers(searcher: Searcher) -> list[Paper]:
    """Return all papers of an index, hidden ones first."""
    found: list[Paper] = []
    for page in (1, 2, 3):
        request = SearchRequest(page=page, per_page=100, hidden=True)
        found += [hit.paper for hit in searcher.search(request).hits]
    return found


def test_two_hundred_entries(searcher: Searcher) -> None:
    """Of what is claimed at least .99 is right, and of what there is at least .95 is found."""
    papers = list_papers(searcher)
    withdrawn = [paper for paper in papers if paper.status]
    made = make_bibliography(withdrawn, ["", ""], seed=1)
    rest = make_bibliography([one for one in papers if not one.status], MISTAKES, seed=2)
    expected = made.claims | {(f"r{key}", kind, field) for key, kind, field in rest.claims}
    text = made.text + rest.text.replace("{key", "{rkey")
    report = check_bibliography(searcher, text)
    claims = list_claims(report)
    assert (len(report.entries), len(withdrawn)) == (202, 2)
    right = len(claims & expected)
    assert right / len(claims) >= 0.99, sorted(claims - expected)
    assert right / len(expected) >= 0.95, sorted(expected - claims)
