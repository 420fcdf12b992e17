"""Answers: how do results and papers look in a terminal?

Colour codes are written always; click takes them out where the output is no terminal.
"""

import shutil
import textwrap
from collections.abc import Iterator

import click

from index.records import Author, Paper
from search.answers.results import Hit, Results
from search.explain.matched_fields import find_matched_fields
from search.request.facets import FACETS
from search.request.search_request import View, write_parameters
from web.terminal.explanations import reasons_text
from web.wording import Place, fields_given, identifiers, links, others, places, provenance

WIDTH = 100
"""Columns at the most; longer lines are hard to read."""

NAMES = 8
"""Authors of a hit that are named; the rest are counted."""

VALUES = 10
"""Values of a facet that are printed."""


def results_text(results: Results, *, show_facets: bool = False) -> str:
    """Give a page of results, ready to print."""
    parts = [*_head(results), *(_hit(hit, results) for hit in results.hits)]
    if show_facets:
        parts += [_facet(name, results) for name in results.facets if results.facets[name]]
    parts += _foot(results)
    return "\n\n".join(parts)


def paper_text(paper: Paper, records: tuple[Paper, ...] = ()) -> str:
    """Give one paper in full, with where every appearance comes from.

    Args:
        paper: The paper.
        records: Those that it is made of, if there are several.
    """
    rows = [
        ("id", paper.id),
        *((one.label, one.value) for one in identifiers(paper, records)),
        ("status", paper.status),
        ("topics", ", ".join(paper.topics)),
        ("citations", "" if paper.citations is None else str(paper.citations)),
        *links(paper),
    ]
    width = max(len(name) for name, value in rows if value) + 2
    lines = [click.style(paper.title, bold=True), *_filled([_authors(paper.authors)], "")]
    if paper.abstract:
        lines += ["", *_filled(paper.abstract.split("\n\n"), "")]
    lines += ["", *(f"{name + ':':{max(12, width)}}{value}" for name, value in rows if value)]
    for heading, part in _parts(paper, records):
        lines += ["", click.style(heading, bold=True), *part]
    return "\n".join(lines)


def _parts(paper: Paper, records: tuple[Paper, ...]) -> Iterator[tuple[str, list[str]]]:
    """Give what stands under a heading of its own: appearances, records, the dump's own text."""
    if shows := [line for place in places(paper) for line in _place(place)]:
        yield "Where it appeared", shows
    if records:
        told = [_record(record, paper) for record in records]
        yield "Records of this work (papers show --records ID)", told
    if paper.originals:
        pairs = paper.originals.items()
        yield "As in the dump", _filled([f"{field}: {text}" for field, text in pairs], "  ")


def _record(record: Paper, work: Paper) -> str:
    title = "" if record.title == work.title else record.title
    gives = ", ".join(fields_given(work).get(record.id, ()))
    told = (record.id, ", ".join(record.sources), title, f"(shown: {gives})" if gives else "")
    return "  " + "  ".join(part for part in told if part)


def _head(results: Results) -> list[str]:
    lines = [f"{notice.message} (at {notice.at[0] + 1})" for notice in results.parsed.notices]
    if results.relaxed:
        lines.append(results.relaxed.message)
    if better := results.suggestion:
        papers = "paper" if better.total == 1 else "papers"
        lines.append(f"Did you mean: {better.query}  ({better.total:,} {papers})")
    lines.append(_count(results))
    return ["\n".join(lines)]


def _count(results: Results) -> str:
    if not results.total:
        filters = [f"--{n} {v}" for n, v in write_parameters(results.request) if n in FACETS]
        return " ".join(["No paper matches", results.interpreted, *filters]) + "."
    first, last = results.hits[0].rank, results.hits[-1].rank
    papers = "record" if results.view is View.RECORDS else "paper"
    papers += "" if results.total == 1 else "s"
    return f"{first}-{last} of {results.total:,} {papers}  ({results.took_ms:.1f} ms)"


def _hit(hit: Hit, results: Results) -> str:
    paper = hit.paper
    title = results.highlighter.mark_text(paper.title, _mark)
    if hit.reasons is not None:
        return "\n".join([hit_text(hit, title), reasons_text(hit.reasons, hit.score)])
    reasons = find_matched_fields(paper, results.parsed.query)
    told = "; ".join(f"{part}: {', '.join(words)}" for part, words in reasons.items())
    matched = _filled([f"matched {told}"], "     ") if told else []
    return "\n".join([hit_text(hit, title), *(click.style(line, dim=True) for line in matched)])


def hit_text(hit: Hit, title: str) -> str:
    """Give what every list of hits says of one, its title as it is to be shown."""
    paper = hit.paper
    shown = " ".join(filter(None, (paper.shown.venue, str(paper.shown.year or ""))))
    lines = [
        f"{hit.rank:>3}. " + click.style(title, bold=True),
        *_filled([_named(paper.authors)], "     "),
        "     " + "  ".join(filter(None, (click.style(shown, fg="cyan"), paper.status, paper.id))),
        f"     also: {also}" if (also := others(paper)) else "",
    ]
    return "\n".join(line for line in lines if line.strip())


def _facet(name: str, results: Results) -> str:
    values = results.facets[name]
    lines = [
        f"  {value.count:>8,}  {value.value}{' *' if value.selected else ''}"
        for value in values[:VALUES]
    ]
    if len(values) > VALUES:
        lines.append(f"            and {len(values) - VALUES:,} more")
    return "\n".join([FACETS[name].title, *lines])


def _foot(results: Results) -> Iterator[str]:
    if results.concealed:
        yield (
            f"{results.concealed:,} withdrawn, rejected or retracted "
            f"{'paper is' if results.concealed == 1 else 'papers are'} hidden; --hidden shows them."
        )
    if results.request.page < results.pages:
        yield f"--page {results.request.page + 1} shows more."


def _named(authors: tuple[Author, ...]) -> str:
    more = len(authors) - NAMES
    return _authors(authors[:NAMES]) + (f" and {more} more" if more > 0 else "")


def _authors(authors: tuple[Author, ...]) -> str:
    return ", ".join(author.name for author in authors)


def _place(place: Place) -> Iterator[str]:
    names = f"({'; '.join(place.names)})" if place.names else ""
    stated = (place.label, "" if place.submitted else place.type, names)
    yield "  " + (" ".join(part for part in stated if part) or "nowhere that is known")
    yield from (f"    read from {provenance(source)}" for source in place.sources)


def _mark(text: str) -> str:
    # Bold has to be set again: ending the colour ends it too.
    return click.style(text, fg="yellow", bold=True) + "\x1b[1m"


def _filled(paragraphs: list[str], indent: str) -> list[str]:
    width = min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)
    return [
        line
        for text in paragraphs
        for line in textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent)
    ]
