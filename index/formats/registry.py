"""List the formats and recognise the one that a file is in.

A format is recognised by a file's content, never by its name. Each reader is a module of this
room with a `FORMAT`; that of tables is made from the columns that the user assigned.
`list_formats` orders the formats so that the most specific is tried first.
"""

from collections.abc import Mapping
from types import MappingProxyType

from index.dumps.streams import Stream
from index.formats.format import Format
from index.scanners.head import parse_head

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
"""The default: the user has not assigned any table column to a field."""


def list_formats(columns: Mapping[str, str] = NO_COLUMNS) -> tuple[Format, ...]:
    """List the formats in the order in which they are tried.

    Args:
        columns: The field of each table header that the user has assigned (``--map``).
    """
    from index.formats import bibtex, delimited, medline, refer, ris

    return (
        *_list_xml_formats(),
        *_list_json_formats(),
        medline.FORMAT,
        ris.FORMAT,
        refer.FORMAT,
        bibtex.FORMAT,
        delimited.make_table_format(columns),
    )


def _list_xml_formats() -> tuple[Format, ...]:
    from index.formats import (
        acl,
        arxiv_atom,
        datacite_xml,
        dblp,
        endnote,
        europe_pmc_xml,
        jats,
        oai,
        pubmed,
    )

    return (
        pubmed.FORMAT,
        europe_pmc_xml.FORMAT,
        dblp.FORMAT,
        acl.FORMAT,
        oai.FORMAT,
        arxiv_atom.FORMAT,
        datacite_xml.FORMAT,
        jats.FORMAT,
        endnote.FORMAT,
    )


def _list_json_formats() -> tuple[Format, ...]:
    """List the formats of JSON: registries and conferences, answers, and the project's own."""
    from index.formats import (
        arxiv,
        crossref,
        csl,
        datacite,
        jsonl,
        openalex,
        openreview,
        paperlists,
        semantic_scholar,
    )

    return (
        openalex.FORMAT,
        semantic_scholar.FORMAT,
        arxiv.FORMAT,
        openreview.FORMAT,
        paperlists.FORMAT,
        crossref.FORMAT,
        datacite.FORMAT,
        *_list_answer_formats(),
        csl.FORMAT,
        jsonl.FORMAT,
    )


def _list_answer_formats() -> tuple[Format, ...]:
    """List the formats of JSON that APIs and reference managers return."""
    from index.formats import ads, core, doaj, europe_pmc, hal, inspire, invenio, zotero

    return (
        invenio.FORMAT,
        inspire.FORMAT,
        europe_pmc.FORMAT,
        ads.FORMAT,
        hal.FORMAT,
        doaj.FORMAT,
        core.FORMAT,
        zotero.FORMAT,
    )


def recognise_format(stream: Stream, columns: Mapping[str, str] = NO_COLUMNS) -> Format | None:
    """Recognise the format of a stream from its first bytes.

    Args:
        stream: The file, still unread.
        columns: The field of each table header that the user has assigned (``--map``).

    Returns:
        The first format that recognises the stream, or None.
    """
    head = parse_head(stream.head())
    return next((known for known in list_formats(columns) if known.recognises(head)), None)


def find_format(short_name: str) -> Format:
    """Find a format by its short name.

    Raises:
        LookupError: No format has this name.
    """
    for known in list_formats():
        if known.short_name == short_name:
            return known
    raise LookupError(short_name)
