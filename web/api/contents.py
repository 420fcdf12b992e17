"""Describe as JSON what an index holds."""

from typing import Annotated

from msgspec import Meta, Struct

from index.store.manifest import Dump, Manifest


class ContentsDocument(Struct, frozen=True):
    """What the generation in use holds."""

    generation: Annotated[str, Meta(description="Name of the generation in use.")]
    created: Annotated[str, Meta(description="When it was built, in UTC.")]
    papers: Annotated[int, Meta(description="Number of papers.")]
    records: Annotated[int, Meta(description="Number of records merged into the papers.")]
    engine: Annotated[str, Meta(description="Version of the search engine.")]
    dumps: Annotated[tuple[Dump, ...], Meta(description="The dumps it was built from.")]


def describe_contents(manifest: Manifest) -> ContentsDocument:
    """Return as JSON what a generation holds."""
    return ContentsDocument(
        generation=manifest.name,
        created=manifest.created,
        papers=manifest.papers,
        records=manifest.records,
        engine=manifest.engine_version,
        dumps=manifest.dumps,
    )
