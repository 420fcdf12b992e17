"""Write the references of a record: the works that it cites, by their identifiers.

A reference is one or more identifiers of a work with their schemes, separated by spaces:
``doi:10.1000/x``, ``s2:12 arxiv:2006.04779``; or the id that the work's record has here. White
space inside an identifier is removed. What is no valid identifier of its scheme finds nothing.
"""

from collections.abc import Iterable, Mapping

from index.normalise.identifier_search import ADDRESS, find_arxiv_id, identify
from index.normalise.identifiers import parse_identifier

LONGEST_CITATION = 1_000
"""Characters of the text of a reference in which an identifier is looked for. Chosen."""


def format_reference(text: str) -> str:
    """Return the reference that a text means: an identifier as people write it, or an id.

    Args:
        text: ``10.1000/x``, ``https://doi.org/10.1000/x``, ``arXiv:2006.04779v2``, ``x-1``.
    """
    found = identify(text.strip())
    if found is None or found.scheme == ADDRESS:
        return "".join(text.split())
    return f"{found.scheme}:{found.value}"


def identify_citation(text: str) -> dict[str, str]:
    """Return the identifier in the text of a reference: of an arXiv paper, or else a DOI."""
    text = text[:LONGEST_CITATION]
    if arxiv := find_arxiv_id(text):
        return {"arxiv": arxiv}
    return {"doi": parse_identifier("doi", text)} if "10." in text else {}


def join_identifiers(identifiers: Mapping[str, str]) -> str:
    """Return the reference to a work with identifiers by scheme; empty if there are none."""
    pairs = ((scheme, "".join(value.split())) for scheme, value in identifiers.items())
    return " ".join(f"{scheme}:{value}" for scheme, value in pairs if value)


def collect_references(works: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Return the references to works with identifiers by scheme, without those that have none."""
    return tuple(filter(None, map(join_identifiers, works)))
