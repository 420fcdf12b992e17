"""Define the keys of Crossref's works that are read."""

import msgspec
from msgspec import Struct

from index.normalise.raw_values import Texts
from index.records import Integer
from index.scanners.lenient_json import Paragraphs


class Place(Struct):
    """An institution or event."""

    name: str | None = None
    acronym: Texts = None
    department: Texts = None


class Person(Struct, rename={"orcid": "ORCID"}):
    """An author; an organisation has only a `name`."""

    family: str | None = None
    given: str | None = None
    suffix: str | None = None
    name: str | None = None
    orcid: str | None = None
    affiliation: tuple[Place, ...] | None = None


Parts = tuple[Integer | str | None, ...]
"""Year, month and day of a date, as far as they are known."""


class Date(Struct, rename="kebab"):
    """A date; its parts are year, month and day as far as they are known, or ``[[null]]``."""

    date_parts: tuple[Parts | None, ...] | None = None
    date_time: str | None = None


class Update(Struct, rename={"doi": "DOI"}):
    """A link between a work and a notice that corrects or retracts it, in either direction."""

    type: str | None = None
    doi: str | None = None


class Link(
    Struct, rename={"url": "URL", "content_type": "content-type", "meant": "intended-application"}
):
    """An address of the full text and the use that it is meant for."""

    url: str | None = None
    content_type: str | None = None
    meant: str | None = None


class Reference(Struct, rename={"doi": "DOI"}):
    """A work that is cited: its DOI if that is known, and the text of the bibliography."""

    doi: str | None = None
    unstructured: str | None = None


class Issue(Struct):
    """The issue of a journal."""

    issue: str | None = None


class Work(
    Struct,
    rename={
        "doi": "DOI",
        "isbn": "ISBN",
        "url": "URL",
        "article_number": "article-number",
        "journal_issue": "journal-issue",
        "container_title": "container-title",
        "group_title": "group-title",
        "last_status_check_time": "last-status-check-time",
        "is_referenced_by_count": "is-referenced-by-count",
        "published_print": "published-print",
        "published_online": "published-online",
        "updated_by": "updated-by",
        "update_to": "update-to",
    },
):
    """One work, with the keys that are read; `message` is the work in a response of the API.

    Journals and members, which have answers of their own, have a `last-status-check-time`.
    """

    doi: str | None = None
    title: Texts = None
    subtitle: Texts = None
    abstract: Paragraphs = None
    author: tuple[Person, ...] | None = None
    editor: tuple[Person, ...] | None = None
    container_title: Texts = None
    group_title: Texts = None
    volume: str | None = None
    issue: str | None = None
    journal_issue: Issue | None = None
    page: str | None = None
    article_number: str | None = None
    publisher: str | None = None
    isbn: tuple[str, ...] | None = None
    institution: tuple[Place, ...] | Place | None = None
    event: Place | str | None = None
    issued: Date | None = None
    published: Date | None = None
    published_print: Date | None = None
    published_online: Date | None = None
    posted: Date | None = None
    type: str | None = None
    subtype: str | None = None
    subject: tuple[str, ...] | None = None
    is_referenced_by_count: Integer | None = None
    updated_by: tuple[Update, ...] | None = None
    update_to: tuple[Update, ...] | None = None
    indexed: Date | None = None
    deposited: Date | None = None
    relation: dict[str, msgspec.Raw] | None = None
    url: str | None = None
    link: tuple[Link, ...] | None = None
    reference: tuple[Reference, ...] | None = None
    language: str | None = None
    last_status_check_time: Integer | None = None
    message: "Work | None" = None
