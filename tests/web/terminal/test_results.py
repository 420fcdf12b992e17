"""Test the text of results and papers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click
import pytest

from index.records import Appearance, Author, Paper, Source
from search.answers.results import Hit
from search.request.facets import Selection
from search.request.search_request import SearchRequest
from web.terminal.layout import WIDTH
from web.terminal.links import LINK
from web.terminal.printing import escape_controls
from web.terminal.results import NAMES, VALUES, format_hit, format_paper, format_results

if TYPE_CHECKING:
    from search.answers.searcher import Searcher

WAY_OUT = "Check the spelling, or use fewer words or filters."
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
    assert lines == [
        " 12. On Tides",
        f"     {names} and 2 more",
        "     ICML 2020  oral  1,200 citations",
        "     x",
    ]


def test_a_hit_has_links() -> None:
    """The title leads to the page of the paper, its DOI to the page of the DOI."""
    linked = replace_fields(
        PAPER, ids={"doi": "10.1/x"}, urls={"page": "https://example.org/x", "pdf": "https://b"}
    )
    lines = format_hit(Hit(linked, 1.0, 1), "On Tides").splitlines()
    assert lines[0].startswith("  1. \x1b]8;;https://example.org/x\x1b\\\x1b[1mOn Tides")
    assert "\x1b]8;;https://doi.org/10.1/x\x1b\\" in lines[-1]
    assert re.sub(LINK, "", click.unstyle(lines[-1])) == "     x  doi:10.1/x"


def test_hostile_texts_control_nothing() -> None:
    """Neither a name nor an address of a dump begins a sequence of its own."""
    attack = "\x1b]8;;https://evil.example\x1b\\a\x1b[2J\nb"
    hostile = Paper(
        id=attack, title=attack, authors=(Author(attack),), abstract=attack, status=attack,
        appearances=(Appearance(attack, year=2020),), urls={"page": f"https://x/{attack}"},
        ids={"doi": attack},
    )  # fmt: skip
    text = format_hit(Hit(hostile, 1.0, 1), escape_controls(hostile.title))
    assert re.findall(r"https?://[^\x1b]*", "".join(re.findall(LINK, text))) == [
        f"https://doi.org/{quote(attack)}"
    ]
    assert "\x1b]" not in re.sub(LINK, "", text)
    assert "\x1b[2J" not in text
    assert len(text.splitlines()) == 4


def test_a_hit_shows_the_passage(
    sample_searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The passage that matches stands below the venue, in at most three lines of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    results = sample_searcher.search(SearchRequest("attention recurrence"))
    text = format_results(replace(results, hits=results.hits[:1]))
    lines = [line for line in text.splitlines() if line.startswith("     ")]
    passage = [line for line in lines if click.style("recurrence", fg="yellow") in line]
    assert len(passage) == 1
    assert max(len(re.sub(LINK, "", click.unstyle(line))) for line in lines) <= 80
    assert len(lines) <= 8


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
    assert "  ICML 2020-07-13  oral" in click.unstyle(format_hit(Hit(dated, 1.0, 1), "T"))
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
        (SearchRequest("zzzqqq"), f"Nothing found for zzzqqq. {WAY_OUT}"),
        (SearchRequest("zzzqqq", {"venue": Selection(("ICML",))}),
         f"Nothing found for zzzqqq --venue ICML. {WAY_OUT}"),
        (SearchRequest(selections={"venue": Selection(("Nosuch",))}),
         f"Nothing found for --venue Nosuch. {WAY_OUT}"),
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


def test_years_are_listed_by_year(sample_searcher: Searcher) -> None:
    """The years of the facets come in order, the last one first."""
    text = format_results(sample_searcher.search(SearchRequest("learning")), show_facets=True)
    years = text.split("\nYear\n")[1].split("\n\n")[0].splitlines()
    found = [line.split()[1] for line in years]
    assert len(found) > VALUES
    assert found == sorted(found, reverse=True)


def test_lines_are_short(sample_searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line of wrapped text is wider than the limit; without a terminal nothing is wrapped."""
    monkeypatch.setenv("COLUMNS", "400")
    paper = replace(sample_searcher.search(SearchRequest("learning")).hits[0]).paper
    long = replace_fields(paper, abstract="word " * 200)
    wrapped = [line for line in format_paper(long).splitlines() if line.startswith("word")]
    assert len(wrapped) > 1
    assert max(map(len, wrapped)) <= WIDTH
    monkeypatch.delenv("COLUMNS")
    assert "word " * 199 + "word" in format_paper(long).splitlines()
