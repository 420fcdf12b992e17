"""Define the keys of Europe PMC's results that are read.

A result of the type ``lite`` has the authors as one text and the journal's fields outermost.
"""

from msgspec import Struct

from index.records import Integer


class PersonId(Struct):
    """An identifier of an author."""

    type: str | None = None
    value: str | None = None


class Place(Struct):
    """One affiliation."""

    affiliation: str | None = None


class Places(Struct, rename={"places": "authorAffiliation"}):
    """The affiliations of an author; until 2020 each author had one text."""

    places: tuple[Place | str, ...] | None = None


class Person(Struct, rename="camel"):
    """An author, or a group in `collective_name`."""

    full_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    initials: str | None = None
    collective_name: str | None = None
    author_id: PersonId | None = None
    affiliation: str | None = None
    author_affiliation_details_list: Places | None = None


class People(Struct):
    """The authors."""

    author: tuple[Person, ...] | None = None


class Journal(Struct, rename="camel"):
    """A journal."""

    title: str | None = None
    medline_abbreviation: str | None = None


class Issue(Struct, rename="camel"):
    """The issue of a journal in which a paper appeared."""

    journal: Journal | None = None
    volume: str | Integer | None = None
    issue: str | Integer | None = None
    year_of_publication: Integer | None = None
    date_of_publication: str | None = None
    print_publication_date: str | None = None


class Kinds(Struct, rename={"kinds": "pubType"}):
    """The types of publication."""

    kinds: tuple[str, ...] | None = None


class Keywords(Struct):
    """The keywords of the authors."""

    keyword: tuple[str, ...] | None = None


class Heading(Struct, rename={"name": "descriptorName"}):
    """A subject heading of MEDLINE."""

    name: str | None = None


class Headings(Struct, rename={"headings": "meshHeading"}):
    """The subject headings."""

    headings: tuple[Heading, ...] | None = None


class Link(Struct, rename={"style": "documentStyle", "access": "availabilityCode"}):
    """An address of the full text."""

    url: str | None = None
    style: str | None = None
    access: str | None = None


class Links(Struct, rename={"links": "fullTextUrl"}):
    """The addresses of the full text."""

    links: tuple[Link, ...] | None = None


class Notice(Struct):
    """A notice about the paper."""

    type: str | None = None


class Notices(Struct, rename={"notices": "commentCorrection"}):
    """The notices about the paper."""

    notices: tuple[Notice, ...] | None = None


class Book(Struct, rename="camel"):
    """The book in which a chapter is, or the server of a preprint in `publisher`."""

    publisher: str | None = None
    comprising_title: str | None = None
    year_of_publication: Integer | None = None


class Result(Struct, rename="camel"):
    """One result, with the keys that are read; `lite` names the journal's fields otherwise."""

    id: str | Integer | None = None
    source: str | None = None
    pmid: str | Integer | None = None
    pmcid: str | None = None
    doi: str | None = None
    title: str | None = None
    author_string: str | None = None
    author_list: People | None = None
    journal_info: Issue | None = None
    journal_title: str | None = None
    journal_volume: str | Integer | None = None
    issue: str | Integer | None = None
    page_info: str | None = None
    pub_year: str | Integer | None = None
    pub_type: str | None = None
    pub_type_list: Kinds | None = None
    abstract_text: str | None = None
    language: str | None = None
    keyword_list: Keywords | None = None
    mesh_heading_list: Headings | None = None
    full_text_url_list: Links | None = None
    comment_correction_list: Notices | None = None
    book_or_report_details: Book | None = None
    cited_by_count: Integer | None = None
    first_publication_date: str | None = None
    electronic_publication_date: str | None = None
    date_of_revision: str | None = None
