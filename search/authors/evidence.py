"""Define how sure it is that the papers of an identity are of one person."""

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from itertools import combinations
from types import MappingProxyType

DBLP_PAGE = "dblp person"
"""The scheme of the addresses of people's pages at dblp; its numbers of homonyms are ``dblp``."""


class EvidenceLevel(IntEnum):
    """How sure it is that the papers of an identity are of one person.

    Attributes:
        NAME_ONLY: No source identifies the person; several papers share co-authors or institutions.
        ONE_SOURCE: A source identifies the person on at least one paper.
        SOURCES_AGREE: Identifiers of two sources are together on at least two papers.
        PERSISTENT_ID: At least one paper gives an ORCID iD.
        CURATED: The maintainer of this index says so.
    """

    NAME_ONLY = 0
    ONE_SOURCE = 1
    SOURCES_AGREE = 2
    PERSISTENT_ID = 3
    CURATED = 4

    @property
    def label(self) -> str:
        """Return a few words for the level: ``sources agree``."""
        return _WORDS[self][0]

    @property
    def meaning(self) -> str:
        """Return a sentence on what the level means."""
        return _WORDS[self][1]


_WORDS: Mapping[EvidenceLevel, tuple[str, str]] = MappingProxyType({
    EvidenceLevel.NAME_ONLY: (
        "name only",
        "No source gives an identifier; what several papers share suggests one person.",
    ),
    EvidenceLevel.ONE_SOURCE: (
        "one source",
        "A source identifies the person on at least one of the papers.",
    ),
    EvidenceLevel.SOURCES_AGREE: (
        "sources agree",
        "Two sources, each with an identifier of its own, name the person on at least two papers.",
    ),
    EvidenceLevel.PERSISTENT_ID: (
        "persistent identifier",
        "A source gives an ORCID iD on at least one of the papers.",
    ),
    EvidenceLevel.CURATED: (
        "curated here",
        "The maintainer of this index has checked who this is.",
    ),
})  # fmt: skip
"""The label and the meaning of each level: the one table of levels."""


def choose_level(
    ids: Sequence[Mapping[str, str]], formats: Sequence[Collection[str]], *, curated: bool
) -> EvidenceLevel:
    """Return the level of an identity.

    Args:
        ids: The identifiers of each of its mentions by scheme.
        formats: The formats of the records of each of their papers.
        curated: Whether the maintainer has said who it is.
    """
    if curated:
        return EvidenceLevel.CURATED
    if any("orcid" in one for one in ids):
        return EvidenceLevel.PERSISTENT_ID
    if _do_sources_agree(ids, formats):
        return EvidenceLevel.SOURCES_AGREE
    return EvidenceLevel.ONE_SOURCE if any(ids) else EvidenceLevel.NAME_ONLY


def _do_sources_agree(ids: Sequence[Mapping[str, str]], formats: Sequence[Collection[str]]) -> bool:
    """Return whether two identifiers, of different sources, are together on two papers.

    A page of dblp on a paper that dblp does not list is what a profile elsewhere says of itself.
    """
    seen: set[tuple[tuple[str, str], tuple[str, str]]] = set()
    for one, read in zip(ids, formats, strict=True):
        sources = {
            scheme.partition(" ")[0]: value
            for scheme, value in one.items()
            if scheme != DBLP_PAGE or "dblp" in read
        }
        for pair in combinations(sorted(sources.items()), 2):
            if pair in seen:
                return True
            seen.add(pair)
    return False
