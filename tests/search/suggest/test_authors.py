"""Check which authors are offered for a name that is being typed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search.answers.searcher import Searcher

NAMES = (
    "Jean-Luc Roux", "Ida Roux", "Cian O'Shea", "Rita D'Angelo", "Lucía Inés Robles Vega",
    "Piet van den Hoek", "Seo-Jun Kang", "Smith JA",
)  # fmt: skip

OFFERED = [  # a name that is being typed, the names offered
    ("roux", "Ida Roux; Jean-Luc Roux"),
    ("ida ro", "Ida Roux"),
    ("roux jl", "Jean-Luc Roux"),
    ("jl roux", "Jean-Luc Roux"),
    ("roux, j.-l.", "Jean-Luc Roux"),
    ("roux lj", ""),
    ("o shea", "Cian O'Shea"),
    ("o'sh", "Cian O'Shea"),
    ("d angelo", "Rita D'Angelo"),
    ("d'angelo", "Rita D'Angelo"),
    ("robles vega li", "Lucía Inés Robles Vega"),
    ("van den ho", "Piet van den Hoek"),
    ("kang sj", "Seo-Jun Kang"),
    ("j. a. smith", "Smith JA"),
    ("nobody kn", ""),
]


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over one paper of each author."""
    return Searcher(index_of(*({"id": n, "title": f"By {n}", "authors": [n]} for n in NAMES)))


@pytest.mark.parametrize(("typed", "expected"), OFFERED)
def test_a_name_is_offered_by_its_parts(searcher: Searcher, typed: str, expected: str) -> None:
    """Names are offered by words in any order, by initials and by parts typed apart."""
    offered = [one.text for one in searcher.suggest(f'author:"{typed}')]
    assert sorted(offered) == sorted(filter(None, expected.split("; ")))
