"""List the formats, and find the one that a file is in.

A format is recognised by what the file holds, never by its name. Each reader is a module
of this package with a `FORMAT`; this table lists them, the most particular first.
"""

from collections.abc import Mapping
from types import MappingProxyType

from index.dumps.streams import Stream
from index.formats.format import Format
from index.scanners.head import head_of

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
"""No column of a table has been named by the user."""


def formats(columns: Mapping[str, str] = NO_COLUMNS) -> tuple[Format, ...]:
    """List the formats in the order in which they are tried.

    Args:
        columns: Fields by the header of a table's column, as the user named them.
    """
    from index.formats import (
        arxiv,
        bibtex,
        crossref,
        csl,
        delimited,
        jsonl,
        openalex,
        openreview,
        paperlists,
        ris,
        semantic_scholar,
    )

    return (
        *_xml_formats(),
        openalex.FORMAT,
        semantic_scholar.FORMAT,
        arxiv.FORMAT,
        openreview.FORMAT,
        paperlists.FORMAT,
        crossref.FORMAT,
        csl.FORMAT,
        jsonl.FORMAT,
        ris.FORMAT,
        bibtex.FORMAT,
        delimited.table_format(columns),
    )


def _xml_formats() -> tuple[Format, ...]:
    from index.formats import acl, dblp, oai, pubmed

    return (pubmed.FORMAT, dblp.FORMAT, acl.FORMAT, oai.FORMAT)


def format_of(stream: Stream, columns: Mapping[str, str] = NO_COLUMNS) -> Format | None:
    """Recognise the format of a stream from its first bytes, or give None.

    Args:
        stream: The file, before any of it is read.
        columns: Fields by the header of a table's column, as the user named them.
    """
    head = head_of(stream.head())
    return next((known for known in formats(columns) if known.recognises(head)), None)


def format_named(source: str) -> Format:
    """Give the format of a short name.

    Raises:
        LookupError: There is none.
    """
    for known in formats():
        if known.source == source:
            return known
    raise LookupError(source)
