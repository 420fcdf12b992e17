"""Describe a page of results as JSON: its hits, facets, notices and suggestion."""

from dataclasses import replace as replace_field
from typing import Annotated, Any
from urllib.parse import urlencode

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import replace

from index.records import Paper
from search.answers.highlight import Highlighter
from search.answers.marked_text import write_html
from search.answers.results import Hit, Relaxed, Results
from search.explain.score import Reason
from search.request.facets import FacetValue
from search.request.parameters import write_parameters
from search.request.search_request import SearchRequest, View
from web.api.papers import PaperDocument, collect_fields


class ReasonDocument(Struct, frozen=True):
    """One part of a hit's score."""

    words: Annotated[str, Meta(description="The words that matched, as typed.")]
    field: Annotated[
        str,
        Meta(
            description="`text` (the title, counted three times, abstract and topics) or a field"
            " of the query language; empty if several may have matched."
        ),
    ]
    kind: Annotated[str, Meta(description="What matched: `word`, `name`, `neighbours` ...")]
    weight: Annotated[
        float,
        Meta(description="Its part of the score by relevance; 0 if the query only selects papers."),
    ]


class HighlightsDocument(Struct, frozen=True):
    """The texts of a hit with the matches marked."""

    title: Annotated[str, Meta(description="The title as escaped HTML with `<mark>`.")]
    abstract: Annotated[str, Meta(description="The abstract as escaped HTML with `<mark>`.")]
    passage: Annotated[
        str,
        Meta(
            description="The part of the abstract that shows the matches, or its beginning, as"
            " escaped HTML with `<mark>`; at most about 240 characters."
        ),
    ]


MOST_AUTHORS = 500
"""Authors of a paper in a list; its own document has all. Chosen: ten papers of 15,000 authors with
their affiliations would take 30 MB."""


class ListedDocument(PaperDocument, frozen=True, kw_only=True):
    """A paper of a list."""

    authors_left_out: Annotated[
        int,
        Meta(
            description="Number of authors after the first 500, whom only the document of the paper"
            " itself lists; 0 if all are listed."
        ),
    ]


class RankedDocument(ListedDocument, frozen=True, kw_only=True):
    """A paper and its place in a list."""

    rank: Annotated[int, Meta(description="Place in the list over all pages, from 1.")]
    score: Annotated[
        float,
        Meta(description="For comparing hits of one search; 0 where a field orders them."),
    ]


class HitDocument(RankedDocument, frozen=True, kw_only=True):
    """A hit: a paper, its rank and its highlights."""

    highlights: Annotated[HighlightsDocument, Meta(description="Texts with the matches marked.")]
    explanation: Annotated[
        tuple[ReasonDocument, ...] | UnsetType,
        Meta(description="Parts of the score, largest first; only with `explain=1`."),
    ] = UNSET


class FacetValueDocument(Struct, frozen=True):
    """One value of a facet."""

    value: Annotated[str, Meta(description="The value, as the filter takes it.")]
    count: Annotated[int, Meta(description="Hits that have it, without the facet's own filter.")]
    selected: Annotated[bool, Meta(description="Whether the request selects it.")]
    excluded: Annotated[bool, Meta(description="Whether the request excludes it.")]


class SuggestionDocument(Struct, frozen=True):
    """A better spelling of the query."""

    query: Annotated[str, Meta(description="The respelt query.")]
    total: Annotated[int, Meta(description="Papers that have all its words.")]


class NoticeDocument(Struct, frozen=True):
    """A part of the query that was not understood."""

    message: Annotated[str, Meta(description="One sentence.")]
    at: Annotated[
        tuple[int, int], Meta(description="Start and end in the typed query, in characters.")
    ]


class RelaxedDocument(Struct, frozen=True):
    """How a search was widened because too few papers have all its words."""

    strict: Annotated[int, Meta(description="Papers that have all the words; they come first.")]
    message: Annotated[str, Meta(description="One sentence.")]


