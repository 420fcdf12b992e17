"""Format results and papers for a terminal.

The text always contains colour codes; click removes them if the output is not a terminal.
"""

import shutil
import textwrap
from collections.abc import Iterator

import click

from index.records import Author, Paper
from search.answers.index_views import list_merged_ids
from search.answers.results import Hit, Results
from search.explain.matched_fields import find_matched_fields
from search.request.facets import FACETS
from search.request.parameters import write_parameters
from search.request.search_request import DEFAULT_SORT, View
from web.terminal.explanations import INDENT, format_reasons
from web.terminal.printing import escape_controls
from web.versions import Version, describe_other_versions, describe_place, list_versions
from web.wording import (
    LONGEST_ECHO,
    SORT_LABELS,
    format_count,
    format_source,
    group_supplied_fields,
    list_identifiers,
    list_links,
    name_citation_source,
    pluralise,
    shorten_text,
)

WIDTH = 100
"""Columns at most; longer lines are hard to read."""

NAMES = 8
"""Authors named in a list of hits; the rest are counted."""

SOURCES = 100
"""Sources of one version that are printed; the rest are counted. Chosen."""

VALUES = 10
"""Values of a facet that are printed."""


def format_results(results: Results, *, show_facets: bool = False) -> str:
    """Format a page of results: notices, count, hits and, on request, facets."""
    parts = [_format_head(results), *(_format_hit(hit, results) for hit in results.hits)]
    if show_facets:
        parts += [_format_facet(name, results) for name in results.facets if results.facets[name]]
    parts += _list_hints(results)
    return "\n\n".join(parts)


def format_paper(paper: Paper, records: tuple[Paper, ...] = ()) -> str:
    """Format one paper in full, with the source of every version.

    Args:
        paper: The paper.
        records: The first records that it is merged from, if there are several.
    """
    cited = "" if paper.citations is None else f"{paper.citations:,}"
    rows = [
        ("id", paper.id),
        *((one.label, one.value) for one in list_identifiers(paper, records)),
        ("status", paper.status),
        ("topics", ", ".join(paper.topics)),
        ("citations", cited and cited + name_citation_source(paper, records)),
        *list_links(paper),
    ]
    width = max(len(name) for name, value in rows if value) + 2
    lines = [click.style(paper.title, bold=True), *_wrap([_join_names(paper.authors)], "")]
    lines += _wrap([describe_place(paper)], "")
    if paper.abstract:
        lines += ["", *_wrap(paper.abstract.split("\n\n"), "")]
    listed = (f"{name + ':':{max(12, width)}}{value}" for name, value in rows if value)
    lines += ["", *map(escape_controls, listed)]
    for heading, part in _list_sections(paper, records):
        lines += ["", click.style(heading, bold=True), *part]
    return "\n".join(lines)


def _list_sections(paper: Paper, records: tuple[Paper, ...]) -> Iterator[tuple[str, list[str]]]:
    """Yield the heading and the lines of each section: versions, records, original text."""
    if versions := [line for one in list_versions(paper) for line in _format_version(one)]:
        yield "Versions", versions
    if records:
        lines = [_format_record(record, paper) for record in records]
        count = max(len(records), len(list_merged_ids(paper)))
        if count > len(records):
            lines.append(f"  and {count - len(records):,} more (papers show --json ID)")
        heading = f"Merged from {format_count(count, 'record')}"
        yield f"{heading} (papers show --records ID)", lines
    if paper.originals:
        pairs = paper.originals.items()
        yield "Original text", _wrap([f"{field}: {text}" for field, text in pairs], "  ")


def _format_record(record: Paper, work: Paper) -> str:
    title = "" if record.title == work.title else record.title
    fields = ", ".join(group_supplied_fields(work).get(record.id, ()))
    supplied = f"(supplies: {fields})" if fields else ""
    parts = (record.id, ", ".join(record.sources), title, supplied)
    return "  " + "  ".join(part for part in parts if part)


def _format_head(results: Results) -> str:
    lines = [f"{notice.message} {notice.place}".rstrip() for notice in results.parsed.notices]
    if results.relaxed:
        lines.append(results.relaxed.message)
    if better := results.suggestion:
        lines.append(f"Did you mean: {better.query}  ({format_count(better.total, 'paper')})")
    lines.append(_format_total(results))
    return "\n".join(map(escape_controls, lines))


