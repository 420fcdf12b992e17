"""Describe as JSON what an index holds."""

from typing import Annotated

from msgspec import Meta, Struct

from index.store.manifest import Dump, Manifest


class DumpDocument(Struct, frozen=True):
    """One dump that the index was built from."""

    name: Annotated[str, Meta(description="File name, without folders.")]
    size: Annotated[int, Meta(description="Bytes on disk; for standard input the bytes read.")]
    sha256: Annotated[
        str,
        Meta(
            description="Digest of the bytes on disk; for a folder, of its files' sorted digests;"
            " empty for standard input."
        ),
    ]
    date: Annotated[str, Meta(description="Date of the dump, `YYYY-MM-DD`.")]
    licence: Annotated[str, Meta(description="Licence given to the build, or empty.")]
    records: Annotated[int, Meta(description="Number of records read from it.")]


class ContentsDocument(Struct, frozen=True):
    """What the generation in use holds."""

    generation: Annotated[str, Meta(description="Name of the generation in use.")]
    created: Annotated[str, Meta(description="When it was built, in UTC.")]
    papers: Annotated[int, Meta(description="Number of papers.")]
    records: Annotated[int, Meta(description="Number of records merged into the papers.")]
    engine: Annotated[str, Meta(description="Version of the search engine.")]
    dumps: Annotated[tuple[DumpDocument, ...], Meta(description="The dumps it was built from.")]


def describe_contents(manifest: Manifest) -> ContentsDocument:
    """Return as JSON what a generation holds."""
    return ContentsDocument(
        generation=manifest.name,
        created=manifest.created,
        papers=manifest.papers,
        records=manifest.records,
        engine=manifest.engine_version,
        dumps=tuple(map(_describe_dump, manifest.dumps)),
    )


def _describe_dump(dump: Dump) -> DumpDocument:
    return DumpDocument(dump.name, dump.size, dump.sha256, dump.date, dump.licence, dump.records)
