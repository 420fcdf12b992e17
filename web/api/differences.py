"""Describe as JSON what differs between two generations, one paper in memory at a time."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from index.changes.generations import Difference
from index.store.manifest import Manifest


class GenerationDocument(Struct, frozen=True):
    """One of the two generations."""

    name: Annotated[str, Meta(description="Name of the generation.")]
    created: Annotated[str, Meta(description="When it was built, in UTC.")]
    papers: Annotated[int, Meta(description="Number of papers.")]


class ChangeDocument(Struct, frozen=True):
    """One field that differs."""

    field: Annotated[
        str,
        Meta(description="Name of the field; `works` lists the ids of works joined or split."),
    ]
    old: Annotated[str, Meta(description="The earlier value as text, or empty.")]
    new: Annotated[str, Meta(description="The later value as text, or empty.")]


class DifferenceDocument(Struct, frozen=True):
    """One paper that differs; works that were joined or split are one difference together."""

    kind: Annotated[str, Meta(description="`new`, `changed`, `withdrawn`, `gone` or `published`.")]
    id: Annotated[str, Meta(description="Id in the later generation; of a gone paper, the old id.")]
    title: Annotated[str, Meta(description="Title in the generation of the id.")]
    authors: Annotated[tuple[str, ...], Meta(description="Names in that generation.")]
    venue: Annotated[str, Meta(description="Venue in that generation, or empty.")]
    year: Annotated[int | None, Meta(description="Year in that generation, or null.")]
    changed: Annotated[
        tuple[ChangeDocument, ...],
        Meta(description="The fields that differ; empty for a new or gone paper."),
    ]


class DifferencesDocument(Struct, frozen=True):
    """What differs between two generations."""

    old: Annotated[GenerationDocument, Meta(description="The earlier generation.")]
    new: Annotated[GenerationDocument, Meta(description="The later generation.")]
    counts: Annotated[
        dict[str, int],
        Meta(description="Number of papers of each kind, whatever `--limit` leaves out."),
    ]
    differences: Annotated[
        tuple[DifferenceDocument, ...], Meta(description="The papers, by kind and then by id.")
    ]


class ChangesDocument(Struct, frozen=True):
    """What differs between the last two generations, as the server tells it."""

    old: Annotated[
        GenerationDocument | None, Meta(description="The earlier generation; null without one.")
    ]
    new: Annotated[GenerationDocument, Meta(description="The generation in use.")]
    counts: Annotated[dict[str, int], Meta(description="Number of papers of each kind.")]
    differences: Annotated[
        tuple[DifferenceDocument, ...],
        Meta(description="The first papers of each kind, by kind and then by id."),
    ]


def describe_changes(
    old: Manifest | None, new: Manifest, counts: dict[str, int], found: Iterable[Difference]
) -> ChangesDocument:
    """Return what differs between the last two generations as JSON.

    Args:
        old: The earlier generation, or None if there is none.
        new: The generation in use.
        counts: Number of papers of each kind.
        found: The first differences of each kind.
    """
    return ChangesDocument(
        _describe_generation(old) if old else None,
        _describe_generation(new),
        counts,
        tuple(map(_describe_difference, found)),
    )


def write_differences(
    old: Manifest, new: Manifest, counts: dict[str, int], found: Iterable[Difference]
) -> Iterator[str]:
    """Write a `DifferencesDocument` piece by piece.

    Args:
        old: The earlier generation.
        new: The later one.
        counts: Number of papers of each kind.
        found: The differences.

    Yields:
        Pieces of one JSON document, at most one paper in each.
    """
    frame = DifferencesDocument(_describe_generation(old), _describe_generation(new), counts, ())
    yield msgspec.json.encode(frame).decode().removesuffix("]}")
    separator = ""
    for one in found:
        yield separator + msgspec.json.encode(_describe_difference(one)).decode()
        separator = ","
    yield "]}\n"


def _describe_difference(one: Difference) -> DifferenceDocument:
    changed = tuple(ChangeDocument(each.field, each.old, each.new) for each in one.changed)
    return DifferenceDocument(
        one.kind, one.id, one.title, one.authors, one.venue, one.year, changed
    )


def _describe_generation(manifest: Manifest) -> GenerationDocument:
    return GenerationDocument(manifest.name, manifest.created, manifest.papers)
