"""Test what a slice may contain."""

import pytest

from index.records import Appearance, Paper
from search.graph.elements import NodeKind
from search.graph.scope import EXPLORER, MOST_NODES, PANEL, Scope


@pytest.mark.parametrize(
    ("scope", "year", "included"),
    [
        (Scope(), None, True),
        (Scope(first=2010), None, False),
        (Scope(first=2010), 2010, True),
        (Scope(first=2011), 2010, False),
        (Scope(last=2009), 2010, False),
        (Scope(first=2010, last=2010), 2010, True),
    ],
)
def test_years(scope: Scope, year: int | None, included: bool) -> None:  # noqa: FBT001
    """A paper without a year is of no year."""
    paper = Paper("a", "A", appearances=(Appearance(year=year),))
    assert scope.includes(paper) == included


def test_statuses() -> None:
    """A rejected paper is included if hidden ones are asked for."""
    paper = Paper("a", "A", status="rejected")
    assert not Scope().includes(paper)
    assert Scope(hidden=True).includes(paper)


def test_sizes() -> None:
    """Panels and the explorer leave room, and a hidden kind has no size."""
    assert sum(PANEL.values()) < sum(EXPLORER.values()) < MOST_NODES
    assert NodeKind.TOPIC not in Scope(hide=frozenset({NodeKind.TOPIC})).find_sizes(PANEL)