def _format_total(results: Results) -> str:
    if not results.total:
        filters = [f"--{n} {v}" for n, v in write_parameters(results.request) if n in FACETS]
        asked = results.request.query.strip() or not filters
        read = [shorten_text(results.interpreted, LONGEST_ECHO)] if asked else []
        return f"Nothing found for {' '.join([*read, *filters])}."
    first, last = results.hits[0].rank, results.hits[-1].rank
    noun = "record" if results.view is View.RECORDS else "paper"
    papers = format_count(results.total, noun)
    return f"{first}-{last} of {papers}{_describe_order(results)}  ({results.took_ms:.1f} ms)"


def _describe_order(results: Results) -> str:
    """Return how hits are ordered, if it is not by their words alone."""
    if results.sort != DEFAULT_SORT:
        return f", {SORT_LABELS[results.sort].lower()}"
    return "" if results.meaning is None else ", ranked by words and meaning"


def _format_hit(hit: Hit, results: Results) -> str:
    title = results.highlighter.mark_text(hit.paper.title, _mark)
    head = format_hit(hit, title)
    if hit.reasons is not None:
        return f"{head}\n{format_reasons(hit.reasons, hit.score)}"
    fields = find_matched_fields(hit.paper, results.parsed.query)
    matches = "; ".join(f"{field}: {', '.join(words)}" for field, words in fields.items())
    lines = _wrap([f"matched {matches}"], INDENT) if matches else []
    return "\n".join([head, *(click.style(line, dim=True) for line in lines)])


def format_hit(hit: Hit, title: str) -> str:
    """Format a hit as every list of papers shows it.

    Args:
        hit: The hit.
        title: Its title, with marks if there are any.
    """
    paper = hit.paper
    venue = " ".join(filter(None, (paper.shown.venue, paper.shown.when)))
    others = describe_other_versions(paper)
    lines = [
        f"{hit.rank:>3}. " + click.style(_wrap_title(title), bold=True),
        *_wrap([_join_first_names(paper.authors)], INDENT),
        INDENT + "  ".join(filter(None, (click.style(venue, fg="cyan"), *_list_marks(paper)))),
        f"{INDENT}also: {others}" if others else "",
    ]
    return "\n".join(line for line in lines if line.strip())


def _list_marks(paper: Paper) -> tuple[str, str, str]:
    cited = "" if paper.citations is None else format_count(paper.citations, "citation")
    return paper.status, cited, paper.id


def _format_facet(name: str, results: Results) -> str:
    values = results.facets[name]
    lines = [
        f"  {value.count:>8,}  {value.value}{' *' if value.selected else ''}"
        for value in values[:VALUES]
    ]
    if len(values) > VALUES:
        more = "more than " if name in results.cut_facets else ""
        lines.append(f"            and {more}{len(values) - VALUES:,} more")
    return "\n".join([FACETS[name].title, *lines])


def _list_hints(results: Results) -> Iterator[str]:
    if results.concealed:
        papers = pluralise(results.concealed, "paper")
        yield f"{results.concealed:,} withdrawn or rejected {papers} hidden. Show with --hidden."
    if results.request.page < results.pages:
        yield f"More: --page {results.request.page + 1}"


def _join_first_names(authors: tuple[Author, ...]) -> str:
    more = len(authors) - NAMES
    return _join_names(authors[:NAMES]) + (f" and {more:,} more" if more > 0 else "")


def _join_names(authors: tuple[Author, ...]) -> str:
    return ", ".join(author.name for author in authors)


def _format_version(version: Version) -> Iterator[str]:
    names = f"({'; '.join(version.names)})" if version.names else ""
    parts = (version.dated_label, "" if version.submitted else version.type, names)
    named = " ".join(part for part in parts if part) or "unknown venue"
    yield "  " + (f"{named}, {version.place}" if version.place else named)
    for source in version.sources[:SOURCES]:
        yield escape_controls(f"    source record: {format_source(source)}")
    if (more := len(version.sources) - SOURCES) > 0:
        yield f"    and {more:,} more (papers show --json ID)"


def _mark(text: str) -> str:
    # Ending the colour ends bold too, so start bold again.
    return click.style(text, fg="yellow", bold=True) + "\x1b[1m"


def _wrap_title(title: str) -> str:
    """Wrap the title of a hit; the colour codes of its marks take no columns."""
    lines = [""]
    for word in title.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if len(INDENT) + len(click.unstyle(joined)) > _measure_width() and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = joined
    return f"\n{INDENT}".join(lines)


def _wrap(paragraphs: list[str], indent: str) -> list[str]:
    width = _measure_width()
    return [
        line
        for text in paragraphs
        for line in textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent)
    ]


def _measure_width() -> int:
    """Return the columns of the terminal, at most `WIDTH`."""
    return min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)
