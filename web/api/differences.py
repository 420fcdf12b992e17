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


class DifferencesDocument(Struct, frozen=True):
    """What differs between two generations."""

    old: Annotated[GenerationDocument, Meta(description="The earlier generation.")]
    new: Annotated[GenerationDocument, Meta(description="The later generation.")]
    counts: Annotated[
        dict[str, int],
        Meta(description="Number of papers of each kind, whatever `--limit` leaves out."),
    ]
    differences: Annotated[
        tuple[Difference, ...], Meta(description="The papers, by kind and then by id.")
    ]


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
        yield separator + msgspec.json.encode(one).decode()
        separator = ","
    yield "]}\n"


def _describe_generation(manifest: Manifest) -> GenerationDocument:
    return GenerationDocument(manifest.name, manifest.created, manifest.papers)
