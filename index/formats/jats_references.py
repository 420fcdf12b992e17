"""Find what a JATS article cites, from the elements ``ref`` of its back matter."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from index.normalise.identifier_search import find_link_ids
from index.normalise.references import identify_citation, join_identifiers
from index.scanners.xml_records import read_text

_SCHEMES = {"doi": "doi", "pmid": "pmid", "pmcid": "pmc", "pmc": "pmc", "arxiv": "arxiv"}
"""The schemes of identifiers by their types in JATS."""

_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")
"""Elements that describe one cited work each; a reference may have several works."""


def find_references(refs: Iterable[Element]) -> Iterator[str]:
    """Yield the works that elements ``ref`` cite, as far as they have identifiers."""
    for ref in refs:
        cited = [one for one in ref.iter() if one.tag in _CITATIONS]
        yield from filter(None, (join_identifiers(_identify(one)) for one in cited or [ref]))


def _identify(cited: Element) -> dict[str, str]:
    """Return the identifiers of a cited work: those marked as such, linked, or in its text."""
    stated: dict[str, str] = {}
    for one in cited.iter("pub-id"):
        if scheme := _SCHEMES.get(one.get("pub-id-type", "").lower(), ""):
            stated.setdefault(scheme, read_text(one).strip())
    if any(stated.values()):
        return stated
    links = [one.get("href", "") for tag in ("ext-link", "uri") for one in cited.iter(tag)]
    return find_link_ids(*links) or identify_citation(" ".join(read_text(cited).split()))
