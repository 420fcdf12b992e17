"""Define how sure it is that the papers of an identity are of one person."""

from enum import IntEnum


class EvidenceLevel(IntEnum):
    """How sure it is that the papers of an identity are of one person.

    Attributes:
        NAME_ONLY: Nothing but the name says so.
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
