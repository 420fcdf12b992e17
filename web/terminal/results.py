"""Format results and papers for a terminal.

The text always contains colour codes; click removes them if the output is not a terminal.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

import click

from index.records import Author, Paper
from search.answers.highlight import Highlighter
from search.answers.index_views import list_merged_ids
from search.answers.paper_citations import CitationLists
from search.answers.results import Hit, Results
from search.explain.matched_fields import find_matched_fields
from search.request.facets import FACETS
from search.request.parameters import write_parameters
from search.request.search_request import DEFAULT_SORT, View
from web.terminal.citations import list_citation_sections
from web.terminal.explanations import INDENT, format_reasons
from web.terminal.layout import wrap_message, wrap_paragraphs, wrap_styled
from web.terminal.links import link_text
from web.terminal.printing import escape_controls
from web.versions import Version, describe_other_versions, describe_place, list_versions
from web.wording import (
    LABELS,
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

NAMES = 8
"""Authors named in a list of hits; the rest are counted."""

SOURCES = 100
"""Sources of one version that are printed; the rest are counted. Chosen."""

VALUES = 10
"""Values of a facet that are printed."""

YEARS = 60
"""Years that are printed, from the last one on; chosen."""

PASSAGE = 150
"""Characters of the passage of a hit; chosen: two lines of 80 columns."""

_MARKED_FIELDS = ("title", "abstract")
"""Fields whose matches are in colour, so that they need not be named."""


def format_results(results: Results, *, show_facets: bool = False) -> str:
    """Format a page of results: notices, count, hits and, on request, facets."""
    parts = [_format_head(results), *(_format_hit(hit, results) for hit in results.hits)]
    if show_facets:
        parts += [_format_facet(name, results) for name in results.facets if results.facets[name]]
    parts += _list_hints(results)
    return "\n\n".join(parts)


def format_paper(
    paper: Paper, records: tuple[Paper, ...] = (), citations: CitationLists | None = None
) -> str:
    """Format one paper in full, with the source of every version.

    Args:
        paper: The paper.
        records: The first records that it is merged from, if there are several.
        citations: What it cites and what cites it, if that is to be shown.
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
    title = wrap_styled(escape_controls(paper.title), "")
    lines = [click.style("\n".join(title), bold=True)]
    lines += wrap_paragraphs([escape_controls(_join_names(paper.authors))], "")
    lines += wrap_paragraphs([describe_place(paper)], "")
    if paper.abstract:
        lines += ["", *wrap_paragraphs(paper.abstract.split("\n\n"), "")]
    listed = (f"{name + ':':{max(12, width)}}{value}" for name, value in rows if value)
    lines += ["", *map(escape_controls, listed)]
    cited_sections = list_citation_sections(citations) if citations else ()
    for heading, part in (*cited_sections, *_list_sections(paper, records)):
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
        yield "Original text", wrap_paragraphs([f"{field}: {text}" for field, text in pairs], "  ")


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
    return "\n".join(wrap_message(escape_controls(line)) for line in lines)


def _format_total(results: Results) -> str:
    if not results.total:
        filters = [f"--{n} {v}" for n, v in write_parameters(results.request) if n in FACETS]
        asked = results.request.query.strip() or not filters
        read = [shorten_text(results.interpreted, LONGEST_ECHO)] if asked else []
        searched = " ".join([*read, *filters])
        return f"Nothing found for {searched}. Check the spelling, or use fewer words or filters."
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
    paper, highlighter = hit.paper, results.highlighter
    title = highlighter.mark_text(escape_controls(paper.title), _mark)
    if hit.reasons is not None:
        return f"{format_hit(hit, title)}\n{format_reasons(hit.reasons, hit.score)}"
    fields = find_matched_fields(paper, results.parsed.query).items()
    matches = "; ".join(
        f"{field}: {', '.join(words)}" for field, words in fields if field not in _MARKED_FIELDS
    )
    other = wrap_paragraphs([escape_controls(f"matched {matches}")], INDENT) if matches else []
    head = format_hit(hit, title, _format_passage(paper.abstract, highlighter))
    return "\n".join([head, *(click.style(line, dim=True) for line in other)])


