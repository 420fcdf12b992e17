"""The fields that can be named in a query, in one table.

The parser, the planner and the documentation all read this table.
"""

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """The kinds of values that fields take.

    Attributes:
        TEXT: Stemmed words, or quoted words as written.
        NAME: The name of a person.
        WORDS: Words as written.
        VALUE: A whole value.
        NUMBER: A number or a range of numbers.
        DATE: A date or a range of dates.
        PRESENCE: The name of a field that a paper must have.
        SWITCH: A setting of the whole search.
    """

    TEXT = "text"
    NAME = "name"
    WORDS = "words"
    VALUE = "value"
    NUMBER = "number"
    DATE = "date"
    PRESENCE = "presence"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class SearchField:
    """One field of the query language.

    Attributes:
        name: The name, as the interpreted query shows it.
        aliases: Other names that can be typed.
        kind: How values of this field are parsed.
        index: The index fields that are searched, see `index.fields`.
        means: A description for the documentation.
        former: Names from earlier versions, still read but no longer suggested.
    """

    name: str
    aliases: tuple[str, ...]
    kind: FieldKind
    index: tuple[str, ...]
    means: str
    former: tuple[str, ...] = ()


CITATION_FIELDS = ("cites", "citedby")
"""The fields that ask for the papers that cite a paper, and for those that it cites."""

IDENTIFYING_FIELDS = frozenset(("id", *CITATION_FIELDS))
"""The fields that take identifiers of any kind."""

PRESENCE = "has"
"""The name of the field that asks which fields a paper has."""

FIELDS: tuple[SearchField, ...] = (
    SearchField(
        "title", ("ti", "t"), FieldKind.TEXT, ("title", "title_exact"), "words of the title"
    ),
    SearchField(
        "abstract",
        ("abs", "ab"),
        FieldKind.TEXT,
        ("abstract", "abstract_exact"),
        "words of the abstract",
    ),
    SearchField("author", ("au", "a", "by"), FieldKind.NAME, ("author",), "an author's name"),
    SearchField("venue", ("ve", "in", "journal"), FieldKind.WORDS, ("venue_words",), "the venue"),
    SearchField("topic", ("to", "keyword", "cat"), FieldKind.WORDS, ("topic_words",), "keywords"),
    SearchField(
        "institution", ("inst", "aff"), FieldKind.WORDS, ("institution_words",), "affiliations"
    ),
    SearchField("year", ("y",), FieldKind.NUMBER, ("year",), "a year or a range of years"),
    SearchField(
        "date",
        ("published",),
        FieldKind.DATE,
        ("date", "year"),
        "a day, a month, a year or a range of them",
    ),
    SearchField(
        "added",
        (),
        FieldKind.DATE,
        ("added",),
        "the day, month or year in which this index first had the paper",
    ),
    SearchField("citations", ("cited",), FieldKind.NUMBER, ("citations",), "number of citations"),
    SearchField("type", (), FieldKind.VALUE, ("type",), "preprint, journal article, ..."),
    SearchField("status", (), FieldKind.VALUE, ("status",), "oral, withdrawn, ..."),
    SearchField("source", ("src",), FieldKind.VALUE, ("source",), "the format of the dump"),
    SearchField("language", ("lang",), FieldKind.VALUE, ("language",), "ISO 639-1 code"),
    SearchField("doi", (), FieldKind.VALUE, ("doi",), "a DOI"),
    SearchField("arxiv", ("eprint",), FieldKind.VALUE, ("arxiv",), "an arXiv id"),
    SearchField(
        "orcid", (), FieldKind.VALUE, ("identifier",), "an author's ORCID iD, for all their papers"
    ),
    SearchField("id", (), FieldKind.VALUE, ("id", "identifier"), "any identifier"),
    SearchField(
        "cites",
        ("refersto",),
        FieldKind.VALUE,
        ("id",),
        "any identifier of a paper, for the papers that cite it",
    ),
    SearchField(
        "citedby",
        ("cited_by",),
        FieldKind.VALUE,
        ("id",),
        "any identifier of a paper, for the papers that it cites",
    ),
    SearchField(
        PRESENCE,
        (),
        FieldKind.PRESENCE,
        ("has",),
        "papers that have this field, such as abstract, doi or pdf",
    ),
    SearchField(
        "records",
        (),
        FieldKind.SWITCH,
        ("dup",),
        "yes: search records instead of works",
        former=("dup",),
    ),
)

BY_NAME: dict[str, SearchField] = {
    name: field for field in FIELDS for name in (field.name, *field.aliases, *field.former)
}
