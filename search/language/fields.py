"""The fields that can be named in a query, in one table.

The parser, the planner and the documentation all read this table.
"""

from dataclasses import dataclass
from enum import StrEnum


class Asks(StrEnum):
    """What a field takes: text, a name, single words, a whole value, a number, or a switch."""

    TEXT = "text"
    NAME = "name"
    WORDS = "words"
    VALUE = "value"
    NUMBER = "number"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class SearchField:
    """One field of the query language.

    Attributes:
        name: The name, as the interpreted query shows it.
        aliases: Other names that can be typed.
        asks: How values of this field are parsed.
        index: The index fields that are searched, see `index.fields`.
        means: A description for the documentation.
    """

    name: str
    aliases: tuple[str, ...]
    asks: Asks
    index: tuple[str, ...]
    means: str


FIELDS: tuple[SearchField, ...] = (
    SearchField("title", ("ti", "t"), Asks.TEXT, ("title", "title_exact"), "words of the title"),
    SearchField(
        "abstract",
        ("abs", "ab"),
        Asks.TEXT,
        ("abstract", "abstract_exact"),
        "words of the abstract",
    ),
    SearchField("author", ("au", "a", "by"), Asks.NAME, ("author",), "an author's name"),
    SearchField("venue", ("ve", "in", "journal"), Asks.WORDS, ("venue_words",), "the venue"),
    SearchField("topic", ("to", "keyword", "cat"), Asks.WORDS, ("topic_words",), "keywords"),
    SearchField("institution", ("inst", "aff"), Asks.WORDS, ("institution_words",), "affiliations"),
    SearchField("year", ("y", "date"), Asks.NUMBER, ("year",), "a year or a range of years"),
    SearchField("citations", ("cited",), Asks.NUMBER, ("citations",), "number of citations"),
    SearchField("type", (), Asks.VALUE, ("type",), "preprint, journal article, ..."),
    SearchField("status", (), Asks.VALUE, ("status",), "oral, withdrawn, ..."),
    SearchField("source", ("src",), Asks.VALUE, ("source",), "the kind of dump"),
    SearchField("language", ("lang",), Asks.VALUE, ("language",), "ISO 639-1 code"),
    SearchField("doi", (), Asks.VALUE, ("doi",), "a DOI"),
    SearchField("arxiv", ("eprint",), Asks.VALUE, ("arxiv",), "an arXiv id"),
    SearchField("id", (), Asks.VALUE, ("id", "identifier"), "any identifier"),
    SearchField("dup", (), Asks.SWITCH, ("dup",), "no: search records instead of works"),
)

BY_NAME: dict[str, SearchField] = {
    name: field for field in FIELDS for name in (field.name, *field.aliases)
}
