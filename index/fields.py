"""Answers: which fields does the index have, and what does each one hold?

One table, the same for every engine. How a paper fills it is `index.engines.document`'.
"""

from enum import StrEnum

SCHEMA_VERSION = 2
"""Changes with this table: an index of another version has to be built again."""

BREAK = "|"
"""A token that no query can hold; between two values it keeps phrases from crossing."""

FIRST = "^"
"""A token that no query word can be; it stands before the first author's name."""

BEFORE = "\x01"
"""Parts a text to sort by from the id; it sorts before spaces: Deep before Deep Learning."""

WORK = "work"
"""The value of ``dup`` for a work that several records speak of."""

ROW = "row"
"""The value of ``dup`` for each of those records; a paper of a single record has no value."""

PART = "part"
"""The value of ``dup`` for a record that is no paper by itself, such as an abstract; it has no
other field than its id."""

BARE = "."
"""Ends the initial of a name that has nothing but the initial: ``a.`` in A. Kumar."""


class Kind(StrEnum):
    """How a field is stored and asked.

    Attributes:
        WORDS: Tokens with frequencies, split at spaces, not positions.
        POSITIONS: Tokens with positions, so that phrases can be asked.
        EXACT: Whole values, columnar: filters, facets.
        KEY: Whole values, for look-up only.
        INTEGER: Signed numbers, columnar.
        ORDER: One text a paper, columnar, for sorting only.
    """

    WORDS = "words"
    POSITIONS = "positions"
    EXACT = "exact"
    KEY = "key"
    INTEGER = "integer"
    ORDER = "order"


FIELDS: dict[str, Kind] = {
    "id": Kind.EXACT,
    "text": Kind.POSITIONS,
    "title": Kind.WORDS,
    "abstract": Kind.WORDS,
    "title_exact": Kind.POSITIONS,
    "abstract_exact": Kind.POSITIONS,
    "author": Kind.POSITIONS,
    "venue_words": Kind.POSITIONS,
    "venue_short": Kind.WORDS,
    "topic_words": Kind.POSITIONS,
    "institution_words": Kind.POSITIONS,
    "author_key": Kind.EXACT,
    "first_author_key": Kind.KEY,
    "venue": Kind.EXACT,
    "venue_kind": Kind.EXACT,
    "type": Kind.EXACT,
    "status": Kind.EXACT,
    "topic": Kind.EXACT,
    "institution": Kind.EXACT,
    "source": Kind.EXACT,
    "language": Kind.EXACT,
    "dup": Kind.EXACT,
    "year": Kind.INTEGER,
    "citations": Kind.INTEGER,
    "doi": Kind.KEY,
    "arxiv": Kind.KEY,
    "identifier": Kind.KEY,
    "year_order": Kind.INTEGER,
    "title_key": Kind.KEY,
    "title_order": Kind.ORDER,
    "author_order": Kind.ORDER,
}
"""Every field but ``record``, the paper itself as bytes, which every engine keeps beside."""
