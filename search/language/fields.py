"""Answers: which field names can be typed, and what do they search?

The one table that parser, ranking and documentation share.
"""

from dataclasses import dataclass
from enum import StrEnum


class Asks(StrEnum):
    """How a field is asked: by words, by a name, by a whole value, by a number, or as a switch."""

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
        name: As echoed.
        aliases: Other spellings.
        asks: How its values are read.
        index: The fields of the index that answer, see `index.fields`.
        means: For the documentation.
    """

    name: str
    aliases: tuple[str, ...]
    asks: Asks
    index: tuple[str, ...]
    means: str


FIELDS: tuple[SearchField, ...] = (
    SearchField("title", ("ti", "t"), Asks.TEXT, ("title", "title_exact"), "words of the title"),
    SearchField(
        "abstract", ("abs", "ab"), Asks.TEXT, ("abstract", "abstract_exact"), "of the abstract"
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
    SearchField("dup", (), Asks.SWITCH, ("dup",), "no: records instead of works"),
)

BY_NAME: dict[str, SearchField] = {
    name: field for field in FIELDS for name in (field.name, *field.aliases)
}
