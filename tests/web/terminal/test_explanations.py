"""Test the text of explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from search.answers.why_not import explain_absence
from search.explain.score import Reason
from search.request.parameters import parse_parameters
from search.request.search_request import SearchRequest
from web.terminal.explanations import format_reasons, format_why_not

if TYPE_CHECKING:
    from search.answers.searcher import Searcher

REASONS = (Reason("deep learning", "text", "all the words", 3.25), Reason("", "", "the rest", 0.5))


def test_reasons_are_aligned() -> None:
    """The reasons are columns below the score, with weights aligned at the point."""
    assert click.unstyle(format_reasons(REASONS, 3.75)).splitlines() == [
        "     score 3.75",
        "          3.25  deep learning  text  all the words",
        "          0.50                       the rest",
    ]


def test_reasons_without_a_score() -> None:
    """If a field orders the hits, the head says what the score would be."""
    head, *rows = click.unstyle(format_reasons(REASONS, 0)).splitlines()
    assert head == "     not ordered by score; by relevance it would be 3.75"
    assert rows == click.unstyle(format_reasons(REASONS, 3.75)).splitlines()[1:]


def test_reasons_without_weights() -> None:
    """If the query only selects papers, what matched is listed without weights."""
    reasons = (Reason("neurips", "venue", "word", 0.0), Reason("2017", "year", "number", 0.0))
    assert click.unstyle(format_reasons(reasons, 0)).splitlines() == [
        "     not ranked: the query only selects papers",
        "          neurips  venue  word",
        "          2017     year   number",
    ]


def test_a_hit_far_in_meaning_scores_nothing() -> None:
    """Of the hits that are found by meaning alone, the farthest one has the score 0."""
    head, _ = click.unstyle(format_reasons((Reason("", "", "meaning", 0.0),), 0)).splitlines()
    assert head == "     score 0.00"


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ([("q", "adam")], "found, number 1 of "),
        ([("q", "adam zebra")], "zebra"),
        ([("q", "adam"), ("year", "1999")], "  no   year 1999  (the paper: 2015, 2014)"),
        ([("q", "title:zzz")], "not found among the 0 papers of this search"),
    ],
)
def test_the_verdict_names_what_fails(
    sample_searcher: Searcher, parameters: list[tuple[str, str]], expected: str
) -> None:
    """The text says whether the search finds the paper and which part fails."""
    judged = explain_absence(sample_searcher, parse_parameters(parameters), "kingma-2015-adam")
    assert expected in click.unstyle(format_why_not(judged))


def test_a_search_for_everything_has_a_verdict_only(sample_searcher: Searcher) -> None:
    """Without query and filters there is nothing to check part by part."""
    judged = explain_absence(sample_searcher, SearchRequest(), "kingma-2015-adam")
    assert len(format_why_not(judged).split("\n\n")) == 1