def _format_passage(abstract: str, highlighter: Highlighter) -> list[str]:
    """Format the passage of an abstract that matches, a match in colour."""
    text = escape_controls(" ".join(abstract.split()))
    marks = highlighter.find_spans(text)
    passage = highlighter.choose_passage(text, marks, PASSAGE)
    return wrap_styled(passage.write_text(text, marks, _mark_passage), INDENT) if text else []


def format_hit(hit: Hit, title: str, passage: Iterable[str] = (), own: int = 0) -> str:
    """Format a hit as every list of papers shows it.

    Args:
        hit: The hit.
        title: Its title, with marks if there are any.
        passage: The lines of the passage of its abstract that matches.
        own: The place of an author who is named however long the list of authors is, from 0.
    """
    paper = hit.paper
    pages = (address for _, address in list_links(paper))
    address = next(chain(pages, (one.address for one in list_identifiers(paper))), "")
    first, *rest = (
        link_text(click.style(line, bold=True), address) for line in wrap_styled(title, INDENT)
    )
    others = describe_other_versions(paper)
    lines = [
        f"{hit.rank:>3}. {first}",
        *(f"{INDENT}{line}" for line in rest),
        *wrap_paragraphs([escape_controls(_join_first_names(paper.authors, own))], INDENT),
        *(f"{INDENT}{line}" for line in wrap_styled(_describe_venue(paper), INDENT)),
        *(wrap_paragraphs([escape_controls(f"also: {others}")], INDENT) if others else ()),
        *(f"{INDENT}{line}" for line in passage),
        INDENT + "  ".join(_list_ids(paper)),
    ]
    return "\n".join(line for line in lines if line.strip())


def _describe_venue(paper: Paper) -> str:
    """Describe where and when a paper appeared, its status and its citations, in one line."""
    venue = " ".join(filter(None, (paper.shown.venue, paper.shown.when)))
    cited = "" if paper.citations is None else format_count(paper.citations, "citation")
    status = escape_controls(paper.status)
    return "  ".join(filter(None, (click.style(escape_controls(venue), fg="cyan"), status, cited)))


def _list_ids(paper: Paper) -> Iterator[str]:
    """Yield the id of a paper and its DOI, both in the form that `papers show` takes."""
    yield click.style(escape_controls(paper.id), dim=True)
    for one in list_identifiers(paper):
        if one.label == LABELS["doi"]:
            yield link_text(click.style(f"doi:{escape_controls(one.value)}", dim=True), one.address)


def _format_facet(name: str, results: Results) -> str:
    values, most = list(results.facets[name]), VALUES
    if name == "year":
        values.sort(key=lambda one: one.value, reverse=True)
        most = YEARS
    lines = [
        f"  {one.count:>8,}  {escape_controls(one.value)}{' *' if one.selected else ''}"
        for one in values[:most]
    ]
    if len(values) > most:
        more = "more than " if name in results.cut_facets else ""
        lines.append(f"            and {more}{len(values) - most:,} more")
    return "\n".join([FACETS[name].title, *lines])


def _list_hints(results: Results) -> Iterator[str]:
    if results.concealed:
        papers = pluralise(results.concealed, "paper")
        yield f"{results.concealed:,} withdrawn or rejected {papers} hidden. Show with --hidden."
    if results.request.page < results.pages:
        yield f"More: --page {results.request.page + 1}"


def _join_first_names(authors: tuple[Author, ...], own: int) -> str:
    first, last = authors[:NAMES], NAMES
    if own >= NAMES:
        between = own - NAMES + 1
        skipped = (Author(f"{between:,} more"),) if between else ()
        first, last = (*authors[: NAMES - 1], *skipped, authors[own]), own + 1
    more = len(authors) - last
    return _join_names(first) + (f" and {more:,} more" if more > 0 else "")


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


def _mark_passage(text: str) -> str:
    return click.style(text, fg="yellow")
