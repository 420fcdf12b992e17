"""Answers: what is a paper here?

The records are frozen and plain: what a format reader found (`RawRecord`), and what
is indexed and shown (`Paper`, with its `Author` and `Appearance`). Field names are the
names of the JSON forms.
"""

from msgspec import Struct

RECORD = "record"
"""The scheme under which a work keeps the ids of its other records."""

SUBMISSION = "submission"
"""The type of an appearance that was turned down, where the work appeared elsewhere."""


class Source(Struct, frozen=True, omit_defaults=True):
    """Where a record was read, so that every fact can be traced.

    Attributes:
        dump: The dump's file name, for example ``paperlists.tar.zst``.
        file: The file inside the dump, ``iclr/iclr2024.json``; empty for a plain file.
        record: The record's number in its file, counted from 1.
        offset: Where the record starts in its (decompressed) file, in bytes; -1 if unknown.
        date: The dump's date, ``YYYY-MM-DD``, or empty.
        licence: The licence of the record, ``CC0-1.0``, or empty.
    """

    dump: str = ""
    file: str = ""
    record: int = 0
    offset: int = -1
    date: str = ""
    licence: str = ""


class Author(Struct, frozen=True, omit_defaults=True):
    """One author as this paper names them.

    Attributes:
        name: The display form, given name first: ``Aviral Kumar``.
        key: The name folded (no case, accents or punctuation), for the exact facet;
            a dblp homonym number stays a part of it: ``wei wang 0001``.
        ids: Identifiers by scheme: ``orcid``, ``dblp``, ``openreview``, ``s2`` ...
        affiliations: Institutions as the dump names them.
    """

    name: str
    key: str = ""
    ids: dict[str, str] = {}
    affiliations: tuple[str, ...] = ()


class Appearance(Struct, frozen=True, omit_defaults=True):
    """One place where a work appeared.

    Attributes:
        venue: Short canonical name, ``NeurIPS``; empty if unknown.
        venue_name: The venue as the dump names it, where that says more.
        venue_kind: ``conference``, ``journal``, ``workshop``, ``repository``, ``book`` or empty.
        year: The year of first publication there; None if unknown.
        type: ``conference paper``, ``journal article``, ``preprint``, ``thesis``, ``book`` ...
        source: The record this was read from.
    """

    venue: str = ""
    venue_name: str = ""
    venue_kind: str = ""
    year: int | None = None
    type: str = ""
    source: Source | None = None


class Paper(Struct, frozen=True, omit_defaults=True):
    """One work: what is indexed, found and shown.

    Attributes:
        id: Stable over rebuilds, unique in the index: ``arxiv:2006.04779``.
        title: Repaired Unicode text; formulas stay as ``$TeX$``.
        abstract: The same; empty if the dumps have none.
        authors: In the order of the paper.
        appearances: At least one; the one shown first stands first.
        topics: Keywords, categories, research areas, as the dumps name them.
        ids: Identifiers of the work by scheme: ``doi``, ``arxiv``, ``acl`` ...
        urls: Addresses by kind: ``page``, ``pdf``, ``code`` ...
        citations: Number of citations the dump counted; None if unknown.
        status: ``oral``, ``poster``, ``withdrawn``, ``rejected`` ...; empty if unknown.
        language: ISO 639-1 code, or empty.
        sources: The kinds of dump it was read from, ``arxiv``, ``paperlists`` ...
        originals: A field's text as the dump has it, by field (``title``, ``abstract``), where
            a repair changed more of it than white space.
        origins: Of a work of several records the id of the one that gave a field (``abstract``,
            ``authors``, ``citations``, ``status``, ``language``), where it is not that of `id`.
    """

    id: str
    title: str
    abstract: str = ""
    authors: tuple[Author, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    topics: tuple[str, ...] = ()
    ids: dict[str, str] = {}
    urls: dict[str, str] = {}
    citations: int | None = None
    status: str = ""
    language: str = ""
    sources: tuple[str, ...] = ()
    originals: dict[str, str] = {}
    origins: dict[str, str] = {}

    @property
    def shown(self) -> Appearance:
        """Return the appearance that stands for the work in a list of hits."""
        return self.appearances[0] if self.appearances else Appearance()


def parse_scheme(name: str) -> str:
    """Give the scheme of an identifier's name: ``doi`` of ``doi 2``, which is a second one."""
    scheme, _, number = name.rpartition(" ")
    return scheme if scheme and number.isdecimal() else name


def list_record_ids(work: Paper) -> tuple[str, ...]:
    """Give the ids of the records that a work is made of, its own first."""
    others = (value for name, value in work.ids.items() if parse_scheme(name) == RECORD)
    return (work.id, *others)


class Reject(Struct, frozen=True, omit_defaults=True):
    """A record that could not become a paper, and why.

    Attributes:
        source: Where it stands.
        reason: One clause for a person: "has no title".
        excerpt: The beginning of the record as it was read.
    """

    source: Source
    reason: str
    excerpt: str = ""


class RawAuthor(Struct, frozen=True, omit_defaults=True):
    """An author as a reader found them, before any repair.

    Attributes:
        name: The whole name in any order, ``Kumar, Aviral`` or ``Aviral Kumar``.
        family: Family name, where the dump keeps it apart; then `name` is empty.
        given: Given names, where the dump keeps them apart.
        suffix: ``Jr.``, ``III``, where the dump keeps it apart.
        ids: Identifiers by scheme.
        affiliations: As the dump names them.
    """

    name: str = ""
    family: str = ""
    given: str = ""
    suffix: str = ""
    ids: dict[str, str] = {}
    affiliations: tuple[str, ...] = ()


class RawRecord(Struct, frozen=True, omit_defaults=True):
    """What a format reader found: the dump's own text under our field names.

    Attributes:
        kind: The format it was read by, which becomes the paper's `sources`.
        id: The dump's id, prefixed with its scheme (``arxiv:0704.0001``); empty if it has none.
        year: As found; checked later.
        deleted: The dump says that this record is gone.
        moved: The id under which a deleted record lives on, where the dump says so.
        part: Names what a record has that has no title of its own: an ``abstract``, which adds
            to the paper of its id, or a ``person``, which is no paper: its authors are the names
            of one person, the one in use first. Empty for a whole record.
        updated: The day the dump says the record last changed, ``YYYY-MM-DD``, or empty.
        The other fields are those of `Paper`, unrepaired.
    """

    source: Source
    kind: str
    id: str = ""
    title: str = ""
    abstract: str = ""
    authors: tuple[RawAuthor, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    venue: str = ""
    venue_kind: str = ""
    year: int | str | None = None
    type: str = ""
    topics: tuple[str, ...] = ()
    ids: dict[str, str] = {}
    urls: dict[str, str] = {}
    citations: int | None = None
    status: str = ""
    language: str = ""
    deleted: bool = False
    moved: str = ""
    part: str = ""
    updated: str = ""
