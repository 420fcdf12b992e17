"""Answers: what does an engine get for one paper?

A paper becomes an `Entry`: for each field of `index.fields` its values, already analysed, so
that an engine only has to split words at spaces.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct

from index.analysis import stems, tokens
from index.fields import BEFORE, BREAK, FIRST
from index.name_forms import first_forms, index_forms
from index.names import parse_name
from index.records import Paper
from index.venues import canonical_venue

T = TypeVar("T", str, int)

TITLE_REPEATS = 3
"""How often the title stands in `text`. Source: 1 to 5 tried; nDCG@10 .383, .384, .387, .389,
.388 on Cranfield, .532 and four times .530 on CACM."""

MAX_KEY = 1_000
"""Characters of a title that count when the whole of it is asked for."""

_CACHED = 1 << 16
"""Names, venues and institutions whose tokens are kept; they recur within a dump."""


class Entry(Struct, frozen=True):
    """What an engine is given for one paper.

    Attributes:
        texts: (field, value) pairs; a field of several values stands several times.
            WORDS and POSITIONS values are tokens joined by single spaces.
        integers: (field, value) pairs.
    """

    texts: list[tuple[str, str]]
    integers: list[tuple[str, int]]


def entry(paper: Paper, dup: str = "") -> Entry:
    """Analyse a paper into the values of every field.

    Args:
        paper: A normalised paper.
        dup: `WORK` for a paper made of several records, `ROW` for one of these records.

    Returns:
        Its values, field by field; empty values are left out.
    """
    texts = [("id", paper.id), ("dup", dup), *_words(paper), *_people(paper), *_exact(paper)]
    years = _distinct(show.year or 0 for show in paper.appearances)
    integers = [("year", year) for year in years]
    if paper.shown.year:
        integers.append(("year_order", paper.shown.year))
    if paper.citations is not None:
        integers.append(("citations", paper.citations))
    return Entry([pair for pair in texts if pair[1]], integers)


def _words(paper: Paper) -> list[tuple[str, str]]:
    title, abstract = tokens(paper.title), tokens(paper.abstract)
    title_stems, abstract_stems = stems(title), stems(abstract)
    topics = [_cut(topic) for topic in paper.topics]
    rest = [" ".join(abstract_stems), *(" ".join(stems(topic.split())) for topic in topics)]
    return [
        ("text", _apart([" ".join(title_stems)] * TITLE_REPEATS + rest)),
        ("title", " ".join(title_stems)),
        ("abstract", " ".join(abstract_stems)),
        ("title_exact", " ".join(title)),
        ("abstract_exact", " ".join(abstract)),
        ("topic_words", _apart(topics)),
        ("title_key", " ".join(title)[:MAX_KEY]),
        ("title_order", f"{' '.join(title)}{BEFORE}{paper.id}"),
    ]


def _people(paper: Paper) -> list[tuple[str, str]]:
    if not paper.authors:
        return []
    names = [_name_forms(author.name) for author in paper.authors]
    alone = (" ".join(row) for row in first_forms(paper.authors[0].name))
    first = [*(f"{FIRST} {form}" for form in names[0]), *alone]
    places = _distinct(place for author in paper.authors for place in author.affiliations)
    return [
        ("author", _apart([*first, *(form for forms in names[1:] for form in forms)])),
        ("author_order", f"{_family_first(paper.authors[0].name)}{BEFORE}{paper.id}"),
        *(("author_key", key) for key in _distinct(author.key for author in paper.authors)),
        ("first_author_key", paper.authors[0].key),
        ("institution_words", _apart([_cut(place) for place in places])),
        *(("institution", place) for place in places),
    ]


@lru_cache(_CACHED)
def _name_forms(name: str) -> tuple[str, ...]:
    """Give the forms under which a name is found: as written, with initials, spelt out."""
    return tuple(" ".join(row) for row in index_forms(name))


@lru_cache(_CACHED)
def _family_first(name: str) -> str:
    parsed = parse_name(name)
    return " ".join([*tokens(parsed.family), *tokens(parsed.given)])


def _exact(paper: Paper) -> list[tuple[str, str]]:
    shows = paper.appearances
    words = dict.fromkeys(name for s in shows for name in _venue_names(s.venue, s.venue_name))
    return [
        *(("venue", venue) for venue in _distinct(show.venue for show in shows)),
        ("venue_words", _apart(words)),
        ("venue_short", " ".join(_distinct(_short_names(show.venue) for show in shows))),
        *(("venue_kind", kind) for kind in _distinct(show.venue_kind for show in shows)),
        *(("type", name) for name in _distinct(show.type for show in shows)),
        ("status", paper.status),
        *(("topic", topic) for topic in paper.topics),
        *(("source", source) for source in paper.sources),
        ("language", paper.language),
        ("doi", paper.ids.get("doi", "")),
        ("arxiv", paper.ids.get("arxiv", "")),
        *(("identifier", value.lower()) for value in _distinct(paper.ids.values())),
    ]


@lru_cache(_CACHED)
def _venue_names(venue: str, as_given: str) -> tuple[str, ...]:
    """Give the words of every name of a venue: short, full, as the dump has it."""
    known = canonical_venue(venue)
    return tuple(_distinct(_cut(name) for name in (venue, as_given, known.full, *known.aliases)))


@lru_cache(_CACHED)
def _short_names(venue: str) -> str:
    """Give the words under which a venue is known without saying so: NeurIPS, nips.

    Its full name is not among them: "learning" does not mean all papers of ICML.
    """
    acronyms = [name for name in canonical_venue(venue).aliases if " " not in name]
    return " ".join(_distinct(_cut(name) for name in (venue, *acronyms)))


@lru_cache(_CACHED)
def _cut(text: str) -> str:
    """Give the tokens of a short text that recurs, joined by spaces."""
    return " ".join(tokens(text))


def _apart(values: Iterable[str]) -> str:
    return f" {BREAK} ".join(value for value in values if value)


def _distinct(values: Iterable[T]) -> list[T]:
    return [value for value in dict.fromkeys(values) if value]
