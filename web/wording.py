"""Describe papers in words, for pages and terminals alike.

Describes identifiers, links and citations, and where a record was read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.normalise.identifiers import SCHEMES, build_address
from index.records import RECORD, Paper, Source
from web.versions import describe_other_versions, describe_place, list_versions

NONE = "(none)"
"""Stands for a missing value."""

LABELS = {name: scheme.label for name, scheme in SCHEMES.items()} | {
    "bibcode": "NASA ADS",
    "eric": "ERIC",
    "mag": "Microsoft Academic",
    "scopus": "Scopus",
    "zotero": "Zotero",
    "record": "also recorded as",
}
"""Labels of identifier schemes; a scheme that is not listed is its own label."""

LONGEST_HEADING = 80
"""Characters of a query in a title or a heading; chosen. Only the search box shows all of it."""

MOST_RECORDS = 100
"""Records of a work that are listed; the others are counted. Chosen."""

LONGEST_ECHO = 300
"""Characters of an interpreted query in a line above the hits; chosen: about 40 words."""

LINKS = {
    "page": "Publisher page",
    "pdf": "PDF",
    "code": "Code",
    "project": "Project page",
    "full text": "Full text",
}
"""Labels of links by kind; a kind that is not listed is its own label."""

SITES = {
    "aclanthology.org": "ACL Anthology",
    "arxiv.org": "arXiv",
    "openalex.org": "OpenAlex",
    "openreview.net": "OpenReview",
    "pubmed.ncbi.nlm.nih.gov": "PubMed",
    "www.semanticscholar.org": "Semantic Scholar",
}
"""Labels of pages on sites that are not the publisher's."""

SORT_LABELS = {
    "relevance": "Best match",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "cited": "Most cited first",
    "added": "Recently added first",
    "title": "By title",
    "author": "By first author",
}
"""Labels of the sorts of `search.request.search_request.SORTS`."""

CHANGE_HEADINGS = {
    "new": "New",
    "changed": "Changed",
    "withdrawn": "Withdrawn, rejected or retracted",
    "gone": "Gone",
    "published": "Newly published",
}
"""The heading of each of `index.changes.generations.KINDS`."""

CHOICE_LABELS = {
    "prior": {"citations": "Favouring cited papers", "none": "Ignoring citations"},
    "meaning": {"none": "Ranking by words alone", "all": "Including papers close in meaning"},
}
"""How a search with a value of `search.request.search_request.CHOICES` is described, unless the
value is the default."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier of a work: its label, its value, and its address if it has one."""

    label: str
    value: str
    address: str = ""


def format_count(count: int, noun: str) -> str:
    """Return a count with its noun: ``1 paper``, ``1,234 papers``."""
    return f"{count:,} {pluralise(count, noun)}"


def pluralise(count: int, noun: str) -> str:
    """Return a regular noun in the singular for a count of 1, else in the plural."""
    return noun if count == 1 else f"{noun}es" if noun.endswith("x") else f"{noun}s"


def format_extent(papers: int, usable: int, indexes: int) -> str:
    """Return how many papers several indexes have, and how many of the indexes can be used.

    ``468 papers in 3 indexes``, ``200 papers in 2 of 3 indexes``.
    """
    some = "" if usable == indexes else f"{usable} of "
    return f"{format_count(papers, 'paper')} in {some}{format_count(indexes, 'index')}"


def describe_references(found: int, total: int) -> str:
    """Return how many of the references of a paper are in the index, of those that are known."""
    return f"{found:,} of {total:,} in this index"


def list_identifiers(paper: Paper, records: Iterable[Paper] = ()) -> Iterator[Identifier]:
    """Yield the identifiers of a work.

    Args:
        paper: The work.
        records: Records of the work that are listed elsewhere; their ids are left out. So are all
            ids of records if as many are listed as a list has at most.
    """
    listed = {record.id for record in records}
    for name, value in paper.ids.items():
        scheme, number = _parse_numbered(name)
        label = LABELS.get(scheme, scheme)
        if number and scheme != RECORD:
            label = f"other {label}"
        if scheme != RECORD or not (value in listed or len(listed) >= MOST_RECORDS):
            yield Identifier(label, value, build_address(scheme, value))


def group_supplied_fields(paper: Paper) -> dict[str, tuple[str, ...]]:
    """Group the fields that a work has from other records than its first, by the record's id."""
    return {
        supplier: tuple(field for field, record in paper.origins.items() if record == supplier)
        for supplier in dict.fromkeys(paper.origins.values())
    }


def list_links(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the label and the address of each link of a work."""
    for name, address in paper.urls.items():
        kind, number = _parse_numbered(name)
        site = SITES.get(urlsplit(address).hostname or "") if kind == "page" else None
        label = LINKS.get(kind, kind)
        yield site or (f"{label} {number}" if number else label), address


def _parse_numbered(name: str) -> tuple[str, str]:
    """Split the name of a second value, ``doi 2``, into its scheme and its number."""
    scheme, _, number = name.rpartition(" ")
    return (scheme, number) if scheme and number.isdecimal() else (name, "")


def name_citation_source(paper: Paper, records: Iterable[Paper] = ()) -> str:
    """Return which source counted a work's citations, as `` (source: paperlists)``, or nothing."""
    supplier = paper.origins.get("citations", paper.id)
    sources = next((one.sources for one in records if one.id == supplier), paper.sources)
    return f" (source: {', '.join(sources)})" if sources else ""


def format_source(source: Source) -> str:
    """Return where a record was read: dump, file in it, number, offset, date, licence."""
    stated = (
        source.dump,
        source.file,
        f"record {source.record:,}" if source.record else "",
        f"byte {source.offset:,}" if source.offset >= 0 else "",
        source.date,
        source.licence,
    )
    return ", ".join(part for part in stated if part)


def shorten_text(text: str, most: int) -> str:
    """Return a text in one line, cut at a word and with an ellipsis if it is too long.

    Args:
        text: Any text.
        most: Characters that are kept.
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    space = line.rfind(" ", most // 2, most + 1)
    return line[: space if space > 0 else most].rstrip() + "…"


TEMPLATE_FUNCTIONS: dict[str, object] = {
    "versions": list_versions,
    "other_versions": describe_other_versions,
    "place": describe_place,
    "describe_references": describe_references,
    "identifiers": list_identifiers,
    "links": list_links,
    "citation_source": name_citation_source,
    "source": format_source,
    "count": format_count,
    "extent": format_extent,
    "plural": pluralise,
}
"""The functions of this module that templates call, by their name there."""
