"""Save a search: what was asked, of which index, and what it found.

A saved search is a JSON document that a systematic review can keep and report (PRISMA-S). Reading
one is strict, since it may come from anywhere.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from index.records import Paper
from index.store.manifest import Manifest
from search.answers.searcher import Searcher
from search.errors import QueryTooCostly, SavedSearchUnusable
from search.request.facets import DEFAULT_FACETS
from search.request.parameters import write_parameters
from search.request.search_request import SearchRequest

FORMAT = "papersearch saved search 1"
"""Names the format and its version."""

MOST_LISTED = 100_000
"""Hits that are listed one by one; of more, only a digest of their ids is kept; chosen."""

LARGEST = 64_000_000
"""Bytes of a document that is read; chosen, with room for `MOST_LISTED` hits."""

MOST_PARAMETERS = 300
"""Parameters of a saved search; more than a request may select."""


class SavedHit(Struct, frozen=True, forbid_unknown_fields=True):
    """A paper that was found, and what is compared of it."""

    id: Annotated[str, Meta(description="Id of the paper.")]
    title: Annotated[str, Meta(description="Its title.")]
    venue: Annotated[str, Meta(description="The venue shown first, or empty.")]
    year: Annotated[int | None, Meta(description="The year there, or null.")]
    status: Annotated[str, Meta(description="Its status, such as `withdrawn`, or empty.")]


class SavedDump(Struct, frozen=True, forbid_unknown_fields=True):
    """A dump that the index was built from."""

    name: Annotated[str, Meta(description="File name.")]
    date: Annotated[str, Meta(description="Date of the dump, `YYYY-MM-DD`, or empty.")]
    sha256: Annotated[str, Meta(description="Digest of its bytes, or empty.")]
    records: Annotated[int, Meta(description="Number of records read from it.")]


class SavedIndex(Struct, frozen=True, forbid_unknown_fields=True):
    """The index that was searched."""

    generation: Annotated[str, Meta(description="Name of the generation.")]
    created: Annotated[str, Meta(description="When it was built, in UTC.")]
    papers: Annotated[int, Meta(description="Number of papers.")]
    records: Annotated[int, Meta(description="Number of records they were merged from.")]
    version: Annotated[str, Meta(description="Version of Papersearch that built it.")]
    engine: Annotated[str, Meta(description="Version of the search engine.")]
    analyser: Annotated[str, Meta(description="Version of the analysis of texts.")]
    dumps: Annotated[tuple[SavedDump, ...], Meta(description="The dumps it was built from.")]


class SavedSearch(Struct, frozen=True, forbid_unknown_fields=True):
    """A search, the index that answered, and what it found."""

    format: Annotated[str, Meta(description="Name and version of this format.")]
    saved: Annotated[str, Meta(description="When it was run, in UTC.")]
    query: Annotated[str, Meta(description="The query, exactly as it was typed.")]
    interpreted: Annotated[str, Meta(description="How it was understood.")]
    parameters: Annotated[
        tuple[tuple[str, str], ...],
        Meta(description="All parameters of the search, as in its address."),
    ]
    sort: Annotated[str, Meta(description="The sort.")]
    view: Annotated[str, Meta(description="`works` or `records`.")]
    index: Annotated[SavedIndex, Meta(description="The index that answered.")]
    total: Annotated[int, Meta(description="Number of hits.")]
    hidden: Annotated[int, Meta(description="Withdrawn and rejected papers that were hidden.")]
    ids_sha256: Annotated[str, Meta(description="Digest of the sorted ids, one a line.")]
    hits: Annotated[
        tuple[SavedHit, ...], Meta(description="The hits by id; empty if there are too many.")
    ]


def save_search(
    searcher: Searcher, request: SearchRequest, now: str, most: int = MOST_LISTED
) -> SavedSearch:
    """Run a search, and return it with all its hits.

    Args:
        searcher: The index.
        request: The search; its page and size do not count.
        now: The time, in UTC.
        most: Hits that are listed one by one.

    Raises:
        QueryError: The search cannot be carried out.
    """
    plain = replace(request, page=1, per_page=10, facets=DEFAULT_FACETS)
    results, manifest = searcher.search(plain), searcher.manifest
    hits = list_hits(searcher, plain)
    return SavedSearch(
        format=FORMAT,
        saved=now,
        query=request.query,
        interpreted=results.interpreted,
        parameters=tuple(write_parameters(plain)),
        sort=results.sort,
        view=results.view.value,
        index=_describe_index(manifest),
        total=len(hits),
        hidden=results.concealed,
        ids_sha256=digest_ids(one.id for one in hits),
        hits=tuple(hits) if len(hits) <= most else (),
    )


def list_hits(searcher: Searcher, request: SearchRequest) -> list[SavedHit]:
    """List all hits of a search by id."""
    stream, found = searcher.stream_hits(request), list[SavedHit]()
    while batch := stream.read_batch():
        found += map(describe_hit, batch)
    return sorted(found, key=lambda one: one.id)


def describe_hit(paper: Paper) -> SavedHit:
    """Return what is compared of a paper."""
    shown = paper.shown
    venue = shown.venue or shown.venue_name
    return SavedHit(paper.id, paper.title, venue, shown.year, paper.status)


def digest_ids(ids: Iterable[str]) -> str:
    """Return the digest of ids, which must be sorted."""
    digest = hashlib.sha256()
    for one in ids:
        digest.update(f"{one}\n".encode())
    return digest.hexdigest()


def read_saved_search(content: bytes, name: str) -> SavedSearch:
    """Read a saved search.

    Args:
        content: The document.
        name: What messages call it.

    Raises:
        SavedSearchUnusable: It is too large, no saved search, or contradicts itself.
        QueryTooCostly: It has too many parameters.
    """
    if len(content) > LARGEST:
        raise SavedSearchUnusable(name, f"has more than {LARGEST:,} bytes")
    try:
        saved = msgspec.json.decode(content, type=SavedSearch)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise SavedSearchUnusable(name, "is not a saved search") from error
    if saved.format != FORMAT:
        raise SavedSearchUnusable(name, f"has the format '{saved.format[:60]}'")
    if len(saved.parameters) > MOST_PARAMETERS:
        raise QueryTooCostly("parameters", len(saved.parameters), MOST_PARAMETERS)
    ids = sorted(one.id for one in saved.hits)
    if ids and (saved.ids_sha256 != digest_ids(ids) or saved.total != len(ids)):
        raise SavedSearchUnusable(name, "was changed: its hits do not agree with their digest")
    return saved


def _describe_index(manifest: Manifest) -> SavedIndex:
    dumps = (SavedDump(one.name, one.date, one.sha256, one.records) for one in manifest.dumps)
    return SavedIndex(
        manifest.name,
        manifest.created,
        manifest.papers,
        manifest.records,
        manifest.code_version,
        manifest.engine_version,
        manifest.analyser,
        tuple(dumps),
    )
