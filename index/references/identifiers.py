"""Digest the identifiers by which records are cited and known.

A reference is a text with one or more identifiers of the cited work, separated by spaces:
``doi:10.1000/x``, ``s2:12 arxiv:2006.04779``, or the id of a record. It is kept as the digests of
its identifiers, 8 bytes each; the lowest bit of a digest tells whether another one of the same
reference stands before it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from struct import pack

from index.normalise.dois import ARXIV_DOI
from index.normalise.identifier_search import find_arxiv_id
from index.normalise.identifiers import SCHEMES, parse_identifier
from index.records import RECORD, Paper, parse_scheme

FURTHER = 1
"""The bit of a digest that says that it belongs to the reference of the digest before it."""

WIDTH = 8
"""Bytes of a digest."""

_SHARED = frozenset(("isbn", "orcid"))
"""Schemes whose identifiers do not identify a paper: chapters have the ISBN of their book."""

_CANONICAL = re.compile(r"openalex:W\d{1,12}|(?:s2|pmid):\d{1,12}|inspire:\d{1,12}", re.ASCII)
"""Identifiers that are canonical as they are, which saves most dumps the time to parse them."""

_CACHED = 1 << 16
"""Identifiers whose digests are cached: papers cite the same works again and again."""


def canonicalise_reference(text: str) -> str:
    """Return the one spelling of an identifier with its scheme; the id of a record as it is."""
    if _CANONICAL.fullmatch(text):
        return text
    scheme, _, written = text.partition(":")
    if (name := scheme.lower()) not in SCHEMES:
        return text
    value = parse_identifier(name, written) or written
    if name == "doi" and value.startswith(ARXIV_DOI) and (preprint := find_arxiv_id(value)):
        return f"arxiv:{preprint}"
    return f"{name}:{value}"


@lru_cache(_CACHED)
def digest_identifier(text: str) -> int:
    """Return the digest of an identifier, an even number of 64 bits.

    Case and white space do not matter.
    """
    if not _CANONICAL.fullmatch(text):
        text = canonicalise_reference("".join(text.split()))
    digest = blake2b(text.lower().encode("utf-8", "replace"), digest_size=WIDTH).digest()
    return int.from_bytes(digest, "little") & ~FURTHER


def pack_references(references: Iterable[str]) -> bytes:
    """Return the digests of references, each reference once, in their order."""
    groups: dict[int | tuple[int, ...], None] = {}
    for text in references:
        if " " in text:
            groups[tuple(map(digest_identifier, text.split()))] = None
        else:  # nearly all
            groups[digest_identifier(text)] = None
    digests: list[int] = []
    for one in groups:
        if isinstance(one, int):
            digests.append(one)
        else:
            digests += [digest | (FURTHER if at else 0) for at, digest in enumerate(one)]
    return pack(f"<{len(digests)}Q", *digests)


def list_identifiers(paper: Paper) -> Iterator[str]:
    """Yield the identifiers by which a record may be cited, its id first."""
    yield paper.id
    for name, value in paper.ids.items():
        if (scheme := parse_scheme(name)) == RECORD:
            yield value
        elif scheme not in _SHARED:
            yield f"{scheme}:{value}"


def digest_paper(paper: Paper) -> set[int]:
    """Return the digests of the identifiers by which a record may be cited."""
    return set(map(digest_identifier, list_identifiers(paper)))
