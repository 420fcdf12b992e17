"""Test how the home page groups venues, and what it does if the budget is spent."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

from search.budget.budget import Budget, open_budget
from search.request.facets import FacetValue
from web.app import create_app
from web.pages.home_contents import MOST_GROUPS, gather_contents, group_venues
from web.pages.home_page import home


def test_venues_by_field() -> None:
    """The largest field comes first, and venues without a field come last, by kind."""
    counts = {"Quay": 90, "CVPR": 5, "NeurIPS": 20, "ICCV": 30, "arXiv": 50}
    groups = group_venues(FacetValue(venue, papers) for venue, papers in counts.items())
    assert [(one.heading, [venue.value for venue in one.venues]) for one in groups] == [
        ("Computer vision", ["ICCV", "CVPR"]),
        ("Machine learning", ["NeurIPS"]),
        ("Other venues", ["Quay"]),
        ("Preprints", ["arXiv"]),
    ]


def test_many_venues() -> None:
    """Of very many venues the largest are listed."""
    groups = group_venues(FacetValue(f"Journal of Tides {n}", n) for n in range(1, 500))
    assert 0 < len(groups) <= MOST_GROUPS
    assert groups[0].venues[0].count == 499
    assert sum(len(one.venues) for one in groups) < 100


def test_a_spent_budget_leaves_the_box(index_of: Callable[..., Path]) -> None:
    """If a request may not take the time, the page shows the box alone, and tries again."""
    app = create_app(index_of({"id": "a", "title": "Mills", "year": 2019}))
    spent = Budget(1, clock=count(step=1_000).__next__)
    with app.test_request_context(), open_budget(spent):
        page = home()
    assert 'role="search"' in page
    assert "Venues</h2>" not in page
    with app.test_request_context():
        assert "1 paper, 2019" in home()
    assert gather_contents(app.extensions["searcher"]).histogram
