"""Define the keys of OpenAlex's works that are read."""

from msgspec import Struct

from index.records import Integer


class Topic(Struct, gc=False):
    """A keyword, topic, concept or institution."""

    display_name: str | None = None
    keyword: str | None = None
    score: float | None = None
    field: "Topic | None" = None


class Person(Struct, gc=False):
    """An author of OpenAlex."""

    id: str | None = None
    display_name: str | None = None
    orcid: str | None = None


class Authorship(Struct, gc=False):
    """One author of one work."""

    author: Person | None = None
    raw_author_name: str | None = None
    institutions: tuple[Topic, ...] | None = None
    raw_affiliation_strings: tuple[str, ...] | None = None


class Host(Struct, gc=False):
    """A journal, conference or repository."""

    display_name: str | None = None
    type: str | None = None
    host_organization_name: str | None = None
    publisher: str | None = None


class Biblio(Struct, gc=False):
    """Where a work is in its journal or book."""

    volume: str | None = None
    issue: str | None = None
    first_page: str | None = None
    last_page: str | None = None


class Location(Struct, gc=False):
    """A place where a work can be found; snapshots until 2022 call it a host venue."""

    source: Host | None = None
    landing_page_url: str | None = None
    pdf_url: str | None = None
    version: str | None = None
    display_name: str | None = None
    type: str | None = None
    url: str | None = None
    publisher: str | None = None


class Work(Struct, gc=False):
    """One work, with the keys that are read."""

    id: str
    doi: str | None = None
    ids: dict[str, str | Integer | None] | None = None
    title: str | None = None
    display_name: str | None = None
    abstract_inverted_index: dict[str, list[Integer]] | str | None = None
    authorships: tuple[Authorship, ...] | None = None
    primary_location: Location | None = None
    host_venue: Location | None = None
    best_oa_location: Location | None = None
    locations: tuple[Location, ...] | None = None
    biblio: Biblio | None = None
    publication_year: Integer | None = None
    publication_date: str | None = None
    type: str | None = None
    type_crossref: str | None = None
    cited_by_count: Integer | None = None
    keywords: tuple[Topic | str, ...] | None = None
    primary_topic: Topic | None = None
    topics: tuple[Topic, ...] | None = None
    concepts: tuple[Topic, ...] | None = None
    language: str | None = None
    is_retracted: bool | None = None
    is_paratext: bool | None = None
    referenced_works: tuple[str, ...] | None = None
    updated_date: str | None = None
