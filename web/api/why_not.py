"""Describe as JSON which clause or filter keeps a paper out of a search."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from web.api.results import RelaxedDocument, describe_relaxed

if TYPE_CHECKING:
    # Loaded only by the commands that use them.
    from search.answers.why_not import Clause, WhyNot
    from search.explain.near_miss import NearMiss


class FilterDocument(Struct, frozen=True):
    """One filter of the search, checked against the paper."""

    name: Annotated[str, Meta(description="The facet.")]
    asked: Annotated[tuple[str, ...], Meta(description="The selected values.")]
    has: Annotated[tuple[str, ...], Meta(description="The paper's own values.")]
    met: Annotated[bool, Meta(description="Whether the paper passes.")]


class MissDocument(Struct, frozen=True):
    """How near the paper comes to a clause that it fails."""

    missing: Annotated[tuple[str, ...], Meta(description="Words that the paper does not have.")]
    near: Annotated[tuple[str, ...], Meta(description="Words of the paper that look like them.")]
    where: Annotated[
        tuple[str, ...],
        Meta(description="Parts of the paper that have the word where it was not asked for."),
    ]
    has: Annotated[tuple[str, ...], Meta(description="The paper's own values.")]


class ClauseDocument(Struct, frozen=True):
    """One clause of the query, checked against the paper."""

    written: Annotated[str, Meta(description="The clause in the query language.")]
    met: Annotated[bool, Meta(description="Whether the paper matches it.")]
    needed: Annotated[bool, Meta(description="Whether it must match.")]
    joint: Annotated[
        str, Meta(description="`and`, `or` or `not`: how its parts are joined; empty for a leaf.")
    ]
    parts: Annotated[tuple["ClauseDocument", ...], Meta(description="The clauses inside it.")]
    miss: Annotated[
        MissDocument | None, Meta(description="How near the paper comes, or null if it matches.")
    ]
    judged: Annotated[
        bool, Meta(description="Whether it was checked; if that takes too long, `met` is false.")
    ]


class WhyNotDocument(Struct, frozen=True, kw_only=True):
    """How one paper fares in one search."""

    query: Annotated[str, Meta(description="The query as typed.")]
    interpreted: Annotated[str, Meta(description="The query as understood.")]
    id: Annotated[str, Meta(description="Id of the paper.")]
    title: Annotated[str, Meta(description="Its title.")]
    found: Annotated[bool, Meta(description="Whether the search finds the paper.")]
    rank: Annotated[int | None, Meta(description="Its rank; null beyond 1,000 or if not found.")]
    total: Annotated[int, Meta(description="Number of papers that the search finds.")]
    relaxed: Annotated[
        RelaxedDocument | None, Meta(description="How the search was widened, or null.")
    ]
    widened: Annotated[
        bool | None,
        Meta(
            description="Whether the query, once widened and without filters, finds the paper;"
            " null if it cannot be widened."
        ),
    ]
    hidden: Annotated[str, Meta(description="The status that hides the paper, or empty.")]
    filters: Annotated[tuple[FilterDocument, ...], Meta(description="The filters of the search.")]
    clause: Annotated[ClauseDocument, Meta(description="The query, clause by clause.")]
    left_out: Annotated[
        tuple[str, ...], Meta(description="What was not found out because it takes too long.")
    ]


def describe_why_not(judged: "WhyNot") -> WhyNotDocument:
    """Return as JSON how one paper fares in one search."""
    results = judged.results
    return WhyNotDocument(
        query=results.request.query,
        interpreted=results.interpreted,
        id=judged.paper.id,
        title=judged.paper.title,
        found=judged.found,
        rank=judged.rank,
        total=results.total,
        relaxed=describe_relaxed(results.relaxed),
        widened=judged.widened,
        hidden=judged.hidden,
        filters=tuple(
            FilterDocument(one.name, one.asked, one.has, one.met) for one in judged.filters
        ),
        clause=_describe_clause(judged.clause),
        left_out=judged.left_out,
    )


def _describe_clause(clause: "Clause") -> ClauseDocument:
    parts = tuple(map(_describe_clause, clause.parts))
    miss = _describe_miss(clause.miss) if clause.miss else None
    return ClauseDocument(
        clause.written, clause.met, clause.needed, clause.joint, parts, miss, clause.judged
    )


def _describe_miss(miss: "NearMiss") -> MissDocument:
    return MissDocument(miss.missing, miss.near, miss.where, miss.has)
