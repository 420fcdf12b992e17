"""Define how sure it is that the papers of an identity are of one person."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from itertools import combinations
from types import MappingProxyType


class EvidenceLevel(IntEnum):
    """How sure it is that the papers of an identity are of one person.

    Attributes:
        NAME_ONLY: No source says so; the papers share co-authors or institutions besides the name.
        ONE_SOURCE: One source gives its papers the same identifier.
        SOURCES_AGREE: Two sources put the same papers together.
        PERSISTENT_ID: A persistent identifier, such as an ORCID iD, names the person.
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
        "No source says who this is; the papers share the name and what is listed here.",
    ),
    EvidenceLevel.ONE_SOURCE: (
        "one source",
        "One source identifies the person on at least one of the papers.",
    ),
    EvidenceLevel.SOURCES_AGREE: (
        "sources agree",
        "Two sources, each with an identifier of its own, put the same papers together.",
    ),
    EvidenceLevel.PERSISTENT_ID: (
        "persistent identifier",
        "The person has an ORCID iD, which at least one of the papers names.",
    ),
    EvidenceLevel.CURATED: (
        "curated here",
        "The maintainer of this index has checked who this is.",
    ),
})  # fmt: skip
"""The label and the meaning of each level: the one table of levels."""


def choose_level(ids: Sequence[Mapping[str, str]], *, curated: bool) -> EvidenceLevel:
    """Return the level of an identity.

    Args:
        ids: The identifiers of each of its mentions by scheme.
        curated: Whether the maintainer has said who it is.
    """
    if curated:
        return EvidenceLevel.CURATED
    if any("orcid" in one for one in ids):
        return EvidenceLevel.PERSISTENT_ID
    if _do_sources_agree(ids):
        return EvidenceLevel.SOURCES_AGREE
    return EvidenceLevel.ONE_SOURCE if any(ids) else EvidenceLevel.NAME_ONLY


def _do_sources_agree(ids: Sequence[Mapping[str, str]]) -> bool:
    """Return whether two identifiers, of different sources, are together on two papers."""
    seen: set[tuple[tuple[str, str], tuple[str, str]]] = set()
    for one in ids:
        sources = {scheme.partition(" ")[0]: value for scheme, value in one.items()}
        for pair in combinations(sorted(sources.items()), 2):
            if pair in seen:
                return True
            seen.add(pair)
    return False
