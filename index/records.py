"""Define the records that the index is made of, from a reader's `RawRecord` to a `Paper`.

All are frozen and hold plain values: what a format reader found (`RawRecord` with its
`RawAuthor`), and what is indexed and shown (`Paper` with its `Author` and `Appearance`). Field
names are the keys of the JSON forms.
"""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from index.errors import PaperCorrupt

RECORD = "record"
"""The scheme under which a work keeps the ids of its other records."""

SUBMISSION = "submission"
"""The type of an appearance that was turned down, if the work appeared elsewhere."""

NUMBER_LIMIT = 1 << 63
Integer = Annotated[int, Meta(ge=-NUMBER_LIMIT, le=NUMBER_LIMIT - 1)]
"""A number of 64 bits. For ``int`` msgspec decodes larger ones too, but cannot write them."""


class Source(Struct, frozen=True, omit_defaults=True):
    """Where a record was read, so that every fact can be traced back.

    Attributes:
        dump: The dump's file name: ``paperlists.tar.zst``.
        file: The file inside the dump: ``iclr/iclr2024.json``; empty for a plain file.
        record: The record's number in its file, counted from 1: ``137``.
        offset: Where the record starts in its (decompressed) file, in bytes: ``81920``; -1 if
            unknown.
        date: The dump's date: ``2026-11-01``; empty if unknown.
        licence: The licence of the record: ``CC0-1.0``; empty if unknown.
    """

    dump: str = ""
    file: str = ""
    record: Integer = 0
    offset: Integer = -1
    date: str = ""
    licence: str = ""


class Author(Struct, frozen=True, omit_defaults=True):
    """One author as this paper names them.

    Attributes:
        name: The display form, given name first: ``Aviral Kumar``.
        key: The name folded (no case, accents or punctuation), for the exact facet:
            ``aviral kumar``; a homonym number of dblp stays part of it: ``wei wang 0001``.
        ids: Identifiers by scheme, such as ``orcid``, ``dblp``, ``openreview`` and ``s2``:
            ``{"orcid": "0000-0002-1825-0097"}``.
        affiliations: Institutions as the dump names them: ``("UC Berkeley",)``.
    """

    name: str
    key: str = ""
    ids: dict[str, str] = {}
    affiliations: tuple[str, ...] = ()


class Appearance(Struct, frozen=True, omit_defaults=True):
    """One place where a work appeared.

    Attributes:
        venue: The short canonical name: ``NeurIPS``; empty if unknown.
        venue_name: The venue as the dump names it, if that says more: ``Advances in Neural
            Information Processing Systems 33``.
        venue_kind: ``conference``, ``journal``, ``workshop``, ``repository``, ``book`` or empty.
        year: The year of first publication there: ``2020``; None if unknown.
        type: ``conference paper``, ``journal article``, ``preprint``, ``thesis``, ``book`` ...
        source: The location of the record that it was read from; None if unknown.
        date: The month or day of first publication there, in that year: ``2020-06`` or
            ``2020-06-08``; empty if only the year is known.
        volume: The volume as the dump writes it: ``33``; empty if unknown, like the next three.
        issue: The issue, which BibTeX calls the number: ``4`` or ``4-5``; also the number of a
            report.
        pages: The pages with a hyphen between first and last, or the number of an article:
            ``101-110``, ``e1234``.
        publisher: The publisher: ``Springer``.
        editors: The editors of the volume, given name first: ``("Bo Quist",)``.
    """

    venue: str = ""
    venue_name: str = ""
    venue_kind: str = ""
    year: int | None = None
    type: str = ""
    source: Source | None = None
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    editors: tuple[str, ...] = ()

    @property
    def when(self) -> str:
        """Return the date, or else the year, as text; empty if neither is known."""
        return self.date or str(self.year or "")


