"""Define the fields of the index, the same for every engine.

`index.engines.document` fills them from a paper. Besides these fields every engine stores
``record``, the paper itself as bytes.
"""

from enum import StrEnum

SCHEMA_VERSION = 4
"""Version of this table; an index of another version must be rebuilt."""

BREAK = "|"
"""A token between two values of a field; no query contains it, so no phrase spans two values."""

FIRST = "^"
"""A token before the first author's name; no word of a query equals it."""

BEFORE = "\x01"
"""Separates a sort text from the id. It sorts before a space: Deep before Deep Learning."""

WORK = "work"
"""The value of ``dup`` for a work that is made of several records."""

ROW = "row"
"""The value of ``dup`` for each record behind such a work; a paper of one record has no value."""

PART = "part"
"""The value of ``dup`` for a record that is no paper by itself, such as an abstract; its id is
its only other field."""

BARE = "."
"""Ends the initial of a name that has nothing but the initial: ``a.`` in A. Kumar."""

CITED_STEPS = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000)
"""Numbers of citations that `cited` has a value for. A range over the column of citations takes 1.3
ms for 95,000 papers wherever it occurs in a plan, a value .05 ms."""


class Kind(StrEnum):
    """How a field is stored and queried.

    Attributes:
        WORDS: Tokens with frequencies but no positions, separated by spaces.
        POSITIONS: Tokens with positions, for phrase queries.
        EXACT: Whole values in a column: filters and facets.
        KEY: Whole values for look-up only.
        INTEGER: Signed numbers in a column.
        ORDER: One text per paper in a column, for sorting only.
    """

    WORDS = "words"
    POSITIONS = "positions"
    EXACT = "exact"
    KEY = "key"
    INTEGER = "integer"
    ORDER = "order"


FIELDS: dict[str, Kind] = {
    "id": Kind.EXACT,  # arxiv:2006.04779
    "text": Kind.POSITIONS,  # stems of titles, abstract, topics: the default field
    "title": Kind.WORDS,  # stems: conserv q learn for offlin rl
    "abstract": Kind.WORDS,  # stems: effect leverag larg dataset
    "title_exact": Kind.POSITIONS,  # tokens: conservative q learning for offline rl
    "abstract_exact": Kind.POSITIONS,  # tokens: effectively leveraging large datasets
    "author": Kind.POSITIONS,  # each form of each name: ^ aviral kumar | ^ a kumar | ^ kumar
    "venue_words": Kind.POSITIONS,  # tokens of all names: neurips | nips | advances in ...
    "venue_short": Kind.WORDS,  # tokens of the short names: neurips nips
    "topic_words": Kind.POSITIONS,  # tokens: cs lg | offline rl
    "institution_words": Kind.POSITIONS,  # tokens: uc berkeley | google
    "author_key": Kind.EXACT,  # aviral kumar
    "first_author_key": Kind.KEY,  # aviral kumar
    "venue": Kind.EXACT,  # NeurIPS
    "venue_kind": Kind.EXACT,  # conference
    "type": Kind.EXACT,  # conference paper
    "status": Kind.EXACT,  # the label that the dump's word is merged into: main
    "topic": Kind.EXACT,  # cs.LG
    "institution": Kind.EXACT,  # UC Berkeley
    "source": Kind.EXACT,  # the format that read a record: arxiv
    "language": Kind.EXACT,  # en
    "dup": Kind.EXACT,  # work, row, part, or no value
    "year": Kind.INTEGER,  # of every appearance: 2020
    "citations": Kind.INTEGER,  # 62
    "cited": Kind.KEY,  # each of CITED_STEPS that the citations reach: 1, 3, 10, 30
    "doi": Kind.KEY,  # 10.48550/arxiv.2006.04779
    "arxiv": Kind.KEY,  # 2006.04779
    "identifier": Kind.KEY,  # identifiers, also of authors, in lower case; digests of addresses
    "date": Kind.INTEGER,  # of every appearance known to the month or day: 20200600, 20200608
    "date_order": Kind.INTEGER,  # of the appearance shown first, or its year: 20200608, 20200000
    "added": Kind.INTEGER,  # when the index first had it, `index.normalise.arrival`
    "has": Kind.WORDS,  # the fields that have a value: abstract author venue year doi
    "title_key": Kind.KEY,  # the whole title as tokens
    "title_order": Kind.ORDER,  # tokens of the title, BEFORE and the id
    "author_order": Kind.ORDER,  # first author: kumar aviral, BEFORE and the id
}
"""The kind of each field; the comments give an example or say what it holds."""
