"""Describe as JSON several indexes that one server has, and a search over all of them."""

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import asdict

from index.store.manifest import Manifest
from search.indexes.merge import MergedHit, Place
from search.indexes.search import MergedResults
from search.request.search_request import View
from web.api.addresses import paper_path
from web.api.health import HealthDocument
from web.api.results import HitDocument, describe_hit


class IndexDocument(Struct, frozen=True):
    """One index of a server that has several."""

    name: Annotated[str, Meta(description="Its name, the first part of all its addresses.")]
    url: Annotated[str, Meta(description="Address of its start page.")]
    status: Annotated[str, Meta(description="`ok`, or `failing` if it is left out.")]
    papers: Annotated[int, Meta(description="Number of papers; 0 if it is left out.")]
    generation: Annotated[str, Meta(description="Name of the generation in use, or empty.")]
    created: Annotated[str, Meta(description="When that was built, in UTC, or empty.")]
    message: Annotated[str, Meta(description="Why it is left out, or empty.")]


class IndexesDocument(Struct, frozen=True):
    """The indexes of a server."""

    indexes: Annotated[
        tuple[IndexDocument, ...], Meta(description="In the order in which the server names them.")
    ]


class ServerHealthDocument(Struct, frozen=True):
    """Whether a server with several indexes can answer; without an envelope."""

    status: Annotated[
        str,
        Meta(description="`ok`, `degraded` if an index is left out, `failing` if all are."),
    ]
    worker: Annotated[
        int, Meta(description="Number of the process that answered; 0 if there is only one.")
    ]
    indexes: Annotated[
        dict[str, HealthDocument], Meta(description="What each index says, by its name.")
    ]


class IndexCountDocument(Struct, frozen=True):
    """What one index found."""

    name: Annotated[str, Meta(description="The index.")]
    papers: Annotated[int, Meta(description="Number of its papers that match.")]
    generation: Annotated[str, Meta(description="The generation that answered.")]
    url: Annotated[str, Meta(description="Address of the same search in this index alone.")]


class LeftOutDocument(Struct, frozen=True):
    """An index that was to be searched and is not."""

    name: Annotated[str, Meta(description="The index.")]
    message: Annotated[str, Meta(description="Why it is left out.")]


class PlaceDocument(Struct, frozen=True):
    """Where a paper was found."""

    index: Annotated[str, Meta(description="The index.")]
    id: Annotated[str, Meta(description="The id of the paper there.")]
    rank: Annotated[int, Meta(description="Its place in the results of that index, from 1.")]
    url: Annotated[str, Meta(description="Address of its page there.")]


class MergedHitDocument(HitDocument, frozen=True, kw_only=True):
    """A paper that one or more indexes found, as the first of its places has it."""

    places: Annotated[
        tuple[PlaceDocument, ...], Meta(description="Where it was found, the best rank first.")
    ]


class MergedResultsDocument(Struct, frozen=True):
    """A page of results over several indexes, merged by the ranks of the hits."""

    query: Annotated[str, Meta(description="The query as typed.")]
    page: Annotated[int, Meta(description="The page, from 1.")]
    per_page: Annotated[int, Meta(description="Hits of a page.")]
    merged: Annotated[
        int, Meta(description="Hits of all pages: of each index, at most the first 100.")
    ]
    took_ms: Annotated[float, Meta(description="Time of the searches in milliseconds.")]
    hits: Annotated[tuple[MergedHitDocument, ...], Meta(description="The best first.")]
    indexes: Annotated[
        tuple[IndexCountDocument, ...],
        Meta(description="What each index found; a paper in several counts in each."),
    ]
    left_out: Annotated[
        tuple[LeftOutDocument, ...], Meta(description="Indexes that could not be searched.")
    ]


def describe_index(name: str, manifest: Manifest | None, message: str) -> IndexDocument:
    """Return an index as JSON; without a manifest, as one that is left out."""
    if manifest is None:
        return IndexDocument(name, f"/{name}/", "failing", 0, "", "", message)
    return IndexDocument(
        name, f"/{name}/", "ok", manifest.papers, manifest.name, manifest.created, message
    )


def describe_merged(results: MergedResults, addresses: Mapping[str, str]) -> MergedResultsDocument:
    """Return a page of results over several indexes as JSON.

    Args:
        results: The page.
        addresses: The address of the search in each index that answered.
    """
    request = results.request
    start = (request.page - 1) * request.per_page + 1
    return MergedResultsDocument(
        query=request.query,
        page=request.page,
        per_page=request.per_page,
        merged=results.merged,
        took_ms=round(results.took_ms, 2),
        hits=tuple(
            _describe_hit(hit, rank, results) for rank, hit in enumerate(results.hits, start)
        ),
        indexes=tuple(
            IndexCountDocument(name, answer.total, answer.generation, addresses[name])
            for name, answer in results.answers.items()
        ),
        left_out=tuple(LeftOutDocument(name, why) for name, why in results.left_out.items()),
    )


def link_place(place: Place, view: View) -> str:
    """Return the address of the page of a paper in an index."""
    return f"/{place.index}{paper_path(place.hit.paper.id, view=view)}"


def _describe_hit(hit: MergedHit, rank: int, results: MergedResults) -> MergedHitDocument:
    best = describe_hit(hit.best.hit, results.answers[hit.best.index])
    keys = asdict(best) | {"rank": rank, "score": round(hit.score, 6)}
    return MergedHitDocument(
        **keys,
        places=tuple(
            PlaceDocument(
                place.index,
                place.hit.paper.id,
                place.hit.rank,
                link_place(place, results.answers[place.index].view),
            )
            for place in hit.places
        ),
    )
