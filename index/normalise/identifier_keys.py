"""Build the keys under which the index keeps and finds a paper by its identifiers and addresses.

A key is an identifier in lower case, or the digest of an address. What is kept for a paper and
what is looked up for a typed identifier are both decided here, so that they agree.
"""

import re
from collections.abc import Iterator

from index.normalise.addresses import list_address_keys, make_address_key
from index.normalise.dois import ARXIV_DOI
from index.normalise.identifier_search import (
    ADDRESS,
    FoundIdentifier,
    find_arxiv_id,
    identify,
    list_inner_ids,
    may_hold_identifier,
)
from index.normalise.identifiers import ARXIV, SCHEMES
from index.records import Paper, parse_scheme

NUMBERED = frozenset(("pmid", "s2"))
"""Schemes whose identifiers are plain numbers. They are kept with and without their scheme, since
one number may be a PMID and another paper's number at Semantic Scholar."""

_PREPRINT_PAGE = re.compile(rf"https://arxiv\.org/(?:abs|pdf)/({ARXIV})", re.ASCII)
"""The two plain addresses that every record of arXiv has, which `identify` reads alike. With it
they take a tenth of the time: of 240 us in which a worker prepared such a record, they took 20."""

_AFTER_DOI = re.compile(
    r"[,;?&#|)\]}>*'\"]|\((?=[^\x00-\x7f])"
    r"|(?:\.(?:pdf|html?|full|abstract|[gst]\d{3})|/(?:pdf|full|abstract|transform|\d{4,9}))$"
)
"""Where a pasted DOI may end early, if no paper has all of it: before punctuation, what the address
of a page adds (``/5868070``), or the number of a figure or supplement (``.s001``)."""


def list_paper_keys(paper: Paper) -> list[str]:
    """List the keys of a paper: its identifiers, the ORCID iDs of its authors, its addresses.

    An address that only repeats one of the identifiers has no key of its own.
    """
    keys: dict[str, None] = {}
    for name, value in paper.ids.items():
        keys[value.lower()] = None
        if value.isdecimal() and (scheme := parse_scheme(name)) in NUMBERED:
            keys[f"{scheme}:{value}"] = None
    for author in paper.authors:
        if orcid := author.ids.get("orcid"):
            keys[orcid.lower()] = None
    for url in paper.urls.values():
        if (key := _make_url_key(url, keys)) and key not in keys:
            keys[key] = None
    return list(keys)


def _make_url_key(url: str, known: dict[str, None]) -> str:
    """Return the key of an address, empty if the paper has the identifier in it."""
    preprint = _PREPRINT_PAGE.fullmatch(url)
    if preprint and SCHEMES["arxiv"].canonicalise(preprint[1]) in known:
        return ""
    found = identify(url) if may_hold_identifier(url) else None
    if found is None or found.scheme == ADDRESS:
        return make_address_key(url)
    ways = next(_list_ways(found))
    return "" if any(key in known for key in ways) else _make_page_key(found)


def list_lookups(found: FoundIdentifier) -> Iterator[tuple[str, ...]]:
    """Yield the keys by which the papers with an identifier are found.

    Args:
        found: A typed identifier, or an address.

    Yields:
        Groups of keys. The first group of which some paper has a key tells the papers that are
        meant; later ones are guesses or the addresses of papers that lack the identifier.
    """
    if found.scheme == ADDRESS:
        for key in list_address_keys(found.value):
            yield (key,)
        for inner in list_inner_ids(found.value):
            yield from list_lookups(inner)
        return
    yield from _list_ways(found)
    yield (_make_page_key(found),)


def _list_ways(found: FoundIdentifier) -> Iterator[tuple[str, ...]]:
    """Yield the groups of keys that are identifiers, the one that was typed first."""
    value = found.value.lower()
    if found.scheme == "doi":
        yield _list_doi_keys(value)
        for end in reversed(list(_AFTER_DOI.finditer(value))):
            yield _list_doi_keys(value[: end.start()])
    elif found.scheme == "arxiv":
        yield value, ARXIV_DOI + value
    else:
        yield (
            f"{found.scheme}:{value}" if found.scheme in NUMBERED and value.isdecimal() else value,
        )


def _list_doi_keys(doi: str) -> tuple[str, ...]:
    preprint = find_arxiv_id(doi) if doi.startswith(ARXIV_DOI) else ""
    return (doi, preprint) if preprint else (doi,)


def _make_page_key(found: FoundIdentifier) -> str:
    """Return the key of all addresses of an identifier's page."""
    return make_address_key(f"{found.scheme}.id/{found.value.lower()}")