class ResultsDocument(Struct, frozen=True, kw_only=True):
    """A page of results."""

    query: Annotated[str, Meta(description="The query as typed.")]
    interpreted: Annotated[str, Meta(description="The query as understood.")]
    total: Annotated[int, Meta(description="Number of matching papers, exact.")]
    took_ms: Annotated[float, Meta(description="Time of the search in milliseconds.")]
    page: Annotated[int, Meta(description="Number of this page, from 1.")]
    per_page: Annotated[int, Meta(description="Hits on a page.")]
    sort: Annotated[
        str,
        Meta(
            description="Name of the sort that orders the hits. Without one in the request:"
            " `relevance`, or, if the query only selects papers, `cited` if any of them has"
            " citations, else `newest`."
        ),
    ]
    prior: Annotated[
        str, Meta(description="When cited papers are favoured: `auto`, `citations` or `none`.")
    ]
    meaning: Annotated[
        str, Meta(description="When hits are ranked by meaning too: `auto`, `none` or `all`.")
    ]
    ranked_by_meaning: Annotated[
        bool, Meta(description="Whether these hits are ranked by meaning as well as by words.")
    ]
    records: Annotated[
        bool, Meta(description="Whether the hits are single records instead of merged works.")
    ]
    hits: Annotated[tuple[HitDocument, ...], Meta(description="The hits of this page.")]
    facets: Annotated[
        dict[str, tuple[FacetValueDocument, ...]],
        Meta(description="Values with their counts, by facet."),
    ]
    facets_cut: Annotated[
        tuple[str, ...],
        Meta(
            description="The facets of which only the most frequent values, at most 1,000, and the"
            " selected ones are listed."
        ),
    ]
    hidden: Annotated[
        int, Meta(description="Matching papers that are hidden because of their status.")
    ]
    suggestion: Annotated[
        SuggestionDocument | None, Meta(description="A better spelling, or null.")
    ]
    warnings: Annotated[
        tuple[NoticeDocument, ...], Meta(description="What was not understood in the query.")
    ]
    relaxed: Annotated[
        RelaxedDocument | None, Meta(description="How the search was widened, or null.")
    ]
    generation: Annotated[str, Meta(description="The generation that answered.")]


def describe_results(results: Results) -> ResultsDocument:
    """Return a page of results as JSON."""
    request, better = results.request, results.suggestion
    return ResultsDocument(
        query=request.query,
        interpreted=results.interpreted,
        total=results.total,
        took_ms=round(results.took_ms, 2),
        page=request.page,
        per_page=request.per_page,
        sort=results.sort,
        prior=request.prior,
        meaning=request.meaning,
        ranked_by_meaning=results.meaning is not None,
        records=results.view is View.RECORDS,
        hits=tuple(describe_hit(hit, results) for hit in results.hits),
        facets={
            name: tuple(map(describe_facet_value, values))
            for name, values in results.facets.items()
        },
        facets_cut=results.cut_facets,
        hidden=results.concealed,
        suggestion=SuggestionDocument(better.query, better.total) if better else None,
        warnings=tuple(NoticeDocument(one.message, one.at) for one in results.parsed.notices),
        relaxed=describe_relaxed(results.relaxed),
        generation=results.generation,
    )


def link_pages(results: Results, root: str = "") -> dict[str, str]:
    """Return the addresses of the pages around a page of results.

    Args:
        results: The page of results.
        root: The path under which the server answers, without a final slash.
    """
    request, links = results.request, {"page": _link_page(results.request, f"{root}/search")}
    twin = f"{root}/search.json"
    if request.page > 1:
        links["prev"] = _link_page(replace_field(request, page=request.page - 1), twin)
    if request.page < results.pages:
        links["next"] = _link_page(replace_field(request, page=request.page + 1), twin)
    return links


def _link_page(request: SearchRequest, path: str) -> str:
    asked = urlencode(write_parameters(request))
    return f"{path}?{asked}" if asked else path


def describe_facet_value(value: FacetValue) -> FacetValueDocument:
    """Return one value of a facet as JSON."""
    return FacetValueDocument(value.value, value.count, value.selected, value.excluded)


def describe_ranked(hit: Hit) -> RankedDocument:
    """Return a paper of a list that has no query, and so no highlights."""
    return RankedDocument(**_collect_ranked(hit, View.WORKS))


def describe_relaxed(relaxed: Relaxed | None) -> RelaxedDocument | None:
    """Return how a search was widened, or None if it was not."""
    return RelaxedDocument(relaxed.strict, relaxed.message) if relaxed else None


def collect_listed(paper: Paper, view: View) -> dict[str, Any]:
    """Collect the fields of a `ListedDocument`."""
    left_out = max(0, len(paper.authors) - MOST_AUTHORS)
    shown = replace(paper, authors=paper.authors[:MOST_AUTHORS]) if left_out else paper
    return collect_fields(shown, view) | {"authors_left_out": left_out}


def _collect_ranked(hit: Hit, view: View) -> dict[str, Any]:
    """Collect the fields of a `RankedDocument`."""
    return collect_listed(hit.paper, view) | {"rank": hit.rank, "score": round(hit.score, 4)}


def describe_hit(hit: Hit, results: Results) -> HitDocument:
    """Return a hit with the matches marked."""
    return HitDocument(
        **_collect_ranked(hit, results.view),
        highlights=_describe_highlights(hit.paper, results.highlighter),
        explanation=UNSET if hit.reasons is None else tuple(map(_describe_reason, hit.reasons)),
    )


def _describe_highlights(paper: Paper, highlighter: Highlighter) -> HighlightsDocument:
    abstract = paper.abstract
    marks = highlighter.find_spans(abstract)
    return HighlightsDocument(
        title=str(highlighter.mark_html(paper.title)),
        abstract=str(write_html(abstract, marks)),
        passage=str(highlighter.choose_passage(abstract, marks).write_html(abstract, marks)),
    )


def _describe_reason(reason: Reason) -> ReasonDocument:
    return ReasonDocument(reason.words, reason.field, reason.kind, round(reason.weight, 4))
