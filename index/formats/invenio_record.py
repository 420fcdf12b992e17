"""Describe the records of InvenioRDM and Zenodo with the keys that are read."""

from msgspec import Struct, field

from index.formats.invenio_people import Creator
from index.records import Integer


class Coded(Struct):
    """A value of a list: a kind of document with the words of both forms, or a language."""

    id: str | None = None
    type: str | None = None
    subtype: str | None = None


class Title(Struct):
    """A further title and its kind."""

    title: str | None = None
    type: Coded | None = None


class Identifier(Struct):
    """An identifier and its scheme."""

    identifier: str | None = None
    scheme: str | None = None


class Subject(Struct):
    """A subject, which the older form calls a term."""

    subject: str | None = None
    term: str | None = None


class Part(Struct):
    """Where a work was published: a journal, a book, a meeting, a publisher or a university."""

    title: str | None = None
    volume: str | Integer | None = None
    issue: str | Integer | None = None
    pages: str | Integer | None = None
    publisher: str | None = None
    university: str | None = None


class Metadata(Struct):
    """What a record says of a work."""

    title: str | None = None
    additional_titles: tuple[Title, ...] | None = None
    description: str | None = None
    creators: tuple[Creator, ...] | None = None
    contributors: tuple[Creator, ...] | None = None
    doi: str | None = None
    publication_date: str | None = None
    resource_type: Coded | None = None
    upload_type: str | None = None
    publication_type: str | None = None
    publisher: str | None = None
    keywords: tuple[str, ...] | None = None
    subjects: tuple[Subject, ...] | None = None
    language: str | None = None
    languages: tuple[Coded, ...] | None = None
    identifiers: tuple[Identifier, ...] | None = None
    alternate_identifiers: tuple[Identifier, ...] | None = None
    journal: Part | None = None
    journal_title: str | None = None
    journal_volume: str | Integer | None = None
    journal_issue: str | Integer | None = None
    journal_pages: str | Integer | None = None
    part_of: Part | None = None
    imprint: Part | None = None
    meeting: Part | None = None
    thesis: Part | None = None


class CustomFields(Struct):
    """Fields that a repository adds to InvenioRDM's."""

    journal: Part | None = field(default=None, name="journal:journal")
    imprint: Part | None = field(default=None, name="imprint:imprint")
    meeting: Part | None = field(default=None, name="meeting:meeting")
    thesis: Part | None = field(default=None, name="thesis:thesis")
    university: str | None = field(default=None, name="thesis:university")


class Links(Struct, rename={"link": "self"}):
    """Addresses of a record or a file."""

    link: str | None = None
    self_html: str | None = None
    html: str | None = None
    content: str | None = None


class File(Struct):
    """A file of a record in the older form."""

    key: str | None = None
    links: Links | None = None


class Pids(Struct):
    """The persistent identifiers of a record."""

    doi: Identifier | None = None


class Record(Struct):
    """A record; its files are a list in the older form only."""

    title: str | None = None
    doi: str | None = None
    pids: Pids | None = None
    metadata: Metadata | None = None
    custom_fields: CustomFields | None = None
    links: Links | None = None
    files: tuple[File, ...] | dict[str, object] | None = None
    updated: str | None = None
    modified: str | None = None
