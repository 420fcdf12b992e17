"""Describe papers for assistants: few keys, short texts, and what makes a paper unreliable."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from index.records import Paper
from index.references.citations import Citations
from search.answers.paper_citations import CitationLists
from search.answers.results import Results
from search.errors import ParameterInvalid
from search.request.facets import HIDDEN_STATUSES
from web.api.papers import CitingPaperDocument, describe_citing_paper
from web.api.selection import parse_fields
from web.wording import shorten_text

if TYPE_CHECKING:
    from search.answers.why_not import Clause, WhyNot

FIRST_AUTHORS = 5
"""Authors that a paper in a list has; chosen."""

LONGEST_ABSTRACT = 2_000
"""Characters of an abstract, about 500 tokens; of 95,099 abstracts of paperlists few are longer."""

LONGEST_LIST = 50
"""Items of any list of one paper, such as its topics; chosen."""

USUAL_FIELDS = (
    "id", "title", "authors", "venue", "year", "type", "status", "doi", "urls", "citations",
    "abstract",
)  # fmt: skip
"""The keys of a paper whose fields are not named."""


def describe_short(paper: Paper, passage: str = "") -> dict[str, Any]:
    """Return a paper of a list; keys without a value are left out."""
    names = [author.name for author in paper.authors]
    shown = paper.shown
    more = len(names) - FIRST_AUTHORS
    authors = [*names[:FIRST_AUTHORS], *([f"and {more:,} more"] if more > 0 else [])]
    found = {
        "id": paper.id,
        "title": paper.title,
        "authors": authors,
        "venue": shown.venue,
        "year": shown.year,
        "status": paper.status,
        "warning": warn(paper),
        "citations": paper.citations,
        "doi": paper.ids.get("doi"),
        "passage": passage,
    }
    return {name: value for name, value in found.items() if value not in ("", None, [])}


def warn(paper: Paper) -> str:
    """Return a sentence about a paper that was withdrawn, rejected or retracted, or nothing."""
    if paper.status not in HIDDEN_STATUSES:
        return ""
    return f"This paper was {paper.status}: do not cite it without saying so."


def describe_whole(paper: Paper, citations: Citations, fields: Iterable[str]) -> dict[str, Any]:
    """Return some keys of a paper, with the record and dump that it was read from.

    Args:
        paper: The paper.
        citations: What it cites and what cites it.
        fields: The keys; none for the usual ones.

    Raises:
        ChoiceUnknown: A field is unknown.
    """
    chosen = parse_fields(",".join(fields), CitingPaperDocument) or USUAL_FIELDS
    document = describe_citing_paper(paper, citations)
    found = {name: _shorten(name, getattr(document, name)) for name in chosen}
    source = paper.shown.source
    if source:
        found["source"] = {
            "dump": source.dump,
            "record": source.record,
            "date": source.date,
            "licence": source.licence,
        }
    if warning := warn(paper):
        found["warning"] = warning
    return found


def _shorten(name: str, value: Any) -> Any:  # noqa: ANN401 - a value of JSON
    if name == "abstract":
        return shorten_text(value, LONGEST_ABSTRACT)
    if name == "authors":
        return [author.name for author in value[:LONGEST_LIST]]
    return value[:LONGEST_LIST] if isinstance(value, tuple) else value


def describe_search(results: Results) -> dict[str, Any]:
    """Return a page of results: the passage of each hit shows why it was found."""
    light = results.highlighter
    hits = []
    for hit in results.hits:
        abstract = hit.paper.abstract
        passage = light.choose_passage(abstract, light.find_spans(abstract))
        text = passage.write_text(abstract, [], lambda word: word) if abstract else ""
        hits.append(describe_short(hit.paper, text))
    notices = [notice.message for notice in results.parsed.notices]
    return {
        "total": results.total,
        "hidden": results.concealed,
        "searched_for": results.interpreted,
        "notices": notices + ([results.relaxed.message] if results.relaxed else []),
        "did_you_mean": results.suggestion.query if results.suggestion else "",
        "generation": results.generation,
        "hits": hits,
    }


def describe_citations(paper: Paper, found: CitationLists) -> dict[str, Any]:
    """Return the first papers that a paper cites and that cite it, and how to find the others."""
    counts = found.counts
    return {
        "id": paper.id,
        "title": paper.title,
        "references_named": counts.references_total,
        "references_in_this_index": counts.references_here,
        "references": [describe_short(one) for one in found.references],
        "search_all_references": found.find_references,
        "cited_by_in_this_index": counts.cited_by_total,
        "cited_by": [describe_short(one) for one in found.cited_by],
        "search_all_cited_by": found.find_cited_by,
    }


def describe_verdict(judged: "WhyNot") -> dict[str, Any]:
    """Return whether a search finds a paper, and the filters and clauses that keep it out."""
    return {
        "id": judged.paper.id,
        "title": judged.paper.title,
        "found": judged.found,
        "rank": judged.rank,
        "total": judged.results.total,
        "hidden_because": judged.hidden,
        "failed_filters": [
            {"filter": one.name, "asked": list(one.asked), "has": list(one.has[:LONGEST_LIST])}
            for one in judged.filters
            if not one.met
        ],
        "failed_clauses": _list_failed(judged.clause),
    }


def _list_failed(clause: "Clause") -> list[dict[str, Any]]:
    """List the clauses without parts that had to match and do not."""
    if clause.met:
        return []
    if clause.parts:
        return [one for part in clause.parts for one in _list_failed(part)]
    miss = clause.miss
    missing = list(miss.missing) if miss else []
    return [{"clause": clause.written, "missing": missing, "near": list(miss.near) if miss else []}]


def check_number(name: str, value: int, most: int) -> int:
    """Return a number that is within its limits.

    Raises:
        ParameterInvalid: It is not.
    """
    if not 1 <= value <= most:
        raise ParameterInvalid(name, str(value), f"1 to {most}")
    return value