class Paper(Struct, frozen=True, omit_defaults=True):
    """One work: what is indexed, found and shown.

    Attributes:
        id: The same in every build, unique in the index: ``arxiv:2006.04779``.
        title: Repaired Unicode text with formulas as ``$TeX$``: ``Learning in $O(n)$``.
        abstract: Repaired like the title; empty if the dumps have none.
        authors: In the order of the paper.
        appearances: At least one; the one to show comes first.
        topics: Keywords, categories and research areas as the dumps name them: ``("cs.LG",)``.
        ids: Identifiers of the work by scheme, such as ``doi``, ``arxiv`` and ``acl``; further
            values of a scheme are numbered: ``{"doi": "10.1/a", "doi 2": "10.2/b"}``.
        urls: Addresses by kind, such as ``page``, ``pdf`` and ``code``:
            ``{"pdf": "https://arxiv.org/pdf/2006.04779"}``.
        citations: Number of citations that the dump counted: ``62``; None if unknown.
        status: ``oral``, ``poster``, ``withdrawn``, ``rejected`` ...; empty if unknown.
        language: ISO 639-1 code: ``en``; empty if unknown.
        sources: Formats that the paper was read by: ``("arxiv", "paperlists")``.
        originals: The dump's own text by field (``title``, ``abstract``), if a repair changed
            more of it than white space, or parted or joined words: ``{"title": "R&amp;D today"}``.
        origins: For a work of several records, the id of the record that gave a field
            (``abstract``, ``authors``, ``citations``, ``status``, ``language``), unless that is
            `id`: ``{"abstract": "arxiv:2006.04779"}``.
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
        """Return the appearance that represents the work in a list of hits."""
        return self.appearances[0] if self.appearances else Appearance()


_DECODE_PAPER = msgspec.msgpack.Decoder(Paper).decode


def decode_paper(record: bytes) -> Paper:
    """Decode a paper from the MessagePack bytes that an engine stores.

    Raises:
        PaperCorrupt: The bytes are damaged.
    """
    try:
        return _DECODE_PAPER(record)
    except (msgspec.MsgspecError, ValueError, RecursionError, MemoryError) as error:
        raise PaperCorrupt(" ".join(str(error).split()) or type(error).__name__) from error


def parse_scheme(name: str) -> str:
    """Return the scheme in the name of an identifier: ``doi`` for ``doi 2``, a second DOI."""
    scheme, _, number = name.rpartition(" ")
    return scheme if scheme and number.isdecimal() else name


def list_record_ids(work: Paper) -> tuple[str, ...]:
    """Return the ids of the records that a work is made of, its own first."""
    others = (value for name, value in work.ids.items() if parse_scheme(name) == RECORD)
    return (work.id, *others)


class Reject(Struct, frozen=True, omit_defaults=True):
    """A record that could not become a paper, and why.

    Attributes:
        source: Where the record was read.
        reason: A clause whose subject is the record: ``has no title``.
        excerpt: The beginning of the record as it was read: ``{"id": 7, "title": ""``.
    """

    source: Source
    reason: str
    excerpt: str = ""


class RawAuthor(Struct, frozen=True, omit_defaults=True):
    """An author as a reader found them, before any repair.

    Attributes:
        name: The whole name in either order: ``Kumar, Aviral`` or ``Aviral Kumar``.
        family: The family name, if the dump separates it: ``Kumar``; `name` is then empty.
        given: The given names, if the dump separates them: ``Aviral``.
        suffix: ``Jr.`` or ``III``, if the dump separates it.
        ids: Identifiers by scheme: ``{"orcid": "0000-0002-1825-0097"}``.
        affiliations: Institutions as the dump names them: ``("UC Berkeley",)``.
        body: True if `name` is that of an organisation or a group, in which a comma separates no
            given name: ``World Proof Organization, Group A``.
    """

    name: str = ""
    family: str = ""
    given: str = ""
    suffix: str = ""
    ids: dict[str, str] = {}
    affiliations: tuple[str, ...] = ()
    body: bool = False


class RawRecord(Struct, frozen=True, omit_defaults=True):
    """What a format reader found: the dump's own text under our field names.

    Attributes:
        source: Where the record was read.
        format: The format that read it, which becomes the paper's `sources`: ``arxiv``.
        id: The dump's id, prefixed with its scheme: ``arxiv:0704.0001``; empty if it has none.
        authors: In the order of the paper, unparsed.
        year: The year as found, checked later: ``2024`` or ``"2024-05"``.
        date: The month or day of first publication as found, checked later: ``"May 2024"``.
        deleted: True if the dump says that this record was deleted.
        moved: The id under which a deleted record lives on, if the dump says so:
            ``dblp:journals/corr/abs-2006-04779``.
        part: The name of a record that has no title of its own: an ``abstract`` adds to the
            paper of its id; a ``person`` is no paper, and its authors are the names of one
            person, the current one first; a ``citation`` is no paper either, and its
            `references` are cited by the paper of its id. Empty for a whole record.
        updated: The day on which the dump says the record last changed: ``2024-05-31``; empty
            if unknown.
        editors: The editors of the volume that the first appearance is in, unparsed; those of a
            work without authors are its `authors` too.
        odd: The fields of the dump that held a value of an unexpected type, each named once:
            ``author.given``.
        references: The works that this one cites, each by its identifiers with their schemes,
            separated by spaces, or by its id here: ``("doi:10.1000/x", "s2:12 arxiv:2006.04779")``.
        The other fields are those of `Paper` and `Appearance`, unrepaired.
    """

    source: Source
    format: str
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
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    editors: tuple[RawAuthor, ...] = ()
    odd: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
