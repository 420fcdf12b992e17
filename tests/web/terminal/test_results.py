"""Test the text of results and papers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click
import pytest

from index.records import Appearance, Author, Paper, Source
from search.answers.results import Hit
from search.request.facets import Selection
from search.request.search_request import SearchRequest
from web.terminal.results import NAMES, VALUES, WIDTH, format_hit, format_paper, format_results

if TYPE_CHECKING:
    from search.answers.searcher import Searcher

AUTHORS = tuple(Author(f"Author {n}") for n in range(NAMES + 2))
PAPER = Paper(
    id="x",
    title="On Tides",
    authors=AUTHORS,
    abstract="First paragraph.\n\nSecond paragraph.",
    appearances=(Appearance("ICML", year=2020, type="conference paper", source=Source("a.gz")),),
    citations=1_200,
    status="oral",
    sources=("s2",),
)


def test_a_hit_names_the_first_authors() -> None:
    """A hit has rank, title, authors, venue, status, citations and id; more authors are counted."""
    lines = click.unstyle(format_hit(Hit(PAPER, 1.0, 12), PAPER.title)).splitlines()
    names = ", ".join(author.name for author in AUTHORS[:NAMES])
    assert lines[0] == " 12. On Tides"
    assert " ".join(" ".join(lines[1:-1]).split()) == f"{names} and 2 more"
    assert lines[-1] == "     ICML 2020  oral  1,200 citations  x"


def test_a_long_title_is_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A title fits the terminal; marks take no columns, and a word is never cut."""
    monkeypatch.setenv("COLUMNS", "24")
    marked = f"Tides of the {click.style('Northern', fg='yellow')} Sea" + " x" * 3 + "y" * 30
    head, *rest = format_hit(Hit(PAPER, 1.0, 1), marked).splitlines()
    assert click.unstyle(head) == "  1. Tides of the"
    assert click.unstyle(rest[0]) == "     Northern Sea x x"
    assert click.unstyle(rest[1]) == "     x" + "y" * 30


def test_a_date_is_shown_as_finely_as_it_is_known() -> None:
    """A hit and a version have the month or day instead of the year."""
    shows = (Appearance("ICML", year=2020, date="2020-07-13"), Appearance("arXiv", year=2019))
    dated = replace_fields(PAPER, appearances=shows)
    assert "  ICML 2020-07-13  oral  " in click.unstyle(format_hit(Hit(dated, 1.0, 1), "T"))
    assert click.unstyle(format_paper(dated)).endswith("  ICML 2020-07-13\n  arXiv 2019")


def test_a_paper_lists_what_is_known() -> None:
    """A paper has all authors, its abstract, the known rows, and the source of every version."""
    text = click.unstyle(format_paper(PAPER))
    assert AUTHORS[-1].name in text
    assert "First paragraph.\nSecond paragraph.\n" in text
    assert "citations:  1,200 (source: s2)" in text
    assert "topics:" not in text
    assert text.endswith("Versions\n  ICML 2020 conference paper\n    source record: a.gz")


@pytest.mark.parametrize(
    ("changes", "order"),
    [
        ({}, ""),
        ({"sort": "cited"}, ", most cited first"),
        ({"sort": "title"}, ", by title"),
        ({"meaning": {"x": 1.0}}, ", ranked by words and meaning"),
    ],
)
def test_the_order_is_named(sample_searcher: Searcher, changes: dict[str, Any], order: str) -> None:
    """The count says how the hits are ordered, unless it is by their words."""
    results = replace(sample_searcher.search(SearchRequest("adam")), took_ms=1.0, **changes)
    count = f"1-{len(results.hits)} of {results.total} papers"
    assert format_results(results).startswith(f"{count}{order}  (1.0 ms)")


def test_browsing_names_its_order(sample_searcher: Searcher) -> None:
    """Papers that are only selected have an order of their own, which is named."""
    text = format_results(sample_searcher.search(SearchRequest("venue:NeurIPS")))
    assert " papers, newest first  (" in text.splitlines()[0]


def test_records_and_original_texts_have_sections() -> None:
    """A merged paper lists its records and what each supplies; repaired texts are shown."""
    work = replace_fields(PAPER, origins={"abstract": "y"}, originals={"title": "On  Tides"})
    records = (replace_fields(PAPER, id="x"), replace_fields(PAPER, id="y", title="Tides"))
    text = click.unstyle(format_paper(work, records))
    assert "Merged from 2 records (papers show --records ID)\n  x  s2\n" in text
    assert "  y  s2  Tides  (supplies: abstract)" in text
    assert text.endswith("Original text\n  title: On  Tides")


def replace_fields(paper: Paper, **fields: object) -> Paper:
    """Return a paper with other values in some fields."""
    return Paper(**{name: getattr(paper, name) for name in Paper.__struct_fields__} | fields)


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (SearchRequest("zzzqqq"), "Nothing found for zzzqqq."),
        (SearchRequest("zzzqqq", {"venue": Selection(("ICML",))}),
         "Nothing found for zzzqqq --venue ICML."),
        (SearchRequest(selections={"venue": Selection(("Nosuch",))}),
         "Nothing found for --venue Nosuch."),
        (SearchRequest("(turing"), 'Missing ")": assumed at the end (character 1)'),
        (SearchRequest("pluripotency"),
         "1 withdrawn or rejected paper hidden. Show with --hidden."),
        (SearchRequest("learning"), "More: --page 2"),
    ],
)  # fmt: skip
def test_notices_are_plain(
    sample_searcher: Searcher, request_: SearchRequest, expected: str
) -> None:
    """Notices, empty results, hidden papers and further pages are each one line."""
    results = sample_searcher.search(request_)
    assert expected in click.unstyle(format_results(results)).splitlines()


def test_facets_are_counted(sample_searcher: Searcher) -> None:
    """On request each facet is listed with its first values; the rest are counted."""
    results = sample_searcher.search(SearchRequest("learning", {"type": Selection(("preprint",))}))
    text = click.unstyle(format_results(results, show_facets=True))
    assert "preprint *" in text
    more = len(results.facets["venue"]) - VALUES
    assert more > 0
    assert f"and {more:,} more" in text
    assert "Venue" not in click.unstyle(format_results(results))
    text = format_results(replace(results, cut_facets=("venue",)), show_facets=True)
    assert f"and more than {more:,} more" in click.unstyle(text)


def test_lines_are_short(sample_searcher: Searcher) -> None:
    """No line of wrapped text is wider than the limit."""
    paper = replace(sample_searcher.search(SearchRequest("learning")).hits[0]).paper
    long = replace_fields(paper, abstract="word " * 200)
    wrapped = [line for line in format_paper(long).splitlines() if line.startswith("word")]
    assert len(wrapped) > 1
    assert max(map(len, wrapped)) <= WIDTH
